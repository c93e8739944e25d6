"""Plans of any size: production lines of up to 20,000 items that each wait for two others a little before them."""

from dataclasses import dataclass
from datetime import date
from random import Random

from planning.plan.item import Item
from planning.plan.link import Link
from planning.plan.plan import Plan
from planning.schedule.order import reachable
from planning.schedule.schedule import place

TODAY = date(2026, 11, 30)
LINE = 20_000
WINDOW = 200
DELAY = 2_000
"""Working days a delayed item takes longer: enough to move everything that waits for it."""


@dataclass(frozen=True)
class Graph:
    """`durations` by number, and `edges` of predecessor, successor and lag. The same for the same size."""

    durations: list[int]
    edges: list[tuple[int, int, int]]

    @classmethod
    def of(cls, size: int) -> "Graph":
        random = Random(20)
        ends: set[tuple[int, int]] = set()
        for n in range(size):
            first = max(n - n % LINE, n - WINDOW)
            ends.update((random.randrange(first, n), n) for _ in range(2) if n > first)
        edges = [(a, b, random.choice((0, 0, 0, 1, 2))) for a, b in sorted(ends)]
        return cls([random.randint(1, 5) for _ in range(size)], edges)

    def plan(self) -> Plan:
        """Placed, with every item as early as its links allow, today at the earliest."""
        days = enumerate(self.durations)
        items = {code(n): Item(code(n), f"item {n}", TODAY, TODAY, d, department=f"d{n % 14}") for n, d in days}
        links = tuple(Link(code(a), code(b), lag=lag) for a, b, lag in self.edges)
        return place(Plan("bench", "Bench", 1, items, links, "china"), items.keys(), TODAY)

    def with_cone(self, size: int) -> int:
        """The item of the first line, of those looked at, for which about `size` items wait, directly or not."""
        out: list[list[int]] = [[] for _ in self.durations[:LINE]]
        for predecessor, successor, _ in self.edges:
            if successor < LINE:
                out[predecessor].append(successor)
        last = len(out) - 1
        looked_at = sorted({max(last - step * (2 * size + WINDOW) // 128, 0) for step in range(128)})
        return min(looked_at, key=lambda node: abs(len(reachable([node], out.__getitem__)) - size))


def code(number: int) -> str:
    return f"I{number:07}"
