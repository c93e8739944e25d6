"""The one door for an opening of a request's details: the better proof that somebody has read it (docs/figures.md)."""

from handlers.turn import Turn
from planning.change.change import Change


def is_worth_noting(turn: Turn, change: Change, person: str) -> bool:
    """Check whether it is their first; a draft is its proposer's own and tells nobody anything."""
    return change.submitted_at is not None and not turn.uow.detail_openings.has(change.no, person)


def opened(turn: Turn, change: Change, person: str) -> None:
    if is_worth_noting(turn, change, person):
        turn.uow.detail_openings.note(change.no, person, turn.now)
