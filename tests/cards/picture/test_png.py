"""The picture as PNG: what it is, how large, and that empty boxes are refused instead of sent."""

import os
import struct
import subprocess
import sys
from collections.abc import Iterator
from functools import partial

import pytest
from resvg_py import svg_to_bytes

from cards.picture import NoFont, png, svg_of
from cards.picture.png import MOST_PIXELS, NO_FONT, png_of
from tests.cards.picture.draw import graph_of
from tests.planning.build import change, item, plan_of

PICTURE = svg_of(graph_of(plan_of(item("A", "12-07")), change("A", "shift", 1)))
PLAIN = '<svg xmlns="http://www.w3.org/2000/svg" width="{}" height="{}"><text x="9" y="20">AB</text></svg>'
SIGNATURE = b"\x89PNG\r\n\x1a\n"


@pytest.fixture
def fonts() -> None:
    """Skips where there are none; where `CI` is set, that fails."""
    try:
        png_of(PICTURE)
    except NoFont:
        reason = "no Chinese font here: install one (Debian: apt-get install fonts-noto-cjk)"
        pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine without fonts."""
    monkeypatch.setattr(png, "svg_to_bytes", partial(svg_to_bytes, skip_system_fonts=True))
    png._can_draw.cache_clear()
    yield
    png._can_draw.cache_clear()


def size_of(picture: bytes) -> tuple[int, int]:
    assert picture[:8] == SIGNATURE
    width, height = struct.unpack(">II", picture[16:24])
    return width, height


@pytest.mark.usefixtures("fonts")
def test_it_is_twice_as_large_as_the_svg() -> None:
    assert 'width="478" height="181"' in PICTURE
    assert size_of(png_of(PICTURE)) == (2 * 478, 2 * 181)
    assert png_of(PICTURE) == png_of(PICTURE)


@pytest.mark.usefixtures("fonts")
def test_a_huge_picture_is_drawn_smaller() -> None:
    width, height = size_of(png_of(PLAIN.format(8000, 6000)))
    assert width * height <= MOST_PIXELS * 1.001
    assert width / height == pytest.approx(8000 / 6000, rel=0.01)


@pytest.mark.usefixtures("bare")
def test_without_a_font_for_its_words_there_is_no_picture() -> None:
    with pytest.raises(NoFont):
        png_of(PICTURE)
    with pytest.raises(NoFont):
        png_of(PLAIN.format(100, 50))


@pytest.mark.usefixtures("fonts")
def test_as_a_process_of_its_own_it_draws_the_same() -> None:
    answer = subprocess.run([sys.executable, "-I", png.__file__], input=PICTURE.encode(), capture_output=True)
    assert (answer.returncode, answer.stderr) == (0, b"")
    assert answer.stdout == png_of(PICTURE)
    assert NO_FONT not in (0, 1, 2)
