"""Where a link puts an item: worked out by hand on a wall calendar.

    2026      Mo Tu We Th Fr Sa Su
    February   9 10 11 12 13 14  -      Saturday the 14th and the 28th are worked,
               -  -  -  -  -  -  -      the 15th to the 23rd is Spring Festival.
               - 24 25 26 27 28  -
    March      2  3  4  5  6  -  -
"""

import pytest

from planning.plan.item import Mode
from planning.plan.link import Drives, LagKind
from tests.planning.build import dates, item, link, plan_of

WORKING, CALENDAR = LagKind.WORKING, LagKind.CALENDAR


@pytest.mark.parametrize(
    ("kind", "lag", "lag_kind", "days", "then"),
    [
        ("FS", 0, WORKING, 1, "02-14~02-14"),
        ("FS", 1, WORKING, 1, "02-24~02-24"),
        ("FS", 2, WORKING, 1, "02-25~02-25"),
        ("FS", -1, WORKING, 1, "02-13~02-13"),
        ("FS", -3, WORKING, 1, "02-11~02-11"),
        ("FS", 0, WORKING, 3, "02-14~02-25"),
        ("FS", 0, WORKING, 0, "02-14~02-14"),
        ("FS", 0, CALENDAR, 1, "02-14~02-14"),
        ("FS", 1, CALENDAR, 1, "02-24~02-24"),
        ("FS", 10, CALENDAR, 1, "02-24~02-24"),
        ("FS", 11, CALENDAR, 1, "02-25~02-25"),
        ("FS", 14, CALENDAR, 1, "02-28~02-28"),
        ("FS", 15, CALENDAR, 1, "03-02~03-02"),
        ("FS", -2, CALENDAR, 1, "02-12~02-12"),
        ("SS", 0, WORKING, 1, "02-12~02-12"),
        ("SS", 2, WORKING, 1, "02-14~02-14"),
        ("SS", 3, WORKING, 1, "02-24~02-24"),
        ("SS", -2, WORKING, 1, "02-10~02-10"),
        ("SS", 3, CALENDAR, 1, "02-24~02-24"),
        ("FF", 0, WORKING, 3, "02-11~02-13"),
        ("FF", 1, WORKING, 3, "02-12~02-14"),
        ("FF", 2, WORKING, 3, "02-13~02-24"),
        ("FF", -1, WORKING, 3, "02-10~02-12"),
        ("FF", 1, CALENDAR, 3, "02-12~02-14"),
        ("FF", 3, CALENDAR, 3, "02-13~02-24"),
        ("FF", 0, WORKING, 0, "02-14~02-14"),
        ("FF", 1, WORKING, 0, "02-24~02-24"),
        ("SF", 0, WORKING, 1, "02-11~02-11"),
        ("SF", 1, WORKING, 1, "02-12~02-12"),
        ("SF", 4, WORKING, 2, "02-14~02-24"),
        ("SF", 3, CALENDAR, 1, "02-14~02-14"),
        ("SF", 4, CALENDAR, 1, "02-24~02-24"),
        ("SF", 0, WORKING, 0, "02-12~02-12"),
    ],
)
def test_a_successor_across_the_spring_festival(kind: str, lag: int, lag_kind: LagKind, days: int, then: str) -> None:
    before = item("A", "02-12", 2)  # Thursday and Friday.
    plan = plan_of(before, item("B", days=days), link("A B", kind, lag, lag_kind=lag_kind), calendar="china")
    assert dates(plan)["B"] == then


@pytest.mark.parametrize(
    ("kind", "lag", "lag_kind", "then"),
    [
        ("FS", 0, WORKING, "02-13~02-14"),
        ("FS", 1, WORKING, "02-12~02-13"),
        ("FS", -1, WORKING, "02-14~02-24"),
        ("FS", 5, CALENDAR, "02-13~02-14"),
        ("FS", 10, CALENDAR, "02-12~02-13"),
        ("SS", 0, WORKING, "02-24~02-25"),
        ("SS", 1, WORKING, "02-14~02-24"),
        ("FF", 0, WORKING, "02-25~02-26"),
        ("FF", 2, WORKING, "02-14~02-24"),
        ("FF", 3, WORKING, "02-13~02-14"),
        ("SF", 0, WORKING, "02-27~02-28"),
        ("SF", 2, WORKING, "02-25~02-26"),
    ],
)
def test_a_predecessor_driven_back_across_the_spring_festival(
    kind: str, lag: int, lag_kind: LagKind, then: str
) -> None:
    before, after = item("A", days=2, mode=Mode.ALAP), item("B", "02-24", 3, mode=Mode.PINNED)  # The 24th to the 26th.
    need = link("A B", kind, lag, lag_kind=lag_kind, drives=Drives.PREDECESSOR)
    assert dates(plan_of(before, after, need, calendar="china"))["A"] == then


