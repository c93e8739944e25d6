"""Bringing a plan in from tables: the first revision, or a new one where a plan exists."""

from dataclasses import dataclass

from handlers.actions.plan.name_baseline import freeze
from handlers.lifecycle.after_change import give_way, plan_moved
from handlers.lifecycle.count_stock import count_stock, counts_of
from handlers.lifecycle.hear_sources import heard
from handlers.lifecycle.scan import touch
from handlers.notify.audit import record
from handlers.notify.change.import_notices import tell_imported
from handlers.reads.plan.import_preview import Foreseen, foresee
from handlers.turn import Turn
from planning.facts.source import IMPORT as SOURCE
from planning.people.principal import SYSTEM
from planning.plan.plan import Plan
from planning.plan.revision import BaselineKind, Revision
from planning.refusal import Refused
from planning.trail.audit import Kind
from storage.plan.revisions import IMPORT


@dataclass(frozen=True, slots=True)
class Imported:
    revision: int
    """The plan's; the one there was where the tables say the same."""
    items: int
    links: int
    changed: int
    """Lines that differ from the plan there was."""


def bring_in(turn: Turn, plan: Plan, source: str, by: str, seen: int | None = None) -> Imported:
    """Make these tables the plan. `source` names the file, `by` who brought it; `seen`: the revision from which it was
    shown what that does.

    The first import becomes the baseline 导入 (import), so that there is something to compare with from the first day.
    Tables that say what the plan says make no revision. An emergency of which they leave nothing is over.
    Raises Refused("stale-table"), and ("import-overtaken") where the plan is another than was seen.
    """
    turn.uow.plans.lock()
    found = foresee(turn, plan, source)
    if seen is not None and seen != found.head:
        raise Refused("import-overtaken", file=source, seen=seen, head=found.head)
    lines = found.replacement.lines if found.head else ()
    counts = {"items": len(plan.items), "links": len(plan.links), "changed": len(lines)}
    heard(turn, SOURCE, len(plan.items))
    counts_there = counts_of(turn, plan.stock.values(), f"import:{source}")
    if found.is_same:
        count_stock(turn, counts_there, by)
        return Imported(found.head, **counts)
    number = found.plan.revision
    turn.uow.plans.create(found.plan)
    sealed = turn.uow.plans.sealed(lines)
    parent = turn.uow.revisions.head()
    revision = Revision.after(parent, plan.id, f"{IMPORT}{source}", turn.now, by, sealed[0], sealed)
    turn.uow.revisions.append(revision, lines)
    brought = {"source": source, **counts, "revision": number, "seal": revision.hash}
    if found.undone:
        brought["undone"] = ", ".join(change.no for change in found.undone)
    count_stock(turn, counts_there, by)
    record(turn, Kind.IMPORTED, by, str(number), brought)
    if parent is None:
        freeze(turn, turn.words("value.baseline.import"), number, BaselineKind.IMPORT, by)
    else:
        _follow(turn, found, by)
    return Imported(number, **counts)


def _follow(turn: Turn, found: Foreseen, by: str) -> None:
    """What is due as of any other revision: owners are told, open requests looked at again; what nobody can ratify any
    more ends."""
    tell_imported(turn, found.replacement, found.source, by, found.plan.revision)
    to = turn.words("answer.imported-instead", source=found.source, revision=found.plan.revision)
    for change in found.emptied:
        give_way(turn, turn.change(change.no), to, str(SYSTEM))
    touch(turn, found.replacement.touched)
    plan_moved(turn)
