"""Large impacts: never more boxes than a page shows, and every item in one of them."""

from collections import Counter
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from cards.picture import Effect
from cards.picture.build import FOLDED, LIMIT
from cards.picture.edges import MOST_IDLE, MOST_WAYS
from cards.picture.fold import KEPT, Place, fold
from planning.plan.plan import Plan
from tests.cards.picture.draw import drawn, graph_of, node, texts
from tests.planning.build import change, item, link, plan_of

DEPARTMENTS = ("sales", "production", "purchasing")


def wide(count: int) -> Plan:
    """One item that all the others wait for; every tenth of them is promised."""
    others = [item(f"B{n:03}", department=DEPARTMENTS[n % 3]) for n in range(count) if n % 10]
    others += [item(f"B{n:03}", department=DEPARTMENTS[n % 3], due="12-08") for n in range(0, count, 10)]
    return plan_of(item("A", "12-07", department="production"), *others, *(link(f"A {one.code}") for one in others))


def test_as_many_as_fit_are_each_drawn() -> None:
    graph = graph_of(wide(LIMIT - 1), change("A", "shift", 1))
    assert (len(graph.nodes), graph.remark) == (LIMIT, "")
    assert all(node.count == 1 for node in graph.nodes)


def test_one_more_and_they_are_put_together_by_department() -> None:
    graph = graph_of(wide(LIMIT), change("A", "shift", 2))
    assert len(graph.nodes) <= FOLDED
    assert sum(node.count for node in graph.nodes) == LIMIT + 1
    groups = [node for node in graph.nodes if node.count > 1]
    assert {group.department for group in groups} == {"销售部", "生产部", "采购部"}
    assert graph.remark == f"项目太多，{sum(group.count for group in groups)} 项按部门和远近合并成了叠框。"
    assert all((group.badge, group.effect) == ("晚 2 天", Effect.LATER) for group in groups)


def test_the_cause_and_late_orders_keep_their_own_boxes() -> None:
    graph = graph_of(wide(LIMIT), change("A", "shift", 2))
    assert graph.nodes[0].key == "A"
    assert graph.nodes[0].is_cause
    assert [node.key for node in graph.nodes if node.alarm] == ["B000", "B010", "B020", "B030", "B040", "B050"]


def test_late_orders_without_a_box_of_their_own_are_counted() -> None:
    graph = graph_of(wide(600), change("A", "shift", 2))
    alone = [node for node in graph.nodes if node.count == 1]
    assert len(alone) == KEPT
    said = [node.alarm for node in graph.nodes if node.count > 1]
    assert said == ["其中 15 项晚交"] * 3
    assert len(alone) - 1 + 45 == 60


def test_a_group_tells_the_range_of_its_days() -> None:
    firsts = [item(f"B{n:03}", f"12-{8 + n % 3:02}", department="sales") for n in range(LIMIT)]
    plan = plan_of(item("A", "12-07"), *firsts, *(link(f"A {one.code}") for one in firsts))
    graph = graph_of(plan, change("A", "shift", 4))
    (group,) = [node for node in graph.nodes if node.count > 1]
    assert (group.badge, group.label, group.title) == ("晚 2~4 天", f"{LIMIT} 项", "B000、B001……")


def test_the_arrows_of_a_group_are_one_arrow() -> None:
    graph = graph_of(wide(LIMIT), change("A", "shift", 2))
    ends = Counter((edge.source, edge.target) for edge in graph.edges)
    assert set(ends.values()) == {1}
    assert {source for source, _ in ends} == {"A"}
    assert len(ends) == len(graph.nodes) - 1


def test_links_that_passed_nothing_on_are_left_out_when_there_are_too_many() -> None:
    codes = [f"B{n:02}" for n in range(20)]
    chain = [link(f"{one} {other}") for n, one in enumerate(codes) for other in codes[n + 1 :]]
    plan = plan_of(item("B00", "12-07"), *(item(code) for code in codes[1:]), *chain)
    graph = graph_of(plan, change("B00", "shift", 1))
    idle = [edge for edge in graph.edges if not edge.is_critical]
    assert len(idle) == MOST_IDLE
    assert graph.remark == f"另有 {len(chain) - 19 - MOST_IDLE} 条次要的线没有画出。"
    assert texts(drawn(graph), "head-remark") == [graph.remark]


def test_of_too_many_ways_every_box_keeps_the_one_that_tells_most() -> None:
    """A thousand items in layers, each driven by another of the layer before: folded, nearly everything is joined."""
    layers = [[f"L{layer:02}{n:02}" for n in range(50)] for layer in range(20)]
    items = [item(code, department=f"d{n % 19:02}") for layer in layers[1:] for n, code in enumerate(layer)]
    links = [
        link(f"{above[(7 * n + 3 * m) % 50]} {code}")
        for above, layer in pairwise(layers)
        for n, code in enumerate(layer)
        for m in range(2)
    ]
    first = [item(code, "12-07", department="d00") for code in layers[0]]
    graph = graph_of(plan_of(*first, *items, *links), *(change(code, "shift", 1) for code in layers[0]))
    assert len(graph.nodes) <= FOLDED
    assert len([edge for edge in graph.edges if edge.is_critical]) == MOST_WAYS
    assert len(graph.edges) <= MOST_WAYS + MOST_IDLE
    assert "条次要的线没有画出" in graph.remark
    reached = {edge.target for edge in graph.edges}
    assert {node.key for node in graph.nodes if not node.is_cause} <= reached
    assert len(texts(drawn(graph), "code")) == len(graph.nodes)


def test_a_group_is_drawn_as_a_stack() -> None:
    graph = graph_of(wide(LIMIT), change("A", "shift", 2))
    group = next(node for node in graph.nodes if node.count > 1)
    assert group.label in texts(drawn(graph), "code")
    assert node(graph, group.key) is group


PLACES = st.lists(
    st.builds(Place, st.integers(0, 400).map(lambda n: f"I{n}"), st.sampled_from("abcdefghij"), st.integers(0, 300)),
    unique_by=lambda place: place.code,
    min_size=1,
    max_size=200,
)


@given(PLACES, st.sets(st.integers(0, 400).map(lambda n: f"I{n}")), st.integers(4, 60))
def test_folding_keeps_everybody_and_the_limit(places: list[Place], important: set[str], most: int) -> None:
    keys = fold(places, important, most)
    assert set(keys) == {place.code for place in places}
    assert len(set(keys.values())) <= most
    departments = {place.code: place.department for place in places}
    members: dict[str, set[str]] = {}
    for code, key in keys.items():
        members.setdefault(key, set()).add(departments[code])
    assert all(len(found) == 1 for key, found in members.items() if key != "\n")
    assert fold(places[::-1], important, most).keys() == keys.keys()


def test_more_departments_than_there_is_room_for_share_the_last_box() -> None:
    places = [Place(f"I{n}", f"d{n % 30:02}", 1) for n in range(90)]
    keys = fold(places, set(), 10)
    assert len(set(keys.values())) == 10
    assert Counter(keys.values())["\n"] == 90 - 9 * 3
