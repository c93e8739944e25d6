"""What an address asks for, and the items it comes to."""

from collections.abc import Container, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, timedelta
from typing import Any

from handlers.reads.plan.gantt import EIGHT_WEEKS
from handlers.reads.plan.late_items import days_late, lateness_facts
from handlers.turn import Turn
from planning.exceptions.finding import Severity
from planning.plan.item import Item, Status
from planning.plan.plan import Plan
from planning.plan.selection import ALL, OPEN, Selection

LONGEST = 60
"""Characters of a word in an address."""
STATUSES = (OPEN, ALL, *(status.value for status in Status))
FILTERS = tuple(field.name for field in fields(Selection) if field.name not in ("first", "last"))
FLAGS = ("late", "risk")
MOST_CHOICES = 300
"""Owners and products that can be chosen; any other can be written in the address."""
DAYS = (14, EIGHT_WEEKS, 182, 365)
MOST_DAYS = 731
"""Days that are drawn at most; a longer span is cut to them, and says so."""


def found_by(turn: Turn, selection: Selection) -> Sequence[Item]:
    """The items of the plan as it stands, kept for whoever scrolls on in them: a plan's own, by reference."""

    def work() -> Sequence[Item]:
        then = turn.uow.plans.items_at(selection.since) if selection.since else None
        late = days_late(turn) if selection.late else ()
        return selection.of(turn.plan(), turn.today, late, codes_at_risk(turn), then)

    return turn.once("found", facts_of(turn, selection), work)


def facts_of(turn: Turn, selection: Selection) -> tuple[Hashable, ...]:
    """What a selection hangs on beside the plan."""
    at_risk = codes_at_risk(turn) if selection.risk else ()
    return selection, at_risk, lateness_facts(turn) if selection.late else ()


def codes_at_risk(turn: Turn) -> frozenset[str]:
    """Items of which something is open among the exceptions, and what it comes from."""
    rows = [one for one in turn.uow.exceptions.open_ones() if one.severity > Severity.INFO]
    return frozenset(code for one in rows for code in (one.key.item, one.place) if code)


@dataclass(frozen=True, slots=True)
class Asked:
    """An address, understood. `unknown`: what in it was left out."""

    selection: Selection
    unknown: list[str]
    query: Mapping[str, str]
    """What was understood, for the addresses of the next steps."""


def asked(turn: Turn, query: Mapping[str, str], also: Sequence[str] = ()) -> Asked:
    """`also`: other words that this page knows in its address."""
    known: dict[str, Any] = {}
    unknown = strange(query, (*FILTERS, *also))
    for name, value in query.items():
        value = value.strip()[:LONGEST]
        if name not in FILTERS or not value:
            continue
        if not _fits(turn, name, value):
            unknown.append(f"{name}={value}")
        else:
            known[name] = value == "1" if name in FLAGS else int(value) if name == "since" else value
    kept = {name: "1" if value is True else str(value) for name, value in known.items() if value is not False}
    return Asked(Selection(**known), unknown, kept)


def strange(query: Iterable[str], known: Container[str]) -> list[str]:
    """The names in an address that its page knows nothing of."""
    return [name[:LONGEST] for name in query if name != "plan" and name not in known]


def number_in(name: str, value: str, otherwise: int, unknown: list[str]) -> int:
    """A number in an address; what is none is told as left out."""
    if value.isascii() and value.isdecimal() and len(value) < 8:
        return int(value)
    if value:
        unknown.append(f"{name}={value[:LONGEST]}")
    return otherwise


def one_of(name: str, value: str, known: Container[str], unknown: list[str]) -> str:
    """A word of an address where it is one of those that are known; else empty, and it is told as left out."""
    if value and value not in known:
        unknown.append(f"{name}={value[:LONGEST]}")
        return ""
    return value


@dataclass(frozen=True, slots=True)
class Span:
    """The days that are drawn."""

    first: date
    days: int
    cut: bool
    """More were asked for."""
    unknown: list[str]
    """What in the address was not understood."""

    @property
    def last(self) -> date:
        return self.first + timedelta(days=self.days - 1)


def span_of(turn: Turn, query: Mapping[str, str]) -> Span:
    """The days that an address asks for, else eight weeks from this Monday on."""
    first = monday = turn.today - timedelta(days=turn.today.weekday())
    unknown: list[str] = []
    if text := query.get("from", ""):
        try:
            first = date.fromisoformat(text)
            if not date(1990, 1, 1) <= first <= date(2200, 1, 1):
                raise ValueError
        except ValueError:
            first = monday
            unknown.append(f"from={text[:LONGEST]}")
    days = number_in("days", query.get("days", ""), EIGHT_WEEKS, unknown)
    if days < 1:
        unknown.append(f"days={days}")
        days = EIGHT_WEEKS
    return Span(first, min(days, MOST_DAYS), days > MOST_DAYS, unknown)


def _fits(turn: Turn, name: str, value: str) -> bool:
    match name:
        case "department":
            return value in turn.organisation.departments
        case "status":
            return value in STATUSES
        case "late" | "risk":
            return value in ("0", "1")
        case "since":
            return value.isascii() and value.isdecimal() and _is_kept(turn, int(value[:9]))
    return True


def _is_kept(turn: Turn, revision: int) -> bool:
    """Whether the plan can be compared with this revision."""
    return turn.uow.plans.oldest() <= revision <= turn.uow.plans.head()


def choices(turn: Turn) -> Mapping[str, list[tuple[str, str]]]:
    """What can be chosen of each filter: its value, and its name."""
    return turn.once("choices", [], lambda: _choices(turn, turn.plan()))


def _choices(turn: Turn, plan: Plan) -> dict[str, list[tuple[str, str]]]:
    words = turn.words
    types = sorted({item.type for item in plan.items.values() if item.type})
    owners = sorted({item.owner for item in plan.items.values() if item.owner})
    products = sorted({item.product for item in plan.items.values() if item.product})
    return {
        "department": departments(turn),
        "type": [(type, type_name(turn, type)) for type in types[:LONGEST]],
        "owner": [(owner, turn.organisation.name_of(owner)) for owner in owners[:MOST_CHOICES]],
        "product": [(product, product) for product in products[:MOST_CHOICES]],
        "status": [
            (status, words(f"web.status.{status}" if status in (OPEN, ALL) else f"value.status.{status}"))
            for status in STATUSES
        ],
    }


def departments(turn: Turn) -> list[tuple[str, str]]:
    return [(id, one.name) for id, one in turn.organisation.departments.items()]


def type_name(turn: Turn, type: str) -> str:
    key = f"value.type.{type}"
    return turn.words(key) if turn.words.knows(key) else type
