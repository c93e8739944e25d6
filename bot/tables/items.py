"""Items from rows of the items table, placed in time as far as the row tells it."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, tzinfo

from bot.tables.columns import ITEMS_READ
from bot.tables.names import Names, calendar_in
from bot.tables.problem import Problems
from bot.tables.row import Row, is_header_of, rows
from bot.tables.sheet import Sheet
from bot.tables.vocabulary import CONSTRAINTS, MODES, STATUSES
from planning.plan.calendar import WorkCalendar
from planning.plan.item import Constraint, Item, Mode, Status
from planning.plan.limits import MAX_DAYS, MAX_ITEMS
from planning.plan.plan import Plan
from planning.plan.timetable import Timetable

MAX_TITLE = 200
MAX_ATTRIBUTES = 2_000_000
"""Cells of unknown columns in one table: ten for each item of the largest plan."""


@dataclass(slots=True)
class ItemTable:
    """Contents of the items table. `lines` has every code it names, also those of rows with problems."""

    items: dict[str, Item] = field(default_factory=dict)
    unplaced: set[str] = field(default_factory=set)
    """Codes of items that have no dates yet; they stand on today until they are placed."""
    lines: dict[str, int] = field(default_factory=dict)
    attributes: Collection[str] = ()
    """Columns kept as attributes."""
    linked: list[tuple[Row, str]] = field(default_factory=list)
    """Rows that name their predecessors, with the code of each."""
    also_called: dict[str, str] = field(default_factory=dict)
    """Codes by what further columns of codes call them: `2` where `标识号` stands beside `编码`."""
    revisions: dict[int, tuple[str, int]] = field(default_factory=dict)
    """Stamped plan revision → the file and line that first have it."""

    def note_revision(self, row: Row) -> None:
        revision = row.whole("revision", 0, 2**31)
        if revision is not None:
            self.revisions.setdefault(revision, (row.sheet.file, row.line))


def read_items(
    sheet: Sheet, names: Names, plan: Plan, today: date, problems: Problems, zone: tzinfo
) -> ItemTable:
    """The items of `plan`, whose calendars are known; dates that are left out are worked out in them."""
    timetable = Timetable(plan)
    table, attributes, also = ItemTable(), 0, set[str]()
    for row in rows(sheet, ITEMS_READ, ("code", "title"), MAX_ITEMS, problems, zone):
        table.note_revision(row)
        if not table.lines:
            table.attributes = row.header.others.keys()
            also = {name for name in table.attributes if is_header_of("code", name, sheet.headers)}
        code = row.code("code")
        if code and table.lines.setdefault(code, row.line) != row.line:
            row.fail("code", "duplicate_code", first=table.lines[code])
        item, placed = _item(row, code, names, timetable, plan.calendars, today)
        attributes += len(item.attributes)
        if attributes > MAX_ATTRIBUTES:
            problems.add(sheet.file, "too_many_attributes", line=row.line, limit=MAX_ATTRIBUTES)
            break
        if row.ok:
            if row.has("predecessors"):
                table.linked.append((row, code))
            for name in also & row.header.others.keys():
                table.also_called.setdefault(item.attributes.get(name, ""), code)
            table.items[code] = item
            if not placed:
                table.unplaced.add(code)
    return table


def _item(
    row: Row, code: str, names: Names, timetable: Timetable, own: Collection[str], today: date
) -> tuple[Item, bool]:
    type_ = names.type(row.text("type"))
    department = names.department(row.text("department"))
    own_calendar = calendar_in(row, own)
    calendar = timetable.for_columns(own_calendar, department)
    mode = row.choice("mode", MODES, names.modes) or Mode.ASAP
    status = row.choice("status", STATUSES, names.statuses(department)) or Status.CONFIRMED
    constraint, constraint_date = _constraint(row)
    title = row.text("title", MAX_TITLE, required=True)
    start, finish, duration, placed = _place(row, type_, calendar, mode, status, today)
    item = Item(
        code=code,
        title=title,
        start=start,
        finish=finish,
        duration=duration,
        type=type_ or ("milestone" if duration == 0 else "task"),
        department=department,
        also_informs=names.departments(row.lines("also_informs")),
        owner=names.person(row.text("owner")),
        quantity=row.number("quantity"),
        unit=names.unit(row.text("unit")),
        mode=mode,
        constraint=constraint,
        constraint_date=constraint_date,
        status=status,
        product=row.text("product"),
        lot_minimum=row.number("lot_minimum", above_zero=True),
        lot_multiple=row.number("lot_multiple", above_zero=True),
        calendar=own_calendar,
        attributes=row.attributes(),
    )
    return item, placed


def _constraint(row: Row) -> tuple[Constraint | None, date | None]:
    constraint = row.choice("constraint", CONSTRAINTS)
    day = row.day("constraint_date")
    if row.ok and constraint and day is None:
        row.fail("constraint_date", "constraint_needs_date")
    if row.ok and day and constraint is None:
        row.fail("constraint", "date_needs_constraint")
    return constraint, day


def _place(
    row: Row, type_: str, calendar: WorkCalendar, mode: Mode, status: Status, today: date
) -> tuple[date, date, int, bool]:
    """Start, finish, duration and whether the row says when. What it leaves out follows from what it says."""
    start, finish = row.day("start"), row.day("finish")
    duration = row.span("duration_days", 0, MAX_DAYS, sum(calendar.week))
    if not row.ok:
        return today, today, 1, True
    for column, day in (("start", start), ("finish", finish)):
        if day and not calendar.is_working(day):
            near = {"before": calendar.on_or_before(day), "after": calendar.on_or_after(day)}
            row.fail(column, "not_working_day", calendar=calendar.name, **near)
    if start is None and finish is None:
        return today, today, _length_unplaced(row, type_, duration, mode, status), False
    if start and finish:
        return start, finish, _length_between(row, type_, calendar, start, finish, duration), True
    if duration is None:
        duration = 0 if type_ == "milestone" else 1
    if start:
        return start, calendar.finish_of(start, duration), duration, True
    assert finish is not None
    return calendar.start_of(finish, duration), finish, duration, True


def _length_unplaced(row: Row, type_: str, duration: int | None, mode: Mode, status: Status) -> int:
    if mode is Mode.PINNED:
        row.fail("start", "pinned_needs_date")
    elif status.has_started:
        row.fail("start", "past_needs_date")
    elif duration is None and type_ != "milestone" and row.raw("constraint_date") is None:
        row.fail("duration_days", "no_place")
    if duration is not None:
        return duration
    return 0 if type_ == "milestone" else 1


def _length_between(
    row: Row, type_: str, calendar: WorkCalendar, start: date, finish: date, duration: int | None
) -> int:
    if finish < start:
        row.fail("finish", "finish_before_start", start=start)
        return 1
    days = calendar.between(start, finish) + 1
    if duration is None:
        return 0 if type_ == "milestone" and days == 1 else days
    if duration != days and not (duration == 0 and start == finish):
        row.fail("duration_days", "duration_differs", start=start, finish=finish, days=days)
    return duration
