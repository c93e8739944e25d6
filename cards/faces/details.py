"""The rest of a card behind 详情: the whole effect, what governs it, the steps, the reason for its reader."""

from collections.abc import Sequence
from dataclasses import replace

from cards.action import Action, Verb
from cards.card import Button, Card
from cards.faces.view import ChangeView
from cards.lead import BUTTONS, NOTES, Lead
from cards.markdown import body, plain
from cards.rows import Row, shown_rows
from cards.words import Words
from planning.plan.impact import LateOrder

MOST = 20
"""Rows of each kind; the rest is counted."""


def with_details(
    view: ChangeView, card_id: str, card: Card, lead: Lead, heading: str,
    *, rows: Sequence[Row] = (), lines: Sequence[str] = (), left: Sequence[str] = (), departments: bool = False,
    why: str = "",
) -> Card:  # fmt: skip
    """The card with its lead on it, and the rest one tap away; a card without buttons says all at once. `rows`: the
    details' own, where the lead has fewer."""

    def told(rows: Sequence[Row], late: Sequence[LateOrder], whole: bool) -> str:
        said = lead.notes[:NOTES]
        shown, more = shown_rows(view.words, rows, MOST)
        orders, late_more = shown_rows(view.words, late, MOST)
        unrestored, left_more = shown_rows(view.words, left, MOST)
        return body(
            view.words.locale, "details", view=view, change=view.change, whole=whole, heading=heading,
            departments=departments, rows=shown, more=more, note=view.rows.note(shown), late=orders,
            late_more=late_more, left=unrestored, left_more=left_more, steps=view.verdicts(() if whole else said),
            lines=[line for line in lines if whole or line not in said], why=why,
        )  # fmt: skip

    lead = replace(lead, pressed=bool(card.buttons))
    card = replace(card, body=lead.body, summary=lead.summary, facts=lead.facts)
    if card.buttons:
        return folded(view, card_id, card, told(rows or lead.rows, view.change.impact.late_orders, whole=True))
    return replace(card, body=f"{lead.body}\n\n{told((), (), whole=False)}")


def folded(view: ChangeView, card_id: str, card: Card, details: str) -> Card:
    """Four buttons at most, the last of them 详情; the others stand beside the details."""
    shown, rest = card.buttons[: BUTTONS - 1], card.buttons[BUTTONS - 1 :]
    button = Button(view.words("button.details"), Action(card_id, Verb.DETAILS))
    return replace(card, buttons=(*shown, button), details=details, more=rest)


def details_page(words: Words, card: Card, card_id: str, told: str = "") -> Card:
    """The details in the card's place, with the buttons that had no room; `told`: the sentence that says where they
    are, when a message tells them."""
    back = Button(words("button.back"), Action(card_id, Verb.BACK))
    body = f"**{told}**\n\n{card.body}" if told else card.details
    return replace(card, body=body, summary=told or card.summary, buttons=(*card.more, back))


def details_message(card: Card) -> str:
    """The details as a message of their own."""
    return f"**{plain(card.title)}**\n{plain(card.status)}\n\n{card.details}"
