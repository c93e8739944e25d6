"""Notices of a freeze and of its end: to those whose items are inside, and where what it holds was proposed; one
message to each conversation."""

from collections.abc import Iterable
from datetime import datetime

from cards.lines.standing import facts_of
from handlers.govern.fences import approvers, fences_in_force
from handlers.notify.change.windows import fence_title, window_title
from handlers.turn import Turn
from planning.change.change import Change, ChangeState
from planning.control.window import Window
from planning.plan.item import Item
from planning.plan.plan import Plan
from planning.plan.timetable import Timetable

Became = tuple[Change, Change]
"""A request that was held, and what has become of it."""


def tell_enforced(turn: Turn, window: Window, held: list[Change], heard: str) -> None:
    """`heard`: where it is known already."""
    reason = f" {window.reason}" if window.reason else ""
    heading = _heading(turn, window, "enforced", reason=reason, approvers=approvers(turn, window.fence.approvals))
    lines = [(change.origin, _line(turn, change, "held.told-line")) for change in held]
    _tell(turn, window, "enforced", (heading, turn.words("held.told")), lines, heard)


def tell_lifted(turn: Turn, window: Window, became: list[Became], heard: str) -> None:
    _tell(turn, window, "lifted", _end(turn, window, "lifted"), _lines(turn, became), heard)


def tell_over(turn: Turn, window: Window, became: list[Became], at: datetime) -> None:
    """`at`: when they are to hear it."""
    _tell(turn, window, "over", _end(turn, window, "over"), _lines(turn, became), at=at)


def left_inside(turn: Turn, window: Window) -> str:
    """Name the other fences that hold something of what lies in it; without one, say that all of that can be
    changed."""
    plan = turn.plan()
    timetable, items = Timetable(plan), inside(turn, plan, window)
    others = (f for f in fences_in_force(turn) if f.id != window.fence.id and not f.only_shows)
    holding = [f for f in others if any(f.holds(item, turn.today, timetable.of(item)) for item in items)]
    if not holding:
        return turn.words("fence.window.free")
    return turn.words("fence.window.not-free", fences=turn.words.list([fence_title(turn, fence) for fence in holding]))


def inside(turn: Turn, plan: Plan, window: Window) -> list[Item]:
    """Items that lie in the window; of one that is over, those that lay in it on its last day."""
    day, timetable = min(turn.today, window.fence.last), Timetable(plan)
    return [item for item in plan.items.values() if window.fence.holds(item, day, timetable.of(item))]


def _tell(
    turn: Turn, window: Window, event: str, heading: tuple[str, str], lines: Iterable[tuple[str, str]],
    heard: str = "", at: datetime | None = None,
) -> None:
    """The first part of the heading to everybody, the second before the lines of those who proposed."""
    rooms: dict[str, list[str]] = {room: [] for room in _concerned(turn, window)}
    for room, line in lines:
        rooms.setdefault(room, []).append(line)
    for room in sorted(rooms.keys() - {heard, ""}):
        text = "\n".join([heading[0], heading[1], *rooms[room]] if rooms[room] else heading[:1])
        turn.uow.outbox.say(room, text, turn.now, f"window:{window.fence.id}:{event}:{room}", at)


def _heading(turn: Turn, window: Window, event: str, **facts: str) -> str:
    by = turn.organisation.name_of(window.changed_by)
    return turn.words(f"fence.window.told-{event}", window=window_title(turn, window), name=by, **facts)


def _end(turn: Turn, window: Window, event: str) -> tuple[str, str]:
    return _heading(turn, window, event) + left_inside(turn, window), turn.words("held.resumed.told")


def _lines(turn: Turn, became: list[Became]) -> list[tuple[str, str]]:
    return [(now.origin, _line(turn, now, _what_became(was, now))) for was, now in became]


def _concerned(turn: Turn, window: Window) -> set[str]:
    known = turn.organisation.departments
    owners = (item.department for item in inside(turn, turn.plan(), window))
    named = set(window.fence.scope.departments) or set(owners)
    return {turn.environment.conversation_of(department) for department in named if department in known}


def _line(turn: Turn, change: Change, code: str) -> str:
    view = turn.view(change)
    refused = change.impact.refused
    return turn.words(
        code,
        no=change.no,
        headline=view.headline,
        proposer=view.proposer,
        until=view.at(change.expires_at),
        departments=view.departments(tuple(step for step in change.waiting if step.round == change.round)),
        revision=change.applied_revision,
        why=turn.sentence(refused[0]) if refused else "",
        **facts_of(change, turn.words, turn.hours),
    )


def _what_became(was: Change, now: Change) -> str:
    match now.state:
        case ChangeState.ON_HOLD:
            return "held.resumed.held"
        case ChangeState.FAILED:
            return "held.resumed.failed"
        case ChangeState.APPLIED:
            return "held.resumed.applied"
        case _:
            return "held.resumed.goes-on" if now.round == was.round else "held.resumed.again"
