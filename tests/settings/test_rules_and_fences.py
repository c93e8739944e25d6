"""`rules` and `fences` as an operator writes them: what is understood, and the line that says what is not."""

from datetime import date
from pathlib import Path

import pytest

from bot.settings import load_settings
from planning.fences import FenceKind, Scope, Zone
from planning.item import Status
from planning.rules import Class, Event
from tests.settings.test_settings import ENVIRON, EXAMPLE, MINIMAL, complaints, load


def test_a_fence_of_each_kind(tmp_path: Path) -> None:
    text = MINIMAL + """
fences:
  - {id: near, kind: rolling, days: 5, scope: {types: [production], departments: [planning]}, approvals: ["role:coordinator", "department:planning"]}
  - {id: set, name: 已下达, kind: status, statuses: [released, in_progress], zone: slushy}
  - {id: sale, kind: window, from: 2026-11-09, to: "2026-11-12"}
"""  # noqa: E501
    near, status, sale = (fence.fence() for fence in load(tmp_path, text).fences)
    assert (near.kind, near.days, near.zone, near.name) == (FenceKind.ROLLING, 5, Zone.FROZEN, "near")
    assert near.scope == Scope(("production",), ("planning",))
    assert near.approvals == ("role:coordinator", "planning")
    assert (status.statuses, status.zone) == ((Status.RELEASED, Status.IN_PROGRESS), Zone.SLUSHY)
    assert (sale.first, sale.last) == (date(2026, 11, 9), date(2026, 11, 12))


def test_a_rule_and_what_it_leaves_out(tmp_path: Path) -> None:
    text = MINIMAL + """
rules:
  - {id: down, event: machine_down, when: "days > 2", class: emergency, approvals: [affected, "role:admin"], deadline_hours: 4}
  - {id: small, class: standard}
  - {id: plain, approvals: affected}
"""  # noqa: E501
    down, small, plain = (rule.rule() for rule in load(tmp_path, text).rules)
    assert (down.event, down.klass, down.deadline_hours) == (Event.MACHINE_DOWN, Class.EMERGENCY, 4)
    assert down.approvals == ("affected", "role:admin")
    assert (small.klass, small.approvals, small.when) == (Class.STANDARD, (), None)
    assert (plain.klass, plain.approvals) == (Class.NORMAL, ("affected",))


def test_how_long_an_emergency_has_to_be_ratified(tmp_path: Path) -> None:
    text = MINIMAL + """
rules:
  - {id: a, class: emergency, deadline_hours: 4}
  - {id: b, class: emergency, deadline_hours: 4, ratify_hours: 48}
  - {id: c, class: emergency}
  - {id: d, deadline_hours: 4}
"""
    assert [rule.rule().policy().ratify_hours for rule in load(tmp_path, text).rules] == [4, 48, 24, None]


def test_without_them_there_are_none(tmp_path: Path) -> None:
    settings = load(tmp_path, MINIMAL)
    assert (settings.rules, settings.fences) == ((), ())


def test_the_default_set_covers_the_triggers_of_a_factory() -> None:
    rules = [rule.rule() for rule in load_settings(EXAMPLE, ENVIRON).rules]
    assert {rule.event for rule in rules} == set(Event) - {Event.ANY}


FENCE = "kind 是 rolling 就只填 days，是 status 就只填 statuses，是 window 就只填 from 和 to"
NOBODY = "只有 standard 可以没有审批人：approvals 至少写一个（affected、部门编号或 role:coordinator 这样的角色）"


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("fences: [{id: a, kind: rolling}]", f"fences[0]: 写的是一组设置；{FENCE}"),
        ("fences: [{id: a, kind: status, statuses: [released], days: 3}]", f"fences[0]: 写的是一组设置；{FENCE}"),
        ("fences: [{id: a, kind: window, from: 2026-11-12, to: 2026-11-09}]",
         "fences[0]: 写的是一组设置；to 不能早于 from"),
        ("fences: [{id: a, kind: window, from: 11月9日, to: 2026-11-09}]",
         "fences[0].from: 写的是「11月9日」；应为日期，如 2026-11-11"),
        ("fences: [{id: a, kind: rolling, days: 3, approvals: [mars]}]",
         "fences[0].approvals[0]: 写的是「mars」；departments 里没有部门 mars，现有：planning"),
        ("fences: [{id: a, kind: rolling, days: 3, approvals: [\"role:boss\"]}]",
         "fences[0].approvals[0]: 写的是「role:boss」；"
         "role: 后面应为其中之一：viewer, planner, approver, coordinator, admin"),
        ("fences: [{id: a, kind: rolling, days: 3}, {id: a, kind: rolling, days: 4}]",
         "fences[1].id: 写的是「a」；id a 已在 fences[0].id 用过，换一个"),
        ("fences: [{id: a, kind: rolling, days: 3, form: 1}]",
         "fences[0].form: 写的内容不显示（保密项）；没有这个设置项，是不是想写 from？"),
        ("rules: [{id: r, class: normal, approvals: []}]", f"rules[0]: 写的是一组设置；{NOBODY}"),
        ("rules: [{id: r, class: emergency, approvals: []}]", f"rules[0]: 写的是一组设置；{NOBODY}"),
        ("rules: [{id: r, class: standard, approvals: [planning]}]",
         "rules[0]: 写的是一组设置；standard（标准变更）不经审批，不要写 approvals；要审批就用 normal 或 emergency"),
        ("rules: [{id: r, ratify_hours: 4}]",
         "rules[0]: 写的是一组设置；ratify_hours 只用于 emergency（紧急变更先行生效，多少小时内要追认）；"
         "别的级别请写 deadline_hours"),
        ("rules: [{id: r, when: \"days >\"}]",
         "rules[0].when: 写的是「days >」；规则 r 的条件从第 6 个字符起看不懂（应为 CEL 表达式）"),
        ("rules: [{id: r, when: \"days > 1.5\"}]",
         "rules[0].when: 写的是「days > 1.5」；规则 r 里 1.5 的类型是 double，这里要 int"),
        ("rules: [{id: r, when: \"[1].exists(x, x > 0)\"}]",
         "rules[0].when: 写的是「[1].exists(x, x > 0)」；规则 r 的条件里不能用 [1].exists(x, x > 0)"),
        ("rules: [{id: r, reasons: [moon]}]",
         "rules[0].reasons[0]: 写的是「moon」；"
         "应为其中之一：machine, material, quality, promotion, customer, capacity, other"),
        ("rules: [{id: r, inform: [mars]}]",
         "rules[0].inform[0]: 写的是「mars」；departments 里没有部门 mars，现有：planning"),
    ],
)  # fmt: skip
def test_each_mistake_has_its_line(tmp_path: Path, line: str, complaint: str) -> None:
    assert [found.partition(": ")[2] for found in complaints(tmp_path, MINIMAL + line + "\n")] == [complaint]


def test_an_unknown_fact_is_told_with_those_there_are(tmp_path: Path) -> None:
    (found,) = complaints(tmp_path, MINIMAL + 'rules: [{id: r, when: "item.colour == \'red\'"}]\n')
    assert "规则 r 里没有 item.colour 这个事实，可用的有：days、departments、item.code、" in found
