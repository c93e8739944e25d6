"""What the bot writes is drawn, and nothing it quotes can run."""

import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cards.words.sentences import SENTENCES
from sandbox import page
from sandbox.page.drawing import HUES, hue, initials
from sandbox.page.markdown import markdown
from sandbox.page.typeset import MARKS, typeset


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("**完工** 12-04", '<p><strong>完工</strong> <span class="unbroken">12-04</span></p>\n'),
        ("一行\n下一行", "<p>一行<br />\n下一行</p>\n"),
        ("# 早会摘要", '<p class="heading">早会摘要</p>\n'),
        ("~~12-02~~", '<p><s><span class="unbroken">12-02</span></s></p>\n'),
        ("    缩进的一行", "<p>缩进的一行</p>\n"),
        (
            "[看计划](https://a.example)",
            '<p><a href="https://a.example" target="_blank" rel="noopener noreferrer nofollow">看计划</a></p>\n',
        ),
    ],
)
def test_markdown_is_drawn_as_on_a_phone(text: str, html: str) -> None:
    assert markdown(text) == html


def test_a_table_is_drawn() -> None:
    assert "<td>主控芯片</td>" in markdown("| 编号 | 名称 |\n|---|---|\n| PO | 主控芯片 |")


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[点我](javascript:alert(1))",
        "[点我](data:text/html,<script>alert(1)</script>)",
        "[点我](vbscript:x)",
        "![图](https://example.com/track.png)",
        "<a href='//example.com' onclick='x()'>a</a>",
        "`<b>`",
        "[x](https://example.com/\" onmouseover=\"alert(1))",
        "|<i>|\n|-|\n|<svg/onload=alert(1)>|",
    ],
)
def test_nothing_in_markdown_can_run_or_load(text: str) -> None:
    html = markdown(text)
    tags = ("<script", "<img", "<svg", "<i>", "<b>", "<a href='")
    attributes = ('href="javascript', 'href="data', 'href="vbscript', '" on')
    assert [piece for piece in tags + attributes if piece in html] == []


@given(st.text())
def test_any_text_is_shown_without_tags_of_its_own(text: str) -> None:
    html = str(typeset(text))
    assert "<" not in re.sub(r'<span class="[a-z ]+">|</span>', "", html)


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("CR-20261123-001 请审批", ["CR-20261123-001"]),
        ("12-02 → 12-04", ["12-02", "12-04"]),
        ("12-31～2027-01-07 → 12-28", ["12-31～2027-01-07", "12-28"]),
        ("已生效 第2版，计划第 12 版", ["第2版", "计划第 12 版"]),
        ("a-very-long-word-that-no-phone-could-hold", []),
        ("提前-推迟", []),
        ("--", []),
    ],
)
def test_codes_and_dates_are_held_together(text: str, held: list[str]) -> None:
    html = str(typeset(text))
    assert [piece.split("</span>")[0] for piece in html.split('<span class="unbroken">')[1:]] == held


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("- ✅ 市场部", '<ul>\n<li><span class="mark yes lead">✅</span> 市场部</li>\n</ul>\n'),
        ("进行中 ⚠\ufe0f晚1天", '<p>进行中 <span class="mark warning">⚠\ufe0f</span>晚1天</p>\n'),
        ("🔒 因冻结挂起", '<p><span class="mark lock lead">🔒</span> 因冻结挂起</p>\n'),
    ],
)
def test_marks_are_drawn_and_stay_in_the_text(text: str, html: str) -> None:
    assert markdown(text) == html


def test_every_emoji_that_the_product_says_is_drawn() -> None:
    """A machine without a font for them shows empty boxes."""
    said = {sign for sentence in SENTENCES.values() for words in sentence for sign in words if _is_emoji(sign)}
    assert said - MARKS.keys() == set()
    drawn = (Path(page.__file__).parent / "static" / "marks.css").read_text(encoding="utf-8")
    assert [name for name in MARKS.values() if f".mark.{name}" not in drawn] == []


def _is_emoji(sign: str) -> bool:
    return unicodedata.category(sign) == "So" and unicodedata.east_asian_width(sign) == "W"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("李娜", "李娜"),
        ("王小明", "小明"),
        ("欧阳 修远", "修远"),
        ("Zhang San", "ZS"),
        ("bob", "B"),
        ("", "?"),
        (" ", "?"),
    ],
)
def test_an_avatar_shows_the_end_of_a_name(name: str, shown: str) -> None:
    assert initials(name) == shown


@given(st.text())
def test_everybody_has_one_of_the_colours_and_keeps_it(person: str) -> None:
    assert hue(person) == hue(person)
    assert 0 <= hue(person) < HUES
