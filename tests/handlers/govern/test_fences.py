"""Time fences from the first word to the applied change, on both databases: who is asked besides, what is refused."""

from dataclasses import replace
from datetime import date

import pytest

from handlers.actions.change.decide import decide
from handlers.actions.change.propose import draft, submit_draft
from planning.change.change import Change, ChangeState, Decision, Verdict
from planning.control.fences import Fence, FenceKind, Scope, Zone
from planning.people.organisation import Organisation, Role
from planning.plan.item import Status
from planning.plan.operation import Op, Operation
from planning.refusal import Refused
from storage.unit_of_work import UnitOfWork
from tests.handlers.office import Office
from tests.small_company import organisation

NEAR = Fence("near", "生产冻结期", FenceKind.ROLLING, scope=Scope(types=("production",)), days=15,
             approvals=("role:coordinator",))  # fmt: skip
"""MO-1 starts on 12-07, ten working days after Monday 11-23."""
LATER = Operation("MO-1", Op.SHIFT, 1)


def fenced(office: Office, *fences: Fence) -> Office:
    office.environment = replace(office.environment, fences=fences)
    return office


def submitted(office: Office, operation: Operation = LATER, by: str = "qian") -> Change:
    def unit(uow: UnitOfWork) -> Change:
        turn = office.turn(uow)
        change = submit_draft(turn, draft(turn, turn.plan(), (operation,), by, "设备检修", "…", ""), by)
        uow.commit()
        return change

    return office.database.write_now(unit)


def approve(office: Office, no: str, *departments: str) -> Change:
    def unit(uow: UnitOfWork) -> Change:
        turn = office.turn(uow)
        change = turn.change(no)
        for department in departments:
            step = change.step_of(department)
            assert step is not None
            said = Decision(step.approvers[0], Verdict.APPROVE, turn.now, change.impact.hash)
            change = decide(turn, change, department, said)
        uow.commit()
        return change

    return office.database.write_now(unit)


def refused(office: Office, operation: Operation = LATER, by: str = "qian") -> str:
    """The whole sentence."""

    def unit(uow: UnitOfWork) -> str:
        turn = office.turn(uow)
        with pytest.raises(Refused) as caught:
            submit_draft(turn, draft(turn, turn.plan(), (operation,), by, "设备检修", "…", ""), by)
        return turn.sentence(caught.value.refusal)

    return office.database.write_now(unit)


def test_without_fences_everything_is_as_it_was(office: Office) -> None:
    change = submitted(office)
    assert [step.department for step in change.steps] == ["sales", "production"]
    assert change.policy.breaches == ()
    assert "🔒" not in office.say("boss", "查计划 MO-1")


def test_a_change_inside_a_fence_asks_its_special_approver_too(office: Office) -> None:
    fenced(office, NEAR)
    change = submitted(office)
    assert [step.department for step in change.steps] == ["sales", "production", "role:coordinator"]
    assert change.steps[-1].approvers == ("lin",)
    assert approve(office, change.no, "sales", "production").state is ChangeState.IN_APPROVAL
    assert approve(office, change.no, "role:coordinator").state is ChangeState.APPLIED


def test_outside_the_fence_nobody_else_is_asked(office: Office) -> None:
    fenced(office, replace(NEAR, days=9))
    assert [step.department for step in submitted(office).steps] == ["sales", "production"]


def test_a_department_that_is_asked_anyway_is_asked_once(office: Office) -> None:
    fenced(office, replace(NEAR, approvals=("production",)))
    assert [step.department for step in submitted(office).steps] == ["sales", "production"]


def test_a_fence_nobody_can_pass_refuses_with_its_name_its_way_out_and_its_earliest_date(office: Office) -> None:
    fenced(office, replace(NEAR, approvals=()))
    assert refused(office) == (
        "MO-1 耳机组装 在冻结窗“生产冻结期”内，不能改：这个窗没有设特批。"
        "它现在就在窗内，改到哪天都要先放开。要改，请计划协调员（林静）让管理员在设置里放开。"
    )
    outside = replace(NEAR, scope=Scope(types=("task",)), days=8, approvals=())
    assert refused(fenced(office, outside), Operation("RC-1", Op.SET_START, date(2026, 11, 26))) == (
        "RC-1 年度盘点 在冻结窗“生产冻结期”内，不能改：这个窗没有设特批。"
        "要改，请计划协调员（林静）让管理员在设置里放开；"
        "窗外最早从 2026-12-04 开始，可以发送：改期 RC-1 开始 到 2026-12-04 因为 设备检修"
    )


