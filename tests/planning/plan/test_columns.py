"""An item and a link from their import columns, as the operations add, link and unlink bring them."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.plan.calendar import WorkCalendar, calendar_named
from planning.plan.columns import LINK_COLUMNS, item_of, link_of
from planning.plan.item import Constraint, Item, Mode, Status
from planning.plan.link import Drives, LagKind, Link, LinkKind
from planning.refusal import Refused
from tests.planning.build import day

TODAY = day("11-28")
"""A Saturday."""


def new(**cells: object) -> Item:
    """An item by weekdays; `shop` works every day, as the calendar of that name does."""

    def calendar_of(own: str, department: str) -> WorkCalendar:
        return calendar_named(own or ("every-day" if department == "shop" else "weekdays"))

    return item_of("N-1", {"title": "新工单", **cells}, calendar_of, TODAY)


def dates(item: Item) -> tuple[str, str, int]:
    return f"{item.start:%m-%d}", f"{item.finish:%m-%d}", item.duration


def refused(column: str, found: str, wanted: str) -> dict[str, str]:
    return {"column": column, "found": found, "wanted": wanted}


def refusal_of(row: Mapping[str, object]) -> tuple[str, Mapping[str, str]]:
    with pytest.raises(Refused) as caught:
        new(**row)
    return caught.value.refusal.code, caught.value.refusal.facts


def test_a_title_is_enough() -> None:
    assert new() == Item("N-1", "新工单", day("11-30"), day("11-30"))


def test_every_column_finds_its_place() -> None:
    cells = {
        "code": "ignored", "title": " 总装 ", "start": "2026-12-01", "duration_days": "3", "type": "production",
        "department": "shop", "also_informs": "sales||planning", "owner": "wang", "quantity": "2000.5", "unit": "件",
        "mode": "alap", "constraint": "finish_no_later_than", "constraint_date": "2026-12-24", "status": "released",
        "product": "box", "lot_minimum": "100", "lot_multiple": "50", "calendar": "weekdays", "颜色": "红", "空": "",
        "未填": None,
    }  # fmt: skip
    assert new(**cells) == Item(
        "N-1", "总装", day("12-01"), day("12-03"), 3, "production", "shop", ("sales", "planning"), "wang",
        Decimal("2000.5"), "件", Mode.ALAP, Constraint.FINISH_NO_LATER_THAN, day("12-24"), Status.RELEASED, "box",
        Decimal(100), Decimal(50), "weekdays", {"颜色": "红"},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({}, ("11-30", "11-30", 1)),  # today is a Saturday
        ({"department": "shop"}, ("11-28", "11-28", 1)),
        ({"department": "shop", "calendar": "weekdays"}, ("11-30", "11-30", 1)),  # its own calendar comes first
        ({"start": "2026-12-03"}, ("12-03", "12-03", 1)),
        ({"start": "2026-12-05"}, ("12-07", "12-07", 1)),
        ({"start": "2026-12-03", "duration_days": "4"}, ("12-03", "12-08", 4)),
        ({"start": "2026-12-03", "finish": "2026-12-08"}, ("12-03", "12-08", 4)),
        ({"start": "2026-12-03", "finish": "2026-12-03"}, ("12-03", "12-03", 1)),
        ({"finish": "2026-12-08"}, ("12-08", "12-08", 1)),
        ({"finish": "2026-12-08", "duration_days": "4"}, ("12-03", "12-08", 4)),
        ({"type": "milestone"}, ("11-30", "11-30", 0)),
        ({"type": "milestone", "start": "2026-12-03"}, ("12-03", "12-03", 0)),
        ({"duration_days": "0"}, ("11-30", "11-30", 0)),
        # a length goes before a finish that says otherwise
        ({"start": "2026-12-03", "finish": "2026-12-08", "duration_days": "2"}, ("12-03", "12-04", 2)),
    ],
)
def test_what_is_not_said_of_its_dates_follows(cells: dict[str, str], expected: tuple[str, str, int]) -> None:
    assert dates(new(**cells)) == expected


def test_a_finish_before_its_start_is_refused() -> None:
    facts = {"item": "N-1", "start": "2026-12-08", "finish": "2026-12-07"}
    for length in ({}, {"duration_days": "3"}):
        assert refusal_of({"start": "2026-12-08", "finish": "2026-12-07", **length}) == ("finish-before-start", facts)


@pytest.mark.parametrize(
    ("column", "found", "wanted"),
    [
        ("title", "", "a value"),
        ("title", "  ", "a value"),
        ("start", "3.12.2026", "YYYY-MM-DD"),
        ("finish", "1999-12-31", "2000-01-01 … 2099-12-31"),
        ("constraint_date", "2100-01-01", "2000-01-01 … 2099-12-31"),
        ("duration_days", "-1", "0 … 5000"),
        ("duration_days", "5001", "0 … 5000"),
        ("duration_days", "two", "0 … 5000"),
        ("quantity", "-1", "0 … 1000000000000"),
        ("quantity", "1000000000001", "0 … 1000000000000"),
        ("quantity", "NaN", "0 … 1000000000000"),
        ("lot_minimum", "a few", "0 … 1000000000000"),
        ("lot_multiple", "Infinity", "0 … 1000000000000"),
        ("mode", "soon", "asap | alap | pinned"),
        ("constraint", "never", "start_no_earlier_than | finish_no_later_than"),
        ("status", "frozen",
         "proposed | confirmed | released | in_progress | done | closed | on_hold | cancelled"),
    ],
)  # fmt: skip
def test_a_cell_of_an_item_that_cannot_be_read_is_named(column: str, found: str, wanted: str) -> None:
    assert refusal_of({column: found}) == ("bad-column", refused(column, found.strip(), wanted))


@pytest.mark.parametrize(
    ("column", "found"),
    [
        ("start", "2000-01-01"),
        ("start", "2099-12-31"),
        ("duration_days", "0"),
        ("duration_days", "5000"),
        ("quantity", "0"),
        ("quantity", "1000000000000"),
    ],
)
def test_the_limits_themselves_are_inside(column: str, found: str) -> None:
    assert new(**{column: found}).code == "N-1"


# -- links -----------------------------------------------------------------------------------------------------


def test_a_successor_is_enough_for_a_link() -> None:
    assert link_of("A", {"successor": "B"}) == Link("A", "B")
    assert link_of("A", {"successor": "B"}, Drives.PREDECESSOR).drives is Drives.PREDECESSOR
    assert link_of("A", {"successor": "B", "drives": "successor"}, Drives.PREDECESSOR).drives is Drives.SUCCESSOR


def test_every_column_of_a_link_finds_its_place() -> None:
    cells = {
        "predecessor": "ignored", "successor": "B", "kind": "SS", "lag_days": "-3", "lag_kind": "calendar",
        "drives": "predecessor", "ratio": "2.5", "scrap": "0.02", "hard": "no", "calendar": "every-day",
    }  # fmt: skip
    assert link_of("A", cells) == Link(
        "A", "B", LinkKind.SS, -3, LagKind.CALENDAR, Drives.PREDECESSOR, Decimal("2.5"), Decimal("0.02"), False,
        "every-day",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("written", "hard"),
    [("true", True), ("YES", True), ("1", True), ("", True), ("false", False), ("No", False), ("0", False)],
)
def test_a_truth_is_written_in_several_ways(written: str, hard: bool) -> None:
    assert link_of("A", {"successor": "B", "hard": written}).hard is hard


@pytest.mark.parametrize(
    ("column", "found", "wanted"),
    [
        ("successor", "", "a value"),
        ("kind", "AB", "FS | SS | FF | SF"),
        ("lag_days", "-5001", "-5000 … 5000"),
        ("lag_days", "5001", "-5000 … 5000"),
        ("lag_kind", "hours", "working | calendar"),
        ("drives", "both", "successor | predecessor"),
        ("ratio", "-2", "0 … 1000000000000"),
        ("scrap", "1", "0 … 0.99"),
        ("hard", "maybe", "true | false"),
    ],
)
def test_a_cell_of_a_link_that_cannot_be_read_is_named(column: str, found: str, wanted: str) -> None:
    with pytest.raises(Refused) as caught:
        link_of("A", {"successor": "B", column: found})
    assert (caught.value.refusal.code, caught.value.refusal.facts) == ("bad-column", refused(column, found, wanted))


def test_a_link_has_no_columns_of_its_own() -> None:
    with pytest.raises(Refused) as caught:
        link_of("A", {"successor": "B", "zeta": "1", "colour": "red"})
    assert caught.value.refusal.facts == refused("colour", "colour", ", ".join(sorted(LINK_COLUMNS)))


@given(st.dates(date(2026, 1, 1), date(2027, 12, 31)), st.integers(1, 40))
def test_a_length_and_either_end_say_the_same(start: date, length: int) -> None:
    from_start = new(start=str(start), duration_days=str(length))
    from_finish = new(finish=str(from_start.finish), duration_days=str(length))
    both = new(start=str(from_start.start), finish=str(from_start.finish))
    assert from_start == from_finish == both
