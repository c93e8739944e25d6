"""Waits: steps of open requests on which somebody's word is waited for."""

from dataclasses import dataclass
from datetime import datetime

from handlers.turn import Turn
from planning.change.approvers import owes
from planning.change.change import Change, Step
from planning.people.organisation import Person


@dataclass(frozen=True, slots=True)
class Wait:
    change: Change
    step: Step

    @property
    def is_returned(self) -> bool:
        """True where the proposer is to modify it."""
        return self.step in self.change.returned

    @property
    def since(self) -> datetime:
        return self.step.waits_since or self.change.created_at


def waits(turn: Turn) -> list[Wait]:
    """What is waited for, longest first; what a freeze holds and what nobody needs to answer is not."""
    deciding = [change for change in turn.uow.changes.open_ones() if change.state.is_deciding]
    steps = ((change, step) for change in deciding for step in (*change.required, *change.returned))
    return sorted((Wait(*one) for one in steps), key=lambda wait: (wait.since, wait.change.no))


def waits_for(turn: Turn, person: Person) -> list[Wait]:
    """What waits for this person: their word, or the new proposal they were asked for."""
    deputies = turn.deputies()
    return [
        wait
        for wait in waits(turn)
        if (wait.change.proposer == person.id and wait.is_returned)
        or owes(wait.step, person.id, wait.change.proposers, deputies)
    ]
