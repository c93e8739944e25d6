"""Calendars as JSON, exact: what a plan's dates were counted in can be counted again, whatever list comes out later."""

from collections.abc import Mapping
from datetime import date
from hashlib import sha256
from json import dumps
from typing import Any

from planning.plan.calendar import BUILT_IN, WorkCalendar, calendar_named


def calendar_to_json(calendar: WorkCalendar) -> dict[str, Any]:
    exceptions = calendar.exceptions.items()
    return {
        "name": calendar.name,
        "week": "".join("1" if working else "0" for working in calendar.week),
        "closed": [day.isoformat() for day, working in exceptions if not working],
        "working": [day.isoformat() for day, working in exceptions if working],
        "known_until": calendar.known_until.isoformat() if calendar.known_until else None,
    }


def calendar_from_json(stored: Mapping[str, Any]) -> WorkCalendar:
    monday, tuesday, wednesday, thursday, friday, saturday, sunday = (day == "1" for day in stored["week"])
    exceptions = {date.fromisoformat(day): False for day in stored["closed"]}
    exceptions |= {date.fromisoformat(day): True for day in stored["working"]}
    known_until = date.fromisoformat(stored["known_until"]) if stored["known_until"] else None
    week = (monday, tuesday, wednesday, thursday, friday, saturday, sunday)
    return WorkCalendar(stored["name"], week, exceptions, known_until)


def calendars_to_json(calendars: Mapping[str, WorkCalendar]) -> dict[str, Any]:
    return {name: calendar_to_json(calendar) for name, calendar in calendars.items()}


def calendars_from_json(stored: Mapping[str, Any]) -> dict[str, WorkCalendar]:
    return {name: calendar_from_json(calendar) for name, calendar in stored.items()}


def hash_of(stored: Mapping[str, Any]) -> str:
    """The same for the same calendars; short: it only tells whether they are others."""
    return sha256(dumps(stored, sort_keys=True).encode()).hexdigest()[:16]


def reference_to(calendar: WorkCalendar) -> Any:
    """Reference to a calendar: the name of a built-in one, the whole of a company's own."""
    known = calendar.name in BUILT_IN and calendar == calendar_named(calendar.name)
    return calendar.name if known else calendar_to_json(calendar)


def referred_by(stored: Any) -> WorkCalendar:
    return calendar_named(stored) if isinstance(stored, str) else calendar_from_json(stored)
