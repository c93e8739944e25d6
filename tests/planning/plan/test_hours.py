"""Working hours: added and counted by the calendar, checked by stepping through the minutes."""

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planning.plan.calendar import WorkCalendar, calendar_named
from planning.plan.hours import ALL_DAY, Window, WorkingHours, around_the_clock, next_at, out_of

SHANGHAI = ZoneInfo("Asia/Shanghai")
CHINA = WorkingHours(Window.of("09:00-18:00"), calendar_named("china"), SHANGHAI)
HOURS = st.builds(
    WorkingHours,
    st.sampled_from([Window.of("09:00-18:00"), Window.of("08:30-17:45"), Window.of("00:00-23:59"), ALL_DAY]),
    st.sampled_from([calendar_named(name) for name in ("china", "weekdays", "every-day")]),
    st.sampled_from([SHANGHAI, ZoneInfo("Europe/Berlin"), UTC]),
)
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 6, 1), timezones=st.just(UTC))  # noqa: DTZ001 - zone given
UNTIMED = settings(deadline=None)
SPANS = st.integers(0, 60 * 60).map(lambda minutes: timedelta(minutes=minutes))


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("start", "hours", "then"),
    [
        ("2026-11-23 09:00", 4, "2026-11-23 13:00"),
        ("2026-11-23 09:00", 9, "2026-11-23 18:00"),
        ("2026-11-23 16:30", 4, "2026-11-24 11:30"),
        ("2026-11-23 07:00", 1, "2026-11-23 10:00"),
        ("2026-11-23 22:00", 1, "2026-11-24 10:00"),
        ("2026-11-27 17:00", 4, "2026-11-30 12:00"),  # over a weekend
        ("2026-11-28 12:00", 24, "2026-12-02 15:00"),  # said on a Saturday
        ("2026-09-30 17:00", 2, "2026-10-08 10:00"),  # over the National Day holiday
        ("2026-10-09 17:00", 2, "2026-10-10 10:00"),  # into a Saturday that is worked
        ("2026-02-13 12:00", 24, "2026-02-24 18:00"),  # Spring Festival, with its worked Saturday before
        ("2026-11-23 20:00", 0, "2026-11-23 20:00"),
    ],
)
def test_hours_pass_only_while_people_work(start: str, hours: int, then: str) -> None:
    assert CHINA.after(local(start), timedelta(hours=hours)) == local(then)
    assert CHINA.between(local(start), local(then)) == timedelta(hours=hours)


@pytest.mark.parametrize(
    ("moment", "opens"),
    [
        ("2026-11-23 09:00", "2026-11-23 09:00"),
        ("2026-11-23 17:59", "2026-11-23 17:59"),
        ("2026-11-23 18:00", "2026-11-24 09:00"),
        ("2026-11-23 07:00", "2026-11-23 09:00"),
        ("2026-11-27 18:30", "2026-11-30 09:00"),
        ("2026-11-28 12:00", "2026-11-30 09:00"),
    ],
)
def test_outside_working_hours_the_next_ones_begin(moment: str, opens: str) -> None:
    assert CHINA.opening(local(moment)) == local(opens)


@UNTIMED
@given(HOURS, MOMENTS, SPANS)
def test_what_was_added_is_what_lies_between(hours: WorkingHours, moment: datetime, span: timedelta) -> None:
    then = hours.after(moment, span)
    assert hours.between(moment, then) == span
    assert hours.between(then, moment) <= timedelta(0) or then == moment


@UNTIMED
@given(HOURS, MOMENTS, SPANS, SPANS)
def test_adding_twice_is_adding_the_sum(hours: WorkingHours, moment: datetime, one: timedelta, two: timedelta) -> None:
    assert hours.after(hours.after(moment, one), two) == hours.after(moment, one + two)


@UNTIMED
@given(HOURS, MOMENTS, SPANS)
def test_an_hour_ends_only_while_people_work(hours: WorkingHours, moment: datetime, span: timedelta) -> None:
    then = hours.after(moment, span)
    if span:
        last = (then - timedelta(microseconds=1)).astimezone(hours.zone)
        assert hours.calendar.is_working(last.date())
        assert hours.window == ALL_DAY or hours.window.holds(last.time())


@UNTIMED
@given(MOMENTS, st.integers(0, 6 * 24 * 60))
def test_counting_agrees_with_stepping_through_the_minutes(moment: datetime, minutes: int) -> None:
    start = moment.replace(second=0, microsecond=0)
    steps = (start + timedelta(minutes=n) for n in range(minutes))
    worked = sum(CHINA.calendar.is_working(m.astimezone(SHANGHAI).date()) and at_work(m) for m in steps)
    assert CHINA.between(start, start + timedelta(minutes=minutes)) == timedelta(minutes=worked)


@UNTIMED
@given(MOMENTS, SPANS, st.sampled_from([SHANGHAI, ZoneInfo("Europe/Berlin"), UTC]))
def test_around_the_clock_every_hour_counts(moment: datetime, span: timedelta, zone: tzinfo) -> None:
    assert around_the_clock(zone).after(moment, span) == moment + span
    assert around_the_clock(zone).between(moment, moment + span) == span


def at_work(moment: datetime) -> bool:
    return time(9) <= moment.astimezone(SHANGHAI).time() < time(18)


