"""总览: how the plan, or one department, stands: late, waiting, changed, in conflict, frozen."""

from collections.abc import Iterator

from handlers.language import Overview, Span
from handlers.notify.windows import window_title
from handlers.reads.brief import brief, department_of
from handlers.reads.late_items import late_line, late_of
from handlers.reads.plan_query import span_dates
from handlers.reads.waiting import Wait, waits
from handlers.reads.why_changed import DAYS, lines_since
from handlers.reply import Reply
from handlers.turn import Ask, Turn
from planning.people.organisation import Department
from planning.plan.item import Item
from planning.plan.lateness import Lateness
from planning.plan.timetable import Timetable


def overview(turn: Turn, ask: Ask, command: Overview) -> Reply:
    """A line of each kind of thing there is, with the next question one tap away."""
    department = department_of(turn, command.department)
    plan = turn.plan()
    mine = [item for item in plan.items.values() if not item.status.is_over and _is_of(item, department)]
    late, waiting = late_of(turn, department), _waiting(turn, department)
    last = span_dates(Span.THIS_WEEK, turn.today)[1]
    due = sum(1 for item in mine if item.finish <= last)
    lines = [
        turn.words("brief.open", n=len(mine), due=due),
        *_late(turn, late),
        *_waits(turn, waiting),
        *_changed(turn, department),
        *_controls(turn, department),
    ]
    name = department.name if department else plan.name
    title = turn.words("brief.overview", name=name, revision=plan.revision)
    return Reply(brief(turn, title, lines), tuple(_steps(department, late, waiting)))


def _is_of(item: Item, department: Department | None) -> bool:
    return department is None or item.department == department.id


def _waiting(turn: Turn, department: Department | None) -> list[Wait]:
    """What waits for a department, or for anybody."""
    return [wait for wait in waits(turn) if department is None or wait.step.department == department.id]


def _late(turn: Turn, late: list[Lateness]) -> Iterator[str]:
    if late:
        yield turn.words("brief.risk.late", n=len(late), worst=late_line(turn, Timetable(turn.plan()), late[0]))
    else:
        yield turn.words("brief.on-time")


def _waits(turn: Turn, waiting: list[Wait]) -> Iterator[str]:
    if not waiting:
        yield turn.words("brief.nothing-waits")
        return
    first = waiting[0]
    view = turn.view(first.change)
    facts = {"department": view.department(first.step.department), "since": view.at(first.since), "no": first.change.no}
    yield turn.words("brief.waits", n=len({wait.change.no for wait in waiting}), **facts)


def _changed(turn: Turn, department: Department | None) -> Iterator[str]:
    lines = lines_since(turn, DAYS, department)
    revisions, items = {one.revision for one in lines}, {one.line.item for one in lines}
    code = "brief.changed-lately" if lines else "brief.unchanged"
    yield turn.words(code, days=DAYS, n=len(revisions), items=len(items))


def _controls(turn: Turn, department: Department | None) -> Iterator[str]:
    """Conflicts and freezes, of the whole plan only: they hardly ever belong to one department."""
    if department is not None:
        return
    if conflicts := turn.uow.conflicts.open_ones():
        yield turn.words("brief.conflicts", n=len(conflicts))
    windows = [window_title(turn, window) for window in turn.uow.fences.all() if window.in_force(turn.today)]
    if windows:
        yield turn.words("brief.freezes", names=turn.words.list(windows))


def _steps(department: Department | None, late: list[Lateness], waiting: list[Wait]) -> Iterator[str]:
    if late:
        yield f"晚单 {department.name}" if department else "晚单"
    if waiting:
        yield f"待办 {department.name}" if department else "待批"
    yield f"早会 今天 {department.name}" if department else "为什么"
    yield f"查计划 {department.name}" if department else "风险 本周"
