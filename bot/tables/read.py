"""Reading a plan: all of it, or the list of what is wrong with it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from bot.tables.columns import LINK_SHEETS
from bot.tables.items import ItemTable, read_items
from bot.tables.links import read_links
from bot.tables.names import Names
from bot.tables.problem import Problems
from bot.tables.sheet import Sheet, opened
from bot.tables.vocabulary import folded
from planning import schedule
from planning.organisation import Organisation
from planning.plan import Plan
from planning.refusal import Refused


def read_plan(
    items: Path,
    links: Path | None,
    *,
    organisation: Organisation,
    calendar: str,
    today: date,
    plan_id: str,
    plan_name: str,
    locale: str = "zh-CN",
) -> Plan:
    """A plan from the contract's import files. `calendar` names the plan's working calendar.

    A workbook's first sheet holds the items; links come from its sheet 关系 (links, 链接) or from `links`.
    Items without dates are placed from today on as their links ask. The plan's `revision` is the one stamped on the
    file by an export, 0 without. Raises TableError with every problem; then nothing was read.
    """
    problems = Problems(locale)
    with opened(items, problems) as sheets, _links_sheet(sheets, links, problems) as link_sheet:
        return plan_of(
            sheets[0],
            link_sheet,
            organisation=organisation,
            plan=Plan(plan_id, plan_name, 0, {}, calendar=calendar),
            today=today,
            problems=problems,
        )


def plan_of(
    items: Sheet, links: Sheet | None, *, organisation: Organisation, plan: Plan, today: date, problems: Problems
) -> Plan:
    """The empty `plan` filled from sheets; TableError with every problem."""
    names = Names(organisation)
    table = read_items(items, names, plan.calendar, today, problems)
    if not table.lines and not problems:
        problems.add(items.file, "empty")
    found = read_links(links, table, problems) if links else ()
    revision = _stamped(table, problems)
    problems.settle()
    unplaced = Plan(
        plan.id,
        plan.name,
        revision,
        table.items,
        found,
        plan.calendar,
        plan.stock,
        names.department_calendars(),
    )
    try:
        return schedule.place(unplaced, table.unplaced, today)
    except Refused as refused:
        raise _cannot_place(items.file, refused, table, problems) from None


@contextmanager
def _links_sheet(sheets: list[Sheet], path: Path | None, problems: Problems) -> Iterator[Sheet | None]:
    inside = next((sheet for sheet in sheets[1:] if folded(sheet.title) in LINK_SHEETS), None)
    if path is None:
        yield inside
        return
    if inside is not None:
        problems.add(path.name, "links_twice", sheet=inside.title)
    with opened(path, problems) as others:
        yield others[0]


def _stamped(table: ItemTable, problems: Problems) -> int:
    """The revision all rows carry; 0: they carry none."""
    if len(table.revisions) > 1:
        first, other, *_ = table.revisions
        file, line = table.revisions[other]
        problems.add(file, "revisions_differ", line=line, first=first, other=other)
    return next(iter(table.revisions), 0)


def _cannot_place(file: str, refused: Refused, table: ItemTable, problems: Problems) -> Exception:
    facts = refused.refusal.facts
    line = table.lines.get(facts.get("item", ""), 0)
    if refused.refusal.code == "loop":
        problems.add(file, "loop", loop=facts["path"])
    else:
        told = "，".join(f"{name}={value}" for name, value in facts.items())
        problems.add(file, "cannot_place", line=line, code=refused.refusal.code, facts=told)
    return problems.error()
