"""Lockdown: what a freeze holds keeps its decisions and the time it had left, whatever holds and lifts it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planning.change.approval import approve, ask_to_modify, discard, expire, supersede
from planning.change.change import Change, ChangeState, Verdict
from planning.change.escalation import DEFAULT, Escalation, next_at
from planning.change.lockdown import can_be_held, hold, release, remaining, resumed
from planning.plan.hours import around_the_clock
from planning.refusal import Refused
from tests.planning.change.test_approval import says, submitted
from tests.small_company import NOW

SHANGHAI = ZoneInfo("Asia/Shanghai")
HOURS = DEFAULT.working(SHANGHAI)
UNTIMED = settings(deadline=None)
MINUTES = st.integers(0, 60 * 24 * 20).map(lambda minutes: timedelta(minutes=minutes))
MOMENTS = st.datetimes(datetime(2026, 11, 1), datetime(2026, 12, 20), timezones=st.just(UTC))  # noqa: DTZ001
WINDOWS = ("F-001", "F-002", "F-003")


def asked() -> Change:
    """Purchasing is not in it; production has approved, sales has not."""
    return approve(submitted(), "production", says("wang"))


def held(*windows: str, since: datetime = NOW) -> Change:
    change = asked()
    for window in windows:
        change = hold(change, window, since)
    return change


def without_clocks(change: Change) -> Change:
    """Everything but what a hold may move."""
    steps = tuple(replace(step, due_at=None) for step in change.steps)
    return replace(change, steps=steps, expires_at=None, held_at=None, held_by=(), state=ChangeState.IN_APPROVAL)


@UNTIMED
@given(MINUTES, MINUTES, st.sampled_from(["normal", "emergency"]))
def test_every_deadline_keeps_exactly_the_hours_it_had_left(ran: timedelta, stood: timedelta, klass: str) -> None:
    """Working hours, whatever nights and weekends were in between; of an emergency those of the clock."""
    before, held_at = replace(asked(), klass=klass), NOW + ran
    lifted_at = held_at + stood
    after = release(hold(before, "F-001", held_at), "F-001", lifted_at, HOURS)
    clock = around_the_clock(SHANGHAI) if klass == "emergency" else HOURS
    assert before.expires_at is not None
    assert after.expires_at is not None
    assert clock.between(lifted_at, after.expires_at) == clock.between(held_at, before.expires_at)
    for was, step in zip(before.steps, after.steps, strict=True):
        assert was.due_at == before.expires_at
        assert step.due_at == (after.expires_at if was.state.is_undecided else was.due_at)
    assert without_clocks(after) == without_clocks(before)


def test_a_freeze_over_the_evening_takes_no_working_hour() -> None:
    """Eleven working hours were left at four in the afternoon; at three in the morning there are eleven still."""
    until = datetime(2026, 11, 25, 18, 0, tzinfo=SHANGHAI).astimezone(UTC)
    held_at = datetime(2026, 11, 24, 16, 0, tzinfo=SHANGHAI).astimezone(UTC)
    before = hold(replace(asked(), expires_at=until), "F-001", held_at)
    assert remaining(before, HOURS) == timedelta(hours=11)
    after = release(before, "F-001", datetime(2026, 11, 28, 3, 0, tzinfo=SHANGHAI).astimezone(UTC), HOURS)
    assert after.expires_at == datetime(2026, 12, 1, 11, 0, tzinfo=SHANGHAI), "Monday whole, and two hours of Tuesday"


@given(st.lists(st.tuples(st.booleans(), st.sampled_from(WINDOWS), MINUTES), max_size=12))
def test_whatever_holds_and_lifts_it_only_the_time_nobody_held_it_counts(
    events: Sequence[tuple[bool, str, timedelta]],
) -> None:
    """Against working hours that simply stop while any window is there."""
    before = change = asked()
    there, ran, now = set[str](), timedelta(0), NOW
    for freezes, window, passed in events:
        now += passed
        ran += HOURS.between(now - passed, now) if not there else timedelta(0)
        change = hold(change, window, now) if freezes else release(change, window, now, HOURS)
        there = there | {window} if freezes else there - {window}
        assert (change.state is ChangeState.ON_HOLD) == bool(there)
        assert set(change.held_by) == there
        assert without_clocks(change) == without_clocks(before)
        assert before.expires_at is not None
        assert change.expires_at is not None
        unspent = max(HOURS.between(NOW, before.expires_at) - ran, timedelta(0))
        left = remaining(change, HOURS) if there else HOURS.between(now, change.expires_at)
        assert left == unspent


def test_held_twice_is_held_once_and_lifted_twice_is_lifted_once() -> None:
    once = held("F-001")
    assert hold(once, "F-001", NOW + timedelta(hours=1)) == once
    lifted = release(once, "F-001", NOW + timedelta(hours=2), HOURS)
    assert release(lifted, "F-001", NOW + timedelta(hours=3), HOURS) == lifted


def test_a_window_that_does_not_hold_it_releases_nothing() -> None:
    assert release(held("F-001"), "F-002", NOW + timedelta(days=1), HOURS) == held("F-001")


def test_two_windows_hold_until_the_last_is_gone() -> None:
    both = held("F-001", "F-002")
    one = release(both, "F-001", NOW + timedelta(hours=5), HOURS)
    assert (one.state, one.held_by, one.held_at) == (ChangeState.ON_HOLD, ("F-002",), NOW)
    assert one.expires_at == both.expires_at
    free = release(one, "F-002", NOW + timedelta(hours=7), HOURS)
    assert both.expires_at is not None
    left = HOURS.between(NOW, both.expires_at)
    assert (free.state, free.expires_at) == (
        ChangeState.IN_APPROVAL, HOURS.after(NOW + timedelta(hours=7), left)
    )  # fmt: skip


@pytest.mark.parametrize("state", [s for s in ChangeState if s not in (ChangeState.IN_APPROVAL, ChangeState.ON_HOLD)])
def test_only_what_is_in_approval_is_held(state: ChangeState) -> None:
    change = replace(asked(), state=state)
    assert not can_be_held(change)
    assert hold(change, "F-001", NOW) == change
    assert release(change, "F-001", NOW, HOURS) == change


def test_nobody_decides_meanwhile_and_the_proposer_may_take_it_back() -> None:
    change = held("F-001", "F-002")
    for verdict, decide in ((Verdict.APPROVE, approve), (Verdict.MODIFY, ask_to_modify)):
        with pytest.raises(Refused) as caught:
            decide(change, "sales", says("su", verdict, "改到周五"))
        assert (caught.value.refusal.code, caught.value.refusal.facts["windows"]) == ("on-hold", "F-001, F-002")
    assert discard(change, "qian", NOW).state is ChangeState.WITHDRAWN
    assert supersede(change, "CR-20261123-009", NOW).state is ChangeState.SUPERSEDED
    assert expire(change, NOW).state is ChangeState.EXPIRED


def test_what_was_sent_back_keeps_its_time_too() -> None:
    change = ask_to_modify(submitted(), "sales", says("su", Verdict.MODIFY, "改到周五"))
    after = release(hold(change, "F-001", NOW), "F-001", NOW + timedelta(days=1), HOURS)
    for was, step in zip(change.steps, after.steps, strict=True):
        assert was.due_at is not None
        assert step.due_at is not None
        assert HOURS.between(NOW + timedelta(days=1), step.due_at) == HOURS.between(NOW, was.due_at)


def test_what_is_left_is_told_without_a_clock() -> None:
    assert remaining(held("F-001", since=NOW + timedelta(days=1)), HOURS) == timedelta(hours=18)
    assert remaining(asked(), HOURS) == timedelta(0)
    assert remaining(held("F-001", since=NOW + timedelta(days=9)), HOURS) == timedelta(0), "it had run out"


@UNTIMED
@given(MOMENTS, MINUTES, MINUTES)
def test_a_ladder_goes_on_where_it_stood(opened: datetime, ran: timedelta, stood: timedelta) -> None:
    """As many working hours waited after the hold as before it, over nights, weekends and holidays."""
    before = Escalation("CR-1", "sales", 1, DEFAULT, opened)
    held_at, now = opened + ran, opened + ran + stood
    after = resumed(before, held_at, now, SHANGHAI)
    hours = DEFAULT.working(SHANGHAI)
    assert hours.between(after.opened_at, now) == hours.between(opened, held_at)
    assert after.opened_at <= now
    assert replace(after, opened_at=opened) == before


def test_a_weekend_in_a_freeze_rings_no_rung_at_once() -> None:
    """Held on Sunday, lifted on Tuesday evening: not one working hour was waited."""
    opened = datetime(2026, 11, 28, 2, 0, tzinfo=UTC)
    now = datetime(2026, 12, 1, 10, 0, tzinfo=UTC)
    after = resumed(Escalation("CR-1", "sales", 1, DEFAULT, opened), opened + timedelta(days=1), now, SHANGHAI)
    due = next_at(after, now + timedelta(days=3), SHANGHAI)
    assert due == datetime(2026, 12, 2, 5, 0, tzinfo=UTC), "four working hours later: Wednesday, 13:00"
