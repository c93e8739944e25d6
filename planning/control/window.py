"""A freeze window that was set in chat: a fence with a number, a reason and a state."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from planning.control.fences import Fence


class WindowState(StrEnum):
    DRAFT = "draft"
    """Shown with the requests it would hold; not in force."""
    ENFORCED = "enforced"
    LIFTED = "lifted"


@dataclass(frozen=True, slots=True)
class Window:
    """A freeze window. All instants are UTC; `fence.first` and `fence.last` are local dates, both inside."""

    number: int
    fence: Fence
    state: WindowState
    reason: str
    set_by: str
    set_at: datetime
    changed_by: str
    changed_at: datetime

    def in_force(self, today: date) -> bool:
        return self.state is WindowState.ENFORCED and today <= self.fence.last


def window_id(number: int) -> str:
    """F-003, as people name it."""
    return f"F-{number:03d}"


def number_of(id: str) -> int:
    return int(id.removeprefix("F-"))
