"""Leaving a choice out of what is learnt."""

from handlers.notify.audit import record
from handlers.turn import Turn
from planning.trail.audit import Kind


def forget_choice(turn: Turn, id: str, by: str) -> bool:
    """Learn nothing from it any more; every process does so within a minute. False where there is no such choice."""
    left_out = turn.uow.questions.leave_out(id, by or "-")
    if left_out:
        record(turn, Kind.CHOICE_FORGOTTEN, by, id)
    return left_out
