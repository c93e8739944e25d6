"""规则 试算 of an event: what people report, or what would come about by itself, as if it had happened."""

import re
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from handlers.language.commands.reporting import (
    ARRIVE,
    BEGIN,
    COMPLETE,
    HOLD,
    STOP,
    WORK,
    ReportArrival,
    ReportFinish,
    ReportHold,
    ReportStart,
    ReportStop,
    ReportWork,
)
from handlers.language.commands.told import read_told
from handlers.language.values.dates import read_date
from handlers.language.values.objects import split_object, whole_object
from handlers.language.values.periods import read_duration
from handlers.language.vocabulary import Command, Say, Typed, spaced, this_or
from planning.control.rules import Event
from planning.plan.link import LagKind

Reporting = ReportWork | ReportArrival | ReportStart | ReportFinish | ReportStop | ReportHold


@dataclass(frozen=True, slots=True)
class ComesAbout(Command):
    """What nobody reports: MATERIAL_DELAY, OVERDUE or SHORTAGE of an item, by working `days` or until a day; neither:
    by one day, or as the forecast says."""

    event: Event
    item: str
    days: int | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class TryEvent(Command):
    """Ask which rules would act, had this happened; nothing is done."""

    inner: Reporting | ComesAbout


_NAMES = {
    Event.MATERIAL_DELAY: ("到货延迟", "late arrival"),
    Event.OVERDUE: ("逾期", "overdue"),
    Event.SHORTAGE: ("缺料", "shortage"),
}
_BY_ITSELF = re.compile(
    r"(?:(?P<material_delay>到货(?:延迟|延期|推迟|晚了?)|(?:物料|来料)(?:延迟|延期|晚到)|late arrival(?=\s|$))"
    r"|(?P<overdue>(?:已经?)?逾期|overdue(?=\s|$))|(?P<shortage>缺料|shortage(?=\s|$)))\s*(?P<rest>.*)",
    re.IGNORECASE,
)
"""Without 延期 alone, which moves an item."""
_REPORTED = {phrase.english: phrase for phrase in (WORK, ARRIVE, BEGIN, COMPLETE, STOP, HOLD)}
_LATER = re.compile(r"(?:推迟|延后|延期|延迟|晚了?|迟|by\b|\+)\s*", re.IGNORECASE)


def event_in(typed: Typed) -> TryEvent | None:
    """The event that the words tell; None where they begin with none. Raises `report-unclear`, and what dates and
    numbers raise."""
    if said := _BY_ITSELF.fullmatch(typed.rest):
        event = next(event for event in _NAMES if said[event.value])
        own = replace(typed, name=f"{typed.name} {typed.rest[: said.start('rest')].strip()}", rest=said["rest"])
        return TryEvent(_comes_about(own, event))
    verb = typed.vocabulary.verb_of(typed.rest, everyday=True)
    if verb is None or verb[0].english not in _REPORTED:
        return None
    phrase, name, end = verb
    read = phrase.read(replace(typed, phrase=phrase, name=f"{typed.name} {name}", rest=typed.rest[end:].strip()))
    assert isinstance(read, Reporting)
    return TryEvent(read)


def _comes_about(typed: Typed, event: Event) -> ComesAbout:
    words, arguments, how_late = split_object(typed, partial(_how_late, today=typed.today))
    item = whole_object(words)
    if not item or " " in item or (arguments and how_late is None):
        raise typed.refused("report-unclear", example="PO-3301 5d" if typed.is_english else "PO-3301 5天")
    if isinstance(how_late, date):
        return ComesAbout(event, item, until=how_late)
    return ComesAbout(event, item, how_late if isinstance(how_late, int) else None)


def _how_late(text: str, today: date) -> int | date | None:
    """`5天`, `推迟5天`, `到 12-09`, `预计 12-09`."""
    later = _LATER.match(text)
    length = read_duration(text[later.end() :] if later else text)
    if length is not None:
        return length.days if length.days > 0 and not length.relative and length.unit is LagKind.WORKING else None
    told = read_told(text, today)
    return told.expected if told and told.has_only("expected") else read_date(text, today)


def spell_event(tried: TryEvent, say: Say) -> str:
    if isinstance(tried.inner, ComesAbout):
        one = tried.inner
        days = say(f"{one.days}天", f"{one.days}d") if one.days else ""
        until = f"{say('预计', 'expected')} {one.until}" if one.until else ""
        return spaced(say(*_NAMES[one.event]), this_or(one.item, say), days, until)
    phrase = next(phrase for phrase in _REPORTED.values() if type(tried.inner) in phrase.spells)
    return spaced(say(phrase.zh, phrase.english), phrase.spells[type(tried.inner)](tried.inner, say))
