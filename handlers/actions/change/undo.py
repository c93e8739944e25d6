"""撤销: a change that is in effect is taken back within ten minutes, by a change of its own (edge case 24).

It needs no second pair of eyes: it gives back what had been approved before. Only a fence that holds the items by now
is asked, for what lies inside one changes with its approval alone (rule I7).
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from cards.lines.standing import restored_or_not
from handlers.actions.change.propose import submit_draft
from handlers.actions.change.withdraw import drop
from handlers.govern.fences import no_way_through
from handlers.govern.shadow import in_force
from handlers.language import Undo
from handlers.lifecycle.after_change import begin
from handlers.lifecycle.plan_before import by_hand
from handlers.lifecycle.take_back import compensation, later_changes, named, restored
from handlers.notify.new_cards import show_new
from handlers.turn import Ask, Turn
from planning.change.approval_steps import submit
from planning.change.change import Change, ChangeState
from planning.change.compensation import GivenBack, Restoration, given_back
from planning.change.guards import require_effect
from planning.control.rules import Class
from planning.control.shadow import Shade
from planning.people.organisation import Person, Role
from planning.people.principal import SYSTEM
from planning.plan.item import Status
from planning.plan.operation import Op, Operation
from planning.plan.plan import Plan
from planning.refusal import Refused
from storage.delivery.cards import Purpose

UNDO = timedelta(minutes=10)
"""Since the change took effect: until then hardly anybody has acted on it."""


def undo(turn: Turn, ask: Ask, command: Undo) -> str | None:
    """Take it back at once; the answer is the card of the compensating change, or that its fences are asked first."""
    change = turn.change(command.change_no)
    by = undo_change(turn, change, ask.person.id, command.reason, ask.person)
    if all(row.conversation != ask.conversation for row in turn.uow.cards.about(by.subject)):
        show_new(turn, Purpose.PROPOSAL, by, ask.conversation)
    if not by.state.is_pending:
        return None
    departments = turn.view(by).departments(by.waiting)
    return turn.words("undo.asked", no=change.no, by_no=by.no, departments=departments)


def undo_change(turn: Turn, change: Change, who: str, reason: str = "", person: Person | None = None) -> Change:
    """The compensating change: in effect, or in approval where a fence asks for that.

    `who` is a person or another system. Raises Refused with what is in the way and what to type instead.
    """
    _require_in_effect(turn, change)
    if change.state is ChangeState.PROVISIONAL and who == change.proposer:
        drop(turn, change, who, reason)
        by = turn.uow.changes.took_back(change.no)
        assert by is not None, "an emergency that is dropped is taken back"
        return by
    _require_in_time(turn, change, who == change.proposer or bool(person and person.has(Role.COORDINATOR)))
    plan = turn.plan()
    found = restored(turn, plan, change)
    for left in found.left:
        facts = {"no": change.no, "field_name": named(turn, left), "instead": by_hand(turn, change)}
        last = _can_be_undone(turn, left.facts["by"])
        offers = _first(turn, left.facts["by"]) if last else ()
        raise Refused("undo-overtaken" if last else "undo-overtaken-for-good", offers=offers, **facts, **left.facts)
    _require_there(turn, plan, change, found)
    return _submitted(turn, plan, change, found, who, _why(turn, change, who, reason))


def _require_there(turn: Turn, plan: Plan, change: Change, found: Restoration) -> None:
    """Raises Refused of an item that was cancelled since: nothing of it can be given back before it is there again."""
    gone = (plan.items[o.item] for o in found.operations if o.op is Op.RESTORE and o.item in plan.items)
    for item in gone:
        if item.status is not Status.CANCELLED or any("status" in _cells(o, item.code) for o in found.operations):
            continue
        by = later_changes(turn, change).get((item.code, "status"), "")
        facts = {"no": change.no, "item": item.code, "title": item.title}
        if by and _can_be_undone(turn, by):
            raise Refused("undo-cancelled", offers=_first(turn, by), by=by, **facts)
        again = turn.words("undo.import-instead", item=item.code)
        raise Refused("undo-cancelled-for-good", offers=(), instead=again, **facts)


def _cells(operation: Operation, code: str) -> Mapping[str, object]:
    """What is given back to this item."""
    return operation.to if operation.item == code and isinstance(operation.to, Mapping) else {}


def _first(turn: Turn, no: str) -> tuple[str, ...]:
    """The command that is to come before."""
    return (turn.spell(Undo(no)),)


def _submitted(turn: Turn, plan: Plan, change: Change, found: Restoration, who: str, why: str) -> Change:
    impact = turn.assess(plan, found.operations)
    require_effect(impact, change.operations)
    drafted = compensation(turn, change, found, impact, who, why)
    shadowed = replace(drafted.policy, shade=Shade(turn.environment.shadow))  # who gives back wants nothing
    drafted = in_force(turn, plan, drafted, Class.NORMAL, shadowed)
    if refusal := no_way_through(turn, drafted.proposers, drafted.policy.breaches):
        raise Refused(refusal.code, **refusal.facts)
    submit(drafted, turn.organisation, turn.now, turn.now, turn.deputies())  # refused before anything is written
    return submit_draft(turn, begin(turn, drafted, who), who)


def _require_in_effect(turn: Turn, change: Change) -> None:
    """Raises the refusal of each state in which there is nothing to take back."""
    if change.author == SYSTEM and not change.reverts:
        raise Refused("undo-system", no=change.no)
    if change.reverts:
        raise Refused("undo-of-undo", no=change.no, original=change.reverts)
    if change.state is ChangeState.REVERTED:
        raise _taken_back_already(turn, change)
    if change.state.is_in_effect and (by_no := turn.uow.changes.reverting(change.no)):
        raise Refused("undo-pending", no=change.no, by_no=by_no)
    if not change.state.is_in_effect:
        raise Refused("undo-not-yet" if change.state.is_open else "undo-never", no=change.no, state=change.state.value)


def _taken_back_already(turn: Turn, change: Change) -> Refused:
    by = turn.uow.changes.took_back(change.no)
    if by is None or given_back(by) in (GivenBack.WHOLLY, GivenBack.AS_IT_WAS):
        return Refused("undo-already", no=change.no, by_no=by.no if by else "")
    told = restored_or_not(by, turn.words)
    return Refused("undo-unrestored", no=change.no, given_back=told, instead=by_hand(turn, change))


def _require_in_time(turn: Turn, change: Change, may: bool) -> None:
    """Raises Refused where somebody may not, or can no longer, undo it: with what to do instead."""
    late = turn.now - _applied_at(turn, change) > UNDO
    if may and not late:
        return
    facts = {"no": change.no, "minutes": UNDO // timedelta(minutes=1)}
    view = turn.view(change)
    if change.state is ChangeState.PROVISIONAL:
        raise Refused("undo-ratify", departments=view.departments(change.required or change.waiting), **facts)
    facts["instead"] = by_hand(turn, change)
    if not may:
        raise Refused("may-not-undo", **facts)
    raise Refused("undo-too-late", at=view.at(_applied_at(turn, change)), **facts)


def _applied_at(turn: Turn, change: Change) -> datetime:
    assert change.applied_revision is not None
    return turn.uow.revisions.get(change.applied_revision).applied_at


def _can_be_undone(turn: Turn, no: str) -> bool:
    """Check whether somebody can undo it now: an import, a take-back and what is older than ten minutes cannot be."""
    change = turn.uow.changes.get(no)
    if change is None or change.state is not ChangeState.APPLIED or change.reverts or change.author == SYSTEM:
        return False
    return turn.now - _applied_at(turn, change) <= UNDO and not turn.uow.changes.reverting(no)


def _why(turn: Turn, change: Change, who: str, reason: str) -> str:
    facts = {"no": change.no, "name": turn.organisation.name_of(who)}
    code = "undo.revert.undone-because" if reason else "undo.revert.undone"
    return turn.words(code, reason=reason, **facts)
