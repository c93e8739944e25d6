"""What an address asks for, and the list of items it comes to: kept for whoever scrolls on in it."""

import threading
from collections import OrderedDict
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, timedelta
from typing import Any

from handlers.turn import Turn
from planning.plan.item import Item, Status
from planning.plan.plan import Plan
from planning.plan.selection import ALL, OPEN, Selection

MOST_LISTS = 20
LONGEST = 60
"""Characters of a word in an address."""
STATUSES = (OPEN, ALL, *(status.value for status in Status))
FILTERS = tuple(field.name for field in fields(Selection) if field.name not in ("first", "last"))
DAYS = (14, 56, 182, 365)
MOST_DAYS = 731
"""Days that are drawn at most; a longer span is cut to them, and says so."""


class Lists:
    """The lists that were asked for last. An entry is a plan's own items, by reference."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[object, ...], Sequence[Item]] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, plan: Plan, selection: Selection, today: date) -> Sequence[Item]:
        key = (plan.id, plan.revision, today, selection)
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        found = selection.of(plan, today)
        with self._lock:
            self._kept[key] = found
            while len(self._kept) > MOST_LISTS:
                self._kept.popitem(last=False)
        return found


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
    unknown = []
    for name, value in query.items():
        value = value.strip()[:LONGEST]
        if name not in FILTERS:
            if name not in ("plan", *also):
                unknown.append(name[:LONGEST])
        elif not value:
            continue
        elif not _fits(turn, name, value):
            unknown.append(f"{name}={value}")
        else:
            known[name] = value == "1" if name == "late" else value
    kept = {name: "1" if value is True else str(value) for name, value in known.items() if value is not False}
    return Asked(Selection(**known), unknown, kept)


def one_of(name: str, value: str, known: Container[str], unknown: list[str]) -> str:
    """A word of an address where it is one of those that are known; else empty, and it is told as left out."""
    if value and value not in known:
        unknown.append(f"{name}={value[:LONGEST]}")
        return ""
    return value


def span_of(turn: Turn, query: Mapping[str, str]) -> tuple[date, int, list[str]]:
    """First day and number of days that are drawn, and what of it was not understood. Two weeks begin on a Monday."""
    monday = turn.today - timedelta(days=turn.today.weekday())
    first, days, unknown = monday, DAYS[1], []
    if text := query.get("from", ""):
        try:
            first = date.fromisoformat(text)
            if not date(1990, 1, 1) <= first <= date(2200, 1, 1):
                raise ValueError
        except ValueError:
            first = monday
            unknown.append(f"from={text[:LONGEST]}")
    if text := query.get("days", ""):
        if text.isascii() and text.isdecimal() and 1 <= int(text[:6]):
            days = min(int(text[:6]), MOST_DAYS)
        else:
            unknown.append(f"days={text[:LONGEST]}")
    return first, days, unknown


def _fits(turn: Turn, name: str, value: str) -> bool:
    match name:
        case "department":
            return value in turn.organisation.departments
        case "status":
            return value in STATUSES
        case "late":
            return value in ("0", "1")
    return True


def choices(turn: Turn, plan: Plan) -> dict[str, list[tuple[str, str]]]:
    """What can be chosen of each filter: its value, and its name."""
    words = turn.words
    types = sorted({item.type for item in plan.items.values() if item.type})
    return {
        "department": departments(turn),
        "type": [(type, type_name(turn, type)) for type in types[:LONGEST]],
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
