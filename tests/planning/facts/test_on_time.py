"""Orders on time: of those promised for days that are over, the ones that were done by then."""

from datetime import date

import pytest

from planning.facts.on_time import OnTime, on_time
from planning.plan.item import Item, Status

FIRST, LAST = date(2026, 12, 1), date(2026, 12, 15)


def order(code: str, finish: int, status: Status, type: str = "delivery") -> Item:
    day = date(2026, 12, finish)
    return Item(code, code, day, day, 1, type, status=status)


ITEMS = (
    order("KEPT", 4, Status.DONE), order("EARLY", 2, Status.CLOSED), order("LATE", 9, Status.DONE),
    order("OPEN", 8, Status.CONFIRMED), order("GONE", 8, Status.CANCELLED), order("NEXT", 20, Status.DONE),
    order("MADE", 4, Status.DONE, "production"),
)  # fmt: skip
PROMISED = {"LATE": date(2026, 12, 8), "NEXT": date(2026, 12, 16)}


def test_kept_and_due_are_counted() -> None:
    assert on_time(ITEMS, PROMISED, FIRST, LAST) == OnTime(kept=2, due=4)


def test_the_last_day_counts() -> None:
    assert on_time(ITEMS, PROMISED, FIRST, date(2026, 12, 16)) == OnTime(kept=2, due=5)


@pytest.mark.parametrize(
    ("counted", "percent"),
    [(OnTime(0, 0), None), (OnTime(19, 19), None), (OnTime(0, 20), 0), (OnTime(19, 20), 95), (OnTime(119, 240), 50)],
)
def test_of_few_there_is_no_percentage(counted: OnTime, percent: int | None) -> None:
    assert counted.percent == percent
