"""The one door for a count of stock: it is kept here, with how it differs from what was expected."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from cards.words.dates import moment
from handlers.govern.rules import shown_to_come
from handlers.lifecycle.hear_sources import heard
from handlers.lifecycle.scan import touch
from handlers.notify.audit import record
from handlers.turn import Turn
from planning.facts.source import STOCK
from planning.plan.amount import plain
from planning.plan.plan import Stock
from planning.readiness.shelf import Count
from planning.refusal import Refused
from planning.trail.audit import Kind
from storage.facts.counts import Counted

TOLD = 20
"""Differences that an event of the trail names."""


def count_stock(turn: Turn, counts: Sequence[Count], by: str) -> list[Counted]:
    """Keep counts that are no repetition, oldest first, with their event in the trail. A newer one of a product takes
    the place of all before; of several at one instant the last one said counts. The plan is locked."""
    last = {(count.product, count.as_of): count for count in counts}
    known = turn.uow.counts.known_of(counts)
    new = sorted((count for at, count in last.items() if known.get(at) != count), key=lambda count: count.as_of)
    expected = _expected(turn, new)
    counted = [
        Counted(count, by, turn.now, None if there is None else count.on_hand - there)
        for count in new
        for there in (expected.get(count),)
    ]
    turn.uow.counts.add(counted)
    if counts:
        heard(turn, STOCK, len(counts), max(count.as_of for count in counts))
    if counted:
        touch(turn, [*(one.count.product for one in counted), *_come_by(turn, counted)])
        record(turn, Kind.STOCK_COUNTED, by, counted[0].count.source, _told(counted))
    return counted


def _come_by(turn: Turn, counted: Sequence[Counted]) -> Iterator[str]:
    """The supplies that they show to have come."""
    more = [one for one in counted if one.difference and one.difference > 0]
    if more and turn.uow.plans.exists():
        yield from (code for code, _ in shown_to_come(turn, turn.plan(), more))


def require_past(turn: Turn, count: Count) -> None:
    """Raises Refused("count-future")."""
    if count.as_of > turn.now:
        found = moment(count.as_of, turn.environment.zone, turn.today)
        raise Refused("count-future", product=count.product, found=found)


def counts_of(turn: Turn, stock: Collection[Stock], source: str) -> list[Count]:
    """What tables say of the stock. Where they do not say of when, it is as of now, and a count only where it says
    something new: the same tables once more are no new count."""
    before, counts = turn.uow.counts.newest({one.product for one in stock}), list[Count]()
    for one in stock:
        known = before.get(one.product)
        same = known is not None and (known.on_hand, known.safety) == (one.on_hand, one.safety)
        if one.as_of is not None or not same:
            as_of = min(one.as_of or turn.now, turn.now).replace(microsecond=0)
            counts.append(Count(one.product, one.on_hand, as_of, one.safety, source))
    return counts


def _expected(turn: Turn, new: Sequence[Count]) -> Mapping[Count, Decimal]:
    """What each count should have found by the one before it."""
    followed = list(_followed(turn.uow.counts.newest({count.product for count in new}), new))
    if not followed or not turn.uow.plans.exists():
        return {}
    environment = turn.environment
    network = environment.networks.of(turn.plan())
    products = {count.product for _, count in followed}
    shelves = environment.stocks.shelves(turn.uow, network, environment.zone, products)
    return {count: shelves.expected(before, count) for before, count in followed}


def _followed(standing: Mapping[str, Count], new: Iterable[Count]) -> Iterator[tuple[Count, Count]]:
    """Each count with the one it takes the place of."""
    newest = dict(standing)
    for count in new:
        before = newest.get(count.product)
        if before is None or before.as_of <= count.as_of:
            newest[count.product] = count
        if before and before.as_of <= count.as_of:
            yield before, count


def _told(counted: Sequence[Counted]) -> Mapping[str, object]:
    differs = [f"{one.count.product} {one.difference:+f}" for one in counted if one.difference]
    told: dict[str, object] = {"products": len(counted), "as_of": max(one.count.as_of for one in counted).isoformat()}
    if len(counted) == 1:
        told |= {"product": counted[0].count.product, "on_hand": plain(counted[0].count.on_hand)}
    return told | ({"differences": ", ".join(differs[:TOLD])} if differs else {})
