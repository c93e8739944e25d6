"""A selection of a plan's items: by department, type, status, product, owner, lateness and words."""

from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass
from datetime import date
from unicodedata import normalize

from planning.plan.item import Item, Status
from planning.plan.plan import Plan

OPEN, ALL = "open", "all"
"""Beside the statuses themselves: what is not over, and everything."""


@dataclass(frozen=True, slots=True)
class Selection:
    """What is asked for; empty: any. `first` and `last`: days of which an item has at least one; what is overdue goes
    on up to today."""

    department: str = ""
    type: str = ""
    status: str = OPEN
    product: str = ""
    owner: str = ""
    late: bool = False
    risk: bool = False
    """Of these, what `at_risk` names; so with `late`."""
    since: int = 0
    """Of these, what `changed` names; 0: any."""
    text: str = ""
    first: date = date.min
    last: date = date.max

    def of(
        self, plan: Plan, today: date, late: Container[str] = (), at_risk: Container[str] = (),
        then: Mapping[str, Item] | None = None,
    ) -> list[Item]:  # fmt: skip
        """The items it holds, the earliest first. `late`, `at_risk`: codes of what is late, and of what something goes
        wrong; `then`: the items as they were at the revision `since`."""
        holds, before = self._test(today), then if self.since else None
        found = [
            item for item in plan.items.values()
            if holds(item) and (not self.late or item.code in late) and (not self.risk or item.code in at_risk)
            and (before is None or before.get(item.code) != item)
        ]  # fmt: skip
        return sorted(found, key=lambda item: (item.start, item.finish, item.code))

    def _test(self, today: date) -> Callable[[Item], bool]:
        words = folded(self.text).split()
        equal = [
            (name, value)
            for name in ("department", "type", "product", "owner")
            if (value := getattr(self, name))
        ]

        statuses = {
            status for status in Status
            if self.status in (ALL, status.value) or (self.status == OPEN and not status.is_over)
        }  # fmt: skip
        first, last = self.first, self.last

        def holds(item: Item) -> bool:
            if item.start > last or item.status not in statuses:
                return False
            if item.finish < first and (today < first or item.status.is_over):
                return False
            if equal and any(getattr(item, name) != value for name, value in equal):
                return False
            return not words or _says(item, words)

        return holds


def _says(item: Item, words: list[str]) -> bool:
    """True where each word stands in its code, title, product or owner; nowhere else: other columns may be masked."""
    text = folded(f"{item.code} {item.title} {item.product} {item.owner}")
    return all(word in text for word in words)


def folded(text: str) -> str:
    return normalize("NFKC", text).casefold()
