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
from planning.facts.report import BOOKS_NOTHING, Report, ReportKind, place
from planning.plan.calendar import WorkCalendar

_FOUND: Mapping[Code, Event] = {Code.OVERDUE: Event.OVERDUE, Code.SHORT: Event.SHORTAGE}
"""Events of time and stock: what is found wrong."""
_SAID: Mapping[ReportKind, Event] = {
    ReportKind.ARRIVAL: Event.MATERIAL_ARRIVAL,
    ReportKind.STOP: Event.MACHINE_DOWN,
    ReportKind.HOLD: Event.QUALITY_HOLD,
}

SAID = frozenset((Event.FACT, *_SAID.values()))
"""Events that are a word of somebody: the next one is another event."""


@dataclass(frozen=True, slots=True)
class Told:
    """What tables tell of an item that nobody has reported: the instant of a count that found goods more than were
    expected, or the revision of an import that moved it later, by so many working days."""

    count: str = ""
    revision: int = 0
    later: int = 0


@dataclass(frozen=True, slots=True)
class Happening:
    """An item as it is today; `wrong`: what is found wrong with it, `forecast` the day it will be finished."""

    progress: Progress
    wrong: Collection[Code]
    forecast: date
    calendar: WorkCalendar
    zone: Zone
    today: date
    place: Report | None = None
    """The last that was said of its department, which stands still; None: nothing that stands."""
    told: Told = Told()
    """By tables."""

    @property
    def said(self) -> Report | None:
        """The last that was said of it; where it runs, of its department too."""
        own = self.progress.words[-1] if self.progress.words else None
        if self.place and self.progress.begun and (own is None or place(own) < place(self.place)):
            return self.place
        return own

    @property
    def days(self) -> int:
        """Working days that it will be later than planned, or than an import found it to be."""
        return max(self.calendar.between(self.progress.item.finish, self.forecast), self.told.later)


def acting_on(rules: Collection[Rule], one: Happening) -> Iterator[Rule]:
    """The rules that act on what has happened."""
    events = frozenset(_events(one))
    meant = [rule for rule in rules if events and rule.event in (*events, Event.ANY)]
    if not meant:  # what conditions speak of costs the most
        return
    facts = Facts(events, _values(one))
    yield from (rule for rule in meant if look(rule, facts).fires)


def facts_of(one: Happening) -> Facts:
    return Facts(frozenset(_events(one)), _values(one))


def _events(one: Happening) -> Iterator[Event]:
    """An item that is over is looked at on the day of its last report."""
    said, lives = one.said, one.progress.lives
    if said and (lives or said.day == one.today):
        if said.item:
            yield Event.FACT
        if said.kind in _SAID and not (said.kind in BOOKS_NOTHING and said.expected and said.expected <= one.today):
            yield _SAID[said.kind]
    if lives and one.told.count:
        yield Event.MATERIAL_ARRIVAL
    if lives:
        yield from (event for code, event in _FOUND.items() if code in one.wrong)
        if one.progress.item.type in MATERIALS and one.days > 0:
            yield Event.MATERIAL_DELAY


def by_whom(event: Event, one: Happening) -> dict[str, str]:
    """Where it is known from: the report, the count or the import."""
    said = one.said
    if event is Event.MATERIAL_ARRIVAL and one.told.count:
        return {"count": one.told.count}
    if event is Event.MATERIAL_DELAY and one.told.later:
        return {"import": str(one.told.revision), "days": str(one.told.later)}
    if said is None:
        return {}
    return {"report": said.no} | ({} if said.item else {"place": said.department})


def word_of(facts: Mapping[str, str]) -> str:
    """The word that such facts come from: another one is another event; empty: it comes of time."""
    said = facts.get("report", "") if facts["event"] in SAID else ""
    return facts.get("count") or facts.get("import") or said


def _values(one: Happening) -> dict[str, Any]:
    said = one.said
    reported = {"kind": said.kind.value, "scrap_rate": float(one.progress.scrap_rate)} if said else {}
    item = item_values(one.progress.item, one.zone, one.calendar, one.today)
    return {"item": item, "days": one.days, "today": {"weekday": one.today.isoweekday()}, **reported}
