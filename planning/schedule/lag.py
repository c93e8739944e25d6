"""The gap a link demands, in positions: the successor's start is at least `predecessor's start + gap`.

An item with start position p and duration d > 0 holds the working days p … p+d-1; a milestone is the moment before
working day p. So FS with lag 0 asks for p+d, whatever the ends are.

Within one calendar a gap is a plain number. A lag in calendar days, or ends and lags of different calendars, make it
depend on where the predecessor stands: then it is a `DatedGap`, which adds to and subtracts from a position like a
number does, so that the scheduling loops need not know the difference.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from planning.plan.calendar import ONE_DAY, WorkCalendar
from planning.plan.link import LagKind, Link, LinkKind

NEVER = -(10**9)
"""A position before every other: nothing holds."""
FOREVER = 10**9


def plain_gap(kind: LinkKind, lag: int, span: int, successor_span: int) -> int:
    """The gap when both ends and the lag count the same working days; spans are the ends' durations."""
    if kind is LinkKind.FS:  # Nearly all of them.
        return lag + span
    from_finish = kind is LinkKind.FF
    to_finish = kind in (LinkKind.FF, LinkKind.SF)
    return lag + (span if from_finish else 0) - (successor_span if to_finish else 0)


@dataclass(frozen=True, slots=True)
class DatedGap:
    """A gap that has to be counted through dates.

    A lag of working days ends with the evening of a day it counts, forwards and backwards: an every-day successor may
    start on the Saturday after a Friday. A calendar lag counts every day, from the day after a finish or from the
    morning of a start. An end that is held falls on or after the day the lag ends; a start that is held, on the next
    working day. Counted back in calendar days from a start, an end that falls on days off of the driven item is in the
    evening of its last working day before them: a smaller lag never means a later day.
    """

    kind: LinkKind
    lag: int
    lag_kind: LagKind
    predecessor: WorkCalendar
    successor: WorkCalendar
    counted_in: WorkCalendar
    span: int
    successor_span: int
    is_backward: bool = False
    """The predecessor is the driven end."""

    def __radd__(self, position: int) -> int:
        """The successor's earliest start position when the predecessor starts at `position`."""
        if abs(position) >= FOREVER // 2:  # Not placed, or not promised: nothing to count from.
            return position
        moment = self._after_lag(self._source(position))
        if self._counts_back and self._counts_first:
            return self.successor.position(moment) - self.successor_span
        if self._to_finish:
            return self.successor.position(moment - ONE_DAY) + 1 - self.successor_span
        return self.successor.position(moment)

    def __rsub__(self, position: int) -> int:
        """The predecessor's latest start position when the successor starts at `position`."""
        if abs(position) >= FOREVER // 2:
            return position
        latest = self.predecessor.position(self.successor.day(position)) - self.span - self.lag
        while latest + self > position:
            latest -= 1
        while latest + 1 + self <= position:
            latest += 1
        return latest

    @property
    def _to_finish(self) -> bool:
        return self.kind in (LinkKind.FF, LinkKind.SF) and self.successor_span > 0

    @property
    def _from_finish(self) -> bool:
        return self.kind in (LinkKind.FS, LinkKind.FF) and self.span > 0

    @property
    def _counts_back(self) -> bool:
        """Whether an end is counted back from a start, or meets it."""
        return self._to_finish and not self._from_finish and self.lag <= 0

    @property
    def _counts_first(self) -> bool:
        """Whether days are counted from the other end's own day before days off of the driven end are looked at."""
        return self.lag_kind is LagKind.CALENDAR and not self.is_backward

    def _source(self, position: int) -> date:
        """The morning the lag begins: after the last day for a finish, of the first day for a start."""
        if self._from_finish:
            return self.predecessor.day(position + self.span - 1) + ONE_DAY
        if self._counts_back and not self._counts_first:  # An end meets an end in the evening before.
            return self.predecessor.day(position - 1) + ONE_DAY
        return self.predecessor.day(position)

    def _after_lag(self, moment: date) -> date:
        if self.lag == 0:
            return moment
        if self.lag_kind is LagKind.CALENDAR:
            return moment + timedelta(self.lag)
        return self.counted_in.day(self.counted_in.position(moment) + self.lag - 1) + ONE_DAY


Gap = int | DatedGap


def gap_of(
    link: Link,
    lag: int,
    ends: tuple[WorkCalendar, WorkCalendar],
    spans: tuple[int, int],
    counted_in: WorkCalendar,
    is_backward: bool,
) -> Gap:
    """The gap this link keeps between its ends' starts, with `lag` in place of its own."""
    predecessor, successor = ends
    own = lag == 0 or (link.lag_kind is LagKind.WORKING and counted_in is successor)
    if predecessor is successor and own:
        return plain_gap(link.kind, lag, *spans)
    return DatedGap(link.kind, lag, link.lag_kind, predecessor, successor, counted_in, *spans, is_backward)
