"""Graph of a change request's impact."""

from cards.faces import ChangeView
from cards.picture.edges import edges_of
from cards.picture.fold import Place, fold
from cards.picture.graph import Graph
from cards.picture.nodes import NodeWriter
from planning.plan.impact import Impact, Line
from planning.plan.plan import Plan

LIMIT, FOLDED = 60, 40
"""Most nodes a page shows legibly; fewer where nodes stand for many items."""


def picture_of(view: ChangeView, plan: Plan) -> Graph:
    """At most `LIMIT` nodes. `plan` is the one the impact was computed on or a later revision of it: it knows the
    links, and the items that the change went through without moving them.
    """
    impact, words = view.change.impact, view.words
    lines = _by_item(impact)
    causes = _causes(impact)
    keys = {code: code for code in lines}
    if len(lines) > LIMIT:
        keys = fold(_places(impact, plan, lines), {*causes, *(late.item for late in impact.late_orders)}, FOLDED)
    members = _by_key(keys)
    edges, left_out = edges_of(plan, impact, keys, words)
    folded = sum(len(codes) for codes in members.values() if len(codes) > 1)
    remarks = [words("picture.folded", n=folded)] if folded else []
    remarks += [words("picture.links-left-out", n=left_out)] if left_out else []
    writer = NodeWriter(view, plan, lines, causes)
    return Graph(
        title=" · ".join(filter(None, (words.number(view.change.no), view.headline))),
        subtitle=view.effect,
        nodes=tuple(writer.node(key, codes) for key, codes in members.items()),
        edges=tuple(edges),
        remark=" ".join(remarks),
        legend=(words("picture.way-to-late"), words("picture.way"), words("picture.link")),
        cause=words("picture.cause"),
    )


def _by_item(impact: Impact) -> dict[str, list[Line]]:
    """Changes of each item, causes first; none of an item the change only went through."""
    lines: dict[str, list[Line]] = {code: [] for code in _causes(impact)}
    for line in impact.lines:
        lines.setdefault(line.item, []).append(line)
    for line in impact.lines:
        for code in line.path:
            lines.setdefault(code, [])
    return lines


def _causes(impact: Impact) -> dict[str, None]:
    """The items the change began with, in the order people read them."""
    return dict.fromkeys(line.path[0] if line.path else line.item for line in impact.lines)


def _places(impact: Impact, plan: Plan, lines: dict[str, list[Line]]) -> list[Place]:
    ranks: dict[str, int] = {}
    for line in impact.lines:
        for rank, code in enumerate(line.path):
            ranks[code] = max(ranks.get(code, 0), rank)
    owners = {code: item.department for code, item in plan.items.items() if code in lines}
    owners |= {line.item: line.department for line in impact.lines}
    return [Place(code, owners.get(code, ""), ranks.get(code, 0)) for code in lines]


def _by_key(keys: dict[str, str]) -> dict[str, list[str]]:
    members: dict[str, list[str]] = {}
    for code, key in keys.items():
        members.setdefault(key, []).append(code)
    return members
