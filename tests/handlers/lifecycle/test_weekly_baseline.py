"""The plan of each week is frozen as the week begins, once, as it stood then."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from handlers.inbound.timers_due import ring
from handlers.lifecycle.weekly_baseline import set_weekly_baseline
from handlers.reads.trail.audit_sentences import told
from handlers.timers import BASELINE
from planning.plan.calendar import WorkCalendar
from planning.plan.operation import Op, Operation
from planning.plan.revision import Baseline, BaselineKind
from storage.database import Database
from storage.unit_of_work import UnitOfWork
from tests.handlers.office import Office
from tests.small_company import plan


@pytest.fixture
def office(database: Database) -> Office:
    office = Office(database)
    office.bring(plan())
    begin(office)
    return office


def begin(office: Office) -> None:
    """What a start of the process does."""

    def unit(uow: UnitOfWork) -> None:
        set_weekly_baseline(office.turn(uow))
        uow.commit()

    office.database.write_now(unit)


def at(office: Office, text: str) -> None:
    """Let it be a local time: what is due by then rings at that moment."""
    office.now = datetime.fromisoformat(f"{text}:00+08:00").astimezone(UTC)

    def unit(uow: UnitOfWork) -> None:
        for timer in uow.timers.due(office.now):
            if timer.kind == BASELINE:
                ring(office.turn(uow), timer)
        uow.commit()

    office.database.write_now(unit)


def weekly(office: Office) -> list[Baseline]:
    known = office.database.look(lambda uow: uow.baselines.newest_first())
    return [one for one in known if one.kind is BaselineKind.WEEKLY]


def test_each_monday_has_its_plan(office: Office) -> None:
    at(office, "2026-11-29T23:00")
    assert weekly(office) == []
    at(office, "2026-11-30T00:05")
    at(office, "2026-12-07T00:06")
    names = [(one.name, one.frozen_at.isoformat()) for one in weekly(office)]
    assert names == [("周-2026-50", "2026-12-06T16:05:00+00:00"), ("周-2026-49", "2026-11-29T16:05:00+00:00")]


def test_a_week_that_begins_with_holidays_begins_on_its_first_working_day(database: Database) -> None:
    """Monday is off; of the week behind it every day is."""
    off = [date(2026, 11, 30), *(date(2026, 12, n) for n in range(7, 14))]
    calendar = WorkCalendar("china", (True,) * 5 + (False,) * 2, dict.fromkeys(off, False))
    office = Office(database)
    office.environment = replace(office.environment, calendars={"china": calendar})
    office.bring(plan())
    begin(office)
    for day in ("2026-11-30T12:00", "2026-12-01T00:05", "2026-12-08T09:00", "2026-12-14T00:05"):
        at(office, day)
    assert [(one.name, f"{one.frozen_at:%m-%d %H:%M}") for one in weekly(office)] == [
        ("周-2026-51", "12-13 16:05"), ("周-2026-49", "11-30 16:05"),
    ]  # fmt: skip


def test_a_missed_monday_is_made_up_for_with_the_plan_as_it_was(office: Office) -> None:
    """On Wednesday the service comes back: what was decided on Tuesday is not of that baseline."""
    office.now = datetime.fromisoformat("2026-12-01T10:00:00+08:00").astimezone(UTC)
    office.change(Operation("RC-1", Op.SHIFT, 1))
    assert office.plan().revision == 2
    at(office, "2026-12-02T09:00")
    at(office, "2026-12-02T09:01")
    assert [(one.name, one.revision) for one in weekly(office)] == [("周-2026-49", 1)]


def test_a_plan_that_came_after_the_week_began_waits_for_the_next(database: Database) -> None:
    office = Office(database)
    begin(office)
    office.now = datetime.fromisoformat("2026-11-30T09:00:00+08:00").astimezone(UTC)
    office.bring(plan())
    at(office, "2026-11-30T09:01")
    assert weekly(office) == []
    at(office, "2026-12-07T00:05")
    assert [one.name for one in weekly(office)] == ["周-2026-50"]


def test_a_name_that_somebody_gave_stays_theirs(office: Office) -> None:
    office.say("lin", "基线 周-2026-49 周")
    at(office, "2026-11-30T00:05")
    assert [one.frozen_by for one in weekly(office)] == ["lin"]


def test_the_trail_says_that_it_was_frozen(office: Office) -> None:
    at(office, "2026-11-30T00:05")

    def sentences(uow: UnitOfWork) -> list[str]:
        turn = office.turn(uow)
        return [told(turn, event) for event in uow.audit.newest_first(3)]

    said = office.database.look(sentences)
    assert any("第 1 版存为基线“周-2026-49”" in one for one in said), said


def test_progress_is_measured_by_it(office: Office) -> None:
    at(office, "2026-11-30T00:05")
    assert "周-2026-49" in office.say("boss", "进度 按部门")
