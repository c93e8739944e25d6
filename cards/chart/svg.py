"""A chart as SVG, as wide as a phone: one row an item, marks of a shape and a colour, bars beside their words.

Its edges are not smoothed: so many small letters with soft edges would be too many bytes for a chat. It is drawn larger
instead, and a phone's own pixels do the rest.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from cards.chart.chart import Chart, Row, Section
from cards.picture.png import FONTS
from cards.picture.templates import svg_templates
from cards.picture.text import cut, width, wrap

MOST_ROWS = 40
WIDTH, MARGIN = 360, 12
LARGER = 1.5
INNER = WIDTH - 2 * MARGIN
NAMED = 150
"""What a row of a Gantt chart has for its words; the bars have the rest."""
INDENT = 18
TITLE, TEXT, SMALL, AXIS_TEXT = 17, 13, 11, 10
CODE_LEAST = 9
"""A long code is written smaller before its end is cut off: by their ends codes differ."""
BOARD_ROW, GANTT_ROW, HEADING, MORE, AXIS, LEGEND = 42, 40, 30, 22, 22, 18
TRACK = 16
"""A bar of how far something is, below its words."""

_templates = svg_templates(Path(__file__).parent)


@dataclass(frozen=True, slots=True)
class Line:
    """A row with its place and the words that fit it."""

    row: Row
    y: int
    title: str
    second: str
    code_size: float
    code_width: float


@dataclass(frozen=True, slots=True)
class Heading:
    section: Section
    y: int


@dataclass(frozen=True, slots=True)
class Words:
    """A text outside the rows; `kind` is its class in the style sheet."""

    kind: str
    text: str
    x: float
    y: float


def svg_of(chart: Chart) -> str:
    """A whole SVG document, in pixels; the same for the same chart."""
    lines: list[Line] = []
    headings: list[Heading] = []
    texts = list(_head(chart))
    top = y = round(texts[-1].y) + 14
    if chart.days:
        y += AXIS
    for section in chart.sections:
        if section.name:
            headings.append(Heading(section, y))
            y += HEADING
        for row in section.rows:
            lines.append(_line(row, y, is_gantt=bool(chart.days)))
            y += GANTT_ROW if chart.days else BOARD_ROW + (TRACK if row.share else 0)
        if section.more:
            texts.append(Words("more", section.more, MARGIN + INDENT, y + 15))
            y += MORE
    bottom = y
    if chart.foot:
        for text in wrap(chart.foot, TEXT, INNER, 3):
            y += 20
            texts.append(Words("foot", text, MARGIN, y))
    marks = list(_legend(chart, y + LEGEND + 4))
    y = round(marks[-1].y) if marks else y
    for text in wrap(chart.note, SMALL, INNER, 2) if chart.note else ():
        y += LEGEND
        texts.append(Words("legend", text, MARGIN, y))
    return _templates.get_template("chart.svg.j2").render(
        chart=chart,
        size=(WIDTH, y + MARGIN),
        drawn=(round(WIDTH * LARGER), round((y + MARGIN) * LARGER)),
        fonts=FONTS,
        texts=texts,
        lines=lines,
        headings=headings,
        legend=[(mark, words) for (mark, _), words in zip(chart.legend, marks, strict=True)],
        span=(top, bottom),
        lane=(MARGIN + NAMED, INNER - NAMED),
        right=WIDTH - MARGIN,
        margin=MARGIN,
        inner=INNER - INDENT,
        ticks=list(_ticks(chart)),
    )


def _ticks(chart: Chart) -> Iterator[tuple[float, str]]:
    """Each at its pixel of the lane; a label that would touch the one before it, or the edge, is left out."""
    room, taken = INNER - NAMED, -1.0
    for share, label in chart.ticks:
        x = share * room / 100
        fits = x >= taken and x + width(label, AXIS_TEXT) <= room
        yield round(x, 1), label if fits else ""
        taken = x + width(label, AXIS_TEXT) + 6 if fits else taken


def _head(chart: Chart) -> Iterator[Words]:
    y = 6
    for kind, text, size in (("title", chart.title, TITLE), ("subtitle", chart.subtitle, SMALL)):
        for line in wrap(text, size, INNER, 2):
            y += round(size * 1.45)
            yield Words(kind, line, MARGIN, y)


def _line(row: Row, y: int, *, is_gantt: bool) -> Line:
    room = (NAMED - 6 if is_gantt else INNER) - INDENT
    told_late = width(row.late, SMALL) + 6 if row.late else 0
    late = 0 if is_gantt else told_late
    size = max(CODE_LEAST, min(TEXT, 0.99 * TEXT * (room - late) / max(width(row.code, TEXT), 1)))
    shown = replace(row, code=cut(row.code, size, room - late))
    taken = width(shown.code, size) + 6
    if is_gantt:
        second = cut(f"{row.dates} · {row.status}", SMALL, INNER - NAMED - 2 - told_late)
        return Line(shown, y, cut(row.title, SMALL, room), second, round(size, 1), taken)
    left = room - late - taken
    second = " · ".join(filter(None, (row.dates, row.more)))
    return Line(shown, y, cut(row.title, TEXT, left) if left > 2 * TEXT else "", cut(second, SMALL, room),
                round(size, 1), taken)  # fmt: skip


def _legend(chart: Chart, y: float) -> Iterator[Words]:
    x = float(MARGIN)
    for _, text in chart.legend:
        wide = 16 + width(text, SMALL) + 12
        if x > MARGIN and x + wide - 12 > WIDTH - MARGIN:
            x, y = float(MARGIN), y + LEGEND
        yield Words("legend", text, x + 16, y)
        x += wide
