"""The overlap notice: what else is under way around a request, a line each for its proposer."""

from handlers.turn import Turn
from planning.change.change import Change, ChangeState
from planning.change.contested_fields import contested
from planning.change.overlap import Nearness, nearness
from planning.control.rules import Class
from planning.schedule.reachability import upstream
from storage.change.conflicts import Wish

SHOWN = 2
_ORDER = list(Nearness)


def nearby(turn: Turn, change: Change) -> list[str]:
    """Closest of the pending requests of others than this one; none once it has ended."""
    others = turn.uow.conflicts.wishes(besides=change.no) if change.state.is_open else []
    wishes = [wish for wish in others if wish.no not in change.supersedes]
    if not wishes:
        return []
    network = turn.environment.networks.of(turn.plan())
    above = upstream({operation.item for operation in change.operations}, network)
    found = [(near, wish) for wish in wishes if (near := nearness(change.operations, wish.operations, above))]
    found.sort(key=lambda pair: _ORDER.index(pair[0]))
    told = [_told(turn, change, near, wish, above) for near, wish in found[:SHOWN]]
    return [*told, turn.words("conflict.nearby.more", n=len(found) - SHOWN)] if len(found) > SHOWN else told


def _told(turn: Turn, change: Change, near: Nearness, wish: Wish, above: set[str]) -> str:
    facts = {"no": wish.no, "name": turn.organisation.name_of(wish.proposer)}
    if near is Nearness.CONTESTED:
        fields = contested(wish.operations, change.operations)
        told = [f"{where.item} {turn.words(f'conflict.contested.{where.field.value}')}" for where in fields]
        code = "conflict.nearby.contested" if change.state is ChangeState.DRAFT else "conflict.nearby.open"
        if wish.state is ChangeState.PROVISIONAL and change.klass != Class.EMERGENCY.value:
            code = "conflict.nearby.in-effect"
        elif wish.proposer == change.proposer:
            code = "conflict.nearby.own"
        return turn.words(code, what=turn.words.list(told), **facts)
    mine = {operation.item for operation in change.operations}
    near_by = above if near is Nearness.BELOW else mine
    items = dict.fromkeys(operation.item for operation in wish.operations if operation.item in near_by)
    return turn.words(f"conflict.nearby.{near.value}", what=turn.words.list(list(items)), **facts)
