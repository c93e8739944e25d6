"""Delegations: absences with their deputies, from when until when."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, func, insert, select, update

from planning.people.delegation import Delegation
from storage.repository import Repository
from storage.tables import delegations


class Delegations(Repository):
    def add(self, delegation: Delegation, now: datetime) -> list[Delegation]:
        """Record a delegation. Earlier ones of the same person that overlap it are over, and given back."""
        known = self.of_person(delegation.person, delegation.first)
        replaced = [one for one in known if one.overlaps(delegation)]
        for one in replaced:
            self._end(now, person=one.person, first_day=one.first, last_day=one.last, deputy=one.deputy)
        count = select(func.count()).select_from(delegations)
        seq = self._connection.scalar(count.where(self._of_plan(delegations, person=delegation.person)))
        row = {"person": delegation.person, "seq": seq, "deputy": delegation.deputy, "created_at": now}
        days = {"first_day": delegation.first, "last_day": delegation.last}
        self._connection.execute(insert(delegations).values(plan_id=self._plan_id, **row, **days))
        return replaced

    def cancel(self, person: str, today: date, now: datetime, deputy: str = "") -> list[Delegation]:
        """End every delegation of this person that is not over yet, or only those to `deputy`; gives back what they
        were."""
        known = [one for one in self.of_person(person, today) if deputy in ("", one.deputy)]
        self._end(now, person=person, **({"deputy": deputy} if deputy else {}))
        return known

    def of_person(self, person: str, today: date) -> list[Delegation]:
        """Delegations of one person not over on this day, earliest first."""
        return [delegation for delegation in self.current(today) if delegation.person == person]

    def current(self, today: date) -> list[Delegation]:
        """Delegations not over on this day, earliest first."""
        query = select(delegations).where(
            self._of_plan(delegations), delegations.c.ended_at.is_(None), delegations.c.last_day >= today
        )
        order = (delegations.c.first_day, delegations.c.person, delegations.c.seq)
        return [_delegation(row) for row in self._connection.execute(query.order_by(*order))]

    def _end(self, now: datetime, **which: Any) -> None:
        running = self._of_plan(delegations, **which) & delegations.c.ended_at.is_(None)
        self._connection.execute(update(delegations).where(running).values(ended_at=now))


def _delegation(row: Row[Any]) -> Delegation:
    return Delegation(row.person, row.deputy, row.first_day, row.last_day)
