"""Bringing a plan in from tables: the first revision, or a new one where a plan exists."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from handlers.actions.name_baseline import freeze
from handlers.lifecycle.after_change import plan_moved
from handlers.notify.audit import record
from handlers.turn import Turn
from planning.plan.impact import Line
from planning.plan.item import Item
from planning.plan.plan import Plan
from planning.plan.revision import BaselineKind, Revision
from planning.refusal import Refused
from planning.trail.audit import Kind
from storage.revisions import IMPORT

FIELDS = ("start", "finish", "duration", "quantity", "status", "mode", "department")


@dataclass(frozen=True, slots=True)
class Imported:
    revision: int
    items: int
    links: int
    changed: int
    """Lines that differ from the plan there was."""


def bring_in(turn: Turn, plan: Plan, source: str, by: str) -> Imported:
    """Make these tables the plan. `source` names the file, `by` who brought it.

    The first import becomes the baseline 导入 (import), so that there is something to compare with from the first day.
    A table that was exported from an older revision is refused, so that it cannot undo what was decided since
    (edge case 21). Raises Refused("stale-table").
    """
    turn.uow.plans.lock()
    parent = turn.uow.revisions.head()
    if parent and plan.revision and plan.revision < parent.number:
        raise Refused("stale-table", revision=plan.revision, head=parent.number, file=source)
    before = turn.uow.plans.load().items if parent else {}
    lines = differences(before, plan.items) if parent else ()
    number = parent.number + 1 if parent else 1
    turn.uow.plans.create(replace(plan, revision=number, calendars=turn.environment.kept_calendars()))
    sealed = turn.uow.plans.sealed(lines)
    revision = Revision.after(parent, plan.id, f"{IMPORT}{source}", turn.now, by, sealed[0], sealed)
    turn.uow.revisions.append(revision, lines)
    if parent is None:
        freeze(turn, turn.words("value.baseline.import"), revision.number, BaselineKind.IMPORT, by)
    else:
        plan_moved(turn)
    brought = {"source": source, "items": len(plan.items), "links": len(plan.links), "changed": len(lines)}
    record(turn, Kind.IMPORTED, by, str(revision.number), {**brought, "revision": number, "seal": revision.hash})
    return Imported(revision.number, len(plan.items), len(plan.links), len(lines))


def differences(before: Mapping[str, Item], after: Mapping[str, Item]) -> tuple[Line, ...]:
    """Field by field; an item on one side only has empty values on the other."""
    codes = dict.fromkeys((*before, *after))
    return tuple(line for code in codes for line in _lines(code, before.get(code), after.get(code)))


def _lines(code: str, old: Item | None, new: Item | None) -> list[Line]:
    item = new or old
    assert item is not None
    found = []
    for field in FIELDS:
        left, right = _written(old, field), _written(new, field)
        if left != right:
            found.append(Line(code, item.title, item.department, field, left, right))
    return found


def _written(item: Item | None, field: str) -> str:
    value = getattr(item, field) if item else None
    return "" if value is None else value.isoformat() if isinstance(value, date) else str(value)