def test_a_fence_by_status_names_no_date(office: Office) -> None:
    fenced(office, Fence("set", "已确认不动", FenceKind.STATUS, scope=NEAR.scope, statuses=(Status.CONFIRMED,)))
    assert refused(office) == (
        "MO-1 耳机组装 在冻结窗“已确认不动”内，不能改：这个窗没有设特批。"
        "要改，请计划协调员（林静）让管理员在设置里放开；它的状态不变，改到哪天都在窗内。"
    )


def test_a_fence_whose_only_approver_proposes_refuses(office: Office) -> None:
    people = [p for p in organisation().people.values() if p.id in ("lin", "su", "wang")]
    alone = Organisation.of(organisation().departments.values(), people)
    everything = replace(alone.people["lin"], roles=frozenset(Role))
    alone = Organisation(alone.departments, {**alone.people, "lin": everything})
    office.environment = replace(office.environment, organisation=alone)
    fenced(office, NEAR)
    assert refused(office, by="lin") == (
        "MO-1 耳机组装 在冻结窗“生产冻结期”内，需要计划协调员特批，但除了提出人没有人能特批。"
        "它现在就在窗内，改到哪天都要特批：请管理员补上特批人。"
    )


def test_a_slushy_fence_without_a_profile_only_shows(office: Office) -> None:
    fenced(office, replace(NEAR, zone=Zone.SLUSHY, approvals=()))
    change = submitted(office)
    assert [step.department for step in change.steps] == ["sales", "production"]
    assert [breach.name for breach in change.policy.breaches] == ["生产冻结期"]
    assert "已确认 🔓" in office.say("boss", "查计划 MO-1")


def test_time_alone_brings_a_change_into_a_fence_and_it_is_asked_again(office: Office) -> None:
    """Edge case 12."""
    fenced(office, replace(NEAR, days=9))
    change = submitted(office)
    approve(office, change.no, "sales")
    office.wait(days=1)
    held = approve(office, change.no, "production")
    assert held.state is ChangeState.IN_APPROVAL
    assert [step.department for step in held.waiting] == ["role:coordinator"]
    assert held.round == 2
    assert office.plan().revision == 1
    assert approve(office, change.no, "role:coordinator").state is ChangeState.APPLIED


def test_a_fence_that_closed_meanwhile_ends_the_change(office: Office) -> None:
    change = submitted(office)
    fenced(office, replace(NEAR, approvals=()))
    ended = approve(office, change.no, "sales", "production")
    assert ended.state is ChangeState.FAILED
    assert [refusal.code for refusal in ended.impact.refused] == ["fence-closed-inside"]
    assert office.plan().revision == 1


def test_a_fence_set_while_the_preview_was_looked_at_is_shown_before_it_is_submitted(office: Office) -> None:
    def unit(uow: UnitOfWork) -> Change:
        turn = office.turn(uow)
        drafted = draft(turn, turn.plan(), (LATER,), "qian", "设备检修", "…", "")
        uow.commit()
        return drafted

    drafted = office.database.write_now(unit)
    fenced(office, NEAR)

    def again(uow: UnitOfWork) -> str:
        turn = office.turn(uow)
        with pytest.raises(Refused) as caught:
            submit_draft(turn, turn.change(drafted.no), "qian")
        uow.commit()
        return caught.value.refusal.code

    assert office.database.write_now(again) == "preview-changed-fence"
    shown = office.database.look(lambda uow: uow.changes.get(drafted.no))
    assert shown is not None
    assert shown.policy.special == ("role:coordinator",)


def test_the_plan_shows_what_is_frozen(office: Office) -> None:
    fenced(office, NEAR)
    rows = office.say("boss", "查计划 MO-1").splitlines()
    assert [row for row in rows if "🔒" in row] == [
        "- ▶MO-1 耳机组装（生产部）12-07～12-11· 2000 · 已确认 🔒"
    ]


def test_a_what_if_tells_whose_special_approval_it_takes(office: Office) -> None:
    fenced(office, NEAR)
    told = office.say("boss", "影响 MO-1 推迟1天")
    assert "🔒 MO-1 在冻结窗“生产冻结期”内，需要计划协调员特批；它现在就在窗内，改到哪天都要特批" in told
    assert "需要同意：生产部、销售部" in told


