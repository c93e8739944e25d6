"""Where a text breaks, and that it stays inside its box."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cards.picture.text import cut, printable, width, wrap


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("", [""]),
        ("短", ["短"]),
        ("一二三四五六七八九十", ["一二三四五六七八九十"]),
        ("一二三四五六七八九十甲", ["一二三四五六七八九十", "甲"]),
        ("一二三四五六七八九十甲乙丙丁戊己庚辛壬癸子", ["一二三四五六七八九十", "甲乙丙丁戊己庚辛壬…"]),
        ("一二三四五六七八 MO-2442", ["一二三四五六七八", "MO-2442"]),
        ("一二三四五六七八九十）甲", ["一二三四五六七八九十）", "甲"]),
        ("一二三四五六七八九（甲）", ["一二三四五六七八九", "（甲）"]),
        ("A" * 40, ["A" * 15, "A" * 13 + "…"]),
        ("一\n二\t三\u202e四", ["一 二 三 四"]),
    ],
)
def test_lines_break_where_one_would_break_them(text: str, rows: list[str]) -> None:
    assert wrap(text, 10, 100, 2) == rows


@given(st.text(), st.floats(8, 20), st.floats(40, 400), st.integers(1, 4))
def test_no_text_leaves_its_room(text: str, size: float, most: float, lines: int) -> None:
    rows = wrap(text, size, most, lines)
    assert 1 <= len(rows) <= lines
    # One closing mark may stand in the margin on its own, and only there.
    assert all(width(row.rstrip("，。、；：！？）》】」』)"), size) <= most for row in rows)


@given(st.text(), st.floats(40, 400))
def test_what_is_cut_fits_and_says_so(text: str, most: float) -> None:
    short = cut(text, 10, most)
    assert width(short, 10) <= most
    assert short == text or short.endswith("…")


@given(st.text(st.characters(codec=None)))
def test_what_is_printable_can_be_written(text: str) -> None:
    printable(text).encode()
