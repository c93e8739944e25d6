"""A platform as one record: bound in its folder, listed in `bot/platforms.py`, and known to nobody else by name."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from pydantic import BaseModel

from bot.channels.common.channel import Channel
from bot.finding import Finding
from cards.words import Words
from handlers.platforms import Traits

S = TypeVar("S", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Site:
    """What a platform gets of the settings that are no platform's own."""

    address: str
    """Where the outside reaches this service."""
    public_url: str
    """The same as the operator wrote it; empty: it is not told, and nobody can call back."""
    locale: str
    now: Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Way:
    """One kind of conversation, `prefix:…`."""

    prefix: str
    section: str
    """The settings that bring it to life, as a path of keys: `wecom.app`."""
    target: tuple[str, str]
    """What follows the prefix, Chinese and English."""


@dataclass(frozen=True, slots=True)
class Platform(Generic[S]):
    """What needs a platform's libraries imports them when it is called: `version` and `import` do not wait for them."""

    name: str
    """Its section in the settings, the key of its ids in `people`, and of `Person.identities`."""
    section: type[S]
    ways: tuple[Way, ...]
    traits: Callable[[S | None], Sequence[Traits]]
    """Of all its ways; None: it is not set up, but its conversations may be on record."""
    channels: Callable[[S, Site], Sequence[Channel]]
    checks: Callable[[S, Site, Words], Awaitable[list[Finding]]]
    """What doctor looks at."""
