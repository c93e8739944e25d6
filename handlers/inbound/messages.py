"""Somebody said something: understand it, see that they may, do it, answer in the same conversation."""

from cards.markdown import plain
from handlers.events import Said
from handlers.govern.authorize import require_command
from handlers.inbound.late_replies import answer as why_not
from handlers.inbound.references import meant
from handlers.language import Command, parse
from handlers.lifecycle.expire import in_time
from handlers.notify.audit import tell_unheard
from handlers.registry import Act
from handlers.turn import Ask, Turn
from planning.refusal import Refused


def hear(turn: Turn, event: Said) -> None:
    """Handle one message. What cannot be done is answered with a sentence; nothing of it is half done."""
    try:
        ask = _ask(turn, event)
        command = meant(turn, ask, parse(event.text, turn.today, turn.vocabulary, turn.environment.bot_name))
        answer = _run(turn, ask, command, require_command(turn, ask.person, command))
    except Refused as refused:
        tell_unheard(turn, event, refused.refusal)
        answer = str(plain(why_not(turn, refused.refusal)))  # a <placeholder> would be taken for a tag
    if answer:
        turn.uow.outbox.say(event.conversation, answer, turn.now, f"answer:{event.bot}:{event.event_id}")


def _ask(turn: Turn, event: Said) -> Ask:
    """Raises Refused("stranger")."""
    platform = event.conversation.partition(":")[0]
    person = turn.organisation.person_by(platform, event.user_id)
    if person is None:
        raise Refused("stranger", user=event.user_id or "?", conversation=event.conversation)
    department = turn.organisation.department_in(event.conversation)
    return Ask(person, event.conversation, event.text.strip(), event.quoted, department, event.single)


def _run(turn: Turn, ask: Ask, command: Command, act: Act) -> str | None:
    if act.writes:
        turn.uow.plans.lock()
        if about := turn.uow.changes.get(getattr(command, "change_no", "")):
            in_time(turn, about)
    return act.handle(turn, ask, command)
