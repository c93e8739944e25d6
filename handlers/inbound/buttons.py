"""Every button of a card: who may press it, what is done then, and what it answers. A refusal is raised and changes
nothing."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum, auto

from cards.action import Verb
from cards.faces import colleagues_page, details_message, details_page, reasons_page
from cards.faces.approval import REASONS
from cards.faces.escalation import BETWEEN
from cards.markdown import plain
from handlers.actions.change import settle_conflict
from handlers.actions.change.counter_proposal import not_drafted, reject_with
from handlers.actions.change.decide import decide
from handlers.actions.change.extend import extend
from handlers.actions.change.fence_options import as_emergency, go_round
from handlers.actions.change.propose import submit_draft
from handlers.actions.change.remind import push
from handlers.actions.change.withdraw import drop
from handlers.actions.people import answer_delegation
from handlers.events import Answer
from handlers.govern.readers import warning
from handlers.inbound import answers, exception_buttons, issue_buttons, record_buttons, settings_buttons
from handlers.inbound.press import Press
from handlers.inbound.sent_back import send_back
from handlers.language import split_suggestion
from handlers.lifecycle.details_opened import opened
from handlers.lifecycle.scan import touch
from handlers.notify.people.delegation_cards import tell_the_absent
from planning.change.approval import colleagues, require_decider, require_transferable, still_theirs
from planning.change.change import Decision, Verdict
from planning.control.permissions import ALL, DECIDE, OWN, PUSH, Permission
from planning.refusal import Refused


class Shows(Enum):
    """Kind of answer shown to somebody who has pressed."""

    CARD = auto()
    """The card as it is from now on."""
    SENTENCE = auto()
    """The card as it stands, and a sentence above it."""
    PAGE = auto()
    """Something to choose from, in the card's place."""


@dataclass(frozen=True, slots=True)
class Button:
    """One button as one record; `answers` has everything it may show. Whose change request it is, its rules say."""

    verb: Verb
    permission: Permission
    press: Callable[[Press], Answer]
    answers: tuple[Shows, ...]


def _submit(press: Press) -> Answer:
    submit_draft(press.turn, press.change, press.person.id, pressed=press.row.card_id)
    press.read_again()
    return press.shown()


def _discard(press: Press) -> Answer:
    press.change = drop(press.turn, press.change, press.person.id, pressed=press.row.card_id)
    return press.shown()


def _approve(press: Press) -> Answer:
    departments = press.action.choice.split(BETWEEN)[:-1]
    return _approve_each(press, departments) if departments else _decide(press, press.decision(Verdict.APPROVE))


def _approve_each(press: Press, departments: list[str]) -> Answer:
    """Approve for those of the departments on the card for which this person may; while it is what they have seen."""
    before, seen = press.change, press.decision(Verdict.APPROVE)
    on_card = [step.department for step in press.steps if step.department in departments]
    theirs = [step.department for step in still_theirs(before, press.person.id, press.turn.deputies())]
    first, *others = [one for one in on_card if one in theirs] or [press.department]
    press.change = decide(press.turn, before, first, seen, pressed=press.row.card_id)
    for department in others:
        if press.change.state.is_deciding and press.change.impact.hash == before.impact.hash:
            press.change = decide(press.turn, press.change, department, seen, pressed=press.row.card_id)
    tell_the_absent(press.turn, before, press.change, press.row.conversation)
    return press.shown()


def _reject(press: Press) -> Answer:
    reason = press.event.inputs.get("input", "").strip() or _chosen_reason(press)
    if not reason:
        require_decider(*press.asked, Verdict.REJECT)  # a second page is only for somebody who could use it
        view = press.turn.view(press.change)
        return press.page(reasons_page(view, press.card(), press.row.card_id))
    said_on = press.turn.day_of(press.event.at)
    said, suggestion = split_suggestion(reason, said_on, press.turn.vocabulary)
    if not suggestion:
        decided = _decide(press, press.decision(Verdict.REJECT, reason))
        _aside(press, f"{not_drafted(press.turn, press.change, reason)}{_warning(press, reason)}")
        return decided
    before, decision, department = press.change, press.decision(Verdict.REJECT, said), press.department
    press.change, _ = reject_with(
        press.turn, press.change, department, decision, suggestion, said_on, pressed=press.row.card_id
    )
    tell_the_absent(press.turn, before, press.change, press.row.conversation)
    _aside(press, _warning(press, reason))
    return press.shown()


