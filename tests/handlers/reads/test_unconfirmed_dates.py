"""Dates beyond the published holidays carry a sign wherever they are read, and a footnote says what it means."""

from dataclasses import replace
from datetime import date

import pytest

from cards.card import Card
from handlers.notify.render_card import draw
from handlers.notify.rhythm.digest import digest
from planning.plan.calendar import calendar_named, with_exceptions
from planning.plan.item import Constraint
from planning.plan.operation import Op, Operation
from planning.plan.plan import Plan
from planning.subject import Subject
from storage.database import Database
from storage.delivery.cards import Purpose
from storage.unit_of_work import UnitOfWork
from tests.handlers.office import Office
from tests.small_company import plan

NOTE = "＊ 放假安排未公布，暂按法定假日和周一至周五计算"
LATER = Operation("RC-1", Op.SET_START, date(2026, 12, 31))
"""RC-1, two days of work, then ends on Monday, 4 January 2027: nobody has published yet that it is not a bridge day."""


def inventory(**changes: object) -> Plan:
    item = replace(plan().items["RC-1"], **changes)  # type: ignore[arg-type]
    return plan().with_items([item])


@pytest.fixture
def office(database: Database) -> Office:
    opened = Office(database)
    opened.bring(inventory(start=date(2026, 12, 30), finish=date(2026, 12, 31)))
    return opened


def test_a_date_within_the_list_has_no_sign(office: Office) -> None:
    for text in ("查计划 RC-1", "影响 RC-1 提前1天", "早会 仓储部", "为什么 RC-1", "对比"):
        answer = office.say("boss", text)
        assert "＊" not in answer, text


def test_what_if_and_the_plan_tell_it(office: Office) -> None:
    answer = office.say("boss", "影响 RC-1 推迟1天")
    assert "12-30～12-31 → 12-31～2027-01-04＊（+1天）" in answer
    assert NOTE in answer.splitlines()
    office.change(LATER, by="lin")
    told = office.say("boss", "查计划 RC-1")
    assert "12-31～2027-01-04＊" in told
    assert NOTE in told.splitlines()


def test_why_and_compare_tell_it(office: Office) -> None:
    office.change(LATER, by="lin")
    for text in ("为什么 RC-1", "对比"):
        answer = office.say("boss", text)
        assert "2027-01-04＊" in answer, text
        assert NOTE in answer.splitlines(), text


def test_the_digest_tells_it(office: Office) -> None:
    promise = {"constraint": Constraint.FINISH_NO_LATER_THAN, "constraint_date": date(2026, 12, 30)}
    office.bring(inventory(start=date(2026, 12, 31), finish=date(2027, 1, 4), **promise))
    warehouse = office.environment.organisation.departments["warehouse"]
    days = (date(2026, 11, 23), date(2026, 11, 23))
    told = office.database.look(lambda uow: digest(office.turn(uow), warehouse, days))
    assert "RC-1 年度盘点 12-31～2027-01-04＊ 已确认 ⚠晚2天" in told
    assert told.splitlines()[-1] == NOTE


def drawn(office: Office, uow: UnitOfWork, purpose: Purpose, no: str) -> Card:
    """The card the warehouse has of a change."""
    row = uow.cards.add(purpose, Subject.of_change(no), "dingtalk:cid", office.now, "warehouse")
    return draw(office.turn(uow), row)


OF_NO_CHANGE = {
    Purpose.CONFLICT, Purpose.QUESTION, Purpose.DELEGATION, Purpose.EXCEPTION, Purpose.SETTING, Purpose.ISSUE,
    Purpose.RECORD,
}  # fmt: skip


@pytest.mark.parametrize("purpose", sorted(set(Purpose) - OF_NO_CHANGE))
def test_every_card_tells_it(office: Office, purpose: Purpose) -> None:
    change = office.change(LATER, by="lin")

    card = office.database.write_now(lambda uow: drawn(office, uow, purpose, change.no))
    facts = " ".join(fact.tail for fact in card.facts)
    assert "2027-01-04＊" in card.body
    assert NOTE in card.body.splitlines()
    assert card.summary.endswith(NOTE)
    assert "01-04＊" in facts, "where there is little room the finish is told as well"


def test_a_newer_list_takes_the_sign_away(office: Office) -> None:
    office.change(LATER, by="lin")
    newer = with_exceptions("china", calendar_named("china"), {})
    newer.known_until = date(2027, 12, 31)
    office.environment = replace(office.environment, calendars={"china": newer})
    assert "＊" in office.say("boss", "查计划 RC-1"), "the plan is still the one that was counted without it"


def test_plain_weekdays_are_never_provisional(database: Database) -> None:
    office = Office(database)
    office.bring(replace(inventory(start=date(2026, 12, 31), finish=date(2027, 1, 1)), calendar="weekdays"))
    assert "＊" not in office.say("boss", "查计划 RC-1")
