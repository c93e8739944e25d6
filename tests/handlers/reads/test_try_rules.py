"""规则 试算 on both databases: what it says is what the preview and the submission then do."""

from dataclasses import replace
from typing import Any

import pytest

from cards.words import Words
from planning.control.fences import Fence, FenceKind
from planning.control.policy import AFFECTED
from planning.control.rules import Class, Event, Rule
from planning.control.shadow import Shadow
from tests.handlers.govern.test_classify import COUNT, DOWN, SMALL, rule, ruled
from tests.handlers.govern.test_fences import NEAR, submitted
from tests.handlers.office import Office

STANDARD = rule("std", klass=Class.STANDARD, approvals=())
DIVIDED = rule("divided", when="10 / days > 2 && quantity.ratio > 1.2")
CLOSED = replace(NEAR, id="seal", name="封板", approvals=())


def tried(office: Office, command: str, *rules: Rule, by: str = "boss", **environment: Any) -> list[str]:
    """The answer after its headline."""
    ruled(office, *rules)
    office.environment = replace(office.environment, **environment)
    headline, *told = office.say(by, f"规则 试算 {command}").splitlines()
    assert headline.startswith("**规则试算**：")
    assert headline.endswith("（只是试算，没有改动）")
    assert office.database.look(lambda uow: uow.changes.counts()) == {}
    return told


def test_whom_it_would_ask_what_it_would_do_and_why(office: Office) -> None:
    assert tried(office, "改期 MO-1 推迟1天 因为 设备停机", DOWN, SMALL) == [
        "事件：设备停机 · 原因：设备 · 移动 1 个工作日",
        "触发 **machine-down** → 紧急 · 由销售部、生产部、计划协调员决定 · 知会采购部",
        "- ⚡ 提交后立即先行生效，4 小时内要追认；到期没有追认或有人驳回，计划就恢复",
        "",
        "**为什么**（按顺序，第一条都符合的触发）",
        "- ▶machine-down：✓ 设备停机；✓ 生产单",
        "- small：✓ 任何变更；✗ 没有订单晚交（晚交的订单 1 单）；✗ 涉及的部门不超过 1 个（涉及的部门 2 个）",
    ]


def test_without_a_rule_the_affected_decide(office: Office) -> None:
    told = tried(office, "MO-1 推迟1天", DOWN)
    assert told[1] == "没有规则触发 → 一般 · 由销售部、生产部决定 · 在 11-26 18:00 前"
    assert "- machine-down：✗ 设备停机；✓ 生产单" in told


def test_only_the_rule_that_fires_is_marked(office: Office) -> None:
    told = tried(office, "改期 MO-1 推迟1天 因为 设备停机", rule("first"), DOWN, replace(STANDARD, enabled=False))
    assert told[-3:] == [
        "- ▶first：✓ 任何变更",
        "- machine-down：✓ 设备停机；✓ 生产单；"
        "都符合，但前面的 first 已经触发",
        "- std：✓ 任何变更；✗ 已停用",
    ]


def test_what_cannot_be_told_is_explained(office: Office) -> None:
    told = tried(office, "改数量 DL-1 500", DIVIDED)
    assert told[-2:] == [
        "- divided：✓ 任何变更；？ 符合一个算式，原式见“规则 详情”（移动 0 天）；"
        "？ 数量增加超过 20%（新数量是原数量的 没有）",
        "？ 算不出来：它要的值没有，或除以零；这样的条件算不符合",
    ]


@pytest.mark.parametrize(
    ("fired", "outcome", "lines"),
    [
        (
            STANDARD,
            "触发 **std** → 一般 · 由销售部、生产部、计划协调员决定 · 在 11-26 18:00 前",
            ["- 碰到围栏，标准变更也按一般审批"],
        ),
        (
            DOWN,
            "触发 **machine-down** → 紧急 · 由销售部、生产部、计划协调员决定 · 在 13:00 前 · 知会采购部",
            ["- ⚡ 碰到要特批的冻结窗，紧急变更也要先批准才生效"],
        ),
    ],
)
def test_inside_a_fence_it_says_who_must_approve(
    office: Office, fired: Rule, outcome: str, lines: list[str]
) -> None:
    told = tried(office, "改期 MO-1 推迟1天 因为 设备停机", fired, fences=(NEAR,))
    fence = "- 🔒 MO-1 在冻结窗“生产冻结期”内，需要计划协调员特批；它现在就在窗内，改到哪天都要特批"
    assert told[1 : 3 + len(lines)] == [outcome, fence, *lines]
    change = submitted(office)
    assert [step.department for step in change.steps] == ["sales", "production", "role:coordinator"]


