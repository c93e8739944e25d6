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
    tail: str = ""
    """What stands behind the value and is never cut."""


@dataclass(frozen=True, slots=True)
class Card:
    """`body` (markdown) where there is room; `summary` and `facts` say the same where there is little.

    No buttons: nothing can be decided on it any more.
    """

    title: str
    status: str
    tone: Tone
    body: str
    summary: str = ""
    facts: tuple[Fact, ...] = ()
    buttons: tuple[Button, ...] = ()
    details: str = ""
    """The rest (markdown), behind the button 详情: the whole effect, the steps, the reason for the reader."""
    more: tuple[Button, ...] = ()
    """Buttons beside the details; those on the card itself are four at most."""
    plan: str = ""
    """Name of the plan it is of, where there are several."""
