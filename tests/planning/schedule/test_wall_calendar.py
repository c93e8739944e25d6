"""Placements and what-ifs of some thousand random plans, against a program that walks day by day."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from random import Random

import pytest

from planning.plan.calendar import WorkCalendar, calendar_named
from planning.plan.item import Constraint, Item, Mode
from planning.plan.link import Drives, LagKind, Link, LinkKind
from planning.plan.operation import Op, Operation
from planning.plan.plan import Plan
from planning.refusal import Refused
from planning.schedule.assess import assess
from planning.schedule.schedule import place
from tests.planning.build import dates, item, link, plan_of
from tests.planning.schedule.wall_calendar import Bond, Piece, Wall

BEGIN = date(2026, 1, 26)
"""Three weeks before Spring Festival, with its make-up days."""
NAMES = ("weekdays", "every-day", "china")
CALENDARS = {name: calendar_named(name) for name in NAMES}


def random_plan(random: Random) -> tuple[list[Piece], list[Bond], Plan, set[str]]:
    """Pieces and bonds, the same as a plan, and the items without a start."""
    pieces: list[Piece] = []
    items: dict[str, Item] = {}
    bonds: list[Bond] = []
    links: list[Link] = []
    unplaced: set[str] = set()
    for number in range(random.randint(2, 6)):
        name, calendar, days = f"I{number}", random.choice(NAMES), random.choice((0, 1, 1, 2, 3, 5))
        mode = random.choice((Mode.ASAP, Mode.ASAP, Mode.ALAP, Mode.PINNED))
        start = BEGIN + timedelta(random.randint(0, 40))
        limit = random.choice((None, None, None, *Constraint))
        limited = BEGIN + timedelta(random.randint(0, 40)) if limit else None
        for before in random.sample(range(number), min(number, random.randint(0, 2))):
            kind, lag = random.choice(list(LinkKind)), random.randint(-5, 6)
            lag_kind, counted = random.choice(list(LagKind)), random.choice(("", "", *NAMES))
            drives = random.choice(list(Drives))
            links.append(Link(f"I{before}", name, kind, lag, lag_kind, drives, calendar=counted))
            ours = counted or (items[f"I{before}"].calendar if drives is Drives.PREDECESSOR else calendar)
            works = CALENDARS[ours].is_working if lag_kind is LagKind.WORKING else None
            bonds.append(Bond(f"I{before}", name, kind.value, lag, works, drives is Drives.PREDECESSOR))
            if mode is Mode.ASAP and items[f"I{before}"].mode is not Mode.ALAP and random.random() < 0.5:
                unplaced.add(name)
        first = CALENDARS[calendar].on_or_after(start)
        finish = CALENDARS[calendar].finish_of(first, days)
        items[name] = Item(
            name, name, first, finish, days, mode=mode, calendar=calendar, constraint=limit, constraint_date=limited
        )
        floor = limited if limit is Constraint.START_NO_EARLIER_THAN else BEGIN if name in unplaced else None
        due = limited if limit is Constraint.FINISH_NO_LATER_THAN else None
        works, given = CALENDARS[calendar].is_working, None if name in unplaced else start
        pieces.append(Piece(name, days, works, given, mode is Mode.ALAP, mode is Mode.PINNED, floor, due))
    return pieces, bonds, Plan("p", "P", 1, items, tuple(links), "china"), unplaced


def stands(plan: Plan) -> dict[str, tuple[date, date]]:
    return {name: (found.start, found.finish) for name, found in plan.items.items()}


def compared(seed: int) -> tuple[int, int]:
    """Compare one plan and one what-if; gives how many items were compared, and what-ifs."""
    random = Random(seed)
    pieces, bonds, plan, unplaced = random_plan(random)
    try:
        placed = place(plan, unplaced, BEGIN)
    except Refused:  # Drives that chase each other.
        return 0, 0
    assert stands(placed) == Wall(pieces, bonds).days(), f"seed {seed}: {plan}"
    movable = [piece for piece in pieces if not piece.late]
    if not movable:
        return len(pieces), 0
    chosen = random.choice(movable)
    wanted = placed.items[chosen.name].start + timedelta(random.randint(0, 15))
    impact = assess(placed, [Operation(chosen.name, Op.SET_START, wanted)], BEGIN)
    if impact.refused:  # Before what its own constraint says.
        return len(pieces), 0
    now = [replace(piece, start=wanted if piece is chosen else placed.items[piece.name].start) for piece in pieces]
    told = stands(placed.with_items(impact.changed.values()))
    assert told == Wall(now, bonds).days(), f"seed {seed}: {wanted} for {chosen.name} of {placed}"
    return len(pieces), 1


def compare(seeds: range) -> None:
    counts = [compared(seed) for seed in seeds]
    items, what_ifs = (sum(column) for column in zip(*counts, strict=True))
    assert items > 2 * len(seeds)
    assert what_ifs > len(seeds) // 2


def test_some_thousand_plans_stand_where_a_wall_calendar_puts_them() -> None:
    compare(range(3_000))


@pytest.mark.long
@pytest.mark.parametrize("first", range(100_000, 140_000, 2_500))
def test_many_more_plans_stand_where_a_wall_calendar_puts_them(first: int) -> None:
    compare(range(first, first + 2_500))


TWO_WEEKS_OFF = {date(2026, 7, 13) + timedelta(n): False for n in range(14)}


@pytest.mark.parametrize(
    ("start", "calendars", "kind", "days", "lag", "then"),
    [
        ("2026-07-27", ("closed", "every-day"), "SF", 1, 0, "07-26"),
        ("2026-07-27", ("closed", "every-day"), "SF", 1, -1, "07-25"),
        ("2026-07-27", ("closed", "every-day"), "SF", 1, 1, "07-27"),
        ("2026-07-27", ("closed", "every-day"), "FF", 0, 0, "07-26"),
        ("2026-07-27", ("closed", "every-day"), "FF", 0, -3, "07-23"),
        ("2026-06-29", ("weekdays", "weekdays"), "SF", 1, 0, "06-26"),
        ("2026-06-29", ("weekdays", "weekdays"), "SF", 1, -1, "06-26"),
        ("2026-06-29", ("weekdays", "weekdays"), "SF", 1, -2, "06-26"),
        ("2026-06-29", ("weekdays", "weekdays"), "SF", 1, -3, "06-25"),
        ("2026-06-29", ("weekdays", "weekdays"), "FF", 0, -2, "06-26"),
        ("2026-06-28", ("every-day", "weekdays"), "SF", 1, 0, "06-26"),
        ("2026-06-28", ("every-day", "weekdays"), "SF", 1, 1, "06-29"),
    ],
)
def test_a_calendar_lag_is_counted_back_first(
    start: str, calendars: tuple[str, str], kind: str, days: int, lag: int, then: str
) -> None:
    """Where that leads to a day off, it is the evening of the last working day before."""
    closed = WorkCalendar("closed", calendar_named("weekdays").week, TWO_WEEKS_OFF)
    before, after = item("A", start, days, calendar=calendars[0]), item("B", calendar=calendars[1])
    bond = link("A B", kind, lag, lag_kind=LagKind.CALENDAR)
    assert dates(plan_of(before, after, bond, calendars={"closed": closed}))["B"] == f"{then}~{then}"


@pytest.mark.parametrize(("kind", "days"), [("SF", 1), ("FF", 0)])
def test_between_calendars_an_end_meets_a_start_in_the_evening_of_its_last_working_day(kind: str, days: int) -> None:
    """Of kind working: who waits for the end of the closed weeks is done before they begin."""
    closed = WorkCalendar("closed", calendar_named("weekdays").week, TWO_WEEKS_OFF)
    before, after = item("A", "2026-07-27", days, calendar="closed"), item("B", calendar="every-day")
    assert dates(plan_of(before, after, link("A B", kind, 0), calendars={"closed": closed}))["B"] == "07-10~07-10"


@pytest.mark.parametrize(
    ("kind", "lag", "need", "then", "lag_kind"),
    [
        ("FS", -3, "12-06", "12-09", LagKind.WORKING),  # Sunday: Monday to Wednesday lie behind it
        ("FS", -3, "12-07", "12-09", LagKind.WORKING),
        ("FS", -3, "12-05", "12-09", LagKind.WORKING),
        ("FS", -3, "12-04", "12-08", LagKind.WORKING),
        ("SS", -3, "12-06", "12-10", LagKind.WORKING),
        ("FF", -3, "12-06", "12-09", LagKind.WORKING),
        ("SF", -3, "12-06", "12-10", LagKind.WORKING),
        ("FS", 0, "12-06", "12-04", LagKind.WORKING),
        ("FS", 2, "12-06", "12-02", LagKind.WORKING),
        ("SF", 0, "12-04", "12-07", LagKind.WORKING),
        ("SF", -1, "12-04", "12-07", LagKind.CALENDAR),  # the evening of Saturday, a day off: that of Friday
        ("SF", -2, "12-04", "12-07", LagKind.CALENDAR),
        ("SF", -3, "12-04", "12-08", LagKind.CALENDAR),
        ("SF", -3, "12-06", "12-10", LagKind.CALENDAR),
        ("FS", -2, "12-05", "12-04", LagKind.CALENDAR),
        ("FS", -3, "12-05", "12-07", LagKind.CALENDAR),
    ],
)
def test_as_late_as_possible_also_for_a_need_on_its_own_day_off(
    kind: str, lag: int, need: str, then: str, lag_kind: LagKind
) -> None:
    late = item("A", calendar="weekdays", mode=Mode.ALAP)
    wanted = item("B", need, calendar="every-day", mode=Mode.PINNED)
    bond = link("A B", kind, lag, lag_kind=lag_kind, drives=Drives.PREDECESSOR)
    assert dates(plan_of(late, wanted, bond))["A"] == f"{then}~{then}"


@pytest.mark.parametrize("lag_kind", LagKind)
@pytest.mark.parametrize("kind", LinkKind)
def test_a_smaller_lag_never_gives_a_later_date(kind: LinkKind, lag_kind: LagKind) -> None:
    """For every pair of calendars, lengths and weeks around the festival; backwards it never gives an earlier one."""
    random = Random(f"{kind} {lag_kind}")
    for _ in range(60):
        ours, theirs = random.choice(NAMES), random.choice(NAMES)
        days, theirs_days = random.choice((0, 1, 3)), random.choice((0, 1, 3))
        start = str(BEGIN + timedelta(random.randint(0, 40)))
        counted = random.choice(("", *NAMES))
        for drives in Drives:
            late = drives is Drives.PREDECESSOR
            found = []
            for lag in range(-8, 9):
                before = item("A", "" if late else start, days, calendar=ours, mode=Mode.ALAP if late else Mode.ASAP)
                after = item("B", start if late else "", theirs_days, calendar=theirs)
                after = after if not late else item("B", start, theirs_days, calendar=theirs, mode=Mode.PINNED)
                bond = link("A B", kind.value, lag, lag_kind=lag_kind, calendar=counted, drives=drives)
                placed = plan_of(before, after, bond, today=BEGIN)
                found.append(placed.items["A" if late else "B"].start)
            told = [str(day) for day in found]
            assert all((one >= then) if late else (one <= then) for one, then in pairwise(found)), told
