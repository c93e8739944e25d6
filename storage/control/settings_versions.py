"""Versions of the settings' sections: rows are added, and never changed or taken away."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, insert, inspect, select

from planning.control.settings_version import SettingsVersion, in_force
from planning.trail.chain import End
from storage.repository import Repository
from storage.tables.control import settings_versions

MAKING = 0x73657474
"""The first number of PostgreSQL's advisory lock for new versions; the second is the plan that keeps them."""


class SettingsVersions(Repository):
    """Of a deployment: one of its plans keeps them for all, `bot.settings.kept.home_of`."""

    @property
    def home(self) -> str:
        return self._plan_id

    def are_there(self) -> bool:
        """Whether the database has the table at all: a command may look before the migration."""
        return inspect(self._connection).has_table(settings_versions.name)

    def lock(self) -> None:
        """Make this transaction the only one that makes versions until it ends; after the plan's lock."""
        if self._connection.dialect.name == "postgresql":
            home = func.hashtext(self._plan_id)
            self._connection.execute(select(func.pg_advisory_xact_lock(MAKING, home)))

    def last(self) -> int:
        """The number of the newest version; 0 without one."""
        return self.end().number

    def end(self) -> End:
        """The newest version's number and hash."""
        table = settings_versions
        newest = select(table.c.number, table.c.hash).where(self._of_plan(table))
        row = self._connection.execute(newest.order_by(table.c.number.desc()).limit(1)).one_or_none()
        return End(row.number, row.hash) if row else End()

    def all(self) -> Iterator[SettingsVersion]:
        """Oldest first."""
        query = select(settings_versions).where(self._of_plan(settings_versions))
        rows = self._connection.execute(query.order_by(settings_versions.c.number))
        return map(_version, rows)

    def of_section(self, section: str) -> list[SettingsVersion]:
        """Oldest first."""
        return [_version(row) for row in self._rows(settings_versions, "number", section=section)]

    def get(self, number: int) -> SettingsVersion | None:
        row = self._row(settings_versions, number=number)
        return _version(row) if row else None

    def of_file(self) -> Mapping[str, SettingsVersion]:
        """The newest of each section that came from a file."""
        table = settings_versions
        came = self._of_plan(table) & (table.c.file_hash != "")
        newest = select(func.max(table.c.number)).where(came).group_by(table.c.section)
        query = select(table).where(self._of_plan(table), table.c.number.in_(newest)).order_by(table.c.number)
        return {row.section: _version(row) for row in self._connection.execute(query)}

    def current(self, now: datetime) -> Mapping[str, SettingsVersion]:
        """What is in force of each section."""
        return in_force(self.standing(now), now)

    def standing(self, now: datetime) -> list[SettingsVersion]:
        """The newest of each section that has taken effect, and those that will, without the long history before."""
        table = settings_versions
        effective = (table.c.effective_from <= now) | (table.c.effective_from == table.c.at)
        newest = select(func.max(table.c.number)).where(self._of_plan(table), effective).group_by(table.c.section)
        query = select(table).where(self._of_plan(table), table.c.number.in_(newest) | ~effective)
        return [_version(row) for row in self._connection.execute(query.order_by(table.c.number))]

    def add(self, version: SettingsVersion) -> SettingsVersion:
        """The version with its numbers and its hash; the table is locked."""
        of_section = self._of_plan(settings_versions, section=version.section)
        before = self._connection.scalar(select(func.max(settings_versions.c.version)).where(of_section)) or 0
        counted = SettingsVersion(**{**_values(version), "version": before + 1})
        made = counted.after(self.end(), self._plan_id)
        self._connection.execute(insert(settings_versions).values(plan_id=self._plan_id, **_values(made)))
        return made


_NAMES = tuple(column.name for column in settings_versions.columns if column.name != "plan_id")


def _values(version: SettingsVersion) -> dict[str, Any]:
    return {name: getattr(version, name) for name in _NAMES}


def _version(row: Row[Any]) -> SettingsVersion:
    return SettingsVersion(**{name: row._mapping[name] for name in _NAMES})
