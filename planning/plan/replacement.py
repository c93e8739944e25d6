"""The replacement of a plan by tables: what they would add, change, remove and move."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from planning.plan.compare import Comparison, compare
from planning.plan.impact import Line
from planning.plan.item import Item
from planning.plan.link import Link
from planning.plan.plan import Plan

FEW, SHARE = 10, 20
"""Items whose removal surprises nobody: so many, or one in so many of the plan's."""


@dataclass(frozen=True, slots=True)
class Replacement:
    comparison: Comparison
    lines: tuple[Line, ...]
    """All that a revision tells of it: fields of items, then links, each as a line of the item it drives."""
    changed: tuple[str, ...]
    """Items of both with anything different, also a title or a further column."""
    moved: tuple[str, ...]
    """Those of them with another start or finish."""
    stock: tuple[str, ...]
    """Products whose stock is another or new; one that the tables do not name was not counted anew."""
    retitled: tuple[Line, ...]
    """New titles, which are no lines of a revision."""
    otherwise: tuple[str, ...]
    """Items of both in which only what neither lines nor titles tell is different."""
    recounted: bool
    """The plan's name or the calendars it is counted in are others."""
    size: int
    """Items there were."""

    @property
    def is_empty(self) -> bool:
        """True where the tables say what the plan says; the order of rows says nothing."""
        found = self.comparison
        links = found.links_added or found.links_removed
        return not (found.added or found.removed or self.changed or links or self.stock or self.recounted)

    @property
    def takes_nothing(self) -> bool:
        """True for one that neither removes nor moves anything."""
        return not (self.comparison.removed or self.comparison.links_removed or self.moved)

    @property
    def touched(self) -> set[str]:
        """Items that are new, gone or different in anything, or that a link drives otherwise."""
        new, gone = self.comparison.added, self.comparison.removed
        return {*self.changed, *new, *gone, *(line.item for line in self.lines)}

    @property
    def removes_much(self) -> bool:
        removed = len(self.comparison.removed)
        return removed > FEW and removed * SHARE > self.size


def replacement(before: Plan, after: Plan) -> Replacement:
    """Compare a plan with the one that takes its place."""
    found = compare(before, after)
    both = [(before.items[code], item) for code, item in after.items.items() if code in before.items]
    products = sorted({*before.stock, *after.stock})
    changed = tuple(now.code for was, now in both if was != now)
    retitled = tuple(_title_line(was, now) for was, now in both if was.title != now.title)
    told = {line.item for line in (*found.lines, *retitled)}
    return Replacement(
        comparison=found,
        lines=(*found.lines, *_link_lines(found, before, after)),
        changed=changed,
        moved=tuple(now.code for was, now in both if (was.start, was.finish) != (now.start, now.finish)),
        stock=tuple(name for name in products if before.stock.get(name) != after.stock.get(name)),
        retitled=retitled,
        otherwise=tuple(code for code in changed if code not in told),
        recounted=_counted_in(before) != _counted_in(after),
        size=len(before.items),
    )


def nothing_before(after: Plan) -> Plan:
    """What stands for the plan there was, before the first."""
    return replace(after, revision=0, items={}, links=(), stock={})


def _title_line(was: Item, now: Item) -> Line:
    return Line(now.code, now.title, now.department, "title", was.title, now.title)


def _link_lines(found: Comparison, before: Plan, after: Plan) -> Iterator[Line]:
    for link in found.links_removed:
        yield _link_line(link, before, after, added=False)
    for link in found.links_added:
        yield _link_line(link, before, after, added=True)


def _link_line(link: Link, before: Plan, after: Plan, *, added: bool) -> Line:
    other, driven = link.way
    item = after.items.get(driven) or before.items[driven]
    return Line(driven, item.title, item.department, "link", *(("", other) if added else (other, "")))


def _counted_in(plan: Plan) -> tuple[object, ...]:
    return plan.name, plan.calendar, dict(plan.department_calendars), dict(plan.calendars)
