"""Whose tables a database has: this program's, an older one's, or a newer one's beside which this one may run.

A migration says by `compatible = True` that the program from before it goes on working on the tables it makes. What
follows from that stands in the database as a mark, because an older program does not know the migration.
"""

from enum import StrEnum
from functools import cache
from pathlib import Path

from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, delete, insert, inspect, select

from storage.tables.base import schema_marks

SCRIPTS = Path(__file__).parents[1] / "migrations"


class Tables(StrEnum):
    """Age of a database's tables, compared with the code's."""

    MISSING = "missing"
    OLDER = "older"
    CURRENT = "current"
    BESIDE = "beside"
    """A newer program's, marked as fit for this one."""
    NEWER = "newer"

    @property
    def are_usable(self) -> bool:
        return self in (Tables.CURRENT, Tables.BESIDE)


def standing(connection: Connection) -> Tables:
    """Age of the tables there."""
    at = MigrationContext.configure(connection).get_current_revision()
    if at is None:
        return Tables.MISSING
    if at == scripts_in(SCRIPTS).get_current_head():
        return Tables.CURRENT
    known = _known()
    if at in known:
        return Tables.OLDER
    return Tables.BESIDE if _oldest(connection, at) in known else Tables.NEWER


def mark(connection: Connection, scripts: Path) -> None:
    """Write down the oldest program that may run on the tables as they are now; migrations end with it. What a newer
    program wrote stays."""
    if not inspect(connection).has_table(schema_marks.name) or standing(connection) is Tables.BESIDE:
        return
    connection.execute(delete(schema_marks))
    at = MigrationContext.configure(connection).get_current_revision()
    if at is not None:
        connection.execute(insert(schema_marks).values(at=at, oldest=oldest_beside(scripts_in(scripts), at)))


def oldest_beside(scripts: ScriptDirectory, at: str) -> str:
    """The migration that the oldest program which may run on the tables of `at` ends with."""
    script = scripts.get_revision(at)
    while getattr(script.module, "compatible", False) and isinstance(script.down_revision, str):
        script = scripts.get_revision(script.down_revision)
    return script.revision


@cache
def scripts_in(place: Path) -> ScriptDirectory:
    return ScriptDirectory(str(place))


@cache
def _known() -> frozenset[str]:
    return frozenset(script.revision for script in scripts_in(SCRIPTS).walk_revisions())


def _oldest(connection: Connection, at: str) -> str | None:
    """The mark; None: there is none, or it was made for other tables than these."""
    if not inspect(connection).has_table(schema_marks.name):
        return None
    return connection.scalar(select(schema_marks.c.oldest).where(schema_marks.c.at == at))
