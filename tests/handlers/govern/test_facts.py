"""What is read of an older plan is what was so then."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from handlers.govern.facts import outlook_of, outlook_of_all, planned_of
from handlers.kept_outlook import KeptOutlook
from handlers.lifecycle.new_revision import append_revision
from handlers.turn import Turn
from planning.plan.operation import Op, Operation
from planning.plan.plan import Plan
from storage.database import Database
from storage.unit_of_work import UnitOfWork
from tests.handlers.office import Office
from tests.handlers.reads.test_ready import item, plan_of

WEDNESDAY = datetime(2026, 12, 2, 1, tzinfo=UTC)


@pytest.fixture
def office(database: Database) -> Office:
    """MO-1 is moved by two days after the first revision, and begins on the day of the first."""
    office = Office(database, now=WEDNESDAY)
    office.bring(plan_of(item("MO-1", "production", "12-03", "12-09", quantity=100)))

    def move(uow: UnitOfWork) -> None:
        turn = office.turn(uow)
        impact = turn.assess(turn.plan(), [Operation("MO-1", Op.SHIFT, 2)])
        append_revision(turn, "main", "CR-20261202-001", "lin", impact)
        uow.commit()

    database.write_now(move)
    office.wait(days=1)
    office.say("han", "开工 MO-1")
    return office


def test_an_item_as_it_was_planned_in_an_older_plan(office: Office) -> None:
    def look(uow: UnitOfWork) -> list[date]:
        turn = office.turn(uow)
        plans: list[Plan] = [uow.plans.at(number) for number in (1, 2, 3)]
        return [planned_of(turn, plan, ["MO-1"])["MO-1"].item.start for plan in plans]

    assert office.database.look(look) == [date(2026, 12, 3), date(2026, 12, 7), date(2026, 12, 7)]


def test_the_forecast_of_everything_is_taken_where_it_is_kept(office: Office) -> None:
    """It knows what was reported since, and says what a forecast of one item alone would."""
    kept = office.environment.outlooks
    office.database.look(lambda uow: outlook_of_all(office.turn(uow), office.turn(uow).plan()))
    before = kept.of("main")
    office.say("han", "报工 MO-1 剩8天")

    def finishes(uow: UnitOfWork) -> list[date]:
        turn = office.turn(uow)
        apart = replace(turn.environment, outlooks=KeptOutlook())
        turns = turn, Turn(uow, turn.now, apart)
        return [outlook_of(one, one.plan(), ["MO-1"])["MO-1"].dates.finish for one in turns]

    taken, alone = office.database.look(finishes)
    assert taken == alone == date(2026, 12, 15), "eight working days behind the Thursday it was said on"
    assert kept.of("main") is not before, "the next reader begins where this one ended"
