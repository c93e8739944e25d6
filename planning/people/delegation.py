"""Delegation and leave: who acts for whom (edge cases 10 and 27)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import chain

from planning.people.organisation import Organisation
from planning.plan.calendar import ONE_DAY


@dataclass(frozen=True, slots=True)
class Delegation:
    """A leave of `person` from `first` to `last`, local dates, both included; `deputy` acts for them meanwhile."""

    person: str
    deputy: str
    first: date
    last: date

    def covers(self, day: date) -> bool:
        return self.first <= day <= self.last

    def overlaps(self, other: "Delegation") -> bool:
        return self.first <= other.last and other.first <= self.last

    def beyond(self, other: "Delegation") -> tuple["Delegation", ...]:
        """The parts of it that lie before and after the other."""
        before = replace(self, last=other.first - ONE_DAY) if self.first < other.first else None
        after = replace(self, first=other.last + ONE_DAY) if self.last > other.last else None
        return tuple(rest for rest in (before, after) if rest)


@dataclass(frozen=True, slots=True)
class Deputies:
    """The deputies of one day.

    `away`: the people on leave, each with the deputy they named for it. `standing`: the deputies of the settings, who
    are asked when somebody does not answer.
    """

    away: Mapping[str, str] = field(default_factory=dict)
    standing: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def on(cls, day: date, delegations: Iterable[Delegation], organisation: Organisation) -> "Deputies":
        """The deputies of this day: of several delegations of one person the last; nobody who left the company."""
        people = organisation.people
        away = {d.person: d.deputy for d in delegations if d.covers(day) and d.deputy in people}
        return cls(away, {p.id: p.deputy for p in people.values() if p.deputy in people})

    def of(self, person: str) -> str:
        """The deputy of this person today: the one named for a leave, else the standing one; empty: nobody."""
        return self.away.get(person) or self.standing.get(person, "")

    def acting(self, person: str) -> str:
        """The one who is there for this person: themselves, or the first deputy along the line not away; empty: nobody.

        A is away and names B, B is away and names A: nobody, and not for ever in a circle.
        """
        return next((one for one in self._line(person) if one not in self.away), "")

    def acts_for(self, deputy: str, people: Iterable[str]) -> str:
        """The first of these people who is away and for whom `deputy` acts; empty: none."""
        return next((p for p in people if p != deputy and p in self.away and self.acting(p) == deputy), "")

    def hands_of(self, *people: str) -> frozenset[str]:
        """These people and all their deputies: none of them decides what these people proposed."""
        hands = ((person, self.standing.get(person, ""), *self._line(person)) for person in people)
        return frozenset(chain.from_iterable(hands)) - {""}

    def _line(self, person: str) -> Iterator[str]:
        """The person, the deputy of their leave, the deputy of that one's leave, each once."""
        seen: set[str] = set()
        while person and person not in seen:
            seen.add(person)
            yield person
            person = self.away.get(person, "")


NO_DEPUTIES = Deputies()
