"""A platform as one record: bound in its folder, listed in `bot/platforms.py`, and known to nobody else by name."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from pydantic import BaseModel

from bot.channels.common.channel import Channel
from bot.channels.common.connecting import Connection
from bot.channels.common.directory import DirectoryReader
from bot.channels.common.log_in import LogIn
from bot.finding import Finding
from cards.words import Words
from handlers.platforms import Traits

Turn = Callable[[str, int, int], Awaitable[float]]
"""The next place among calls of a name, of which a platform takes so many in any second and each process has so many on
their way at a time: seconds until it."""
S = TypeVar("S", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Site:
    """Settings that are no platform's own, as far as a platform gets them."""

    address: str
    """The address the outside reaches this service at."""
    public_url: str
    """The same as the operator wrote it; empty: it is not told, and nobody can call back."""
    locale: str
    now: Callable[[], datetime]
    turn: Turn | None = None
    """Turns of calls that several processes make; None: one makes them all."""


@dataclass(frozen=True, slots=True)
class Way:
    """One kind of conversation, `prefix:…`."""

    prefix: str
    section: str
    """The settings that bring it to life, as a path of keys: `wecom.app`."""
    target: tuple[str, str]
    """The text after the prefix, Chinese and English."""


def no_directory(section: object, site: Site) -> DirectoryReader | None:
    """Of a platform that shows none."""
    return None


@dataclass(frozen=True, slots=True)
class Platform(Generic[S]):
    """Record of a platform. Its libraries are imported when needed: `version` and `import` do not wait for them."""

    name: str
    """Its section in the settings, the key of its ids in `people`, and of `Person.identities`."""
    section: type[S]
    ways: tuple[Way, ...]
    traits: Callable[[S | None], Sequence[Traits]]
    """Of all its ways; None: it is not set up, but its conversations may be on record."""
    channels: Callable[[S, Site], Sequence[Channel]]
    checks: Callable[[S, Site, Words], Awaitable[list[Finding]]]
    """Doctor's."""
    connections: tuple[Connection, ...] = ()
    """What `run.py init` sets up of it."""
    log_in: Callable[[S, Site], LogIn | None] = lambda section, site: None
    """How people log in to the pages with its account; None: they cannot."""
    directory: Callable[[S, Site], DirectoryReader | None] = no_directory
    """The reader of its directory; None: what is set up of it cannot look there."""
    shows_directory: Callable[[S], bool] = lambda section: False
    """Whether there is one."""
