"""Time fences at work: which are in force, what of a change they hold, and who could let it through."""

from collections.abc import Iterator

from cards.lines.governed import approver_name
from handlers.turn import Turn
from planning.change.approvers import approvers_of
from planning.control.fences import Breach, Fence, Zone, breaches, closed, special_approvals, zone_of
from planning.people.organisation import Role
from planning.plan.impact import Impact
from planning.plan.item import Item
from planning.plan.plan import Plan
from planning.plan.timetable import Timetable
from planning.refusal import Refusal, Refused


def fences_in_force(turn: Turn) -> tuple[Fence, ...]:
    """Fences of the settings, and the windows set in chat that are not over."""
    windows = [window.fence for window in turn.uow.fences.enforced() if window.in_force(turn.today)]
    return (*turn.environment.fences, *windows)


def held(turn: Turn, plan: Plan, impact: Impact) -> tuple[Breach, ...]:
    """The fences a freshly assessed effect touches today."""
    return breaches(impact, plan, fences_in_force(turn), turn.today)


class Zones:
    """The zone of many items, on one plan and day."""

    def __init__(self, turn: Turn, plan: Plan) -> None:
        self._fences, self._today, self._timetable = fences_in_force(turn), turn.today, Timetable(plan)

    def of(self, item: Item) -> Zone:
        if not self._fences:
            return Zone.LIQUID
        return zone_of(item, self._fences, self._today, self._timetable.of(item))


def no_way_through(turn: Turn, proposers: tuple[str, ...], found: tuple[Breach, ...]) -> Refusal | None:
    """Reason that the fences let nobody through: one has no approval profile, or nobody of its profile may decide."""
    return next(refusals(turn, proposers, found), None)


def refusals(turn: Turn, proposers: tuple[str, ...], found: tuple[Breach, ...]) -> Iterator[Refusal]:
    """One for each item and fence that lets nobody through."""
    for breach in closed(found):
        yield _refusal("fence-closed", turn, breach, names(turn, tuple(_coordinators(turn))))
    handless = {who for who in special_approvals(found) if not _has_hands(turn, who, proposers)}
    for breach in found:
        if handless & set(breach.approvals):
            yield _refusal("fence-no-approver", turn, breach, approvers(turn, breach.approvals))


def approvers(turn: Turn, keys: tuple[str, ...]) -> str:
    """`role:coordinator`, `planning` as people call them."""
    return turn.words.list([approver_name(turn.words, turn.organisation, key) for key in keys])


def names(turn: Turn, people: tuple[str, ...]) -> str:
    return turn.words.list([turn.organisation.name_of(person) for person in people]) or turn.words("approver.nobody")


def _coordinators(turn: Turn) -> list[str]:
    return [person.id for person in turn.organisation.with_role(Role.COORDINATOR)]


def _has_hands(turn: Turn, who: str, proposers: tuple[str, ...]) -> bool:
    try:
        return bool(approvers_of(who, turn.organisation, proposers, turn.deputies()))
    except Refused:
        return False


def _refusal(code: str, turn: Turn, breach: Breach, approval: str) -> Refusal:
    facts = {"item": breach.item, "title": breach.title, "fence": breach.name, "approvers": approval}
    if breach.earliest is None:
        return Refusal(f"{code}-inside" if breach.stands else f"{code}-status", facts)
    return Refusal(code, {**facts, "earliest": breach.earliest.isoformat()})


