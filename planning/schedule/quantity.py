"""The spreading of a changed quantity to the items pegged to it, netted against stock and other supplies.

An item brings what is asked of it, less what stock and open receipts leave for it, in whole lots; and on top the
surplus somebody ordered: what it has above that need today. The surplus stays whatever is asked, so that a quantity
depends on the demand and not on the way to it. What is missing today is no decision, and is not kept. An item that has
started or is over keeps its quantity: then the product runs short, and the shortage is told.
"""

from collections.abc import Iterable
from decimal import Decimal
from heapq import heapify, heappop, heappush

from planning.plan.difference import amount
from planning.plan.impact import Shortage
from planning.plan.item import Item, Status
from planning.refusal import Refusal
from planning.schedule.ledger import NONE, NOTHING, Books, Pool, asked_by, driven_by, drivers, lot_of, share_of
from planning.schedule.order import loop_among, reachable
from planning.schedule.overlay import Draft


class Flow:
    """One spreading over a draft; `given` are the quantities people set. Without `spreads` only the balance is drawn:
    a change is taken back item by item, also the part stock had absorbed."""

    def __init__(self, draft: Draft, given: Iterable[int] = (), *, spreads: bool = True) -> None:
        self._draft = draft
        self._books = Books(draft.network)
        self._given = set(given)
        self._spreads = spreads
        self._opening: dict[str, Pool] = {}
        self._pools: dict[str, Pool] = {}
        self.quantities: dict[int, Decimal] = {}
        """The new quantities of the items that follow."""
        self.notes: list[Refusal] = []
        """`off-lot` for a given quantity that is no lot, `supplier-must-confirm` for a smaller released purchase."""
        self._cause: dict[int, int] = {}
        for node in self._in_order():
            self._settle(node)

    def shortages(self) -> tuple[Shortage, ...]:
        """Shortages of the products whose balance changes; positive is missing, negative is too much."""
        pools = ((name, self._opening[name], pool) for name, pool in sorted(self._pools.items()))
        return tuple(
            Shortage(product, self._books.unit(product), -opening.balance, -pool.balance)
            for product, opening, pool in pools
            if not product.startswith("\0") and opening.balance != pool.balance
        )

    def path(self, node: int) -> tuple[str, ...]:
        """Item codes from the changed quantity to this one."""
        path = [node]
        while path[-1] in self._cause:
            path.append(self._cause[path[-1]])
        return tuple(self._draft.code_of(step) for step in reversed(path))

    def _in_order(self) -> Iterable[int]:
        """The changed items and all they drive, drivers first; of equals the earlier, then by code."""
        draft = self._draft

        def out(node: int) -> list[int]:
            return driven_by(draft, node)

        waiting = reachable(sorted(draft.edited), out)
        for node in waiting:
            for target in out(node):
                waiting[target] += 1

        def turn(node: int) -> tuple[object, str, int]:
            return draft.items[node].start, draft.code_of(node), node

        ready = [turn(node) for node, drivers_left in waiting.items() if not drivers_left]
        heapify(ready)
        done = 0
        while ready:
            node = heappop(ready)[-1]
            done += 1
            for target in out(node):
                waiting[target] -= 1
                if not waiting[target]:
                    heappush(ready, turn(target))
            yield node
        if done < len(waiting):
            raise loop_among({node for node, left in waiting.items() if left}, out, draft.code_of)

    def _settle(self, node: int) -> None:
        item = self._draft.items[node]
        if node in self._given:
            self._check_lot(item)
        asked, before = sum(self._asks(node).values(), NONE), sum(self._asks_before(node).values(), NONE)
        stock = self._draft.network.plan.stock.get(item.product)
        opening = self._books.share(node) if node < len(self._draft.network.items) else NOTHING
        share = share_of(self._draft, node, item, asked, stock)
        if share == opening and asked == before:
            return
        name = item.product or f"\0{item.code}"
        if name not in self._pools:
            self._opening[name], self._pools[name] = self._books.pool(item), self._books.pool(item)
        pool = self._pools[name]
        settled = not self._spreads or node in self._given or item.status.has_started or item.status.is_over
        if not settled and item.quantity is not None and asked != before:
            needed = lot_of(item, before - self._opening[name].left_for(opening.amount))
            surplus = max(item.quantity - needed, NONE)
            wanted = lot_of(item, asked - pool.left_for(opening.amount)) + surplus
            share = share._replace(amount=share.amount + wanted - item.quantity)
            self._follow(node, item.quantity, wanted, asked - before)
        pool.swap(opening, share)

    def _follow(self, node: int, had: Decimal, wanted: Decimal, more: Decimal) -> None:
        item = self._draft.items[node]
        if wanted == had:
            return
        self.quantities[node] = wanted
        asks, asked_before = self._asks(node), self._asks_before(node)
        pressing = [driver for driver in asks if (asks[driver] - asked_before.get(driver, NONE)) * more > 0]
        if pressing:
            self._cause[node] = min(pressing, key=self._draft.code_of)
        if wanted < had and item.type == "purchase" and item.status is Status.RELEASED:
            facts = {"item": item.code, "before": amount(had), "after": amount(wanted)}
            self.notes.append(Refusal("supplier-must-confirm", facts))

    def _check_lot(self, item: Item) -> None:
        quantity = item.quantity or NONE
        lot = lot_of(item, quantity)
        if lot != quantity:
            self.notes.append(Refusal("off-lot", {"item": item.code, "quantity": amount(quantity), "lot": amount(lot)}))

    def _asks(self, node: int) -> dict[int, Decimal]:
        """The demand of each driver of an item."""
        items, unit = self._draft.items, self._draft.items[node].unit
        asks: dict[int, Decimal] = {}
        for d, link in drivers(self._draft, node):
            asks[d] = asks.get(d, NONE) + asked_by(items[d], self.quantities.get(d, items[d].quantity), link, unit)
        return asks

    def _asks_before(self, node: int) -> dict[int, Decimal]:
        network = self._draft.network
        asks: dict[int, Decimal] = {}
        for d, link in drivers(network, node) if node < len(network.items) else ():
            driver, unit = network.items[d], network.items[node].unit
            asks[d] = asks.get(d, NONE) + asked_by(driver, driver.quantity, link, unit)
        return asks
