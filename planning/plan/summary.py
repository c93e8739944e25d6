"""Totals of the differences between two states of a plan: by department, and the orders that are late."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from planning.plan.calendar import ONE_DAY
from planning.plan.compare import Comparison, compare
from planning.plan.impact import LateOrder, Line
from planning.plan.item import Constraint, Item, Status
from planning.plan.link import Link
from planning.plan.plan import Plan
from planning.plan.timetable import Timetable


@dataclass(frozen=True, slots=True)
class Total:
    """The differences of one department's items; an item counts for who has it afterwards."""

    department: str
    items: int = 0
    """Items that differ in any way, those that came and went included."""
    added: int = 0
    dropped: int = 0
    """Cancelled, or not in the plan any more."""
    later: int = 0
    """Items that finish later."""
    earlier: int = 0
    days: int = 0
    """Signed sum of the working days by which finishes moved, each in its item's own calendar."""
    late: int = 0
    """Orders among `Summary.late_orders`."""


@dataclass(frozen=True, slots=True)
class Summary:
    """The summary of a comparison; `before` and `after` are revision numbers, either may be the newer one."""

    before: int
    after: int
    lines: tuple[Line, ...]
    """By department, the departments with most differences first; the lines of an item stay together. A link is a line
    of the item it drives."""
    totals: tuple[Total, ...]
    """In the same order."""
    late_orders: tuple[LateOrder, ...]
    """Orders that miss their promise afterwards and kept it before, or miss it by more; the latest first."""

    @property
    def whole(self) -> Total:
        """The sum over all departments."""
        names = [name for name in Total.__slots__ if name != "department"]
        return Total("", **{name: sum(getattr(total, name) for total in self.totals) for name in names})


def summarise(before: Plan, after: Plan, department: str | None = None) -> Summary:
    """Sum up two states of a plan; working days are counted as `after` counts them.

    With a department only its items: those it has afterwards, or had of what is gone.
    """
    items = {**before.items, **after.items}
    mine = {code for code, item in items.items() if department in (None, item.department)}
    found = compare(before, after)
    by_item: dict[str, list[Line]] = {}
    for line in (*found.lines, *_link_lines(found, items)):
        if line.item in mine:
            by_item.setdefault(line.item, []).append(line)
    late = sorted(_late_orders(before, after, mine), key=lambda order: (-order.days, order.item))
    totals = _totals(by_item, before, after, late)
    place = {total.department: n for n, total in enumerate(totals)}
    groups = sorted(by_item.values(), key=lambda lines: (place[lines[0].department], _when(lines), lines[0].item))
    lines = tuple(line for group in groups for line in group)
    return Summary(before.revision, after.revision, lines, tuple(totals), tuple(late))


def _link_lines(found: Comparison, items: Mapping[str, Item]) -> Iterator[Line]:
    """Lines of links, as an impact tells them; those of items that came or went come and go with these."""
    elsewhere = {*found.added, *found.removed}
    for links, added in ((found.links_removed, False), (found.links_added, True)):
        for link in sorted(links, key=lambda link: link.ends):
            if elsewhere.isdisjoint(link.ends):
                yield _link_line(link, added, items)


def _link_line(link: Link, added: bool, items: Mapping[str, Item]) -> Line:
    other, driven = link.way
    item = items[driven]
    return Line(item.code, item.title, item.department, "link", *(("", other) if added else (other, "")))


def _late_orders(before: Plan, after: Plan, codes: Iterable[str]) -> Iterator[LateOrder]:
    timetable = Timetable(after)
    for item in (after.items[code] for code in codes if code in after.items):
        was = before.items.get(item.code)
        late = _days_late(item, timetable)
        if item.constraint_date and late > (_days_late(was, timetable) if was else 0):
            yield LateOrder(item.code, item.title, item.constraint_date, item.finish, late)


def _days_late(item: Item, timetable: Timetable) -> int:
    """Working days past its promise; 0 when it keeps it, or has none."""
    due = item.constraint_date if item.constraint is Constraint.FINISH_NO_LATER_THAN else None
    if due is None or item.finish <= due or _is_cancelled(item):
        return 0
    return timetable.of(item).between(due + ONE_DAY, item.finish + ONE_DAY)


def _totals(
    by_item: Mapping[str, list[Line]], before: Plan, after: Plan, late: Iterable[LateOrder]
) -> list[Total]:
    """Totals, those with most differing items first, then by department."""
    counts: dict[str, Counter[str]] = {}
    for code, lines in by_item.items():
        count = counts.setdefault(lines[0].department, Counter())
        was, now = before.items.get(code), after.items.get(code)
        days = sum(line.days or 0 for line in lines if line.field == "finish")
        count["items"] += 1
        count["added"] += was is None
        count["dropped"] += now is None or (_is_cancelled(now) and not _is_cancelled(was))
        count["later"] += days > 0
        count["earlier"] += days < 0
        count["days"] += days
    for order in late:
        counts.setdefault(after.items[order.item].department, Counter())["late"] += 1
    totals = [Total(department, **count) for department, count in counts.items()]
    return sorted(totals, key=lambda total: (-total.items, total.department))


def _is_cancelled(item: Item | None) -> bool:
    return item is not None and item.status is Status.CANCELLED


def _when(lines: list[Line]) -> date:
    """The first date among them, as it is afterwards; lines without one come last."""
    days = [line.after or line.before for line in lines if line.field in ("start", "finish")]
    return date.fromisoformat(min(days)) if days else date.max
