"""`rules` and `fences` as an operator writes them: what is understood, and the line that says what is not."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot.platforms import PLATFORMS
from bot.settings import load_settings
from planning.control.fences import FenceKind, Scope, Zone
from planning.control.rules import Class, Event
from planning.plan.item import Status
from tests.bot.settings.test_settings import ENVIRON, EXAMPLE, MINIMAL, complaints, load


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
    rules = [rule.rule() for rule in load_settings(EXAMPLE, ENVIRON, PLATFORMS).rules]
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
        ("rules: [{id: r, event: promotion, act: inform}]",
         "rules[0]: 写的是一组设置；act 要配会自己发生的事件，event 应为其中之一：fact, material_arrival, "
         "material_delay, machine_down, quality_hold, overdue, shortage"),
        ("rules: [{id: r, event: overdue, act: ask, class: standard}]",
         "rules[0]: 写的是一组设置；写了 act 的规则不给变更定级：去掉 class、approvals、reasons、deadline_hours、"
         "ratify_hours，要定级就另写一条"),
        ("rules: [{id: r, event: overdue, act: ask, when: \"late_orders > 0\"}]",
         "rules[0].when: 写的是「late_orders > 0」；规则 r 里没有 late_orders 这个事实，可用的有：days、"
         "item.code、item.days_to_start、item.department、item.product、item.status、item.type、item.zone、kind、"
         "scrap_rate、today.weekday"),
        ("rules: [{id: r, when: \"days >\"}]",
         "rules[0].when: 写的是「days >」；规则 r 的条件从第 6 个字符起看不懂（应为 CEL 表达式）"),
        ("rules: [{id: r, when: \"days > 1.5\"}]",
         "rules[0].when: 写的是「days > 1.5」；规则 r 里 1.5 的类型是 double，这里要 int"),
        ("rules: [{id: r, when: \"[1].exists(x, x > 0)\"}]",
         "rules[0].when: 写的是「[1].exists(x, x > 0)」；规则 r 的条件里不能用 [1].exists(x, x > 0)"),
        ("rules: [{id: r, reasons: [moon]}]",
         "rules[0].reasons[0]: 写的是「moon」；"
         "应为其中之一：machine, material, quality, promotion, customer, capacity, other"),
        ("fences: [{id: a, kind: rolling, days: 3, approvals: [affected]}]",
         "fences[0].approvals[0]: 写的是「affected」；"
         "受影响的部门本来就要批；特批请写部门编号或 role:coordinator 这样的角色"),
        ("fences: [{id: a, kind: rolling, days: 3, scope: {departments: [affected]}}]",
         "fences[0].scope.departments[0]: 写的是「affected」；departments 里没有部门 affected，现有：planning"),
        ("fences: [{id: a, kind: rolling, days: 3, scope: {departments: [\"role:admin\"]}}]",
         "fences[0].scope.departments[0]: 写的是「role:admin」；departments 里没有部门 role:admin，现有：planning"),
        ("fences: [{id: a, kind: status, statuses: [released, done]}]",
         "fences[0].statuses[1]: 写的是「done」；已完成、已关闭、已取消的单子不在任何围栏内，写了不起作用，请删掉"),
        ("fences: [{id: a, kind: rolling, days: 3, zone: liquid}]",
         "fences[0].zone: 写的是「liquid」；应为其中之一：frozen, slushy"),
        ("fences: [{id: a, kind: window, from: 2026-12-01T08:00:00, to: 2026-12-03}]",
         "fences[0].from: 写的是「2026-12-01T08:00:00」；应为日期，如 2026-11-11"),
        ("fences: [{id: f-001, kind: rolling, days: 3}]",
         "fences[0].id: 写的是「f-001」；F-001 这样的编号留给群里设的冻结窗，换一个"),
        ("fences: [{id: near, kind: rolling, days: 3}, {id: Near, kind: rolling, days: 4}]",
         "fences[1].id: 写的是「Near」；id Near 已在 fences[0].id 用过，换一个"),
        ("rules: [{id: A, event: overdue}, {id: a}]",
         "rules[1].id: 写的是「a」；id a 已在 rules[0].id 用过，换一个"),
        ("rules: [{id: r, inform: [\"role:boss\"]}]",
         "rules[0].inform[0]: 写的是「role:boss」；departments 里没有部门 role:boss，现有：planning"),
        ("rules: [{id: r, inform: [affected]}]",
         "rules[0].inform[0]: 写的是「affected」；departments 里没有部门 affected，现有：planning"),
        ("rules: [{id: r, when: \"op == 'move'\"}]",
         "rules[0].when: 写的是「op == 'move'」；规则 r 里的 op 不会是「move」，应为其中之一：set_start, set_finish, "
         "shift, set_duration, set_quantity, split, add, cancel, pin, unpin, reassign, link, unlink"),
        ("rules: [{id: r, when: \"item.zone in ['frozen', 'Frozen']\"}]",
         "rules[0].when: 写的是「item.zone in ['frozen', 'Frozen']」；"
         "规则 r 里的 item.zone 不会是「Frozen」，应为其中之一：liquid, slushy, frozen"),
        ("rules: [{id: r, when: \"'relesed' == item.status\"}]",
         "rules[0].when: 写的是「'relesed' == item.status」；规则 r 里的 item.status 不会是「relesed」，应为其中之一："
         "proposed, confirmed, released, in_progress, done, closed, on_hold, cancelled"),
        ("rules: [{id: r, when: \"reason_code == 'machin'\"}]",
         "rules[0].when: 写的是「reason_code == 'machin'」；规则 r 里的 reason_code 不会是「machin」，应为其中之一："
         "machine, material, quality, promotion, customer, capacity, other"),
        ("rules: [{id: r, when: \"item.department == 'prodction'\"}]",
         "rules[0].when: 写的是「item.department == 'prodction'」；"
         "规则 r 里的 item.department 不会是「prodction」，应为其中之一：planning"),
        ("rules: [{id: r, when: \"'boss' in proposer.roles\"}]",
         "rules[0].when: 写的是「'boss' in proposer.roles」；规则 r 里的 proposer.roles 不会是「boss」，应为其中之一："
         "viewer, planner, approver, coordinator, admin"),
        ("rules: [{id: r, when: \"today.weekday == 8\"}]",
         "rules[0].when: 写的是「today.weekday == 8」；"
         "规则 r 里的 today.weekday 不会是「8」，应为其中之一：1, 2, 3, 4, 5, 6, 7"),
        ("rules: [{id: r, when: \"item.type == '生产'\"}]",
         "rules[0].when: 写的是「item.type == '生产'」；"
         "规则 r 里的 item.type 不会是「生产」，应为其中之一：production"),
        ("rules: [{id: r, when: \"days > 0 && 1 > 2\"}]",
         "rules[0].when: 写的是「days > 0 && 1 > 2」；"
         "规则 r 里 1 > 2 永远不成立，这条规则不会触发；请改条件，或删掉这条规则"),
        ("rules: [{id: r, when: \"days % 0 == 1\"}]",
         "rules[0].when: 写的是「days % 0 == 1」；规则 r 的条件除以 0，算不出来，永远不成立"),
        ("rules: [{id: r, when: \"days > 9223372036854775808\"}]",
         "rules[0].when: 写的是「days > 9223372036854775808」；"
         "规则 r 里的数 9223372036854775808 太大，最大是 9223372036854775807"),
        ("rules: [{id: r, inform: [mars]}]",
         "rules[0].inform[0]: 写的是「mars」；departments 里没有部门 mars，现有：planning"),
    ],
)  # fmt: skip
def test_each_mistake_has_its_line(tmp_path: Path, line: str, complaint: str) -> None:
    assert [found.partition(": ")[2] for found in complaints(tmp_path, MINIMAL + line + "\n")] == [complaint]


def test_an_unknown_fact_is_told_with_those_there_are(tmp_path: Path) -> None:
    (found,) = complaints(tmp_path, MINIMAL + 'rules: [{id: r, when: "item.colour == \'red\'"}]\n')
    assert "规则 r 里没有 item.colour 这个事实，可用的有：days、departments、item.code、" in found


def test_the_words_of_the_settings_are_those_of_the_imports(tmp_path: Path) -> None:
    text = MINIMAL + """
