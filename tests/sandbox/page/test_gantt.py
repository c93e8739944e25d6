"""The plan tab's picture: groups, what moved, and bars inside the plan's time."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.page import words
from sandbox.page.gantt import NARROWEST, Horizon, picture
from sandbox.page.plan import PlanItem
from tests.sandbox.page.town import DEPARTMENTS, MONDAY, FixedPlan, line

DAYS = st.dates(date(2024, 1, 1), date(2028, 12, 31))


def item(start: date | None, finish: date | None) -> PlanItem:
    return PlanItem(code="A", title="A", start=start, finish=finish)


def test_dates_are_inclusive() -> None:
    horizon = Horizon(MONDAY, MONDAY + timedelta(days=9))
    bar = horizon.bar(item(MONDAY + timedelta(days=5), MONDAY + timedelta(days=9)))
    assert bar is not None
    assert (bar.x, bar.width) == (50, 50)


@given(st.lists(st.tuples(DAYS, st.integers(0, 400)), min_size=1, max_size=20))
def test_every_bar_lies_inside_the_horizon(spans: list[tuple[date, int]]) -> None:
    items = [item(start, start + timedelta(days=length)) for start, length in spans]
    horizon = Horizon.of(items, MONDAY)
    for bar in map(horizon.bar, items):
        assert bar is not None
        assert bar.x >= 0
        assert bar.width >= NARROWEST
        assert bar.x + bar.width <= 100 + NARROWEST


@given(DAYS, st.integers(0, 3000))
def test_months_stand_apart_and_in_order(first: date, length: int) -> None:
    places = [x for _, x in Horizon(first, first + timedelta(days=length)).months()]
    assert places[0] == 0
    assert all(later - earlier > 7.99 for earlier, later in pairwise(places))


@pytest.mark.parametrize(("start", "finish"), [(None, MONDAY), (MONDAY, None), (MONDAY, MONDAY)])
def test_one_date_is_enough_for_a_bar(start: date | None, finish: date | None) -> None:
    assert Horizon(MONDAY, MONDAY).bar(item(start, finish)) is not None


def test_an_item_without_dates_has_no_bar_and_does_not_disturb() -> None:
    drawn = picture([item(None, None)], [], {}, MONDAY)
    assert [line.bar for line in drawn.lines] == [None]


def test_today_is_marked_only_inside_the_horizon() -> None:
    horizon = Horizon(MONDAY, MONDAY + timedelta(days=9))
    assert horizon.today(MONDAY + timedelta(days=5)) == 50
    assert horizon.today(MONDAY - timedelta(days=1)) is None


async def test_departments_come_in_the_companys_order_with_their_names() -> None:
    plan = FixedPlan()
    drawn = picture(await plan.items(), await plan.revisions(), DEPARTMENTS, MONDAY)
    assert {name: [line.item.code for line in lines] for name, lines in drawn.groups.items()} == {
        "销售部": ["SO-1042", "MS-1"],
        "生产部": ["MO-1042", "MO-1043"],
        "采购部": ["PO-2001"],
    }


async def test_what_the_latest_revision_moved_stands_out() -> None:
    plan = FixedPlan()
    drawn = picture(await plan.items(), await plan.revisions(), DEPARTMENTS, MONDAY)
    assert drawn.revision == 2
    assert [line.item.code for line in drawn.lines if line.changed] == ["SO-1042", "MO-1042"]


def test_after_an_import_nothing_stands_out() -> None:
    items = [line(code, "sales", "task", code, 0, 1) for code in ("A", "B")]
    assert picture(items, [], DEPARTMENTS, MONDAY).changed == 0


def test_an_empty_plan_is_a_plan() -> None:
    drawn = picture([], [], DEPARTMENTS, MONDAY)
    assert (drawn.revision, drawn.lines, drawn.horizon) == (0, [], Horizon(MONDAY, MONDAY))


@pytest.mark.parametrize(
    ("quantity", "unit", "shown"),
    [
        ("1200", "台", "1,200 台"),
        ("100", "台", "100 台"),
        ("0.50", "吨", "0.5 吨"),
        ("1E+3", "", "1,000"),
        (None, "台", ""),
    ],
)
def test_amounts_read_as_people_write_them(quantity: str | None, unit: str, shown: str) -> None:
    assert words.amount(Decimal(quantity) if quantity else None, unit) == shown


@pytest.mark.parametrize(
    ("value", "shown"), [(date(2027, 1, 2), "01-02"), (date(2013, 5, 1), "2013-05-01"), (None, "—")]
)
def test_a_far_date_carries_its_year(value: date | None, shown: str) -> None:
    assert words.short_day(value, MONDAY) == shown
