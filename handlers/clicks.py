"""A button was pressed: check it against the database, do it, and say what the card shows from now on.

Guards, in this order: is it an action of a card of ours, is the person one of us, is the card still the current one;
then the rules of the change request itself.
"""

import re
from collections.abc import Callable
from dataclasses import replace

from cards.action import Action, BadAction, Verb
from cards.card import Card, Tone
from cards.faces import colleagues_page, reasons_page
from cards.faces.approval import REASONS
from cards.markdown import plain
from handlers import settling
from handlers.amending import send_back
from handlers.countering import reject_with
from handlers.deciding import decide
from handlers.drawing import draw
from handlers.events import Answer, Clicked
from handlers.extending import extend
from handlers.guarding import require_button
from handlers.language import split_suggestion
from handlers.proposals import drop, submit_draft
from handlers.recording import tell_again, tell_unmoved
from handlers.refreshing import answers_everyone
from handlers.reminding import push
from handlers.rerouting import as_emergency, go_round
from handlers.turn import House, Turn
from planning.approval import colleagues
from planning.approvers import may_decide
from planning.change import Change, Decision, Verdict
from planning.holding import require_not_held
from planning.organisation import Person
from planning.refusal import Refusal, Refused
from storage.cards import CardRow, Purpose

_VERSION = re.compile(r"-v\d+$")
ASKING = (Purpose.APPROVAL, Purpose.ESCALATION)


class Press:
    """One press of a button whose card and person are known."""

    def __init__(self, turn: Turn, event: Clicked, action: Action, row: CardRow, person: Person) -> None:
        self.turn, self.event, self.action, self.row, self.person = turn, event, action, row, person
        self.change: Change = turn.change(row.change_no)

    def card(self) -> Card:
        return draw(self.turn, self.row, self.change)

    def decision(self, verdict: Verdict, comment: str = "", to: str = "") -> Decision:
        channel = self.event.conversation.partition(":")[0] or "wecom-app"
        seen = self.change.impact.hash
        return Decision(self.person.id, verdict, self.turn.now, seen, comment, channel, to)


def click(turn: Turn, event: Clicked) -> Answer | None:
    """The answer from local state. A refusal is shown to the person who pressed, and changes nothing."""
    turn.uow.plans.lock()
    try:
        press = _press(turn, event)
    except Refused as refused:
        tell_unmoved(turn, event, refused.refusal)
        return _unknown(turn, event, refused.refusal)
    try:
        _require_current(press)
        require_button(turn, press.person, press.action.verb)
        return _VERBS[press.action.verb](press)
    except Refused as refused:
        tell_unmoved(turn, event, refused.refusal, press.row.change_no)
        press.change = turn.change(press.row.change_no)
        return _note(press, refused.refusal)


def show_again(turn: Turn, event: Clicked) -> Answer:
    """A click that was handled before is repeated by the platform: the card as it stands, nothing else."""
    tell_again(turn, event)
    try:
        return _back(_press(turn, event))
    except Refused as refused:
        return _unknown(turn, event, refused.refusal)


def _press(turn: Turn, event: Clicked) -> Press:
    try:
        action = Action.unpack(event.action)
    except BadAction as error:
        raise Refused("card-unknown") from error
    row = turn.uow.cards.get(action.card)
    if row is None or _VERSION.sub("", event.wire_id) != row.card_id:
        raise Refused("card-unknown")
    person = turn.organisation.person_by(row.conversation.partition(":")[0], event.user_id)
    if person is None:
        raise Refused("stranger", user=event.user_id or "?", conversation=row.conversation)
    if event.handle:
        turn.uow.cards.set_handle(row.card_id, event.handle)
        row = replace(row, handle=event.handle)
    return Press(turn, event, action, row, person)


def _require_current(press: Press) -> None:
    step = press.change.step_of(press.row.department)
    if press.row.purpose in ASKING and press.change.state.is_open and step and step.round != press.row.round:
        raise Refused("card-old")


def _submit(press: Press) -> Answer:
    press.change = submit_draft(press.turn, press.change, press.person.id, pressed=press.row.card_id)
    return _shown(press)


def _discard(press: Press) -> Answer:
    press.change = drop(press.turn, press.change, press.person.id, pressed=press.row.card_id)
    return _shown(press)


def _approve(press: Press) -> Answer:
    return _decide(press, press.decision(Verdict.APPROVE))


def _reject(press: Press) -> Answer:
    reason = press.event.inputs.get("input", "").strip() or _chosen_reason(press)
    if not reason:
        _require_decider(press)
        view = press.turn.view(press.change)
        return _page(press, reasons_page(view, press.card(), press.row.card_id))
    said, suggestion = split_suggestion(reason)
    if not suggestion:
        return _decide(press, press.decision(Verdict.REJECT, reason))
    decision, department = press.decision(Verdict.REJECT, said), press.row.department
    press.change, _ = reject_with(
        press.turn, press.change, department, decision, suggestion, pressed=press.row.card_id
    )
    return _shown(press)


