"""Lateness: against a promise, against today, and what should have begun."""

from dataclasses import replace
from datetime import date

import pytest

from planning.plan.calendar import calendar_named
from planning.plan.item import Constraint, Item, Status
from planning.plan.lateness import late_items, lateness, not_begun
from planning.plan.plan import Plan

TODAY = date(2026, 11, 23)
"""A Monday."""
CHINA = calendar_named("china")


def item(finish: date, promised: date | None = None, status: Status = Status.CONFIRMED, code: str = "A") -> Item:
    kind = Constraint.FINISH_NO_LATER_THAN if promised else None
    return Item(code, code, finish, finish, constraint=kind, constraint_date=promised, status=status)


def plan(*items: Item) -> Plan:
    return Plan("p", "", 1, {one.code: one for one in items})


@pytest.mark.parametrize(
    ("finish", "promised", "late"),
    [
        (date(2026, 12, 1), None, (0, 0)),
        (TODAY, None, (0, 0)),  # today is not over
        (date(2026, 11, 20), None, (0, 1)),
        (date(2026, 11, 16), None, (0, 5)),
        (date(2026, 12, 4), date(2026, 12, 4), (0, 0)),
        (date(2026, 12, 7), date(2026, 12, 4), (1, 0)),  # over a weekend
        (date(2026, 12, 3), date(2026, 12, 4), (0, 0)),  # earlier is not late
        (date(2026, 11, 18), date(2026, 11, 17), (1, 3)),
        (date(2026, 11, 18), date(2026, 11, 26), (0, 3)),
    ],
)
def test_lateness_is_counted_in_working_days(finish: date, promised: date | None, late: tuple[int, int]) -> None:
    found = lateness(item(finish, promised), CHINA, TODAY)
    assert (found.past_promise, found.overdue) == late
    assert found.days == max(late)


def test_a_wish_to_start_no_earlier_is_no_promise() -> None:
    early = replace(item(date(2026, 12, 7)), constraint=Constraint.START_NO_EARLIER_THAN, constraint_date=TODAY)
    assert lateness(early, CHINA, TODAY).days == 0


def test_the_worst_comes_first_and_what_is_over_is_left_out() -> None:
    found = late_items(
        plan(
            item(date(2026, 11, 20), code="B"),
            item(date(2026, 11, 20), code="A"),
            item(date(2026, 11, 17), code="C"),
            item(date(2026, 11, 2), status=Status.DONE, code="D"),
            item(date(2026, 11, 2), status=Status.CANCELLED, code="E"),
        ),
        TODAY,
    )
    assert [(one.item.code, one.days) for one in found] == [("C", 4), ("A", 1), ("B", 1)]


def test_what_should_have_begun_is_neither_begun_nor_on_hold_nor_over() -> None:
    day = date(2026, 11, 20)
    items = [item(day, status=status, code=status.value) for status in Status]
    found = not_begun(plan(*items, item(TODAY, code="today")), TODAY)
    assert [one.code for one in found] == ["confirmed", "proposed", "released"]
