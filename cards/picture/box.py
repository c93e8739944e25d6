"""One node with its texts laid out, in pixels from its top left corner."""

from collections.abc import Iterator
from dataclasses import dataclass

from cards.picture.graph import Node
from cards.picture.layout import Size
from cards.picture.text import cut, width, wrap

WIDTH = 248
LEFT, RIGHT = 16, 12
"""Room at the sides; on the left stands the department's stripe."""
INNER = WIDTH - LEFT - RIGHT
CODE, SMALL = 13, 11
TITLE_LINES, CHANGE_LINES = 2, 5


@dataclass(frozen=True, slots=True)
class Row:
    """A text with its baseline; `kind` is its class in the style sheet."""

    kind: str
    text: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Box:
    node: Node
    size: Size
    rows: tuple[Row, ...]
    badge_width: float
    """0: none."""

    @property
    def hover(self) -> str:
        """Everything, for a pointer that rests on it and for those who have it read aloud."""
        node = self.node
        said = (f"{node.label} {node.title}", node.department, *node.changes, node.badge, node.alarm)
        return " · ".join(filter(None, said))


def box_of(node: Node) -> Box:
    badge = width(node.badge, SMALL) + 14 if node.badge else 0
    rows = [*_head(node, INNER - badge - (8 if badge else 0))]
    y = 23
    for kind, text, step in _lines(node):
        y += step
        rows.append(Row(kind, text, LEFT, y))
    return Box(node, Size(WIDTH, y + 13), tuple(rows), badge)


def _head(node: Node, room: float) -> Iterator[Row]:
    """The code, and beside it the department as far as there is room."""
    label = cut(node.label, CODE, room)
    yield Row("code", label, LEFT, 23)
    taken = width(label, CODE) + 7
    if node.department and room - taken >= 3 * SMALL:
        yield Row("department", cut(node.department, SMALL, room - taken), LEFT + taken, 23)


def _lines(node: Node) -> Iterator[tuple[str, str, int]]:
    """Class, text, and how far below the line before."""
    for text in wrap(node.title, CODE, INNER, TITLE_LINES) if node.title else ():
        yield "title", text, 19
    for change in node.changes[:CHANGE_LINES]:
        for text in wrap(change, SMALL, INNER, 2):
            yield "change", text, 17
    if node.alarm:
        yield "alarm", cut(node.alarm, SMALL, INNER), 18