def test_a_what_if_inside_a_closed_fence_tells_its_refusal_and_asks_nobody(office: Office) -> None:
    fenced(office, replace(NEAR, approvals=()))
    told = office.say("han", "影响 MO-1 推迟1天")
    assert "⛔ MO-1 耳机组装 在冻结窗“生产冻结期”内，不能改：这个窗没有设特批。" in told
    assert "需要同意" not in told


# windows set in chat


def test_a_window_is_shown_first_and_holds_once_it_is_confirmed(office: Office) -> None:
    waiting = submitted(office)
    assert office.say("lin", "冻结 生产部 12-07~12-11 因为 大促备货").splitlines() == [
        "**冻结预览：F-001 生产部 12-07～12-11**",
        "林静 09:00 提出 · 原因：大促备货",
        "- 窗内有 1 项计划；窗内的变更要计划协调员特批",
        "- 会挂起审批中的 1 张变更单（计时暂停，解冻后继续）：",
        f"- {waiting.no} MO-1 耳机组装 推迟1天",
        "",
        "还没有生效。发送“冻结 确认 F-001”生效，发送“解冻 F-001”放弃。",
    ]
    assert "🔒" not in office.say("boss", "查计划 MO-1")
    confirmed = office.say("lin", "冻结 确认 F-001")
    assert "**🔒 已冻结：F-001 生产部 12-07～12-11**" in confirmed
    assert "🔒 林静 冻结了计划：F-001 生产部 12-07～12-11 大促备货。窗内的变更要计划协调员特批。" in confirmed
    assert "MO-1 耳机组装（生产部）12-07～12-11· 2000 · 已确认 🔒" in office.say("boss", "查计划 MO-1")
    held = office.database.look(lambda uow: uow.changes.get(waiting.no))
    assert held is not None
    assert (held.state, held.held_by) == (ChangeState.ON_HOLD, ("F-001",))


def test_a_lifted_window_lets_everything_through(office: Office) -> None:
    office.say("lin", "冻结 全部 12-01~12-31")
    office.say("lin", "冻结 确认 1")
    assert "(生效中) 冻结 · 全部 · 12-01～12-31 · 计划协调员可特批" in office.say("boss", "冻结 查看")
    assert submitted(office).policy.special == ("role:coordinator",)
    assert "已解冻：F-001 全部 12-01～12-31。窗内的计划项可以照常变更。" in office.say("admin", "解冻 F-001")
    assert submitted(office, Operation("RC-1", Op.SHIFT, 1)).policy.special == ()
    assert office.say("boss", "冻结 查看") == "**冻结窗**\n现在没有冻结窗。"


def test_what_is_lifted_already_dropped_or_over_is_told_as_that(office: Office) -> None:
    for scope in ("全部 12-01~12-31", "生产部 12-01~12-05", "全部 11-23~11-24"):
        office.say("lin", f"冻结 {scope}")
    for number in (1, 3):
        office.say("lin", f"冻结 确认 {number}")
    office.say("lin", "解冻 F-001")
    office.say("lin", "解冻 F-002")
    assert office.say("admin", "解冻 1") == "F-001 全部 12-01～12-31 早已解冻（林静，09:00），这次没有变化。"
    assert office.say("admin", "解冻 2") == (
        "F-002 生产部 12-01～12-05 早已放弃（林静，09:00），它没有生效过，这次没有变化。"
    )
    office.wait(days=2)
    assert office.say("admin", "解冻 3") == "F-003 全部 11-23～11-24 已过期，不再拦任何变更，不用解冻。"


def test_a_lifted_window_names_the_fences_that_still_hold_what_lies_in_it(office: Office) -> None:
    fenced(office, NEAR)
    office.say("lin", "冻结 全部 12-01~12-31")
    office.say("lin", "冻结 确认 1")
    assert "已解冻：F-001 全部 12-01～12-31。窗内仍在冻结的还有：冻结窗“生产冻结期”。" in office.say("lin", "解冻 1")


def test_without_a_reason_nothing_stands_before_the_full_stop(office: Office) -> None:
    office.say("lin", "冻结 全部 12-07~12-12")
    assert "🔒 林静 冻结了计划：F-001 全部 12-07～12-12。窗内的变更" in office.say("lin", "冻结 确认 1")


