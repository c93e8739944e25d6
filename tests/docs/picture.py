"""The picture of `docs/architecture.md`, drawn from its source: `make picture` writes it anew."""

import re
from pathlib import Path

import pygraphviz

from tests import ROOT

SOURCE = ROOT / "docs" / "images" / "architecture.dot"
DRAWN = SOURCE.with_suffix(".svg")
FONTS = "Helvetica, Arial, DejaVu Sans, sans-serif"


def svg_of(source: Path) -> str:
    """With fonts that every viewer has one of, and its size in pixels."""
    drawn = pygraphviz.AGraph(str(source)).draw(format="svg", prog="dot").decode()
    return re.sub(r'(\d)pt"', r'\1"', re.sub(r'font-family="[^"]*"', f'font-family="{FONTS}"', drawn))


if __name__ == "__main__":
    DRAWN.write_text(svg_of(SOURCE), encoding="utf-8")
