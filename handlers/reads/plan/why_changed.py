"""为什么, of the whole plan: the last days' changes across departments, the worst first."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby

from cards.lines.report import told
from handlers.language import WhyChanged
from handlers.reads.brief import brief, named
from handlers.reply import Reply
from handlers.turn import Ask, Turn
from planning.change.change import Change, ChangeState
from planning.people.organisation import Department
from planning.plan.impact import Line
from planning.plan.timetable import Timetable
from storage.plan.revisions import PastLine

DAYS = 7
"""Days looked back over when nobody says how many."""
NAMES = 3
"""Departments, and people, named of each change."""


@dataclass(frozen=True, slots=True)
class Moved:
    """What one change, or one import, did to the plan. `change`: None of an import."""

    no: str
    change: Change | None
    lines: Sequence[Line]

    @property
    def items(self) -> list[str]:
        return list(dict.fromkeys(line.item for line in self.lines))

    @property
    def farthest(self) -> Line | None:
        """The date that moved farthest; None: none did."""
        dates = [line for line in self.lines if line.field in ("start", "finish") and line.days]
        return max(dates, key=lambda line: (abs(line.days or 0), line.field == "finish"), default=None)

    @property
    def weight(self) -> tuple[int, int, int]:
        """Orders it made late, how far it moved anything, and how much it moved."""
        late = len(self.change.impact.late_orders) if self.change else 0
        farthest = self.farthest
        return late, abs(farthest.days or 0) if farthest else 0, len(self.items)


def why_changed(turn: Turn, ask: Ask, command: WhyChanged) -> Reply:
    """A line for each change: what moved and how far, who wanted it and why, who agreed."""
    return changed(turn, command.days or DAYS)


def changed(turn: Turn, days: int, department: Department | None = None) -> Reply:
    """The same, of what moved one department's items."""
    found = moves(turn, days, department)
    if not found:
        return Reply(turn.words("brief.nothing-changed", days=days))
    items = {item for one in found for item in one.items}
    departments = {line.department for one in found for line in one.lines}
    title = turn.words("brief.changed", days=days, n=len(found), items=len(items), departments=len(departments))
    worst = found[0]
    farthest = worst.farthest
    steps = [f"影响图 {worst.no}"] if worst.change else []
    steps += [f"为什么 {farthest.item if farthest else worst.items[0]}"]
    return Reply(brief(turn, title, [_line(turn, one) for one in found]), tuple(steps))


def moves(turn: Turn, days: int, department: Department | None = None) -> list[Moved]:
    """What moved the plan, or one department's items, in the last days; the worst first."""
    mine = lines_since(turn, days, department)
    calendars = Timetable(turn.plan())
    found = [_moved(turn, calendars, list(lines)) for _, lines in groupby(mine, key=lambda one: one.revision)]
    return sorted(found, key=lambda one: (*(-part for part in one.weight), one.no))


def lines_since(turn: Turn, days: int, department: Department | None = None) -> list[PastLine]:
    """Lines of the revisions of the last days, or one department's of them."""
    past = turn.uow.revisions.lines_since(turn.now - timedelta(days=days))
    return [one for one in past if department is None or one.line.department == department.id]


def _moved(turn: Turn, calendars: Timetable, past: Sequence[PastLine]) -> Moved:
    no = past[0].change
    return Moved(no, turn.uow.changes.get(no), [_measured(calendars, one.line) for one in past])


def _measured(calendars: Timetable, line: Line) -> Line:
    """The line with the working days it moved, which an import does not count."""
    if line.days is not None or line.field not in ("start", "finish") or not (line.before and line.after):
        return line
    before, after = date.fromisoformat(line.before), date.fromisoformat(line.after)
    return replace(line, days=calendars.for_columns("", line.department).between(before, after))


def _line(turn: Turn, one: Moved) -> str:
    words, change = turn.words, one.change
    moved = words("brief.moved", n=len(one.items), departments=_departments(turn, one), farthest=_farthest(turn, one))
    if report := turn.uow.reports.get(one.no):
        item = turn.plan().items.get(report.item)
        said = told(words, report, turn.today, item.unit if item else "")
        return words("brief.reported", no=one.no, name=turn.organisation.name_of(report.by), said=said, moved=moved)
    if change is None:
        return words("brief.brought", no=one.no, moved=moved)
    view = turn.view(change)
    agreed = list(dict.fromkeys(view.by(vote) for step in change.steps for vote in step.votes))
    facts = {"no": one.no, "headline": view.headline, "proposer": view.proposer, "reason": view.reason, "moved": moved}
    votes = _agreed(turn, change, agreed)
    taken_back = words("brief.taken-back") if change.state is ChangeState.REVERTED else ""
    return words("brief.change", agreed=votes, taken_back=taken_back, **facts)


def _agreed(turn: Turn, change: Change, names: list[str]) -> str:
    """Who agreed; of an emergency, who has yet to."""
    if change.state is ChangeState.PROVISIONAL:
        view = turn.view(change)
        missing = view.departments(change.waiting)
        return turn.words("brief.to-ratify", until=view.at(change.expires_at), departments=missing)
    if names:
        return turn.words("brief.agreed", names=_few(turn, names, "brief.people"))
    return turn.words("brief.unasked")


def _departments(turn: Turn, one: Moved) -> str:
    names = [named(turn, department) for department in dict.fromkeys(line.department for line in one.lines)]
    return _few(turn, names, "brief.departments")


def _few(turn: Turn, names: list[str], code: str) -> str:
    """The first names, and how many they are where there are more."""
    shown = turn.words.list(names[:NAMES])
    return turn.words(code, names=shown, n=len(names)) if len(names) > NAMES else shown


def _farthest(turn: Turn, one: Moved) -> str:
    """，最多 SO-1042 +2天"""
    line = one.farthest
    return turn.words("brief.farthest", item=line.item, shift=turn.rows().shift(line.days)) if line else ""
