"""Events that happen by themselves, and the rules that act on them: what is so of an item, with what was said of it."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from planning.control.fences import Zone
from planning.control.rules import Event, Facts, Rule, look
from planning.control.triggers import MATERIALS, item_values
from planning.exceptions.finding import Code
from planning.facts.progress import Progress
from planning.facts.report import BOOKS_NOTHING, ReportKind
from planning.plan.calendar import WorkCalendar

_FOUND: Mapping[Code, Event] = {Code.OVERDUE: Event.OVERDUE, Code.SHORT: Event.SHORTAGE}
"""Events of time and stock: what is found wrong."""
_SAID: Mapping[ReportKind, Event] = {
    ReportKind.ARRIVAL: Event.MATERIAL_ARRIVAL,
    ReportKind.STOP: Event.MACHINE_DOWN,
    ReportKind.HOLD: Event.QUALITY_HOLD,
}


@dataclass(frozen=True, slots=True)
class Happening:
    """An item as it is today; `wrong`: what is found wrong with it, `forecast` the day it will be finished."""

    progress: Progress
    wrong: Collection[Code]
    forecast: date
    calendar: WorkCalendar
    zone: Zone
    today: date

    @property
    def days(self) -> int:
        """Working days that it will be later than planned."""
        return self.calendar.between(self.progress.item.finish, self.forecast)


def acting_on(rules: Collection[Rule], one: Happening) -> Iterator[Rule]:
    """The rules that act on what has happened."""
    facts = facts_of(one)
    for rule in rules if facts.events else ():
        if look(rule, facts).fires:
            yield rule


def facts_of(one: Happening) -> Facts:
    return Facts(frozenset(_events(one)), _values(one))


def _events(one: Happening) -> Iterator[Event]:
    """An item that is over is looked at on the day of its last report."""
    said = one.progress.words[-1] if one.progress.words else None
    lives = one.progress.lives
    if said and (lives or said.day == one.today):
        yield Event.FACT
        if said.kind in _SAID and not (said.kind in BOOKS_NOTHING and said.expected and said.expected <= one.today):
            yield _SAID[said.kind]
    if lives:
        yield from (event for code, event in _FOUND.items() if code in one.wrong)
        if one.progress.item.type in MATERIALS and one.days > 0:
            yield Event.MATERIAL_DELAY


def _values(one: Happening) -> dict[str, Any]:
    words = one.progress.words
    reported = {"kind": words[-1].kind.value, "scrap_rate": float(one.progress.scrap_rate)} if words else {}
    item = item_values(one.progress.item, one.zone, one.calendar, one.today)
    return {"item": item, "days": one.days, "today": {"weekday": one.today.isoweekday()}, **reported}
