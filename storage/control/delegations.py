"""Delegations: absences with the deputies who were named for them, from when until when."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, bindparam, func, insert, select, update

from planning.people.delegation import Delegation
from storage.repository import Repository
from storage.tables.change import delegations

_CURRENT = (
    select(delegations)
    .where(delegations.c.plan_id == bindparam("plan"))
    .where(delegations.c.ended_at.is_(None), delegations.c.last_day >= bindparam("today"))
    .order_by(delegations.c.first_day, delegations.c.person, delegations.c.seq)
)


class Delegations(Repository):
    def add(self, delegation: Delegation, now: datetime) -> tuple[Delegation, list[Delegation]]:
        """Record a delegation, given back with its number. Earlier ones of the same person that overlap it are over,
        and given back, too."""
        known = self.of_person(delegation.person, delegation.first)
        replaced = [one for one in known if one.overlaps(delegation)]
        for one in replaced:
            self.end(one, delegation.person, now)
        count = select(func.count()).select_from(delegations)
        seq = self._connection.scalar(count.where(self._of_plan(delegations, person=delegation.person))) or 0
        row = {"person": delegation.person, "seq": seq, "deputy": delegation.deputy, "created_at": now}
        days = {"first_day": delegation.first, "last_day": delegation.last, "accepted_at": delegation.accepted_at}
        self._write(insert(delegations).values(plan_id=self._plan_id, **row, **days))
        return replace(delegation, number=seq), replaced

    def get(self, person: str, number: int) -> Delegation | None:
        """Whatever has become of it."""
        query = select(delegations).where(self._of_plan(delegations, person=person, seq=number))
        row = self._connection.execute(query).one_or_none()
        return _delegation(row) if row else None

    def accept(self, delegation: Delegation, now: datetime) -> Delegation:
        self._set(delegation, accepted_at=now)
        return replace(delegation, accepted_at=now)

    def end(self, delegation: Delegation, by: str, now: datetime) -> Delegation:
        """End it, by one of the two it is between."""
        self._set(delegation, ended_at=now, ended_by=by)
        return replace(delegation, ended_by=by)

    def cancel(self, person: str, today: date, now: datetime, deputy: str = "") -> list[Delegation]:
        """End every delegation of this person that is not over yet, or only those to `deputy`, for them; gives back
        what they were."""
        known = [one for one in self.of_person(person, today) if deputy in ("", one.deputy)]
        for one in known:
            self.end(one, person, now)
        return known

    def of_person(self, person: str, today: date) -> list[Delegation]:
        """Delegations of one person not over on this day, earliest first."""
        return [delegation for delegation in self.current(today) if delegation.person == person]

    def current(self, today: date) -> list[Delegation]:
        """Delegations not over on this day, accepted or not, earliest first."""
        return self._once(today, lambda: self._current(today))

    def _current(self, today: date) -> list[Delegation]:
        rows = self._connection.execute(_CURRENT, {"plan": self._plan_id, "today": today})
        return [_delegation(row) for row in rows]

    def _set(self, delegation: Delegation, **values: Any) -> None:
        this = self._of_plan(delegations, person=delegation.person, seq=delegation.number)
        self._write(update(delegations).where(this).values(values))


def _delegation(row: Row[Any]) -> Delegation:
    return Delegation(
        row.person, row.deputy, row.first_day, row.last_day, row.accepted_at, row.ended_by, number=row.seq
    )
