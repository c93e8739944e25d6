"""From a card's row to what it shows now."""

from cards.card import Card
from cards.faces import approval_card, escalation_card, notice_card, proposal_card
from handlers.govern.classify import emergency_rules
from handlers.govern.readers import caution
from handlers.notify.conflict_cards import facing
from handlers.notify.overlap_notice import nearby
from handlers.turn import Turn
from planning.change.change import Change
from storage.cards import CardRow, Purpose


def draw(turn: Turn, row: CardRow, change: Change | None = None) -> Card:
    """The card in the state of the database; `change` saves reading it again."""
    change = change or turn.change(row.change_no)
    view = turn.view(change)
    match row.purpose:
        case Purpose.PROPOSAL:
            urgent = bool(change.policy.special) and bool(emergency_rules(turn))
            return proposal_card(view, row.card_id, caution(turn, change), nearby(turn, change), urgent)
        case Purpose.APPROVAL:
            return approval_card(view, row.card_id, row.department, row.round)
        case Purpose.ESCALATION:
            return escalation_card(view, row.card_id, row.department, row.round)
        case Purpose.CONFLICT:
            return facing(turn, row)
        case Purpose.NOTICE:
            return notice_card(view, row.card_id, row.department)
