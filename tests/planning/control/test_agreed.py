"""What people last agreed to for an item, out of the lines that have moved it since."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from planning.control.agreed import Moved, as_agreed
from planning.plan.impact import Line
from planning.plan.item import Item
from tests.planning.build import day

NOW = Item("A", "一号", day("12-10"), day("12-11"), 2, quantity=Decimal(130))


def moved(revision: int, before: str, after: str, field: str = "finish", agreed: bool = False) -> Moved:
    return Moved(revision, Line("A", "一号", "production", field, before, after), agreed)


def iso(text: str) -> str:
    return day(text).isoformat()


@pytest.mark.parametrize(
    ("past", "finish"),
    [
        ([], "12-11"),
        ([moved(2, iso("12-09"), iso("12-10")), moved(3, iso("12-10"), iso("12-11"))], "12-09"),
        ([moved(2, iso("12-08"), iso("12-10"), agreed=True), moved(3, iso("12-10"), iso("12-11"))], "12-10"),
        ([moved(2, iso("12-10"), iso("12-11"), agreed=True)], "12-11"),
        ([moved(2, iso("12-09"), iso("12-10")), moved(3, iso("12-10"), iso("12-11"), agreed=True)], "12-11"),
        ([moved(2, iso("12-11"), iso("12-12")), moved(3, iso("12-12"), iso("12-11"))], "12-11"),
        ([moved(2, "", iso("12-10")), moved(3, iso("12-10"), iso("12-11"))], "12-10"),
    ],
    ids=["nothing moved it", "twice unasked", "since a vote", "by a vote", "a vote upon it", "forth and back", "new"],
)
def test_dates_are_those_before_the_first_move_nobody_agreed_to(past: list[Moved], finish: str) -> None:
    assert as_agreed(NOW, past).finish == day(finish)


def test_who_agreed_to_a_quantity_agreed_to_no_date() -> None:
    past = [
        moved(2, iso("12-09"), iso("12-11")),
        moved(3, "100", "120", "quantity", agreed=True),
        moved(4, "120", "130", "quantity"),
    ]
    assert as_agreed(NOW, past) == replace(NOW, finish=date(2026, 12, 9), quantity=Decimal(120))


def test_who_agreed_to_a_finish_agreed_to_the_start_it_left() -> None:
    past = [moved(2, iso("12-08"), iso("12-10"), "start"), moved(3, iso("12-10"), iso("12-11"), agreed=True)]
    assert as_agreed(NOW, past) == NOW


def test_a_start_moved_unasked_is_taken_back_too() -> None:
    past = [moved(2, iso("12-08"), iso("12-10"), "start"), moved(3, "1", "2", "duration")]
    assert as_agreed(NOW, past) == replace(NOW, start=day("12-08"), duration=1)