fences: [{id: a, kind: rolling, days: 3, scope: {types: [生产, 采购订单, 备件]}, approvals: "role:coordinator"}]
authority: [{who: planning, types: [Sales Order]}]
"""
    settings = load(tmp_path, text)
    assert settings.fences[0].fence().scope.types == ("production", "purchase", "备件")
    assert settings.fences[0].fence().approvals == ("role:coordinator",)
    assert settings.authority
    assert settings.authority[0].grant().scope.types == ("sales_order",)


def test_nobody_s_items_have_no_department(tmp_path: Path) -> None:
    assert load(tmp_path, MINIMAL + "rules: [{id: r, when: \"item.department in ['', 'planning']\"}]\n").rules


def warned(tmp_path: Path, line: str) -> list[str]:
    path = tmp_path / "config.yaml"
    path.write_text(f"{MINIMAL}\n{line}\n", encoding="utf-8")
    now = datetime(2026, 11, 22, 17, tzinfo=UTC)  # 11-23 in Shanghai
    return list(load_settings(path, {}, PLATFORMS, now).warnings)


OURS = (
    "促销(promotion)、销售订单(sales_order)、预测(forecast)、排产(planning)、生产(production)、采购(purchase)、"
    "入库(receipt)、质检(quality)、发货(delivery)、付款(payment)、回款(collection)、财务(finance)、里程碑(milestone)、"
    "任务(task)"
)


@pytest.mark.parametrize(
    ("line", "warning"),
    [
        ("fences: [{id: a, kind: rolling, days: 3, scope: {types: [prodction]}}]",
         f"fences[0].scope.types: 「prodction」不是自带的类型，导入文件里也这样写才有用；自带的有：{OURS}"),
        ("authority: [{who: li.na, types: [prodction]}]",
         f"authority[0].types: 「prodction」不是自带的类型，导入文件里也这样写才有用；自带的有：{OURS}"),
        ("rules: [{id: r, when: \"item.type == 'prodution'\"}]",
         f"rules[0].when: 「prodution」不是自带的类型，导入文件里也这样写才有用；自带的有：{OURS}"),
        ("fences: [{id: a, name: 盘点, kind: window, from: 2026-11-20, to: 2026-11-22}]",
         "fences[0].to: 围栏「盘点」到 2026-11-22 为止，已经过去，不再起作用"),
        ("rules: [{id: r, class: standard, deadline_hours: 4}]",
         "rules[0].deadline_hours: 规则 r 是 standard，提交即生效，deadline_hours 不起作用"),
        ("rules: [{id: r, when: \"true\"}, {id: later, event: overdue}]",
         "rules[1]: 规则 later 排在 r 后面，r 什么变更都符合，轮不到它；请把它移到前面"),
        ("rules: [{id: r}, {id: later, event: overdue}]",
         "rules[1]: 规则 later 排在 r 后面，r 什么变更都符合，轮不到它；请把它移到前面"),
    ],
)  # fmt: skip
def test_what_does_nothing_is_warned_of(tmp_path: Path, line: str, warning: str) -> None:
    assert warned(tmp_path, line) == [warning]


@pytest.mark.parametrize(
    "line",
    [
        "fences: [{id: a, kind: window, from: 2026-11-20, to: 2026-11-23}]",
        "rules: [{id: r, enabled: false}, {id: later}]",
        "rules: [{id: r, when: \"days > 1\"}, {id: s, reasons: [machine]}, {id: t, event: overdue}, {id: u}]",
    ],
)
def test_what_does_something_is_not(tmp_path: Path, line: str) -> None:
    assert warned(tmp_path, line) == []
