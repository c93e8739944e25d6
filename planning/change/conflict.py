"""Conflicts: two requests that want the same field of the same item otherwise, and the choice between them.

Each proposer takes a stance; giving way, or both wanting them merged, settles it. Where they do not agree, an arbiter
who proposed neither does. A conflict that nobody settles is settled by the request that is approved first.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from planning.change.approvers import stand_ins
from planning.change.change import Change, ChangeState
from planning.change.contested_fields import Contested
from planning.people.delegation import NO_DEPUTIES, Deputies
from planning.people.organisation import Organisation, Person
from planning.refusal import Refused
from planning.subject import Subject

MERGE = "merge"
"""The stance that both become one request."""
MOOT = "moot"
"""Settled by itself: one of the two requests has ended."""
ARBITER = "arbiter"
"""The name of a stance that is neither proposer's."""


@dataclass(frozen=True, slots=True)
class Conflict:
    older: str
    """The request that was submitted first."""
    newer: str
    fields: tuple[Contested, ...]
    opened_at: datetime
    stances: Mapping[str, str] = field(default_factory=dict)
    """Wishes, each the request that shall stand or MERGE, by the number of the request whose proposer said so, or
    ARBITER."""
    settled: str = ""
    """The request that stands: one of the two, the draft that both are merged into, or MOOT; empty: not yet."""
    settled_by: str = ""
    settled_at: datetime | None = None

    @property
    def subject(self) -> Subject:
        """The subject its cards name."""
        return Subject.of_conflict(self.older, self.newer)

    @property
    def is_open(self) -> bool:
        return not self.settled

    @property
    def is_merged(self) -> bool:
        return self.settled not in ("", MOOT, self.older, self.newer)

    def is_tied(self, unheard: Collection[str] = ()) -> bool:
        """True once everybody who can speak for one of the two has and they do not agree: the arbiter has to.

        `unheard`: as the function of that name.
        """
        return self.is_open and {self.older, self.newer} <= {*self.stances, *unheard}

    @property
    def silent(self) -> tuple[str, ...]:
        """The requests whose proposers have taken no stance yet."""
        return tuple(no for no in (self.older, self.newer) if no not in self.stances)

    def other(self, no: str) -> str:
        return self.newer if no == self.older else self.older


def can_give_way(state: ChangeState) -> bool:
    """True for a pending request; an emergency that is in effect is taken back by a change only."""
    return state.is_pending and state is not ChangeState.PROVISIONAL


def can_be_at_odds(one: ChangeState, other: ChangeState) -> bool:
    """True while people can still choose between two such requests: both are pending, and not both in effect."""
    return one.is_pending and other.is_pending and (can_give_way(one) or can_give_way(other))


def take_stance(conflict: Conflict, names: Collection[str], wanted: str) -> Conflict:
    """Note the request somebody wants to stand, in these names (see `speaks_for`); an earlier stance is replaced.

    The caller looks at what they have `agreed` on. Raises what `settle` raises.
    """
    _require_open(conflict)
    return replace(conflict, stances={**conflict.stances, **dict.fromkeys(names, wanted)})


def agreed(conflict: Conflict) -> str:
    """The request that is to stand by these stances, MERGE, or empty. The arbiter's word is the last; giving way needs
    nobody's consent."""
    if ARBITER in conflict.stances:
        return conflict.stances[ARBITER]
    wishes = [conflict.stances.get(no, "") for no in (conflict.older, conflict.newer)]
    if wishes[0] == conflict.newer:
        return conflict.newer
    if wishes[1] == conflict.older:
        return conflict.older
    return MERGE if wishes == [MERGE, MERGE] else ""


def settle(conflict: Conflict, stands: str, by: str, now: datetime) -> Conflict:
    """Settle it once for all. Raises Refused: "conflict-settled", "conflict-merged", or "conflict-moot"."""
    _require_open(conflict)
    return replace(conflict, settled=stands, settled_by=by, settled_at=now)


def _require_open(conflict: Conflict) -> None:
    facts = {"no": conflict.older, "other": conflict.newer, "stands": conflict.settled, "person": conflict.settled_by}
    if conflict.is_merged:
        raise Refused("conflict-merged", **facts)
    if not conflict.is_open:
        raise Refused("conflict-moot" if conflict.settled == MOOT else "conflict-settled", **facts)


def speaks_for(
    person: str, older: Change, newer: Change, organisation: Organisation, deputies: Deputies = NO_DEPUTIES
) -> tuple[str, ...]:
    """The names in which this person takes a stance: the numbers of their own requests, or ARBITER.

    A deputy speaks for a proposer on leave, unless that would be for both sides: nobody settles alone a matter two
    disagree about. Raises Refused("not-in-conflict").
    """
    both = (older, newer)
    if own := [c.no for c in both if person == c.proposer]:
        return tuple(own)
    acted_for = [c for c in both if deputies.acts_for(person, [c.proposer])]
    if len({c.proposer for c in acted_for}) == 1:
        return tuple(c.no for c in acted_for)
    able = [arbiter.id for arbiter in arbiters_of(older, newer, organisation, deputies)]
    if person in able or (deputies.acts_for(person, able) and person not in _hands(older, newer, deputies)):
        return (ARBITER,)
    raise Refused("not-in-conflict", no=older.no, other=newer.no)


def unheard(
    older: Change, newer: Change, organisation: Organisation, deputies: Deputies = NO_DEPUTIES
) -> tuple[str, ...]:
    """The requests nobody can speak for now: another system's, and those of somebody away without a deputy, or with one
    who is or acts for the other proposer."""
    if older.proposer == newer.proposer:
        voiceless = older.proposer not in organisation.people or not deputies.acting(older.proposer)
        return (older.no, newer.no) if voiceless else ()
    pairs = ((older, newer), (newer, older))
    return tuple(c.no for c, other in pairs if not _has_voice(c.proposer, other.proposer, organisation, deputies))


def _has_voice(proposer: str, other: str, organisation: Organisation, deputies: Deputies) -> bool:
    if proposer not in organisation.people:
        return False
    voice = deputies.acting(proposer)
    return voice == proposer or voice not in ("", other, deputies.acting(other))


def arbiters_of(
    older: Change, newer: Change, organisation: Organisation, deputies: Deputies = NO_DEPUTIES
) -> list[Person]:
    """Arbiters of two proposers who do not agree: the coordinators, else their managers, else the admins.

    Nobody whose request is one of the two, nor their deputies (four eyes). Empty: the company has nobody else.
    """
    hands = _hands(older, newer, deputies)
    for group in stand_ins(organisation):
        able = [person for person in group if person.id not in hands]
        if any(deputies.acting(person.id) not in {*hands, ""} for person in able):
            return able
    return []


def _hands(older: Change, newer: Change, deputies: Deputies) -> frozenset[str]:
    return deputies.hands_of(*older.proposers, *newer.proposers)


def less_late(older: Change, newer: Change) -> str:
    """The one that leaves fewer orders late, of as many fewer days, as a suggestion; empty: neither does."""
    late, other = lateness(older), lateness(newer)
    return "" if late == other else older.no if late < other else newer.no


def lateness(change: Change) -> tuple[int, int]:
    """The number of orders it leaves late, and their working days of lateness in all."""
    late = change.impact.late_orders
    return len(late), sum(order.days for order in late)
