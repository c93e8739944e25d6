"""Access to the pages: a link that is used once, and the session that it begins in one browser."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from planning.people.organisation import Person

LINK_LIFE = timedelta(minutes=10)
"""Counted from the moment at which the link is sent."""
IDLE = timedelta(days=7)
"""Time without a page after which a session is over."""
NOTED = timedelta(hours=1)
"""A session's use is written down once in so long: reading pages writes nothing."""


@dataclass(frozen=True, slots=True)
class OneTimeLink:
    id: str
    person: str
    conversation: str
    """The one conversation in which it is shown."""
    path: str
    """The page that it leads to."""
    made_at: datetime
    until: datetime | None = None
    """None: it has not been sent."""
    used_at: datetime | None = None

    def opens(self, now: datetime) -> bool:
        return self.used_at is None and self.until is not None and now < self.until


@dataclass(frozen=True, slots=True)
class WebSession:
    person: str
    standing: str
    """The person's standing at log-in: whoever has another one since logs in again."""
    begun_at: datetime
    seen_at: datetime

    def is_over(self, now: datetime) -> bool:
        return now - self.seen_at >= IDLE

    def is_worth_noting(self, now: datetime) -> bool:
        return now - self.seen_at >= NOTED


def hash_of(secret: str) -> str:
    """What is kept of the secret that a link or a browser holds."""
    return sha256(secret.encode()).hexdigest()


def standing_of(person: Person) -> str:
    """The department and the roles of a person, in one order."""
    return ":".join((person.department, *sorted(role.value for role in person.roles)))


def own_path(path: str) -> str:
    """The path if it leads to a page of ours, else the first page: nobody is sent elsewhere by an address."""
    plain = path.isprintable() and path.isascii() and "\\" not in path
    return path if plain and path.startswith("/") and not path.startswith("//") else "/overview"
