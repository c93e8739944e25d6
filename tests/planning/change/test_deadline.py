"""Until when a change request waits: so many working days, what begins before they are over, and never too soon."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.change.approval import approve
from planning.change.change import ChangeState, StepState
from planning.change.deadline import deadline, extend, first_start, latest
from planning.plan.calendar import calendar_named
from planning.plan.impact import Impact, Line
from tests.planning.change.test_approval import refusal, says, step, submitted

SHANGHAI = ZoneInfo("Asia/Shanghai")
CHINA = calendar_named("china")
DAYS = st.dates(date(2026, 1, 5), date(2026, 12, 20))


def local(text: str) -> datetime:
    """`11-23 09:00` in Shanghai, as UTC."""
    return datetime.fromisoformat(f"2026-{text}").replace(tzinfo=SHANGHAI).astimezone(UTC)


def starting(*days: tuple[str, str]) -> Impact:
    """An effect whose starts move so, each from a day of 2026 to another one."""

    def whole(day: str) -> str:
        return f"2026-{day}" if day else ""

    lines = (Line(f"A{n}", "", "d", "start", whole(one), whole(other)) for n, (one, other) in enumerate(days))
    return Impact(1, tuple(lines))


def due(now: str, impact: Impact, working_days: int = 3) -> datetime:
    return deadline(impact, local(now), SHANGHAI, CHINA, working_days)


@pytest.mark.parametrize(
    ("now", "working_days", "until"),
    [
        ("11-23 09:00", 3, "11-26 18:00"),  # a Monday
        ("11-23 17:30", 3, "11-26 18:00"),
        ("11-23 00:30", 1, "11-24 18:00"),  # local days: it is still Sunday in UTC
        ("11-26 10:00", 3, "12-01 18:00"),  # over a weekend
        ("11-28 10:00", 1, "12-01 18:00"),  # from a Saturday: Monday is its first day
        ("09-30 10:00", 1, "10-08 18:00"),  # over the October holidays
    ],
)
def test_so_many_working_days_are_left(now: str, working_days: int, until: str) -> None:
    assert due(now, Impact(1), working_days) == local(until)


@pytest.mark.parametrize(
    ("impact", "until"),
    [
        (starting(("11-26", "11-30")), "11-25 18:00"),  # the start that is given up
        (starting(("12-07", "11-25")), "11-24 18:00"),  # the start that is taken
        (starting(("", "11-25")), "11-24 18:00"),  # a new item
        (starting(("11-25", "")), "11-24 18:00"),  # one that goes
        (starting(("12-07", "12-09"), ("11-26", "11-27")), "11-25 18:00"),  # the first of several
        (starting(("11-27", "11-30")), "11-26 18:00"),
        (starting(("12-07", "12-09")), "11-26 18:00"),  # the three days end before
    ],
)
def test_it_is_decided_before_the_first_affected_start(impact: Impact, until: str) -> None:
    assert due("11-23 09:00", impact) == local(until)


def test_before_a_monday_it_is_decided_on_friday() -> None:
    assert due("11-25 09:00", starting(("11-30", "12-01"))) == local("11-27 18:00")


@pytest.mark.parametrize(
    ("now", "first", "until"),
    [
        ("11-23 09:00", "11-24", "11-23 18:00"),
        ("11-23 15:00", "11-24", "11-24 10:00"),  # an hour and a half would be too short: four working hours
        ("11-23 22:00", "11-24", "11-24 13:00"),  # nobody decides in their sleep
        ("11-27 17:00", "11-28", "11-30 12:00"),  # nor on a Saturday
        ("11-23 09:00", "11-23", "11-23 13:00"),  # it has begun already
    ],
)
def test_whatever_begins_soon_four_working_hours_are_left(now: str, first: str, until: str) -> None:
    assert due(now, starting((first, "12-09"))) == local(until)


def test_only_starts_say_when_there_is_nothing_left_to_decide() -> None:
    finish = Line("A", "", "d", "finish", "2026-11-23", "2026-11-24", 1)
    amount = Line("A", "", "d", "quantity", "100", "120")
    assert first_start(Impact(1, (finish, amount))) is None
    assert latest(Impact(1, (finish, amount)), SHANGHAI, CHINA) is None
    start = Line("A", "", "d", "start", "2026-12-01", "2026-12-02", 1)
    assert first_start(Impact(1, (finish, amount, start))) == date(2026, 12, 1)


@given(st.lists(st.tuples(DAYS, DAYS), min_size=1, max_size=4), st.integers(0, 23), DAYS, st.integers(1, 5))
def test_nobody_is_asked_about_what_has_begun_except_for_lack_of_time(
    starts: list[tuple[date, date]], hour: int, today: date, working_days: int
) -> None:
    impact = Impact(1, tuple(Line("A", "", "d", "start", str(one), str(other)) for one, other in starts))
    now = datetime(today.year, today.month, today.day, hour, tzinfo=SHANGHAI)
    until = deadline(impact, now, SHANGHAI, CHINA, working_days)
    first = min(day for pair in starts for day in pair)
    assert until > now
    assert until.astimezone(SHANGHAI).date() < first or until - now <= timedelta(days=12), "holidays are the longest"


def test_more_time_is_for_every_step_that_waits() -> None:
    later = local("12-04 18:00")
    half = approve(submitted(), "production", says("wang"))
    longer = extend(half, later)
    assert longer.expires_at == later
    assert (step(longer, "sales").due_at, step(longer, "sales").state) == (later, StepState.OPEN)
    assert step(longer, "production") == step(half, "production"), "what is decided stays as it was"


@pytest.mark.parametrize(
    ("state", "code"),
    [
        (ChangeState.DRAFT, "not-submitted"),
        (ChangeState.ON_HOLD, "on-hold"),
        (ChangeState.EXPIRED, "change-ended"),
        (ChangeState.APPLIED, "change-ended"),
    ],
)
def test_more_time_is_only_for_what_people_decide_on(state: ChangeState, code: str) -> None:
    assert refusal(lambda: extend(replace(submitted(), state=state), local("12-04 18:00"))) == code
