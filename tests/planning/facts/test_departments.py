"""Progress by department: the worked number, what counts how, laws, and equality with the independent program."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.facts.departments import DepartmentProgress, Measure, Moment, by_department, percent, planned_part, shares
from planning.facts.forecast import Outlook, as_it_is
from planning.facts.progress import RATELESS, progress
from planning.facts.relation import Dates
from planning.facts.report import Report, ReportKind
from planning.facts.tally import NOTHING, Tally
from planning.plan.calendar import calendar_named
from planning.plan.item import Item, Status
from planning.plan.plan import Plan
from planning.plan.timetable import Timetable
from planning.schedule.network import Network
from tests.oracle.company import ZONE, Company
from tests.oracle.departments import departments
from tests.oracle.forecast import Outlook as TheirOutlook
from tests.oracle.generate import FIRST, company
from tests.oracle.tables import write
from tests.planning.facts.test_oracle import Ours

TODAY = date(2026, 12, 2)
EVENING, NOON = Moment(TODAY, TODAY), Moment(TODAY, TODAY - timedelta(1))
WEEK = Dates(date(2026, 11, 30), date(2026, 12, 6))


def item(code: str, start: str, finish: str, **more: object) -> Item:
    first, last = (date.fromisoformat(f"2026-{day}") for day in (start, finish))
    days = calendar_named("weekdays").between(first, last + timedelta(1))
    known = {"duration": days, "type": "production", "department": "prod", "quantity": Decimal(1000)}
    return Item(code, code, first, last, **known | more)  # type: ignore[arg-type]


def said(code: str, good: int, day: date = TODAY) -> Report:
    kind = ReportKind.QUANTITY
    return Report(f"RP-{code}", code, kind, day, datetime.combine(day, time(8), UTC), Decimal(good))


def measured(
    items: Sequence[Item], reports: Sequence[Report] = (), moment: Moment = EVENING, span: Dates = WEEK,
    frozen: Mapping[str, Item] = {}, held: Mapping[str, date] = {},
) -> DepartmentProgress:  # fmt: skip
    plan = Plan("p", "p", 1, {one.code: one for one in items}, calendar="weekdays")
    tallies = {one.code: Tally.of(word for word in reports if word.item == one.code) for one in items}
    calendar_of = Timetable(plan).of
    known = {one.code: progress(one, tallies[one.code], NOTHING, calendar_of(one))
             for one in items if tallies[one.code].words}  # fmt: skip
    outlook = Outlook(Network.of(plan), known, {code: as_it_is(one.planned) for code, one in known.items()}, TODAY)
    found = by_department(shares(outlook, items, span, moment, Measure(frozen, held, 2)))
    return found.get("prod", DepartmentProgress())


RUNS = item("MO-1", "11-30", "12-11")
WORKED = (RUNS, item("MO-2", "11-26", "12-02"), item("MO-3", "12-02", "12-08"))
TOLD = (said("MO-1", 225), said("MO-2", 1000))


def test_the_worked_number() -> None:
    found = measured(WORKED, TOLD)
    assert (found.planned, found.actual) == (Fraction(45, 100), Fraction(3625, 10000))
    assert (percent(found.planned or Fraction(0)), percent(found.actual or Fraction(0))) == (45, 36)
    assert round(float(found.spi or 0), 2) == 0.81


def test_today_is_over_when_the_office_closes() -> None:
    """Ten days of which two are over at noon, three in the evening."""
    assert measured([RUNS], moment=NOON).planned == Fraction(2, 10)
    assert measured([RUNS], moment=EVENING).planned == Fraction(3, 10)


@pytest.mark.parametrize("kind", RATELESS)
@pytest.mark.parametrize(("finish", "planned"), [("12-03", 0), ("12-02", 1)])
def test_half_a_lead_time_is_no_half_delivery(kind: str, finish: str, planned: int) -> None:
    assert measured([item("PO-1", "11-24", finish, type=kind)]).planned == planned


def test_what_arrived_counts_as_far_as_it_came() -> None:
    word = replace(said("PO-1", 400), kind=ReportKind.ARRIVAL)
    assert measured([item("PO-1", "11-24", "12-04", type="purchase")], [word]).actual == Fraction(4, 10)


def test_more_than_planned_is_no_more_than_all() -> None:
    assert measured([RUNS], [said("MO-1", 1040)]).actual == 1


def test_the_weekly_baseline_measures_what_it_has() -> None:
    """MO-1 was to be through two days earlier than the plan says now; MO-3 came in later."""
    found = measured(WORKED, TOLD, frozen={"MO-1": item("MO-1", "11-26", "12-02")})
    assert found.planned == Fraction(10 * 5 + 5 * 5 + 5 * 1, 5 * 20)


@pytest.mark.parametrize(
    ("one", "counts"),
    [
        (item("A", "11-30", "11-30"), True),
        (item("A", "12-04", "12-11"), True),
        (item("A", "12-07", "12-11"), False),
        (item("A", "11-23", "11-27"), True),
        (item("A", "11-23", "11-27", status=Status.DONE), False),
        (item("A", "12-01", "12-02", status=Status.DONE), True),
        (item("A", "12-01", "12-02", status=Status.CANCELLED), False),
        (item("A", "11-23", "11-27", status=Status.CANCELLED), False),
    ],
)
def test_what_touches_the_week_or_is_still_open_counts(one: Item, counts: bool) -> None:
    assert measured([one]).items == counts


def test_with_nothing_in_the_week_there_is_no_number() -> None:
    found = measured([item("A", "12-07", "12-11")])
    assert (found.planned, found.actual, found.spi) == (None, None, None)


def test_with_nothing_planned_yet_there_is_no_quotient() -> None:
    found = measured([item("A", "12-03", "12-11")], [said("A", 100)])
    assert (found.planned, found.actual, found.spi) == (Fraction(0), Fraction(1, 10), None)


def test_milestones_weigh_nothing_and_are_counted() -> None:
    at = {"type": "milestone", "duration": 0}
    found = measured([item("M-1", "12-01", "12-01", status=Status.DONE, **at), item("M-2", "12-04", "12-04", **at)])
    assert (found.milestones, found.reached, found.planned, found.items) == (2, 1, None, 2)


def test_on_hold_the_planned_part_stands_still_from_that_day() -> None:
    """Held from Tuesday on: of ten days one was over."""
    one = replace(RUNS, status=Status.ON_HOLD)
    assert measured([one], held={"MO-1": date(2026, 12, 1)}).planned == Fraction(1, 10)
    assert measured([one], held={"MO-1": date(2026, 11, 30)}).planned == 0


@pytest.mark.parametrize(
    ("last", "planned", "silent"),
    [("11-30", 4, 0), ("11-27", 2, 1), ("11-26", 1, 1), ("11-20", 0, 1)],
)
def test_silence_counts_to_the_last_word(last: str, planned: int, silent: int) -> None:
    """Of ten days from Thursday 11-26; two full days of silence lie behind a word of Friday."""
    day = date.fromisoformat(f"2026-{last}")
    found = measured([item("A", "11-26", "12-09")], [said("A", 100, day)], moment=NOON)
    assert (found.silent, found.planned) == (silent, Fraction(planned, 10))


def test_silent_without_any_word_it_counts_to_its_start() -> None:
    found = measured([item("A", "11-26", "12-09", status=Status.IN_PROGRESS)])
    assert (found.silent, found.planned) == (1, Fraction(1, 10))


def test_a_day_off_alone_is_over_or_is_not() -> None:
    """Facts may leave an item on a Saturday, without a working day of its own."""
    day = Dates(date(2026, 12, 5), date(2026, 12, 5))
    parts = [planned_part("production", day, day.start + timedelta(n), calendar_named("weekdays")) for n in (-1, 0)]
    assert parts == [0, 1]


days = st.dates(date(2026, 11, 1), date(2026, 12, 31))
spans = st.tuples(days, days).map(sorted).map(lambda two: Dates(*two))
calendars = st.sampled_from(["china", "weekdays", "every-day"]).map(calendar_named)
kinds = st.sampled_from(["production", "purchase"])


@given(kinds, spans, days, days, calendars)
def test_the_planned_part_only_grows(kind: str, dates: Dates, one: date, other: date, calendar: object) -> None:
    earlier, later = (planned_part(kind, dates, day, calendar) for day in sorted((one, other)))  # type: ignore[arg-type]
    assert 0 <= earlier <= later <= 1
    assert planned_part(kind, dates, dates.finish, calendar) == 1  # type: ignore[arg-type]


works = st.builds(
    lambda n, dates, status: Item(f"MO-{n}", "x", dates.start, dates.finish, 1 + n % 9, "production", "prod",
                                  quantity=Decimal(1000), status=status),
    st.integers(0, 99), spans, st.sampled_from(Status),
)  # fmt: skip


@given(st.lists(works, unique_by=lambda one: one.code), st.permutations(range(99)), st.integers(1, 7))
def test_neither_order_nor_scale_matters(items: list[Item], order: list[int], times: int) -> None:
    reports = [said(one.code, 10 * n + 10) for n, one in enumerate(items) if n % 2 and not one.status.is_over]
    found = measured(items, reports)
    shuffled = measured([items[n] for n in order if n < len(items)], reports)
    heavier = measured([replace(one, duration=one.duration * times) for one in items], reports)
    told = (found.planned, found.actual)
    assert told == (shuffled.planned, shuffled.actual) == (heavier.planned, heavier.actual)
    assert all(share is None or 0 <= share <= 1 for share in told)


@pytest.mark.parametrize("seed", [1, 2])
def test_every_department_is_as_the_independent_program_says(tmp_path: Path, seed: int) -> None:
    """Two mornings and evenings in a week, with a baseline of some items and some of them on hold or cancelled."""
    company(tmp_path, seed, 30)
    _troubled(tmp_path, Random(seed))
    ours, theirs, seen = Ours(tmp_path), Company(tmp_path), 0
    for day in (FIRST + timedelta(n) for n in range(3, 60, 4)):
        for hour in (12, 20):
            now = datetime.combine(day, time(hour), ZONE)
            wanted = departments(TheirOutlook(theirs, now))
            found = _found(ours, now)
            assert found.keys() == wanted.keys(), now
            for name, one in found.items():
                planned, actual, quotient, *counted = wanted[name].told()
                assert [one.silent, one.reached, one.milestones] == counted, (now, name)
                assert one.items == wanted[name].rows
                assert one.planned == _near(planned), (now, name)
                assert one.actual == _near(actual), (now, name)
                assert (one.spi is None) == (quotient is None)
                seen += 1
    assert seen > 100


def _near(share: Fraction | None) -> object:
    return share if share is None else pytest.approx(float(share), abs=1e-9)


def _troubled(folder: Path, random: Random) -> None:
    rows = list(csv.DictReader((folder / "items.csv").read_text(encoding="utf-8").splitlines()))
    held: list[dict[str, object]] = []
    frozen: list[dict[str, object]] = []
    for row in rows:
        start, finish = (date.fromisoformat(row[name]) for name in ("start", "finish"))
        if random.random() < 0.1 and not row["status"]:
            row["status"] = random.choice(["on_hold", "on_hold", "cancelled"])
            held.append({"item": row["code"], "day": start + timedelta(random.randint(-3, 9))})
        for at in (FIRST, FIRST + timedelta(14)):
            if random.random() < 0.7:
                by = timedelta(random.randint(-4, 4))
                when = datetime.combine(at, time(1), UTC).isoformat()
                frozen.append({"item": row["code"], "start": start + by, "finish": finish + by, "at": when})
    write(folder, items=rows, holds=held, weekly=frozen)


def _found(ours: Ours, now: datetime) -> dict[str, DepartmentProgress]:
    today = now.date()
    monday = today - timedelta(today.weekday())
    rows = [row for row in ours.rows("weekly") if datetime.fromisoformat(row["at"]) <= now]
    newest = max((row["at"] for row in rows), default="")
    frozen = {
        row["item"]: replace(ours.plan.items[row["item"]], start=date.fromisoformat(row["start"]),
                             finish=date.fromisoformat(row["finish"]))
        for row in rows if row["at"] == newest
    }  # fmt: skip
    held = {row["item"]: date.fromisoformat(row["day"]) for row in ours.rows("holds")}
    moment = Moment(today, today if now.hour >= 18 else today - timedelta(1))
    measure, span = Measure(frozen, held, 2), Dates(monday, monday + timedelta(6))
    return by_department(shares(ours.outlook(now), ours.plan.items.values(), span, moment, measure))
