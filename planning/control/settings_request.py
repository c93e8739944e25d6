"""A change of the settings that waits for somebody's word: a second admin's, or the one of whoever lets people in."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from planning.refusal import Refused
from planning.subject import Subject, SubjectKind


class Wish(StrEnum):
    ROLES = "roles"
    """Somebody's roles, department or leave: it takes two admins."""
    BIND = "bind"
    """A conversation becomes a department's."""
    DRAFT = "draft"
    """A section says something else: it takes two admins."""
    FIRST_ADMIN = "first-admin"
    """Whoever has a code becomes the first admin; nobody is asked."""
    JOIN = "join"
    """Somebody unknown wants to be let in."""
    ACCOUNTS = "accounts"
    """Accounts of a coordinator or an admin are to be joined."""
    DIRECTORY = "directory"
    """What a platform's directory says otherwise is to be applied."""
    CHECK = "check"
    """Nothing is to change: whoever reads it presses, so that a way to people is known to work."""


class Standing(StrEnum):
    OFFERED = "offered"
    """Shown to somebody unknown, who has not asked for it yet."""
    OPEN = "open"
    DONE = "done"
    REFUSED = "refused"
    EXPIRED = "expired"
    """Nobody said a word in time."""


@dataclass(frozen=True, slots=True)
class SettingsRequest:
    wish: Wish
    facts: Mapping[str, str]
    asked_by: str
    """A person's id; of somebody unknown `<platform>:<user id>`."""
    conversation: str
    """Where it was asked."""
    asked_at: datetime
    standing: Standing = Standing.OPEN
    decided_by: str = ""
    decided_at: datetime | None = None
    number: int = 0
    expires_at: datetime | None = None
    """Until when somebody's word is waited for; None: nobody's is, or an older program asked."""

    @property
    def subject(self) -> Subject:
        return Subject(SubjectKind.SETTING, str(self.number))

    @property
    def since(self) -> datetime | None:
        """When what was agreed to takes effect, where that is later than the last word; UTC."""
        found = self.facts.get("since", "")
        return datetime.fromisoformat(found) if found else None

    def can_be_stopped(self, now: datetime) -> bool:
        """Check whether it is agreed to, and its day has not come."""
        return self.standing is Standing.DONE and self.since is not None and now < self.since

    def require_open(self, now: datetime) -> None:
        """Raises "setting-settled" and, whether or not its timer has rung, "setting-expired"."""
        is_over = self.standing is Standing.OPEN and self.expires_at is not None and now >= self.expires_at
        if is_over or self.standing is Standing.EXPIRED:
            raise Refused("setting-expired", change=self.facts.get("change", ""))
        if self.standing is not Standing.OPEN:
            raise Refused("setting-settled")

    def settled(self, standing: Standing, by: str, at: datetime) -> "SettingsRequest":
        return replace(self, standing=standing, decided_by=by, decided_at=at)
