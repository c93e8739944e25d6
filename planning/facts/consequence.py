"""What follows from a fact: the change that would make the plan what the forecast says, for somebody to propose."""

from collections.abc import Mapping
from datetime import date

from planning.facts.forecast import Outlook
from planning.facts.progress import RECEIVED, Progress
from planning.facts.promise import broken, delta, push
from planning.facts.relation import moves_start
from planning.facts.report import ReportKind
from planning.facts.split import split_into
from planning.plan.calendar import ONE_DAY
from planning.plan.item import Status
from planning.plan.operation import Op, Operation
from planning.plan.plan import Plan


def change_for(outlook: Outlook, plan: Plan, code: str, promised: Mapping[str, date]) -> tuple[Operation, ...]:
    """The item to its forecast finish, where that is later than planned and pushes others or breaks its own promise; of
    goods that came in part, what is still to come, to the day that was told; of what is finished, what comes directly
    behind it to where it can begin. Else nothing: it is silent."""
    progress = outlook.progress_of(code)
    if delta(outlook, code) <= 0:
        return ()
    pushed = push(outlook, code)
    if progress.lives:
        if not pushed and not broken(outlook, promised, [code]):
            return ()
        finish = outlook.calendar_of(progress.item).on_or_after(outlook[code].dates.finish)
        return _rest_to(outlook, plan, progress, finish) or (Operation(code, Op.SET_FINISH, finish),)
    behind = [one for one in outlook.relations_behind(code) if one.successor.code in pushed and moves_start(one.link)]
    waiting = {one.successor.code for one in behind if not outlook.progress_of(one.successor.code).begun}
    return tuple(Operation(other, Op.SET_START, pushed[other].start) for other in sorted(waiting))


def _rest_to(outlook: Outlook, plan: Plan, progress: Progress, finish: date) -> tuple[Operation, ...]:
    """What came stays as it is, and over; the rest is an item of its own. Nothing of goods of which none came, or of
    which nobody has said when the rest does."""
    item, came = progress.item, [one.day for one in progress.words if one.kind is ReportKind.ARRIVAL and one.day]
    whole = progress.planned.quantity
    is_told = outlook[item.code].stated is not None and not outlook[item.code].unknown
    if item.type not in RECEIVED or not (came and whole and is_told and 0 < progress.good < whole):
        return ()
    calendar, last = outlook.calendar_of(item), max(came)
    start = calendar.on_or_after(last + ONE_DAY)
    if finish < start:
        return ()
    days = calendar.between(start, finish + ONE_DAY)
    return (split_into(plan, item, progress.good, last, start, days, Status.DONE.value),)
