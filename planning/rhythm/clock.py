"""The clocks of an issue: how long it may wait for somebody to see to it and for an answer, and who is told when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from planning.plan.hours import WorkingHours
from planning.rhythm.issue import Issue, IssueState

SILENCE = 3
"""Working days after which what is resolved is closed without a word."""
HOUR = timedelta(hours=1)


class Rung(StrEnum):
    """Who is told that it waits."""

    OWNER = "owner"
    MANAGER = "manager"
    COORDINATOR = "coordinator"


RUNGS: Sequence[tuple[Rung, float]] = ((Rung.OWNER, 0.5), (Rung.MANAGER, 1), (Rung.COORDINATOR, 1.5))
"""Each at this part of the time."""


@dataclass(frozen=True, slots=True)
class Clock:
    """Working hours that something may take."""

    ordinary: timedelta
    urgent: timedelta

    def time(self, urgent: bool) -> timedelta:
        return self.urgent if urgent else self.ordinary


CLOCKS: Mapping[IssueState, Clock] = {
    IssueState.OPEN: Clock(4 * HOUR, HOUR),
    IssueState.ASSIGNED: Clock(8 * HOUR, 4 * HOUR),
}
"""By the state in which it runs: until somebody sees to it, and until the answer, which counts from the raising."""


def rungs(issue: Issue, hours: WorkingHours) -> list[tuple[Rung, datetime]]:
    """Who is told when, by the clock that runs; empty: none does."""
    clock = CLOCKS.get(issue.state)
    if clock is None:
        return []
    since = issue.handed_at if issue.state is IssueState.OPEN else issue.began_at
    return [(rung, hours.after(since, part * clock.time(issue.urgent))) for rung, part in RUNGS]


def rungs_past(issue: Issue, now: datetime, hours: WorkingHours) -> int:
    return sum(1 for _, at in rungs(issue, hours) if at <= now)


def next_rung(issue: Issue, hours: WorkingHours) -> datetime | None:
    """When the next one is told; None: nobody is."""
    left = rungs(issue, hours)[issue.told :]
    return left[0][1] if left else None


def due_rungs(issue: Issue, now: datetime, hours: WorkingHours) -> list[Rung]:
    """Whom the clock calls now, the highest last; several are due after a standstill."""
    return [rung for rung, at in rungs(issue, hours)[issue.told :] if at <= now]


def answer_due(issue: Issue, hours: WorkingHours) -> datetime:
    """Until when it is to be answered."""
    return hours.after(issue.began_at, CLOCKS[IssueState.ASSIGNED].time(issue.urgent))


def taken_due(issue: Issue, hours: WorkingHours) -> datetime:
    """Until when somebody is to say that they see to it."""
    return hours.after(issue.handed_at, CLOCKS[IssueState.OPEN].time(issue.urgent))
