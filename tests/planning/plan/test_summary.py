"""Two states of one plan in sum: whose it is, what it comes to, what is late."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from planning.plan.impact import LateOrder
from planning.plan.item import Constraint, Status
from planning.plan.link import Link
from planning.plan.operation import Op, Operation
from planning.plan.plan import Plan
from planning.plan.summary import Summary, Total, summarise
from planning.schedule.assess import assess
from tests.small_company import TODAY, plan


def changed(before: Plan, *operations: Operation) -> Plan:
    impact = assess(before, operations, TODAY)
    assert impact.refused == ()
    links = tuple(link for link in before.links if link not in impact.links_removed) + impact.links_added
    return replace(before.with_items(impact.changed.values()), revision=before.revision + 1, links=links)


def told(summary: Summary) -> list[tuple[str, str, str, str, int | None]]:
    return [(line.item, line.field, line.before, line.after, line.days) for line in summary.lines]


def test_a_plan_does_not_differ_from_itself() -> None:
    same = summarise(plan(1), plan(7))
    assert (same.lines, same.totals, same.late_orders, same.whole) == ((), (), (), Total(""))
    assert (same.before, same.after) == (1, 7)


def test_a_delay_is_told_by_department_with_its_days_and_the_late_order() -> None:
    delayed = summarise(plan(1), changed(plan(1), Operation("MO-1", Op.SHIFT, 2)))
    assert told(delayed) == [
        ("SO-1", "start", "2026-12-14", "2026-12-16", 2),
        ("SO-1", "finish", "2026-12-15", "2026-12-17", 2),
        ("DL-1", "start", "2026-12-16", "2026-12-18", 2),
        ("DL-1", "finish", "2026-12-16", "2026-12-18", 2),
        ("MO-1", "start", "2026-12-07", "2026-12-09", 2),
        ("MO-1", "finish", "2026-12-11", "2026-12-15", 2),
    ]
    assert delayed.totals == (
        Total("sales", items=2, later=2, days=4, late=1),
        Total("production", items=1, later=1, days=2),
    )
    assert delayed.whole == Total("", items=3, later=3, days=6, late=1)
    assert delayed.late_orders == (LateOrder("DL-1", "星河发货", date(2026, 12, 16), date(2026, 12, 18), 2),)


def test_what_came_and_what_went() -> None:
    columns = {"title": "抽检", "department": "quality", "start": "2026-12-21"}
    after = changed(plan(1), Operation("QA-1", Op.ADD, columns), Operation("RC-1", Op.CANCEL))
    items = {code: item for code, item in after.items.items() if code != "PO-1"}
    links = tuple(link for link in after.links if "PO-1" not in link.ends)
    found = summarise(plan(1), replace(after, items=items, links=links))
    assert found.totals == (
        Total("purchasing", items=1, dropped=1),
        Total("quality", items=1, added=1),
        Total("warehouse", items=1, dropped=1),
    )
    assert not [line for line in found.lines if line.field == "link"], "its links went with it"


def test_all_that_came_in_one_department_is_counted() -> None:
    columns = {"title": "抽检", "department": "quality", "start": "2026-12-21"}
    after = changed(plan(1), Operation("QA-1", Op.ADD, columns), Operation("QA-2", Op.ADD, columns))
    assert summarise(plan(1), after).totals == (Total("quality", items=2, added=2),)


def test_what_is_cancelled_is_counted_once_and_was_cancelled_before_is_not() -> None:
    before = changed(plan(1), Operation("RC-1", Op.CANCEL))
    after = changed(before, Operation("SO-1", Op.CANCEL), Operation("DL-1", Op.CANCEL))
    again = after.with_items([replace(after.items["RC-1"], owner="li", department="sales")])
    assert summarise(before, after).totals == (Total("sales", items=2, dropped=2),)
    assert summarise(before, again).totals == (Total("sales", items=3, dropped=2),)


def test_the_latest_order_is_told_first() -> None:
    due = [replace(item, constraint=Constraint.FINISH_NO_LATER_THAN, constraint_date=item.finish)
           for item in plan().items.values()]  # fmt: skip
    shifts = [("RC-1", 3), ("SO-1", 2), ("PO-1", 1)]
    promised = plan(1).with_items(due)
    after = changed(promised, *(Operation(code, Op.SHIFT, days) for code, days in shifts))
    told = [(order.item, order.days) for order in summarise(promised, after).late_orders]
    assert told == [("RC-1", 3), ("DL-1", 2), ("SO-1", 2), ("MO-1", 1), ("PO-1", 1)]


def test_an_item_counts_for_who_has_it_afterwards() -> None:
    given_away = changed(plan(1), Operation("MO-1", Op.REASSIGN, "warehouse"))
    assert summarise(plan(1), given_away).totals == (Total("warehouse", items=1),)


def test_one_departments_part_is_what_the_whole_tells_of_it() -> None:
    after = changed(plan(1), Operation("MO-1", Op.SHIFT, 2), Operation("RC-1", Op.CANCEL))
    whole, part = summarise(plan(1), after), summarise(plan(1), after, "sales")
    assert part.lines == tuple(line for line in whole.lines if line.department == "sales")
    assert part.totals == tuple(total for total in whole.totals if total.department == "sales")
    assert part.late_orders == whole.late_orders
    assert summarise(plan(1), after, "warehouse").late_orders == ()


def test_links_that_came_and_went_are_lines_of_the_item_they_drive() -> None:
    relinked = changed(
        plan(1), Operation("PO-1", Op.UNLINK, {"successor": "MO-1"}), Operation("RC-1", Op.LINK, {"successor": "DL-1"})
    )
    found = summarise(plan(1), relinked)
    links = {(line.item, line.before, line.after) for line in found.lines if line.field == "link"}
    assert links == {("MO-1", "PO-1", ""), ("DL-1", "", "RC-1")}


def test_an_order_that_was_as_late_before_is_no_news() -> None:
    late = changed(plan(1), Operation("MO-1", Op.SHIFT, 2))
    assert summarise(late, changed(late, Operation("RC-1", Op.SHIFT, 1))).late_orders == ()
    later = summarise(late, changed(late, Operation("DL-1", Op.SHIFT, 1)))
    assert [(order.item, order.days) for order in later.late_orders] == [("DL-1", 3)]


def test_a_promise_that_was_tightened_is_late_without_a_moved_date() -> None:
    due = replace(plan().items["DL-1"], constraint_date=date(2026, 12, 15))
    tightened = summarise(plan(1), plan(2).with_items([due]))
    assert tightened.lines == ()
    assert tightened.totals == (Total("sales", late=1),)


OPERATIONS = st.lists(
    st.one_of(
        st.builds(Operation, st.sampled_from(["PO-1", "MO-1", "SO-1", "RC-1"]), st.just(Op.SHIFT), st.integers(1, 9)),
        st.builds(Operation, st.just("SO-1"), st.just(Op.SET_QUANTITY), st.integers(1, 9).map(Decimal)),
        st.builds(Operation, st.sampled_from(["RC-1", "DL-1"]), st.just(Op.CANCEL)),
    ),
    max_size=4,
)


@given(OPERATIONS)
def test_backwards_it_is_the_same_with_the_sides_changed(operations: list[Operation]) -> None:
    before = plan(1)
    after = before
    for operation in operations:
        if after.items[operation.item].status is not Status.CANCELLED:
            after = changed(after, operation)
    forth, back = summarise(before, after), summarise(after, before)
    assert {(i, f, a, b, -d if d else d) for i, f, b, a, d in told(forth)} == set(told(back))
    assert forth.whole.days == -back.whole.days
    assert bool(forth.lines) == (before.items != after.items)


def test_the_order_of_items_and_links_does_not_matter() -> None:
    before = replace(plan(1), links=(*plan().links, Link("RC-1", "DL-1")))
    after = changed(before, Operation("MO-1", Op.SHIFT, 2), Operation("RC-1", Op.SHIFT, 3))
    turned = replace(after, items=dict(list(after.items.items())[::-1]), links=after.links[::-1])
    assert summarise(before, turned) == summarise(before, after)
