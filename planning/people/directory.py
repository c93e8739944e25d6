"""A platform's directory of a company, as it is read: one answer after the other, to be gone on with after a break."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace


@dataclass(frozen=True, slots=True)
class Unit:
    """A department of the directory; most of them are no department of the plan."""

    id: str
    name: str = ""
    """Empty: the platform has not told it."""
    parent: str = ""
    """Empty: it is at the top, or what is above it is not told."""
    leaders: tuple[str, ...] = ()
    """What the platform calls them."""


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of the directory. Neither telephone number nor address is ever taken from it."""

    user: str
    """What the platform calls them."""
    name: str
    units: tuple[str, ...] = ()
    number: str = ""
    """Employee number; empty: not told."""


@dataclass(frozen=True, slots=True)
class Page:
    """An answer, and the questions that it brings up."""

    units: tuple[Unit, ...] = ()
    members: tuple[Member, ...] = ()
    asks: tuple[str, ...] = ()
    """Questions as the reader of the platform spells them."""
    gone: tuple[str, ...] = ()
    """Whom the platform does not know any more, by what it called them."""
    unseen: tuple[str, ...] = ()
    """Departments that the app may not look into."""
    plain: Mapping[str, str] = field(default_factory=dict)
    """Plain ids of people behind encrypted ones."""


@dataclass(frozen=True, slots=True)
class Directory:
    """All that was read of it."""

    units: Mapping[str, Unit] = field(default_factory=dict)
    members: Mapping[str, Member] = field(default_factory=dict)
    gone: frozenset[str] = frozenset()
    unseen: frozenset[str] = frozenset()
    plain: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, pages: Iterable[Page]) -> "Directory":
        """What is told twice counts once: somebody is in all the departments in which they were met, a department has
        all that was told of it."""
        units, members, plain = dict[str, Unit](), dict[str, Member](), dict[str, str]()
        gone, unseen = set[str](), set[str]()
        for page in pages:
            for unit in page.units:
                units[unit.id] = _joined(units.get(unit.id), unit)
            for member in page.members:
                members[member.user] = _met(members.get(member.user), member)
            gone |= {*page.gone}
            unseen |= {*page.unseen}
            plain |= page.plain
        return cls(units, members, frozenset(gone), frozenset(unseen), plain)

    def above(self, unit: str) -> Iterator[str]:
        """The department, what it is a part of, and so on upwards."""
        passed = set[str]()
        while unit and unit not in passed:
            yield unit
            passed.add(unit)
            known = self.units.get(unit)
            unit = known.parent if known else ""


def left_to_ask(first: Iterable[str], pages: Mapping[str, Page]) -> Iterator[str]:
    """Questions that have no answer yet, in the order they came up. `pages`: answers by question."""
    asked, waiting = set[str](), [*first]
    while waiting:
        question = waiting.pop(0)
        if question in asked:
            continue
        asked.add(question)
        if question in pages:
            waiting += pages[question].asks
        else:
            yield question


def _joined(known: Unit | None, told: Unit) -> Unit:
    if known is None:
        return told
    leaders = (*known.leaders, *(one for one in told.leaders if one not in known.leaders))
    return Unit(known.id, told.name or known.name, told.parent or known.parent, leaders)


def _met(known: Member | None, told: Member) -> Member:
    if known is None:
        return told
    units = (*known.units, *(one for one in told.units if one not in known.units))
    return replace(told, units=units, number=told.number or known.number)
