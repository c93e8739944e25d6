"""Links that push: over them an exception comes from its cause, and stands on the card of that."""

from collections.abc import Collection, Container, Iterable, Mapping, Sequence
from typing import NamedTuple

from planning.exceptions.finding import CAUSES, FOLDED, Key, Severity
from planning.facts.forecast import Outlook
from planning.facts.relation import Relation, after, moves_start
from planning.schedule.network import Network


class Open(NamedTuple):
    """An open row as the folding sees it."""

    key: Key
    severity: Severity
    is_quiet: bool = False
    """Snoozed or muted: it holds nothing."""


class Pushes:
    """Looks at the links around an item when it is asked: a question costs what it hangs on."""

    def __init__(self, network: Network, outlook: Outlook) -> None:
        self._network, self._outlook = network, outlook
        self._into: dict[str, list[str]] = {}
        self._behind: dict[str, list[str]] = {}

    def into(self, code: str) -> Sequence[str]:
        """Items that push this one, by code."""
        if code not in self._into:
            pushing = (one.predecessor.code for one in self._outlook.relations_into(code) if self._pushes(one))
            self._into[code] = sorted(set(pushing)) if self._is_later(code) else []
        return self._into[code]

    def behind(self, code: str) -> Sequence[str]:
        """All that this item pushes, over any number of links."""
        found, walk = {code}, [code]
        for one in walk:
            pushed = [other for other in self._next(one) if other not in found]
            found.update(pushed)
            walk += pushed
        return walk[1:]

    def first_causes(self, code: str) -> Sequence[str]:
        """The items at which the pushing begins; the item itself where nothing pushes it."""
        found, walk = {code}, [code]
        for one in walk:
            before = [other for other in self.into(one) if other not in found]
            found.update(before)
            walk += before
        return [one for one in walk if not self.into(one)]

    def above(self, codes: Iterable[str]) -> set[str]:
        """All that pushes these items, over any number of links, and they themselves."""
        found = set(codes)
        walk = list(found)
        for one in walk:
            before = [other for other in self.into(one) if other not in found]
            found.update(before)
            walk += before
        return found

    def _next(self, code: str) -> Sequence[str]:
        if code not in self._behind:
            behind = {one.successor.code for one in self._outlook.relations_behind(code)}
            self._behind[code] = [other for other in sorted(behind) if code in self.into(other)]
        return self._behind[code]

    def _is_later(self, code: str) -> bool:
        """Check whether it is worth looking at its links: what stands as planned is pushed by none of them."""
        progress, dates = self._outlook.progress_of(code), self._outlook[code].dates
        return progress.lives and (dates.finish > progress.item.finish or dates.start > progress.item.start)

    def _pushes(self, relation: Relation) -> bool:
        """Check whether the end that the link holds is forecast later than planned, and could not stand one of its
        working days earlier."""
        code = relation.successor.code
        dates, planned = self._outlook[code].dates, self._outlook.progress_of(code).item
        end, was = (dates.start, planned.start) if moves_start(relation.link) else (dates.finish, planned.finish)
        if end <= was:
            return False
        allowed = relation.allows(self._outlook[relation.predecessor.code].dates)
        return allowed > after(relation.behind, end, -1)


def folded_into(pushes: Pushes, rows: Collection[Open], among: Container[str] | None = None) -> Mapping[Key, str]:
    """The item on whose card each folded row stands: the nearest root upstream, then the worse, then by code. A root
    is not below another row, and speaks for itself. `among`: of rows of these items; None: of all."""
    causes: dict[str, Severity] = {}
    for row in rows:
        if row.key.code in CAUSES and not row.is_quiet:
            causes[row.key.item] = max(causes.get(row.key.item, row.severity), row.severity)
    known: dict[str, Mapping[str, int]] = {}

    def above(code: str) -> Mapping[str, int]:
        if code not in known:
            known[code] = _above(pushes, code, causes)
        return known[code]

    found = {}
    for row in rows:
        if row.key.code in FOLDED and not row.is_quiet and (among is None or row.key.item in among):
            near = [(far, -causes[code], code) for code, far in above(row.key.item).items() if not above(code)]
            if near:
                found[row.key] = min(near)[2]
    return found


def _above(pushes: Pushes, code: str, causes: Collection[str]) -> Mapping[str, int]:
    """The items with a row that push this one, each by how many links away it is."""
    far, ring, found = 0, [code], {code}
    above: dict[str, int] = {}
    while ring:
        far += 1
        ring = sorted({other for one in ring for other in pushes.into(one)} - found)
        found.update(ring)
        above |= {one: far for one in ring if one in causes}
    return above
