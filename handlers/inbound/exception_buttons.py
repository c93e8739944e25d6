"""Presses on a card of exceptions: see to it, put it off, mute it, propose what would end it."""

from collections.abc import Callable, Sequence

from cards.markdown import plain
from handlers.actions.facts import exceptions
from handlers.events import Answer
from handlers.inbound.messages import follow, tell
from handlers.inbound.press import Press
from handlers.language.commands.exceptions import MuteException
from handlers.notify.facts.exception_cards import exceptions_on
from handlers.turn import Ask, Turn
from planning.exceptions.episode import Episode, State
from planning.exceptions.quieting import MUTED_FOR, SNOOZED_FOR
from planning.people.organisation import Person

Quieting = Callable[[Turn, Sequence[Episode], Person, int | None, str], str]


def take(press: Press) -> Answer:
    exceptions.take(press.turn, exceptions_on(press.turn, press.row), press.person)
    return press.shown()


def snooze(press: Press) -> Answer:
    return _quiet(press, exceptions.snooze)


def mute(press: Press) -> Answer:
    exceptions_on(press.turn, press.row)  # of another card it is no question of who may
    exceptions.require_coordinator(press.person)
    return _quiet(press, exceptions.mute)


def cure(press: Press) -> Answer:
    """The preview of the change, as theirs who pressed; who may not propose is offered to hand it on."""
    turn, conversation = press.turn, press.row.conversation
    command = exceptions.cure(turn, exceptions_on(turn, press.row))
    department = turn.organisation.department_in(conversation)
    ask = Ask(press.person, conversation, command, department=department, said_at=turn.now)
    tell(turn, conversation, follow(turn, ask, command))
    return press.shown()


def _quiet(press: Press, does: Quieting) -> Answer:
    """With a word why; where a button cannot ask for one, how it is said."""
    rows, reason = exceptions_on(press.turn, press.row), press.event.inputs.get("input", "").strip()
    if not reason:
        first = next((one for one in rows if one.state is State.OPEN), rows[0])
        days = MUTED_FOR if does is exceptions.mute else SNOOZED_FOR.get(first.severity, 1)
        why = press.turn.words("exception.why")
        command = press.turn.spell(MuteException(first.number, days, why))
        return press.noted(str(plain(press.turn.words("exception.how-to-say", command=command))), mark="✏️")
    does(press.turn, rows, press.person, None, reason)
    return press.shown()
