"""The people of a record: who is asked, who may answer, and in which hours."""

from handlers.turn import Turn
from planning.change.approvers import manager_of
from planning.people.organisation import Person, Role
from planning.plan.hours import WorkingHours
from planning.refusal import Refused
from planning.rhythm.record import Record


def takes_note(turn: Turn, by: str) -> str:
    """Who confirms having heard of what was agreed with somebody outside: the manager of one's own department, else a
    coordinator. Raises Refused("record-nobody")."""
    organisation = turn.organisation
    known = organisation.people.get(by)
    manager = manager_of(known.department, organisation) if known else None
    able = [*([manager] if manager else []), *organisation.with_role(Role.COORDINATOR)]
    found = next((one.id for one in able if one.id != by), "")
    if not found:
        raise Refused("record-nobody")
    return found


def require_asked(turn: Turn, record: Record, person: Person) -> None:
    """What two have agreed on, only the two know; having heard of something, a deputy can say too. Raises
    Refused("record-not-yours")."""
    in_their_place = bool(record.party) and turn.deputies().acts_for(person.id, [record.other]) == record.other
    if person.id != record.other and not in_their_place:
        raise Refused("record-not-yours", no=record.no, name=turn.organisation.name_of(record.other))


def arbiter_of(turn: Turn, record: Record) -> Person | None:
    """The coordinator who brings the two together, rather one who is none of them; None: there is none."""
    coordinators = turn.organisation.with_role(Role.COORDINATOR)
    apart = (one for one in coordinators if one.id not in (record.by, record.other))
    return next(apart, next(iter(coordinators), None))


def hours_of(turn: Turn, record: Record) -> WorkingHours:
    """Working hours in which its clock runs: those of the days of whoever is asked."""
    environment = turn.environment
    asked = turn.organisation.people.get(record.other)
    calendar = environment.calendar_of(asked.department if asked else "")
    return WorkingHours(environment.escalation.hours, calendar, environment.zone)
