"""A company's own words for columns, units, types, modes and statuses."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.tables import write_plan
from bot.tables.columns import HEADERS, written_for
from bot.tables.vocabulary import MODES, STATUSES, TYPES, folded, header_keys
from planning.plan.item import Mode, Status
from planning.plan.wording import Wording
from tests.bot.tables.conftest import ORGANISATION, Complaints, Read, read_files
from tests.bot.tables.test_read import workbook

WORDING = Wording(
    (("作业令", "code"), ("机型", "title"), ("归口", "department"), ("开干", "start"), ("进度", "status"),
     ("箱规", "unit"), ("上道", "predecessor"), ("下道", "successor"), ("料", "product"), ("账上", "on_hand")),
    (("EA", "件"), ("箱(大)", "箱")),
    (("", "在干", Status.IN_PROGRESS), ("", "OK", Status.CONFIRMED), ("采购部", "OK", Status.DONE)),
)  # fmt: skip
ROWS = """\
作业令,机型,归口,开干,进度,箱规
A,a,生产部,2026-11-24,在干,ea
B,b,采购部,2026-11-25,ok,件
C,c,production,2026-11-26,OK,箱（大）
"""


def test_headers_units_and_statuses(read: Read) -> None:
    plan = read(ROWS, "上道,下道\nA,B\n", wording=WORDING)
    assert [(it.code, it.title, it.unit, it.status) for it in plan.items.values()] == [
        ("A", "a", "件", Status.IN_PROGRESS),
        ("B", "b", "件", Status.DONE),
        ("C", "c", "箱", Status.CONFIRMED),
    ]
    assert [(link.predecessor, link.successor) for link in plan.links] == [("A", "B")]
    assert not any(item.attributes for item in plan.items.values())


def test_types_and_modes(read: Read) -> None:
    wording = Wording(types=(("备料", "purchase"), ("工单", "planning")), modes=(("靠后排", Mode.ALAP),))
    rows = "编码,名称,类型,方式,开始\nA,a,备料,靠后排,2026-11-24\nB,b,工单,尽早,2026-11-24\nC,c,试产,,2026-11-24\n"
    found = [(it.type, it.mode) for it in read(rows, wording=wording).items.values()]
    assert found == [("purchase", Mode.ALAP), ("planning", Mode.ASAP), ("试产", Mode.ASAP)]


def test_without_them_the_file_is_not_understood(complaints: Complaints) -> None:
    assert "没有找到表头" in complaints(ROWS)[0]


def test_stock_beside_the_items(tmp_path: Path) -> None:
    items = tmp_path / "plan.csv"
    items.write_text(ROWS, encoding="utf-8")
    (tmp_path / "plan.stock.csv").write_text("料,账上\nsteel,5\n", encoding="utf-8")
    assert read_files(items, wording=WORDING).stock["steel"].on_hand == 5


def test_a_workbook_s_sheets_are_found_by_them(tmp_path: Path) -> None:
    rows = [line.split(",") for line in ROWS.splitlines()]
    path = workbook(tmp_path / "p.xlsx", 说明=[["看下一张"]], 作业=rows, 关系=[["上道", "下道"], ["A", "B"]])
    plan = read_files(path, wording=WORDING)
    assert (list(plan.items), len(plan.links)) == (["A", "B", "C"], 1)


def test_the_words_of_an_export_come_first_then_the_company_s_then_what_else_is_known(read: Read) -> None:
    wording = Wording((("主题", "title"), ("副题", "title"), ("开始日期", "finish"), ("计划开始", "start")))
    found = read(
        "编码,标题,副题,主题,计划开始,开始日期\nA,1,2,3,2026-11-24,2026-11-25\nB,1,2,3,2026-11-24,2026-11-25\n",
        wording=wording,
    ).items["A"]
    assert (found.title, found.start.day, found.finish.day) == ("3", 24, 25)
    assert found.attributes == {"标题": "1", "副题": "2"}
    found = read("编码,名称,主题,开始\nA,1,3,2026-11-24\n", wording=wording).items["A"]
    assert (found.title, found.attributes) == ("1", {"主题": "3"})


def test_a_word_of_another_table_s_column_changes_nothing_here(read: Read) -> None:
    """`物料` is a product's among items unless a word for a column of items says otherwise."""
    rows = "编码,名称,开始,物料\nA,a,2026-11-24,steel\n"
    assert read(rows, wording=Wording((("物料", "predecessor"),))).items["A"].product == "steel"
    assert read(rows, wording=Wording((("物料", "owner"),))).items["A"].owner == "steel"


