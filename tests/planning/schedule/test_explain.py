"""Why a line is as it is, item by item, link by link."""

from decimal import Decimal

from planning.plan.item import Mode
from planning.plan.link import Drives
from planning.schedule.explain import edges, explain
from tests.planning.build import change, effect, item, link, plan_of

PLAN = plan_of(
    item("A", "12-01", 2),
    item("B", "12-03", 2),
    item("C", "12-09"),
    item("D", "12-10"),
    item("E", "12-21"),
    link("A B"),
    link("A B", "SS"),
    link("B C", lag=1),
    link("C D"),
    link("A D"),
    link("D E"),
)


def test_the_way_from_the_cause_to_a_line() -> None:
    impact = effect(PLAN, change("A", "shift", 4))
    steps = explain(PLAN, impact, "D")
    assert [step.item.code for step in steps] == ["A", "B", "C", "D"]
    assert [step.link for step in steps] == [None, link("A B"), link("B C", lag=1), link("C D")]
    assert [step.line and step.line.days for step in steps] == [4, 4, 3, 3]
    assert [step.absorbed for step in steps] == [0, 0, 1, 0]
    assert str(steps[-1].item.finish) == "2026-12-15"


def test_an_item_that_does_not_change_has_nothing_to_explain() -> None:
    assert explain(PLAN, effect(PLAN, change("A", "shift", 4)), "E") == ()


def test_a_need_explains_why_its_purchase_moves() -> None:
    need = link("PO MO", drives=Drives.PREDECESSOR)
    plan = plan_of(item("PO", mode=Mode.ALAP), item("MO", "12-10"), need)
    steps = explain(plan, effect(plan, change("MO", "shift", 2)), "PO")
    assert [(step.item.code, step.link) for step in steps] == [("MO", None), ("PO", need)]


def test_a_quantity_has_its_own_way() -> None:
    peg = link("PO MO", ratio=Decimal(2), drives=Drives.PREDECESSOR)
    plan = plan_of(item("PO", "12-01", quantity=Decimal(20)), item("MO", "12-10", quantity=Decimal(10)), peg)
    steps = explain(plan, effect(plan, change("MO", "set_quantity", Decimal(15))), "PO", "quantity")
    assert [(step.item.code, step.link) for step in steps] == [("MO", None), ("PO", peg)]
    assert [step.line and step.line.after for step in steps] == ["15", "30"]


def test_the_picture_of_a_change_tells_the_critical_links() -> None:
    impact = effect(PLAN, change("A", "shift", 4))
    drawn = {(edge.link.ends, edge.link.kind.value): edge.critical for edge in edges(PLAN, impact)}
    assert drawn == {
        (("A", "B"), "FS"): True,
        (("A", "B"), "SS"): True,
        (("B", "C"), "FS"): True,
        (("C", "D"), "FS"): True,
        (("A", "D"), "FS"): False,
    }
