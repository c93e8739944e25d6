"""From a card's row to what it shows now."""

from collections.abc import Callable

from cards.card import Card
from cards.faces import approval_card, escalation_card, notice_card, proposal_card
from handlers.govern.authorize import may_declare
from handlers.govern.classify import emergency_rules
from handlers.govern.readers import caution
from handlers.notify.change.conflict_cards import facing
from handlers.notify.change.escalation_cards import steps_on
from handlers.notify.change.overlap_notice import nearby
from handlers.notify.facts.exception_cards import exception_facing
from handlers.notify.people.delegation_cards import delegation_facing
from handlers.notify.people.settings_cards import setting_facing
from handlers.notify.question_cards import face as question_face
from handlers.notify.rhythm.issue_cards import issue_facing
from handlers.notify.rhythm.record_cards import record_facing
from handlers.turn import Turn
from planning.change.change import Change
from planning.refusal import Refused
from planning.subject import SubjectKind
from storage.delivery.cards import CardRow, Purpose


def draw(turn: Turn, row: CardRow, change: Change | None = None) -> Card:
    """The card in the state of the database; `change`: what it is about, where that was read before.

    Raises Refused("card-unknown") of what this program knows no face for.
    """
    if change is not None:
        return _of_change(turn, row, change)
    if row.subject.kind not in FACES:
        raise Refused("card-unknown")
    return FACES[row.subject.kind](turn, row)


def effect_on(turn: Turn, row: CardRow) -> str:
    """Hash of the effect that the card shows; empty: it is not about a change request."""
    return turn.change(row.subject.id).impact.hash if row.subject.kind == SubjectKind.CHANGE else ""


def _of_change(turn: Turn, row: CardRow, change: Change | None = None) -> Card:
    change = change or turn.change(row.subject.id)
    view = turn.view(change)
    match row.purpose:
        case Purpose.PROPOSAL:
            urgent = bool(change.policy.special) and bool(emergency_rules(turn)) and may_declare(turn, change)
            return proposal_card(view, row.card_id, caution(turn, change), nearby(turn, change), urgent)
        case Purpose.APPROVAL:
            return approval_card(view, row.card_id, row.department, row.round)
        case Purpose.ESCALATION:
            return escalation_card(view, row.card_id, row.department, row.round, steps_on(turn, change, row))
        case Purpose.NOTICE:
            return notice_card(view, row.card_id, row.department)
        case _:
            raise Refused("card-unknown")


FACES: dict[str, Callable[[Turn, CardRow], Card]] = {
    SubjectKind.CHANGE: _of_change,
    SubjectKind.CONFLICT: facing,
    SubjectKind.QUESTION: question_face,
    SubjectKind.DELEGATION: delegation_facing,
    SubjectKind.EXCEPTION: exception_facing,
    SubjectKind.ISSUE: issue_facing,
    SubjectKind.RECORD: record_facing,
    SubjectKind.SETTING: setting_facing,
}
"""By the kind of what a card is about."""
