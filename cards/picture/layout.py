"""Places of boxes and arrows: Graphviz's layered layout, asked for geometry only.

The sizes are ours and no text is handed over: what Graphviz measures depends on the machine's fonts, and a server may
have none.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Any

from pygraphviz import AGraph

POINTS = 72
"""Graphviz takes sizes in inches and gives positions in points; here one point is one pixel."""
SPACE = '<<TABLE BORDER="0" FIXEDSIZE="TRUE" WIDTH="{}" HEIGHT="{}"><TR><TD></TD></TR></TABLE>>'
"""A label of this size with nothing in it."""
_one_at_a_time = Lock()
"""Graphviz keeps its state in globals."""


@dataclass(frozen=True, slots=True)
class Size:
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Arrow:
    source: str
    target: str
    label: Size | None = None
    weight: int = 1
    """Heavier ones are drawn shorter and straighter."""


@dataclass(frozen=True, slots=True)
class Route:
    """`path` is SVG path data; `label` the label's middle."""

    path: str
    label: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Layout:
    """Geometry in pixels from the top left corner."""

    width: float
    height: float
    corners: Mapping[str, tuple[float, float]]
    """Top left corner of each box."""
    routes: Sequence[Route]
    """Routes in the order of the arrows."""


def arrange(boxes: Mapping[str, Size], arrows: Sequence[Arrow]) -> Layout:
    """Downwards or to the right, whichever comes nearer to a square. The same input gives the same layout."""
    both = [_arrange(boxes, arrows, direction) for direction in ("TB", "LR")]
    return min(both, key=lambda layout: max(layout.width, layout.height))


def _arrange(boxes: Mapping[str, Size], arrows: Sequence[Arrow], direction: str) -> Layout:
    with _one_at_a_time:
        graph = AGraph(directed=True, strict=False, rankdir=direction, nodesep="0.3", ranksep="0.42")
        try:
            _fill(graph, boxes, arrows)
            drawn = json.loads(graph.draw(format="json0", prog="dot"))
        finally:
            graph.close()
    return _read(drawn, boxes, arrows)


def _fill(graph: AGraph, boxes: Mapping[str, Size], arrows: Sequence[Arrow]) -> None:
    """Nodes and edges by number: no name of ours means anything to Graphviz."""
    graph.node_attr.update(shape="box", fixedsize="true", label="")
    graph.edge_attr.update(dir="none")
    numbers = {key: str(number) for number, key in enumerate(boxes)}
    for key, size in boxes.items():
        graph.add_node(numbers[key], width=size.width / POINTS, height=size.height / POINTS)
    for number, arrow in enumerate(arrows):
        more = {"label": SPACE.format(arrow.label.width, arrow.label.height)} if arrow.label else {}
        ends = numbers[arrow.source], numbers[arrow.target]
        graph.add_edge(*ends, key=str(number), id=str(number), weight=arrow.weight, **more)


def _read(drawn: dict[str, Any], boxes: Mapping[str, Size], arrows: Sequence[Arrow]) -> Layout:
    left, bottom, right, top = (float(value) for value in drawn["bb"].split(","))

    def place(text: str) -> tuple[float, float]:
        x, y = (float(value) for value in text.split(","))
        return round(x - left, 1), round(top - y, 1)

    middles = {thing["name"]: place(thing["pos"]) for thing in drawn.get("objects", ())}
    corners = {}
    for number, (key, size) in enumerate(boxes.items()):
        x, y = middles[str(number)]
        corners[key] = round(x - size.width / 2, 1), round(y - size.height / 2, 1)
    edges = {int(edge["id"]): edge for edge in drawn.get("edges", ())}
    routes = []
    for number in range(len(arrows)):
        start, *rest = (place(point) for point in edges[number]["pos"].split())
        path = f"M{_written(start)}C{' '.join(_written(point) for point in rest)}"
        label = edges[number].get("lp")
        routes.append(Route(path, place(label) if label else None))
    return Layout(right - left, top - bottom, corners, routes)


def _written(point: tuple[float, float]) -> str:
    return f"{point[0]:g},{point[1]:g}"
