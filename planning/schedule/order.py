"""The order of influence among nodes, and the circle when there is none."""

from collections.abc import Callable, Collection, Iterable, Sequence
from itertools import chain

from planning.refusal import Refused

Name = Callable[[int], str]
Targets = Callable[[int], Sequence[int]]


def topological(out: Sequence[Sequence[int]], name: Name) -> list[int]:
    """All nodes, each before those it leads to. Refused("loop", path="A → B → A") when they run in a circle."""
    waiting = [0] * len(out)
    for target in chain.from_iterable(out):
        waiting[target] += 1
    order = [node for node, sources in enumerate(waiting) if not sources]
    for node in order:  # Grows while it is read: Kahn's algorithm.
        for target in out[node]:
            left = waiting[target] = waiting[target] - 1
            if not left:
                order.append(target)
    if len(order) < len(out):
        raise loop_among({node for node, sources in enumerate(waiting) if sources}, out.__getitem__, name)
    return order


def topological_from(starts: Iterable[int], out: Targets, name: Name) -> list[int]:
    """Everything reachable from `starts`, each before those it leads to; Refused("loop") as above."""
    waiting = reachable(starts, out)
    for node in waiting:
        for target in out(node):
            waiting[target] += 1
    order = [node for node, sources in waiting.items() if not sources]
    for node in order:
        for target in out(node):
            waiting[target] -= 1
            if not waiting[target]:
                order.append(target)
    if len(order) < len(waiting):
        raise loop_among({node for node, sources in waiting.items() if sources}, out, name)
    return order


def reachable(starts: Iterable[int], out: Targets) -> dict[int, int]:
    """Every node that can be reached, `starts` included, each with 0."""
    seen = dict.fromkeys(starts, 0)
    walk = list(seen)
    for node in walk:
        for target in out(node):
            if target not in seen:
                seen[target] = 0
                walk.append(target)
    return seen


def loop_among(stuck: Collection[int], out: Targets, name: Name) -> Refused:
    """The refusal that prints one circle among `stuck`: nodes that each still wait for another of them."""
    source: dict[int, int] = {}
    for node in sorted(stuck, key=name, reverse=True):
        source.update((target, node) for target in out(node) if target in stuck)
    node = min(source, key=name)
    walk: dict[int, None] = {}
    while node not in walk:  # Backwards along one source each, until the walk meets itself.
        walk[node] = None
        node = source[node]
    steps = list(walk)
    return Refused("loop", path=print_loop([name(n) for n in reversed(steps[steps.index(node) :])]))


def print_loop(circle: Sequence[str]) -> str:
    """`A → B → A`, from its first item in alphabetical order; an item named twice in a row is told once."""
    told = [code for n, code in enumerate(circle) if code != circle[n - 1] or len(circle) == 1]
    first = told.index(min(told))
    return " → ".join([*told[first:], *told[:first], told[first]])


def find_path(start: int, end: int, out: Targets) -> list[int]:
    """The nodes of a shortest way from `start` to `end`, both included; empty when there is none."""
    came_from = {start: start}
    walk = [start]
    for node in walk:
        if node == end:
            path = [node]
            while path[-1] != start:
                path.append(came_from[path[-1]])
            return path[::-1]
        for target in out(node):
            if target not in came_from:
                came_from[target] = node
                walk.append(target)
    return []
