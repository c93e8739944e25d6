"""Somebody said something: understand it, see that they may, do it, answer in the same conversation."""

from dataclasses import dataclass

from cards.markdown import plain
from handlers.events import Said
from handlers.govern.authorize import require_command
from handlers.inbound.late_replies import answer as why_not
from handlers.inbound.references import meant
from handlers.language import Command, parse
from handlers.lifecycle.expire import in_time
from handlers.notify.audit import record_unheard
from handlers.turn import Ask, Turn
from planning.refusal import Refusal, Refused


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer that is still to be sent; empty: a card is the answer. `refusal`: why it was not followed."""

    text: str
    refusal: Refusal | None = None


def answer(turn: Turn, event: Said) -> Reply | None:
    """Answer a message that only asks, on a snapshot: nothing is written. None: it asks for something to be done."""
    try:
        ask, command = _ask(turn, event), _parsed(turn, event)
        act = turn.commands.act_of(command)
        if act is not None and act.writes:
            return None
        return _followed(turn, ask, command)
    except Refused as refused:
        return _refused(turn, refused)


def hear(turn: Turn, event: Said, answered: Reply | None = None) -> None:
    """Handle one message in a unit that writes; `answered`: beforehand, on a snapshot. What cannot be done is answered
    with a sentence; nothing of it is half done."""
    reply = answered or answer(turn, event) or _done(turn, event)
    if reply.refusal:
        record_unheard(turn, event, reply.refusal)
    if reply.text:
        turn.uow.outbox.say(event.conversation, reply.text, turn.now, f"answer:{event.bot}:{event.event_id}")


def _done(turn: Turn, event: Said) -> Reply:
    try:
        return _followed(turn, _ask(turn, event), _parsed(turn, event))
    except Refused as refused:
        return _refused(turn, refused)


def _followed(turn: Turn, ask: Ask, command: Command) -> Reply:
    act = turn.commands.act_of(command)
    if act is not None and act.writes:
        turn.uow.plans.lock()  # before anything is read
    command = meant(turn, ask, command)
    act = require_command(turn, ask.person, command)
    if act.writes:
        if about := turn.uow.changes.get(getattr(command, "change_no", "")):
            in_time(turn, about)
    return Reply(act.handle(turn, ask, command) or "")


def _refused(turn: Turn, refused: Refused) -> Reply:
    harmless = str(plain(why_not(turn, refused.refusal)))  # a <placeholder> would be taken for a tag
    return Reply(harmless, refused.refusal)


def _parsed(turn: Turn, event: Said) -> Command:
    return parse(event.text, turn.today, turn.vocabulary, turn.environment.bot_name)


def _ask(turn: Turn, event: Said) -> Ask:
    """Raises Refused("stranger")."""
    person = turn.environment.person_in(event.conversation, event.user_id)
    if person is None:
        raise Refused("stranger", user=event.user_id or "?", conversation=event.conversation)
    department = turn.organisation.department_in(event.conversation)
    return Ask(person, event.conversation, event.text.strip(), event.quoted, department, event.single)
