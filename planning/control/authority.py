"""Authority to propose a change: grants by type, department, product, field and zone.

A wish no grant covers is refused. Deciding about it afterwards is another matter (`planning/change/approvers`).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from planning.control.fences import Scope, Zone
from planning.people.organisation import Person, Role
from planning.people.principal import ANY_TOKEN, COORDINATOR, PLANNER, SYSTEM, Principal
from planning.plan.impact import Impact
from planning.plan.item import Item
from planning.plan.operation import Op, Operation
from planning.plan.plan import Plan

DEPARTMENT, PERSON = "department:", "person:"
ANYTHING = Scope()

FIELDS_OF: Mapping[Op, tuple[str, ...]] = {
    Op.SET_START: ("start",),
    Op.SET_FINISH: ("finish",),
    Op.SHIFT: ("start", "finish"),
    Op.SET_DURATION: ("duration",),
    Op.SET_QUANTITY: ("quantity",),
    Op.SPLIT: ("quantity", "finish"),
    Op.CANCEL: ("status",),
    Op.PIN: ("mode",),
    Op.UNPIN: ("mode",),
    Op.REASSIGN: ("department",),
    Op.LINK: ("link",),
    Op.UNLINK: ("link",),
    Op.ADD: ("new",),
    Op.RESTORE: (),
}
FIELDS = tuple(dict.fromkeys(field for fields in FIELDS_OF.values() for field in fields))
"""The fields a grant may name: those an operation states, not those that follow from it. Taking a change back states
none: it gives back all the change did."""


@dataclass(frozen=True, slots=True)
class Touch:
    """One field of one item that somebody wants to change, in a zone the item is in or would come into."""

    item: Item
    field: str
    zone: Zone


@dataclass(frozen=True, slots=True)
class Grant:
    """`who`: a role, a token (ANY_TOKEN: any), or a department's or person's id, with or without `department:` or
    `person:` before it. Of a department its planners hold it, and who only views holds what names them, nothing else.
    Empty scope, `fields` or `zones`: all of them."""

    who: str
    scope: Scope = ANYTHING
    fields: tuple[str, ...] = ()
    zones: tuple[Zone, ...] = ()

    def is_held_by(self, proposer: str, person: Person | None) -> bool:
        """`person` None: the proposer is nobody of the people."""
        holder, actor = Principal.parse(self.who), Principal.parse(proposer)
        if person is None:
            return actor.is_token and holder in (actor, ANY_TOKEN)
        if self.who in (person.id, f"{PERSON}{person.id}"):
            return True
        if holder.is_role:
            return holder.id in person.roles - {Role.VIEWER}
        department = (person.department, f"{DEPARTMENT}{person.department}")
        return self.who in department and person.has(Role.PLANNER)

    def covers(self, touch: Touch) -> bool:
        in_field = not self.fields or touch.field in self.fields
        in_zone = not self.zones or touch.zone in self.zones
        return in_field and in_zone and self.scope.holds(touch.item)


DEFAULT_GRANTS = tuple(Grant(str(who)) for who in (PLANNER, COORDINATOR, ANY_TOKEN))
"""The grants of settings that say nothing: planners, coordinators, and systems with a token to write."""


@dataclass(frozen=True, slots=True)
class Denial:
    """The first wish that no grant of the proposer covers."""

    item: Item
    field: str
    zone: Zone
    holders: tuple[str, ...]
    """The holders of grants that cover it, each once; empty: nobody."""


def denied(
    grants: Sequence[Grant], proposer: str, person: Person | None, touches: Iterable[Touch]
) -> Denial | None:
    """The first of these touches that none of the proposer's grants covers. None: they may propose them all.

    The product's own changes (new holidays, an emergency nobody ratified) are nobody's wish and need no grant.
    """
    if Principal.parse(proposer) == SYSTEM:
        return None
    mine = held(grants, proposer, person)
    for touch in touches:
        if not any(grant.covers(touch) for grant in mine):
            holders = dict.fromkeys(grant.who for grant in grants if grant.covers(touch))
            return Denial(touch.item, touch.field, touch.zone, tuple(holders))
    return None


def held(grants: Iterable[Grant], proposer: str, person: Person | None) -> list[Grant]:
    return [grant for grant in grants if grant.is_held_by(proposer, person)]


def touches(
    plan: Plan, operations: Iterable[Operation], impact: Impact, zone_of: Callable[[Item], Zone]
) -> Iterator[Touch]:
    """The touches of operations by themselves: each item as it stands, in its zone before the change and after it.

    `impact` is freshly assessed on this plan. An item that is not there is left to the impact's own refusals.
    """
    for operation in operations:
        for code in _codes(operation):
            before, after = plan.items.get(code), impact.changed.get(code)
            if item := before or after:
                zones = dict.fromkeys(zone_of(side) for side in (before, after) if side)
                yield from (Touch(item, field, zone) for field in FIELDS_OF[operation.op] for zone in zones)


def _codes(operation: Operation) -> tuple[str, ...]:
    """A link is a matter of both its ends."""
    if operation.op in (Op.LINK, Op.UNLINK) and isinstance(operation.to, Mapping):
        return operation.item, str(operation.to.get("successor", ""))
    return (operation.item,)
