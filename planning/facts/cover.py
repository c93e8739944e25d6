"""What scrap, or less than planned, leaves uncovered of the needs pegged to an item, and the change that covers it."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from itertools import count
from math import ceil

from planning.facts.forecast import Outlook
from planning.facts.progress import Progress
from planning.facts.report import NONE
from planning.plan.amount import plain
from planning.plan.columns import link_cells
from planning.plan.item import Item, Status
from planning.plan.operation import Op, Operation
from planning.plan.plan import Plan
from planning.schedule.ledger import Books, asked_by, drivers, lot_of, pegs
from planning.schedule.network import Network


def cover_for(outlook: Outlook, network: Network, code: str) -> tuple[Operation, ...]:
    """More of what is still being made; of what is over an item of its own, in the place of the rest. Nothing where
    stock or other supplies cover it."""
    progress = outlook.progress_of(code)
    missing = uncovered(progress, network)
    if missing <= 0:
        return ()
    if progress.lives:
        quantity = lot_of(progress.item, (progress.planned.quantity or NONE) + missing)
        return (Operation(code, Op.SET_QUANTITY, quantity),)
    return tuple(_made_again(network, progress, lot_of(progress.item, missing)))


def uncovered(progress: Progress, network: Network) -> Decimal:
    """The quantity that those who need this item will lack for what was lost of it."""
    item, quantity = progress.item, progress.planned.quantity or NONE
    lost = max(quantity - progress.good, NONE)
    if progress.lives:  # the rest is still to come, less what was spoilt of it
        lost = min(progress.scrap, lost)
    if lost <= 0 or not _asked(network, item) or item.status is Status.CANCELLED:
        return NONE
    balance = Books(network).pool(item).balance
    is_counted = network.plan.stock.get(item.product) is not None and not progress.lives
    return min(lost, max(-balance, NONE)) if is_counted else max(lost - max(balance, NONE), NONE)


def _asked(network: Network, item: Item) -> Decimal:
    askers = drivers(network, network.index[item.code])
    return sum((asked_by(network.items[n], network.items[n].quantity, link, item.unit) for n, link in askers), NONE)


def _made_again(network: Network, progress: Progress, quantity: Decimal) -> Iterator[Operation]:
    """A new item for the missing quantity, at the rate that was planned, before those who wait for it; its material is
    asked for as that of the first was."""
    item, plan = progress.planned, network.plan
    code = next_part(plan, item.code)
    yield Operation(code, Op.ADD, _columns(item, quantity))
    node = network.index[item.code]
    waiting = [network.items[driver] for driver, driven, _ in pegs(network, node) if driven == node]
    for other in dict.fromkeys(one.code for one in waiting if not one.status.has_started and not one.status.is_over):
        yield Operation(code, Op.LINK, {"successor": other})
    material = [link for driver, driven, link in pegs(network, node) if driver == node and link.successor == item.code]
    for link in material:
        yield Operation(link.predecessor, Op.LINK, link_cells(link, successor=code))


def _columns(item: Item, quantity: Decimal) -> Mapping[str, str]:
    rate = Fraction(item.quantity or 1) / max(item.duration, 1)
    days = ceil(Fraction(quantity) / rate)
    return {
        "title": item.title, "type": item.type, "department": item.department, "owner": item.owner,
        "also_informs": "|".join(item.also_informs), "quantity": plain(quantity), "unit": item.unit,
        "duration_days": str(days), "product": item.product, "calendar": item.calendar,
        "lot_minimum": _told(item.lot_minimum), "lot_multiple": _told(item.lot_multiple),
    }  # fmt: skip


def _told(number: Decimal | None) -> str:
    return "" if number is None else plain(number)


def next_part(plan: Plan, code: str) -> str:
    """The code of the next part of an item: `MO-2451/2`, also of that part. A code with a slash of its own is a part
    only where its whole is an item too."""
    whole, _, part = code.rpartition("/")
    base = whole if whole in plan.items and part.isdigit() else code
    return next(found for number in count(2) if (found := f"{base}/{number}") not in plan.items)
