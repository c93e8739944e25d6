"""A month is the sum of its days, whatever happened in it."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from planning.figures.changes import End, Ended, cycle, ended_as, inside_freeze
from planning.figures.received import Acknowledged, Told, in_bursts, read, received
from planning.figures.response import Asked, decided_on_time, expired, response
from planning.figures.tally import Span, Tally, total
from planning.plan.calendar import calendar_named
from planning.plan.hours import Window, WorkingHours

SHANGHAI = ZoneInfo("Asia/Shanghai")
HOURS = WorkingHours(Window(time(9), time(18)), calendar_named("china"), SHANGHAI)
FIRST = date(2026, 12, 1)
DAYS = [Span(FIRST + timedelta(n), FIRST + timedelta(n), SHANGHAI) for n in range(31)]
MONTH = Span(FIRST, FIRST + timedelta(30), SHANGHAI)
BEGIN = datetime(2026, 11, 28, tzinfo=UTC)

instants = st.integers(0, 35 * 24 * 60).map(lambda minutes: BEGIN + timedelta(minutes=minutes))
lengths = st.timedeltas(timedelta(0), timedelta(days=4))


def adds_up(figure: Callable[[Span], Tally]) -> None:
    assert total(figure(day) for day in DAYS) == figure(MONTH)


@st.composite
def steps(draw: st.DrawFn) -> Asked:
    opened = draw(instants)
    closed = draw(st.none() | lengths.map(lambda length: opened + length))
    return Asked("production", opened, opened + draw(lengths), closed, draw(st.booleans()) and closed is not None)


@st.composite
def seats(draw: st.DrawFn) -> Told:
    shown, change = draw(instants), draw(st.sampled_from(("CR-1", "CR-2")))
    word = draw(st.none() | st.builds(Acknowledged, st.sampled_from("ab"), lengths.map(shown.__add__), st.just(change)))
    moment = st.none() | lengths.map(shown.__add__)
    return Told(change, "production", shown, word, draw(moment), draw(moment))


@st.composite
def changes(draw: st.DrawFn) -> Ended:
    submitted, flag = draw(instants), st.booleans()
    end = draw(st.sampled_from(End))
    return Ended(submitted, submitted + draw(lengths), end, draw(flag), draw(flag), draw(flag))


@given(st.lists(steps(), max_size=12))
def test_of_steps(steps: list[Asked]) -> None:
    adds_up(lambda span: response(steps, HOURS, span))
    adds_up(lambda span: expired(steps, span))
    adds_up(lambda span: decided_on_time(steps, span))


@given(st.lists(seats(), max_size=8))
def test_of_seats(seats: list[Told]) -> None:
    bursts = in_bursts(seat.acknowledged for seat in seats if seat.acknowledged)
    adds_up(lambda span: received(seats, HOURS, span))
    adds_up(lambda span: read(seats, bursts, HOURS, span))
    heard, credible = received(seats, HOURS, MONTH), read(seats, bursts, HOURS, MONTH)
    assert credible.numerator <= heard.numerator
    assert credible.n == heard.n


@given(st.lists(changes(), max_size=12))
def test_of_changes(changes: list[Ended]) -> None:
    adds_up(lambda span: inside_freeze(changes, span))
    adds_up(lambda span: cycle(changes, HOURS, span))
    adds_up(lambda span: ended_as(changes, End.EXPIRED, span))
