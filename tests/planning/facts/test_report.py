"""The ledger's rules: chains of corrections, the order of reports, and what they make of an item."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.facts.booking import booked_by_finish, require_its_own, require_whole
from planning.facts.forecast import as_it_is, rate_of, stated_by
from planning.facts.ledger import Ledger
from planning.facts.planned import planned
from planning.facts.progress import progress
from planning.facts.report import Report, ReportKind, is_report
from planning.facts.tally import NOTHING, Tally
from planning.plan.calendar import calendar_named
from planning.plan.impact import Line
from planning.plan.item import Item, Status
from planning.refusal import Refused

NOON = datetime(2026, 12, 2, 4, tzinfo=UTC)
DAY = date(2026, 12, 2)
BOARD = Item("MO-1", "主板", date(2026, 11, 30), date(2026, 12, 11), 10, "production", quantity=Decimal(2000))
CALENDAR = calendar_named("weekdays")


def said(number: int, kind: ReportKind = ReportKind.QUANTITY, day: date | None = DAY, **more: object) -> Report:
    at = NOON + timedelta(minutes=number)
    return Report(f"RP-20261202-{number:03d}", "MO-1", kind, day, at, **more)  # type: ignore[arg-type]


def corrected(number: int, which: int, **more: object) -> Report:
    return said(number, ReportKind.CORRECTION, None, corrects=f"RP-20261202-{which:03d}", **more)


def stands(*reports: Report, item: Item = BOARD) -> Item:
    return progress(item, Ledger(reports).tally, NOTHING, CALENDAR).item


def done(*reports: Report) -> Fraction:
    return progress(BOARD, Ledger(reports).tally, NOTHING, CALENDAR).done


def test_a_correction_keeps_the_place_and_the_kind_of_the_first() -> None:
    first, percent = said(1, good=Decimal(100)), said(2, ReportKind.PERCENT, percent=Decimal(60))
    assert done(first, percent) == 1200
    assert done(first, percent, corrected(3, 1, good=Decimal(200))) == 1200, "an old count beats no newer percent"
    assert done(first, corrected(3, 1, good=Decimal(200))) == 200


def test_of_a_chain_the_newest_counts_whichever_it_names() -> None:
    rows = [said(1, good=Decimal(100)), corrected(2, 1, good=Decimal(90)), corrected(3, 1, scrap=Decimal(5))]
    (word,) = Ledger(rows).words
    assert (word.good, word.scrap, word.no) == (Decimal(90), Decimal(5), "RP-20261202-001")
    assert not Ledger([*rows, corrected(4, 2, void=True)]).words
    (again,) = Ledger([*rows, corrected(4, 2, void=True), corrected(5, 4, good=Decimal(7))]).words
    assert again.good == 7, "a newer one brings it back"


def test_a_correction_that_names_another_day_moves_it_there() -> None:
    yesterday = DAY - timedelta(1)
    assert stands(said(1, good=Decimal(1)), replace(corrected(2, 1), day=yesterday)).start == yesterday


def test_what_corrects_itself_or_something_unknown_counts_for_nothing() -> None:
    assert not Ledger([corrected(1, 1, good=Decimal(1)), corrected(2, 9, good=Decimal(1))]).words


def test_the_thousandth_of_a_day_comes_after_the_one_before() -> None:
    """Said in one instant: by number, not by the letters of it."""
    rows = [replace(said(number, good=Decimal(number)), at=NOON) for number in (1000, 999)]
    assert [one.good for one in Ledger(rows).words] == [999, 1000]
    first, later = said(5, good=Decimal(1)), [replace(corrected(n, 5, good=Decimal(n)), at=NOON) for n in (1000, 999)]
    assert done(first, *later) == 1000


def test_a_chain_is_what_corrections_make_of_its_first() -> None:
    first, second = said(1, good=Decimal(1)), said(2, good=Decimal(9))
    ledger = Ledger([first, second, corrected(3, 1, good=Decimal(2))])
    chain = ledger.chain_of(first)
    assert (chain.first, chain.word.good, chain.void) == (first, Decimal(2), False)
    ledger.add(corrected(4, 3, void=True))
    assert ledger.chain_of(first).void
    assert ledger.chain_of(second).word == second
    lost = corrected(5, 99, good=Decimal(1))
    assert ledger.chain_of(lost).first == lost, "what it corrects is not here"


@pytest.mark.parametrize(
    ("kind", "values", "field"),
    [
        *((kind, {"void": True}, "void") for kind in ReportKind if kind is not ReportKind.CORRECTION),
        *((kind, {"corrects": "RP-20261202-009"}, "corrects") for kind in ReportKind
          if kind is not ReportKind.CORRECTION),
        (ReportKind.START, {"good": Decimal(0)}, "good"),
        (ReportKind.FINISH, {"good": Decimal(5)}, "good"),
        (ReportKind.STOP, {"good": Decimal(5)}, "good"),
        (ReportKind.PERCENT, {"percent": Decimal(5), "good": Decimal(5)}, "good"),
        (ReportKind.ARRIVAL, {"good": Decimal(5), "scrap": Decimal(5)}, "scrap"),
        (ReportKind.QUANTITY, {"good": Decimal(5), "department": "production"}, "department"),
    ],
)  # fmt: skip
def test_a_report_says_what_is_its_kinds(kind: ReportKind, values: dict[str, object], field: str) -> None:
    with pytest.raises(Refused) as refused:
        require_its_own(said(1, kind, **values))  # type: ignore[arg-type]
    assert (refused.value.refusal.code, refused.value.refusal.facts["field"]) == ("report-values", field)


def test_what_is_its_kinds_is_let_through() -> None:
    require_its_own(said(1, good=Decimal(5), scrap=Decimal(0)))
    require_its_own(corrected(2, 1, good=Decimal(5), void=True))
    require_its_own(said(3, ReportKind.STOP, expected=DAY, department="production"))


def test_the_day_a_machine_is_back_is_no_finish() -> None:
    stopped = said(1, ReportKind.STOP, expected=date(2026, 12, 24))
    assert stated_by(progress(BOARD, Tally.of([stopped]), NOTHING, CALENDAR), CALENDAR) is None


def test_scrap_alone_and_no_prior_days_leave_the_planned_rate() -> None:
    known = progress(BOARD, Tally.of([said(1, good=Decimal(0), scrap=Decimal(5))]), NOTHING, CALENDAR)
    assert rate_of(known, as_it_is(BOARD), CALENDAR, prior_days=0).pieces == 200


def test_without_a_quantity_only_a_percent_says_how_far_it_is() -> None:
    bare = replace(BOARD, quantity=None)
    assert progress(bare, Tally.of([said(1, good=Decimal(40))]), NOTHING, CALENDAR).part == 0
    half = [said(1, good=Decimal(40)), said(2, ReportKind.PERCENT, percent=Decimal(50))]
    assert progress(bare, Tally.of(half), NOTHING, CALENDAR).part == Fraction(1, 2)


def test_goods_said_on_the_receipts_are_a_count_of_the_purchase() -> None:
    """It neither books the whole, nor goes unasked."""
    purchase = replace(BOARD, type="purchase")
    known = progress(purchase, NOTHING, Tally.of([said(1, ReportKind.ARRIVAL, good=Decimal(500))]), CALENDAR)
    assert booked_by_finish(known) is None
    with pytest.raises(Refused, match="report-short"):
        require_whole(known, Decimal("0.05"), enough=False)


KINDS = (*[ReportKind.QUANTITY] * 3, ReportKind.START, ReportKind.PERCENT, ReportKind.FINISH, ReportKind.ARRIVAL,
         ReportKind.REMAINING, ReportKind.STOP)  # fmt: skip


@given(st.randoms(use_true_random=False), st.integers(0, 16))
def test_the_order_of_the_rows_makes_no_difference(random: Random, count: int) -> None:
    """Nor whether they are counted one by one or all at once; clocks may be wrong, and a correction come first."""
    rows = [said(0, good=Decimal(10))]
    for number in range(1, count + 1):
        which = random.choice(rows)
        row = (
            corrected(number, int(which.no[-3:]), good=Decimal(number), void=random.random() < 0.3)
            if random.random() < 0.5
            else said(number, random.choice(KINDS), DAY - timedelta(random.randint(0, 3)), good=Decimal(number))
        )
        rows.append(row if random.random() < 0.7 else replace(row, at=row.at - timedelta(minutes=random.randint(1, 9))))
    shuffled = random.sample(rows, len(rows))
    assert Ledger(shuffled).words == Ledger(rows).words
    assert stands(*shuffled) == stands(*rows)
    for order in (rows, shuffled):
        ledger, seen = Ledger(), list[Report]()
        for row in order:
            ledger.add(row)
            seen.append(row)
            assert ledger.tally == Ledger(seen).tally


@given(st.integers(1, 500), st.integers(0, 6), st.booleans())
def test_a_report_and_what_withdraws_it_leave_the_state_without_both(good: int, days: int, finished: bool) -> None:
    before = [said(1, good=Decimal(40), day=DAY - timedelta(2))]
    kind = ReportKind.FINISH if finished else ReportKind.QUANTITY
    both = [said(2, kind, DAY - timedelta(days), good=Decimal(good)), corrected(3, 2, void=True)]
    assert stands(*before, *both) == stands(*before)
    assert done(*before, *both) == done(*before)
    assert stands(*both) == BOARD, "with all of them withdrawn it is as planned"


@given(st.integers(1, 900), st.integers(1, 900))
def test_a_correction_leaves_what_would_be_had_the_right_thing_been_said(wrong: int, right: int) -> None:
    around = [said(1, good=Decimal(40)), said(4, ReportKind.PERCENT, DAY - timedelta(1), percent=Decimal(10))]
    put_right = [said(2, good=Decimal(wrong)), corrected(3, 2, good=Decimal(right))]
    assert done(*around, *put_right) == done(*around, said(2, good=Decimal(right)))


VALUES: Mapping[ReportKind, st.SearchStrategy[dict[str, object]]] = {
    ReportKind.QUANTITY: st.fixed_dictionaries(
        {"good": st.integers(0, 900).map(Decimal)}, optional={"scrap": st.integers(1, 50).map(Decimal)}
    ),
    ReportKind.PERCENT: st.integers(0, 100).map(lambda n: {"percent": Decimal(n)}),
    ReportKind.REMAINING: st.integers(0, 9).map(lambda n: {"remaining_days": n}),
    ReportKind.EXPECTED: st.integers(0, 20).map(lambda n: {"expected": DAY + timedelta(n)}),
    ReportKind.FINISH: st.integers(0, 900).map(lambda n: {"good": Decimal(n)}),
}
"""What each kind says."""


@given(st.lists(st.tuples(st.sampled_from([*VALUES]), st.integers(0, 3)), min_size=1, max_size=6), st.data())
def test_whatever_is_put_right_leaves_what_would_be_had_it_been_said_at_once(
    kinds: list[tuple[ReportKind, int]], data: st.DataObject
) -> None:
    """Of any kind and at any place, another day with it, and after a correction that was wrong as well."""
    rows = [said(n, kind, DAY - timedelta(days), **data.draw(VALUES[kind])) for n, (kind, days) in enumerate(kinds)]
    which = data.draw(st.integers(0, len(rows) - 1))
    wrong = data.draw(VALUES[rows[which].kind])
    right, day = data.draw(VALUES[rows[which].kind]), DAY - timedelta(data.draw(st.integers(0, 3)))
    put_right = [*rows, corrected(80, which, **wrong), replace(corrected(81, which, **right), day=day)]
    at_once = [replace(row, day=day, **{**wrong, **right}) if n == which else row for n, row in enumerate(rows)]  # type: ignore[arg-type]
    assert Ledger(put_right).words == Ledger(at_once).words
    assert stands(*put_right) == stands(*at_once)
    assert done(*put_right) == done(*at_once)


@pytest.mark.parametrize(
    ("words", "status", "start", "finish", "duration"),
    [
        ([], "confirmed", "11-30", "12-11", 10),
        ([said(1, ReportKind.START)], "in_progress", "12-02", "12-11", 8),
        ([said(1, good=Decimal(5)), said(2, ReportKind.START)], "in_progress", "12-02", "12-11", 8),
        ([said(1, good=Decimal(5), day=date(2026, 12, 1))], "in_progress", "12-01", "12-11", 9),
        ([said(1, ReportKind.START, date(2026, 12, 14))], "in_progress", "12-14", "12-14", 1),
        ([said(1, ReportKind.FINISH)], "done", "11-30", "12-02", 3),
        ([said(1, ReportKind.FINISH, date(2026, 11, 27))], "done", "11-27", "11-27", 1),
        ([said(1, ReportKind.START, date(2026, 12, 5))], "in_progress", "12-05", "12-11", 5),
        ([said(1, ReportKind.REMAINING, remaining_days=3)], "confirmed", "11-30", "12-11", 10),
        ([said(1, ReportKind.STOP)], "confirmed", "11-30", "12-11", 10),
    ],
)
def test_what_reports_make_of_an_item(
    words: list[Report], status: str, start: str, finish: str, duration: int
) -> None:
    item = stands(*words)
    assert (item.status, str(item.start)[5:], str(item.finish)[5:]) == (status, start, finish)
    assert item.duration == duration


def test_no_report_changes_what_is_on_hold_or_cancelled() -> None:
    for status in (Status.ON_HOLD, Status.CANCELLED):
        assert stands(said(1, good=Decimal(5)), item=replace(BOARD, status=status)).status is status


def test_what_is_planned_is_read_back_below_the_facts() -> None:
    def line(field: str, before: str, after: str) -> Line:
        return Line("MO-1", "主板", "", field, before, after)

    now = replace(BOARD, status=Status.DONE, start=date(2026, 12, 1), finish=date(2026, 12, 9), duration=7,
                  quantity=Decimal(1800))  # fmt: skip
    past = [
        ("import plan.csv", line("duration", "8", "10")),
        ("RP-20261201-001", line("start", "2026-11-30", "2026-12-01")),
        ("RP-20261201-001", line("duration", "10", "9")),
        ("RP-20261201-001", line("status", "confirmed", "in_progress")),
        ("CR-20261202-001", line("finish", "2026-12-11", "2026-12-10")),
        ("CR-20261202-001", line("quantity", "2000", "1800")),
        ("RP-20261209-001", line("finish", "2026-12-10", "2026-12-09")),
        ("RP-20261209-001", line("status", "in_progress", "done")),
    ]
    found = planned(now, past, CALENDAR)
    assert found.item == replace(BOARD, finish=date(2026, 12, 10), duration=9, quantity=Decimal(1800)), "its own days"
    assert (found.quantity, found.duration) == (Decimal(2000), 10), "as it was before it started"
    assert planned(BOARD, past[:1], CALENDAR).item == BOARD


def test_numbers_of_reports_are_no_numbers_of_requests() -> None:
    assert is_report("RP-20261202-003")
    assert not any(map(is_report, ("CR-20261202-003", "import plan.csv", "RP-1", "")))