@pytest.mark.parametrize(
    ("moment", "then"),
    [
        ("2026-11-23 12:00", "2026-11-23 12:00"),
        ("2026-11-23 20:00", "2026-11-24 08:00"),
        ("2026-11-23 23:59", "2026-11-24 08:00"),
        ("2026-11-24 00:00", "2026-11-24 08:00"),
        ("2026-11-24 07:59", "2026-11-24 08:00"),
        ("2026-11-24 08:00", "2026-11-24 08:00"),
    ],
)
def test_quiet_hours_last_over_midnight(moment: str, then: str) -> None:
    assert out_of(Window.of("20:00-08:00"), local(moment), SHANGHAI) == local(then)


def test_a_quiet_lunch_break_and_no_quiet_hours_at_all() -> None:
    noon = local("2026-11-23 12:30")
    assert out_of(Window.of("12:00-13:30"), noon, SHANGHAI) == local("2026-11-23 13:30")
    assert out_of(Window.of("00:00-00:00"), noon, SHANGHAI) == noon


@UNTIMED
@given(MOMENTS, st.times(), st.times())
def test_nobody_is_disturbed_and_nobody_waits_longer_than_a_day(moment: datetime, start: time, end: time) -> None:
    quiet = Window(start, end)
    then = out_of(quiet, moment, SHANGHAI)
    assert not quiet.holds(then.astimezone(SHANGHAI).time())
    assert moment <= then <= moment + timedelta(days=1)


@pytest.mark.parametrize("text", ["", "9", "09:00", "09:00-", "09:00-25:00", "a-b", "09:00-12:00-18:00"])
def test_what_is_no_window(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - whichever way it is wrong
        Window.of(text)


def test_a_window_prints_as_it_is_written() -> None:
    assert str(Window.of("09:00-18:00")) == "09:00-18:00"
    assert Window.of("20:00-08:00").holds(time(0, 0))


@UNTIMED
@given(HOURS, MOMENTS, SPANS)
def test_counting_back_agrees_with_counting(hours: WorkingHours, moment: datetime, span: timedelta) -> None:
    then = hours.before(moment, span)
    assert then <= moment
    assert hours.between(then, moment) == span
    if span:
        assert hours.between(then + timedelta(microseconds=1), moment) < span, "the latest such instant"


# -- the next time of day -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("zone", "at", "after", "then"),
    [
        ("Asia/Shanghai", "08:30", "2026-11-27T00:29", "2026-11-27T00:30"),
        ("Asia/Shanghai", "08:30", "2026-11-27T00:30", "2026-11-30T00:30"),  # not the same again; over a weekend
        ("America/New_York", "01:30", "2027-11-05T12:00", "2027-11-08T06:30"),  # passed twice on the Sunday between
        ("America/New_York", "01:30", "2027-11-07T05:30", "2027-11-08T06:30"),
        ("America/New_York", "02:30", "2027-03-12T12:00", "2027-03-15T06:30"),  # left out on the Sunday between
    ],
)
def test_the_next_morning(zone: str, at: str, after: str, then: str) -> None:
    found = next_at(
        datetime.fromisoformat(after).replace(tzinfo=UTC),
        time.fromisoformat(at),
        calendar_named("weekdays"),
        ZoneInfo(zone),
    )
    assert found == datetime.fromisoformat(then).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("after", "then"),
    [("2027-11-07T05:29", "2027-11-07T05:30"), ("2027-11-07T05:30", "2027-11-08T06:30")],
)
def test_a_time_that_is_passed_twice_rings_once(after: str, then: str) -> None:
    """05:30 and 06:30 UTC are both 01:30 in New York on that day."""
    moment = datetime.fromisoformat(after).replace(tzinfo=UTC)
    found = next_at(moment, time(1, 30), calendar_named("every-day"), ZoneInfo("America/New_York"))
    assert found == datetime.fromisoformat(then).replace(tzinfo=UTC)


def is_left_out(day: date, at: time, zone: ZoneInfo) -> bool:
    told = datetime.combine(day, at, zone)
    return told.astimezone(UTC).astimezone(zone).time() != at


@settings(deadline=None, max_examples=500)
@given(
    st.sampled_from(sorted(available_timezones())).map(ZoneInfo),
    st.times().map(lambda at: at.replace(second=0, microsecond=0)),
    st.sampled_from([calendar_named(name) for name in ("china", "weekdays", "every-day")]),
    st.datetimes(datetime(2000, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - zone given
)
def test_the_next_morning_comes_in_every_zone(
    zone: ZoneInfo, at: time, calendar: WorkCalendar, after: datetime
) -> None:
    found = next_at(after, at, calendar, zone)
    assert found > after
    local = found.astimezone(zone)
    exact = local.time() == at and calendar.is_working(local.date())
    assert exact or any(is_left_out(local.date() - timedelta(days), at, zone) for days in (0, 1))
    assert calendar.position(local.date()) - calendar.position(after.astimezone(zone).date()) <= 1, "no day is left out"
    assert next_at(found - timedelta(seconds=1), at, calendar, zone) == found


@pytest.mark.parametrize(
    ("window", "hours"), [(Window.of("09:00-18:00"), 9), (Window.of("08:00-20:00"), 12), (ALL_DAY, 24)]
)
def test_a_day_is_as_long_as_its_opening_time(window: Window, hours: int) -> None:
    working = WorkingHours(window, calendar_named("weekdays"), SHANGHAI)
    assert working.a_day == timedelta(hours=hours)
    assert working.between(local("2026-12-02 00:00"), local("2026-12-03 00:00")) == working.a_day
