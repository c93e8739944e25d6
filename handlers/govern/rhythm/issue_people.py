"""The people of an issue: who sees to it, who may act on it, who is told that it waits."""

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.govern.exception_people import ladder_of
from handlers.govern.reporters import owner_of
from handlers.turn import Turn
from planning.change.approvers import deciders, manager_of
from planning.people.organisation import Department, Person, Role
from planning.plan.hours import WorkingHours
from planning.refusal import Refused
from planning.rhythm.clock import Rung
from planning.rhythm.issue import Issue, IssueState
from planning.rhythm.issue_acts import BY, Act, Side


@dataclass(frozen=True, slots=True)
class Seat:
    """Whose matter it is, and who sees to it."""

    department: str
    owner: str
    stands_in: bool = False
    """The department has nobody: a coordinator has it."""


def seat_of(turn: Turn, about: str, to: Department | Person | None, by: str = "") -> Seat:
    """The person named; else the item's owner in the department, an approver of it, its manager, a coordinator. Not
    whoever raises it, where there is anybody else. Raises Refused("issue-nobody")."""
    department, owner = (to.department, to) if isinstance(to, Person) else _whose(turn, about, to)
    able = list(ladder_of(turn, department, owner))
    found = next((one for one in able if one.id != by), next(iter(able), None))
    if found is None:
        raise Refused("issue-nobody")
    is_empty = not deciders(department, turn.organisation) and manager_of(department, turn.organisation) is None
    return Seat(department or found.department, found.id, bool(department) and is_empty and found != owner)


def _whose(turn: Turn, about: str, to: Department | None) -> tuple[str, Person | None]:
    """Department and owner by what it is about; neither: the coordinators'."""
    item = turn.uow.plans.load().items.get(_item(turn, about)) if turn.uow.plans.exists() else None
    if item is not None and (to is None or to.id == item.department):
        return item.department, owner_of(turn, item)
    if to is not None:
        return to.id, None
    change = turn.uow.changes.get(about)
    proposer = turn.organisation.people.get(change.proposer) if change else None
    return (proposer.department, proposer) if proposer else ("", None)


def _item(turn: Turn, about: str) -> str:
    report = turn.uow.reports.get(about) if about.startswith("RP-") else None
    return report.item if report else about


def require_may(turn: Turn, issue: Issue, act: Act, person: Person) -> None:
    """Raises Refused("issue-not-yours"), with those who may."""
    able = _able(turn, issue, BY[act])
    if person.id not in able and not turn.deputies().acts_for(person.id, able):
        names = turn.words.list([turn.organisation.name_of(one) for one in able[:MOST]])
        raise Refused("issue-not-yours", no=issue.no, names=names)


MOST = 5
"""Names that are told."""


def closes(turn: Turn, issue: Issue, person: Person) -> bool:
    """Whether 解决了 ends it: the raiser's does, and where the raiser is gone or no person, a coordinator's on what is
    resolved."""
    in_their_place = issue.by not in turn.organisation.people and issue.state is IssueState.RESOLVED
    return is_raisers(turn, issue, person) or (in_their_place and person.id in _able(turn, issue, Side.RAISER))


def raisers(turn: Turn, issue: Issue) -> list[str]:
    """Who says whether it is solved: whoever raised it, else the coordinators."""
    return _able(turn, issue, Side.RAISER)


def is_raisers(turn: Turn, issue: Issue, person: Person) -> bool:
    return person.id == issue.by or turn.deputies().acts_for(person.id, [issue.by]) == issue.by


def _able(turn: Turn, issue: Issue, side: Side) -> list[str]:
    """The nearest first."""
    organisation = turn.organisation
    coordinators = [one.id for one in organisation.with_role(Role.COORDINATOR)]
    if side is Side.RAISER:
        return [issue.by] if issue.by in organisation.people else coordinators
    manager = manager_of(issue.department, organisation)
    members = [one.id for one in organisation.members(issue.department)] if side is Side.ROOM else []
    return list(dict.fromkeys([issue.owner, *members, *([manager.id] if manager else []), *coordinators]))


def called(turn: Turn, issue: Issue, due: Sequence[Rung]) -> list[str]:
    """Who is told that it waits, by the highest of the rungs that are due; nobody twice: without a manager the
    coordinators are called at once, and then not again. Whom a lower rung was to call, and which is passed over, has
    not been told."""
    *passed_over, rung = due
    if rung is Rung.OWNER:
        return _there(turn, [issue.owner])
    manager = manager_of(issue.department, turn.organisation)
    above = _there(turn, [manager.id] if manager and manager.id != issue.owner else [])
    coordinators = _there(turn, [one.id for one in turn.organisation.with_role(Role.COORDINATOR)])
    if rung is Rung.MANAGER:
        return above or coordinators
    told = [] if Rung.MANAGER in passed_over else above or coordinators
    return [one for one in coordinators if one not in told]


def _there(turn: Turn, people: list[str]) -> list[str]:
    """Those people, or who acts for them."""
    acting = (turn.deputies().acting(one) for one in people)
    return list(dict.fromkeys(one for one in acting if one in turn.organisation.people))


def hours_of(turn: Turn, issue: Issue) -> WorkingHours:
    """Working hours in which its clocks run: those of the days of its department."""
    environment = turn.environment
    return WorkingHours(environment.escalation.hours, environment.calendar_of(issue.department), environment.zone)
