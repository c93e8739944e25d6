"""Trigger rules from the first word to the applied change: class, who decides, who is told, what a switch changes."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from cards.card import Card
from handlers.actions.change.withdraw import drop
from handlers.notify.render_card import draw
from planning.change.change import Change, ChangeState
from planning.control.condition import Condition
from planning.control.fences import Fence, FenceKind
from planning.control.policy import AFFECTED
from planning.control.rules import TYPES, Class, Event, Rule
from planning.plan.operation import Op, Operation
from storage.delivery.cards import CardRow, Purpose
from storage.unit_of_work import UnitOfWork
from tests.handlers.govern.test_fences import approve, submitted
from tests.handlers.notify.test_audit import trail
from tests.handlers.office import Office

LATER = Operation("MO-1", Op.SHIFT, 1)
COUNT = Operation("RC-1", Op.SHIFT, 1)
"""Moves the warehouse's own item and nothing else."""


def rule(name: str, event: Event = Event.ANY, when: str = "", **fields: Any) -> Rule:
    return Rule(name, event, Condition.of(when, TYPES) if when else None, **fields)


def ruled(office: Office, *rules: Rule, fences: tuple[Fence, ...] = ()) -> Office:
    office.environment = replace(office.environment, rules=rules, fences=fences)
    return office


DOWN = rule("machine-down", Event.MACHINE_DOWN, "item.type == 'production'", klass=Class.EMERGENCY,
            approvals=(AFFECTED, "role:coordinator"), inform=("purchasing",), deadline_hours=4)  # fmt: skip
STRICT = replace(DOWN, klass=Class.NORMAL)
"""The same, waited for: an emergency would be in effect before anybody decides."""
SMALL = rule("small", when="late_orders == 0 && departments <= 1", klass=Class.STANDARD, approvals=())


def test_without_rules_everything_is_as_it_was(office: Office) -> None:
    change = submitted(office)
    assert (change.klass, change.policy.rule) == ("normal", "")
    assert office.say("boss", "规则") == (
        "**触发规则**（按顺序，第一条符合的生效）\n没有设置规则：所有变更都是“一般”，由受影响的部门决定。"
    )


def test_a_rule_says_class_approvers_and_deadline(office: Office) -> None:
    ruled(office, DOWN)
    change = submitted(office)  # the reason is 设备检修
    assert (change.klass, change.policy.rule) == ("emergency", "machine-down")
    assert [step.department for step in change.steps] == ["sales", "production", "role:coordinator"]
    assert change.expires_at == office.now + timedelta(hours=4)


def test_a_rule_may_ask_fewer_and_the_others_are_told(office: Office) -> None:
    ruled(office, rule("planning-only", approvals=("production",)))
    change = submitted(office)
    assert [step.department for step in change.steps] == ["production"]
    assert approve(office, change.no, "production").state is ChangeState.APPLIED
    told = [(card.purpose, card.department) for card in cards(office, change)]
    assert (Purpose.NOTICE, "sales") in told


def test_a_standard_change_takes_effect_at_once_and_everyone_affected_is_told(office: Office) -> None:
    ruled(office, SMALL)
    change = submitted(office, COUNT)
    assert (change.state, change.klass, change.steps) == (ChangeState.APPLIED, "standard", ())
    assert change.applied_revision == 2
    assert ("change.submitted", f"钱波 提交 {change.no}，不用谁决定") in trail(office)
    assert [(card.purpose, card.department) for card in cards(office, change)] == [(Purpose.NOTICE, "warehouse")]
    told = shown(office, cards(office, change)[0]).details
    assert "**变化**" in told
    assert "为什么发给你：1 项归仓储部负责" in told
    assert "类别：标准 · 触发规则：small" in told
    timer = office.database.look(lambda uow: uow.timers.get("expiry", change.no))
    assert timer is None, "nothing waits any more"


