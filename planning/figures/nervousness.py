"""Nervousness (K7): how much the near plan is moved to and fro. Facts are not counted: reality is not nervousness."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from planning.figures.tally import Span, Tally
from planning.plan.calendar import WorkCalendar

HORIZON = 10
"""Working days from the application within which a start is near."""


@dataclass(frozen=True, slots=True)
class Moved:
    """A line of an applied change: an item's start and quantity before and after it. `on`: the local day."""

    item: str
    on: date
    start: date
    to: date
    quantity: Decimal | None = None
    quantity_to: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Nervousness:
    """Of a period. `gross` and `net`: working days of start moved, of the items near at its begin."""

    gross: Tally
    net: Tally

    @property
    def to_and_fro(self) -> Fraction | None:
        """The share of the moving that came to nothing (来回率); None where nothing moved."""
        if not self.gross.numerator:
            return None
        return max(Fraction(0), 1 - self.net.numerator / self.gross.numerator)


def is_near(start: date, day: date, calendar: WorkCalendar) -> bool:
    """Whether work that starts then starts within the horizon of the day."""
    return day <= start and calendar.between(day, start) <= HORIZON


def moved_days(lines: Iterable[Moved], near: int, calendar: WorkCalendar, span: Span) -> Tally:
    """Gross, in working days of start. `near`: items that start within the horizon of the span's first day."""
    days = sum(abs(calendar.between(line.start, line.to)) for line in _near(lines, calendar, span))
    return Tally(Fraction(days), Fraction(near), near)


def moved_quantity(lines: Iterable[Moved], near: Decimal, calendar: WorkCalendar, span: Span) -> Tally:
    """Gross, in quantity, of `near`: the quantity of the items near on the first day. n: the lines that changed one."""
    found = [
        abs(line.quantity_to - line.quantity)
        for line in _near(lines, calendar, span)
        if line.quantity is not None and line.quantity_to is not None and line.quantity != line.quantity_to
    ]
    return Tally(Fraction(sum(found, Decimal(0))), Fraction(near), len(found))


def net_days(first: Mapping[str, date], last: Mapping[str, date], near: int, calendar: WorkCalendar) -> Tally:
    """Net, in working days of start: by the period's first and last revision, never by days."""
    days = sum(abs(calendar.between(start, last[code])) for code, start in first.items() if code in last)
    return Tally(Fraction(days), Fraction(near), near)


def nervousness(lines: Iterable[Moved], near: int, calendar: WorkCalendar, span: Span) -> Nervousness:
    """Of lines that are all there were of their items in the period: its first and last starts are theirs."""
    lines = sorted(_near(lines, calendar, span), key=lambda line: line.on)
    of_item = defaultdict(list)
    for line in lines:
        of_item[line.item].append(line)
    first = {code: mine[0].start for code, mine in of_item.items()}
    last = {code: mine[-1].to for code, mine in of_item.items()}
    return Nervousness(moved_days(lines, near, calendar, span), net_days(first, last, near, calendar))


def of_period(days: Iterable[Tally], first_day: Tally) -> Tally:
    """Gross of a period: the numerators of its days of the first day's items, which a sum would count daily."""
    return Tally(sum((day.numerator for day in days), Fraction(0)), first_day.denominator, first_day.n)


def _near(lines: Iterable[Moved], calendar: WorkCalendar, span: Span) -> list[Moved]:
    return [line for line in lines if span.has_day(line.on) and is_near(line.start, line.on, calendar)]
