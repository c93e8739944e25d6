"""Delegation and leave: who acts for whom (edge cases 10 and 27).

Somebody names a deputy for the days they are away, and is acted for from the moment that one accepts: until then it is
as if nobody were named. A deputy acts for those who named them and hands nothing further: one hop only.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum

from planning.people.organisation import Organisation
from planning.plan.calendar import ONE_DAY
from planning.refusal import Refused
from planning.subject import Subject, SubjectKind


class DelegationState(StrEnum):
    ASKED = "asked"
    """The deputy has not answered yet."""
    ACCEPTED = "accepted"
    DECLINED = "declined"
    """By the deputy, before or after they had accepted."""
    WITHDRAWN = "withdrawn"
    """By the one who is away."""
    OVER = "over"
    """Its last day has passed."""


@dataclass(frozen=True, slots=True)
class Delegation:
    """A leave of `person` from `first` to `last`, local dates, both included; `deputy` is named to act for them."""

    person: str
    deputy: str
    first: date
    last: date
    accepted_at: datetime | None = None
    """The instant from which the deputy may act."""
    ended_by: str = ""
    """The one of the two who ended it; empty: neither did."""
    number: int = field(default=0, compare=False)
    """Counts the delegations of this person."""

    @property
    def subject(self) -> Subject:
        """The subject its cards name."""
        return Subject(SubjectKind.DELEGATION, f"{self.person}/{self.number}")

    def covers(self, day: date) -> bool:
        return self.first <= day <= self.last

    def overlaps(self, other: "Delegation") -> bool:
        return self.first <= other.last and other.first <= self.last

    def beyond(self, other: "Delegation") -> tuple["Delegation", ...]:
        """The parts of it that lie before and after the other."""
        before = replace(self, last=other.first - ONE_DAY) if self.first < other.first else None
        after = replace(self, first=other.last + ONE_DAY) if self.last > other.last else None
        return tuple(rest for rest in (before, after) if rest)

    def state(self, today: date) -> DelegationState:
        if self.ended_by:
            return DelegationState.DECLINED if self.ended_by == self.deputy else DelegationState.WITHDRAWN
        if self.last < today:
            return DelegationState.OVER
        return DelegationState.ACCEPTED if self.accepted_at else DelegationState.ASKED

    def require_of(self, person: str, *whose: str) -> None:
        """Raise Refused("not-your-delegation") for anybody but these: the two it is between know what it means."""
        if person not in whose:
            raise Refused("not-your-delegation", person=whose[0])

    def require_current(self, today: date) -> None:
        """Raise Refused("delegation-ended") of one that was ended, or is over."""
        state = self.state(today)
        if state not in (DelegationState.ASKED, DelegationState.ACCEPTED):
            raise Refused("delegation-ended")


@dataclass(frozen=True, slots=True)
class Deputies:
    """The deputies of one day.

    `away`: the people on leave, each with the deputy who accepted to act for them. `standing`: the deputies of the
    settings, who are asked when somebody does not answer.
    """

    away: Mapping[str, str] = field(default_factory=dict)
    standing: Mapping[str, str] = field(default_factory=dict)
    since: Mapping[str, datetime] = field(default_factory=dict)
    """The instant each leave was accepted; missing: it has always been so."""
    organisation: Organisation | None = None
    """The roles of people; None: nobody asks for them."""

    @classmethod
    def on(cls, day: date, delegations: Iterable[Delegation], organisation: Organisation) -> "Deputies":
        """The deputies of this day: of several delegations of one person the last; nobody who left the company, and
        nobody who has not accepted."""
        people = organisation.people
        found = {d.person: d for d in delegations if d.covers(day) and d.accepted_at and d.deputy in people}
        return cls(
            {person: delegation.deputy for person, delegation in found.items()},
            {p.id: p.deputy for p in people.values() if p.deputy in people},
            {person: delegation.accepted_at for person, delegation in found.items() if delegation.accepted_at},
            organisation,
        )

    def of(self, person: str) -> str:
        """The deputy of this person today: the one named for a leave, else the standing one; empty: nobody."""
        return self.away.get(person) or self.standing.get(person, "")

    def acting(self, person: str) -> str:
        """The one who is there for this person: themselves, or their deputy, unless that one is away, too; empty:
        nobody."""
        if person not in self.away:
            return person
        deputy = self.away[person]
        return "" if deputy in self.away else deputy

    def acts_for(self, deputy: str, people: Iterable[str]) -> str:
        """The first of these people who is away and for whom `deputy` acts; empty: none."""
        return next((p for p in people if p != deputy and p in self.away and self.acting(p) == deputy), "")

    def hands_of(self, *people: str) -> frozenset[str]:
        """These people and their deputies: none of them is asked about what these people proposed."""
        hands = ((person, self.standing.get(person, ""), self.away.get(person, "")) for person in people)
        return frozenset(hand for several in hands for hand in several) - {""}

    def hands_before(self, person: str, proposer: str, asked_at: datetime | None) -> bool:
        """True for one who acts for the proposer, unless they were asked before that was arranged. `asked_at` None:
        nobody knows when."""
        if person in (proposer, self.standing.get(proposer)):
            return True
        if person != self.away.get(proposer):
            return False
        since = self.since.get(proposer)
        return since is None or asked_at is None or since <= asked_at


NO_DEPUTIES = Deputies()