def test_outside_its_bounds_a_standard_rule_does_not_fire(office: Office) -> None:
    ruled(office, SMALL)
    change = submitted(office)  # DL-1 is late
    assert (change.state, change.klass) == (ChangeState.IN_APPROVAL, "normal")


def test_inside_a_fence_nothing_is_approved_beforehand(office: Office) -> None:
    fence = Fence("near", "盘点前", FenceKind.ROLLING, days=60, approvals=("role:coordinator",))
    ruled(office, SMALL, fences=(fence,))
    change = submitted(office, COUNT)
    assert (change.state, change.klass) == (ChangeState.IN_APPROVAL, "normal")
    assert [step.department for step in change.steps] == ["warehouse", "role:coordinator"]


def test_rules_that_change_later_leave_what_was_submitted(office: Office) -> None:
    """Edge case 11."""
    ruled(office, STRICT)
    change = submitted(office)
    ruled(office)
    approve(office, change.no, "sales", "production")
    kept = approve(office, change.no, "role:coordinator")
    assert (kept.state, kept.klass, kept.policy.rule) == (ChangeState.APPLIED, "normal", "machine-down")
    told = [card.department for card in cards(office, kept) if card.purpose is Purpose.NOTICE]
    assert "purchasing" in told
    (notice,) = (card for card in cards(office, kept) if card.department == "purchasing")
    assert "为什么发给你：按规则“machine-down”知会采购部" in shown(office, notice).details


def test_the_plan_moved_and_a_named_approver_looks_again(office: Office) -> None:
    """A verdict counts for the effect that was seen; who is named has seen the whole of it."""
    ruled(office, STRICT)
    change = submitted(office)
    approve(office, change.no, "role:coordinator", "sales")
    ruled(office)
    office.change(Operation("SO-1", Op.SET_DURATION, 3))
    ruled(office, STRICT)
    again = approve(office, change.no, "production")
    assert again.state is ChangeState.IN_APPROVAL
    assert "role:coordinator" in [step.department for step in again.waiting]


def test_a_card_tells_class_and_rule(office: Office) -> None:
    ruled(office, DOWN)
    change = submitted(office)

    def unit(uow: UnitOfWork) -> list[str]:
        return office.turn(uow).view(change).remarks

    assert "类别：紧急 · 触发规则：machine-down" in office.database.look(unit)


def test_a_role_nobody_knows_any_more_breaks_no_card(office: Office) -> None:
    """Settings refuse it; requests that were submitted before keep it."""
    ruled(office, rule("old", approvals=("production",), inform=("role:boss",)))
    change = approve(office, submitted(office).no, "production")
    (notice,) = (row for row in cards(office, change) if row.department == "role:boss")
    assert "按规则“old”知会role:boss" in shown(office, notice).details


# in chat


def test_the_rules_are_listed_in_the_order_they_are_tried(office: Office) -> None:
    ruled(office, DOWN, replace(SMALL, enabled=False))
    assert office.say("boss", "规则").splitlines() == [
        "**触发规则**（按顺序，第一条符合的生效）",
        "- **machine-down**（启用）设备停机 · 生产单 → 紧急 · "
        "由受影响的部门、计划协调员决定 · 先行生效，4 小时内追认 · 知会采购部",
        "- **small**（已停用）任何变更 · 没有订单晚交，涉及的部门不超过 1 个 → 标准 · 不用审批，提交即生效",
        "",
        "看条件的原式，请发送：规则 详情",
    ]


def test_an_admin_switches_a_rule_off_and_on(office: Office) -> None:
    ruled(office, DOWN)
    assert office.say("admin", "规则 停用 machine-down") == (
        "规则 machine-down 已停用，从下一次提出变更起生效；已经提交的变更仍按原来的规则走。"
        "设置里写的不是这样：以群里设的为准。"
    )
    first = submitted(office)
    assert first.klass == "normal"
    withdrawn(office, first)
    assert office.say("admin", "规则 启用 MACHINE-DOWN") == "规则 machine-down 已启用，从下一次提出变更起生效。"
    assert submitted(office).klass == "emergency"


