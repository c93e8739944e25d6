"""Events from outside (somebody says something, somebody presses a button), and the answer a pressed card then
shows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from cards.card import Card

WORDLESS = "…"
"""Stands for the words of a quoted message that a platform keeps to itself."""


@dataclass(frozen=True, slots=True)
class Said:
    """A person said something to the bot.

    `event_id` is the platform's stable id of the message, `delivery_id` that of this delivery of it where there is
    one. A repetition of either is the same event (rule I12).
    """

    conversation: str
    """`prefix:…`, as in the settings."""
    bot: str
    """The robot code, aibot id or agent id it was said to."""
    event_id: str
    user_id: str
    """Empty: someone whom the platform does not name to us (an outsider)."""
    text: str
    """As typed; some platforms leave the mention of the bot in it."""
    at: datetime
    """When the person said it, by the platform's clock as far as that can be right."""
    single: bool = False
    delivery_id: str | None = None
    quoted: str = ""
    """All words of the message it answers; WORDLESS where the platform does not tell them, empty of no such message."""
    mentions: tuple[str, ...] = ()
    """The platform's ids of the people it mentions, where they stand beside the text; empty ones of outsiders. The bot
    is none of them."""
    name: str = ""
    """What the platform shows people as the speaker's name; empty: it does not tell."""
    company: str = ""
    """Company it says it comes from, where the settings do not name ours; empty: it has been looked at."""


@dataclass(frozen=True, slots=True)
class Clicked:
    """A person pressed a button of one of our cards."""

    conversation: str
    """The one with the person who pressed, where the platform does not say."""
    bot: str
    event_id: str
    user_id: str
    wire_id: str
    """Name that we gave the card on the wire."""
    action: str
    at: datetime
    inputs: Mapping[str, str] = field(default_factory=dict)
    handle: str | None = None
    """A fresh permission to update the card."""
    single: bool = False
    """The card was shown to one person, in a conversation with the bot."""
    company: str = ""
    """As of a message."""


@dataclass(frozen=True, slots=True)
class DirectoryChanged:
    """A platform tells that its directory is another by now. Told twice it means the same."""

    platform: str
    users: tuple[str, ...] = ()
    """Whom it is about, by what the platform calls them."""
    units: bool = False
    """Departments were made, changed or taken away."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Card to show from now on. `everyone`: to all who see it, otherwise only to the person who pressed."""

    card: Card
    wire_id: str
    everyone: bool = True
    card_id: str = ""
    version: int = 0
    """Version of the card `card_id` that the answer shows, to be sent as a card if the answer does not arrive; 0:
    none."""
    effect: str = ""
    """Hash of the effect of a change request that everybody sees on the card `card_id` from now on; empty: of none."""

    @property
    def is_noted(self) -> bool:
        """Whether the product is to hear that the platform took it."""
        return bool(self.version or self.effect)