def _modify(press: Press) -> Answer:
    wish = press.event.inputs.get("input", "").strip()
    if not wish:
        _require_decider(press)
        how = press.turn.words("modify.how", no=press.change.no)
        return _page(press, with_note(press.card(), str(plain(how)), mark="✏️"))
    decision, department = press.decision(Verdict.MODIFY, wish), press.row.department
    press.change = send_back(press.turn, press.change, department, decision, pressed=press.row.card_id)
    return _shown(press)


def _transfer(press: Press) -> Answer:
    if press.action.choice:
        return _decide(press, press.decision(Verdict.TRANSFER, to=press.action.choice))
    _require_decider(press)
    people, deputies = press.turn.organisation, press.turn.deputies()
    able = colleagues(press.change, press.row.department, press.person.id, people, deputies)
    if not able:
        raise Refused("nobody-to-transfer")
    return _page(press, colleagues_page(press.turn.view(press.change), press.card(), press.row.card_id, able))


def _received(press: Press) -> Answer:
    press.turn.uow.changes.acknowledge(press.change.no, press.person.id, press.turn.now)
    return _page(press, with_note(press.card(), press.turn.words("received"), mark="✅"))


def _remind(press: Press) -> Answer:
    sentence = push(press.turn, press.change, press.person, press.row.department)
    return _page(press, with_note(press.card(), sentence, mark="✅"))


def _settle(press: Press) -> Answer:
    settling.press(press.turn, press.row, press.person, press.action.choice)
    return _shown(press)


def _extend(press: Press) -> Answer:
    sentence = extend(press.turn, press.change, press.person)
    press.change = press.turn.change(press.change.no)
    return _page(press, with_note(press.card(), sentence, mark="✅"))


def _detour(press: Press) -> Answer:
    press.change = go_round(press.turn, press.change, press.person.id, pressed=press.row.card_id)
    return _shown(press)


def _urgent(press: Press) -> Answer:
    press.change = as_emergency(press.turn, press.change, press.person.id, pressed=press.row.card_id)
    return _shown(press)


def _back(press: Press) -> Answer:
    return _page(press, press.card())


_VERBS: dict[Verb, Callable[[Press], Answer]] = {
    Verb.SUBMIT: _submit,
    Verb.DISCARD: _discard,
    Verb.APPROVE: _approve,
    Verb.REJECT: _reject,
    Verb.MODIFY: _modify,
    Verb.TRANSFER: _transfer,
    Verb.RECEIVED: _received,
    Verb.REMIND: _remind,
    Verb.SETTLE: _settle,
    Verb.EXTEND: _extend,
    Verb.DETOUR: _detour,
    Verb.URGENT: _urgent,
    Verb.BACK: _back,
}


def _decide(press: Press, decision: Decision) -> Answer:
    press.change = decide(press.turn, press.change, press.row.department, decision, pressed=press.row.card_id)
    return _shown(press)


def _require_decider(press: Press) -> None:
    """A second page is only for somebody who could use it."""
    step = press.change.step_of(press.row.department)
    if not press.change.state.is_open:
        raise Refused("change-ended", no=press.change.no, state=press.change.state.value)
    require_not_held(press.change)
    if press.person.id == press.change.proposer:
        raise Refused("own-change", no=press.change.no)
    if step is None or not may_decide(step, press.person.id, press.turn.deputies()):
        raise Refused("not-an-approver", no=press.change.no)


def _chosen_reason(press: Press) -> str:
    chosen = press.action.choice
    return press.turn.words(f"reason.{chosen}") if chosen in REASONS else ""


def _shown(press: Press) -> Answer:
    """The card as it is from now on. Where everyone gets it by the answer, the answer counts as its newest version."""
    card, wire_id = press.card(), press.event.wire_id
    if not answers_everyone(press.row.conversation):
        return Answer(card, wire_id, everyone=False)
    row = press.turn.uow.cards.get(press.row.card_id) or press.row
    return Answer(card, wire_id, everyone=True, card_id=row.card_id, version=row.wanted_version)


def _page(press: Press, card: Card) -> Answer:
    return Answer(card, press.event.wire_id, everyone=False)


def _note(press: Press, refusal: Refusal) -> Answer:
    """The card as it stands, with a sentence above it, for the one who pressed."""
    return _page(press, with_note(press.card(), press.turn.sentence(refusal)))


def with_note(card: Card, sentence: str, mark: str = "⚠") -> Card:
    return replace(card, body=f"**{mark} {sentence}**\n\n{card.body}", summary=sentence)


def unexpected(house: House, event: Clicked, ref: str) -> Answer:
    """Something broke while handling a click: say so, with the number under which it was logged."""
    return _bare(house, event, house.words("trouble", ref=ref))


def _unknown(turn: Turn, event: Clicked, refusal: Refusal) -> Answer:
    """Nothing of ours is shown to somebody we do not know, only why."""
    return _bare(turn.house, event, turn.words.refusal(refusal))


def _bare(house: House, event: Clicked, sentence: str) -> Answer:
    return Answer(Card(house.bot_name, sentence, Tone.MUTED, sentence, sentence), event.wire_id, everyone=False)
