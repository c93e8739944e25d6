"""People who may report of an item: its owner, those of its department who plan or approve, and coordinators."""

from handlers.turn import Turn
from planning.people.organisation import Department, Person, Role
from planning.plan.item import Item
from planning.refusal import Refused

MOST = 5
"""Names that are told."""


def owner_of(turn: Turn, item: Item) -> Person | None:
    """The owner, where the plan's words name one person: by id, or by a name that nobody shares."""
    people = turn.organisation.people
    if found := people.get(item.owner):
        return found
    named = [person for person in people.values() if item.owner and person.name == item.owner]
    return named[0] if len(named) == 1 else None


def reporters_of(turn: Turn, item: Item) -> list[Person]:
    """The nearest first; where nobody owns the item anybody of its department."""
    owner, members = owner_of(turn, item), turn.organisation.members(item.department)
    able = [one for one in members if one.has(Role.PLANNER) or one.has(Role.APPROVER)] if owner else members
    found = [*([owner] if owner else []), *able, *turn.organisation.with_role(Role.COORDINATOR)]
    return list({person.id: person for person in found}.values())


def require_reporter(turn: Turn, person: Person, item: Item) -> str:
    """Whom they act for: the owner on leave, else nobody. Raises Refused("may-not-report"), with the names of those who
    may."""
    able = reporters_of(turn, item)
    if person in able:
        return ""
    if away := turn.deputies().acts_for(person.id, [one.id for one in able]):
        return away
    names = turn.words.list([one.name for one in able[:MOST]]) or turn.words("authority.nobody")
    raise Refused("may-not-report", name=person.name, item=item.code, title=item.title, holders=names)


def require_reporter_of_place(turn: Turn, person: Person, department: Department) -> None:
    """A department that stands still may be reported by anybody of it. Raises Refused("may-not-report-place")."""
    able = [*turn.organisation.members(department.id), *turn.organisation.with_role(Role.COORDINATOR)]
    if person not in able:
        names = turn.words.list([one.name for one in able[:MOST]]) or turn.words("authority.nobody")
        raise Refused("may-not-report-place", name=person.name, department=department.name, holders=names)


def may_correct(turn: Turn, person: Person, by: str, item: Item | None, department: str) -> bool:
    """Their own reports, and as an approver of the department or a coordinator anybody's."""
    of_department = person.department == (item.department if item else department)
    return person.id == by or person.has(Role.COORDINATOR) or (person.has(Role.APPROVER) and of_department)