def _modify(press: Press) -> Answer:
    wish = press.event.inputs.get("input", "").strip()
    if not wish:
        require_decider(*press.asked, Verdict.MODIFY)
        how = press.turn.words("modify.how", no=press.change.no)
        return press.noted(str(plain(how)), mark="✏️")
    before, decision, department = press.change, press.decision(Verdict.MODIFY, wish), press.department
    press.change = send_back(
        press.turn, press.change, department, decision, said_at=press.event.at, pressed=press.row.card_id
    )
    tell_the_absent(press.turn, before, press.change, press.row.conversation)
    _aside(press, _warning(press, wish))
    return press.shown()


def _transfer(press: Press) -> Answer:
    if press.action.choice:
        return _decide(press, press.decision(Verdict.TRANSFER, to=press.action.choice))
    require_transferable(*press.asked)
    people, deputies = press.turn.organisation, press.turn.deputies()
    able = colleagues(press.change, press.department, press.person.id, people, deputies)
    if not able:
        raise Refused("nobody-to-transfer")
    return press.page(colleagues_page(press.turn.view(press.change), press.card(), press.row.card_id, able))


def _received(press: Press) -> Answer:
    press.turn.uow.changes.acknowledge(press.change.no, press.person.id, press.turn.now)
    touch(press.turn, [press.change.no])
    return press.noted(press.turn.words("answer.received"), mark="✅")


def _remind(press: Press) -> Answer:
    sentence = push(press.turn, press.change, press.person, [step.department for step in press.steps])
    return press.noted(sentence, mark="✅")


def _settle(press: Press) -> Answer:
    settle_conflict.press(press.turn, press.row, press.person, press.action.choice)
    return press.shown()


def _extend(press: Press) -> Answer:
    sentence = extend(press.turn, press.change, press.person)
    press.change = press.turn.change(press.change.no)
    return press.noted(sentence, mark="✅")


def _detour(press: Press) -> Answer:
    press.change = go_round(press.turn, press.change, press.person.id, pressed=press.row.card_id)
    return press.shown()


def _urgent(press: Press) -> Answer:
    press.change = as_emergency(press.turn, press.change, press.person.id, pressed=press.row.card_id)
    return press.shown()


def _accept(press: Press) -> Answer:
    return _answer(press, answer_delegation.accept)


def _decline(press: Press) -> Answer:
    return _answer(press, answer_delegation.decline)


def _call_off(press: Press) -> Answer:
    return _answer(press, answer_delegation.call_off)


def _answer(press: Press, answer: answer_delegation.Answering) -> Answer:
    row = press.row
    answer(press.turn, press.delegation, press.person, heard=row.conversation, pressed=row.card_id)
    return press.shown()


def _details(press: Press) -> Answer:
    """In the card's place where that has room for them, else as a message below it."""
    card, traits = press.card(), press.turn.environment.platforms.serving(press.row.conversation)
    if not press.row.subject.changes:
        raise Refused("card-unknown")
    if press.is_about_a_change:
        opened(press.turn, press.change, press.person.id)
    if not card.details:  # an old card, of what has ended since: what it shows now is all there is
        return press.page(card)
    told = ""
    if len(card.details.encode()) > traits.card_bytes:
        press.turn.uow.outbox.say(press.row.conversation, details_message(card), press.turn.now)
        told = press.turn.words("answer.details-below")
    return press.page(details_page(press.turn.words, card, press.row.card_id, told))


def _back(press: Press) -> Answer:
    return press.page(press.card())


def _decide(press: Press, decision: Decision) -> Answer:
    before = press.change
    press.change = decide(press.turn, before, press.department, decision, pressed=press.row.card_id)
    tell_the_absent(press.turn, before, press.change, press.row.conversation)
    return press.shown()


def _warning(press: Press, said: str) -> str:
    return warning(press.turn, press.change, press.person.id, said)


def _aside(press: Press, sentence: str) -> None:
    """Beside the card: that is shown to everybody as it is now."""
    if sentence:
        press.turn.uow.outbox.say(press.row.conversation, f"{press.change.no} {sentence.strip()}", press.turn.now)


def _chosen_reason(press: Press) -> str:
    chosen = press.action.choice
    return press.turn.words(f"value.reason.{chosen}") if chosen in REASONS else ""


def _records(*buttons: Button) -> dict[Verb, Button]:
    return {button.verb: button for button in buttons}


