"""The order of influence: who has to be looked at before whom, and the circle when there is none."""

from collections.abc import Callable, Sequence

from planning.refusal import Refused

Name = Callable[[int], str]


def topological(out: Sequence[Sequence[int]], name: Name) -> list[int]:
    """All nodes, each before those it leads to. Refused("loop", path="A → B → A") when they run in a circle."""
    waiting = [0] * len(out)
    for targets in out:
        for target in targets:
            waiting[target] += 1
    order = [node for node, sources in enumerate(waiting) if not sources]
    for node in order:  # Grows while it is read: Kahn's algorithm.
        for target in out[node]:
            waiting[target] -= 1
            if not waiting[target]:
                order.append(target)
    if len(order) < len(out):
        stuck = {node for node, sources in enumerate(waiting) if sources}
        raise loop_in(stuck, out, name)
    return order


def loop_in(stuck: set[int], out: Sequence[Sequence[int]], name: Name) -> Refused:
    """The refusal that prints one circle among `stuck`, nodes that each still wait for another of them."""
    sources: dict[int, int] = {}
    for node in sorted(stuck, key=name, reverse=True):
        sources.update((target, node) for target in out[node] if target in stuck)
    node = min((n for n in stuck if n in sources), key=name)
    seen: dict[int, int] = {}
    walk: list[int] = []
    while node not in seen:  # Backwards along one source each, until the walk meets itself.
        seen[node] = len(walk)
        walk.append(node)
        node = sources[node]
    circle = [name(n) for n in reversed(walk[seen[node] :])]
    return Refused("loop", path=print_loop(circle))


def print_loop(circle: Sequence[str]) -> str:
    """`A → B → A`, from its first item in alphabetical order; an item named twice in a row is named once."""
    told = [code for n, code in enumerate(circle) if code != circle[n - 1] or len(circle) == 1]
    first = told.index(min(told))
    turned = told[first:] + told[:first]
    return " → ".join([*turned, turned[0]])