def test_a_further_column_of_codes_is_known_by_its_own_word(read: Read) -> None:
    rows = "编码,名称,行次,开始,前置任务\nA,a,1,2026-11-24,\nB,b,2,2026-11-25,1\n"
    plan = read(rows, wording=Wording((("行次", "code"),)))
    assert [(link.predecessor, link.successor) for link in plan.links] == [("A", "B")]


def test_a_word_of_another_department_is_none_here(complaints: Complaints) -> None:
    wording = Wording(statuses=(("采购部", "到了", Status.DONE),))
    rows = "编码,名称,部门,开始,状态\nA,a,生产部,2026-11-24,到了\nB,b,purchasing,2026-11-24,到了\n"
    told = complaints(rows, wording=wording)
    assert len(told) == 1
    assert told[0].startswith("items.csv:2: 状态: 写的是「到了」；应为其中之一：")


WORDS = st.text("甲乙丙abXY-（ ", min_size=1, max_size=4).map(str.strip).filter(lambda word: bool(header_keys(word)[0]))
NAMES = st.lists(WORDS, min_size=1, max_size=4, unique_by=lambda word: header_keys(word)[0])
COLUMNS = st.sampled_from(["code", "title", "start", "unit", "status", "department", "type", "owner"])
TYPE = st.sampled_from(["备料", "试产", "工单", "生产", "purchase", "里程碑"])
UNIT = st.sampled_from(["件", "EA", "ea", "箱", "pcs", "米"])


@st.composite
def wordings(draw: st.DrawFn) -> Wording:
    """Such as a mapping file may say: what an export writes keeps its meaning, what a unit becomes stays."""
    headers = draw(st.dictionaries(WORDS, COLUMNS, max_size=6))
    units = draw(st.dictionaries(UNIT, UNIT, max_size=4))
    statuses = draw(st.lists(st.tuples(st.sampled_from(["", "采购部"]), WORDS, st.sampled_from(Status)), max_size=5))
    types = draw(st.dictionaries(TYPE, TYPE, max_size=4))
    meant = {word: TYPES.meanings.get(type_, type_) for word, type_ in types.items()}
    modes = draw(st.dictionaries(WORDS, st.sampled_from(Mode), max_size=3))
    keys = {unit.casefold() for unit in units}
    return Wording(
        tuple((word, column) for word, column in headers.items() if not written_for(word)),
        tuple((word, unit) for word, unit in units.items() if unit.casefold() not in keys),
        tuple((its, word, status) for its, word, status in statuses if STATUSES.written_for(word) is None),
        tuple((word, type_) for word, type_ in meant.items() if not TYPES.written_for(word) and type_ not in types),
        tuple((word, mode) for word, mode in modes.items() if MODES.written_for(word) is None),
    )


@given(wording=wordings(), names=NAMES, data=st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@pytest.mark.parametrize("locale", ["zh-CN", "en"])
def test_importing_what_was_exported_changes_nothing(
    tmp_path: Path, locale: str, wording: Wording, names: list[str], data: st.DataObject
) -> None:
    """Whatever a company calls things, and whatever its attributes are called."""
    items = tmp_path / "items.csv"
    columns = ("code", "title", "department", "start", "status", "unit", "type", "mode")
    usual = [HEADERS[name].header(locale) for name in columns]
    statuses = [word for _, word, _ in wording.statuses if folded(word)] or ["完成"]
    modes = st.sampled_from(["固定", *(word for word, _ in wording.modes if folded(word))])
    more = [[data.draw(UNIT), data.draw(TYPE), data.draw(modes)] for _ in range(2)]
    cells = ["生产部", "2026-11-24", "完成", *more[0]]
    theirs = ["采购部", "2026-11-24", data.draw(st.sampled_from(["确认", *statuses])), *more[1]]
    extra = ["x" for _ in names]
    lines = [[*usual, *names], ["A", "a", *cells, *extra], ["B", "b", *theirs, *extra]]
    items.write_text("\n".join(",".join(line) for line in lines), encoding="utf-8")
    plan = read_files(items, wording=wording)
    file, *_ = write_plan(plan, tmp_path / "out.csv", organisation=ORGANISATION, locale=locale)
    assert read_files(file, wording=wording) == replace(plan, revision=0)
