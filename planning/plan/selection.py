"""A selection of a plan's items: by department, type, status, product, owner, lateness and words."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from unicodedata import normalize

from planning.plan.item import Item
from planning.plan.lateness import lateness
from planning.plan.plan import Plan
from planning.plan.timetable import Timetable

OPEN, ALL = "open", "all"
"""Beside the statuses themselves: what is not over, and everything."""


@dataclass(frozen=True, slots=True)
class Selection:
    """What is asked for; empty: any. `first` and `last`: days of which an item has at least one."""

    department: str = ""
    type: str = ""
    status: str = OPEN
    product: str = ""
    owner: str = ""
    late: bool = False
    text: str = ""
    first: date = date.min
    last: date = date.max

    def of(self, plan: Plan, today: date) -> list[Item]:
        """The items it holds, the earliest first."""
        calendar_of = Timetable(plan).of

        def is_late(item: Item) -> bool:
            return not item.status.is_over and lateness(item, calendar_of(item), today).days > 0

        holds = self._test()
        found = [item for item in plan.items.values() if holds(item) and (not self.late or is_late(item))]
        return sorted(found, key=lambda item: (item.start, item.finish, item.code))

    def _test(self) -> Callable[[Item], bool]:
        words = folded(self.text).split()
        equal = [
            (name, value)
            for name in ("department", "type", "product", "owner")
            if (value := getattr(self, name))
        ]

        def holds(item: Item) -> bool:
            if item.start > self.last or item.finish < self.first:
                return False
            if self.status == OPEN and item.status.is_over:
                return False
            if self.status not in (OPEN, ALL) and item.status.value != self.status:
                return False
            if any(getattr(item, name) != value for name, value in equal):
                return False
            return not words or _says(item, words)

        return holds


def _says(item: Item, words: list[str]) -> bool:
    """True where each word stands in its code, title, product or owner; nowhere else: other columns may be masked."""
    text = folded(f"{item.code} {item.title} {item.product} {item.owner}")
    return all(word in text for word in words)


def folded(text: str) -> str:
    return normalize("NFKC", text).casefold()
