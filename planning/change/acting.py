"""Deputies as a step takes them: with the role it needs, and never the proposer's own doing."""

from datetime import datetime

from planning.change.change import Step
from planning.people.delegation import Deputies
from planning.people.organisation import Role
from planning.people.principal import Principal


def there_for(person: str, department: str, any_deputy: bool, deputies: Deputies) -> str:
    """The one who is there for this person where a department decides: themselves, or a deputy who may; empty: nobody.

    A deputy named for a leave needs a role the step asks for, unless `any_deputy`; one of the settings was chosen by
    the company.
    """
    deputy = deputies.acting(person)
    chosen = any_deputy or deputy in (person, deputies.standing.get(person))
    return deputy if chosen or _has_role(deputy, department, deputies) else ""


def acting_on(step: Step, person: str, deputies: Deputies) -> str:
    """As `there_for`, in this step."""
    return there_for(person, step.department, step.any_deputy, deputies)


def acts_on(step: Step, deputy: str, people: tuple[str, ...], deputies: Deputies) -> str:
    """The first of these people who is away and for whom `deputy` acts in this step; empty: none."""
    absent = (person for person in people if person != deputy)
    return next((person for person in absent if acting_on(step, person, deputies) == deputy), "")


def barred(step: Step, person: str, proposers: tuple[str, ...], deputies: Deputies) -> str:
    """Four eyes: the proposer this person is, or acts for; empty: none. Nobody loses their vote by an arrangement that
    is younger than their being asked."""
    asked_at = _asked_at(step, person, deputies)
    return next((proposer for proposer in proposers if deputies.hands_before(person, proposer, asked_at)), "")


def _asked_at(step: Step, person: str, deputies: Deputies) -> datetime | None:
    """The instant a person was asked, in their own name or for somebody away; None: they are not, or nobody knows."""
    if person in step.approvers or step.opened_at is None:
        return step.opened_at if person in step.approvers else None
    absent = acts_on(step, person, step.approvers, deputies)
    return max(step.opened_at, deputies.since.get(absent, step.opened_at)) if absent else None


def _has_role(person: str, department: str, deputies: Deputies) -> bool:
    if deputies.organisation is None:
        return True
    known = deputies.organisation.people.get(person)
    return known is not None and bool(known.roles & roles_of(department))


def roles_of(department: str) -> frozenset[Role]:
    """The roles that decide for a department: a coordinator may be asked in any one's place, and nobody's items are
    theirs alone."""
    asked = Principal.parse(department)
    if asked.is_role:
        return frozenset({Role(asked.id)})
    return frozenset({Role.COORDINATOR, Role.APPROVER} if department else {Role.COORDINATOR})
