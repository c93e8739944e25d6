"""Question cards: put up, and drawn from what was asked."""

from cards.card import Card
from cards.faces import question_card
from cards.question import Question
from handlers.notify.new_cards import add_card
from handlers.turn import Turn
from planning.refusal import Refused
from planning.subject import Subject, SubjectKind
from storage.cards import CardRow, Purpose


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
