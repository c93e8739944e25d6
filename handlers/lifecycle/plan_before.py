"""The plan as it was before a change, and what to type to have it so again."""

from handlers.language import Cancel, ChangeQuantity, Move, SetDuration
from handlers.turn import Turn
from planning.change.change import Change
from planning.change.compensation import as_if_never
from planning.plan.impact import Line
from planning.plan.item import Item
from planning.plan.plan import Plan


def before(turn: Turn, change: Change) -> Plan:
    """The plan just before a change that was in effect, as if what has been taken back since had never been in it: of
    an emergency that was overtaken the plan kept what nobody had approved."""
    number = change.applied_revision
    assert number is not None, "only what was in effect has changed the plan"
    was, became = turn.uow.plans.at(number - 1), turn.uow.plans.at(number)
    changed = [code for code, item in became.items.items() if code in was.items and was.items[code] != item]
    past = turn.uow.revisions.lines_of_items(changed, number - 1)
    over = turn.uow.changes.taken_back({one.change for one in past})
    if not over:
        return was
    lines: dict[str, list[tuple[bool, Line]]] = {}
    for one in reversed(past):
        lines.setdefault(one.line.item, []).append((one.change in over, one.line))
    return was.with_items(as_if_never(was.items[code], told) for code, told in lines.items())


def by_hand(turn: Turn, change: Change, item: str = "") -> str:
    """A command that brings an item back to where it was before this change; empty: its first one."""
    assert change.applied_revision is not None
    code, because = item or change.operations[0].item, turn.words("undo.reason", no=change.no)
    was = before(turn, change).items.get(code)
    if was is None:
        return turn.spell(Cancel(code, because))
    became = turn.uow.plans.item_at(code, change.applied_revision)
    assert became is not None, "what a change moved was there when it had moved it"
    if was.quantity is not None and was.quantity != became.quantity and was.status is became.status:
        return turn.spell(ChangeQuantity(code, was.quantity, reason=because))
    if was.status is not became.status or (was.start, was.finish) == (became.start, became.finish):
        return turn.words("undo.import-instead", item=code)
    if was.duration != became.duration and not became.status.has_started:  # which ends later where it takes longer
        return turn.spell(SetDuration(code, was.duration, reason=because))
    return turn.spell(Move(code, to=was.finish, pull=_pushed(change, was, became), reason=because))


def _pushed(change: Change, was: Item, became: Item) -> bool:
    """Check whether items that hang on it went later with it, and have to be fetched back."""
    return became.finish > was.finish and any(line.item != was.code for line in change.impact.lines)
