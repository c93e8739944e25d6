"""What a rule does by itself about what it has found: a change that it asks for, and who is told."""

from collections.abc import Sequence

from handlers.govern.exceptions import pending_changes, touching_changes
from handlers.govern.who_may import who_may_propose
from handlers.turn import Turn
from planning.control.rules import Act, Rule
from planning.exceptions.cure import cure_of
from planning.exceptions.episode import Episode
from planning.people.organisation import Person
from planning.plan.item import Item
from planning.plan.operation import Operation


def asked_for(turn: Turn, rule: Rule, one: Episode) -> tuple[Operation, ...]:
    """The change that would help; empty: the rule asks for none, no date would, or one is being decided or looked at
    already."""
    cure, changes = cure_of(one) if rule.act is Act.ASK else None, turn.uow.changes
    if cure is None or touching_changes(pending_changes(turn), one) or changes.open_of_facts(one.key.item):
        return ()
    if changes.open_of_facts(one.facts.get("place", "")):
        return ()
    return (Operation(one.key.item, cure[0], to=cure[1]),)


def asked_of(turn: Turn, wanted: tuple[Operation, ...], item: Item) -> Sequence[Person]:
    """Those who may propose it, the nearest first."""
    return who_may_propose(turn, wanted, Person("", "", item.department)) if wanted else []


def informed(rule: Rule, item: Item, *, is_asked: bool) -> tuple[str, ...]:
    """The departments that are told; where no change is asked for, and no card says so, the item's own."""
    if rule.inform or is_asked or rule.act is Act.EXCEPTION:
        return rule.inform
    return (item.department,)
