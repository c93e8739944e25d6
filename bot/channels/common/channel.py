"""Parts that every way to a platform has in common: the values that come in, the calls that go out."""

from dataclasses import dataclass
from typing import Protocol

from cards.card import Card
from handlers.events import Answer, Clicked, DirectoryChanged, Said
from handlers.platforms import Traits

__all__ = [
    "Answer", "CardDelivery", "Channel", "Clicked", "Delivered", "DirectoryChanged", "Inbound", "NotUploaded", "Said",
    "TryLater", "Undeliverable",
]  # fmt: skip


class Inbound(Protocol):
    """The product's side of a channel. All calls are made on the channel's event loop."""

    async def said(self, event: Said) -> None:
        """Returns once the event is durable: only then may the platform be told so."""

    async def clicked(self, event: Clicked) -> Answer | None:
        """The answer, from local state, well inside the platform's deadline. None: nothing to show."""

    async def answered(self, event: Clicked, answer: Answer) -> None:
        """The platform took an answer that `is_noted`. What it shows is sent as a card otherwise."""

    async def directory_changed(self, event: DirectoryChanged) -> None:
        """Returns once it is durable that the directory is to be looked at."""


@dataclass(frozen=True, slots=True)
class CardDelivery:
    """One wanted state of one card, to be shown in a conversation."""

    card_id: str
    """Ours; `[0-9A-Za-z_-]`, at most 64 characters."""
    version: int
    """The first is 1."""
    conversation: str
    """Without its prefix, as the channel says which it takes."""
    card: Card
    handle: str | None = None
    """Handle that the channel gave for updating the version shown now (`Delivered.handle`, `Clicked.handle`), as it
    was. None: it was never shown, or cannot be updated."""
    shown: bool = False
    """An earlier version is on the screen."""
    tried: bool = False
    """It may be there although we do not know: it was tried before."""
    notice: str = ""
    """One line for the notification of a phone."""


@dataclass(frozen=True, slots=True)
class Delivered:
    """`wire_id` is the id the shown card answers to from now on; `handle` permits its next update."""

    wire_id: str = ""
    handle: str | None = None


class Undeliverable(Exception):
    """Trying again cannot help: the platform refuses this target or this content. The message is the reason."""


class TryLater(Exception):
    """Sending that must wait. `seconds`: how long the platform asked to wait, None: as the retry policy says."""

    def __init__(self, reason: str, seconds: float | None = None) -> None:
        super().__init__(reason)
        self.seconds = seconds


class NotUploaded(TryLater):
    """A picture that is not with the platform yet: nobody has seen anything of it."""


class Channel(Protocol):
    """A way out, and the connection that brings events in."""

    @property
    def traits(self) -> Traits:
        """Capabilities and limits of this way, and the conversations it serves."""

    async def start(self, inbound: Inbound) -> None:
        """Connect (in the background where there is a connection to keep). Returns at once."""

    async def stop(self) -> None: ...

    def trouble(self) -> str:
        """Empty while it works; otherwise one sentence: what is wrong and what to do. For /readyz and doctor."""

    async def check(self) -> str:
        """Try the credentials against the platform now; same answer as `trouble`. For doctor."""

    async def put_card(self, delivery: CardDelivery) -> Delivered:
        """Show this version: create, update, or (where a shown card cannot be changed) send anew.

        Safe to repeat with the same `(card_id, version)`. Raises TryLater or Undeliverable.
        """

    async def post(self, conversation: str, markdown: str, key: str) -> None:
        """Say something; `key` is the same at every try of the same message. Raises TryLater or Undeliverable."""

    async def show(self, conversation: str, png: bytes, key: str) -> None:
        """Show a picture where a trait says that the way takes some; `key` as for `post`. Raises NotUploaded, TryLater
        or Undeliverable."""
