"""Our company on each platform: what another one's frames say is nobody's, whatever they say of themselves.

The settings may name it; else the first message of somebody they know pins it, for good.
"""

from dataclasses import replace
from typing import TypeVar

from handlers.events import Clicked, Said
from handlers.turn import Turn
from planning.people.organisation import Person

E = TypeVar("E", Said, Clicked)


def of_ours(turn: Turn, event: E) -> E:
    """The event, by nobody where it comes from another company."""
    pinned = turn.uow.companies.of(_platform(turn, event)) if event.company else ""
    return replace(event, user_id="") if pinned and pinned != event.company else event


def pin(turn: Turn, said: Said) -> None:
    """Keep the company of the first message as ours."""
    if said.company and _speaker(turn, said) and not turn.uow.companies.of(_platform(turn, said)):
        turn.uow.companies.pin(_platform(turn, said), said.company, turn.now)


def _speaker(turn: Turn, said: Said) -> Person | None:
    return turn.environment.person_in(said.conversation, said.user_id)


def _platform(turn: Turn, event: Said | Clicked) -> str:
    return turn.environment.platforms.serving(event.conversation).platform
