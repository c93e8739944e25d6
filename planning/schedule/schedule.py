"""The first placement of a plan, at import."""

from collections.abc import Collection
from dataclasses import fields, replace
from datetime import date
from operator import attrgetter

from planning.plan.item import Item, Mode
from planning.plan.plan import Plan
from planning.refusal import Refused
from planning.schedule.lag import NEVER
from planning.schedule.network import Network
from planning.schedule.order import topological
from planning.schedule.placement import ASAP, Seat
from planning.schedule.propagate import settle


def place(plan: Plan, unplaced: Collection[str], today: date, as_of: date | None = None) -> Plan:
    """The plan with dates for every item.

    Items in `unplaced` came without a start; their start and finish fields are ignored. An `asap` one goes as early as
    its driving links and constraint allow, an `alap` one as late as the items it drives allow; one that nothing places
    begins today. None of them lies before the plan's `earliest_of` day, whatever their predecessors' past (rule T9).
    Items with a start keep it, unless a link or constraint pushes them later.
    Refused: `loop` (with its path), `unknown-item` for a link's missing end, `no-date` for a pinned or started item
    without a start, `unknown-calendar`.
    """
    _refuse_unplaceable(plan, unplaced)
    network = Network(plan, frozenset(unplaced))
    refuse_dependency_loop(network)
    if earliest := earliest_of(plan, unplaced, today, as_of):
        _hold_from(network, unplaced, earliest)
        today = earliest
    open_nodes = {network.index[code]: NEVER for code in unplaced}
    begin: dict[int, int] = {}
    start = settle(network, open_nodes)
    while lost := [node for node in open_nodes if start[node] < NEVER // 2]:
        _begin(network, lost, open_nodes, begin, today)
        start = settle(network, open_nodes, begin)
    if begin:  # Today held only while places were sought.
        start = settle(network, dict(enumerate(start)))
    placed = (_placed(network, node, start[node]) for node in range(len(network.items)))
    return replace(plan, items={item.code: item for item in placed})


def earliest_of(plan: Plan, unplaced: Collection[str], today: date, as_of: date | None = None) -> date | None:
    """The day before which items without a start may not be placed: today, or the one that is said (`as_of`).

    None for history, a plan that lies wholly in the past and in which nothing has begun: it follows its links alone.
    """
    if as_of is not None:
        return as_of
    dated = [item for item in plan.items.values() if item.code not in unplaced]
    if any(item.status.has_started for item in plan.items.values()):
        return today
    days = [day for item in dated for day in (item.start, item.finish)]
    days += [item.constraint_date for item in plan.items.values() if item.constraint_date]
    return None if days and max(days) < today else today


def _hold_from(network: Network, unplaced: Collection[str], earliest: date) -> None:
    for node in map(network.index.__getitem__, unplaced):
        for held in (node, network.early[node]):
            if held >= 0:
                seat = network.seats[held]
                network.seats[held] = seat._replace(floor=max(seat.floor, seat.calendar.position(earliest)))


def _begin(network: Network, lost: list[int], open_nodes: dict[int, int], begin: dict[int, int], today: date) -> None:
    """Give today to those that nothing places: to the ones that wait for no other of them.

    An `alap` one begins with its early node: what waits for it comes after that, and it then as late as they allow.
    """
    waiting = set(lost)
    for node in lost:
        if any(network.owner[source] in waiting for source, _ in network.lows[node]):
            continue
        position = network.seats[node].calendar.position(today)
        early = network.early[node]
        if early >= 0 and early not in begin:
            begin[early] = position
        else:
            open_nodes[node] = position


def _refuse_unplaceable(plan: Plan, unplaced: Collection[str]) -> None:
    for code in unplaced:
        item = plan.items.get(code)
        if item is None:
            raise Refused("unknown-item", item=code)
        if item.mode is Mode.PINNED or item.status.has_started:
            raise Refused("no-date", item=code)


def _placed(network: Network, node: int, start: int) -> Item:
    item, seat = network.items[node], network.seats[node]
    return item if seat.hold < ASAP else moved(item, seat, start)


_FIELDS = attrgetter(*(field.name for field in fields(Item)))


def moved(item: Item, seat: Seat, start: int) -> Item:
    """The item with the dates of this start position."""
    first = seat.calendar.day(start)
    last = seat.calendar.day(start + max(seat.span - 1, 0))
    if first == item.start and last == item.finish:
        return item
    code, title, _, _, *rest = _FIELDS(item)  # Thrice as fast as `replace`, and thousands of items may move.
    return Item(code, title, first, last, *rest)


def refuse_dependency_loop(network: Network) -> None:
    """Refused("loop") when predecessors and successors run in a circle, whichever end their links drive."""
    after: list[list[int]] = [[] for _ in network.items]
    for predecessor, successor in network.ends:
        after[predecessor].append(successor)
    topological(after, network.code_of)
