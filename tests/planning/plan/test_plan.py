"""A plan with an effect in it, its hash, and how far its dates can be relied on."""

from datetime import date

import pytest

from planning.plan.calendar import MONDAY_TO_FRIDAY, WorkCalendar
from planning.plan.timetable import Horizon, Timetable
from planning.refusal import Refused
from tests.planning.build import change, dates, effect, item, link, plan_of

PLAN = plan_of(item("A", "12-01", 2), item("B", "12-03", 2), item("C", "12-07"), link("A B"))


def test_an_effect_replaces_what_moves_and_leaves_the_rest() -> None:
    after = PLAN.with_effect(effect(PLAN, change("A", "shift", 1)))
    assert dates(after) == {"A": "12-02~12-03", "B": "12-04~12-07", "C": "12-07~12-07"}
    assert after.links is PLAN.links, "so that a network of it is brought up to date and not compiled anew"
    assert dates(PLAN)["A"] == "12-01~12-02", "the plan it was assessed on is a value"


def test_an_effect_brings_its_links_and_takes_them_away() -> None:
    joined = PLAN.with_effect(effect(PLAN, change("B", "link", {"successor": "C"})))
    assert joined.links == (link("A B"), link("B C"))
    parted = joined.with_effect(effect(joined, change("A", "unlink", {"successor": "B"})))
    assert parted.links == (link("B C"),)


@pytest.mark.parametrize(
    ("code", "department", "day", "provisional"),
    [
        ("own", "", date(2026, 12, 31), False),  # the last day of the list it is counted with
        ("own", "", date(2027, 1, 1), True),
        ("own", "plant", date(2027, 1, 1), True),  # an item's own calendar, whatever its department's
        ("plain", "", date(2027, 1, 1), False),  # weeks need no list
        ("plain", "office", date(2027, 1, 1), False),
        ("new", "office", date(2027, 1, 1), True),  # not in the plan (yet): its department's calendar
        ("new", "plant", date(2027, 1, 1), False),
        ("new", "", date(2027, 1, 1), False),
    ],
)
def test_a_date_past_the_list_of_holidays_is_provisional(
    code: str, department: str, day: date, provisional: bool
) -> None:
    plan = plan_of(
        item("own", "12-01", calendar="listed"),
        item("plain", "12-01"),
        department_calendars={"office": "listed"},
        calendars={"listed": WorkCalendar("listed", MONDAY_TO_FRIDAY, known_until=date(2026, 12, 31))},
    )
    assert Horizon(plan).is_provisional(code, department, day) is provisional


@pytest.mark.parametrize(
    ("own", "department", "name"),
    [("", "", "weekdays"), ("", "shop", "every-day"), ("listed", "shop", "listed"), ("china", "", "china")],
)
def test_an_items_own_calendar_comes_before_its_departments_and_that_before_the_plans(
    own: str, department: str, name: str
) -> None:
    plan = plan_of(
        department_calendars={"shop": "every-day"}, calendars={"listed": WorkCalendar("listed", MONDAY_TO_FRIDAY)}
    )
    assert Timetable(plan).for_columns(own, department).name == name


def test_a_calendar_nobody_knows_is_refused_with_those_there_are() -> None:
    timetable = Timetable(plan_of(calendars={"listed": WorkCalendar("listed", MONDAY_TO_FRIDAY)}))
    with pytest.raises(Refused) as caught:
        timetable.named("lunar")
    facts = {"calendar": "lunar", "known": "china, weekdays, every-day, listed"}
    assert (caught.value.refusal.code, caught.value.refusal.facts) == ("unknown-calendar", facts)
    assert caught.value.args == ("unknown-calendar", facts), "as a log tells it"