def test_a_switch_in_chat_is_seen_and_needs_no_second(office: Office) -> None:
    """It wins over the settings, so whose it is must be seen."""
    ruled(office, SMALL)
    assert office.say("admin", "规则 启用 small") == "规则 small 本来就是启用的，没有变。"
    office.say("admin", "规则 停用 SMALL")
    office.wait(days=1)
    assert "- **small**（已停用，吴凡 11-23 09:00 在群里设的）任何变更" in office.say("boss", "规则")
    assert office.say("admin", "规则 停用 small") == "规则 small 本来就是停用的，没有变。"
    assert [kind for kind, _ in trail(office)].count("rule.switched") == 1


def test_the_hours_of_a_rule_are_working_hours(office: Office) -> None:
    """Half an hour is left of Friday: the eighth ends on Monday at 16:30. An emergency's are the clock's."""
    ruled(office, rule("slow", deadline_hours=8))
    office.wait(days=4, hours=8, minutes=30)
    change = submitted(office)
    assert change.expires_at == datetime(2026, 11, 30, 8, 30, tzinfo=UTC)
    withdrawn(office, change)
    ruled(office, replace(DOWN, approvals=("role:coordinator",), deadline_hours=8))
    assert submitted(office).expires_at == office.now + timedelta(hours=8)


def test_the_hours_are_told_as_what_they_are(office: Office) -> None:
    ruled(office, rule("slow", deadline_hours=8))
    assert "→ 一般 · 由受影响的部门决定 · 8 个工时内" in office.say("boss", "规则")


@pytest.mark.parametrize(
    ("who", "text", "sentence"),
    [
        ("lin", "规则 停用 machine-down", "林静 没有启用、停用规则的权限（需要“管理员”角色）。请联系管理员。"),
        ("admin", "规则 停用 mars", "没有编号是“mars”的规则。有：machine-down"),
        ("admin", "规则 试算", "“规则 试算”里没有看懂要试算哪条命令。请写成：规则 试算 改期 SO-1042 推迟3天"),
        ("admin", "规则 试算 早会", "“规则 试算 早会”里没有看懂要试算哪条命令。请写成：规则 试算 改期 SO-1042 推迟3天"),
        ("admin", "规则 删掉吧", "没有看懂“规则 删掉吧”。请写：规则、规则 停用 ＜编号＞ 或 规则 试算 ＜命令＞"),
    ],
)
def test_what_cannot_be_switched_is_refused_in_full(office: Office, who: str, text: str, sentence: str) -> None:
    ruled(office, DOWN)
    assert office.say(who, text) == sentence
    assert office.database.look(lambda uow: uow.switches.all()) == {}


def shown(office: Office, row: CardRow) -> Card:
    return office.database.look(lambda uow: draw(office.turn(uow), row))


def cards(office: Office, change: Change) -> list[Any]:
    return office.database.look(lambda uow: uow.cards.about(change.subject))


def withdrawn(office: Office, change: Change) -> None:
    def unit(uow: UnitOfWork) -> None:
        turn = office.turn(uow)
        drop(turn, turn.change(change.no), change.proposer)
        uow.commit()

    office.database.write_now(unit)


def test_the_conditions_can_be_copied_as_they_are_written(office: Office) -> None:
    ruled(office, DOWN, SMALL)
    assert office.say("boss", "规则 详情").splitlines()[1:] == [
        "- **machine-down**（启用）设备停机 · 生产单 → 紧急 · "
        "由受影响的部门、计划协调员决定 · 先行生效，4 小时内追认 · 知会采购部",
        "`item.type == 'production'`",
        "- **small**（启用）任何变更 · 没有订单晚交，涉及的部门不超过 1 个 → 标准 · 不用审批，提交即生效",
        "`late_orders == 0 && departments <= 1`",
    ]
