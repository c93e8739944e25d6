"""A button was pressed: check it against the database, do it, and say what the card shows from now on.

Guards, in this order: is it an action of a card of ours, is the person one of us, is the place one of ours, is the card
still the current one, may they press this button; then the rules of the change request itself.
"""

from cards.card import Card, Tone
from cards.markdown import plain
from handlers.events import Answer, Clicked
from handlers.govern.authorize import require
from handlers.inbound.buttons import BUTTONS
from handlers.inbound.company import of_ours
from handlers.inbound.late_replies import answer as why_not
from handlers.inbound.press import Press, read, require_current
from handlers.inbound.unnamed_groups import require_named
from handlers.lifecycle.expire import in_time
from handlers.lifecycle.stand_ins import as_of_today
from handlers.notify.audit import record_again, record_unmoved
from handlers.turn import Environment, Turn
from planning.refusal import Refusal, Refused
from planning.subject import SubjectKind


def click(turn: Turn, event: Clicked) -> Answer | None:
    """The answer from local state. A refusal is shown to the person who pressed, and changes nothing."""
    turn.uow.plans.lock()
    event = of_ours(turn, event)
    try:
        press = read(turn, event)
        _require_named(turn, event, press)
    except Refused as refused:
        record_unmoved(turn, event, refused.refusal)
        return _unknown(turn, event, refused.refusal)
    if press.is_about_a_change:
        press.change = as_of_today(turn, in_time(turn, press.change))
    try:
        require_current(press)
        button = BUTTONS.get(press.action.verb)
        if button is None:
            raise Refused("not-permitted", what=press.action.verb)
        require(turn, press.person, button.permission)
        return button.press(press)
    except Refused as refused:
        newest = next(reversed(press.row.subject.changes), "")  # of a conflict the newer request
        record_unmoved(turn, event, refused.refusal, newest)
        press.read_again()
        return press.noted(str(plain(why_not(turn, refused.refusal))))


def show_again(turn: Turn, event: Clicked) -> Answer:
    """A click that was handled before is repeated by the platform: the card as it stands, nothing else."""
    event = of_ours(turn, event)
    record_again(turn, event)
    try:
        press = read(turn, event)
        _require_named(turn, event, press)
        return press.page(press.card())
    except Refused as refused:
        return _unknown(turn, event, refused.refusal)


def _require_named(turn: Turn, event: Clicked, press: Press) -> None:
    """A card that gives a group its name stands in one without."""
    if press.row.subject.kind != SubjectKind.SETTING:
        require_named(turn, event, press.person)


def unexpected(environment: Environment, event: Clicked, ref: str) -> Answer:
    """Say that something broke while handling a click, with the number under which it was logged."""
    return _bare(environment, event, environment.words("answer.trouble", ref=ref))


def _unknown(turn: Turn, event: Clicked, refusal: Refusal) -> Answer:
    """Refuse somebody we do not know, or where nothing of ours is shown: only why."""
    return _bare(turn.environment, event, turn.words.refusal(refusal))


def _bare(environment: Environment, event: Clicked, sentence: str) -> Answer:
    return Answer(Card(environment.bot_name, sentence, Tone.MUTED, sentence, sentence), event.wire_id, everyone=False)
