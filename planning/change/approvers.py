"""Approvers of a department, their deputies, and the stand-ins of a department that has nobody."""

from collections.abc import Collection
from dataclasses import replace
from itertools import chain

from planning.change.acting import acting_on, acts_on, barred, there_for
from planning.change.change import Change, Step, Verdict
from planning.control.policy import EVERYONE
from planning.people.delegation import NO_DEPUTIES, Deputies
from planning.people.organisation import Organisation, Person, Role
from planning.people.principal import Principal
from planning.refusal import Refused


def approvers_of(
    department: str, organisation: Organisation, proposers: tuple[str, ...], deputies: Deputies = NO_DEPUTIES,
    least: int = 1, any_deputy: bool = False,
) -> tuple[tuple[str, ...], bool]:
    """The people who may decide for a department, of whom at `least` so many are there; True where they stand in.

    Never a proposer nor their deputy (docs/rules.md, I10). A department without anyone else who is there, or for whom
    somebody acts, falls back to the coordinators, then to their department's manager, then to the admins; never to
    nobody, never passed by itself (edge cases 9 and 10). Deputies are not written into the step but
    asked for when somebody decides (`may_decide`), so that a leave that is taken back is over.
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
        acting = (there_for(person, department, any_deputy, deputies) for person in able)
        there = {who for who in acting if who and who not in same_hands}
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
    """The number of approvals: `wanted`, None as the department ordinarily does.

    EVERYONE is counted without the proposers' hands, and is at least one: a stand-in for nobody stands in for one.
    """
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


def no_longer_able(
    step: Step, organisation: Organisation, called: Collection[str] = (), deputies: Deputies = NO_DEPUTIES
) -> tuple[str, ...]:
    """The people of a step who may not decide it any more: still in the company, but neither an approver of it now, nor
    a coordinator, nor somebody who stands in or whom its ladder has `called` and would call today."""
    coordinators, *others = [[person.id for person in group] for group in stand_ins(organisation)]
    able = {*coordinators, *(person.id for person in deciders(step.department, organisation))}
    manager = manager_of(step.department, organisation)
    last = {*chain.from_iterable(others), *([manager.id] if manager else [])}
    last |= {deputies.of(person) for person in step.approvers if person in able}
    able |= {person for person in last if step.fallback or person in called}
    return tuple(person for person in step.approvers if person in organisation.people and person not in able)


def stand_ins(organisation: Organisation) -> list[list[Person]]:
    """Stand-ins of a department that has nobody: the coordinators, else their managers, else the admins."""
    coordinators = organisation.with_role(Role.COORDINATOR)
    superiors = [manager_of(p.department, organisation) for p in coordinators]
    return [coordinators, [p for p in superiors if p], organisation.with_role(Role.ADMIN)]


def manager_of(department: str, organisation: Organisation) -> Person | None:
    known = organisation.departments.get(department)
    return organisation.people.get(known.manager) if known else None


def may_decide(step: Step, person: str, deputies: Deputies = NO_DEPUTIES) -> bool:
    """True for one who is asked, and for the deputy of one on leave, who may decide too until the deputy has."""
    return person in step.approvers or bool(acts_on(step, person, step.approvers, deputies))


def was_set_aside(step: Step, person: str, proposers: tuple[str, ...], deputies: Deputies) -> bool:
    """True for one whom only four eyes kept from being asked: their no is heard all the same."""
    if deputies.organisation is None or person in proposers or person not in deputies.hands_of(*proposers):
        return False
    return person in {decider.id for decider in deciders(step.department, deputies.organisation)}


def may_remind(change: Change, person: Person, deputies: Deputies = NO_DEPUTIES) -> bool:
    """True for its proposers, for those who decide it, and for coordinators."""
    deciding = any(may_decide(step, person.id, deputies) for step in change.steps)
    return person.id in change.proposers or person.has(Role.COORDINATOR) or deciding


def owes(step: Step, person: str, proposers: tuple[str, ...], deputies: Deputies = NO_DEPUTIES) -> bool:
    """True for a person who may still approve, in their own name or for somebody they act for."""
    if person in step.voters or barred(step, person, proposers, deputies):
        return False
    return person in step.silent or bool(acts_on(step, person, step.silent, deputies))


def awaited(
    step: Step, proposers: tuple[str, ...], organisation: Organisation, deputies: Deputies
) -> dict[str, str]:
    """Approvers whose word is waited for, each with the one who is there to give it: themselves, or a deputy.

    Nobody who left the company, has voted already, or is a proposer's hands.
    """
    acting = {person: acting_on(step, person, deputies) for person in step.silent}
    able = {who for who in acting.values() if who in organisation.people and who not in step.voters}
    able -= {who for who in able if barred(step, who, proposers, deputies)}
    return {whose: who for whose, who in acting.items() if who in able}


def to_stand_in(
    step: Step, proposers: tuple[str, ...], organisation: Organisation, deputies: Deputies
) -> tuple[str, ...]:
    """Stand-ins for a waiting step of which fewer are left than have to approve, as at submission; at last those who
    handed it on. Empty: enough are left, or there is nobody else."""
    who, asked = (proposers, organisation, deputies), step
    for group in _reserves(step, organisation, deputies.hands_of(*proposers)):
        if len(set(awaited(asked, *who).values())) >= step.missing:
            break
        asked = replace(asked, approvers=(*asked.approvers, *group))
    able = awaited(asked, *who)
    return tuple(dict.fromkeys(p for p in asked.approvers if p not in step.approvers and p in able))


def _reserves(step: Step, organisation: Organisation, hands: frozenset[str]) -> list[list[str]]:
    """Groups in the order they stand in; nobody who acts for a proposer when they would be asked."""
    handed = handed_on_by(step)
    groups = [[person.id for person in group if person.id not in handed] for group in stand_ins(organisation)]
    return [[person for person in group if person not in hands] for group in (*groups, list(handed))]


def handed_on_by(step: Step) -> tuple[str, ...]:
    """The people who gave the step away since it was opened: it does not come back to them."""
    transfers = (said for said in step.decisions if said.verdict is Verdict.TRANSFER)
    opened = step.opened_at
    return tuple(dict.fromkeys(said.person for said in transfers if opened is None or said.at >= opened))


def hands_over_to(step: Step, proposers: tuple[str, ...], deputies: Deputies) -> tuple[str, ...]:
    """Deputies of today for those of a step who are away, as far as they are not asked themselves."""
    excluded = {*step.approvers, *step.voters, ""}
    acting = dict.fromkeys(acting_on(step, person, deputies) for person in step.silent)
    return tuple(who for who in acting if who not in excluded and not barred(step, who, proposers, deputies))
