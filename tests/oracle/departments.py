"""Progress by department (5.1, 5.6): what should be done by now of a week's work, and what is."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from .company import NOTHING, Dates, Item
from .forecast import RATELESS, Outlook, Progress

ONE, A_DAY, OFFICE_ENDS = Fraction(1), timedelta(1), 18
SILENT_FROM = 2


@dataclass(slots=True)
class Department:
    weight: int = 0
    planned: Fraction = NOTHING
    actual: Fraction = NOTHING
    rows: int = 0
    silent: int = 0
    reached: int = 0
    milestones: int = 0

    def told(self) -> tuple[Fraction | None, Fraction | None, Fraction | None, int, int, int]:
        """Planned, actual, their quotient, silent items, milestones reached and all; None: nothing to tell."""
        planned = self.planned / self.weight if self.weight else None
        actual = self.actual / self.weight if self.weight else None
        quotient = actual / planned if planned and actual is not None else None
        return planned, actual, quotient, self.silent, self.reached, self.milestones


def departments(outlook: Outlook, span: Dates | None = None) -> dict[str, Department]:
    """Of Monday to Sunday around the instant, unless another span is asked for."""
    monday = outlook.today - outlook.today.weekday() * A_DAY
    span = span or Dates(monday, monday + 6 * A_DAY)
    over = outlook.today if outlook.now.hour >= OFFICE_ENDS else outlook.today - A_DAY
    frozen, held = weekly(outlook), holds(outlook)
    found = defaultdict[str, Department](Department)
    for code, item in outlook.company.items.items():
        now, dates = outlook.progress[code], frozen.get(code, Dates(item.start, item.finish))
        inside = dates.start <= span.finish and dates.finish >= span.start
        if now.status == "cancelled" or not (inside or (dates.finish < span.start and now.lives)):
            continue
        row = found[item.department]
        row.rows += 1
        if item.milestone:
            row.milestones += 1
            row.reached += now.over
            continue
        until = over
        if now.status == "on_hold" and code in held:
            until = min(until, held[code] - A_DAY)
        if is_silent(item, now, outlook.today):
            row.silent += 1
            until = min(until, last_word(now))
        row.weight += item.duration_days
        row.planned += item.duration_days * planned_part(item, dates, until)
        row.actual += item.duration_days * min(now.part, ONE)
    return dict(found)


def planned_part(item: Item, dates: Dates, until: date) -> Fraction:
    eve = dates.start - A_DAY
    whole = item.calendar.between(eve, dates.finish)
    if item.type in RATELESS or not whole:
        return ONE if dates.finish <= until else NOTHING
    gone = item.calendar.between(eve, min(until, dates.finish))
    return Fraction(max(gone, 0), whole)


def last_word(now: Progress) -> date:
    last: date = max((word.day for word in now.words), default=now.dates.start)
    return last


def is_silent(item: Item, now: Progress, today: date) -> bool:
    """Runs, and two full working days lie between its last word and today."""
    runs = now.begun and now.status == "in_progress" and item.type not in RATELESS
    return runs and item.calendar.between(last_word(now), today - A_DAY) >= SILENT_FROM


def weekly(outlook: Outlook) -> dict[str, Dates]:
    """The dates in the newest weekly baseline."""
    rows = [row for row in outlook.company.rows("weekly") if row.at <= outlook.now]
    newest = max((row.at for row in rows), default=None)
    return {row.item: Dates(row.start, row.finish) for row in rows if row.at == newest}


def holds(outlook: Outlook) -> dict[str, date]:
    return {row.item: row.day for row in outlook.company.rows("holds")}
