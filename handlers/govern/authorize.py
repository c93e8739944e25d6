"""The one guard before whatever somebody wants: which command, which button, and what of the plan."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from cards.lines.governed import approver_name
from handlers.govern.fences import Zones
from handlers.govern.who_may import names_of, who_may_propose
from handlers.language import Command, Write
from handlers.registry import Act
from handlers.turn import Turn
from planning.change.change import Change
from planning.control.authority import DEFAULT_GRANTS, DEPARTMENT, PERSON, Denial, denied, held, touches
from planning.control.permissions import PROPOSE, Permission
from planning.control.shadow import Touched
from planning.people.organisation import Person
from planning.people.principal import ANY_TOKEN, Principal
from planning.plan.impact import Impact
from planning.plan.operation import Operation
from planning.plan.plan import Plan
from planning.refusal import Refusal, Refused

UNGRANTED = (PROPOSE.refusal, "no-grant", "not-authorised")
"""Codes of refusals after which somebody else may propose the same."""


def require_command(turn: Turn, person: Person, command: Command) -> Act:
    """Find the act of this command and check that the person may do it. Raises what the act's record says of who may
    not; "not-permitted" where there is none."""
    act = turn.commands.act_of(command)
    if act is None:
        raise Refused("not-permitted", what=type(command).__name__)
    try:
        require(turn, person, act.permission)
    except Refused as refused:
        raise handed_on(turn, refused, person, command) from None
    return act


def handed_on(turn: Turn, refused: Refused, person: Person, command: Command) -> Refused:
    """The refusal of a wish for want of a right, with names and buttons of those who may propose it; any other as it
    is."""
    if refused.refusal.code not in UNGRANTED or not isinstance(command, Write):
        return refused
    able = who_may_propose(turn, command, besides=person)
    wish = turn.spell(command)
    facts = dict(refused.refusal.facts)
    if refused.refusal.code == PROPOSE.refusal:
        facts["holders"] = names_of(turn, able)
    return Refused(refused.refusal.code, offers=[f"转告 {one.name} {wish}" for one in able], **facts)


def require(turn: Turn, person: Person, permission: Permission) -> None:
    """Raises Refused: "no-grant", or what the permission says."""
    grants = turn.environment.grants
    if permission.allows(person, bool(held(grants, person.id, person))):
        return
    if permission is PROPOSE and grants != DEFAULT_GRANTS:
        raise Refused("no-grant", name=person.name, holders=_names(turn, [grant.who for grant in grants]))
    if permission is PROPOSE:
        raise Refused(permission.refusal, name=person.name, holders=names_of(turn, who_may_propose(turn, None, person)))
    raise Refused(permission.refusal, name=person.name)


def require_authority(
    turn: Turn, plan: Plan, proposer: str, operations: Sequence[Operation], impact: Impact
) -> None:
    """Raises "not-authorised" for the first item and field that no grant of the proposer covers in its zone today;
    not for an item in shadow, see `would_be_denied`.

    The impact is freshly assessed on this plan.
    """
    if refused := _denied(turn, plan, proposer, operations, impact, in_shadow=False):
        raise refused


def would_be_denied(turn: Turn, plan: Plan, change: Change) -> tuple[Refusal, ...]:
    """Refusals that `require_authority` would raise besides, were nothing in shadow."""
    refused = _denied(turn, plan, change.proposer, change.operations, change.impact, in_shadow=True)
    return (refused.refusal,) if refused else ()


def undeclarable(turn: Turn, plan: Plan, change: Change, operations: Sequence[Operation]) -> Denial | None:
    """The first of these operations of which the proposer may not declare an emergency. Whose grants say nothing of
    emergencies, may declare one of all they may propose."""
    grants = turn.environment.emergency_grants
    if grants is None:
        return None
    wanted = touches(plan, operations, change.impact, Zones(turn, plan).of)
    return denied(grants, change.proposer, turn.organisation.people.get(change.proposer), wanted)


def may_declare(turn: Turn, change: Change) -> bool:
    """Check whether the proposer may declare an emergency of all of a kept draft."""
    if turn.environment.emergency_grants is None:
        return True
    plan = turn.plan()
    fresh = replace(change, impact=turn.assess(plan, change.operations))
    return undeclarable(turn, plan, fresh, change.operations) is None


def require_declarable(turn: Turn, plan: Plan, change: Change) -> None:
    """Raises "may-not-declare" for the first item of which the proposer may not declare an emergency."""
    denial = undeclarable(turn, plan, change, change.operations)
    if denial is None:
        return
    facts = {"name": _name(turn, change.proposer), "item": denial.item.code, "title": denial.item.title}
    if not denial.holders:
        raise Refused("may-not-declare-nobody", **facts)
    raise Refused("may-not-declare", holders=_names(turn, denial.holders), **facts)


def _denied(
    turn: Turn, plan: Plan, proposer: str, operations: Sequence[Operation], impact: Impact, *, in_shadow: bool
) -> Refused | None:
    """Refusal of the proposer's authority over the items in shadow, or over the others."""
    shadow = Touched(turn.environment.shadow, plan, impact)
    wanted = touches(plan, operations, impact, Zones(turn, plan).of)
    asked = (touch for touch in wanted if shadow.holds(touch.item.code) is in_shadow)
    denial = denied(turn.environment.grants, proposer, turn.organisation.people.get(proposer), asked)
    return _refused(turn, proposer, denial) if denial else None


def _refused(turn: Turn, proposer: str, denial: Denial) -> Refused:
    facts = {
        "name": _name(turn, proposer),
        "act": turn.words(f"authority.act.{denial.field}"),
        "item": denial.item.code,
        "title": denial.item.title,
        "zone": turn.words(f"value.zone.{denial.zone.value}"),
    }
    if not denial.holders:
        return Refused("not-authorised-nobody", **facts)
    return Refused("not-authorised", holders=_names(turn, denial.holders), **facts)


def _names(turn: Turn, holders: Iterable[str]) -> str:
    return turn.words.list(list(dict.fromkeys(_name(turn, who) for who in holders)))


def _name(turn: Turn, who: str) -> str:
    """`role:planner`, `sales`, `person:he`, `api:erp` as people call them."""
    holder = Principal.parse(who)
    if holder == ANY_TOKEN:
        return turn.words("authority.holder.any-api")
    if holder.is_token:
        return turn.words("authority.holder.api", token=holder.id)
    bare = who.removeprefix(DEPARTMENT).removeprefix(PERSON)
    if bare in turn.organisation.people and not who.startswith(DEPARTMENT):
        return turn.organisation.name_of(bare)
    name = approver_name(turn.words, turn.organisation, bare)
    return name if holder.is_role else turn.words("authority.holder.planners", department=name)
