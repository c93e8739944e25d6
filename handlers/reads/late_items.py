"""晚单: what will be late or is overdue, the worst first."""

from collections import Counter

from handlers.language import LateItems
from handlers.reads.brief import LINES, brief, dated, department_of, named
from handlers.reply import Reply
from handlers.turn import Ask, Turn
from planning.people.organisation import Department
from planning.plan.lateness import Lateness, late_items
from planning.plan.timetable import Timetable

ASKED_WHY = 2
"""So many of the worst are offered to be explained."""


def late(turn: Turn, ask: Ask, command: LateItems) -> Reply:
    """A line for each item; of more than there is room for, a department at a time is a tap."""
    wanted = department_of(turn, command.department)
    found = late_of(turn, wanted)
    if not found:
        return Reply(turn.words("brief.nothing-late", whose=f"{wanted.name}：" if wanted else ""))
    timetable = Timetable(turn.plan())
    title = turn.words("brief.late", whose=f"{wanted.name}：" if wanted else "", n=len(found))
    lines = [late_line(turn, timetable, one) for one in found]
    steps = [f"为什么 {one.item.code}" for one in found[:ASKED_WHY]]
    if len(found) > LINES and wanted is None:
        hidden = Counter(one.item.department for one in found if one.item.department)
        steps += [f"晚单 {named(turn, department)}" for department, _ in hidden.most_common(2)]
    return Reply(brief(turn, title, lines), tuple(steps))


def late_of(turn: Turn, department: Department | None = None) -> list[Lateness]:
    """Late items of a department, or of all."""
    found = late_items(turn.plan(), turn.today)
    return [one for one in found if department is None or one.item.department == department.id]


def late_line(turn: Turn, timetable: Timetable, one: Lateness) -> str:
    item = one.item
    facts = {
        "item": item.code,
        "title": item.title,
        "department": named(turn, item.department),
        "finish": dated(turn, timetable, item, item.finish),
        "n": one.days,
    }
    if one.past_promise >= one.overdue and item.constraint_date is not None:
        return turn.words("brief.past-promise", promised=dated(turn, timetable, item, item.constraint_date), **facts)
    return turn.words("brief.overdue", **facts)
