"""What may become of an issue: each act, who may do it, and what it makes of each state."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from enum import StrEnum

from planning.plan.hours import WorkingHours
from planning.refusal import Refused
from planning.rhythm.clock import SILENCE, rungs_past
from planning.rhythm.issue import Issue, IssueState

REOPENS_WITHIN = 5
"""Working days after its closing."""


class Act(StrEnum):
    TAKE = "take"
    HAND_ON = "hand-on"
    ANSWER = "answer"
    RESOLVE = "resolve"
    CLOSE = "close"
    REOPEN = "reopen"
    LAPSE = "lapse"
    """Nobody said a word against its being resolved."""


class Side(StrEnum):
    """Who may do it."""

    ROOM = "room"
    """Anybody of its owner's department: whoever says 我来 is the owner."""
    OWNER = "owner"
    RAISER = "raiser"
    CLOCK = "clock"


BY: Mapping[Act, Side] = {
    Act.TAKE: Side.ROOM,
    Act.HAND_ON: Side.OWNER,
    Act.ANSWER: Side.OWNER,
    Act.RESOLVE: Side.OWNER,
    Act.CLOSE: Side.RAISER,
    Act.REOPEN: Side.RAISER,
    Act.LAPSE: Side.CLOCK,
}
_O, _A, _W, _R, _C = IssueState
TABLE: Mapping[IssueState, Mapping[Act, IssueState]] = {
    _O: {Act.TAKE: _A, Act.HAND_ON: _O, Act.ANSWER: _W, Act.RESOLVE: _R, Act.CLOSE: _C},
    _A: {Act.TAKE: _A, Act.HAND_ON: _O, Act.ANSWER: _W, Act.RESOLVE: _R, Act.CLOSE: _C},
    _W: {Act.TAKE: _W, Act.HAND_ON: _O, Act.ANSWER: _W, Act.RESOLVE: _R, Act.CLOSE: _C},
    _R: {Act.CLOSE: _C, Act.LAPSE: _C, Act.REOPEN: _O},
    _C: {Act.REOPEN: _O},
}
"""What each act makes of each state; what is missing is refused."""


def acted(
    issue: Issue, act: Act, now: datetime, hours: WorkingHours, *, by: str = "", text: str = "", to: str = "",
    department: str = "",
) -> Issue:
    """The issue after an act. `text`: of an answer; `to`, `department`: whom it is handed to.

    Raises Refused: "issue-over" (no, state), "issue-not-over", "issue-too-late" of a reopening, "issue-text-missing".
    """
    state = TABLE[issue.state].get(act)
    if state is None:
        raise _refused(issue, act)
    match act:
        case Act.TAKE:
            after = issue if issue.owner == by and issue.state is state else replace(issue, owner=by, state=state)
            return after if after is issue else _told_afresh(after, now, hours)
        case Act.HAND_ON:
            return replace(issue, owner=to, department=department, state=state, handed_at=now, told=0)
        case Act.ANSWER:
            if not any(letter.isalnum() for letter in text):
                raise Refused("issue-text-missing", no=issue.no)
            return _answered(replace(issue, answer=text, answered_by=by), state, now)
        case Act.RESOLVE:
            return replace(_answered(issue, state, now), resolved_at=now)
        case Act.CLOSE | Act.LAPSE:
            return replace(issue, state=state, closed_at=now, closed_by=by)
        case Act.REOPEN:
            return _reopened(issue, state, now, hours)


def due_to_lapse(issue: Issue, hours: WorkingHours) -> datetime | None:
    """When it is closed by silence; None: it is not resolved."""
    if issue.state is not IssueState.RESOLVED or issue.resolved_at is None:
        return None
    return hours.after(issue.resolved_at, SILENCE * hours.a_day)


def _answered(issue: Issue, state: IssueState, now: datetime) -> Issue:
    return replace(issue, state=state, answered_at=issue.answered_at or now, told=0)


def _reopened(issue: Issue, state: IssueState, now: datetime, hours: WorkingHours) -> Issue:
    """Its clocks start anew; what was answered before stays to be read."""
    if issue.closed_at and now > hours.after(issue.closed_at, REOPENS_WITHIN * hours.a_day):
        raise Refused("issue-too-late", no=issue.no, days=REOPENS_WITHIN)
    return replace(
        issue, state=state, began_at=now, handed_at=now, told=0, answered_at=None, resolved_at=None, closed_at=None,
        closed_by="", reopened=issue.reopened + 1,
    )  # fmt: skip


def _told_afresh(issue: Issue, now: datetime, hours: WorkingHours) -> Issue:
    """What of its new clock is past already is not told any more."""
    return replace(issue, told=rungs_past(issue, now, hours))


def _refused(issue: Issue, act: Act) -> Refused:
    if act is Act.REOPEN:
        return Refused("issue-not-over", no=issue.no)
    return Refused("issue-over" if issue.state is IssueState.CLOSED else "issue-resolved", no=issue.no)
