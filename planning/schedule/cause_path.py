"""The path of causes of a move: the chain of items from the change to it, along the links that hold it there."""

from collections.abc import Iterator

from planning.schedule.overlay import Draft
from planning.schedule.placement import ASAP

LONGEST = 200
"""A longer path is told by its cause and its last items."""


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
            path = self._paths[step] = _longer(path, self._draft.code_of(step))
        return path

    def _cause(self, node: int) -> int | None:
        """The node that holds this one where it is: of several the first by code, so that input order is nothing."""
        draft = self._draft
        if node not in draft.moved or draft.seats[node].hold < ASAP:
            return None
        if node in draft.edited and draft.seats[node].start == draft.moved[node]:
            return None
        changed = list(self._changed_influences(node))
        holding = [source for source, bound in changed if bound == draft.moved[node]]
        candidates = holding or ([] if node in draft.edited else [source for source, _ in changed])
        return min(candidates, key=self._draft.code_of, default=None)

    def _changed_influences(self, node: int) -> Iterator[tuple[int, int]]:
        for source, gap in self._draft.lows[node]:
            if self._is_changed(source):
                yield source, self._draft.start(source) + gap
        for target, gap in self._draft.highs[node]:
            if self._is_changed(target):
                yield target, self._draft.start(target) - gap

    def _is_changed(self, node: int) -> bool:
        return node in self._draft.moved or self._draft.owner[node] in self._draft.edited


def _longer(path: tuple[str, ...], code: str) -> tuple[str, ...]:
    if path and path[-1] == code:
        return path
    if len(path) < LONGEST:
        return (*path, code)
    return (path[0], *path[2:], code)
