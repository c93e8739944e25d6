"""Issues: every act in every state, the clocks in working hours, and random clicks of random people."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import product
from zoneinfo import ZoneInfo

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from planning.plan.calendar import calendar_named
from planning.plan.hours import Window, WorkingHours
from planning.refusal import Refused
from planning.rhythm.clock import CLOCKS, Rung, answer_due, due_rungs, next_rung, rungs, rungs_past
from planning.rhythm.issue import Issue, IssueState
from planning.rhythm.issue_acts import BY, TABLE, Act, acted, due_to_lapse

SHANGHAI = ZoneInfo("Asia/Shanghai")
HOURS = WorkingHours(Window(time(9), time(18)), calendar_named("china"), SHANGHAI)
MONDAY = datetime(2026, 11, 30, 9, tzinfo=SHANGHAI).astimezone(UTC)
ISSUE = Issue("IS-20261130-001", "物料规格不对", "han", "MO-1", "purchasing", "zhao", False, "room",
              MONDAY, MONDAY, MONDAY)  # fmt: skip


def at(day: int, hour: int, minute: int = 0, month: int = 12) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=SHANGHAI).astimezone(UTC)


def become(issue: Issue, *acts: Act, now: datetime = MONDAY) -> Issue:
    for act in acts:
        issue = acted(issue, act, now, HOURS, by="zhao", text="换一批", to="qian", department="purchasing")
    return issue


WAYS = {
    IssueState.OPEN: (), IssueState.ASSIGNED: (Act.TAKE,), IssueState.ANSWERED: (Act.ANSWER,),
    IssueState.RESOLVED: (Act.RESOLVE,), IssueState.CLOSED: (Act.CLOSE,),
}  # fmt: skip
EXPECTED = """
open      take>assigned hand-on>open answer>answered resolve>resolved close>closed reopen>no lapse>no
assigned  take>assigned hand-on>open answer>answered resolve>resolved close>closed reopen>no lapse>no
answered  take>answered hand-on>open answer>answered resolve>resolved close>closed reopen>no lapse>no
resolved  take>no hand-on>no answer>no resolve>no close>closed reopen>open lapse>closed
closed    take>no hand-on>no answer>no resolve>no close>no reopen>open lapse>no
"""


@pytest.mark.parametrize(
    ("state", "act", "becomes"),
    [(line.split()[0], *cell.split(">")) for line in EXPECTED.split("\n") if line for cell in line.split()[1:]],
)
def test_every_act_in_every_state(state: str, act: str, becomes: str) -> None:
    issue = become(ISSUE, *WAYS[IssueState(state)])
    assert issue.state == state
    if becomes == "no":
        with pytest.raises(Refused, match=r"issue-(over|resolved|not-over)"):
            become(issue, Act(act))
    else:
        assert become(issue, Act(act)).state == becomes


def test_every_act_has_somebody_who_may() -> None:
    assert set(BY) == set(Act)
    assert {act for row in TABLE.values() for act in row} == set(Act)


@pytest.mark.parametrize(
    ("raised", "urgent", "state", "expected"),
    [
        (MONDAY, False, IssueState.OPEN, [at(30, 11, month=11), at(30, 13, month=11), at(30, 15, month=11)]),
        (MONDAY, True, IssueState.OPEN, [at(30, 9, 30, 11), at(30, 10, month=11), at(30, 10, 30, 11)]),
        (MONDAY, False, IssueState.ASSIGNED, [at(30, 13, month=11), at(30, 17, month=11), at(1, 12)]),
        (at(4, 17), False, IssueState.OPEN, [at(7, 10), at(7, 12), at(7, 14)]),  # Friday evening: over the weekend
        (at(5, 11), True, IssueState.OPEN, [at(7, 9, 30), at(7, 10), at(7, 10, 30)]),  # on a Saturday
        (at(1, 23), False, IssueState.ASSIGNED, [at(2, 13), at(2, 17), at(3, 12)]),  # in the night
    ],
)  # fmt: skip
def test_who_is_told_when(raised: datetime, urgent: bool, state: IssueState, expected: list[datetime]) -> None:
    issue = replace(ISSUE, urgent=urgent, state=state, raised_at=raised, began_at=raised, handed_at=raised)
    assert [when for _, when in rungs(issue, HOURS)] == expected
    assert [rung for rung, _ in rungs(issue, HOURS)] == [Rung.OWNER, Rung.MANAGER, Rung.COORDINATOR]


def test_after_a_standstill_several_are_due() -> None:
    assert due_rungs(ISSUE, at(30, 10, 59, 11), HOURS) == []
    assert due_rungs(ISSUE, at(30, 11, month=11), HOURS) == [Rung.OWNER]
    assert due_rungs(ISSUE, at(30, 14, month=11), HOURS) == [Rung.OWNER, Rung.MANAGER]
    told = replace(ISSUE, told=rungs_past(ISSUE, at(30, 14, month=11), HOURS))
    assert due_rungs(told, at(30, 14, 30, 11), HOURS) == []
    assert next_rung(told, HOURS) == at(30, 15, month=11)
    assert due_rungs(told, at(8, 9), HOURS) == [Rung.COORDINATOR]
    assert next_rung(replace(told, told=3), HOURS) is None


def test_taken_late_nobody_is_reminded_of_what_is_past() -> None:
    taken = acted(ISSUE, Act.TAKE, at(30, 16, month=11), HOURS, by="qian")
    assert (taken.owner, taken.told) == ("qian", 1)
    assert next_rung(taken, HOURS) == at(30, 17, month=11)


def test_taking_twice_is_taking_once() -> None:
    once = acted(ISSUE, Act.TAKE, MONDAY, HOURS, by="qian")
    assert acted(once, Act.TAKE, at(30, 12, month=11), HOURS, by="qian") is once


def test_who_is_handed_it_has_the_time_to_take_it_and_the_answer_is_due_as_before() -> None:
    handed = acted(become(ISSUE, Act.TAKE), Act.HAND_ON, at(30, 16, month=11), HOURS, to="qian")
    assert [when for _, when in rungs(handed, HOURS)] == [at(30, 18, month=11), at(1, 11), at(1, 13)]
    assert answer_due(handed, HOURS) == at(30, 17, month=11)


def test_an_answer_says_something() -> None:
    for text in ("", "  ", "！？"):
        with pytest.raises(Refused, match="issue-text-missing"):
            acted(ISSUE, Act.ANSWER, MONDAY, HOURS, by="zhao", text=text)


def test_silence_closes_after_three_working_days() -> None:
    resolved = become(ISSUE, Act.RESOLVE, now=at(4, 10))
    assert due_to_lapse(resolved, HOURS) == at(9, 10)
    assert due_to_lapse(ISSUE, HOURS) is None


def test_it_is_reopened_within_five_working_days_of_its_closing() -> None:
    closed = become(ISSUE, Act.ANSWER, Act.CLOSE, now=at(4, 10))
    again = become(closed, Act.REOPEN, now=at(11, 10))
    assert (again.state, again.reopened, again.began_at, again.answered_at) == (IssueState.OPEN, 1, at(11, 10), None)
    assert again.answer == "换一批"
    with pytest.raises(Refused, match="issue-too-late"):
        become(closed, Act.REOPEN, now=at(11, 10, 1))
    assert become(again, Act.CLOSE, Act.REOPEN, now=at(11, 11)).reopened == 2


@pytest.mark.parametrize(
    ("by", "text", "minutes", "same"),
    [("han", "物料规格不对", 10, True), ("han", " 物料规格不对 ", 3, True), ("han", "物料规格不对", 11, False),
     ("lin", "物料规格不对", 3, False), ("han", "物料规格不对吧", 3, False)],
)  # fmt: skip
def test_the_same_words_within_ten_minutes_are_the_same_issue(by: str, text: str, minutes: int, same: bool) -> None:
    assert ISSUE.is_same(replace(ISSUE, by=by, text=text, raised_at=MONDAY + timedelta(minutes=minutes))) is same


def test_the_same_words_about_another_or_to_others_or_more_urgent_are_another_issue() -> None:
    for other in ({"about": "PO-9"}, {"department": "warehouse"}, {"urgent": True}):
        assert not ISSUE.is_same(replace(ISSUE, **other))


def test_what_is_over_can_be_said_again() -> None:
    assert not become(ISSUE, Act.RESOLVE).is_same(ISSUE)


class Clicks(RuleBasedStateMachine):
    """Random acts of random people at random times: whatever they do, it stays an issue that can be explained."""

    def __init__(self) -> None:
        super().__init__()
        self.issue, self.now, self.closings = ISSUE, MONDAY, 0

    @rule(act=st.sampled_from(Act), by=st.sampled_from(["zhao", "qian", "han", "li"]), wait=st.integers(0, 6000))
    def click(self, act: Act, by: str, wait: int) -> None:
        self.now += timedelta(minutes=wait)
        before = self.issue
        try:
            self.issue = acted(before, act, self.now, HOURS, by=by, text="好", to=by, department="purchasing")
        except Refused:
            allowed = act in TABLE[before.state]
            assert not allowed or act is Act.REOPEN
            return
        assert self.issue.state is TABLE[before.state][act]
        self.closings += self.issue.state is IssueState.CLOSED

    @rule()
    def click_again(self) -> None:
        """A click that is doubled takes nothing back."""
        if self.issue.state in (IssueState.ASSIGNED, IssueState.ANSWERED):
            assert acted(self.issue, Act.TAKE, self.now, HOURS, by=self.issue.owner) is self.issue

    @invariant()
    def its_moments_fit_its_state(self) -> None:
        issue = self.issue
        assert (issue.closed_at is not None) is (issue.state is IssueState.CLOSED)
        assert issue.state is not IssueState.RESOLVED or issue.resolved_at is not None
        assert issue.state is not IssueState.ANSWERED or issue.answered_at is not None
        assert issue.raised_at <= issue.began_at <= issue.handed_at <= self.now
        assert issue.reopened <= self.closings + 20

    @invariant()
    def what_it_was_raised_as_never_changes(self) -> None:
        raised = ("no", "text", "by", "about", "urgent", "raised_at", "room")
        assert [getattr(self.issue, name) for name in raised] == [getattr(ISSUE, name) for name in raised]

    @invariant()
    def somebody_has_it(self) -> None:
        assert self.issue.owner

    @invariant()
    def a_clock_runs_while_it_waits_for_its_owner(self) -> None:
        assert bool(rungs(self.issue, HOURS)) is (self.issue.state in CLOCKS)
        assert 0 <= self.issue.told <= 3


TestClicks = Clicks.TestCase
TestClicks.settings = settings(deadline=None, max_examples=60, stateful_step_count=20)


@pytest.mark.parametrize(("urgent", "part"), list(product((False, True), (0, 1, 2))))
def test_rungs_are_at_half_the_time_at_its_end_and_at_one_and_a_half(urgent: bool, part: int) -> None:
    """Counted apart, hour by hour."""
    issue = replace(ISSUE, urgent=urgent, state=IssueState.ASSIGNED)
    minutes, now = int((4 if urgent else 8) * 60 * (0.5, 1, 1.5)[part]), MONDAY
    while minutes:
        now += timedelta(minutes=1)
        local = (now - timedelta(minutes=1)).astimezone(SHANGHAI)
        minutes -= local.weekday() < 5 and time(9) <= local.time() < time(18)
    assert rungs(issue, HOURS)[part][1] == now
    assert local.date() >= date(2026, 11, 30)
