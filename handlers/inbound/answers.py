"""A press on a question card: what was offered is carried out in the name of whom it was offered to."""

from cards.question import NEITHER, Question
from handlers.events import Answer
from handlers.govern.authorize import require_command
from handlers.inbound.messages import Response, follow, tell
from handlers.inbound.press import Press
from handlers.inbound.questions import filled
from handlers.language import parse
from handlers.notify.question_cards import question_of
from handlers.turn import Ask
from planning.refusal import Refused

SHORT = 90
"""Characters of an answer that is told on the card itself."""


def say(press: Press) -> Answer:
    """Carry out the offered command. Raises "card-unknown" for a choice that was not offered."""
    question = _theirs(press)
    offered = {str(place): offer for place, offer in enumerate(question.offers)}
    if press.action.choice not in offered:
        raise Refused("card-unknown")
    offer = offered[press.action.choice]
    if offer.done:
        raise Refused("question-answered")
    return _followed(press, question, offer.command, offer.effect, int(press.action.choice))


def fill(press: Press) -> Answer:
    """Complete the command by the words typed into the card; where there is no room for words, say how to go on."""
    question = _theirs(press)
    words = press.event.inputs.get("input", "").strip()
    if not question.form:
        raise Refused("card-unknown")
    if not words:
        return press.noted(press.turn.words("question.how"), mark="✏️")
    return _followed(press, question, filled(press.turn, question, words))


def neither(press: Press) -> Answer:
    """Nothing of it was meant: that is kept with what they had said."""
    press.turn.uow.questions.answered(_theirs(press).answered(NEITHER))
    return press.shown()


def _theirs(press: Press) -> Question:
    """The question, which may be everybody's. Raises Refused: "question-not-yours", "question-answered"."""
    question = question_of(press.turn, press.row)
    if question.person and question.person != press.person.id:
        raise Refused("question-not-yours", name=press.turn.organisation.name_of(question.person))
    if not question.is_open:
        raise Refused("question-answered")
    return question


def _followed(
    press: Press, question: Question, command: str, effect: str = "", place: int | None = None
) -> Answer:
    """`place`: of the offer that was pressed; None: words were written."""
    turn = press.turn
    if not question.person:  # what one person may not do stays for the others
        require_command(turn, press.person, parse(command, turn.today, turn.vocabulary, turn.environment.bot_name))
    ask = Ask(
        person=press.person,
        conversation=question.conversation,
        text=command,
        department=turn.organisation.department_in(question.conversation),
        said_at=question.asked_at,
        seen=effect,
    )
    response = follow(turn, ask, command)
    if response.refusal and question.is_asked_for:  # nothing was done: its button stays
        return _left_open(press, question, response)
    is_text = response.asks is None and response.picture is None
    is_short = is_text and len(response.text) <= SHORT and "\n" not in response.text
    outcome = response.text if is_short else ""
    turn.uow.questions.answered(question.answered_by(place, command, outcome))
    if not is_short:
        tell(turn, question.conversation, response)
    return press.shown()


def _left_open(press: Press, question: Question, refused: Response) -> Answer:
    """Why not, on the card as it stands, or with what can be done instead on a card of its own."""
    if refused.asks is None:
        return press.noted(refused.text)
    tell(press.turn, question.conversation, refused)
    return press.shown()
