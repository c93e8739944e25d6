"""Requests of other systems that must not be carried out twice."""

from datetime import datetime

from sqlalchemy import insert, select, update

from storage.repository import Repository
from storage.tables.delivery import requests


class Requests(Repository):
    def find(self, caller: str, key: str) -> tuple[str, str] | None:
        """The fingerprint of what this caller asked under this key, and the change request it became."""
        row = self._connection.execute(
            select(requests).where(self._of_plan(requests, caller=caller, idempotency_key=key))
        ).one_or_none()
        return (row.fingerprint, row.change_no) if row else None

    def add(self, caller: str, key: str, fingerprint: str, change_no: str, at: datetime) -> None:
        row = {"caller": caller, "idempotency_key": key, "fingerprint": fingerprint, "change_no": change_no, "at": at}
        self._connection.execute(insert(requests).values(plan_id=self._plan_id, **row))

    def became(self, caller: str, key: str, change_no: str) -> None:
        """What a request that was kept in parts has become at its end."""
        of_this = self._of_plan(requests, caller=caller, idempotency_key=key)
        self._connection.execute(update(requests).where(of_this).values(change_no=change_no))
