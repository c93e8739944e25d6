"""What is kept from question to question, brought up to what is committed: a unit that writes begins from there."""

from handlers.govern.facts import outlook_of_all
from handlers.govern.readiness import readiness_of
from handlers.turn import Turn


def catch_up(turn: Turn) -> None:
    """On a snapshot; of what nobody has asked yet nothing is worked out."""
    if not turn.uow.plans.exists():
        return
    plan, environment = turn.plan(), turn.environment
    if environment.readiness.of(plan.id):
        readiness_of(turn, plan, ())
    if environment.outlooks.of(plan.id):
        outlook_of_all(turn, plan)
