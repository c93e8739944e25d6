"""The board and the chart as a picture: words and marks of every row, in a size that a chat takes."""

import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from itertools import pairwise
from random import Random

import pytest

from cards.chart import MOST_ROWS, Bar, Chart, Kind, Row, Section, UnknownPicture, Wanted, svg_of
from cards.picture import png_of

SVG = "{http://www.w3.org/2000/svg}"
MOST_BYTES = 300_000
TITLES = ("主控芯片采购", "蓝牙耳机 X3 组装（含充电盒与包装）", "华南仓 <b>&", "PCB 贴片 A 线 夜班返修与复测", "")
MARKS = ("red", "amber", "green", "grey")
LEGEND = tuple((mark, name) for mark, name in zip(MARKS, ("会晚", "暂停", "正常", "已结束"), strict=True))


def row(n: int, *, is_gantt: bool) -> Row:
    random, mark = Random(n), MARKS[n % 4]
    code = f"SO-2026-12-{n:04d}-A" if n % 5 == 0 else f"MO-{2400 + n}"
    bar = Bar(random.randint(0, 50), random.randint(1, 16), n % 9 == 8) if is_gantt else None
    off = "".join(f"M{day} 0h1v1h-1z" for day in range(56) if day % 7 > 4) if is_gantt else ""
    late, title, (was, to_come) = f"晚 {n} 天" if mark == "red" else "", random.choice(TITLES), beside(bar)
    return Row(code, title, mark, "12-03~12-06", "进行中", "生产部 · 2000 套", late, bar, off, was, to_come)


def beside(bar: Bar | None) -> tuple[Bar | None, Bar | None]:
    """Where it stood before, and days that the forecast adds."""
    if bar is None:
        return None, None
    end = bar.x + bar.width
    return Bar(max(bar.x - 2, 0), bar.width, False), Bar(end, 56 - end, False) if end < 56 else None


def board(n: int) -> Chart:
    rows = tuple(row(k, is_gantt=False) for k in range(n))
    sections = (Section("进行中", f"{n} 项", "晚 3 项", rows, "…另有 9 项"), Section("暂停", "0 项", "", (), ""))
    return Chart("看板 · 生产部", "一厂 第 12 版 · 12-02", sections, LEGEND, "另有 9 项，看网页")


def gantt(n: int) -> Chart:
    rows = tuple(row(k, is_gantt=True) for k in range(n))
    ticks = ((0.0, "11-30"), (25.0, "12-14"), (75.0, "2027-01-11"))
    sections = (Section("", "", "", rows, ""),)
    note = "细条：基线 周-2026-49"
    return Chart("甘特 · 生产部", "一厂 第 12 版", sections, LEGEND, "", 56, 2.5, "今天", ticks, note)


@pytest.mark.parametrize("draw", [board, gantt])
def test_a_full_picture_stays_within_what_a_chat_takes(draw: object) -> None:
    assert callable(draw)
    assert len(png_of(svg_of(draw(MOST_ROWS)))) <= MOST_BYTES


@pytest.mark.parametrize("chart", [board(MOST_ROWS), gantt(MOST_ROWS), board(0), gantt(0)])
def test_each_row_is_told_in_words_and_by_a_mark(chart: Chart) -> None:
    root = ET.fromstring(svg_of(chart))
    words = " ".join("".join(text.itertext()) for text in root.iter(f"{SVG}text"))
    assert [one.code for one in chart.rows if one.code not in words] == []
    assert [one.late for one in chart.rows if one.late not in words] == []
    shapes = [shape.get("class") for tag in ("rect", "path", "circle") for shape in root.iter(f"{SVG}{tag}")]
    for mark in MARKS:  # one in the legend
        assert shapes.count(mark) == 1 + sum(one.mark == mark for one in chart.rows)


@pytest.mark.parametrize("chart", [board(MOST_ROWS), gantt(MOST_ROWS)])
def test_nothing_stands_outside_the_picture(chart: Chart) -> None:
    root = ET.fromstring(svg_of(chart))
    wide, high = (float(side) for side in (root.get("viewBox") or "").split()[2:])
    for rect in root.iter(f"{SVG}rect"):
        x, y, width, height = (float(rect.get(name, 0)) for name in ("x", "y", "width", "height"))
        assert x + width <= wide
        assert y + height <= high
    assert all(float(text.get("y", 0)) < high for text in root.iter(f"{SVG}text"))


def test_baseline_and_forecast_are_beside_the_bar() -> None:
    chart, root = gantt(MOST_ROWS), ET.fromstring(svg_of(gantt(MOST_ROWS)))
    drawn = [path.get("class") for path in root.iter(f"{SVG}path")]
    assert drawn.count("was") == MOST_ROWS
    assert drawn.count("to-come") == sum(row.to_come is not None for row in chart.rows) > 0
    assert "细条：基线 周-2026-49" in svg_of(chart)


def test_days_over_the_bars_touch_no_other() -> None:
    weeks = tuple((100 * n / 8, "11-30" if n < 5 else "2027-01-04") for n in range(8))
    root = ET.fromstring(svg_of(replace(gantt(MOST_ROWS), ticks=weeks)))
    ticks = [text for text in root.iter(f"{SVG}text") if text.get("class") == "tick"]
    ends = [(float(text.get("x", 0)), text.text or "") for text in ticks]
    assert len(ends) > 2
    for (x, label), (after, _) in pairwise(ends):
        assert x + 5 * len(label) < after


def test_a_long_code_keeps_its_end() -> None:
    assert "SO-2026-12-0035-A" in svg_of(gantt(MOST_ROWS))


def test_signs_break_nothing() -> None:
    assert "华南仓 &lt;b&gt;&amp;" in svg_of(board(MOST_ROWS))
    assert not re.search(r"<b[ >]", svg_of(board(MOST_ROWS)))


@pytest.mark.parametrize(
    "wanted",
    [Wanted(Kind.BOARD), Wanted(Kind.GANTT, "production", "MO-1", "all", "2026-11-30", 7), Wanted(Kind.BOARD, "质量")],
)
def test_what_is_wanted_is_read_as_it_was_written(wanted: Wanted) -> None:
    assert Wanted.read(wanted.written()) == wanted


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"kind": "pie"}', '{"kind": "board", "colour": "red"}'])
def test_what_only_a_newer_program_wrote_is_told_as_such(text: str) -> None:
    with pytest.raises(UnknownPicture):
        Wanted.read(text)
