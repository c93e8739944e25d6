"""Response (K1) and decisions on time (K2) of the steps that a department was asked for."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction

from planning.figures.tally import Span, Tally
from planning.plan.hours import WorkingHours

HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Asked:
    """A required step, of its own department: asked again after a rebase it is another one.

    `closed_at`: the decision that closed it, or its expiry; None while it waits. `held`: spans of lockdown.
    """

    department: str
    opened_at: datetime
    due_at: datetime | None
    closed_at: datetime | None
    expired: bool = False
    held: Sequence[tuple[datetime, datetime]] = ()


def response(steps: Iterable[Asked], hours: WorkingHours, span: Span) -> Tally:
    """K1: working hours from asking to the answer. What expired in silence counts: leaving it out would reward it."""
    return Tally.measured(_taken(step, hours) for step in steps if span.has(step.closed_at))


def expired(steps: Iterable[Asked], span: Span) -> Tally:
    """Of the steps that K1 counts, those nobody answered."""
    closed = [step for step in steps if span.has(step.closed_at)]
    return Tally.share(sum(step.expired for step in closed), len(closed))


def decided_on_time(steps: Iterable[Asked], span: Span) -> Tally:
    """K2: of the steps due in these days, those that a decision closed by then."""
    due = [step for step in steps if span.has(step.due_at)]
    return Tally.share(sum(_in_time(step) for step in due), len(due))


def working_hours(first: datetime, last: datetime, hours: WorkingHours) -> Fraction:
    return Fraction(hours.between(first, last) // timedelta.resolution, HOUR // timedelta.resolution)


def _in_time(step: Asked) -> bool:
    decided_at = None if step.expired else step.closed_at
    return decided_at is not None and step.due_at is not None and decided_at <= step.due_at


def _taken(step: Asked, hours: WorkingHours) -> Fraction:
    assert step.closed_at is not None
    taken = working_hours(step.opened_at, step.closed_at, hours)
    counted_to = step.opened_at  # spans that overlap hold once
    for since, until in sorted(step.held):
        begins, ends = max(since, counted_to), min(until, step.closed_at)
        taken -= working_hours(begins, ends, hours)
        counted_to = max(counted_to, ends)
    return taken
