"""Figures of the plan as it stands, for whoever answers for the whole: the same that 总览, 晚单, 待批 and 齐套 tell."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from handlers.govern.facts import baselines_by_now, promised_in
from handlers.govern.readiness import in_turn, readiness_of, starting_soon
from handlers.govern.sources import ages
from handlers.reads.change.waiting import Wait, waits
from handlers.reads.plan.late_items import late_of
from handlers.reads.plan.underway import Underway, underway
from handlers.turn import Turn
from planning.change.change import Change
from planning.control.fences import Zone
from planning.facts.on_time import OnTime, on_time
from planning.facts.promise import PROMISED
from planning.facts.source import SourceAge
from planning.people.organisation import Department
from planning.plan.item import Item
from planning.plan.lateness import Lateness
from planning.plan.plan import Plan
from planning.readiness.line import Colour, Order
from planning.readiness.readiness import Readiness


@dataclass(frozen=True, slots=True)
class OfDepartment:
    department: Department
    open: int
    due: int
    """Of these by the end of the week."""
    late: int
    waits: int
    red: int


@dataclass(frozen=True, slots=True)
class Figures:
    late: Sequence[Lateness]
    """The worst first."""
    waits: Sequence[Wait]
    """The longest first."""
    overdue: Sequence[Wait]
    """Those for which somebody else was asked, because nobody answered."""
    readiness: Readiness
    red: Sequence[Order]
    orders: Sequence[Order]
    changes: Sequence[Change]
    frozen: Sequence[Change]
    """Of the open ones those that touch what is frozen."""
    moves: int
    """Revisions of the last `DAYS`."""
    moved_items: int
    on_time: OnTime
    sources: Sequence[SourceAge]
    departments: Sequence[OfDepartment]

    @property
    def late_orders(self) -> list[Lateness]:
        return [one for one in self.late if one.item.type in PROMISED]


def figures(turn: Turn) -> Figures:
    """Raises Refused("no-plan")."""
    plan = turn.plan()
    going = underway(turn)
    late, waiting = late_of(turn), waits(turn)
    readiness, orders = soon(turn, plan)
    red = red_among(orders)
    changes = [change for change in turn.uow.changes.open_ones() if change.submitted_at]
    return Figures(
        late=late, waits=waiting,
        overdue=[wait for wait in waiting if _has_climbed(turn, wait)],
        readiness=readiness, red=red, orders=orders, changes=changes,
        frozen=[change for change in changes if any(one.zone is Zone.FROZEN for one in change.policy.breaches)],
        moves=going.moves, moved_items=going.moved_items,
        on_time=turn.once("on time", [baselines_by_now(turn)], lambda: _on_time(turn, plan)), sources=ages(turn),
        departments=_by_department(turn, going, late, waiting, red),
    )  # fmt: skip


def soon(turn: Turn, plan: Plan) -> tuple[Readiness, list[Order]]:
    """Orders that start soon, the earliest first."""
    codes = starting_soon(turn, plan)
    readiness = readiness_of(turn, plan, codes)
    return readiness, in_turn(readiness, codes)


def red_among(orders: Sequence[Order]) -> list[Order]:
    return [order for order in orders if order.colour is Colour.RED]


def _has_climbed(turn: Turn, wait: Wait) -> bool:
    found = turn.uow.escalations.of_change(wait.change.no).get(wait.step.department)
    return bool(found and found.climbs)


def _on_time(turn: Turn, plan: Plan) -> OnTime:
    """Of this month up to yesterday: what is due today can still be kept."""
    first, last = turn.today.replace(day=1), turn.today - timedelta(days=1)
    orders = [item for item in plan.items.values() if item.type in PROMISED]
    promised: Mapping[str, date] = promised_in(turn, plan, [item.code for item in orders])
    return on_time(orders, promised, first, last)


def _by_department(
    turn: Turn, going: Underway, late: Sequence[Lateness], waiting: Sequence[Wait], red: Sequence[Order]
) -> list[OfDepartment]:
    """Those that have anything to do, in the order of the settings."""
    of_open, of_due = turn.once("by department", [], lambda: (_counted(going.open), _counted(going.due)))
    of_late, of_red = Counter(one.item.department for one in late), Counter(order.item.department for order in red)
    of_waits = Counter(wait.step.department for wait in waiting)
    return [
        OfDepartment(one, of_open[id], of_due[id], of_late[id], of_waits[id], of_red[id])
        for id, one in turn.organisation.departments.items()
        if of_open[id] or of_waits[id]
    ]


def _counted(items: Iterable[Item]) -> Counter[str]:
    return Counter(item.department for item in items)
