"""The stock of each plan as it is now: its counts, and what came and was used since."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import tzinfo
from typing import cast

from handlers.kept import Kept, Known, Seen
from planning.facts.report import Report
from planning.plan.plan import Plan, Stock
from planning.readiness.goods import bring, material, take
from planning.readiness.shelf import Count, Shelves, newest
from planning.schedule.network import Network
from planning.schedule.refresh import Networks
from storage.unit_of_work import UnitOfWork

STOCK = "stock"


@dataclass(frozen=True, slots=True)
class KnownStock(Known):
    """`plan`: with that stock."""

    counts: Mapping[str, Count]
    """The newest of each product."""


@dataclass
class Stocks:
    """Kept up from report to report."""

    backflushed: frozenset[str] = frozenset()
    """Products that a production report lowers; others only a count does."""
    _kept: Kept[KnownStock] = field(default_factory=Kept)

    def of(self, uow: UnitOfWork, plan: Plan, networks: Networks, zone: tzinfo) -> Plan:
        """The plan with the stock it has now. Of a product that nobody counted it has none."""
        seen = Seen.of(uow)
        if not seen.counts:
            return plan
        known = cast(KnownStock | None, uow.worked_out.get(STOCK)) or self._kept.of(plan.id)
        if known and known.is_newer_than(seen, plan):  # this snapshot is an older one
            known = None
        if known and known.seen == seen and _is_same(known.plan, plan):
            return known.plan
        counts = _counted(uow, known) if known else uow.counts.newest()
        filled = KnownStock(seen, replace(plan, stock=self._stock(uow, known, counts, plan, networks, zone)), counts)
        uow.worked_out[STOCK] = filled
        if uow.is_snapshot:
            self._kept.keep(filled)
        return filled.plan

    def _stock(
        self, uow: UnitOfWork, known: KnownStock | None, counts: Mapping[str, Count], plan: Plan, networks: Networks,
        zone: tzinfo,
    ) -> Mapping[str, Stock]:  # fmt: skip
        before = known.plan.stock if known else {}
        touched: Collection[str] = counts
        network = networks.of(replace(plan, stock=before))
        if known and _has_same_goods(known.plan, plan):
            said = [code for code in uow.reports.items_since(known.seen.reports) if code in plan.items]
            others = counts.items() if counts is not known.counts else ()
            counted = {product for product, count in others if known.counts.get(product) is not count}
            touched = counted | {product for code in said for product in self._moved_by(network, code)} & counts.keys()
        if not touched:
            return before
        shelves = self.shelves(uow, network, zone, touched)
        return {**before, **{product: shelves.now(counts[product]) for product in touched}}

    def shelves(self, uow: UnitOfWork, network: Network, zone: tzinfo, touched: Collection[str]) -> Shelves:
        """What was reported of the goods of these products."""
        near = [code for product in touched for code in self._near(network, product)]
        words = uow.reports.words_of(near)
        nothing: list[Report] = []
        return Shelves(network, lambda code: words.get(code, nothing), zone, self.backflushed)

    def _near(self, network: Network, product: str) -> Iterable[str]:
        """The items whose reports move its stock."""
        for item in bring(network, product):
            yield item.code
            yield from network.receipts.get(item.code, ())
        if product in self.backflushed:
            yield from (item.code for item, _ in take(network, product))

    def _moved_by(self, network: Network, code: str) -> Iterable[str]:
        """The products whose stock a report on this item may move: its own, that of the purchase it receives, and what
        it takes where that is lowered by what is made."""
        item = network.items[network.index[code]]
        yield material(item)
        for number in network.touching[network.index[code]]:
            before = network.items[network.ends[number][0]]
            if code in network.receipts.get(before.code, ()) or material(before) in self.backflushed:
                yield material(before)


def as_counted(uow: UnitOfWork, plan: Plan) -> Plan:
    """The plan with its stock as it was counted last: what tables are compared with, and hold."""
    counts = uow.counts.newest().values()
    counted = {one.product: Stock(one.product, one.on_hand, one.safety, one.as_of) for one in counts}
    return replace(plan, stock={**plan.stock, **counted}) if counted else plan


def _counted(uow: UnitOfWork, known: KnownStock) -> Mapping[str, Count]:
    """The newest count of each product; what was not counted since is the same as it was."""
    since = uow.counts.since(known.seen.counts)
    return newest([*known.counts.values(), *since]) if since else known.counts


def _is_same(known: Plan, plan: Plan) -> bool:
    return known.items is plan.items and known.links is plan.links and known.revision == plan.revision


def _has_same_goods(known: Plan, plan: Plan) -> bool:
    """Check whether the same items bring the same products over the same links."""
    changed = plan.differing(known) if known.links is plan.links else None
    if changed is None:
        return False
    pairs = ((known.items[code], plan.items[code]) for code in changed)
    return all((was.type, was.product) == (item.type, item.product) for was, item in pairs)
