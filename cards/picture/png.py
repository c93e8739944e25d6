"""A picture's SVG as PNG, with the fonts of this machine.

It takes up to a second, during which nothing else of the process runs; so this file also runs as a process of its own:
`python -I png.py <picture.svg >picture.png`. For that it imports nothing of ours. Exit status 3: there is no font.
"""

import re
import sys
from functools import cache
from math import sqrt

from resvg_py import svg_to_bytes

FONTS = (
    "Noto Sans SC, Noto Sans CJK SC, Source Han Sans SC, PingFang SC, Hiragino Sans GB, Microsoft YaHei, SimHei, "
    "Heiti SC, STHeiti, WenQuanYi Micro Hei, WenQuanYi Zen Hei, Droid Sans Fallback, Noto Serif CJK SC, "
    "Arial, Helvetica, Liberation Sans, DejaVu Sans, sans-serif"
)
"""Fonts of the picture's words. One of them has to be there; glyphs it lacks come from any other font."""
NO_FONT = 3
SCALE = 2.0
MOST_PIXELS = 24_000_000
"""A picture that would have more is drawn smaller."""
_SIZE = re.compile(r'<svg [^>]*?width="(\d+)" height="(\d+)"')
_CHINESE = re.compile("[\u4e00-\u9fff]")
_PROBE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20">'
    '<text x="1" y="16" font-size="16" font-family="{}">{}</text></svg>'
)


class NoFont(Exception):
    """This machine has no font for the words in the picture: its boxes would be empty."""


def png_of(svg: str) -> bytes:
    """Render a PNG with twice the SVG's pixels, for sharp letters. Raises NoFont."""
    if not _can_draw(*("通盘" if _CHINESE.search(svg) else "AB")):
        raise NoFont
    size = _SIZE.search(svg)
    area = int(size[1]) * int(size[2]) if size else 1
    return svg_to_bytes(svg_string=svg, zoom=min(SCALE, sqrt(MOST_PIXELS / area)))


@cache
def _can_draw(one: str, other: str) -> bool:
    """Tell whether a font draws two signs; without one they look the same."""
    drawn = [svg_to_bytes(svg_string=_PROBE.format(FONTS, sign)) for sign in (one, other)]
    return drawn[0] != drawn[1]


def main() -> int:
    try:
        sys.stdout.buffer.write(png_of(sys.stdin.buffer.read().decode()))
    except NoFont:
        return NO_FONT
    return 0


if __name__ == "__main__":
    sys.exit(main())
