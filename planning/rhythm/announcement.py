"""An announcement (预告): a change that somebody means to propose, said to those whom it would touch before it is."""

import re
from dataclasses import dataclass
from datetime import datetime

ANNOUNCEMENT_NO = re.compile(r"YG-[0-9]{8}-[0-9]{3,}(?![0-9])")


@dataclass(frozen=True, slots=True)
class Announcement:
    no: str
    wish: str
    """The change as a command, as it was understood."""
    reason: str
    item: str
    by: str
    """A person's id."""
    departments: tuple[str, ...]
    """Whom it would touch, as the plan was then."""
    announced_at: datetime
    """When it was said; nothing alters it."""
    change: str = ""
    """The change request that was submitted afterwards, about the same item."""
    submitted_at: datetime | None = None
    called_off_at: datetime | None = None
    called_off_by: str = ""

    @property
    def is_open(self) -> bool:
        """It is not proposed yet, and still meant."""
        return not self.change and self.called_off_at is None

    def came_before(self, submitted_at: datetime | None, items: set[str]) -> bool:
        """Whether a request that was submitted then, about these items, is what it announced."""
        return self.is_open and submitted_at is not None and self.announced_at <= submitted_at and self.item in items
