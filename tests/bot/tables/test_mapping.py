"""A file of other words: read with every mistake in it, and written again."""

from pathlib import Path

import pytest

from bot.tables import TableError
from bot.tables.mapping import read_mapping, write_mapping
from planning.plan.item import Mode, Status
from planning.plan.wording import Wording
from tests import ROOT
from tests.bot.tables.conftest import ORGANISATION

GOOD = """\
headers:            # what a header means
  作业令: 编码
  机型: title
  "2026": quantity
  序: 前置任务
units:
  EA: 件
  no: 个
类型:
  备料: 采购
  预排: 试产
modes:
  靠后排: 尽晚
状态:
  在干: in_progress
  采购部:
    OK: 完成
  production:
    OK: 确认
"""
READ = Wording(
    (("作业令", "code"), ("机型", "title"), ("2026", "quantity"), ("序", "predecessors")),
    (("EA", "件"), ("no", "个")),
    (("", "在干", Status.IN_PROGRESS), ("采购部", "OK", Status.DONE), ("production", "OK", Status.CONFIRMED)),
    (("备料", "purchase"), ("预排", "试产")),
    (("靠后排", Mode.ALAP),),
)


ENGLISH = ("wanted", "here twice", "an export writes", "put the last one", "no such department", "not proper YAML")


def read(folder: Path, text: str, locale: str = "zh-CN") -> Wording:
    path = folder / "m.yaml"
    path.write_text(text, encoding="utf-8")
    return read_mapping(path, ORGANISATION, locale)


def told(folder: Path, text: str, locale: str = "zh-CN") -> list[str]:
    with pytest.raises(TableError) as caught:
        read(folder, text, locale)
    return str(caught.value).splitlines()


def test_a_file_is_read_and_what_is_written_of_it_reads_the_same(tmp_path: Path) -> None:
    assert read(tmp_path, GOOD) == READ
    assert read(tmp_path, write_mapping(READ)) == READ


def test_the_guides_show_the_same_file(tmp_path: Path) -> None:
    guides = [(ROOT / "docs" / name).read_text(encoding="utf-8") for name in ("plan-tables.md", "plan-tables.zh-CN.md")]
    english, chinese = (read(tmp_path, guide.partition("```yaml\n")[2].partition("```")[0]) for guide in guides)
    assert english == chinese
    assert all((english.headers, english.units, english.statuses, english.types, english.modes))


@pytest.mark.parametrize(
    ("text", "line", "sentence"),
    [
        ("", 0, "没有内容"),
        ("headers:\n", 1, "应写成一行一个「表里的词: 意思」"),
        ("- a\n", 0, "应写成一行一个"),
        ("heders:\n  a: code\n", 1, "没有这一节，应为其中之一：表头(headers)、单位(units)、类型(types)、方式(modes)"),
        ("headers:\n  a: code\n表头:\n  b: title\n", 3, "这个词写了两次"),
        ("headers:\n  作业令: codes\n", 2, "没有这一列，应为其中之一："),
        ("headers:\n  作业令: 单号\n", 2, "没有这一列"),
        ("headers:\n  作业令: code\n  作业令: title\n", 3, "这个词写了两次"),
        ("headers:\n  Job No: code\n  job-no: title\n", 3, "这个词写了两次"),
        ("headers:\n  开始: finish\n", 2, "导出的表用这个词写「开始」，不能改成别的意思"),
        ("headers:\n  START: finish\n", 2, "导出的表用这个词写「开始」"),
        ("headers:\n  作业令: [code]\n", 2, "两边都是一个词"),
        ("headers:\n  作业令:\n", 2, "两边都是一个词"),
        ("headers:\n  '*': code\n", 2, "两边都是一个词"),
        ("headers:\n  ~: code\n", 1, "两边都是一个词"),
        ("units:\n  EA: 件\n  件: 个\n", 2, "写的是「件」；上面又把它改成「个」"),
        ("units:\n  EA: 件\n  ea: 个\n", 3, "这个词写了两次"),
        ("units:\n  EA: {a: b}\n", 2, "两边都是一个词"),
        ("types:\n  生产: purchase\n", 2, "导出的表用这个词写「生产」，不能改成别的意思"),
        ("types:\n  备料: 采购\n  备料 : 生产\n", 3, "这个词写了两次"),
        ("types:\n  备料: 试产\n  试产: 生产\n", 2, "写的是「试产」；上面又把它改成「production」"),
        ("types:\n  备料: [采购]\n", 2, "两边都是一个词"),
        ("modes:\n  靠后排: 最后\n", 2, "写的是「最后」；应为其中之一：尽早(asap)、尽晚(alap)、固定(pinned)"),
        ("modes:\n  尽早: alap\n", 2, "导出的表用这个词写「尽早」"),
        ("modes:\n  靠后: alap\n  靠 后: asap\n  靠_后: alap\n", 4, "这个词写了两次"),
        ("modes:\n  靠后: {a: alap}\n", 2, "两边都是一个词"),
        ("statuses:\n  在干: working\n", 2, "写的是「working」；应为其中之一：建议(proposed)、"),
        ("statuses:\n  完成: 确认\n", 2, "导出的表用这个词写「完成」"),
        ("statuses:\n  采购部:\n    Done: 确认\n", 3, "导出的表用这个词写「完成」"),
        ("statuses:\n  法务部:\n    ok: done\n", 2, "设置里没有这个部门，现有：生产部、采购部、门店"),
        ("statuses:\n  采购:\n    ok: done\n  purchasing:\n    OK: 确认\n", 5, "这个词写了两次"),
        ("statuses:\n  采购部:\n    ok: [done]\n", 3, "两边都是一个词"),
        ("headers:\n  a: 'code\n", 3, "不是正确的 YAML"),
    ],
)
def test_a_mistake_is_told_with_its_line(tmp_path: Path, text: str, line: int, sentence: str) -> None:
    found = told(tmp_path, text)
    assert len(found) == 1
    assert found[0].startswith(f"m.yaml:{line}: " if line else "m.yaml: ")
    assert sentence in found[0]
    assert any(word in told(tmp_path, text, "en")[0] for word in ENGLISH)


def test_every_mistake_is_told(tmp_path: Path) -> None:
    found = told(tmp_path, "headers:\n  甲: x\n  乙: y\nunits: 件\nstatuses:\n  丙: z\n", "en")
    assert [line.partition(":")[2].partition(":")[0] for line in found] == ["2", "3", "4", "6"]
    assert found[2] == "m.yaml:4: units: wanted lines of “word in the table: what it means”"


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"a: \x80"])
def test_a_file_that_cannot_be_read_is_a_sentence(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "m.yaml"
    path.write_bytes(content)
    with pytest.raises(TableError, match="打不开"):
        read_mapping(path, ORGANISATION, "zh-CN")
    with pytest.raises(TableError, match="文件不存在"):
        read_mapping(tmp_path / "none.yaml", ORGANISATION, "zh-CN")
