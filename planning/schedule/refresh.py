"""A network kept up with its plan: a newer revision costs its changes, not a compilation of the whole."""

from copy import copy
from datetime import date
from threading import Lock

from planning.plan.item import Item
from planning.plan.plan import Plan
from planning.schedule.lag import FOREVER
from planning.schedule.network import Network
from planning.schedule.overlay import Draft
from planning.schedule.placement import EARLY
from planning.schedule.propagate import ripple
from planning.schedule.slack import Slacks


class Networks:
    """The newest compiled network of each plan, shared by threads: ask it for a plan's before every assessment."""

    def __init__(self) -> None:
        self._newest: dict[str, Network] = {}
        self._lock = Lock()

    def of(self, plan: Plan) -> Network:
        """The plan compiled; parts it has in common with the last one asked for are not compiled again."""
        with self._lock:
            known = self._newest.get(plan.id)
            network = refreshed(known, plan) if known else Network.of(plan)
            self._newest[plan.id] = network
        return network

    def joined(self, plan: Plan) -> Network:
        """What is compiled of the plan, of which only the links may be relied on: where only dates are others, it is
        not brought up to them. A batch of reports, each of which is a revision, asks nothing else."""
        with self._lock:
            known = self._newest.get(plan.id)
        if known and known.plan.links is plan.links and len(known.plan.items) == len(plan.items):
            return known
        return self.of(plan)


def refreshed(network: Network, plan: Plan) -> Network:
    """The network of another revision of the plan `network` was compiled from; the old one stays as it is.

    Compiles anew when items came or went, links or calendars changed, or most items are others. Unchanged items should
    be the same objects, as `Plan.with_items` leaves them. Raises what `Network.of` raises.
    """
    if plan is network.plan:
        return network
    changed = _changed_items(network.plan, plan)
    if changed is None:
        return Network.of(plan)
    if not changed:  # another stock, or another revision of others
        same = copy(network)
        same.plan = plan
        return same
    draft = Draft(network)
    for item in changed:
        draft.put(item)
    draft.rewire()
    ripple(draft, date.min)
    return _committed(draft, plan)


def _changed_items(old: Plan, new: Plan) -> list[Item] | None:
    """The items that differ; None when that is not all that differs."""
    if any(getattr(old, name) != getattr(new, name) for name in ("calendar", "department_calendars", "calendars")):
        return None
    if old.links is not new.links and old.links != new.links:
        return None
    changed = new.differing(old)
    if changed is None or len(changed) > len(old.items) // 2:
        return None
    return [new.items[code] for code in changed]


def _committed(draft: Draft, plan: Plan) -> Network:
    """The draft as a network of its own. Where items stand is what the plan says, whatever their links would like."""
    items, nodes = len(plan.items), draft.node_count
    new = copy(draft.network)
    old = draft.network.items
    has_same_goods = all(_goods(old[node]) == _goods(draft.items[node]) for node in draft.edited)
    for worked_out in ("steps",) if has_same_goods else ("steps", "members", "receipts", "bought_by"):
        new.__dict__.pop(worked_out, None)
    new.plan = plan
    new.items = draft.items.flat(items)
    new.seats = draft.seats.flat(nodes)
    new.owner = draft.owner.flat(nodes)
    new.early = draft.early.flat(items)
    new.lows, new.highs, new.out = draft.lows.flat(nodes), draft.highs.flat(nodes), draft.out.flat(nodes)
    new.rank, new.next_rank = draft.rank.flat(nodes), draft.next_rank
    if draft.rank.top:
        new.order = sorted(range(nodes), key=new.rank.__getitem__)
    new.start = [*draft.network.start, *(seat.start for seat in new.seats[len(draft.network.start) :])]
    for node in draft.edited:
        new.start[node] = new.seats[node].start
    for node, start in draft.moved.items():
        if new.seats[node].hold == EARLY:
            new.start[node] = start
    if new.latest is not None:
        new.latest = Slacks(draft).latest()
        new.promises = min(new.latest, default=FOREVER) < FOREVER
    return new


def _goods(item: Item) -> tuple[str, str]:
    return item.type, item.product
