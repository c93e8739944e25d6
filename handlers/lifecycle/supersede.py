"""One request takes the place of others: on submission those it was made from, in a conflict the one that gave way."""

from dataclasses import replace

from handlers.turn import Turn
from planning.change.change import Change
from planning.change.conflict import can_give_way
from planning.refusal import Refused


def proposers_of(turn: Turn, nos: tuple[str, ...]) -> tuple[str, ...]:
    """Proposers of these requests, each once."""
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


def replaced_by(turn: Turn, submitted: Change) -> list[Change]:
    """The requests whose place it takes, as far as people are still to decide on them; none, where it came to nothing
    itself."""
    if not (submitted.state.is_pending or submitted.state.is_in_effect):
        return []
    return [old for old in _known(turn, submitted.supersedes) if can_give_way(old.state)]


def _known(turn: Turn, nos: tuple[str, ...]) -> list[Change]:
    return [change for change in map(turn.uow.changes.get, nos) if change]
