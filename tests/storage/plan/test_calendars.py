"""The calendars of a plan are kept with it, exactly, whatever the settings or China's list say later."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.plan.calendar import ALL_WEEK, MONDAY_TO_FRIDAY, WorkCalendar, calendar_named, with_exceptions
from storage.database import Database
from storage.plan.calendars import (
    calendar_from_json,
    calendar_to_json,
    calendars_to_json,
    hash_of,
    reference_to,
    referred_by,
)
from storage.unit_of_work import UnitOfWork
from tests.small_company import plan
from tests.storage.plan.test_history import look, seed

WORKSHOP = with_exceptions("注塑车间", calendar_named("china"), {date(2026, 12, 24): False, date(2026, 12, 26): True})
OLD_CHINA = WorkCalendar("china", MONDAY_TO_FRIDAY, {date(2026, 10, 1): False}, date(2026, 12, 31))
WEEKS = st.tuples(*[st.booleans()] * 7).filter(any)
CALENDARS = st.builds(
    WorkCalendar,
    st.text(min_size=1),
    WEEKS,
    st.dictionaries(st.dates(), st.booleans(), max_size=9),
    st.one_of(st.none(), st.dates()),
)


@given(CALENDARS)
def test_a_calendar_is_read_back_the_same(calendar: WorkCalendar) -> None:
    again = calendar_from_json(calendar_to_json(calendar))
    assert again == calendar
    assert again.exceptions == calendar.exceptions
    assert referred_by(reference_to(calendar)) == calendar


@pytest.mark.parametrize("name", ["china", "weekdays", "every-day"])
def test_what_everybody_has_is_referred_to_by_name(name: str) -> None:
    assert reference_to(calendar_named(name)) == name
    other = WorkCalendar(name, ALL_WEEK, {date(2026, 1, 1): False})
    assert referred_by(reference_to(other)) == other


@given(CALENDARS, CALENDARS)
def test_other_calendars_have_another_hash(one: WorkCalendar, other: WorkCalendar) -> None:
    same = hash_of(calendars_to_json({"a": one})) == hash_of(calendars_to_json({"a": other}))
    assert same == (one == other)


def test_a_plan_is_read_back_with_its_calendars(database: Database) -> None:
    calendars = {"china": OLD_CHINA, "注塑车间": WORKSHOP}
    own = replace(plan(1), calendars=calendars, department_calendars={"sales": "注塑车间"})
    database.write_now(lambda uow: seed(uow, own))
    assert look(database) == own
    assert look(database).calendars["china"].known_until == date(2026, 12, 31)


def test_other_calendars_are_noticed_without_a_revision(database: Database) -> None:
    database.write_now(lambda uow: seed(uow, plan(1)))
    kept = look(database)

    def change(uow: UnitOfWork) -> None:
        other = replace(kept, calendars={"china": OLD_CHINA}, department_calendars={"sales": "weekdays"})
        uow.plans.set_calendars(other)
        uow.commit()

    database.write_now(change)
    again = look(database)
    assert (again.revision, again.items) == (1, kept.items)
    assert (again.calendars, again.department_calendars) == ({"china": OLD_CHINA}, {"sales": "weekdays"})
    assert look(database) is again
