"""One press of a button: the card it was pressed on, the person who pressed it, and the ways to answer them."""

import re
from dataclasses import replace

from cards.action import Action, BadAction, Verb
from cards.card import Card
from cards.faces.view import SEEN
from handlers.actions.people.join import applicant
from handlers.events import Answer, Clicked
from handlers.notify.card_updates import answers_everyone
from handlers.notify.change.escalation_cards import steps_on
from handlers.notify.people.delegation_cards import delegation_of
from handlers.notify.render_card import FACES, draw, effect_on
from handlers.platforms import prefix_of
from handlers.turn import Turn
from planning.change.approval import still_theirs
from planning.change.change import Change, Decision, Step, Verdict
from planning.people.delegation import Delegation, Deputies
from planning.people.organisation import Person
from planning.refusal import Refused
from planning.subject import SubjectKind
from storage.delivery.cards import CardRow

_VERSION = re.compile(r"-v\d+$")


class Press:
    """One press of a button whose card and person are known."""

    def __init__(self, turn: Turn, event: Clicked, action: Action, row: CardRow, person: Person) -> None:
        self.turn, self.event, self.action, self.row, self.person = turn, event, action, row, person
        self._change: Change | None = None
        self.read_again()

    @property
    def change(self) -> Change:
        """The request the card is about. Raises Refused("card-unknown") of a card about something else: an action can
        be made up."""
        if self._change is None:
            raise Refused("card-unknown")
        return self._change

    @change.setter
    def change(self, change: Change) -> None:
        self._change = change

    @property
    def delegation(self) -> Delegation:
        """The delegation the card is about. Raises Refused("card-unknown") of any other card."""
        return delegation_of(self.turn, self.row)

    @property
    def is_about_a_change(self) -> bool:
        return self.row.subject.kind == SubjectKind.CHANGE

    def read_again(self) -> None:
        """Load the request the card is about, and the card as the database has them: submitting gave it its number."""
        self.row = replace(self.turn.uow.cards.get(self.row.card_id) or self.row, handle=self.row.handle)
        self._change = self.turn.change(self.row.subject.id) if self.is_about_a_change else None

    def card(self) -> Card:
        return draw(self.turn, self.row, self._change)

    def decision(self, verdict: Verdict, comment: str = "", to: str = "") -> Decision:
        channel = prefix_of(self.event.conversation)
        now = self.change.impact.hash
        seen = now if self.action.seen == now[:SEEN] else self.action.seen
        return Decision(self.person.id, verdict, self.turn.now, seen, comment, channel, to)

    @property
    def asked(self) -> tuple[Change, str, str, Deputies]:
        """Step this person would decide, and who acts for whom."""
        return self.change, self.department, self.person.id, self.turn.deputies()

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps that are decided on the card."""
        return steps_on(self.turn, self.change, self.row)

    @property
    def department(self) -> str:
        """Whose step this person would decide: of several on the card the first that waits for them, else the first
        that waits."""
        waiting = [step for step in self.steps if step.state.is_undecided]
        theirs = still_theirs(self.change, self.person.id, self.turn.deputies())
        first = next((step for step in waiting if step in theirs), next(iter(waiting), None))
        return first.department if first else self.row.department

    def shown(self) -> Answer:
        """The card as it is from now on, its newest version. Where everyone gets it by the answer, its effect counts as
        shown in the conversation."""
        card, everyone = self.card(), answers_everyone(self.turn, self.row)
        row = self.turn.uow.cards.get(self.row.card_id) or self.row
        effect = effect_on(self.turn, row) if everyone else ""
        return Answer(card, self.event.wire_id, everyone, row.card_id, row.wanted_version, effect)

    def page(self, card: Card) -> Answer:
        """Something else in the card's place, for the one who pressed."""
        return Answer(card, self.event.wire_id, everyone=False)

    def noted(self, sentence: str, mark: str = "⚠") -> Answer:
        """The card as it stands, with a sentence above it, for the one who pressed."""
        card = self.card()
        page = self.page(replace(card, body=f"**{mark} {sentence}**\n\n{card.body}", summary=sentence))
        if not answers_everyone(self.turn, self.row):
            return page
        return replace(page, card_id=self.row.card_id, effect=effect_on(self.turn, self.row))



def read(turn: Turn, event: Clicked) -> Press:
    """Raises Refused: "card-unknown", or "stranger" of somebody the settings do not name."""
    try:
        action = Action.unpack(event.action)
    except BadAction as error:
        raise Refused("card-unknown") from error
    row = turn.uow.cards.get(action.card)
    if row is None or _VERSION.sub("", event.wire_id) != row.card_id or row.subject.kind not in FACES:
        raise Refused("card-unknown")
    if platform_of(turn, event.conversation) != platform_of(turn, row.conversation):
        raise Refused("card-unknown")  # it stands on another platform: nobody can have pressed it here
    person = turn.environment.person_in(event.conversation, event.user_id)
    if person is None and event.user_id and row.subject.kind == SubjectKind.SETTING and action.verb is Verb.APPLY:
        person = applicant(turn, event.conversation, event.user_id)
    if person is None:
        raise Refused("stranger", user=event.user_id or "?", conversation=row.conversation)
    if event.handle:
        turn.uow.cards.set_handle(row.card_id, event.handle)
        row = replace(row, handle=event.handle)
    return Press(turn, event, action, row, person)


def platform_of(turn: Turn, conversation: str) -> str:
    return turn.environment.platforms.serving(conversation).platform


def require_current(press: Press) -> None:
    """Raises Refused("card-old") when a newer card asks instead."""
    if not press.row.purpose.asks:
        return
    step = press.change.step_of(press.row.department)
    if press.change.state.is_open and step and not steps_on(press.turn, press.change, press.row):
        raise Refused("card-old")
