"""Faces of cards: each a pure function of the change request and of its reader."""

from cards.faces.approval import approval_card, colleagues_page, reasons_page
from cards.faces.conflict import ConflictView, conflict_card
from cards.faces.delegation import DelegationView, delegation_card
from cards.faces.details import details_message, details_page
from cards.faces.escalation import escalation_card
from cards.faces.exception import ExceptionView, exception_card
from cards.faces.notice import notice_card
from cards.faces.proposal import proposal_card
from cards.faces.question import question_card
from cards.faces.view import ChangeView

__all__ = [
    "ChangeView",
    "ConflictView",
    "DelegationView",
    "ExceptionView",
    "approval_card",
    "colleagues_page",
    "conflict_card",
    "delegation_card",
    "details_message",
    "details_page",
    "escalation_card",
    "exception_card",
    "notice_card",
    "proposal_card",
    "question_card",
    "reasons_page",
]
