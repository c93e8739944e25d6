"""An item in two parts, with the links that each of them keeps."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from planning.plan.calendar import ONE_DAY, WorkCalendar
from planning.plan.columns import Columns
from planning.plan.item import Item, Status
from planning.plan.link import Drives, Link, LinkKind
from planning.plan.operation import Operation
from planning.plan.operation_values import cells_of
from planning.plan.ratio import plain
from planning.refusal import Refused


@dataclass(frozen=True, slots=True)
class Parts:
    """The part that keeps the code, and the rest under a code of its own."""

    first: Item
    rest: Item


def parts_of(item: Item, operation: Operation, calendar: WorkCalendar) -> Parts:
    """What the operation makes of the item. Raises Refused: "split-quantity", "split-day", and what columns raise."""
    row = Columns(cells_of(operation))
    quantity, code = row.amount("first"), row.needed("rest")
    finish, start, days = row.day("finish"), row.day("start"), row.whole("days", 1)
    if quantity is None or item.quantity is None or not 0 < quantity < item.quantity:
        raise Refused("split-quantity", item=item.code, quantity=item.quantity or 0, unit=item.unit)
    if finish is None or start is None or not item.start <= finish < start:
        raise Refused("split-day", item=item.code, start=item.start)
    span = max(calendar.between(item.start, finish + ONE_DAY), 1)
    status = row.word("status", Status, item.status)
    first = replace(item, quantity=quantity, finish=finish, duration=span, status=status)
    return Parts(first, _rest(item, code, item.quantity - quantity, start, days or 1, calendar))


def _rest(item: Item, code: str, quantity: Decimal, start: date, days: int, calendar: WorkCalendar) -> Item:
    begin = calendar.on_or_after(start)
    status = Status.CONFIRMED if item.status.has_started else item.status
    return replace(
        item, code=code, quantity=quantity, start=begin, finish=calendar.finish_of(begin, days), duration=days,
        status=status,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rewired:
    """The links of an item once it is in two: `gone` of those it had, `new` ones in their place and beside them."""

    gone: tuple[Link, ...]
    new: tuple[Link, ...]


def rewired(parts: Parts, links: Iterable[Link]) -> Rewired:
    """Predecessors stand before both parts, successors behind the rest, and the rest behind the first. What is needed
    is conserved: each part asks for its own material, and who needs the item asks each part for its share."""
    known = list(links)
    kept = [(link, tuple(_of_parts(link, parts))) for link in known]
    gone = tuple(link for link, now in kept if link not in now)
    new = [link for was, now in kept for link in now if link != was]
    return Rewired(gone, (*new, Link(parts.first.code, parts.rest.code, LinkKind.FS)))


def _of_parts(link: Link, parts: Parts) -> Iterator[Link]:
    code, other = parts.first.code, parts.rest.code
    comes_in = link.successor == code
    on_rest = replace(link, successor=other) if comes_in else replace(link, predecessor=other)
    if link.ratio is None:
        if comes_in:
            yield link
        yield on_rest
        return
    is_driven = comes_in is (link.drives is Drives.SUCCESSOR)
    for part, one in ((parts.first, link), (parts.rest, on_rest)):
        yield replace(one, ratio=plain(Fraction(link.ratio) * _share(part, parts))) if is_driven else one


def _share(part: Item, parts: Parts) -> Fraction:
    whole = (parts.first.quantity or Decimal(0)) + (parts.rest.quantity or Decimal(0))
    return Fraction(part.quantity or 0) / Fraction(whole)
