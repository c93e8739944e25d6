"""Violated constraints around changed items and new links: said aloud instead of hidden (docs/rules.md, I3)."""

from collections.abc import Iterable, Iterator
from datetime import date

from planning.refusal import Refusal
from planning.schedule.network import gap_between
from planning.schedule.overlay import Draft
from planning.schedule.placement import ASAP, GONE


class Exceptions:
    """Broken links and impossible starts of a propagated draft."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft

    def around(self, nodes: Iterable[int], today: date) -> tuple[Refusal, ...]:
        """`link-broken` and `wish-broken` (predecessor, successor, days) and `start-in-the-past` (item, start, today).

        Links into work that is over are history and not told.
        """
        nodes = list(nodes)
        numbers = sorted(self._added() | {number for node in nodes for number in self._draft.touching[node]})
        told = [*self._links(numbers), *self._past(nodes, today)]
        return tuple(sorted(told, key=lambda refusal: (refusal.code, *refusal.facts.values())))

    def _added(self) -> set[int]:
        """The new links: where both ends stay, nothing else would tell that one does not hold."""
        return set(range(len(self._draft.network.links), self._draft.link_count)).difference(self._draft.removed)

    def _links(self, numbers: Iterable[int]) -> Iterator[Refusal]:
        draft = self._draft
        for number in numbers:
            link, (predecessor, successor) = draft.links[number], draft.ends[number]
            if link.hard and draft.seats[successor].hold >= ASAP:
                continue  # What can move has been moved to keep it.
            ends = draft.seats[predecessor], draft.seats[successor]
            if GONE in (ends[0].hold, ends[1].hold) or draft.items[successor].status.is_over:
                continue
            for code, wish in (("link-broken", False), ("wish-broken", True)):
                gap = gap_between(link, ends, draft.timetable, wish)
                missing = draft.start(predecessor) + gap - draft.start(successor)
                if missing > 0:
                    facts = {"predecessor": link.predecessor, "successor": link.successor, "days": str(missing)}
                    yield Refusal(code, facts)
                    break

    def _past(self, nodes: Iterable[int], today: date) -> Iterator[Refusal]:
        for node in nodes:
            seat = self._draft.seats[node]
            start = seat.calendar.day(self._draft.start(node))
            was = self._draft.network.items[node].start if node < len(self._draft.network.items) else today
            if seat.hold >= ASAP and start < today <= was:
                facts = {"item": self._draft.code_of(node), "start": str(start), "today": str(today)}
                yield Refusal("start-in-the-past", facts)
