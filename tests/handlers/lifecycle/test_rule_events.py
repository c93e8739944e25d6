"""Rules that act by themselves: each event by each act, once for each time it happens."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from handlers.lifecycle.count_stock import count_stock
from planning.change.change import Change
from planning.control.condition import Condition
from planning.control.rules import HAPPENS, OF_EVENTS, Act, Event, Rule
from planning.exceptions.finding import Severity
from planning.plan.link import Link
from planning.plan.plan import Plan
from planning.readiness.shelf import Count
from storage.database import Database
from storage.delivery.cards import Purpose
from storage.unit_of_work import UnitOfWork
from tests.handlers.lifecycle.test_scan import item
from tests.handlers.notify.test_exception_cards import PLANNING, PRODUCTION, Told
from tests.previews import newest_change

PURCHASING = "wecom:purchasing"
HAPPENING: dict[Event, tuple[str, tuple[str, ...]]] = {
    Event.FACT: ("MO-1", ("报工 MO-1 10",)),
    Event.MATERIAL_ARRIVAL: ("PO-1", ("到货 PO-1 50",)),
    Event.MATERIAL_DELAY: ("PO-1", ("报工 PO-1 预计 12-09",)),
    Event.MACHINE_DOWN: ("MO-1", ("停机 MO-1 预计 12-09",)),
    Event.QUALITY_HOLD: ("PO-1", ("隔离 PO-1 预计 12-09",)),
    Event.OVERDUE: ("CK-1", ()),
    Event.SHORTAGE: ("MO-2", ()),
}
"""An item to which it happens by these words, or by time alone."""


def company(database: Database, *rules: Rule) -> Told:
    items = (
        item("MO-1", "主板", "production", "production", "12-01", "12-08", quantity=Decimal(100), owner="wang"),
        item("PO-1", "钢板", "purchase", "purchasing", "12-01", "12-07", quantity=Decimal(100), owner="zhao"),
        item("CK-1", "盘点", "task", "production", "12-01", "12-01", owner="wang"),
        item("MO-2", "外壳", "production", "production", "12-04", "12-10", quantity=Decimal(100), owner="wang"),
        item("PO-2", "铝锭", "purchase", "purchasing", "12-01", "12-08", quantity=Decimal(100), product="AL"),
    )
    links = (Link("PO-2", "MO-2", ratio=Decimal(1)),)
    told = Told(database, Plan("main", "一厂", 0, {one.code: one for one in items}, links, "weekdays"))
    told.office.environment = replace(told.office.environment, rules=rules)
    return told


def happen(told: Told, event: Event) -> list[tuple[str, str]]:
    """What was said until the evening of the second day."""
    said = told.live("12-02 09:00")
    for words in HAPPENING[event][1]:
        told.office.say("lin", words)
    return [*said, *told.live("12-02 20:00")]


@pytest.mark.parametrize("act", Act)
@pytest.mark.parametrize("event", HAPPENS)
def test_an_event_has_its_rule_act_once(database: Database, event: Event, act: Act) -> None:
    code, _ = HAPPENING[event]
    told = company(database, Rule("mine", event, None, act=act, inform=("planning",) if act is Act.INFORM else ()))
    said = happen(told, event) + told.live("12-03 20:00")
    row = told.row("rule", code)
    assert (row.key.second, row.severity) == ("mine", Severity.HIGH if act is Act.EXCEPTION else Severity.INFO)
    lines = [(where, text) for where, text in said if text.startswith("⚪") and "规则 mine" in text]
    drafts = [one for one in told.office.database.look(drafts_of(code)) if "规则 mine" in one.reason]
    if act is Act.INFORM:
        assert [where for where, _ in lines] == [PLANNING], said
    if act is Act.ASK:
        assert len(drafts) + len([one for one in lines if one[0] in (PRODUCTION, PURCHASING)]) == 1
    if act is Act.EXCEPTION:
        home = PURCHASING if code.startswith("PO") else PRODUCTION
        assert str(row.card) in {card.subject.id for card in told.cards(home)}
    assert bool(drafts) <= (act is Act.ASK)


def drafts_of(code: str) -> Callable[[UnitOfWork], Sequence[Change]]:
    return lambda uow: uow.changes.open_of_facts(code)


def test_the_draft_is_the_planners_and_ends_what_is_wrong(database: Database) -> None:
    told = company(database, Rule("mine", Event.OVERDUE, None, act=Act.ASK))
    told.live("12-02 20:00")
    (draft,) = told.office.database.look(drafts_of("CK-1"))
    (operation,) = draft.operations
    assert (operation.item, operation.to) == ("CK-1", date(2026, 12, 2))
    rows = told.office.database.look(lambda uow: uow.cards.about(draft.subject))
    assert [(row.purpose, row.conversation) for row in rows] == [(Purpose.PROPOSAL, draft.origin)]
    told.live("12-04 20:00")
    assert told.office.database.look(drafts_of("CK-1")) == [draft], "not at every scan"


@pytest.mark.parametrize(
    ("when", "fires"),
    [("scrap_rate > 0.1", True), ("scrap_rate > 0.5", False), ("kind == 'quantity'", True), ("kind == 'finish'", False),
     ("days >= 90", False), ("item.code == 'MO-1' && item.department == 'production'", True)],
)  # fmt: skip
def test_its_condition_speaks_of_what_was_said(database: Database, when: str, fires: bool) -> None:
    told = company(database, Rule("mine", Event.FACT, Condition.of(when, OF_EVENTS), act=Act.EXCEPTION))
    told.live("12-01 09:00")
    told.office.say("wang", "报工 MO-1 10 报废3")
    assert ("rule MO-1 mine" in told.open()) is fires


def test_it_ends_with_what_brought_it_about(database: Database) -> None:
    told = company(database, Rule("mine", Event.MACHINE_DOWN, None, act=Act.EXCEPTION))
    told.live("12-01 09:00")
    told.office.say("wang", "停机 MO-1 预计 12-09")
    assert "rule MO-1 mine" in told.open()
    told.office.say("wang", "报工 MO-1 10")
    assert "rule MO-1 mine" not in told.open()


@pytest.mark.parametrize(
    ("words", "event"), [("停机 生产部", Event.MACHINE_DOWN), ("隔离 生产部 预计 12-09", Event.QUALITY_HOLD)]
)
@pytest.mark.parametrize("act", Act)
def test_what_is_said_of_a_department_happens_to_what_runs_there(
    database: Database, words: str, event: Event, act: Act
) -> None:
    told = company(database, Rule("mine", event, None, act=act), Rule("fact", Event.FACT, None, act=Act.EXCEPTION))
    told.live("12-01 09:00")
    for code in ("MO-1", "CK-1"):
        told.office.say("wang", f"开工 {code}")
    told.office.wait(minutes=3)
    told.live("12-01 09:10")
    (tried,) = [one for one in told.office.say("wang", f"规则 试算 {words}").splitlines() if one.startswith("- ▶ ")]
    told.office.say("wang", words)
    rows = {one for one in told.open() if one.endswith(" mine")}
    assert rows == {"rule MO-1 mine", "rule CK-1 mine"}, "not of MO-2, which has not begun"
    said = told.live("12-01 09:20")
    lines = [text for where, text in said if where == PRODUCTION and "规则 mine" in text and text.startswith("⚪")]
    assert len(lines) == (0 if act is Act.EXCEPTION else 1), "told once for all of it"
    assert all("（连带 1 项）" in line for line in lines)
    assert "（连带 1 项）" in tried
    told.office.say("wang", "报工 MO-1 10")
    assert {one for one in told.open() if one.endswith(" mine")} == {"rule CK-1 mine"}, "that goes on"


def test_a_word_about_a_department_is_withdrawn_with_what_it_brought_about(database: Database) -> None:
    told = company(database, Rule("mine", Event.MACHINE_DOWN, None, act=Act.EXCEPTION))
    told.live("12-01 09:00")
    told.office.say("wang", "开工 MO-1")
    told.office.wait(minutes=3)
    told.office.say("wang", "停机 生产部")
    assert "rule MO-1 mine" in told.open()
    told.office.say("wang", "更正 作废 因为 说错了")
    assert "rule MO-1 mine" not in told.open()


def test_each_new_word_has_it_act_again(database: Database) -> None:
    told = company(database, Rule("mine", Event.FACT, None, act=Act.INFORM, inform=("planning",)))
    told.live("12-01 09:00")
    told.office.say("wang", "报工 MO-1 10")
    told.live("12-02 09:00")
    told.office.say("wang", "报工 MO-1 20")
    lines = [text for where, text in told.live("12-02 20:00") if where == PLANNING and "规则 mine" in text]
    assert lines == ["⚪ 规则提醒 · MO-1 主板 · 规则 mine：有新报工（RP-20261202-001），预计 12-09 完"]


def counted(told: Told, on_hand: int) -> None:
    def unit(uow: UnitOfWork) -> None:
        turn = told.office.turn(uow)
        count_stock(turn, [Count("AL", Decimal(on_hand), told.office.now, source="api:wms")], "wms")
        uow.commit()

    told.office.database.write_now(unit)


def test_a_count_that_finds_more_shows_that_goods_came(database: Database) -> None:
    told = company(database, Rule("mine", Event.MATERIAL_ARRIVAL, None, act=Act.INFORM, inform=("planning",)))
    told.live("12-01 09:00")
    counted(told, 100)
    assert "rule PO-2 mine" not in told.open(), "the first count says what there is"
    told.live("12-02 09:00")
    counted(told, 160)
    lines = [text for where, text in told.live("12-02 20:00") if where == PLANNING and "规则 mine" in text]
    assert lines == ["⚪ 规则提醒 · PO-2 铝锭 · 规则 mine：物料到了（09:00 盘点多出来的）"]
    assert "rule PO-2 mine" in told.open()
    told.office.say("lin", "到货 PO-2 60 12-01")
    assert "rule PO-2 mine" in told.open(), "of what was said since the report tells"
    told.live("12-03 09:00")
    counted(told, 150)
    told.live("12-03 20:00")
    assert "rule PO-2 mine" not in [one for one in told.open() if "count" in told.row("rule", "PO-2").facts]


def test_an_import_that_moves_a_purchase_later_is_a_delay_each_time(database: Database) -> None:
    told = company(database, Rule("mine", Event.MATERIAL_DELAY, Condition.of("days >= 2", OF_EVENTS), act=Act.INFORM,
                                  inform=("planning",)))  # fmt: skip
    told.live("12-01 09:00")
    said = []
    for n, finish in enumerate((9, 10, 14, 16), 2):
        plan = told.office.plan()
        later = replace(plan.items["PO-2"], finish=date(2026, 12, finish), duration=finish - 1)
        told.office.bring(plan.with_items([later]))
        said += [text for where, text in told.live(f"12-0{n} 20:00") if "规则 mine" in text]
    assert said == [
        "⚪ 规则提醒 · PO-2 铝锭 · 规则 mine：物料要晚到（导入的计划第 4 版，晚 2 个工作日）",
        "⚪ 规则提醒 · PO-2 铝锭 · 规则 mine：物料要晚到（导入的计划第 5 版，晚 2 个工作日）",
    ]


def test_goods_that_came_in_full_are_told_too(database: Database) -> None:
    told = company(database, Rule("mine", Event.MATERIAL_ARRIVAL, None, act=Act.INFORM, inform=("planning",)))
    told.live("12-01 09:00")
    told.office.say("lin", "到货 PO-1 全部")
    lines = [text for where, text in told.live("12-01 09:10") if where == PLANNING and text.startswith("⚪")]
    assert lines == ["⚪ 规则提醒 · PO-1 钢板 · 规则 mine：物料到了（RP-20261201-001）"]


def test_it_can_be_switched_off(database: Database) -> None:
    told = company(database, Rule("mine", Event.FACT, None, act=Act.EXCEPTION))
    assert "mine" in told.office.say("admin", "规则")
    told.live("12-01 09:00")
    told.office.say("admin", "规则 停用 mine")
    told.office.say("wang", "报工 MO-1 10")
    assert "rule MO-1 mine" not in told.open()


def test_it_classes_no_change(database: Database) -> None:
    told = company(database, Rule("mine", Event.OVERDUE, None, act=Act.INFORM))
    told.live("12-02 09:00")
    told.office.say("lin", "改期 CK-1 推迟3天 因为 等人")
    assert told.office.database.look(lambda uow: newest_change(told.office.turn(uow))).policy.rule == ""
