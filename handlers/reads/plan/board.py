"""Columns of items by their status or their department, as the page and the picture of the board show them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from heapq import nsmallest

from cards.lines.item import item_dates
from handlers.reads.brief import named
from handlers.reads.plan.late_items import days_late
from handlers.turn import Turn
from planning.plan.amount import plain
from planning.plan.item import Item, Status
from planning.plan.selection import OPEN
from planning.plan.timetable import Timetable

SHOWN = 30
"""Cards in a column; the rest is counted."""


@dataclass(frozen=True, slots=True)
class Card:
    code: str
    title: str
    mark: str
    dates: str
    department: str
    status: str
    amount: str
    late: str


@dataclass(frozen=True, slots=True)
class Column:
    id: str
    name: str
    count: int
    late: int
    cards: list[Card]
    more: int


def columns_of(turn: Turn, found: Iterable[Item], by: str, status: str, most: int = 0) -> Iterator[Column]:
    """In the order of the ladder, or of the settings; empty ones of the ladder stay, so that nothing jumps. `most`:
    cards of all columns together, the worst of all; 0: SHOWN in each."""
    groups: dict[str, list[Item]] = {}
    if by == "status" and status == OPEN:
        groups = {one.value: [] for one in Status if not one.is_over}
    elif by == "status":
        groups = {one.value: [] for one in Status}
    else:
        groups = {id: [] for id in turn.organisation.departments}
    for item in found:
        groups.setdefault(item.status.value if by == "status" else item.department, []).append(item)
    timetable, late = Timetable(turn.plan()), days_late(turn)

    def worst(items: Iterable[Item], n: int) -> list[Item]:
        return nsmallest(n, items, key=lambda item: (-late.get(item.code, 0), item.start, item.code))

    chosen = {item.code for item in worst([one for group in groups.values() for one in group], most)} if most else None
    for id, items in groups.items():
        if not items and (by == "department" or status != OPEN):
            continue
        name = turn.words(f"value.status.{id}") if by == "status" else named(turn, id)
        shown = worst(items, SHOWN) if chosen is None else worst((one for one in items if one.code in chosen), most)
        cards = [_card(turn, timetable, item, late.get(item.code, 0)) for item in shown]
        yield Column(id, name, len(items), sum(item.code in late for item in items), cards, len(items) - len(cards))


def mark_of(item: Item, late: int) -> str:
    """The colour of an item, which has a shape of its own wherever it is drawn."""
    return "red" if late else "grey" if item.status.is_over else "amber" if item.status is Status.ON_HOLD else "green"


def _card(turn: Turn, timetable: Timetable, item: Item, late: int) -> Card:
    words = turn.words
    return Card(
        item.code, item.title, mark_of(item, late), item_dates(item, turn.today, timetable.of(item)),
        named(turn, item.department), words(f"value.status.{item.status.value}"),
        f"{plain(item.quantity)}{item.unit}" if item.quantity else "",
        words("answer.late-by", n=late) if late else "",
    )  # fmt: skip
