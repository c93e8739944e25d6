"""Each code from its beginning to its end: cured, its row closes, and its card says that it is over."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from cards.action import Verb
from planning.control.rules import Act, Event, Rule
from planning.exceptions.episode import State
from planning.exceptions.finding import Code, Severity
from planning.facts.source import Source
from planning.plan.item import Constraint, Item
from planning.plan.link import Link
from planning.plan.operation import Op, Operation
from planning.plan.plan import Plan
from planning.subject import Subject
from storage.database import Database
from storage.delivery.cards import Purpose
from storage.unit_of_work import UnitOfWork
from tests.handlers.lifecycle.test_scan import item
from tests.handlers.notify.test_exception_cards import Told

Part = Item | Link
Does = Callable[[Told], object]


@dataclass(frozen=True)
class Case:
    """What is wrong with `about` at `open`, after `first` was done on 12-01, and no more at `over`."""

    parts: Sequence[Part]
    about: str
    open: str
    cure: Does
    over: str
    first: Does = lambda told: None
    second: str = ""


def says(*words: str, by: str = "lin") -> Does:
    def say(told: Told) -> None:
        for one in words:
            told.office.say(by, one)
            told.office.wait(minutes=3)

    return say


def moves(*operations: Operation) -> Does:
    return lambda told: told.office.change(*operations, by="lin")


def brings(**fields: object) -> Does:
    """The same items once more, with another value."""

    def bring(told: Told) -> None:
        plan = told.office.plan()
        told.office.bring(plan.with_items([replace(one, **fields) for one in plan.items.values()]))  # type: ignore[arg-type]

    return bring


def promises_and_slips(told: Told) -> None:
    says("基线 首发 承诺", "开工 MO-1", "报工 MO-1 预计 12-14")(told)


def tells_purchasing(told: Told) -> None:
    change = told.office.change(Operation("CK-1", Op.SET_FINISH, to=date(2026, 12, 11)), by="lin")

    def show(uow: UnitOfWork) -> None:
        row = uow.cards.add(Purpose.NOTICE, change.subject, "wecom:purchasing", told.office.now, "purchasing")
        uow.cards.shown(row, 1, "wire", None, told.office.now)
        uow.commit()

    told.office.database.write_now(show)


def purchasing_has_it(told: Told) -> None:
    about = Subject.of_change(told_of(told))
    rows = told.office.database.look(lambda uow: uow.cards.about(about))
    (row,) = [one for one in rows if one.conversation == "wecom:purchasing"]
    told.press("qian", row, Verb.RECEIVED)


def told_of(told: Told) -> str:
    rows = told.office.database.look(lambda uow: uow.exceptions.open_ones())
    return next(one.key.item for one in rows if one.key.code is Code.UNACKED)


def task(code: str, first: str, last: str, kind: str = "task", department: str = "warehouse", **fields: Any) -> Item:
    return item(code, "活", kind, department, first, last, **{"owner": "li", **fields})


MADE: dict[str, Any] = {"kind": "production", "quantity": Decimal(100)}
PROMISED: dict[str, Any] = {"constraint": Constraint.FINISH_NO_LATER_THAN, "constraint_date": date(2026, 12, 15)}
CASES: dict[Code, Case] = {
    Code.LATE_START: Case([task("CK-1", "12-01", "12-10")], "CK-1", "12-03 14:00", says("开工 CK-1"), "12-03 14:10"),
    Code.OVERDUE: Case([task("CK-1", "12-01", "12-02")], "CK-1", "12-03 09:00", says("完成 CK-1"), "12-03 09:10"),
    Code.FORECAST_LATE: Case(
        [task("MO-1", "11-30", "12-11", **MADE), task("DL-1", "12-15", "12-15", "delivery", **PROMISED),
         Link("MO-1", "DL-1")],
        "DL-1", "12-02 14:00", says("报工 MO-1 预计 12-11"), "12-04 20:00",
        first=says("开工 MO-1", "报工 MO-1 预计 12-18"),
    ),
    Code.SLACK_EATEN: Case(
        [task("MO-1", "11-30", "12-04", **MADE), task("DL-1", "12-15", "12-15", "delivery", **PROMISED),
         Link("MO-1", "DL-1")],
        "MO-1", "12-02 14:00", says("报工 MO-1 预计 12-04"), "12-04 12:00", first=promises_and_slips,
    ),
    Code.SHORT: Case(
        [task("MO-2", "12-04", "12-10", **MADE), task("PO-2", "12-01", "12-08", "purchase", quantity=Decimal(100)),
         Link("PO-2", "MO-2", ratio=Decimal(1))],
        "MO-2", "12-02 14:00", says("到货 PO-2 全部"), "12-02 14:10",
    ),
    Code.BLOCKED: Case(
        [task("CK-1", "12-01", "12-03"), task("CK-2", "12-04", "12-08"), Link("CK-1", "CK-2")],
        "CK-2", "12-03 14:00", says("完成 CK-1"), "12-04 20:00", first=says("开工 CK-1", "报工 CK-1 预计 12-08"),
    ),
    Code.SILENT: Case(
        [task("MO-1", "12-01", "12-11", **MADE)], "MO-1", "12-05 14:00", says("报工 MO-1 10"), "12-05 14:10",
        first=says("开工 MO-1"),
    ),
    Code.SCRAP: Case(
        [task("MO-1", "12-01", "12-11", **MADE)], "MO-1", "12-02 14:00", says("报工 MO-1 79"), "12-04 20:00",
        first=says("报工 MO-1 20 报废5"),
    ),
    Code.UNACKED: Case(
        [task("CK-1", "12-08", "12-10")], "", "12-03 14:00", purchasing_has_it, "12-03 14:10", first=tells_purchasing
    ),
    Code.STALE: Case(
        [task("CK-1", "12-08", "12-10")], "import", "12-07 14:00", brings(title="另一项活"), "12-07 20:00"
    ),
    Code.BROKEN: Case(
        [task("CK-1", "12-01", "12-01"), task("CK-2", "12-02", "12-04"), Link("CK-1", "CK-2")],
        "CK-2", "12-04 09:00", moves(Operation("CK-2", Op.SET_START, to=date(2026, 12, 7))), "12-04 09:10",
        first=lambda told: told.live("12-03 10:00") and says("完成 CK-1")(told),
    ),
    Code.UNPEGGED: Case(
        [task("PO-9", "12-08", "12-10", "purchase", quantity=Decimal(10))], "PO-9", "12-02 14:00",
        moves(Operation("PO-9", Op.CANCEL)), "12-02 14:10",
    ),
    Code.ORPHAN: Case(
        [task("CK-1", "12-08", "12-10", owner="", department="lab")], "CK-1", "12-02 14:00", brings(owner="li"),
        "12-02 14:10",
    ),
    Code.RULE: Case(
        [task("MO-1", "12-01", "12-11", **MADE)], "MO-1", "12-01 14:00", says("报工 MO-1 10"), "12-01 14:10",
        first=says("停机 MO-1"),
    ),
}


def test_there_is_a_case_of_each() -> None:
    assert CASES.keys() == set(Code)


@pytest.mark.parametrize("code", Code)
def test_what_is_cured_closes_and_its_card_says_so(database: Database, code: Code) -> None:
    case = CASES[code]
    items = {part.code: part for part in case.parts if isinstance(part, Item)}
    links = tuple(part for part in case.parts if isinstance(part, Link))
    told = Told(database, Plan("main", "一厂", 0, items, links, "weekdays"))
    rules = (Rule("mine", Event.MACHINE_DOWN, None, act=Act.EXCEPTION),)
    sources = (Source("import", "Excel", 9, "lin"),) if code is Code.STALE else ()
    told.office.environment = replace(told.office.environment, rules=rules, sources=sources)
    told.live("12-01 09:00")
    case.first(told)
    told.live(case.open)
    about = case.about or told_of(told)
    row = told.row(code.value, about)
    assert row.state is State.OPEN, told.open()
    cards = [card for card in told.cards() if str(row.card) == card.subject.id] if row.card else []
    if code not in (Code.SHORT, Code.UNPEGGED):  # told by the readiness of orders, and by the digest alone
        assert cards, (row, told.open())
    case.cure(told)
    told.live(case.over)
    ended = told.row(code.value, about)
    assert ended.state is State.CLOSED, (ended, told.open())
    alone = [one for one in told.office.database.look(lambda uow: uow.exceptions.on_card(row.card)) if row.card]
    if all(one.state is State.CLOSED for one in alone):
        assert all("已消除" in told.look(card).status for card in cards), [told.look(card).status for card in cards]
    assert ended.severity >= Severity.INFO
