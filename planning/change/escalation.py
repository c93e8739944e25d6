"""Escalation: a step that nobody answers climbs a ladder of people (edge case 27).

Each rung comes so many working hours after the step was opened, does its one thing and never comes again. A rung adds
people to those who may decide; nobody is taken away, nobody is asked twice, and the proposer's hands are never asked.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, tzinfo
from enum import StrEnum

from planning.change.acting import acting_on
from planning.change.approvers import handed_on_by, manager_of, stand_ins
from planning.change.change import Change, Step
from planning.change.deadline import OFFICE_HOURS
from planning.people.delegation import Deputies
from planning.people.organisation import Organisation
from planning.plan.calendar import WorkCalendar, calendar_named
from planning.plan.hours import ALL_DAY, Window, WorkingHours, out_of

EMERGENCY = "emergency"
LATEST = 0.9
"""A deadline that is too near for the whole ladder shortens it: the last rung comes with a tenth of the time left."""


class Do(StrEnum):
    REMIND = "remind"
    DEPUTY = "deputy"
    MANAGER = "manager"
    COORDINATOR = "coordinator"


@dataclass(frozen=True, slots=True)
class Rung:
    after: float
    """Working hours since the step was opened; of an emergency, the clock's."""
    do: Do


LADDER = (Rung(4, Do.REMIND), Rung(8, Do.DEPUTY), Rung(16, Do.MANAGER), Rung(24, Do.COORDINATOR))
CHINA, EVERY_DAY = calendar_named("china"), calendar_named("every-day")
QUIET = Window.of("20:00-08:00")


@dataclass(frozen=True, slots=True)
class EscalationPolicy:
    """The settings of an escalation; a running step keeps those it was opened under."""

    ladder: tuple[Rung, ...] = LADDER
    hours: Window = OFFICE_HOURS
    quiet: Window = QUIET
    calendar: WorkCalendar = CHINA
    """The department's working days."""

    def of(self, klass: str, calendar: WorkCalendar) -> "EscalationPolicy":
        """The copy that goes with a step. An emergency runs on the clock, as its deadline does, and knows no quiet
        hours (edge case 23)."""
        if klass == EMERGENCY:
            return replace(self, hours=ALL_DAY, quiet=ALL_DAY, calendar=EVERY_DAY)
        return replace(self, calendar=calendar)

    def before(self, deadline: datetime, opened: datetime, zone: tzinfo) -> "EscalationPolicy":
        """The copy of a step whose department does not work until its deadline: it runs on the clock, for without an
        hour to wait in, everybody would be silent at once."""
        if self.working(zone).between(opened, deadline):
            return self
        return replace(self, hours=ALL_DAY, calendar=EVERY_DAY)

    def working(self, zone: tzinfo) -> WorkingHours:
        return WorkingHours(self.hours, self.calendar, zone)


DEFAULT = EscalationPolicy()


@dataclass(frozen=True, slots=True)
class Climb:
    """One rung taken: who was asked by it (nobody new: those waited for were reminded)."""

    do: Do
    people: tuple[str, ...]
    at: datetime


@dataclass(frozen=True, slots=True)
class Escalation:
    """The climb of one step so far."""

    change: str
    department: str
    round: int
    policy: EscalationPolicy
    opened_at: datetime
    rung: int = 0
    """The next one; the ladder's length: none is left."""
    next_at: datetime | None = None
    """The instant of the next rung; None: there is none."""
    climbs: tuple[Climb, ...] = ()
    reminded_at: datetime | None = None

    def asked(self) -> tuple[str, ...]:
        """The people it has called in so far."""
        return tuple(person for climb in self.climbs for person in climb.people)


def rungs_at(escalation: Escalation, deadline: datetime, zone: tzinfo) -> list[datetime]:
    """The instant of each rung of the ladder, as if there were no quiet hours."""
    opened, hours, share = escalation.opened_at, escalation.policy.working(zone), _share(escalation, deadline, zone)
    return [hours.after(opened, timedelta(hours=rung.after) * share) for rung in escalation.policy.ladder]


