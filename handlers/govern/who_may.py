"""People who may propose a change that somebody else wants."""

from collections.abc import Sequence

from handlers.govern.fences import Zones
from handlers.language import Write, operations_of
from handlers.turn import Turn
from planning.control.authority import Touch, denied, held, touches
from planning.people.organisation import Person, Role
from planning.plan.operation import Operation
from planning.refusal import Refused

MOST = 3
Wish = Write | tuple[Operation, ...]
"""A change as somebody says it, or worked out."""


def who_may_propose(turn: Turn, wish: Wish | None, besides: Person) -> list[Person]:
    """The nearest few: who answers for the item, then its department, then the asker's own, then coordinators."""
    wanted = _touched(turn, wish)
    homes = [*(touch.item.department for touch in wanted[:1]), besides.department]
    owner = wanted[0].item.owner if wanted else ""
    able = [p for p in turn.organisation.people.values() if p.id != besides.id and _may(turn, p, wanted)]
    return sorted(able, key=lambda person: (person.id != owner, _distance(person, homes)))[:MOST]


def may_propose(turn: Turn, person: Person, wish: Wish) -> bool:
    return _may(turn, person, _touched(turn, wish))


def names_of(turn: Turn, people: Sequence[Person]) -> str:
    return turn.words.list([person.name for person in people]) or turn.words("authority.nobody")


def _may(turn: Turn, person: Person, wanted: Sequence[Touch]) -> bool:
    grants = turn.environment.grants
    return bool(held(grants, person.id, person)) and denied(grants, person.id, person, wanted) is None


def _touched(turn: Turn, wish: Wish | None) -> list[Touch]:
    """Fields that the wish is about; none where it cannot be read on this plan: then any grant will do."""
    if wish is None:
        return []
    try:
        plan = turn.plan()
        operations = wish if isinstance(wish, tuple) else operations_of(wish, plan)
        impact = turn.assess(plan, operations)
        return list(touches(plan, operations, impact, Zones(turn, plan).of))
    except Refused:
        return []


def _distance(person: Person, homes: Sequence[str]) -> int:
    """Rank of somebody to be asked: their department's place among the homes, then a coordinator, then anybody."""
    if person.department in homes:
        return homes.index(person.department)
    return len(homes) if person.has(Role.COORDINATOR) else len(homes) + 1
