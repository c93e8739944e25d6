"""What follows from a fact: the change that would make the plan what the forecast says, for somebody to propose."""

from collections.abc import Mapping
from datetime import date

from planning.facts.forecast import Outlook
from planning.facts.promise import broken, delta, push
from planning.facts.relation import moves_start
from planning.plan.operation import Op, Operation


def change_for(outlook: Outlook, code: str, promised: Mapping[str, date]) -> tuple[Operation, ...]:
    """The item to its forecast finish, where that is later than planned and pushes others or breaks its own promise; of
    what is finished, what comes directly behind it to where it can begin. Else nothing: it is silent."""
    progress = outlook.progress_of(code)
    if delta(outlook, code) <= 0:
        return ()
    pushed = push(outlook, code)
    if progress.lives:
        if not pushed and not broken(outlook, promised, [code]):
            return ()
        finish = outlook.calendar_of(progress.item).on_or_after(outlook[code].dates.finish)
        return (Operation(code, Op.SET_FINISH, finish),)
    behind = [one for one in outlook.relations_behind(code) if one.successor.code in pushed and moves_start(one.link)]
    waiting = {one.successor.code for one in behind if not outlook.progress_of(one.successor.code).begun}
    return tuple(Operation(other, Op.SET_START, pushed[other].start) for other in sorted(waiting))
