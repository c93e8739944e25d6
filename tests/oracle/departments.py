"""Progress by department (5.1, 5.6): what should be done by now of a week's work, and what is."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from .progress import RATELESS, Facts, Progress
from .read import NOTHING, Dates, Item

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


def departments(facts: Facts, span: Dates | None = None) -> dict[str, Department]:
    """Of Monday to Sunday around the instant, unless another span is asked for."""
    monday = facts.today - facts.today.weekday() * A_DAY
    span = span or Dates(monday, monday + 6 * A_DAY)
    over = facts.today if facts.now.hour >= OFFICE_ENDS else facts.today - A_DAY
    frozen, held = weekly(facts), holds(facts)
    found = defaultdict[str, Department](Department)
    for code, item in facts.company.items.items():
        now, dates = facts.of[code], frozen.get(code, Dates(item.start, item.finish))
        inside = dates.start <= span.finish and dates.finish >= span.start
        if now.status == "cancelled" or not (inside or (dates.finish < span.start and now.lives)):
            continue
        row = found[item.row.get("department", "")]
        row.rows += 1
        if item.milestone:
            row.milestones += 1
            row.reached += now.over
            continue
        until = over
        if now.status == "on_hold" and code in held:
            until = min(until, held[code] - A_DAY)
        if is_silent(item, now, facts.today):
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
    return max((word.day for word in now.words if word.day > date.min), default=now.dates.start)


def is_silent(item: Item, now: Progress, today: date) -> bool:
    """Runs, and two full working days lie between its last word and today."""
    runs = now.begun and now.status == "in_progress" and item.type not in RATELESS
    return runs and item.calendar.between(last_word(now), today - A_DAY) >= SILENT_FROM


def weekly(facts: Facts) -> dict[str, Dates]:
    """The dates in the newest weekly baseline."""
    company = facts.company
    rows = [row for row in company.weekly if company.instant(row["at"]) <= facts.now]
    newest = max((company.instant(row["at"]) for row in rows), default=None)
    return {row["item"]: Dates(date.fromisoformat(row["start"]), date.fromisoformat(row["finish"]))
            for row in rows if company.instant(row["at"]) == newest}


def holds(facts: Facts) -> dict[str, date]:
    return {row["item"]: date.fromisoformat(row["since"]) for row in facts.company.holds}
