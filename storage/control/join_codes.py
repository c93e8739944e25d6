"""Codes that join the accounts of one person: one of each person at a time."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, select

from planning.people.join_code import JoinCode
from storage.repository import Repository
from storage.tables.people import join_codes


class JoinCodes(Repository):
    """Of a deployment, as the settings' versions."""

    def show(self, code: JoinCode) -> None:
        """In the place of the one they had."""
        values = {name: getattr(code, name) for name in _NAMES}
        self._put(join_codes, {"plan_id": self._plan_id, **values})

    def are_open(self, now: datetime) -> bool:
        return self._open(now, 1) != []

    def of(self, digest: str, now: datetime) -> JoinCode | None:
        """The one of these digits, as long as it opens something."""
        return next((code for code in self._open(now) if code.digest == digest), None)

    def use(self, code: JoinCode, now: datetime) -> None:
        self._alter(join_codes, {"person": code.person}, used_at=now)

    def _open(self, now: datetime, most: int | None = None) -> list[JoinCode]:
        unused = self._of_plan(join_codes, used_at=None) & (join_codes.c.until > now)
        return [_code(row) for row in self._connection.execute(select(join_codes).where(unused).limit(most))]


_NAMES = tuple(column.name for column in join_codes.columns if column.name != "plan_id")


def _code(row: Row[Any]) -> JoinCode:
    return JoinCode(**{name: row._mapping[name] for name in _NAMES})
