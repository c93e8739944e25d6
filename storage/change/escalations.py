"""Escalations: the ladder each waiting step climbs, as it was when the step was opened, and how far it is."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Row, and_, or_, select, update

from planning.change.change import ChangeState, StepState
from planning.change.escalation import Climb, Escalation, EscalationPolicy, Rung
from planning.plan.hours import Window
from storage.plan.calendars import reference_to, referred_by
from storage.repository import Repository
from storage.tables.change import changes, escalations, steps

_LADDER = TypeAdapter(tuple[Rung, ...])
_WINDOW = TypeAdapter(Window)
_CLIMBS = TypeAdapter(tuple[Climb, ...])

UNDECIDED = tuple(state.value for state in StepState if state.is_undecided)
DECIDING = tuple(state.value for state in ChangeState if state.is_deciding)


@dataclass(frozen=True, slots=True)
class Overdue:
    """A step whose escalation is late; `since`: when its rung was due, or when it was opened without a ladder."""

    change_no: str
    department: str
    since: datetime


class Escalations(Repository):
    def start(self, escalation: Escalation) -> None:
        """Record a step opened, for the first time or again."""
        key = {"change_no": escalation.change, "department": escalation.department}
        self._put(escalations, {"plan_id": self._plan_id, **key, **_values(escalation)})

    def get(self, change_no: str, department: str) -> Escalation | None:
        query = select(escalations).where(self._of_plan(escalations, change_no=change_no, department=department))
        row = self._connection.execute(query).one_or_none()
        return _escalation(row) if row else None

    def of_change(self, change_no: str) -> dict[str, Escalation]:
        """Escalations of a change, by department."""
        rows = self._rows(escalations, change_no=change_no)
        return {row.department: _escalation(row) for row in rows}

    def advance(self, before: Escalation, after: Escalation) -> bool:
        """Compare and set the rung: False when another process took it, or the step was opened again."""
        which = self._of_step(before) & self._of_plan(escalations, round=before.round, rung=before.rung)
        return self._connection.execute(update(escalations).where(which).values(_values(after))).rowcount == 1

    def reminded(self, escalation: Escalation, at: datetime) -> None:
        which = self._of_step(escalation)
        self._connection.execute(update(escalations).where(which).values(reminded_at=at))

    def stop(self, escalation: Escalation) -> None:
        """End the climb of a step that waits no more; its record stays."""
        self.advance(escalation, replace(escalation, next_at=None))

    def overdue(self, before: datetime) -> list[Overdue]:
        """Waiting steps whose rung was due, or that were opened without a ladder, before this moment; oldest first.

        Asked of the steps and not of the timers: a timer that was lost is what this is to find.
        """
        same = [getattr(steps.c, name) == getattr(escalations.c, name) for name in ("change_no", "department", "round")]
        ladder = and_(steps.c.plan_id == escalations.c.plan_id, *same)
        late = or_(
            escalations.c.next_at < before,
            and_(escalations.c.change_no.is_(None), steps.c.opened_at < before),
        )
        query = (
            select(steps.c.change_no, steps.c.department, steps.c.opened_at, escalations.c.next_at)
            .join(changes, and_(changes.c.plan_id == steps.c.plan_id, changes.c.no == steps.c.change_no))
            .outerjoin(escalations, ladder)
            .where(self._of_plan(steps), steps.c.state.in_(UNDECIDED), changes.c.state.in_(DECIDING))
            .where(late, steps.c.optional.is_(False))
        )
        rows = self._connection.execute(query)
        found = [Overdue(row.change_no, row.department, row.next_at or row.opened_at) for row in rows]
        return sorted(found, key=lambda step: (step.since, step.change_no, step.department))

    def _of_step(self, escalation: Escalation) -> Any:
        return self._of_plan(escalations, change_no=escalation.change, department=escalation.department)


def _values(escalation: Escalation) -> dict[str, Any]:
    return {
        "round": escalation.round,
        "policy": _policy_to_json(escalation.policy),
        "opened_at": escalation.opened_at,
        "rung": escalation.rung,
        "next_at": escalation.next_at,
        "climbs": _CLIMBS.dump_python(escalation.climbs, mode="json"),
        "reminded_at": escalation.reminded_at,
    }


def _policy_to_json(policy: EscalationPolicy) -> dict[str, Any]:
    return {
        "ladder": _LADDER.dump_python(policy.ladder, mode="json"),
        "hours": _WINDOW.dump_python(policy.hours, mode="json"),
        "quiet": _WINDOW.dump_python(policy.quiet, mode="json"),
        "calendar": reference_to(policy.calendar),
    }


def _policy_from_json(stored: Mapping[str, Any]) -> EscalationPolicy:
    return EscalationPolicy(
        ladder=_LADDER.validate_python(stored["ladder"]),
        hours=_WINDOW.validate_python(stored["hours"]),
        quiet=_WINDOW.validate_python(stored["quiet"]),
        calendar=referred_by(stored["calendar"]),
    )


def _escalation(row: Row[Any]) -> Escalation:
    return Escalation(
        change=row.change_no,
        department=row.department,
        round=row.round,
        policy=_policy_from_json(row.policy),
        opened_at=row.opened_at,
        rung=row.rung,
        next_at=row.next_at,
        climbs=_CLIMBS.validate_python(row.climbs),
        reminded_at=row.reminded_at,
    )
