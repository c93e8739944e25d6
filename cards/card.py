"""A card as a value, before any platform's format."""

from dataclasses import dataclass
from enum import StrEnum

from cards.action import Action


class Tone(StrEnum):
    """Colour of a card; `Card.status` says the same in words."""

    INFO = "info"
    WARN = "warn"
    DANGER = "danger"
    SUCCESS = "success"
    MUTED = "muted"


class Style(StrEnum):
    DEFAULT = "default"
    PRIMARY = "primary"
    DANGER = "danger"


@dataclass(frozen=True, slots=True)
class Button:
    text: str
    action: Action
    style: Style = Style.DEFAULT
    asks: str = ""
    """Prompt of a text asked for before the click is sent, on platforms with forms."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One short row: a name of a few characters and its value."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Card:
    """`body` (markdown) says everything where there is room; `summary` and `facts` say the same where there is little.

    No buttons: nothing can be decided on it any more.
    """

    title: str
    status: str
    tone: Tone
    body: str
    summary: str = ""
    facts: tuple[Fact, ...] = ()
    buttons: tuple[Button, ...] = ()
