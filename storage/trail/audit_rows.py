"""Rows of the audit trail as events, also where somebody has tampered with them: what cannot be read becomes a value
that nothing is ever recorded with, so that the event no longer fits its hash and is named."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, LargeBinary, Select, cast
from sqlalchemy.exc import DBAPIError

from planning.trail.audit import UNREADABLE, AuditEvent
from storage.tables.trail import audit_events

_TEXTS = ("plan_id", "actor", "kind", "subject", "prev_hash", "hash")


def events(connection: Connection, query: Select[Any]) -> list[AuditEvent]:
    """Events of a selection from `audit_events`."""
    try:
        return [_event(row._mapping) for row in connection.execute(query)]
    except (ValueError, TypeError, DBAPIError):
        if connection.dialect.name != "sqlite":  # its columns hold anything, those of PostgreSQL what they are for
            raise
    columns = [c if c.name == "number" else cast(c, LargeBinary).label(c.name) for c in audit_events.c]
    return [_event(_decoded(row._mapping)) for row in connection.execute(query.with_only_columns(*columns))]


def _event(row: Mapping[Any, Any]) -> AuditEvent:
    plan, actor, kind, subject, prev_hash, hash = (_text(row[name]) for name in _TEXTS)
    number = row["number"] if isinstance(row["number"], int) else 0
    return AuditEvent(plan, number, row["at"], actor, kind, subject, _facts(row["facts"]), prev_hash, hash)


def _text(value: object) -> str:
    return value if isinstance(value, str) else f"{UNREADABLE} {value!r}"


def _facts(value: object) -> dict[str, str]:
    """Facts of an event: a mapping of texts; anything else as one unreadable fact."""
    if isinstance(value, dict) and all(isinstance(one, str) for one in value.values()):
        return value
    return {UNREADABLE: str(value)}


def _decoded(row: Mapping[Any, Any]) -> dict[str, Any]:
    """A row that was read as bytes, with values of the kinds it should hold."""
    texts: dict[str, Any] = {name: _utf8(row[name]) for name in _TEXTS}
    return {**texts, "number": row["number"], "at": _instant(row["at"]), "facts": _json(row["facts"])}


def _utf8(found: bytes) -> str | bytes:
    try:
        return found.decode()
    except UnicodeDecodeError:
        return found


def _instant(found: bytes) -> datetime:
    try:
        return datetime.fromisoformat(found.decode()).replace(tzinfo=UTC)
    except ValueError:
        return datetime.min.replace(tzinfo=UTC)


def _json(found: bytes) -> object:
    try:
        return json.loads(found)
    except ValueError:
        return found
