"""A card as its reader has it, with what is one tap away."""

from cards.action import Verb
from cards.card import Card


def whole(card: Card) -> str:
    """Everything written on it and behind 详情."""
    return f"{card.body}\n\n{card.details}"


def ways(card: Card) -> list[str]:
    """Its buttons and those beside the details, without the one that leads there."""
    return [button.text for button in (*card.buttons, *card.more) if button.action.verb is not Verb.DETAILS]
