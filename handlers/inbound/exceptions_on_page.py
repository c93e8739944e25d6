"""Buttons of an exception's card, pressed on the page: who it concerns sees to it, puts it off, or has it muted."""

from collections.abc import Mapping, Sequence

from cards.markdown import plain
from handlers.actions.facts import exceptions
from handlers.govern.exception_people import department_of, people_of
from handlers.inbound.on_page import LONGEST
from handlers.language.clean import cleaned
from handlers.notify.facts.exception_news import show_ended
from handlers.turn import Turn
from planning.exceptions.cure import cure_of
from planning.exceptions.episode import Episode, State, by_place
from planning.exceptions.quieting import SNOOZED_FOR
from planning.people.organisation import Person, Role
from planning.plan.item import Item
from planning.refusal import Refused

TAKE, SNOOZE, MUTE = VERBS = ("take", "snooze", "mute")
NEED_WORDS = (SNOOZE, MUTE)


def offered(turn: Turn, together: Sequence[Episode], person: Person, items: Mapping[str, Item]) -> tuple[str, ...]:
    """What this person may press of exceptions that stand together."""
    still = [one for one in together if one.state is State.OPEN]
    if not any(_concerns(turn, one, person, items) for one in still):
        return ()
    is_theirs = person.has(Role.COORDINATOR) or any(person in people_of(turn, one) for one in still)
    can_wait = is_theirs and any(one.severity in SNOOZED_FOR for one in still)
    mute = (MUTE,) if person.has(Role.COORDINATOR) else ()
    return (TAKE, *((SNOOZE,) if can_wait else ()), *mute)


def cure_for(turn: Turn, together: Sequence[Episode]) -> str:
    """The sentence that proposes what would end it, to be sent in the chat; empty: there is none."""
    able = any(cure_of(one) for one in together if one.state is State.OPEN)
    return exceptions.cure(turn, together) if able else ""


def press(turn: Turn, person: Person, number: int, verb: str, reason: str) -> str:
    """Do what was pressed, on all that stands with it; what to say of it. Raises Refused and then changes nothing."""
    rows, why = together_with(turn, number), cleaned(reason)[:LONGEST].strip()
    if verb in NEED_WORDS and not any(c.isalnum() for c in why):
        raise Refused("web-words-missing", verb=turn.words(f"button.{verb}"))
    if verb == TAKE:
        if not any(_concerns(turn, one, person, turn.plan().items) for one in rows):
            names = turn.words.list([who.name for who in list(people_of(turn, rows[0]))[: exceptions.MOST]])
            raise Refused("not-your-exception", n=str(number), names=names)
        told = exceptions.take(turn, rows, person)
    elif verb == SNOOZE:
        told = exceptions.snooze(turn, rows, person, None, why)
    else:
        told = exceptions.mute(turn, rows, person, None, why)
    show_ended(turn, rows)
    return str(plain(told))


def together_with(turn: Turn, number: int) -> list[Episode]:
    """The open ones that stand with this one. Raises Refused: "no-exception", "exception-over"."""
    one = turn.uow.exceptions.get(number)
    if one is None:
        raise Refused("no-exception", n=str(number))
    return by_place(turn.uow.exceptions.open_ones()).get(one.place) or [one]


def _concerns(turn: Turn, one: Episode, person: Person, items: Mapping[str, Item]) -> bool:
    """Whoever reads its card in their department's conversation, sees to it, or coordinates."""
    if person.has(Role.COORDINATOR) or person.department == department_of(turn, one, items):
        return True
    return person in people_of(turn, one)
