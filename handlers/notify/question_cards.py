"""Question cards: put up, and drawn from what was asked."""

from cards.card import Card
from cards.faces import question_card
from cards.question import Question
from handlers.notify.new_cards import add_card
from handlers.turn import Turn
from planning.refusal import Refused
from planning.subject import Subject, SubjectKind
from storage.delivery.cards import CardRow, Purpose

ROOM = 90
"""Characters of an answer that fit on a card that draws short rows alone, with a hint behind them (rule W12)."""
OFFERS_BYTES = 350
"""Left of a card that draws a text (rule D7), for what is offered below it."""


def fits(turn: Turn, conversation: str, sentence: str) -> bool:
    """Check whether a card has room for the sentence, and what is offered below it."""
    whole = turn.environment.platforms.serving(conversation).card_bytes
    return len(sentence.encode()) <= whole - OFFERS_BYTES if whole else len(sentence) <= ROOM


def put_up(turn: Turn, question: Question) -> None:
    """Ask it, where the person it is for said something."""
    turn.uow.questions.add(question)
    add_card(turn, Purpose.QUESTION, Subject(SubjectKind.QUESTION, question.id), question.conversation)


def question_of(turn: Turn, row: CardRow) -> Question:
    """Question that a card is about. Raises "card-unknown" for a card of another kind: an action can be made up."""
    is_one = row.subject.kind == SubjectKind.QUESTION
    found = turn.uow.questions.get(row.subject.id) if is_one else None
    if found is None:
        raise Refused("card-unknown")
    return found


def face(turn: Turn, row: CardRow) -> Card:
    """A question card as it shows now."""
    question = question_of(turn, row)
    return question_card(question, turn.organisation.name_of(question.person), turn.words, row.card_id)
