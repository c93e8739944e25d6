"""撤销: a change that is in effect is taken back within ten minutes, by a change of its own (edge case 24).

It needs no second pair of eyes: it gives back what had been approved before. Only a fence that holds the items by now
is asked, for what lies inside one changes with its approval alone (invariant 7).
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from handlers.announcing import show_new
from handlers.compensating import compensation, named, restored
from handlers.fencing import no_way_through
from handlers.language import Cancel, ChangeQuantity, Move, Undo, spell
from handlers.proposals import drop, submit_draft
from handlers.recording import tell
from handlers.shadowing import in_force
from handlers.turn import Ask, Turn
from planning.change import Change, ChangeState
from planning.compensation import Restoration
from planning.impact import Impact
from planning.organisation import Person, Role
from planning.plan import Plan
from planning.refusal import Refused
from planning.rules import Class
from planning.shadow import Shade
from storage.cards import Purpose

UNDO = timedelta(minutes=10)
"""Since the change took effect: until then hardly anybody has acted on it."""


def undo(turn: Turn, ask: Ask, command: Undo) -> str | None:
    """Take it back at once; the answer is the card of the compensating change, or that its fences are asked first."""
    change = turn.change(command.change_no)
    by = take_back(turn, change, ask.person.id, command.reason, ask.person)
    if all(row.conversation != ask.conversation for row in turn.uow.cards.of_change(by.no)):
        show_new(turn, Purpose.PROPOSAL, by, ask.conversation)
    if by.state is ChangeState.APPLIED:
        return None
    departments = turn.view(by).departments(by.waiting)
    return turn.words("undo.asked", no=change.no, by_no=by.no, departments=departments)


def take_back(turn: Turn, change: Change, who: str, reason: str = "", person: Person | None = None) -> Change:
    """The compensating change: in effect, or in approval where a fence asks for that.

    `who` is a person's id or `api:<token name>`. Raises Refused with what is in the way and what to type instead.
    """
    _require_in_effect(turn, change)
    plan, late = turn.plan(), _Late(turn, change)
    if change.state is ChangeState.PROVISIONAL and who == change.proposer:
        drop(turn, change, who)
        return turn.change(turn.uow.changes.reverting(change.no))
    if who != change.proposer and not (person and person.has(Role.COORDINATOR)):
        raise Refused("may-not-undo", no=change.no, instead=late.instead)
    if turn.now - late.applied_at > UNDO:
        minutes = UNDO // timedelta(minutes=1)
        raise Refused("undo-too-late", no=change.no, at=late.at, minutes=minutes, instead=late.instead)
    found = restored(turn, plan, change)
    for left in found.left:
        facts = {"no": change.no, "field_name": named(turn, left), "instead": late.instead}
        raise Refused("undo-overtaken", **facts, **left.facts)
    return _submitted(turn, plan, change, found, who, _why(turn, change, who, reason))


def _submitted(turn: Turn, plan: Plan, change: Change, found: Restoration, who: str, why: str) -> Change:
    impact = turn.assess(plan, found.operations)
    _require_possible(change, impact)
    drafted = compensation(turn, change, found, impact, who, why)
    shadowed = replace(drafted.policy, shade=Shade(turn.house.shadow))  # its proposer gives back, and wants nothing
    drafted = in_force(turn, plan, drafted, Class.NORMAL, shadowed)
    if refusal := no_way_through(turn, who, drafted.policy.breaches):
        raise Refused(refusal.code, **refusal.facts)
    added = turn.uow.changes.add(drafted)
    tell(turn, None, added, who)
    return submit_draft(turn, added, who)


def _require_in_effect(turn: Turn, change: Change) -> None:
    """Raises the refusal of each state in which there is nothing to take back."""
    if change.proposer == "system" and not change.reverts:
        raise Refused("undo-system", no=change.no)
    if change.reverts:
        raise Refused("undo-of-undo", no=change.no, original=change.reverts)
    by_no = turn.uow.changes.reverting(change.no)
    if change.state is ChangeState.REVERTED:
        raise Refused("undo-already", no=change.no, by_no=by_no)
    if change.state.is_in_effect and by_no:
        raise Refused("undo-pending", no=change.no, by_no=by_no)
    if not change.state.is_in_effect:
        raise Refused("undo-not-yet" if change.state.is_open else "undo-never", no=change.no, state=change.state.value)


def _require_possible(change: Change, impact: Impact) -> None:
    if impact.refused:
        raise Refused(impact.refused[0].code, **impact.refused[0].facts)
    if not impact.lines and not impact.links_added and not impact.links_removed:
        raise Refused("nothing-changes", item=change.operations[0].item)


def _why(turn: Turn, change: Change, who: str, reason: str) -> str:
    facts = {"no": change.no, "name": turn.organisation.name_of(who)}
    code = "revert.undone-because" if reason else "revert.undone"
    return turn.words(code, reason=reason, **facts)


@dataclass(frozen=True, slots=True)
class _Late:
    """What somebody is told who may not, or can no longer, undo a change."""

    turn: Turn
    change: Change

    @property
    def applied_at(self) -> datetime:
        assert self.change.applied_revision is not None
        return self.turn.uow.revisions.get(self.change.applied_revision).applied_at

    @property
    def at(self) -> str:
        return self.turn.view(self.change).at(self.applied_at)

    @property
    def instead(self) -> str:
        """A command that brings the first item back to where it was."""
        assert self.change.applied_revision is not None
        code = self.change.operations[0].item
        was = self.turn.uow.plans.at(self.change.applied_revision - 1).items.get(code)
        because = self.turn.words("undo.reason", no=self.change.no)
        if was is None:
            return spell(Cancel(code, because))
        became = self.turn.uow.plans.at(self.change.applied_revision).items[code]
        if was.status is not became.status:
            return self.turn.words("undo.import-instead", item=code)
        if was.quantity is not None and was.quantity != became.quantity:
            return spell(ChangeQuantity(code, was.quantity, reason=because))
        return spell(Move(code, to=was.finish, reason=because))
