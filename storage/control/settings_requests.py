"""Changes of the settings that wait for somebody's word, and what became of them."""

from typing import Any

from sqlalchemy import Row, func, insert, select

from planning.control.settings_request import SettingsRequest, Standing, Wish
from storage.repository import Repository
from storage.tables.control import settings_requests


class SettingsRequests(Repository):
    def add(self, request: SettingsRequest) -> SettingsRequest:
        """The request with its number; the plan is locked."""
        newest = select(func.max(settings_requests.c.number)).where(self._of_plan(settings_requests))
        number = (self._connection.scalar(newest) or 0) + 1
        values = _values(request) | {"number": number}
        self._connection.execute(insert(settings_requests).values(plan_id=self._plan_id, **values))
        return SettingsRequest(**values)

    def get(self, number: int) -> SettingsRequest | None:
        row = self._row(settings_requests, number=number)
        return _request(row) if row else None

    def keep(self, request: SettingsRequest) -> None:
        """What became of it."""
        self._alter(settings_requests, {"number": request.number}, **_values(request))

    def open_ones(self) -> list[SettingsRequest]:
        """Those that wait for somebody's word, oldest first."""
        return [_request(row) for row in self._rows(settings_requests, "number", standing=Standing.OPEN.value)]

    def agreed_of_late(self, limit: int) -> list[SettingsRequest]:
        """The newest drafts that were agreed to, the newest first."""
        drafts = self._of_plan(settings_requests, wish=Wish.DRAFT.value, standing=Standing.DONE.value)
        query = select(settings_requests).where(drafts).order_by(settings_requests.c.number.desc()).limit(limit)
        return [_request(row) for row in self._connection.execute(query)]

    def newest_by(self, wish: Wish, asked_by: str) -> SettingsRequest | None:
        """The newest of a kind that somebody has asked for."""
        of_theirs = self._of_plan(settings_requests, wish=wish.value, asked_by=asked_by)
        query = select(settings_requests).where(of_theirs).order_by(settings_requests.c.number.desc()).limit(1)
        row = self._connection.execute(query).one_or_none()
        return _request(row) if row else None


_NAMES = tuple(column.name for column in settings_requests.columns if column.name != "plan_id")


def _values(request: SettingsRequest) -> dict[str, Any]:
    values = {name: getattr(request, name) for name in _NAMES}
    return values | {"facts": dict(request.facts)}


def _request(row: Row[Any]) -> SettingsRequest:
    values = {name: row._mapping[name] for name in _NAMES}
    return SettingsRequest(**{**values, "wish": Wish(row.wish), "standing": Standing(row.standing)})
