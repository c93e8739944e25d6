"""A page that somebody shares: an address that leads others to it, and gives no right to see anything."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from planning.people.organisation import Person, Role
from planning.refusal import Refused

DEFAULT_LIFE, LONGEST_LIFE = timedelta(days=1), timedelta(days=7)
LONGEST_PATH = 1500
"""Characters of a page's address."""
PAGES = ("overview", "changes", "exceptions", "board", "gantt", "readiness", "items")
"""Pages that can be shared, by the first part of their address."""


class Circle(StrEnum):
    ALL = "all"
    DEPARTMENT = "department"
    ROLE = "role"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Audience:
    """Those who may open it: `of` is the department, the role or the person; empty for all."""

    circle: Circle
    of: str = ""

    @classmethod
    def parse(cls, text: str) -> "Audience":
        """What `str` writes. Raises ValueError."""
        circle, _, of = text.partition(":")
        if bool(of) is (circle == Circle.ALL):
            raise ValueError(text)
        return cls(Circle(circle), of)

    def __str__(self) -> str:
        return f"{self.circle}:{self.of}" if self.of else self.circle.value

    def has(self, person: Person) -> bool:
        match self.circle:
            case Circle.ALL:
                return True
            case Circle.DEPARTMENT:
                return person.department == self.of
            case Circle.ROLE:
                return self.of in person.roles
            case Circle.PERSON:
                return person.id == self.of


@dataclass(frozen=True, slots=True)
class SharedPage:
    id: str
    path: str
    """The page with its filter."""
    made_by: str
    audience: Audience
    made_at: datetime
    until: datetime
    revoked_at: datetime | None = None
    opens: int = 0

    def opens_for(self, person: Person, now: datetime) -> bool:
        """Check whether somebody is led to the page; whoever made it always is, as long as it is good."""
        return self.is_open(now) and (person.id == self.made_by or self.audience.has(person))

    def is_open(self, now: datetime) -> bool:
        return self.revoked_at is None and now < self.until

    def may_be_revoked_by(self, person: Person) -> bool:
        return person.id == self.made_by or person.has(Role.ADMIN)


def can_be_shared(path: str) -> bool:
    """Check whether this is the address of a page of ours that leads nowhere else."""
    root, first, *_ = (*path.partition("?")[0].split("/"), "")
    plain = path.isprintable() and path.isascii() and "\\" not in path and len(path) <= LONGEST_PATH
    return plain and not root and first in PAGES


def shareable(path: str) -> str:
    """The address of a page that can be shared. Raises "share-what"."""
    if not can_be_shared(path):
        raise Refused("share-what")
    return path


def life_of(days: str) -> timedelta:
    """How long it is good for. Raises "share-how-long"."""
    wanted = timedelta(days=int(days)) if days.isascii() and days.isdecimal() and len(days) < 4 else timedelta()
    if not timedelta() < wanted <= LONGEST_LIFE:
        raise Refused("share-how-long", most=str(LONGEST_LIFE.days))
    return wanted
