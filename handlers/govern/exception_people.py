"""The people of an exception: who sees to it, and which department's matter it is."""

from collections.abc import Iterator, Mapping

from handlers.govern.reporters import owner_of
from handlers.turn import Turn
from planning.change.approvers import deciders, manager_of
from planning.exceptions.episode import Episode
from planning.exceptions.finding import OF_NO_ITEM, Code
from planning.people.organisation import Person, Role
from planning.plan.item import Item


def people_of(turn: Turn, one: Episode) -> Iterator[Person]:
    """Who sees to it, the nearest first: of an item its owner's ladder, of a silent seat its manager's, of a source the
    one it belongs to."""
    items = turn.uow.plans.load().items
    if one.key.code is Code.UNACKED:
        yield from ladder_of(turn, "", manager_of(one.key.second, turn.organisation))
    elif one.key.code in OF_NO_ITEM:
        yield from ladder_of(turn, "", turn.organisation.people.get(one.facts.get("owner", "")))
    elif item := items.get(one.place) or items.get(one.key.item):
        yield from ladder_of(turn, item.department, owner_of(turn, item))
    else:
        yield from ladder_of(turn, "", None)


def ladder_of(turn: Turn, department: str, owner: Person | None) -> Iterator[Person]:
    """Who can be told, the nearest first, without those who are away: the owner or their deputy, an approver of the
    department, its manager, the coordinators."""
    organisation, deputies = turn.organisation, turn.deputies()
    manager = manager_of(department, organisation)
    ladder = [owner, *deciders(department, organisation), manager, *organisation.with_role(Role.COORDINATOR)]
    there = (deputies.acting(one.id) for one in ladder if one is not None)
    yield from dict.fromkeys(organisation.people[one] for one in there if one in organisation.people)


def department_of(turn: Turn, one: Episode, items: Mapping[str, Item]) -> str:
    """The department that it is a matter of: of a seat that was told that, of no item the coordinators'."""
    if one.key.code is Code.UNACKED:
        return one.key.second
    if one.key.code not in OF_NO_ITEM and one.key.item in items:
        return items[one.key.item].department
    home = turn.environment.coordinators_department()
    return home.id if home else ""
