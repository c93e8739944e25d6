"""What rules see of a wanted operation: the events it belongs to, and the facts their conditions speak of."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from planning.control.condition import Condition
from planning.control.fences import Zone
from planning.control.rules import TYPES, Event
from planning.control.triggers import Wish, facts_of
from planning.people.organisation import Person, Role
from planning.plan.impact import Impact, LateOrder, Shortage
from planning.plan.item import Item, Status
from planning.plan.operation import Operation
from planning.plan.plan import Plan
from planning.plan.timetable import Timetable
from tests.planning.build import MONDAY, change, day, effect, item, link, plan_of

QIAN = Person("qian", "钱波", "purchasing", frozenset({Role.PLANNER, Role.APPROVER}))


def wish(plan: Plan, operation: Operation, reason: str = "", today: date = MONDAY, **impact: Any) -> Wish:
    """`impact` overrides fields of what the operation really does to the plan."""
    done = replace(effect(plan, operation), **impact)
    calendar = Timetable(plan).for_columns("", "")
    return Wish(operation, plan, done, calendar, Zone.SLUSHY, reason, today, QIAN)


def moved(days: int, kind: str = "task", reason: str = "", **impact: Any) -> Wish:
    """One item of a kind, some working days later or earlier."""
    return wish(plan_of(item("A", "12-07", 3, type=kind)), change("A", "shift", days), reason, **impact)


@pytest.mark.parametrize(
    ("kind", "days", "reason", "events"),
    [
        ("task", 2, "", set()),
        ("sales_order", 2, "", {Event.ORDER_CHANGE}),
        ("delivery", -1, "", {Event.ORDER_CHANGE}),
        ("forecast", 2, "", {Event.ORDER_CHANGE}),
        ("purchase", 1, "", {Event.MATERIAL_DELAY}),
        ("receipt", 3, "", {Event.MATERIAL_DELAY}),
        ("purchase", -1, "", {Event.MATERIAL_ARRIVAL}),
        ("receipt", -2, "", {Event.MATERIAL_ARRIVAL}),
        ("task", 1, "三号线停机", {Event.MACHINE_DOWN}),
        ("quality", 1, "", {Event.QUALITY_HOLD}),
        ("task", 1, "来料不良", {Event.QUALITY_HOLD}),
        ("promotion", 1, "", {Event.PROMOTION}),
        ("task", 1, "双十一提前", {Event.PROMOTION}),
        ("sales_order", 1, "双十一提前", {Event.ORDER_CHANGE, Event.PROMOTION}),
        ("purchase", 2, "设备故障", {Event.MATERIAL_DELAY, Event.MACHINE_DOWN}),
    ],
)
def test_kind_direction_and_reason_make_the_events(kind: str, days: int, reason: str, events: set[Event]) -> None:
    assert facts_of(moved(days, kind, reason)).events == events


def test_a_material_that_only_grows_is_neither_late_nor_early() -> None:
    plan = plan_of(item("A", "12-07", type="purchase", quantity=Decimal(100)))
    assert facts_of(wish(plan, change("A", "set_quantity", Decimal(120)))).events == set()


@pytest.mark.parametrize(
    ("kind", "reason", "fitting", "code"),
    [
        ("promotion", "设备故障", {}, "other"),
        ("promotion", "设备故障，客户要求", {}, "customer"),  # the next one that fits
        ("payment", "贴片机停机", {}, "other"),
        ("payment", "双十一大促", {}, "other"),
        ("forecast", "停机", {}, "other"),
        ("quality", "停机", {}, "machine"),
        ("delivery", "停机", {}, "machine"),
        ("注塑", "停机", {}, "machine"),  # a type of the company's own
        ("promotion", "停机", {"machine": ("promotion",)}, "machine"),
        ("注塑", "停机", {"machine": ("promotion",)}, "other"),
        ("production", "缺料", {"machine": ("promotion",)}, "material"),
        ("collection", "客户要求", {}, "customer"),
    ],
)
def test_a_reason_code_needs_an_item_it_fits(
    kind: str, reason: str, fitting: dict[str, tuple[str, ...]], code: str
) -> None:
    facts = facts_of(replace(moved(1, kind, reason), fitting=fitting))
    assert facts.reason_code == code
    assert (Event.MACHINE_DOWN in facts.events) == (code == "machine")


@pytest.mark.parametrize(
    ("finish", "status", "overdue"),
    [
        ("11-27", Status.CONFIRMED, True),
        ("11-27", Status.IN_PROGRESS, True),
        ("11-30", Status.CONFIRMED, False),  # today is not over
        ("12-01", Status.CONFIRMED, False),
        ("11-27", Status.DONE, False),
        ("11-27", Status.CANCELLED, False),
    ],
)
def test_what_should_be_finished_and_is_not_is_overdue(finish: str, status: Status, overdue: bool) -> None:
    plan = plan_of(item("A", finish, status=status))
    assert facts_of(wish(plan, change("A", "pin"))).events == ({Event.OVERDUE} if overdue else set())


def shortage(after: int, before: int = 0) -> Shortage:
    return Shortage("chip", "件", Decimal(before), Decimal(after))


@pytest.mark.parametrize(
    ("shortages", "short"),
    [
        ((), 0),
        ((shortage(1),), 1),
        ((shortage(0, before=5),), 0),  # what was short is so no more
        ((shortage(-3),), 0),  # left over
        ((shortage(-3), shortage(2), shortage(7)), 2),
    ],
)
def test_only_what_is_short_afterwards_is_a_shortage(shortages: tuple[Shortage, ...], short: int) -> None:
    facts = facts_of(moved(1, shortages=shortages))
    assert facts.events == ({Event.SHORTAGE} if short else set())
    assert facts.values["shortages"] == short


def test_every_fact_of_a_delay() -> None:
    late = tuple(LateOrder(code, "", day("12-10"), day("12-11"), 1) for code in ("B", "C"))
    plan = plan_of(
        item("A", "12-07", 3, type="purchase", department="purchasing", product="chip", quantity=Decimal(2000)),
        item("B", department="production"),
        link("A B"),
    )
    wanted = wish(plan, change("A", "shift", 2), "晶圆缺货", day("12-02"), late_orders=late)
    assert facts_of(wanted).values == {
        "item": {
            "code": "A", "type": "purchase", "department": "purchasing", "status": "confirmed", "zone": "slushy",
            "product": "chip", "days_to_start": 3,
        },
        "op": "shift",
        "days": 2,
        "quantity": {"before": 2000.0, "after": 2000.0, "ratio": 1.0},
        "reason_code": "material",
        "late_orders": 2,
        "shortages": 0,
        "departments": 2,
        "proposer": {"department": "purchasing", "roles": ["approver", "planner"]},
        "today": {"weekday": 3},
    }  # fmt: skip


def test_another_system_has_neither_department_nor_roles() -> None:
    facts = facts_of(replace(moved(1), proposer=None))
    assert facts.values["proposer"] == {"department": "", "roles": []}


def test_an_unknown_item_has_no_facts_of_its_own() -> None:
    facts = facts_of(replace(moved(1, reason="撤单"), operation=change("Z", "shift", 1)))
    assert (facts.values["item"], facts.values["days"], facts.values["quantity"]) == ({}, 0, {})
    assert facts.events == set()


def test_a_new_item_is_spoken_of_as_it_would_be() -> None:
    plan = plan_of(item("A", "12-07"))
    new = Item("N", "新订单", day("12-01"), day("12-01"), type="sales_order", quantity=Decimal(5))
    operation = change("N", "add")
    facts = facts_of(replace(wish(plan, change("A", "pin")), operation=operation, impact=Impact(7, changed={"N": new})))
    assert facts.events == {Event.ORDER_CHANGE}
    assert (facts.values["item"]["code"], facts.values["item"]["days_to_start"]) == ("N", 1)
    assert facts.values["quantity"] == {"after": 5.0}


@pytest.mark.parametrize(
    ("operation", "days"),
    [
        (change("A", "shift", 2), 2),
        (change("A", "shift", -2), -2),
        (change("A", "set_duration", 5), 2),  # it starts as before and finishes later
        (change("A", "set_duration", 1), -2),
        (change("A", "set_quantity", Decimal(7)), 0),
    ],
)
def test_days_are_those_of_its_own_finish(operation: Operation, days: int) -> None:
    plan = plan_of(item("A", "12-07", 3, quantity=Decimal(5)), item("B", "12-10"), link("A B"))
    assert facts_of(wish(plan, operation)).values["days"] == days


def test_where_the_finish_stays_the_start_says_how_far() -> None:
    lines = tuple(
        replace(line, days=0) if line.field == "finish" else line for line in moved(4).impact.lines
    )
    assert facts_of(moved(4, lines=lines)).values["days"] == 4


def test_what_others_move_is_not_its_own_shift() -> None:
    plan = plan_of(item("A", "12-07", 3), item("B", days=2), link("A B"))
    behind = replace(wish(plan, change("A", "shift", 3)), operation=change("B", "pin"))
    ahead = replace(behind, operation=change("A", "pin"), impact=effect(plan, change("B", "set_duration", 4)))
    assert facts_of(behind).values["days"] == 3
    assert facts_of(ahead).values["days"] == 0


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (100, 150, {"before": 100.0, "after": 150.0, "ratio": 1.5}),
        (100, 0, {"before": 100.0, "after": 0.0, "ratio": 0.0}),
        (0, 10, {"before": 0.0, "after": 10.0}),  # of nothing there is no ratio
    ],
)
def test_a_quantity_before_and_after(before: int, after: int, told: dict[str, float]) -> None:
    plan = plan_of(item("A", "12-07", quantity=Decimal(before)))
    assert facts_of(wish(plan, change("A", "set_quantity", Decimal(after)))).values["quantity"] == told


def test_without_a_quantity_a_condition_on_it_does_not_hold() -> None:
    facts = facts_of(moved(1))
    assert facts.values["quantity"] == {}
    (part,) = Condition.of("quantity.ratio > 1.2", TYPES).parts(facts.values)
    assert part.holds is None
