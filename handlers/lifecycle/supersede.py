"""One request takes the place of others: on submission those it was made from, in a conflict the one that gave way."""

from dataclasses import replace

from handlers.lifecycle.escalate import watch
from handlers.lifecycle.take_back import take_back
from handlers.notify.audit import record, tell
from handlers.notify.card_updates import refresh
from handlers.timers import EXPIRY
from handlers.turn import Turn
from planning.change.approval import supersede
from planning.change.change import Change, ChangeState
from planning.change.conflict import can_give_way
from planning.refusal import Refused
from planning.trail.audit import Kind


def proposers_of(turn: Turn, nos: tuple[str, ...]) -> tuple[str, ...]:
    """Whoever wanted what these requests want, each once."""
    return tuple(dict.fromkeys(person for old in _known(turn, nos) for person in old.proposers))


def taking_place(turn: Turn, change: Change) -> Change:
    """A draft that is about to be submitted, with only those among what it supersedes whose place it does take. What
    was rejected with a suggestion stays named: the draft is what was suggested.

    Raises Refused, for the same would be done twice: "source-in-effect", or "source-replaced" by another request.
    """
    sources = _known(turn, change.supersedes)
    for old in sources:
        facts = {"no": change.no, "other": old.no, "item": change.operations[0].item}
        if old.state.is_in_effect:
            raise Refused("source-in-effect", revision=old.applied_revision, **facts)
        if old.superseded_by:
            raise Refused("source-replaced", by_no=old.superseded_by, **facts)
    if change.suggested_by:
        return change
    return replace(change, supersedes=tuple(old.no for old in sources if can_give_way(old.state)))


def take_place(turn: Turn, change: Change) -> None:
    """End what `change` supersedes, as far as people are still to decide on it. In the unit that submits `change`."""
    if not (change.state.is_pending or change.state.is_in_effect):
        return  # it came to nothing itself
    for old in _known(turn, change.supersedes):
        if can_give_way(old.state):
            give_way(turn, old, change.no, change.proposer)


def give_way(turn: Turn, change: Change, to: str, by: str, *, pressed: str = "") -> Change:
    """End it because the request `to` has its place; `by`: whose doing that is, `pressed` the card it was done on.

    Its steps, timers and cards follow; an emergency that is in effect is taken back. Raises Refused when it has ended.
    """
    if change.state is ChangeState.PROVISIONAL:
        why = turn.words("revert.gave-way", no=change.no, to=to)
        ended = turn.uow.changes.save(take_back(turn, change, why))
        tell(turn, change, ended, by)
    else:
        ended = turn.uow.changes.save(supersede(change, to, turn.now))
        record(turn, Kind.SUPERSEDED, by, change.no, {"by_no": to})
    turn.uow.timers.stop(EXPIRY, change.no)
    watch(turn, ended)
    refresh(turn, change, ended, pressed=pressed)
    return ended


def _known(turn: Turn, nos: tuple[str, ...]) -> list[Change]:
    return [change for change in map(turn.uow.changes.get, nos) if change]