@pytest.mark.parametrize(
    ("typed", "scope", "named"),
    [
        ("部门 生产 12-07~12-11", Scope(departments=("production",)), "生产部"),
        ("生产部 12-07~12-11", Scope(departments=("production",)), "生产部"),
        ("类型 生产 12-07~12-11", Scope(types=("production",)), "生产"),
        ("类型：采购 12-07~12-11", Scope(types=("purchase",)), "采购"),
        ("全部 12-07~12-11 采购", Scope(types=("purchase",)), "采购"),
        ("生产 12-07~12-11 采购", Scope(types=("purchase",), departments=("production",)), "生产部 / 采购"),
        ("任务 12-07~12-11", Scope(types=("task",)), "任务"),
        ("12-07~12-11", Scope(), "全部"),
        ("12-07~12-11 类型 生产", Scope(types=("production",)), "生产"),
        ("生产部 12-07~12-11 类型：采购", Scope(types=("purchase",), departments=("production",)), "生产部 / 采购"),
    ],
)
def test_a_window_is_about_a_department_a_type_or_both(office: Office, typed: str, scope: Scope, named: str) -> None:
    assert f"**冻结预览：F-001 {named} 12-07～12-11**" in office.say("lin", f"冻结 {typed}")
    (window,) = office.database.look(lambda uow: uow.fences.all())
    assert window.fence.scope == scope


def test_a_window_is_over_when_its_last_day_has_passed(office: Office) -> None:
    office.say("lin", "冻结 全部 11-23~11-24")
    office.say("lin", "冻结 确认 1")
    office.wait(days=2)
    assert office.say("lin", "冻结 查看") == "**冻结窗**\n现在没有冻结窗。"
    assert office.say("lin", "冻结 确认 1") == "冻结窗 F-001 已经解冻或过期，不能再生效。请重新发送“冻结 …”。"


@pytest.mark.parametrize(
    ("who", "text", "sentence"),
    [
        ("he", "冻结 全部 12-01~12-05",
         "何佳 没有冻结、解冻计划的权限（需要“计划协调员”或“管理员”角色）。请联系计划协调员。"),
        ("he", "解冻 F-001", "何佳 没有冻结、解冻计划的权限（需要“计划协调员”或“管理员”角色）。请联系计划协调员。"),
        ("lin", "解冻 F-009",
         "没有编号是 F-009 的冻结窗。生效中的有：—。设置里的冻结窗要由管理员在 config.yaml 里改。"),
        ("lin", "冻结 生产 12-01~12-05 因为 盘点",
         "“生产”可以是部门 生产部、类型 生产，请写明是哪一个。"
         "例如：冻结 部门 生产部 2026-12-01～2026-12-05 因为 盘点"),
        ("lin", "冻结 全部 12-01~12-05 盘点",
         "没有叫“盘点”的类型，日期后面只能写类型。类型有：任务、发货、生产、采购、销售订单；原因请写“因为 盘点”。"),
        ("lin", "冻结 部门 任务 12-01~12-05",
         "没有叫“部门 任务”的部门、类型或产品。部门有：销售部、生产部、采购部、计划部、仓储部；"
         "类型有：任务、发货、生产、采购、销售订单；整个计划写“全部”。"),
        ("lin", "冻结 火星部 12-01~12-05",
         "没有叫“火星部”的部门、类型或产品。部门有：销售部、生产部、采购部、计划部、仓储部；"
         "类型有：任务、发货、生产、采购、销售订单；整个计划写“全部”。"),
        ("lin", "冻结 全部 2026-11-01~2026-11-05",
         "2026-11-05 已经过去（今天是 2026-11-23），冻结不了。请写今天或以后的日期。"),
        ("lin", "冻结 全部 12-05~12-01", "冻结的止日不能早于起日。请写：冻结 全部 2026-12-01～2026-12-05"),
        ("lin", "冻结 生产部", "没有看懂要冻结哪几天：“冻结 生产部”。请写：冻结 生产部 下周一～下周五"),
        ("lin", "解冻", "请写冻结窗的编号。例如：解冻 F-001（发送“冻结 查看”可以看到编号）"),
    ],
)  # fmt: skip
def test_what_cannot_be_frozen_is_refused_in_full(office: Office, who: str, text: str, sentence: str) -> None:
    assert office.say(who, text) == sentence


def test_a_window_covers_the_days_it_names(office: Office) -> None:
    office.say("lin", "冻结 类型 12-01~12-05")
    office.say("lin", "冻结 采购部 12月1日至12月5日")
    window = office.database.look(lambda uow: uow.fences.all())[-1]
    assert (window.fence.first, window.fence.last) == (date(2026, 12, 1), date(2026, 12, 5))
    assert window.fence.scope.departments == ("purchasing",)
