"""The drawing: sound XML whatever people write, everything on it in its place, the same every time."""

import os
import subprocess
import sys
import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cards.picture import Edge, Effect, Graph, Node, svg_of
from cards.picture.box import WIDTH
from tests.cards.picture.draw import NO, SVG, drawn, graph_of, texts
from tests.planning.build import change, item, link, plan_of

PLAN = plan_of(
    item("MO-1", "12-07", 3, department="production"),
    item("DL-1", days=2, department="sales", due="12-14"),
    item("AR-1"),
    link("MO-1 DL-1"),
    link("DL-1 AR-1", lag=2),
    link("MO-1 AR-1"),
)
GRAPH = graph_of(PLAN, change("MO-1", "shift", 3))
HOSTILE = [
    "<script>alert(1)</script>",
    '"/><image href="http://evil.example/x.png"/>',
    "]]><svg onload='alert(1)'>&nbsp;&#x0;",
    "a\x00b\x1b[31m\u202ekcab\ud800\ufffe",
    r"\N \G \l <b>bold</b> %n {{ graph }} {% raw %}",
    "]" * 400,
]


def test_it_shows_what_the_graph_says() -> None:
    root = drawn(GRAPH)
    assert root.tag == f"{SVG}svg"
    assert root.findtext(f"{SVG}title") == GRAPH.title
    assert texts(root, "code") == ["MO-1", "DL-1", "AR-1"]
    assert texts(root, "badge") == ["晚 3 天", "晚 3 天", "晚 3 天"]
    assert texts(root, "alarm") == ["晚交 2 天（应 12-14）"]
    assert texts(root, "label") == ["+2天"]
    assert texts(root, "cause-word") == ["起因"]
    assert texts(root, "department") == ["生产部", "销售部", "dept-ar-1"]


def test_lines_are_explained_as_far_as_there_are_any() -> None:
    root = drawn(GRAPH)
    assert texts(root, "legend") == ["传到晚交的订单", "变化从这里传过去", "有关联，但不是它推动的"]
    classes = [kind for path in root.iter(f"{SVG}path") if "arrow" in (kind := path.get("class", ""))]
    assert sorted(classes) == ["arrow late", "arrow link", "arrow way"]
    alone = graph_of(plan_of(item("A", "12-07")), change("A", "shift", 1))
    assert texts(drawn(alone), "legend") == []


def test_everything_lies_inside_the_picture() -> None:
    root = drawn(GRAPH)
    across, down = float(root.get("width", 0)), float(root.get("height", 0))
    boxes = [group for group in root.iter(f"{SVG}g") if group.get("data-code")]
    for group in boxes:
        x, y = (float(part) for part in group.get("transform", "")[10:-1].split())
        assert 0 <= x <= across - WIDTH
        assert 0 <= y <= down
    for text in root.iter(f"{SVG}text"):
        assert float(text.get("y", 0)) <= down


@pytest.mark.parametrize("text", HOSTILE)
def test_what_people_write_is_text_and_nothing_else(text: str) -> None:
    hostile = replace(
        GRAPH,
        title=text,
        subtitle=text,
        remark=text,
        nodes=tuple(
            replace(node, title=text, department=text, changes=(text,), badge=text, alarm=text) for node in GRAPH.nodes
        ),
        edges=tuple(replace(edge, label=text) for edge in GRAPH.edges),
    )
    root = drawn(hostile)
    known = {"svg", "title", "style", "defs", "marker", "path", "rect", "text", "g"}
    assert {element.tag.removeprefix(SVG) for element in root.iter()} == known
    for element in root.iter():
        assert not [name for name in element.attrib if name.startswith("on") or name.endswith("href")]
    assert not {"\x00", "\x1b", "\u202e", "\ufffe"} & set(ET.tostring(root, "unicode"))


def test_codes_are_text_too() -> None:
    nodes = (Node("<a>", '<a href="x">', "d", 0, "t", Effect.LATER), Node("\\N", "\\N", "d", 1, "t", Effect.LATER))
    root = drawn(Graph("t", "s", nodes, (Edge("<a>", "\\N"),)))
    assert texts(root, "code") == ['<a href="x">', "\\N"]


def test_the_style_stays_as_it_is_whatever_the_graph_is_called() -> None:
    style = drawn(GRAPH).findtext(f"{SVG}style")
    assert drawn(replace(GRAPH, title="}</style> * { display: none }")).findtext(f"{SVG}style") == style


def test_another_process_draws_the_same(tmp_path: Path) -> None:
    """Neither the hash seed nor what was drawn before matters; nor do the fonts of the machine."""
    imports = "from cards.picture import svg_of; from tests.cards.picture.test_svg import GRAPH"
    code = f"{imports}; print(svg_of(GRAPH), end='')"
    empty = tmp_path / "fonts.conf"
    empty.write_text(f"<fontconfig><dir>{tmp_path}</dir><cachedir>{tmp_path}</cachedir></fontconfig>")
    for seed, more in (("1", {}), ("2", {"FONTCONFIG_FILE": str(empty)})):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8", **more}
        answer = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, check=True)
        assert answer.stdout.decode() == svg_of(GRAPH)
        assert answer.stderr == b""


def test_an_empty_graph_is_a_picture_with_its_title() -> None:
    root = drawn(Graph(NO, "没有变化", (), ()))
    assert [text for text in texts(root) if text] == [NO, "没有变化"]


NAMES = st.lists(st.integers(0, 25), min_size=1, max_size=26, unique=True)


@settings(max_examples=120, deadline=None)
@given(NAMES, st.data())
def test_any_graph_can_be_drawn_circles_and_all(names: list[int], data: st.DataObject) -> None:
    label = st.text(st.characters(), max_size=12)
    nodes = tuple(
        Node(f"k{n}", data.draw(label), data.draw(label), n - 1, data.draw(label), data.draw(st.sampled_from(Effect)))
        for n in names
    )
    end = st.sampled_from([node.key for node in nodes])
    drawn_edges = data.draw(st.lists(st.tuples(end, end, label, st.booleans()), max_size=60))
    edges = tuple(Edge(a, b, text, critical) for a, b, text, critical in drawn_edges if a != b)
    root = drawn(Graph("t", "s", nodes, edges))
    assert len(texts(root, "code")) == len(nodes)
    assert len([path for path in root.iter(f"{SVG}path") if "arrow" in path.get("class", "")]) == len(edges)