def handed_on(escalation: Escalation, now: datetime, deadline: datetime, zone: tzinfo) -> Escalation:
    """The ladder of a step that was handed to somebody: they are reminded as long after that as the first rung waits,
    also when it had been climbed to its end. A ladder whose next rung reminds anyway gets no second one."""
    ladder, done = escalation.policy.ladder, escalation.rung
    share = _share(escalation, deadline, zone)
    if not share or [rung.do for rung in ladder[done : done + 1]] == [Do.REMIND]:
        return escalation
    waited = escalation.policy.working(zone).between(escalation.opened_at, now) / timedelta(hours=1)
    another = Rung(waited / share + ladder[0].after, Do.REMIND)
    left = sorted((another, *ladder[done:]), key=lambda rung: rung.after)  # before what comes at the same time
    return replace(escalation, policy=replace(escalation.policy, ladder=(*ladder[:done], *left)))


def _share(escalation: Escalation, deadline: datetime, zone: tzinfo) -> float:
    """The factor by which the deadline shortens the ladder; 0 where there is none, or no time at all."""
    if not escalation.policy.ladder:
        return 0
    room = escalation.policy.working(zone).between(escalation.opened_at, deadline) * LATEST
    return min(1.0, room / timedelta(hours=escalation.policy.ladder[-1].after))


def highest_due(escalation: Escalation, times: Iterable[datetime], now: datetime) -> int | None:
    """The rung to take now: of several that were missed only the highest. None: it is not time for any."""
    due = [number for number, at in enumerate(times) if number >= escalation.rung and at <= now]
    return due[-1] if due else None


def next_at(escalation: Escalation, deadline: datetime, zone: tzinfo) -> datetime | None:
    """The instant of the next rung, outside quiet hours; None: there is no further one."""
    times = rungs_at(escalation, deadline, zone)[escalation.rung :]
    return out_of(escalation.policy.quiet, times[0], zone) if times else None


def called(
    do: Do, change: Change, step: Step, organisation: Organisation, deputies: Deputies, before: Collection[str]
) -> tuple[str, ...]:
    """The people a rung asks who were not asked `before`: for those who are away their deputies.

    Empty: there is nobody new, those waited for are to be reminded.
    """
    excluded = {*before, *_asked_already(step, deputies), *deputies.hands_of(*change.proposers)}
    for group in _candidates(do, step, organisation, deputies):
        there = (acting_on(step, person, deputies) for person in group)
        new = tuple(dict.fromkeys(who for who in there if who in organisation.people and who not in excluded))
        if new:
            return new
    return ()


def capacity(climb: Climb, organisation: Organisation) -> str:
    """The capacity people were asked in: the last rung goes from coordinators to their managers, then to admins."""
    ranks = zip(("coordinator", "superior", "admin"), stand_ins(organisation), strict=True)
    asked = [rank for rank, group in ranks if climb.do is Do.COORDINATOR and {p.id for p in group} & {*climb.people}]
    return asked[0] if asked else climb.do.value


def _asked_already(step: Step, deputies: Deputies) -> Iterator[str]:
    """The people asked, their deputies, and those who handed it on: it does not come back to them."""
    yield from step.approvers
    yield from (acting_on(step, person, deputies) for person in step.approvers)
    yield from handed_on_by(step)


def _candidates(do: Do, step: Step, organisation: Organisation, deputies: Deputies) -> Iterator[list[str]]:
    """Groups in the order they are asked; a later one only where an earlier one has nobody new."""
    match do:
        case Do.REMIND:
            return
        case Do.DEPUTY:
            yield [deputies.of(person) for person in step.silent]
        case Do.MANAGER:
            manager = manager_of(step.department, organisation)
            yield [manager.id] if manager else []
        case Do.COORDINATOR:
            yield from ([person.id for person in group] for group in stand_ins(organisation))
