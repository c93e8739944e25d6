"""Ways on for what a fence holds: round it, on a day outside, or through it as an emergency."""

from dataclasses import replace

from handlers.actions.change.propose import draft
from handlers.actions.change.withdraw import drop
from handlers.govern.classify import classified
from handlers.govern.fence_detour import outside
from handlers.lifecycle.after_change import save
from handlers.notify.new_cards import show_new
from handlers.turn import Turn
from planning.change.change import Change, ChangeState
from planning.change.guards import require_open
from planning.refusal import Refused
from storage.delivery.cards import Purpose


def go_round(turn: Turn, change: Change, person: str, *, pressed: str) -> Change:
    """The same wish on the earliest day outside the fences, as a draft of its own, instead of what the first one was
    proposed instead of; that is discarded. Raises Refused("no-detour") where there is no such day."""
    _require_own_draft(change, person)
    if change.policy.way_out is None:
        raise Refused("no-detour", no=change.no)
    said = change.reason, change.text, change.origin
    moved = draft(
        turn, turn.plan(), outside(change, change.policy.way_out), person, *said,
        preview=not change.is_numbered, supersedes=change.supersedes, suggested_by=change.suggested_by,
    )  # fmt: skip
    dropped = drop(turn, change, person, pressed=pressed)
    show_new(turn, Purpose.PROPOSAL, moved, change.origin)
    return dropped


def as_emergency(turn: Turn, change: Change, person: str, *, pressed: str) -> Change:
    """The draft as an emergency, to be submitted as one: the coordinator approves that it is, the fence's approvals
    stay. Raises Refused("no-emergency") where no rule allows it."""
    _require_own_draft(change, person)
    plan = turn.plan()
    fresh = replace(change, impact=turn.assess(plan, change.operations), base_revision=plan.revision)
    urgent = classified(turn, plan, replace(fresh, policy=replace(change.policy, urgent=True)))
    return save(turn, change, urgent, by=person, pressed=pressed)


def _require_own_draft(change: Change, person: str) -> None:
    if person != change.proposer:
        raise Refused("not-the-proposer", no=change.no)
    require_open(change)
    if change.state is not ChangeState.DRAFT:
        raise Refused("already-submitted", no=change.no)
