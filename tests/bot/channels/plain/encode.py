"""A card as the plain chat draws it: a few texts, and buttons that send their key back."""

from typing import Any

from cards.card import Card


def card_json(card: Card) -> dict[str, Any]:
    buttons = [{"text": button.text, "key": button.action.pack()} for button in card.buttons]
    return {"title": card.title, "status": card.status, "text": card.body, "buttons": buttons}
