"""Places plan items day by day, as one would with a pencil on a wall calendar: a program of its own beside the product.

Written from the rules in words. A day has a morning and an evening, and the morning of a day is the evening of the day
before; here every moment is an evening. A milestone is the moment before the working day it is shown on.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

Works = Callable[[date], bool]
ONE = timedelta(1)


@dataclass(frozen=True)
class Piece:
    """An item: without a start it goes where its links put it, unless something else is said."""

    name: str
    days: int
    works: Works
    start: date | None
    late: bool = False
    """As late as what it drives allows."""
    stays: bool = False
    not_before: date | None = None
    due: date | None = None

    def last(self, first: date) -> date:
        for _ in range(self.days - 1):
            first = after(self.works, first)
        return first

    def first(self, last: date) -> date:
        for _ in range(self.days - 1):
            last = until(self.works, last - ONE)
        return last


@dataclass(frozen=True)
class Bond:
    """A link; `counted` are the working days of its lag, None counts all days."""

    before: str
    behind: str
    kind: str
    lag: int
    counted: Works | None
    drives_back: bool


def after(works: Works, evening: date) -> date:
    """The first working day after that evening."""
    day = evening + ONE
    while not works(day):
        day += ONE
    return day


def until(works: Works, evening: date) -> date:
    """The last working day that is over by that evening."""
    while not works(evening):
        evening -= ONE
    return evening


def lag_over(bond: Bond, one: Piece, first: date, other: Piece) -> date:
    """The evening the lag ends, when the item before begins on that day."""
    from_start = bond.kind in ("SS", "SF") or not one.days
    evening = first - ONE if from_start else one.last(first)
    meets_a_start = from_start and bond.kind in ("FF", "SF") and other.days > 0 and bond.lag <= 0
    if meets_a_start and not counts_first(bond, one):  # The evening of its last day of work before.
        evening = until(one.works, evening)
    if bond.counted is None:
        return evening + bond.lag * ONE
    if bond.lag > 0:
        for _ in range(bond.lag):
            evening = after(bond.counted, evening)
    if bond.lag < 0:
        evening = until(bond.counted, evening)
        for _ in range(-bond.lag):
            evening = until(bond.counted, evening - ONE)
    return evening


def least(bond: Bond, one: Piece, first: date, other: Piece) -> date:
    """The first day on which the item behind may begin, when the item before begins on `first`."""
    evening = lag_over(bond, one, first, other)
    if bond.kind in ("FS", "SS") or not other.days:
        return after(other.works, evening)
    from_start = bond.kind == "SF" or not one.days
    if from_start and bond.lag <= 0 and counts_first(bond, one):
        return other.first(until(other.works, evening))
    return other.first(after(other.works, evening - ONE))


def counts_first(bond: Bond, one: Piece) -> bool:
    """Calendar days are counted from the end that stands; then the days off of the driven one are looked at."""
    return bond.counted is None and not drives_back(bond, one)


class Wall:
    """The first day of each piece, found one from the other."""

    def __init__(self, pieces: Sequence[Piece], bonds: Sequence[Bond]) -> None:
        self._pieces = {piece.name: piece for piece in pieces}
        self._into = {piece.name: [bond for bond in bonds if bond.behind == piece.name] for piece in pieces}
        self._out = {piece.name: [bond for bond in bonds if bond.before == piece.name] for piece in pieces}
        self._found: dict[tuple[str, bool], date | None] = {}

    def days(self) -> dict[str, tuple[date, date]]:
        """First and last day of each."""
        firsts = {name: self.first(name) for name in self._pieces}
        assert all(firsts.values()), "nothing places an item of these tests"
        return {name: (first, self._pieces[name].last(first)) for name, first in firsts.items() if first}

    def first(self, name: str) -> date | None:
        return self._once(name, False, self._first)

    def earliest(self, name: str) -> date | None:
        """The day its own predecessors allow; None where nothing holds it."""
        return self._once(name, True, self._earliest)

    def _once(self, name: str, early: bool, find: Callable[[Piece], date | None]) -> date | None:
        if (name, early) not in self._found:
            self._found[name, early] = find(self._pieces[name])
        return self._found[name, early]

    def _first(self, piece: Piece) -> date | None:
        begins = after(piece.works, piece.start - ONE) if piece.start else None
        if piece.stays:
            return begins
        wanted = (self._latest(piece) or begins) if piece.late else begins
        return max(filter(None, (wanted, self._earliest(piece))), default=None)

    def _earliest(self, piece: Piece) -> date | None:
        held = [self._held(bond, piece) for bond in self._into[piece.name]]
        floor = after(piece.works, piece.not_before - ONE) if piece.not_before else None
        return max(filter(None, (floor, *held)), default=None)

    def _held(self, bond: Bond, piece: Piece) -> date | None:
        one = self._pieces[bond.before]
        first = self.earliest(one.name) if drives_back(bond, one) else self.first(one.name)
        return least(bond, one, first, piece) if first else None

    def _latest(self, piece: Piece) -> date | None:
        """The last day that all it drives allow, tried one after the other."""
        needs = [bond for bond in self._out[piece.name] if drives_back(bond, piece)]
        if not needs and not piece.due:
            return None
        ends = {bond: self.first(bond.behind) for bond in needs}
        known = [*filter(None, ends.values()), *filter(None, [piece.due])]
        day = until(piece.works, max(known) + 90 * ONE)
        while not self._in_time(piece, day, ends):
            day = until(piece.works, day - ONE)
        return day

    def _in_time(self, piece: Piece, day: date, ends: Mapping[Bond, date | None]) -> bool:
        if piece.due and piece.last(day) > piece.due:
            return False
        return all(least(bond, piece, day, self._pieces[bond.behind]) <= end for bond, end in ends.items() if end)


def drives_back(bond: Bond, one: Piece) -> bool:
    return bond.drives_back and one.late and not one.stays
