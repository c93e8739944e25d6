"""How many change requests may wait at a time."""

from handlers.turn import Turn
from planning.change.change import Change
from planning.control.rules import Class
from planning.refusal import Refused


def require_below_limit(turn: Turn, change: Change) -> None:
    """Raises Refused: "too-many-open", "too-many-open-item". What the request takes the place of does not count. What
    is in effect at once, standard or an emergency, waits for nobody and is not limited.
    """
    if change.klass != Class.NORMAL:
        return
    limits = turn.environment.limits
    items = {operation.item for operation in change.operations}
    theirs, of_items = turn.uow.changes.waiting(change.proposer, items, change.supersedes)
    if limits.open_of_proposer and theirs >= limits.open_of_proposer:
        raise Refused("too-many-open", limit=str(limits.open_of_proposer), offers=("待办",))
    for item, count in sorted(of_items.items()):
        if limits.open_of_item and count >= limits.open_of_item:
            raise Refused("too-many-open-item", item=item, limit=str(limits.open_of_item), offers=(f"查计划 {item}",))