BUTTONS: Mapping[Verb, Button] = _records(
    Button(Verb.SUBMIT, OWN, _submit, (Shows.CARD,)),
    Button(Verb.DISCARD, OWN, _discard, (Shows.CARD,)),
    Button(Verb.APPROVE, DECIDE, _approve, (Shows.CARD,)),
    Button(Verb.REJECT, DECIDE, _reject, (Shows.CARD, Shows.PAGE)),
    Button(Verb.MODIFY, DECIDE, _modify, (Shows.CARD, Shows.SENTENCE)),
    Button(Verb.TRANSFER, DECIDE, _transfer, (Shows.CARD, Shows.PAGE)),
    Button(Verb.RECEIVED, ALL, _received, (Shows.SENTENCE,)),
    Button(Verb.REMIND, PUSH, _remind, (Shows.SENTENCE,)),
    # Its proposers' and an arbiter's: `planning/change/conflict` says who that is.
    Button(Verb.SETTLE, ALL, _settle, (Shows.CARD,)),
    Button(Verb.EXTEND, ALL, _extend, (Shows.SENTENCE,)),
    Button(Verb.DETOUR, OWN, _detour, (Shows.CARD,)),
    Button(Verb.URGENT, OWN, _urgent, (Shows.CARD,)),
    # Its person's: `handlers/inbound/answers` sees to that.
    Button(Verb.SAY, ALL, answers.say, (Shows.CARD,)),
    Button(Verb.FILL, ALL, answers.fill, (Shows.CARD, Shows.SENTENCE)),
    Button(Verb.NEITHER, ALL, answers.neither, (Shows.CARD,)),
    # Of the two it is between: `planning/people/delegation` says whose word is whose.
    Button(Verb.ACCEPT, ALL, _accept, (Shows.CARD,)),
    Button(Verb.DECLINE, ALL, _decline, (Shows.CARD,)),
    Button(Verb.CALL_OFF, ALL, _call_off, (Shows.CARD,)),
    # An admin's, whichever it takes: `handlers/actions/people` and `bind` say so, by the newest settings.
    Button(Verb.CONFIRM, ALL, settings_buttons.confirm, (Shows.CARD,)),
    Button(Verb.REFUSE, ALL, settings_buttons.refuse, (Shows.CARD,)),
    # Of those who are unknown too, and alone of all buttons: `handlers/actions/join` and `check_card` say so.
    Button(Verb.APPLY, ALL, settings_buttons.apply, (Shows.SENTENCE, Shows.CARD)),
    # Who may put it off or propose: `handlers/actions/exceptions` and the command say so.
    Button(Verb.CURE, ALL, exception_buttons.cure, (Shows.CARD,)),
    Button(Verb.TAKE, ALL, exception_buttons.take, (Shows.CARD,)),
    Button(Verb.SNOOZE, ALL, exception_buttons.snooze, (Shows.CARD, Shows.SENTENCE)),
    Button(Verb.MUTE, ALL, exception_buttons.mute, (Shows.CARD, Shows.SENTENCE)),
    # Its owner's, or whoever raised it: `handlers/govern/rhythm/issue_people` says so.
    Button(Verb.PROBLEM, ALL, issue_buttons.problem, (Shows.SENTENCE,)),
    Button(Verb.SEE_TO, ALL, issue_buttons.see_to, (Shows.CARD,)),
    Button(Verb.REPLY, ALL, issue_buttons.reply, (Shows.CARD, Shows.SENTENCE)),
    Button(Verb.HAND_ON, ALL, issue_buttons.hand_on, (Shows.CARD, Shows.SENTENCE)),
    Button(Verb.CHANGE, ALL, issue_buttons.change, (Shows.CARD,)),
    Button(Verb.SOLVED, ALL, issue_buttons.solved, (Shows.CARD,)),
    Button(Verb.UNSOLVED, ALL, issue_buttons.unsolved, (Shows.CARD,)),
    # The two who agreed: `handlers/govern/rhythm/record_people` says who answers.
    Button(Verb.AGREE, ALL, record_buttons.agree, (Shows.CARD,)),
    Button(Verb.DISPUTE, ALL, record_buttons.dispute, (Shows.CARD, Shows.SENTENCE)),
    Button(Verb.DRAFT, ALL, record_buttons.draft, (Shows.CARD,)),
    Button(Verb.DETAILS, ALL, _details, (Shows.PAGE,)),
    Button(Verb.BACK, ALL, _back, (Shows.CARD,)),
)
