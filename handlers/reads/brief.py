"""Short answers: a title and a few lines, the rest counted."""

from collections.abc import Sequence
from datetime import date

from cards.lines.item import footnote, marked
from cards.markdown import body
from cards.words.dates import day
from handlers.turn import Turn
from planning.change.approvers import may_remind
from planning.change.change import Change
from planning.people.organisation import Department, Person
from planning.plan.item import Item
from planning.plan.timetable import Timetable

LINES = 7
"""Lines below the title."""


def brief(turn: Turn, title: str, lines: Sequence[str]) -> str:
    """The lines, worst first; what does not fit is counted in the last."""
    note = footnote(turn.words, lines)
    room = LINES - bool(note)
    shown = lines if len(lines) <= room else [*lines[: room - 1], turn.words("card.more", n=len(lines) - room + 1)]
    return body(turn.words.locale, "brief", title=title, lines=shown, note=note)


def department_of(turn: Turn, words: str) -> Department | None:
    """The department as typed; None: no words. Raises "unknown-department"."""
    found = turn.organisation.find_department(words) if words else None
    if words and found is None:
        raise turn.no_such_department(words)
    return found


def named(turn: Turn, department: str) -> str:
    """A department by its name; nobody's items are nobody's."""
    return turn.organisation.department_name(department) or turn.words("value.nobody")


def dated(turn: Turn, timetable: Timetable, item: Item, wanted: date) -> str:
    """A date of an item, with the sign of a date that is provisional."""
    return marked(day(wanted, turn.today), timetable.of(item).is_provisional(wanted))


def next_step(turn: Turn, person: Person, change: Change) -> str:
    """Command that goes on with somebody else's open request: a reminder by those who may, else a look at it."""
    name = "催办" if may_remind(change, person, turn.deputies()) else "影响图"
    return f"{name} {change.no}"
