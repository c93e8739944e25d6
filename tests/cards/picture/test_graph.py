"""What is in the picture: the items that change, how they fare, and the links the change went along."""

from dataclasses import replace
from decimal import Decimal
from random import Random

import pytest

from cards.picture import Effect
from planning.plan.item import Mode
from planning.plan.link import Drives, LagKind
from planning.plan.plan import Plan
from tests.cards.picture.draw import NO, graph_of, node
from tests.planning.build import change, item, link, plan_of


@pytest.fixture
def plan() -> Plan:
    """An order that needs a part in time and is promised; two more hang on the same machine."""
    return plan_of(
        item("MO-1", "12-07", 3, department="production"),
        item("PO-1", days=2, mode=Mode.ALAP, department="purchasing"),
        item("DL-1", days=2, department="sales", due="12-14"),
        item("MO-2", "12-11", 2, department="production"),
        item("AR-1", department=""),
        link("PO-1 MO-1", drives=Drives.PREDECESSOR, lag=1),
        link("MO-1 DL-1"),
        link("MO-1 MO-2"),
        link("DL-1 AR-1", lag=14, lag_kind=LagKind.CALENDAR),
        link("PO-1 AR-1"),
    )


def test_every_changed_item_is_there_once_and_the_cause_comes_first(plan: Plan) -> None:
    graph = graph_of(plan, change("MO-1", "shift", 3))
    assert graph.nodes[0].key == "MO-1"
    assert {node.key for node in graph.nodes} == {"MO-1", "PO-1", "DL-1", "MO-2", "AR-1"}
    assert [node.key for node in graph.nodes if node.is_cause] == ["MO-1"]
    assert graph.title == f"{NO} · MO-1 item MO-1 推迟3天"
    assert graph.subtitle.startswith("影响 5 项、3 个部门，晚交 1 单")


def test_nodes_say_whose_they_are_and_how_they_fare(plan: Plan) -> None:
    graph = graph_of(plan, change("MO-1", "shift", 3))
    late = node(graph, "DL-1")
    assert (late.department, late.effect, late.badge) == ("销售部", Effect.LATE, "晚 3 天")
    assert late.changes == ("12-10~12-11 → 12-15~12-16",)
    assert late.alarm == "晚交 2 天（应 12-14）"
    absorbed = node(graph, "MO-2")
    assert (absorbed.department, absorbed.effect, absorbed.badge) == ("生产部", Effect.LATER, "晚 2 天")
    assert (node(graph, "AR-1").department, node(graph, "AR-1").color) == ("（无部门）", -1)
    assert node(graph, "MO-1").color == node(graph, "MO-2").color == 1


def test_edges_are_the_links_that_carried_the_change(plan: Plan) -> None:
    graph = graph_of(plan, change("MO-1", "shift", 3))
    critical = {(edge.source, edge.target): edge.label for edge in graph.edges if edge.is_critical}
    assert critical == {
        ("MO-1", "PO-1"): "倒排 +1天",
        ("MO-1", "DL-1"): "",
        ("MO-1", "MO-2"): "余量抵 1 天",
        ("DL-1", "AR-1"): "+14自然日",
    }
    assert [(edge.source, edge.target) for edge in graph.edges if edge.is_late] == [("MO-1", "DL-1")]
    assert [(edge.source, edge.target) for edge in graph.edges if not edge.is_critical] == [("PO-1", "AR-1")]


def test_what_goes_earlier_and_what_changes_otherwise_has_its_own_look() -> None:
    plan = plan_of(
        item("A", "12-07", 2), item("B", days=1), link("A B"), item("C", "12-07", quantity=Decimal(5), product="c")
    )
    graph = graph_of(plan, change("A", "shift", -2, pull=True), change("C", "set_quantity", Decimal(8)))
    assert (node(graph, "B").effect, node(graph, "B").badge) == (Effect.EARLIER, "早 2 天")
    changed = node(graph, "C")
    assert (changed.effect, changed.badge, changed.changes) == (Effect.CHANGED, "+3", ("数量 5 → 8",))


def test_a_cancelled_item_says_so() -> None:
    graph = graph_of(plan_of(item("A", "12-07")), change("A", "cancel"))
    assert (node(graph, "A").badge, node(graph, "A").effect) == ("已取消", Effect.CHANGED)


def test_what_the_change_went_through_without_moving_it_is_drawn_too() -> None:
    plan = plan_of(item("A", "12-07", 2), item("B", "12-01"))
    graph = graph_of(plan, change("A", "link", {"successor": "B"}))
    through = node(graph, "A")
    assert (through.effect, through.title, through.changes, through.is_cause) == (Effect.UNMOVED, "item A", (), True)
    assert [(edge.source, edge.target) for edge in graph.edges] == [("A", "B")]


def test_a_quantity_says_its_ratio() -> None:
    plan = plan_of(
        item("S", "12-01", quantity=Decimal(10), product="box"),
        item("M", "12-01", quantity=Decimal(20), product="part"),
        link("S M", ratio=Decimal(2)),
    )
    graph = graph_of(plan, change("S", "set_quantity", Decimal(15)))
    assert [edge.label for edge in graph.edges] == ["×2"]


def test_a_change_of_nothing_is_an_empty_picture(plan: Plan) -> None:
    graph = graph_of(plan, change("MO-1", "shift", 0))
    assert (graph.nodes, graph.edges) == ((), ())


def test_in_english(plan: Plan) -> None:
    graph = graph_of(plan, change("MO-1", "shift", 3), locale="en")
    assert node(graph, "DL-1").alarm == "2d late (due 12-14)"
    assert {edge.label for edge in graph.edges} == {"timed back +1d", "slack took 1d", "+14 cal. days", ""}


def test_the_order_of_the_plan_is_nothing(plan: Plan) -> None:
    shift = change("MO-1", "shift", 3)
    expected = graph_of(plan, shift)
    for seed in range(5):
        items, links = list(plan.items.items()), list(plan.links)
        Random(seed).shuffle(items)
        Random(seed).shuffle(links)
        assert graph_of(replace(plan, items=dict(items), links=tuple(links)), shift) == expected
