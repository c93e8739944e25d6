"""A newer list of holidays: the plan is counted again, with a revision, a reason and a card for whom it moves."""

from dataclasses import replace
from datetime import UTC, date, timedelta

from cards.words import Words
from handlers.actions.plan.import_plan import bring_in
from handlers.inbound.commands import COMMANDS
from handlers.lifecycle.new_holidays import recount
from handlers.turn import Environment, Turn
from planning.change.change import ChangeState
from planning.plan.calendar import calendar_named, with_exceptions
from planning.subject import Subject
from storage.database import Database
from storage.delivery.cards import Purpose
from storage.unit_of_work import UnitOfWork
from tests.small_company import NOW, TRAITS, organisation, plan

KNOWN = Environment(organisation(), Words(), UTC, COMMANDS, platforms=TRAITS)
HOLIDAY = date(2026, 12, 7)
"""The Monday on which MO-1 begins becomes a day off."""
NEWER = with_exceptions("china", calendar_named("china"), {HOLIDAY: False})


def seeded(database: Database) -> None:
    def bring(uow: UnitOfWork) -> None:
        bring_in(Turn(uow, NOW, KNOWN), plan(), "plan.csv", "test")
        uow.commit()

    database.write_now(bring)


def started(database: Database, environment: Environment) -> str:
    """The number of the system's change at a start under this environment's calendars; empty: nothing moved."""

    def start(uow: UnitOfWork) -> str:
        change = recount(Turn(uow, NOW + timedelta(hours=1), environment))
        uow.commit()
        return change.no if change else ""

    return database.write_now(start)


def test_the_same_calendars_move_nothing(database: Database) -> None:
    seeded(database)
    assert started(database, KNOWN) == ""
    assert database.look(lambda uow: uow.plans.head()) == 1


def test_a_new_holiday_moves_what_falls_on_it_and_tells_whose_it_is(database: Database) -> None:
    seeded(database)
    newer = replace(KNOWN, calendars={"china": NEWER})
    no = started(database, newer)
    read = database.look(lambda uow: uow.plans.load())
    assert read.revision == 2
    assert read.items["MO-1"].start == date(2026, 12, 8)
    change = database.look(lambda uow: uow.changes.get(no))
    assert change is not None
    assert (change.state, change.proposer, change.applied_revision) == (ChangeState.APPLIED, "system", 2)
    cards = database.look(lambda uow: uow.cards.about(Subject.of_change(no)))
    assert {(card.purpose, card.department) for card in cards} >= {
        (Purpose.NOTICE, "production"),
        (Purpose.NOTICE, "sales"),
    }
    assert started(database, newer) == "", "the next start has nothing to do"


def test_a_new_holiday_nothing_falls_on_is_only_noted(database: Database) -> None:
    seeded(database)
    far = with_exceptions("china", calendar_named("china"), {date(2029, 5, 1): False})
    newer = replace(KNOWN, calendars={"china": far})
    assert started(database, newer) == ""
    assert started(database, newer) == ""
    assert database.look(lambda uow: uow.plans.head()) == 1
