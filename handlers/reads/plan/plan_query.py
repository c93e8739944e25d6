"""Questions that change nothing: where does something stand, what if."""

from datetime import date, timedelta
from heapq import nsmallest

from cards.lines.item import attribute_lines, footnote, item_dates
from cards.markdown import body
from cards.path import explain, in_one
from cards.rows import RowWriter
from handlers.govern.classify import what_if as imagine
from handlers.govern.fences import Zones
from handlers.govern.readers import shown_attributes
from handlers.language import QueryPlan, Span, WhatIf, find_items, operations_of
from handlers.turn import Ask, Turn
from planning.change.change import Change
from planning.control.fences import Zone
from planning.plan.calendar import WorkCalendar
from planning.plan.impact import Impact
from planning.plan.item import Item
from planning.plan.plan import Plan
from planning.plan.timetable import Timetable
from planning.schedule.cause_steps import Passing
from planning.schedule.reachability import downstream, upstream

SHOWN = 12
MARKS = {Zone.FROZEN: " 🔒", Zone.SLUSHY: " 🔓", Zone.LIQUID: ""}


def query_plan(turn: Turn, ask: Ask, command: QueryPlan) -> str:
    """An item with the chain it hangs in, the item first; a department's next items; or all that a word may mean."""
    plan = turn.plan()
    department, further, focus = _department(turn, ask, command.words), list[str](), ""
    if department is not None:
        subject, items = turn.organisation.department_name(department), _of_department(plan, department)
    else:
        found = find_items(plan, command.words)
        subject, items = command.words, found
        if len(found) == 1:
            subject, focus = f"{found[0].code} {found[0].title}", found[0].code
            items = _chain(turn, plan, found[0])
            further = attribute_lines(turn.words, shown_attributes(turn, ask, found[0]))
    items = _within(items, command.span, turn.day_of(ask.said_at))
    if focus:
        others = [item for item in items if item.code != focus]
        shown, more = [plan.items[focus], *_soonest(others, SHOWN - 1)], len(others) - (SHOWN - 1)
    else:
        shown, more = _soonest(items, SHOWN) if department else items[:SHOWN], len(items) - SHOWN
    zones, calendar_of = Zones(turn, plan), Timetable(plan).of
    rows = [_row(turn, item, zones, calendar_of(item)) for item in shown]
    return body(
        turn.words.locale,
        "plan",
        subject=subject,
        revision=plan.revision,
        rows=rows,
        attributes=further,
        focus=focus,
        more=turn.words("card.more", n=more) if more > 0 else "",
        note=footnote(turn.words, (row["dates"] for row in rows)),
    )


def what_if(turn: Turn, ask: Ask, command: WhatIf) -> str:
    """The effect of a change nobody has proposed."""
    plan = turn.plan()
    operations = operations_of(command, plan)
    impact = turn.assess(plan, operations)
    imagined = Change(plan.id, "", ask.person.id, operations, impact, plan.revision, turn.now)
    imagined = imagine(turn, plan, imagined)
    view, refused = turn.view(imagined), imagined.impact.refused
    rows = view.rows.rows(impact.lines)
    return body(
        turn.words.locale,
        "impact",
        view=view,
        change=imagined,
        rows=rows[:SHOWN],
        more=turn.words("card.more", n=len(rows) - SHOWN) if len(rows) > SHOWN else "",
        refusals=[turn.sentence(refusal) for refusal in refused],
        departments=[] if refused else [view.department(department) for department in impact.departments],
        passed_on=_why_late(plan, impact, view.rows),
    )


def _why_late(plan: Plan, impact: Impact, writer: RowWriter) -> str:
    """Explain how the change reaches the order it makes latest; empty when no order is late, or only the changed
    one."""
    worst = max(impact.late_orders, key=lambda late: late.days, default=None)
    lines = [line for line in impact.lines if worst and (line.item, line.field) == (worst.item, "finish")]
    return in_one(explain(lines[0], Passing(plan, impact), writer)) if lines else ""


def _department(turn: Turn, ask: Ask, words: str) -> str | None:
    if not words:
        return ask.department.id if ask.department else ask.person.department
    known = turn.organisation.find_department(words)
    return known.id if known else None


def _of_department(plan: Plan, department: str) -> list[Item]:
    """Items that the department still has to do."""
    return [item for item in plan.items.values() if item.department == department and not item.status.is_over]


def _chain(turn: Turn, plan: Plan, item: Item) -> list[Item]:
    """The item with what it waits for and what waits for it; itself included."""
    network = turn.environment.networks.of(plan)
    codes = {item.code} | upstream([item.code], network) | downstream([item.code], network)
    return [plan.items[code] for code in codes]


def _soonest(items: list[Item], number: int) -> list[Item]:
    """The first of them in order of time; the rest is not sorted, as a chain may have ten thousands."""
    return nsmallest(number, items, key=_by_date)


def _within(items: list[Item], span: Span | None, today: date) -> list[Item]:
    if span is None:
        return items
    first, last = span_dates(span, today)
    return [item for item in items if item.start <= last and item.finish >= first]


def span_dates(span: Span, today: date) -> tuple[date, date]:
    """First and last day, both inclusive; the week begins on Monday (edge case 14)."""
    if span is Span.TODAY:
        return today, today
    monday = today - timedelta(days=today.weekday())
    if span is Span.NEXT_WEEK:
        monday += timedelta(days=7)
    return monday, monday + timedelta(days=6)


def _by_date(item: Item) -> tuple[date, date, str]:
    return item.start, item.finish, item.code


def _row(turn: Turn, item: Item, zones: Zones, calendar: WorkCalendar) -> dict[str, str]:
    quantity = f"{item.quantity.normalize():f}{item.unit}" if item.quantity is not None else ""
    return {
        "code": item.code,
        "title": item.title,
        "dates": item_dates(item, turn.today, calendar),
        "quantity": quantity,
        "status": turn.words(f"value.status.{item.status.value}") + MARKS[zones.of(item)],
        "department": turn.organisation.department_name(item.department) or turn.words("value.nobody"),
        "late": "⚠" if item.finish < turn.today and not item.status.is_over else "",
    }
