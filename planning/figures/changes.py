"""Changes inside a freeze (K4) and the cycle of a change (K6)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from planning.figures.response import working_hours
from planning.figures.tally import Span, Tally
from planning.plan.hours import WorkingHours


class End(StrEnum):
    """How a submitted change ended."""

    APPLIED = "applied"
    REJECTED = "rejected"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Ended:
    """A submitted change that ended. `breached`: a line of it lay in a frozen zone at submission or application.

    `observed`: seen in another system after the fact, so that nobody here could have asked first.
    """

    submitted_at: datetime
    ended_at: datetime
    end: End
    breached: bool = False
    emergency: bool = False
    observed: bool = False

    @property
    def applied(self) -> bool:
        return self.end is End.APPLIED


def inside_freeze(changes: Iterable[Ended], span: Span) -> Tally:
    """K4: of the applied changes, those with a breach; observed ones are counted apart."""
    return _breaches(changes, span, lambda change: not change.observed)


def emergencies_inside_freeze(changes: Iterable[Ended], span: Span) -> Tally:
    """Of the emergencies that K4 counts, those with a breach."""
    return _breaches(changes, span, lambda change: change.emergency and not change.observed)


def observed_inside_freeze(changes: Iterable[Ended], span: Span) -> Tally:
    return _breaches(changes, span, lambda change: change.observed)


def cycle(changes: Iterable[Ended], hours: WorkingHours, span: Span, *, emergency: bool = False) -> Tally:
    """K6: working hours from submission to effect, of emergencies or of all others."""
    return Tally.measured(
        working_hours(change.submitted_at, change.ended_at, hours)
        for change in changes
        if change.applied and not change.observed and change.emergency is emergency and span.has(change.ended_at)
    )


def ended_as(changes: Iterable[Ended], end: End, span: Span) -> Tally:
    """Of the changes that ended, those that ended like this."""
    ended = [change for change in changes if not change.observed and span.has(change.ended_at)]
    return Tally.share(sum(change.end is end for change in ended), len(ended))


def _breaches(changes: Iterable[Ended], span: Span, among: Callable[[Ended], bool]) -> Tally:
    applied = [change for change in changes if change.applied and among(change) and span.has(change.ended_at)]
    return Tally.share(sum(change.breached for change in applied), len(applied))
