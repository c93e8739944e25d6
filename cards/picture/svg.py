"""The graph as SVG text. Words stay text: the viewer's own fonts draw them, and they can be searched and read aloud."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from cards.picture.box import Box, box_of
from cards.picture.graph import Edge, Graph
from cards.picture.layout import Arrow, Layout, Route, Size, arrange
from cards.picture.png import FONTS
from cards.picture.templates import svg_templates
from cards.picture.text import width, wrap

MARGIN = 24
NARROWEST = 430
"""The title has to fit."""
LABEL, TITLE, SMALL = 11, 17, 12
STYLES = ("late", "way", "link")
"""Styles of edges, as `Graph.legend` explains them."""
WEIGHTS = {"late": 4, "way": 2, "link": 1}
NOBODY = ("#475467", "#f9fafb")
PALETTE = (
    ("#6941c6", "#f9f5ff"),
    ("#c11574", "#fdf2fa"),
    ("#175cd3", "#eff8ff"),
    ("#b93815", "#fef6ee"),
    ("#107569", "#f0fdf9"),
    ("#854a0e", "#fefbe8"),
    ("#026aa2", "#f0f9ff"),
    ("#3e7c17", "#f6fef0"),
    ("#3538cd", "#eef4ff"),
    ("#9e165f", "#fff5f8"),
)
"""Colours of departments for stripe and name, readable on white and on the tints behind (contrast 4.5 and more)."""

_templates = svg_templates(Path(__file__).parent)


@dataclass(frozen=True, slots=True)
class Written:
    """A line of text outside the boxes."""

    text: str
    x: float
    y: float
    kind: str


def svg_of(graph: Graph) -> str:
    """A whole SVG document, in pixels; the same for the same graph."""
    boxes = [box_of(node) for node in graph.nodes]
    layout = arrange({box.node.key: box.size for box in boxes}, [_arrow(edge) for edge in graph.edges])
    across = max(layout.width, NARROWEST)
    head = list(_head(graph, across))
    top = (head[-1].y if head else MARGIN) + 22
    legend = list(_legend(graph, across, top + layout.height + 30))
    origin = MARGIN + (across - layout.width) / 2, top
    bottom = max([top + layout.height, *(entry.y for entry in legend)])
    return _templates.get_template("picture.svg.j2").render(
        graph=graph,
        size=(round(across + 2 * MARGIN), round(bottom + MARGIN)),
        fonts=FONTS,
        head=head,
        legend=legend,
        origin=origin,
        boxes=[(box, *layout.corners[box.node.key]) for box in boxes],
        arrows=sorted(zip(graph.edges, layout.routes, strict=True), key=_critical_last),
        begins=_middle(boxes[0], layout, origin) if boxes else origin,
        style=_style,
        colors=colors,
        cause_width=width(graph.cause, 10) + 12,
    )


def _middle(box: Box, layout: Layout, origin: tuple[float, float]) -> tuple[int, int]:
    """Centre of a box of the picture, at which reading begins."""
    x, y = layout.corners[box.node.key]
    return round(origin[0] + x + box.size.width / 2), round(origin[1] + y + box.size.height / 2)


def _style(edge: Edge) -> str:
    return "late" if edge.is_late else "way" if edge.is_critical else "link"


def _arrow(edge: Edge) -> Arrow:
    label = Size(round(width(edge.label, LABEL)) + 8, LABEL + 5) if edge.label else None
    return Arrow(edge.source, edge.target, label, WEIGHTS[_style(edge)])


def _critical_last(arrow: tuple[Edge, Route]) -> int:
    """Order of drawing: important lines over the others."""
    return -STYLES.index(_style(arrow[0]))


def _head(graph: Graph, across: float) -> Iterator[Written]:
    y = float(MARGIN - 4)
    for kind, text, size, lines in (
        ("title", graph.title, TITLE, 3),
        ("subtitle", graph.subtitle, SMALL, 3),
        ("remark", graph.remark, SMALL, 3),
    ):
        for line in wrap(text, size, across, lines) if text else ():
            y += round(size * 1.4)
            yield Written(line, MARGIN, y, kind)
        y += 2


def _legend(graph: Graph, across: float, y: float) -> Iterator[Written]:
    """Legend of the styles drawn, as many in a row as fit."""
    drawn = {_style(edge) for edge in graph.edges}
    x = float(MARGIN)
    for style, text in zip(STYLES, graph.legend, strict=True):
        if style not in drawn:
            continue
        wide = 40 + width(text, LABEL)
        if x > MARGIN and x + wide > MARGIN + across:
            x, y = float(MARGIN), y + 20
        yield Written(text, x, y, style)
        x += wide + 18


def colors(department: int) -> tuple[str, str]:
    return PALETTE[department % len(PALETTE)] if department >= 0 else NOBODY
