"""The items of a digest: overdue, due, at risk, changed since the last one; each of them told once."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from cards.faces.view import ChangeView
from cards.lead import shortened
from cards.lines.item import item_dates
from cards.rows import RowWriter
from handlers.turn import Turn
from planning.change.change import Change
from planning.people.organisation import Department
from planning.plan.impact import Line
from planning.plan.item import Item
from planning.plan.lateness import lateness
from planning.plan.timetable import Timetable
from storage.plan.revisions import PastLine

SHOWN = 6
SHOWN_OF_ONE = 3
"""Items told of one change."""


@dataclass(frozen=True, slots=True)
class Moved:
    """What the changes since the last digest made of one item, from the first to the last of them."""

    change: str
    """The last of them."""
    lines: tuple[Line, ...]


class DigestItems:
    """Items of one department; those overdue come first, then those due, those at risk, and what else has changed."""

    def __init__(
        self, turn: Turn, department: Department, days: tuple[date, date], past: Sequence[PastLine],
        told_already: Collection[str] = (),
    ) -> None:  # fmt: skip
        """`told_already`: items whose lateness the digest says elsewhere."""
        self._turn, self._timetable = turn, Timetable(turn.plan())
        mine = [i for i in turn.plan().items.values() if i.department == department.id and not i.status.is_over]
        self._late = {item.code: late for item in mine if (late := self._lateness(item)) > 0}
        self._past = [one for one in past if one.line.department == department.id]
        self._moved = moved(self._past)
        behind = [item for item in mine if item.finish < turn.today and item.code in self._late]
        ahead = [item for item in mine if item not in behind]
        due = [item for item in ahead if days[0] <= item.finish <= days[1]]
        self._due = sorted(due, key=lambda item: (item.finish, item.code))
        told = {item.code for item in due}.union(told_already)
        self._overdue = self._latest_first(item for item in behind if item.code not in told)
        self._risky = self._latest_first(item for item in ahead if item.code not in told)

    def overdue(self) -> list[str]:
        """Planned to be finished before today; the latest first."""
        return self._shown(self._overdue)

    def due(self) -> list[str]:
        return self._shown(self._due)

    def risks(self) -> list[str]:
        """Will be later than was promised; the latest first."""
        return self._shown(self._risky)

    def changed(self) -> list[str]:
        """Each change in a line, with what it moved, unless all of that is told as due or at risk."""
        told = {item.code for block in (self._overdue, self._due, self._risky) for item in block[:SHOWN]}
        lines = []
        for no in dict.fromkeys(one.change for one in self._past):
            change = self._turn.uow.changes.get(no)
            items = [one for code, one in self._moved.items() if one.change == no and code not in told]
            if change is not None and items:
                lines.append(self._change(self._turn.view(change), items))
        return cut(self._turn, lines)

    def _change(self, view: ChangeView, items: Sequence[Moved]) -> str:
        rows = view.rows.rows(line for one in items for line in one.lines)
        parts = [f"{row.item} {row.title} {row.brief}" for row in rows[:SHOWN_OF_ONE]]
        if len(rows) > SHOWN_OF_ONE:
            parts.append(self._turn.words("card.more", n=len(rows) - SHOWN_OF_ONE))
        return self._turn.words.clauses(parts) + self._because(view.change)

    def _because(self, change: Change) -> str:
        view = self._turn.view(change)
        facts = {"no": change.no, "proposer": view.proposer, "reason": shortened(view.reason)}
        return self._turn.words("answer.because", **facts)

    def _shown(self, items: Iterable[Item]) -> list[str]:
        return cut(self._turn, [self._line(item) for item in items])

    def _line(self, item: Item) -> str:
        words, late = self._turn.words, self._late.get(item.code, 0)
        status = words(f"value.status.{item.status.value}")
        dates = item_dates(item, self._turn.today, self._timetable.of(item))
        told = [item.code, item.title, dates, status, words("answer.late-by", n=late) if late else "", self._was(item)]
        return " ".join(filter(None, told))

    def _was(self, item: Item) -> str:
        """Where it was before, and by which change it came here; empty: it was here."""
        one = self._moved.get(item.code)
        change = self._turn.uow.changes.get(one.change) if one else None
        if one is None or change is None:
            return ""
        writer = RowWriter(self._turn.words, self._turn.today, self._turn.organisation)
        (row,) = writer.rows(one.lines)
        return self._turn.words("answer.was", before=row.brief.partition(" → ")[0]) + self._because(change)

    def _latest_first(self, items: Iterable[Item]) -> list[Item]:
        late = [item for item in items if item.code in self._late]
        return sorted(late, key=lambda item: (-self._late[item.code], item.code))

    def _lateness(self, item: Item) -> int:
        return lateness(item, self._timetable.of(item), self._turn.today).days


def moved(past: Iterable[PastLine]) -> dict[str, Moved]:
    """By item what is different after all of these; without those that are where they were."""
    lines: dict[tuple[str, str], Line] = {}
    last: dict[str, str] = {}
    for one in past:
        key = (one.line.item, one.line.field)
        first = lines.get(key, one.line)
        days = None if key in lines else one.line.days
        lines[key] = replace(one.line, before=first.before, days=days)
        last[one.line.item] = one.change
    found: dict[str, Moved] = {}
    for item, change in last.items():
        left = tuple(line for (code, _), line in lines.items() if code == item and line.before != line.after)
        if left:
            found[item] = Moved(change, left)
    return found


def cut(turn: Turn, lines: list[str]) -> list[str]:
    """The first six, and how many more there are."""
    hidden = len(lines) - SHOWN
    return [*lines[:SHOWN], turn.words("card.more", n=hidden)] if hidden > 0 else lines
