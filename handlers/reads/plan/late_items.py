"""晚单: what will be late or is overdue, the worst first."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from handlers.govern.facts import baselines_by_now, outlook_of_all, promised_in
from handlers.kept import Seen
from handlers.language import LateItems
from handlers.reads.brief import LINES, brief, dated, department_of, named
from handlers.reply import Reply
from handlers.turn import Ask, Turn
from planning.facts.promise import broken
from planning.facts.relation import days_between
from planning.people.organisation import Department
from planning.plan.lateness import Lateness, late_items
from planning.plan.plan import Plan
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


def late_of(turn: Turn, department: Department | None = None) -> Sequence[Lateness]:
    """Late items of a department, or of all: by the plan, and by what is forecast where that breaks a promise."""
    found = turn.once("late", lateness_facts(turn), lambda: _either_way(turn))
    return [one for one in found if one.item.department == department.id] if department else found


def lateness_facts(turn: Turn) -> tuple[Seen, tuple[str, ...]]:
    """What it hangs on beside the plan: what was said of items, and promised."""
    return Seen.of(turn.uow), baselines_by_now(turn)


def days_late(turn: Turn) -> Mapping[str, int]:
    """Working days by which each of them is late, by code."""
    return turn.once("days late", lateness_facts(turn), lambda: {one.item.code: one.days for one in late_of(turn)})


def late_by_plan(turn: Turn) -> Sequence[Lateness]:
    """Late against what was promised by the dates of the plan, or overdue."""
    return turn.once("late by plan", [], lambda: late_items(turn.plan(), turn.today))


def _either_way(turn: Turn) -> list[Lateness]:
    by_plan = {one.item.code: one for one in late_by_plan(turn)}
    breaking = {one.item.code: one for one in _breaking(turn, turn.plan())}
    found = [_worse(by_plan.get(code), breaking.get(code)) for code in by_plan.keys() | breaking.keys()]
    return sorted(found, key=lambda one: (-one.days, one.item.code))


def _breaking(turn: Turn, plan: Plan) -> Iterator[Lateness]:
    outlook, promised = outlook_of_all(turn, plan), promised_in(turn, plan, plan.items)
    for one in broken(outlook, promised, promised):
        days = days_between(outlook.calendar_of(one.item), one.promised, one.forecast)
        yield Lateness(one.item, days, 0, one.forecast, one.promised)


def _worse(by_plan: Lateness | None, breaking: Lateness | None) -> Lateness:
    """Of one that is both the worse; of equals what the plan says."""
    both = [one for one in (by_plan, breaking) if one]
    return max(both, key=lambda one: one.days)


def late_line(turn: Turn, timetable: Timetable, one: Lateness) -> str:
    item = one.item
    facts = {
        "item": item.code,
        "title": item.title,
        "department": named(turn, item.department),
        "finish": dated(turn, timetable, item, item.finish),
        "n": one.days,
    }
    if one.expected and one.promised:
        forecast, promised = (dated(turn, timetable, item, on) for on in (one.expected, one.promised))
        return turn.words("brief.will-break", forecast=forecast, promised=promised, **facts)
    if one.past_promise >= one.overdue and item.constraint_date is not None:
        return turn.words("brief.past-promise", promised=dated(turn, timetable, item, item.constraint_date), **facts)
    return turn.words("brief.overdue", **facts)
