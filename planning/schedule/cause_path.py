"""The path of causes of a move: the chain of items from the change to it, along the links that hold it there."""

from collections.abc import Callable, Iterator, Sequence
from typing import Protocol

from planning.schedule.network import ByNode, Held
from planning.schedule.overlay import Draft
from planning.schedule.placement import ASAP

LONGEST = 200
"""A longer path is told by its cause and its last items."""


def step_of(path: Sequence[str]) -> tuple[str, ...]:
    """A path told by its ends and its last step: the lines of the others tell the rest."""
    return tuple(path) if len(path) < 4 else (path[0], *path[-2:])


class Trace:
    """The causes of one propagation, found when asked for."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._paths: dict[int, tuple[str, ...]] = {}

    def path(self, node: int) -> tuple[str, ...]:
        """Item codes from the changed item to this one; one code when it was changed directly."""
        chain: list[int] = []
        step: int | None = node
        while step is not None and step not in self._paths:
            chain.append(step)
            step = self._cause(step)
        path = self._paths[step] if step is not None else ()
        for step in reversed(chain):
            path = self._paths[step] = self._longer(path, step)
        return path

    def _cause(self, node: int) -> int | None:
        """The node that holds this one where it now is, else the one that held it and let it go.

        None: it was itself changed, or nothing that was changed leads to it. Of several the first by code, so that
        input order is nothing.
        """
        draft = self._draft
        if node not in draft.moved or draft.seats[node].hold < ASAP:
            return None
        changed_itself = draft.owner[node] in draft.edited
        if changed_itself and draft.seats[node].start == draft.moved[node]:
            return None
        changed = [(source, bound) for source, bound in _bounds(draft, draft.start, node) if self._is_changed(source)]
        candidates = [source for source, bound in changed if bound == draft.moved[node]]
        if not candidates and not changed_itself:
            candidates = self._letting_go(node) or [source for source, _ in changed]
        return min(candidates, key=draft.code_of, default=None)

    def _letting_go(self, node: int) -> list[int]:
        """The nodes that held it where it was before, and have changed since: moved away, or cancelled.

        Ranks only rise in a draft, so a cause ranks before what it moves: causes never run in a circle.
        """
        network, rank = self._draft.network, self._draft.rank
        if node >= len(network.start):
            return []
        bounds = _bounds(network, network.start.__getitem__, node)
        held = [source for source, bound in bounds if bound == network.start[node]]
        return [source for source in held if self._is_changed(source) and rank[source] < rank[node]]

    def _is_changed(self, node: int) -> bool:
        return node in self._draft.moved or self._draft.owner[node] in self._draft.edited

    def _longer(self, path: tuple[str, ...], node: int) -> tuple[str, ...]:
        draft = self._draft
        code = draft.code_of(node)
        if draft.early[draft.owner[node]] >= 0 and code in path:
            return path[: path.index(code) + 1]  # What comes back to an item by its early node began there.
        if len(path) < LONGEST:
            return (*path, code)
        return (path[0], *path[2:], code)


class _Wired(Protocol):
    """The holds between nodes: a network, or a draft over one."""

    @property
    def lows(self) -> ByNode[Sequence[Held]]: ...
    @property
    def highs(self) -> ByNode[Sequence[Held]]: ...


def _bounds(view: _Wired, start: Callable[[int], int], node: int) -> Iterator[tuple[int, int]]:
    """The nodes that bear on the node's place, each with the place it allows."""
    for source, gap in view.lows[node]:
        yield source, start(source) + gap
    for target, gap in view.highs[node]:
        yield target, start(target) - gap