def test_a_fence_without_approvals_is_all_that_is_said(office: Office) -> None:
    assert tried(office, "改期 MO-1 推迟1天 因为 设备停机", STANDARD, fences=(CLOSED,)) == [
        "⛔ MO-1 耳机组装 在冻结窗“封板”内，不能改：这个窗没有设特批。它现在就在窗内，改到哪天都要先放开。"
        "要改，请计划协调员（林静）让管理员在设置里放开。"
    ]


@pytest.mark.parametrize(
    ("command", "why"),
    [
        ("改期 MO-1 到 2026-01-05",
         "MO-1 不能在 2026-01-05 完成：那样 2025-12-29 就要开始，已经过去（今天是 2026-11-23）。"),
        ("改期 MO-1 到 12-11", "这样改，计划不会有任何变化（MO-1 已经是这样了）。"),
    ],
)
def test_what_cannot_be_done_says_so_and_nothing_else(office: Office, command: str, why: str) -> None:
    assert tried(office, command, STANDARD) == [f"⛔ {why}"]


@pytest.mark.parametrize(
    ("fired", "outcome"),
    [
        (DOWN, ["触发 **machine-down** → 紧急 · 知会采购部",
                "- 影子运行：正式启用后，这张变更要由销售部、生产部、计划协调员同意",
                "- ✔ 影子运行，没有人要批：提交后立即生效"]),
        (rule("n", approvals=(AFFECTED,)), ["触发 **n** → 一般 · 影子运行，没有人要批，提交即生效",
                                            "- 影子运行：正式启用后，这张变更要由销售部、生产部同意"]),
    ],
)  # fmt: skip
def test_in_shadow_nobody_is_said_to_decide(office: Office, fired: Rule, outcome: list[str]) -> None:
    told = tried(office, "改期 MO-1 推迟1天 因为 设备停机", fired, by="han", shadow=Shadow(everything=True))
    assert told[1 : 1 + len(outcome)] == outcome


def test_a_standard_change_says_that_it_is_in_effect_at_once(office: Office) -> None:
    told = tried(office, "改期 RC-1 推迟1天 因为 别的事", SMALL)
    assert told[1:3] == ["触发 **small** → 标准", "- ✔ 标准变更不用审批：提交后立即生效，受影响的部门都会收到通知"]
    assert submitted(office, COUNT).klass == "standard"


def test_a_fence_that_only_shows_is_shown(office: Office) -> None:
    slushy = Fence("soft", "半冻结期", FenceKind.ROLLING, days=60, approvals=("warehouse",))
    told = tried(office, "改期 RC-1 推迟1天 因为 别的事", SMALL, fences=(slushy,))
    assert told[1].startswith("触发 **small** → 一般 · 由仓储部决定")


def test_in_english(office: Office) -> None:
    ruled(office, replace(DOWN, event=Event.ANY, deadline_hours=None, klass=Class.NORMAL, inform=()), DIVIDED)
    office.environment = replace(office.environment, words=Words("en"))
    assert office.say("boss", "rules try move MO-1 +1d because the line broke down").splitlines() == [
        "**Rules tried**: MO-1 耳机组装: 1d later (nothing was changed)",
        "events: machine down · reason: machine · moves 1 working days",
        "**machine-down** fires → normal · 销售部, 生产部, the coordinator decide · by 11-26 18:00",
        "",
        "**Why** (in this order; the first of which all holds fires)",
        "- ▶machine-down: ✓ any change; ✓ production order",
        "- divided: ✓ any change; ✓ a formula holds, see “rules details” (the move 1 working days); "
        "✗ quantity up by more than 20 % (new by old quantity 1 times)",
    ]
