"""Opening, rising and closing: each told once, and nothing in between."""

from collections import Counter
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.exceptions.conditions import Found
from planning.exceptions.episode import Episode, State, Turn, steps
from planning.exceptions.finding import BY_FORECAST, Code, Finding, Key, Severity
from planning.exceptions.quieting import snoozed
from planning.plan.calendar import calendar_named
from planning.plan.hours import Window, WorkingHours

ZONE = ZoneInfo("Asia/Shanghai")
HOURS = WorkingHours(Window.of("09:00-18:00"), calendar_named("weekdays"), ZONE)
MORNING = datetime(2026, 11, 30, 7, 30, tzinfo=ZONE)
LETTERS = {".": None, "i": Severity.INFO, "w": Severity.WARN, "h": Severity.HIGH, "c": Severity.CRITICAL}
CODES = st.sampled_from(list(Code))


def at(number: int) -> datetime:
    """The full scans of working days, 07:30 and 13:30."""
    day = HOURS.calendar.add(MORNING.date(), number // 2)
    return datetime.combine(day, MORNING.time(), ZONE) + timedelta(hours=6 * (number % 2))


def run(code: Code, seen: str) -> list[str]:
    """What is told at each scan: a letter for what it finds, behind `!` one after an event."""
    key, known, told, number = Key(code, "A"), list[Episode](), list[str](), -1
    marks = iter(seen)
    for letter in marks:
        full = letter != "!"
        letter = letter if full else next(marks)
        number += full
        now = at(number) if full else at(number) + timedelta(hours=1)
        severity = LETTERS[letter]
        found = Found({key: Finding(key, severity)} if severity is not None else {})
        made = steps(known, found, now, HOURS.between, full=full, looked_at=["A"])
        assert len(made) <= 1
        for step in made:
            known = [] if step.episode.state is State.CLOSED and step.episode.opened_at is None else [step.episode]
        told.append(made[0].turn.value if made and made[0].turn is not Turn.KEPT else "")
    return told


@pytest.mark.parametrize(
    ("code", "seen", "told"),
    [
        (Code.OVERDUE, "hhh.", ["opened", "", "", "closed"]),
        (Code.SILENT, "w.w.", ["", "", "", ""]),
        (Code.SILENT, "ww.", ["", "opened", "closed"]),
        (Code.SILENT, "w!wh", ["", "", "opened"]),
        (Code.SILENT, "!w!w!w", ["", "", ""]),  # ten reports in an hour are not two scans
        (Code.SLACK_EATEN, "ww.w..", ["", "opened", "", "", "", "closed"]),
        (Code.FORECAST_LATE, "hc!..!.", ["opened", "worse", "", "", ""]),
        (Code.FORECAST_LATE, "h..h", ["opened", "", "closed", "reopened"]),
        (Code.FORECAST_LATE, "h..c", ["opened", "", "closed", "back-worse"]),
        (Code.FORECAST_LATE, "h.....h", ["opened", "", "closed", "", "", "", "opened"]),  # after more than nine hours
        (Code.OVERDUE, "h!.h", ["opened", "closed", "reopened"]),
        (Code.SILENT, "ww!.w", ["", "opened", "closed", "reopened"]),  # two full scans in a row have seen it
        (Code.SILENT, "ww!..ww", ["", "opened", "closed", "", "", "reopened"]),
        (Code.LATE_START, "wwhwh", ["", "opened", "worse", "", ""]),  # a step up is told once
        (Code.UNPEGGED, "ii.", ["", "opened", "closed"]),
    ],
)
def test_what_is_told(code: Code, seen: str, told: list[str]) -> None:
    assert run(code, seen) == told


def test_what_is_over_ends_at_once() -> None:
    key = Key(Code.FORECAST_LATE, "A")
    known = [Episode(key, State.OPEN, Severity.HIGH, Severity.HIGH, MORNING, MORNING)]
    (step,) = steps(known, Found(), at(1), HOURS.between, full=False, over=["A"])
    assert step.turn is Turn.CLOSED


def test_what_cannot_be_told_stays() -> None:
    key = Key(Code.SHORT, "A")
    known = [Episode(key, State.OPEN, Severity.HIGH, Severity.HIGH, MORNING, MORNING)]
    assert steps(known, Found(undecided={key}), at(1), HOURS.between, full=True) == []


@given(CODES, st.lists(st.sampled_from([".", "i", "w", "h", "c", "!.", "!w", "!h"]), max_size=120).map("".join))
def test_opening_and_closing_alternate(code: Code, seen: str) -> None:
    told = [one for one in run(code, seen) if one]
    is_open = False
    for one in told:
        if one == "closed":
            assert is_open
        elif one in ("opened", "reopened"):
            assert not is_open
        is_open = one != "closed"


@given(CODES, st.lists(st.sampled_from(".wh"), min_size=2, max_size=60).map("".join))
def test_a_flicker_makes_one_card_a_day(code: Code, seen: str) -> None:
    """Cards are new where it opens, and where it is worse than ever: that happens once to each row."""
    cards = Counter(at(n).date() for n, one in enumerate(run(code, seen)) if one == "opened")
    assert all(count <= 1 for count in cards.values())
    if code in BY_FORECAST:
        assert run(code, ".h" * 20).count("opened") == 1


@pytest.mark.parametrize(
    ("severity", "until", "quiet"),
    [(Severity.HIGH, 1, True), (Severity.HIGH, -1, False), (Severity.CRITICAL, 1, False)],
)
def test_worse_wakes_what_is_snoozed(severity: Severity, until: int, quiet: bool) -> None:
    key = Key(Code.OVERDUE, "A")
    later = MORNING + timedelta(hours=until)
    snoozed = Episode(key, State.OPEN, severity, severity, MORNING, snoozed_until=later, snoozed_at=Severity.HIGH)
    assert snoozed.is_quiet(MORNING) is quiet


@pytest.mark.parametrize("worse", [Severity.HIGH, Severity.CRITICAL])
def test_worse_than_when_it_was_put_off_is_news_though_it_was_as_bad_before(worse: Severity) -> None:
    key = Key(Code.OVERDUE, "A")
    told = Episode(key, State.OPEN, Severity.WARN, Severity.CRITICAL, MORNING, told=Severity.CRITICAL, told_at=MORNING)
    put_off = snoozed(told, MORNING + timedelta(days=1))
    (step,) = steps([put_off], Found({key: Finding(key, worse)}), at(1), HOURS.between, full=True)
    assert step.turn is Turn.WORSE
    assert not step.episode.is_told
    assert not step.episode.is_quiet(at(1))
