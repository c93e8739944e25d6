"""Who may decide for a department: its approvers, who acts for them, and who stands in where there is nobody."""

from dataclasses import replace

from planning.change.change import Step, Verdict
from planning.control.policy import EVERYONE
from planning.people.delegation import NO_DEPUTIES, Deputies
from planning.people.organisation import Organisation, Person, Role
from planning.people.principal import Principal
from planning.refusal import Refused


def approvers_of(
    department: str, organisation: Organisation, proposers: tuple[str, ...], deputies: Deputies = NO_DEPUTIES,
    least: int = 1,
) -> tuple[tuple[str, ...], bool]:
    """Who may decide for a department, at `least` so many who are there, and whether that is a stand-in.

    Never a proposer nor their deputy (invariant 10). A department without anyone else who is there, or for whom
    somebody acts, falls back to the coordinators, then to their department's manager, then to the admins; never to
    nobody, never passed by itself (edge cases 9 and 10). Who acts for whom is not written into the step: it is asked
    when somebody decides (`may_decide`), so that a leave that is taken back is over.
    Raises Refused("no-approver") when even these are only the proposers' own hands, "too-few-approvers" when they are
    some and not enough.
    """
    members = deciders(department, organisation)
    same_hands = deputies.hands_of(*proposers)
    able: list[str] = []
    there: set[str] = set()
    for rank, group in enumerate([members, *stand_ins(organisation)]):
        named = [p.id for p in group if p.id not in same_hands]
        able += named
        there = {who for who in map(deputies.acting, able) if who and who not in same_hands}
        if len(there) >= least:
            return tuple(dict.fromkeys(able)), rank > 0
    facts = {"department": organisation.department_name(department)}
    if there:
        raise Refused("too-few-approvers", needs=least, there=len(there), **facts)
    raise Refused("no-approver", **facts)


def needed(
    department: str, wanted: int | None, organisation: Organisation, proposers: tuple[str, ...],
    deputies: Deputies = NO_DEPUTIES,
) -> int:
    """How many have to approve: `wanted`, None as the department ordinarily does; EVERYONE is counted, the proposers'
    hands left out, and is at least one: who stands in for nobody stands in for one."""
    known = organisation.departments.get(department)
    needs = wanted if wanted is not None else known.approval if known else 1
    if needs != EVERYONE:
        return needs
    return max(1, len({p.id for p in deciders(department, organisation)} - deputies.hands_of(*proposers)))


def deciders(department: str, organisation: Organisation) -> list[Person]:
    """A department's approvers; of a role, everybody with it."""
    asked = Principal.parse(department)
    if asked.is_role:
        return [p for p in organisation.people.values() if asked.id in p.roles]
    return [p for p in organisation.members(department) if p.has(Role.APPROVER)]


def stand_ins(organisation: Organisation) -> list[list[Person]]:
    """Who decides where a department has nobody: the coordinators, else their managers, else the admins."""
    coordinators = organisation.with_role(Role.COORDINATOR)
    superiors = [manager_of(p.department, organisation) for p in coordinators]
    return [coordinators, [p for p in superiors if p], organisation.with_role(Role.ADMIN)]


def manager_of(department: str, organisation: Organisation) -> Person | None:
    known = organisation.departments.get(department)
    return organisation.people.get(known.manager) if known else None


def may_decide(step: Step, person: str, deputies: Deputies = NO_DEPUTIES) -> bool:
    """As one who is asked, or for one of them who is on leave. Who is on leave may decide until their deputy has."""
    return person in step.approvers or bool(deputies.acts_for(person, step.approvers))


def owes(step: Step, person: str, proposers: tuple[str, ...], deputies: Deputies = NO_DEPUTIES) -> bool:
    """Whether this person's approval may still be given: their own, or of somebody they act for."""
    if person in step.voters or person in deputies.hands_of(*proposers):
        return False
    return person in step.silent or bool(deputies.acts_for(person, step.silent))


def awaited(
    step: Step, proposers: tuple[str, ...], organisation: Organisation, deputies: Deputies
) -> dict[str, str]:
    """Whose approval is waited for, and who is there to give it: themselves, or who acts for them. Nobody who left the
    company, who has a vote already, or who is a proposer's hands."""
    excluded = {*step.voters, *deputies.hands_of(*proposers)}
    acting = {person: deputies.acting(person) for person in step.silent}
    return {whose: who for whose, who in acting.items() if who in organisation.people and who not in excluded}


def to_stand_in(
    step: Step, proposers: tuple[str, ...], organisation: Organisation, deputies: Deputies
) -> tuple[str, ...]:
    """Whom a waiting step asks besides because fewer are left than have to approve: as at submission the coordinators,
    then their managers, then the admins; at last who handed it on. Empty: enough are left, or there is nobody else."""
    who, asked = (proposers, organisation, deputies), step
    for group in _reserves(step, organisation):
        if len(set(awaited(asked, *who).values())) >= step.missing:
            break
        asked = replace(asked, approvers=(*asked.approvers, *group))
    able = awaited(asked, *who)
    return tuple(dict.fromkeys(p for p in asked.approvers if p not in step.approvers and p in able))


def _reserves(step: Step, organisation: Organisation) -> list[list[str]]:
    handed = handed_on_by(step)
    groups = [[person.id for person in group if person.id not in handed] for group in stand_ins(organisation)]
    return [*groups, list(handed)]


def handed_on_by(step: Step) -> tuple[str, ...]:
    """Who gave the step away since it was opened: it does not come back to them."""
    transfers = (said for said in step.decisions if said.verdict is Verdict.TRANSFER)
    opened = step.opened_at
    return tuple(dict.fromkeys(said.person for said in transfers if opened is None or said.at >= opened))


def hands_over_to(step: Step, proposers: tuple[str, ...], deputies: Deputies) -> tuple[str, ...]:
    """Who acts today for those of a step who are away, without being asked themselves."""
    excluded = {*step.approvers, *step.voters, *deputies.hands_of(*proposers), ""}
    acting = (deputies.acting(person) for person in step.silent)
    return tuple(dict.fromkeys(deputy for deputy in acting if deputy not in excluded))
