"""Taking a change back: the plan is what it was; what happened since stays, and is told."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from planning.change.change import Change
from planning.change.compensation import (
    GivenBack,
    Later,
    Restoration,
    as_if_never,
    given_back,
    left_of,
    restoration,
)
from planning.plan.impact import Impact, Line
from planning.plan.item import Item, Mode, Status
from planning.plan.link import Drives
from planning.plan.operation import Operation
from planning.plan.plan import Plan
from planning.refusal import Refusal
from planning.schedule.assess import assess
from tests.planning.build import MONDAY, change, day, item, link, plan_of, refusals, stock
from tests.planning.plans import TODAY, operations, placed_plans
from tests.planning.schedule.test_properties import after
from tests.small_company import NOW

many = settings(max_examples=200, deadline=None)
DATA = st.data()
PLANS = placed_plans()


def done(plan: Plan, *wanted: Operation, today: date = MONDAY) -> Plan:
    impact = assess(plan, wanted, today)
    assert refusals(impact) == []
    return after(plan, impact)


def back(before: Plan, then: Plan, now: Plan | None = None, later: Later | None = None, today: date = MONDAY) -> Plan:
    """The plan once the change between `before` and `then` is taken back."""
    now = now or then
    return done(now, *restoration(before, then, now, later or {}, today).operations, today=today)


def same(one: Plan, other: Plan) -> bool:
    return one.items == other.items and set(one.links) == set(other.links)


def told(found: Restoration) -> list[tuple[str, dict[str, str]]]:
    return [(refusal.code, dict(refusal.facts)) for refusal in found.left]


CHAIN = plan_of(item("A", "12-01", 3), item("B", "12-04", 2), item("C", "12-08"), link("A B"), link("B C"))


def test_what_was_pushed_comes_back_with_what_pushed_it() -> None:
    then = done(CHAIN, change("A", "shift", 2))
    assert then.items["C"].start == day("12-10")
    assert same(back(CHAIN, then), CHAIN)


def test_a_cancelled_item_is_there_again() -> None:
    then = done(CHAIN, change("B", "cancel"))
    assert then.items["B"].status is Status.CANCELLED
    assert same(back(CHAIN, then), CHAIN)


def test_an_item_that_came_is_cancelled() -> None:
    new = change("N", "add", {"title": "new", "start": "2026-12-15"})
    then = done(CHAIN, new, change("C", "link", {"successor": "N"}))
    again = back(CHAIN, then)
    assert again.items.pop("N").status is Status.CANCELLED  # type: ignore[attr-defined]
    assert same(again, CHAIN)


def test_links_come_and_go_with_everything_they_say() -> None:
    lagged = link("A C", "SS", 4, drives=Drives.SUCCESSOR, hard=False, ratio=Decimal("1.5"), scrap=Decimal("0.02"))
    plan = replace(CHAIN, links=(*CHAIN.links, lagged))
    other = {"successor": "C", "lag_days": "9"}
    then = done(plan, change("A", "unlink", {"successor": "C"}), change("A", "link", other))
    assert lagged not in then.links
    assert same(back(plan, then), plan)


def test_an_item_driven_by_its_need_follows_it_again() -> None:
    parts = item("P", "", 2, mode=Mode.ALAP), item("M", "12-10", 3), link("P M", drives=Drives.PREDECESSOR)
    plan = plan_of(*parts)
    then = done(plan, change("P", "set_start", "12-02"))
    assert then.items["P"].mode is Mode.PINNED
    assert same(back(plan, then), plan)


def test_quantities_come_back_and_what_stock_had_absorbed_stays() -> None:
    plan = plan_of(
        item("S", "12-10", quantity=Decimal(100), product="box"),
        item("M", "12-07", quantity=Decimal(100), product="part"),
        link("S M", "SF", drives=Drives.PREDECESSOR, ratio=Decimal(1)),
        stock=stock(part=30),
    )
    for amount in (120, 160, 70):
        then = done(plan, change("S", "set_quantity", Decimal(amount)))
        assert same(back(plan, then), plan), amount


def test_what_a_later_change_touched_again_stays_and_is_told() -> None:
    then = done(CHAIN, change("A", "shift", 2), change("C", "reassign", "sales"))
    now = done(then, change("C", "shift", 5))
    later = {("C", "start"): "CR-20261130-002", ("C", "finish"): "CR-20261130-002"}
    found = restoration(CHAIN, then, now, later, MONDAY)
    assert told(found) == [
        ("left-changed", {"item": "C", "title": "item C", "field": "dates", "by": "CR-20261130-002"}),
    ]
    again = done(now, *found.operations)
    assert (again.items["A"], again.items["B"]) == (CHAIN.items["A"], CHAIN.items["B"])
    assert again.items["C"].start == now.items["C"].start
    assert again.items["C"].department == CHAIN.items["C"].department, "of the rest nobody has said anything since"


def test_a_later_length_keeps_the_place_it_was_given_in() -> None:
    """Start, finish and length are one: a start cannot go back without taking the finish along."""
    then = done(CHAIN, change("C", "shift", 2))
    now = done(then, change("C", "set_duration", 4))
    found = restoration(CHAIN, then, now, {("C", "finish"): "CR-1", ("C", "duration"): "CR-1"}, MONDAY)
    assert found.operations == ()
    assert [code for code, _ in told(found)] == ["left-changed"]


def started(plan: Plan, code: str, **fields: object) -> Plan:
    return plan.with_items([replace(plan.items[code], **fields)])  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("status", "refusal"),
    [
        (Status.IN_PROGRESS, ("already-started", {"item": "A", "start": "2026-12-03"})),
        (Status.DONE, ("item-is-over", {"item": "A", "status": "done"})),
        (Status.CANCELLED, ("item-is-over", {"item": "A", "status": "cancelled"})),
    ],
)
def test_what_has_begun_or_ended_since_stays_and_the_rest_comes_back(
    status: Status, refusal: tuple[str, Mapping[str, str]]
) -> None:
    then = done(CHAIN, change("A", "shift", 2))
    now = started(then, "A", status=status)
    impact = assess(now, restoration(CHAIN, then, now, {}, MONDAY).operations, MONDAY)
    assert refusals(impact) == [refusal]
    assert "A" not in impact.changed


def test_work_that_had_begun_before_gets_its_finish_back() -> None:
    plan = started(CHAIN, "A", status=Status.IN_PROGRESS)
    then = done(plan, change("A", "shift", 3))
    assert same(back(plan, then), plan)


def test_a_start_that_has_passed_becomes_today() -> None:
    then = done(CHAIN, change("A", "shift", 5))
    today = day("12-03")
    found = restoration(CHAIN, then, then, {}, today)
    moved = [(refusal.code, dict(refusal.facts)) for refusal in found.moved]
    assert moved == [("left-past", {"item": "A", "title": "item A", "start": "2026-12-01"})]
    again = done(then, *found.operations, today=today)
    assert again.items["A"].start == today
    assert again.items["B"].start == day("12-08"), "what waits for it is pushed as ever"


def test_what_is_overdue_itself_moves_no_further_back() -> None:
    then = done(CHAIN, change("C", "shift", 2))
    today = day("12-20")
    found = restoration(CHAIN, then, then, {}, today)
    assert found.operations == ()
    assert [refusal.code for refusal in found.moved] == ["left-past"]


MOVED = Line("A", "item A", "dept-a", "start", "2026-12-01", "2026-12-03", 2)
LEFT = Refusal("left-changed", {"item": "A"})
PAST = Refusal("left-past", {"item": "A"})
BROKEN = Refusal("broken-link", {"item": "A"})


@pytest.mark.parametrize(
    ("impact", "came_of_it", "left"),
    [
        (Impact(7, (MOVED,)), GivenBack.WHOLLY, []),
        (Impact(7, (MOVED,), exceptions=(BROKEN,)), GivenBack.WHOLLY, []),
        (Impact(7, (MOVED,), refused=(LEFT,), exceptions=(BROKEN, PAST)), GivenBack.PARTLY, [LEFT, PAST]),
        (Impact(7, refused=(LEFT,)), GivenBack.NOTHING, [LEFT]),
        (Impact(7, exceptions=(PAST,)), GivenBack.NOTHING, [PAST]),
        (Impact(7), GivenBack.AS_IT_WAS, []),
        (Impact(7, exceptions=(BROKEN,)), GivenBack.AS_IT_WAS, []),
    ],
)
def test_what_came_of_taking_it_back(impact: Impact, came_of_it: GivenBack, left: list[Refusal]) -> None:
    by = Change("main", "CR-2", "qian", (), impact, 7, NOW, reverts="CR-1")
    assert (given_back(by), left_of(by)) == (came_of_it, left)


def line(field: str, before: str, after: str) -> Line:
    return Line("A", "item A", "dept-a", field, before, after)


@pytest.mark.parametrize(
    ("past", "fields"),
    [
        ([], {}),
        ([(False, line("department", "sales", "dept-a"))], {}),  # it still holds
        ([(True, line("department", "sales", "dept-a"))], {"department": "sales"}),
        # of two that were taken back the older one tells what was there before both
        ([(True, line("department", "sales", "dept-a")), (True, line("department", "shop", "sales"))],
         {"department": "shop"}),
        # what a change that holds left is what the newer ones found
        ([(True, line("department", "sales", "dept-a")), (False, line("department", "shop", "sales"))],
         {"department": "sales"}),
        ([(False, line("department", "sales", "dept-a")), (True, line("department", "shop", "sales"))], {}),
        # each field by itself
        ([(False, line("quantity", "10", "20")), (True, line("status", "proposed", "confirmed"))],
         {"status": Status.PROPOSED}),
        ([(False, line("status", "proposed", "confirmed")), (False, line("department", "sales", "dept-a")),
          (True, line("quantity", "10", "20"))], {"quantity": Decimal(10)}),
        ([(True, line("quantity", "", "20"))], {"quantity": None}),  # it had none
        ([(True, line("status", "", "confirmed"))], {}),  # there was no such item yet
        ([(True, line("start", "2026-12-02", "2026-12-01")), (True, line("finish", "2026-12-04", "2026-12-03"))],
         {"start": day("12-02"), "finish": day("12-04")}),
    ],
)  # fmt: skip
def test_an_item_of_the_past_without_what_was_taken_back_in_vain(
    past: list[tuple[bool, Line]], fields: dict[str, object]
) -> None:
    was = replace(CHAIN.items["A"], quantity=Decimal(20))
    assert as_if_never(was, past) == replace(was, **fields)  # type: ignore[arg-type]


@many
@given(PLANS, DATA)
def test_a_change_taken_back_at_once_leaves_the_plan_as_it_was(plan: Plan, data: st.DataObject) -> None:
    today = min((i.start for i in plan.items.values()), default=TODAY)
    today = min(today, TODAY)
    impact = assess(plan, data.draw(st.lists(operations(plan), min_size=1, max_size=4)), today)
    assume(not impact.refused)
    then = after(plan, impact)
    found = restoration(plan, then, then, {}, today)
    undone = assess(then, found.operations, today)
    assert (undone.refused, found.left, found.moved) == ((), (), ())
    assert same(after(then, undone), plan)


PEGGED = plan_of(
    item("S", "12-14", quantity=Decimal(100), product="box"),
    item("T", "12-15", quantity=Decimal(40), product="box"),
    item("M", "12-07", quantity=Decimal(140), product="part", lot_multiple=Decimal(10)),
    item("P", "12-01", quantity=Decimal(280), product="screw"),
    link("S M", "SF", drives=Drives.PREDECESSOR, ratio=Decimal(1)),
    link("T M", "SF", drives=Drives.PREDECESSOR, ratio=Decimal(1)),
    link("M P", "SF", drives=Drives.PREDECESSOR, ratio=Decimal(2)),
    stock=stock(part=30, screw=50),
)


@st.composite
def pegged(draw: st.DrawFn) -> Operation:
    code = draw(st.sampled_from(["S", "T", "M"]))
    match draw(st.sampled_from(["quantity", "cancel", "unlink", "link"])):
        case "cancel":
            return change(code, "cancel")
        case "unlink":
            return change(code, "unlink", {"successor": "P" if code == "M" else "M"})
        case "link":
            return change("S", "link", {"successor": "P", "kind": "SF", "ratio": "1", "drives": "predecessor"})
        case _:
            return change(code, "set_quantity", Decimal(draw(st.integers(0, 300))))


@many
@given(st.lists(pegged(), min_size=1, max_size=3))
def test_quantities_come_back_whatever_stock_lots_and_others_made_of_them(wanted: list[Operation]) -> None:
    impact = assess(PEGGED, wanted, MONDAY)
    assume(not impact.refused)
    then = after(PEGGED, impact)
    assert same(back(PEGGED, then), PEGGED)


@many
@given(PLANS, DATA)
def test_what_others_did_since_is_never_taken_back(plan: Plan, data: st.DataObject) -> None:
    first = assess(plan, data.draw(st.lists(operations(plan), min_size=1, max_size=3)), TODAY)
    then = after(plan, first)
    second = assess(then, data.draw(st.lists(operations(then), min_size=1, max_size=3)), TODAY)
    now = after(then, second)
    later = {(line.item, line.field): "CR-2" for line in second.lines}
    found = restoration(plan, then, now, later, TODAY)
    given_back = {operation.item: operation for operation in found.operations}
    for code, field in later:
        cells = given_back[code].to if code in given_back else None
        assert not (isinstance(cells, dict) and field in cells), (code, field)
    undone = after(now, assess(now, found.operations, TODAY))
    assert again(plan, undone, found, later) == []


def again(plan: Plan, undone: Plan, found: Restoration, later: Later) -> list[tuple[str, Item, Item]]:
    """Items that nobody else touched, that nothing was told of, and that still are not what they were: only what a
    link holds later than it stood, or a need drives."""
    told_of = {str(refusal.facts["item"]) for refusal in (*found.left, *found.moved)} | {code for code, _ in later}
    rest = [(code, was, undone.items[code]) for code, was in plan.items.items() if code not in told_of]
    return [row for row in rest if row[1].start > row[2].start and row[1].mode is Mode.ASAP]