@pytest.mark.parametrize(
    ("kind", "lag", "then"),
    [
        ("FS", 0, "11-30~11-30"),
        ("FS", 1, "12-01~12-01"),
        ("FS", -1, "11-27~11-27"),
        ("SS", 0, "11-26~11-26"),
        ("SS", 2, "11-30~11-30"),
        ("FF", 0, "11-27~11-27"),
        ("FF", 1, "11-30~11-30"),
        ("SF", 0, "11-25~11-25"),
        ("SF", 3, "11-30~11-30"),
    ],
)
def test_a_successor_across_a_weekend(kind: str, lag: int, then: str) -> None:
    plan = plan_of(item("A", "11-26", 2), item("B"), link("A B", kind, lag))  # Thursday and Friday.
    assert dates(plan)["B"] == then


@pytest.mark.parametrize(
    ("calendars", "kind", "lag", "counted_in", "then"),
    [
        # A ends on Friday the 27th; who works every day goes on on Saturday.
        (("weekdays", "every-day"), "FS", 0, "", "11-28~11-28"),
        (("weekdays", "every-day"), "FS", 1, "", "11-29~11-29"),
        (("weekdays", "every-day"), "FS", 1, "weekdays", "12-01~12-01"),
        (("weekdays", "every-day"), "FF", 0, "", "11-27~11-27"),
        # A is worked every day from Thursday to Saturday; who keeps weekends waits for Monday.
        (("every-day", "weekdays"), "FS", 0, "", "11-30~11-30"),
        (("every-day", "weekdays"), "FS", 1, "", "12-01~12-01"),
        (("every-day", "weekdays"), "FS", 1, "every-day", "11-30~11-30"),
        (("every-day", "weekdays"), "FS", 2, "every-day", "12-01~12-01"),
        (("every-day", "weekdays"), "FF", 0, "", "11-30~11-30"),
        (("every-day", "weekdays"), "SS", 2, "every-day", "11-30~11-30"),
    ],
)
def test_a_lag_says_whose_calendar_it_uses(
    calendars: tuple[str, str], kind: str, lag: int, counted_in: str, then: str
) -> None:
    length = 2 if calendars[0] == "weekdays" else 3
    before = item("A", "11-26", length, calendar=calendars[0])
    after = item("B", calendar=calendars[1])
    assert dates(plan_of(before, after, link("A B", kind, lag, calendar=counted_in)))["B"] == then


def test_departments_and_items_may_have_calendars_of_their_own() -> None:
    plan = plan_of(
        item("A", "11-27", 2),
        item("B", "11-27", 2, department="warehouse"),
        item("C", "11-27", 2, department="warehouse", calendar="weekdays"),
        department_calendars={"warehouse": "every-day"},
    )
    assert dates(plan) == {"A": "11-27~11-30", "B": "11-27~11-28", "C": "11-27~11-30"}


def test_a_milestone_is_the_moment_before_its_day() -> None:
    plan = plan_of(
        item("A", "11-26", 2), item("M", days=0), item("B"), item("N", days=0), link("A M"), link("M B"), link("M N")
    )
    assert dates(plan) == {"A": "11-26~11-27", "M": "11-30~11-30", "B": "11-30~11-30", "N": "11-30~11-30"}


def test_a_soft_lag_is_a_wish() -> None:
    """It counts while an item has no place yet, and pushes nothing later on."""
    wish = link("A B", lag=3, hard=False)
    assert dates(plan_of(item("A", "11-30"), item("B"), wish))["B"] == "12-04~12-04"
    assert dates(plan_of(item("A", "11-30"), item("B", "12-01"), wish))["B"] == "12-01~12-01"
    assert dates(plan_of(item("A", "12-01"), item("B", "12-01"), wish))["B"] == "12-02~12-02"
