"""The arrows: along which links the change went, and which other links join what changed."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from cards.picture.graph import Edge
from cards.words import Words
from planning.plan.impact import Impact
from planning.plan.link import LagKind, Link, LinkKind
from planning.plan.plan import Plan
from planning.plan.ratio import written
from planning.schedule.cause_steps import Pair, Passing

MOST_WAYS, MOST_IDLE = 70, 30
"""Arrows in one picture, of those that passed the change on and of those that did not. Nobody reads more, and the time
their routes take grows fast: at most a fifth of a second for so many."""


def edges_of(plan: Plan, impact: Impact, keys: Mapping[str, str], words: Words) -> tuple[list[Edge], int]:
    """The arrows between nodes, and how many are left out. `keys` gives the node of each item."""
    passing = Passing(plan, impact)
    late = frozenset(_ways_to_late_orders(impact))
    moved = _by_ends(passing.pairs, keys)
    idle = _by_ends(_idle(plan, impact), keys)
    for ends in [ends for ends in idle if ends in moved or ends[::-1] in moved]:
        del idle[ends]
    telling = _most_telling(moved, late)
    critical = [
        Edge(*ends, _label(ends, passing, words) if ends in passing.pairs else "", True, not late.isdisjoint(pairs))
        for ends, pairs in moved.items()
        if ends in telling
    ]
    drawn = critical + [Edge(*ends) for ends in list(idle)[:MOST_IDLE]]
    return drawn, len(moved) + len(idle) - len(drawn)


def _most_telling(moved: Mapping[Pair, Sequence[Pair]], late: frozenset[Pair]) -> set[Pair]:
    """Choose the strongest arrows, one into each node first: towards a late order, or of most links."""
    strongest = sorted(moved, key=lambda ends: (late.isdisjoint(moved[ends]), -len(moved[ends]), ends))
    into: Counter[str] = Counter()
    ranked = []
    for ends in strongest:
        ranked.append((into[ends[1]], ends))
        into[ends[1]] += 1
    return {ends for _, ends in sorted(ranked, key=lambda entry: entry[0])[:MOST_WAYS]}


def _by_ends(pairs: Iterable[Pair], keys: Mapping[str, str]) -> dict[Pair, list[Pair]]:
    """The pairs of items by their nodes, in the order of the nodes; what stays inside one node is not drawn."""
    order = {key: number for number, key in enumerate(dict.fromkeys(keys.values()))}
    found: dict[Pair, list[Pair]] = {}
    for source, target in sorted(set(pairs)):
        ends = keys.get(source, ""), keys.get(target, "")
        if "" not in ends and ends[0] != ends[1]:
            found.setdefault(ends, []).append((source, target))
    return dict(sorted(found.items(), key=lambda entry: [order[key] for key in entry[0]]))


def _ways_to_late_orders(impact: Impact) -> Iterator[Pair]:
    late = {order.item for order in impact.late_orders}
    for line in impact.lines:
        if line.item in late and line.field in ("start", "finish"):
            yield from pairwise(line.path)


def _idle(plan: Plan, impact: Impact) -> Iterator[Pair]:
    """Every link between changed items, in the direction it drives."""
    changed = {line.item for line in impact.lines}
    removed = {link.ends for link in impact.links_removed}
    for link in (*plan.links, *impact.links_added):
        if link.predecessor in changed and link.successor in changed and link.ends not in removed:
            yield link.way


def _label(pair: Pair, passing: Passing, words: Words) -> str:
    step = passing.arrival(*pair)
    if step.link is None:
        return ""
    if step.field == "quantity":
        ratio = step.link.ratio
        return f"×{written(ratio)}" if ratio not in (None, 1) else ""
    taken = words("picture.absorbed", n=step.absorbed) if step.absorbed else ""
    backwards = words("picture.backwards") if step.backwards else ""
    return " ".join(filter(None, (backwards, _lag(step.link, words), taken)))


def _lag(link: Link, words: Words) -> str:
    """+2天, SS+1天, FF; nothing for one directly after the other."""
    kind = "" if link.kind is LinkKind.FS else link.kind.value
    if link.lag_kind is LagKind.CALENDAR and link.lag:
        return kind + words("picture.calendar", n=f"{link.lag:+d}")
    lag = words("value.days.later" if link.lag > 0 else "value.days.earlier", n=abs(link.lag)) if link.lag else ""
    return kind + lag
