"""总览: how the plan, or one department, stands: late, waiting, changed, in conflict, frozen."""

from collections.abc import Iterator, Sequence

from handlers.language import Overview
from handlers.notify.change.windows import window_title
from handlers.reads.brief import brief, department_of
from handlers.reads.change.waiting import Wait, waits
from handlers.reads.plan.late_items import late_line, late_of
from handlers.reads.plan.underway import Underway, underway
from handlers.reads.plan.why_changed import DAYS
from handlers.reply import Reply
from handlers.turn import Ask, Turn
from planning.people.organisation import Department
from planning.plan.lateness import Lateness
from planning.plan.timetable import Timetable


def overview(turn: Turn, ask: Ask, command: Overview) -> Reply:
    """A line of each kind of thing there is, with the next question one tap away."""
    department = department_of(turn, command.department)
    plan = turn.plan()
    going = underway(turn, department)
    late, waiting = late_of(turn, department), _waiting(turn, department)
    lines = [
        turn.words("brief.open", n=len(going.open), due=len(going.due)),
        *_late(turn, late),
        *_waits(turn, waiting),
        _changed(turn, going),
        *_controls(turn, department),
    ]
    name = department.name if department else plan.name
    title = turn.words("brief.overview", name=name, revision=plan.revision)
    return Reply(brief(turn, title, lines), tuple(_steps(department, late, waiting)))


def _waiting(turn: Turn, department: Department | None) -> list[Wait]:
    """What waits for a department, or for anybody."""
    return [wait for wait in waits(turn) if department is None or wait.step.department == department.id]


def _late(turn: Turn, late: Sequence[Lateness]) -> Iterator[str]:
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


def _changed(turn: Turn, going: Underway) -> str:
    code = "brief.changed-lately" if going.moves else "brief.unchanged"
    return turn.words(code, days=DAYS, n=going.moves, items=going.moved_items)


def _controls(turn: Turn, department: Department | None) -> Iterator[str]:
    """Conflicts and freezes, of the whole plan only: they hardly ever belong to one department."""
    if department is not None:
        return
    if conflicts := turn.uow.conflicts.open_ones():
        yield turn.words("brief.conflicts", n=len(conflicts))
    windows = [window_title(turn, window) for window in turn.uow.fences.all() if window.in_force(turn.today)]
    if windows:
        yield turn.words("brief.freezes", names=turn.words.list(windows))


def _steps(department: Department | None, late: Sequence[Lateness], waiting: list[Wait]) -> Iterator[str]:
    if late:
        yield f"晚单 {department.name}" if department else "晚单"
    if waiting:
        yield f"待办 {department.name}" if department else "待批"
    yield f"早会 今天 {department.name}" if department else "为什么"
    yield f"查计划 {department.name}" if department else "风险 本周"
