"""Somebody with a shell at the database, past the program: takes the guards off, works, and puts them back."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace

from sqlalchemy import Connection, delete, insert, inspect, text, update

from planning.trail.audit import AuditEvent
from planning.trail.chain import End
from storage.connection.engine import open_engine
from storage.tables.trail import audit_events, audit_heads

GUARDED = ("audit_events", "audit_anchors", "reports", "settings_versions")


def tampered(url: str, *statements: str) -> None:
    with _at_work(url) as connection:
        for statement in statements:
            connection.execute(text(statement))


def rewritten(url: str, events: Iterable[AuditEvent]) -> None:
    """The whole trail is these events from now on, each chained to the one before; its head fits."""
    end = End()
    with _at_work(url) as connection:
        connection.execute(delete(audit_events))
        for event in events:
            chained = replace(event, number=end.number + 1, prev_hash=end.hash)
            row = asdict(replace(chained, hash=chained.seal()))
            connection.execute(insert(audit_events).values(plan_id=row.pop("plan"), **row))
            end = End(row["number"], row["hash"])
        connection.execute(update(audit_heads).values(number=end.number, hash=end.hash))


def unguarded(url: str, *statements: str) -> None:
    """Leaves the guards as these statements make them."""
    engine = open_engine(url, writer=True)
    try:
        with engine.begin() as connection:
            for statement in statements:
                connection.execute(text(statement))
    finally:
        engine.dispose()


@contextmanager
def _at_work(url: str) -> Iterator[Connection]:
    engine = open_engine(url, writer=True)
    try:
        with engine.begin() as connection:
            off, on = _guards(connection)
            for statement in off:
                connection.exec_driver_sql(statement)
            yield connection
            for statement in on:
                connection.exec_driver_sql(statement)
    finally:
        engine.dispose()


def _guards(connection: Connection) -> tuple[list[str], list[str]]:
    if connection.dialect.name == "postgresql":
        ways, there = ("DISABLE", "ENABLE"), inspect(connection).get_table_names()
        guarded = [table for table in GUARDED if table in there]  # tables of a former version lack the newest
        off, on = ([f"ALTER TABLE {table} {way} TRIGGER USER" for table in guarded] for way in ways)
        return off, on
    found = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")).all()
    return [f"DROP TRIGGER {row.name}" for row in found], [row.sql for row in found]
