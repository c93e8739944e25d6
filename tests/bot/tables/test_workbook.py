"""Workbooks that people really have: formulas, merged cells, other programs' dates; and what only says it is one."""

import tracemalloc
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from bot.tables import TableError
from bot.tables.workbook import TooBig, Uncalculated, open_workbook
from tests.bot.tables.conftest import read_files
from tests.bot.tables.raw_workbook import MAIN, PARTS, sheet, text, write_parts, write_sheet

HEADER = text("code", "title", "start")
UNREADABLE = "plan.xlsx{place}: 打不开这个工作簿，请用 Excel 另存一次（.xlsx）"


def read_rows(path: Path, most_columns: int = 200) -> list[tuple[int, list[object]]]:
    with open_workbook(path, most_columns, 1_000_000_000) as book:
        return [(line, list(cells)) for line, cells in book.rows(book.sheets[0][1])]


def said(path: Path) -> list[str]:
    with pytest.raises(TableError) as caught:
        read_files(path)
    return str(caught.value).splitlines()


# formulas


def test_a_formula_nobody_calculated_is_refused_with_its_address(tmp_path: Path) -> None:
    """As a program that writes formulas and never runs them leaves it."""
    book = Workbook()
    assert book.active is not None
    book.active.append(["code", "title", "start", "note"])
    book.active.append(["A", "a", "=TODAY()+3", None])
    book.active.append(["B", "b", date(2026, 11, 24), '=CONCAT("x","y")'])
    book.save(tmp_path / "plan.xlsx")
    why = "是公式，文件里没有它的结果；请用 Excel 打开、保存一次，或改成数值"
    assert said(tmp_path / "plan.xlsx") == [
        f"plan.xlsx[Sheet]:2: start: 写的是「=TODAY()+3」；C2 {why}",
        f"plan.xlsx[Sheet]:3: note: 写的是「=CONCAT(\"x\",\"y\")」；D3 {why}",
    ]


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("<c><f>1+1</f><v>2</v></c>", 2),
        ('<c t="str"><f>A1</f><v>x</v></c>', "x"),
        ('<c t="str"><f>""</f><v></v></c>', None),
        ("<c><f>1+1</f></c>", Uncalculated("A1", "1+1")),
        ("<c><f>1+1</f><v/></c>", Uncalculated("A1", "1+1")),
        ('<c t="str"><f>B1</f></c>', Uncalculated("A1", "B1")),
        ('<c><f t="shared" si="0"/></c>', Uncalculated("A1", "")),
        ('<c t="e"><f>1/0</f><v>#DIV/0!</v></c>', "#DIV/0!"),
    ],
)
def test_a_formula_is_its_result(tmp_path: Path, cell: str, value: object) -> None:
    ((_, cells),) = read_rows(write_sheet(tmp_path / "plan.xlsx", cell))
    assert (cells or [None])[0] == value


# merged cells


def test_merged_cells_give_their_value_to_every_row(tmp_path: Path) -> None:
    book = Workbook()
    here = book.active
    assert here is not None
    for row in (["责任部门", "编码", "名称", "开始"], ["生产部", "A", "a", date(2026, 11, 24)], [None, "B", "b", None],
                [None, "C", "c", None], ["采购部", "D", "d", date(2026, 11, 25)]):  # fmt: skip
        here.append(row)
    here.merge_cells("A2:A4")
    here.merge_cells("D2:D4")
    book.save(tmp_path / "plan.xlsx")
    plan = read_files(tmp_path / "plan.xlsx")
    assert {code: it.department for code, it in plan.items.items()} == {
        "A": "production", "B": "production", "C": "production", "D": "purchasing",
    }  # fmt: skip
    assert {it.start for code, it in plan.items.items() if code != "D"} == {date(2026, 11, 24)}


def test_merged_rows_that_hold_nothing_else_stay_empty(tmp_path: Path) -> None:
    path = write_sheet(tmp_path / "plan.xlsx", text("a", "x"), "<c/>", text("", "y"), text("", "z"),
                       after='<mergeCells><mergeCell ref="A1:A3"/></mergeCells>')  # fmt: skip
    assert [cells for _, cells in read_rows(path)] == [["a", "x"], [], ["a", "y"], [None, "z"]]


# values


VALUES = st.one_of(
    st.none(), st.booleans(), st.integers(-(10**9), 10**9), st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.datetimes(datetime(2000, 1, 1), datetime(2099, 1, 1)),  # noqa: DTZ001
    st.text(st.characters(exclude_categories=("Cc", "Cs"), exclude_characters="_='\ufffe\uffff"), max_size=9),
)  # fmt: skip


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(grid=st.lists(st.lists(VALUES, min_size=1, max_size=6), min_size=1, max_size=6))
def test_it_reads_what_openpyxl_reads(tmp_path: Path, grid: list[list[object]]) -> None:
    book = Workbook()
    assert book.active is not None
    for row in grid:
        book.active.append(row)
    book.save(tmp_path / "plan.xlsx")
    with closing(load_workbook(tmp_path / "plan.xlsx", read_only=True, data_only=True)) as there:
        rows = there.worksheets[0].iter_rows(values_only=True)
        theirs = {line: _filled(cells) for line, cells in enumerate(rows, 1)}
    ours = {line: _filled(cells) for line, cells in read_rows(tmp_path / "plan.xlsx")}
    assert {line: cells for line, cells in ours.items() if cells} == {line: c for line, c in theirs.items() if c}


def _filled(cells: Iterable[object]) -> dict[int, object]:
    return {n: cell for n, cell in enumerate(cells) if cell not in (None, "")}


def test_merged_cells_are_found_among_what_only_looks_like_them(tmp_path: Path) -> None:
    """Ten megabytes of beginnings, each of which would be looked through to its chunk's end."""
    lures = "<!--" + "<mergeCell " * 1_000_000 + "-->"
    path = write_sheet(tmp_path / "plan.xlsx", text("a", "x"), text("", "y"),
                       after=f'{lures}<mergeCells><mergeCell  count="1" ref = "A1:A2"/></mergeCells>')  # fmt: skip
    assert [cells for _, cells in read_rows(path)] == [["a", "x"], ["a", "y"]]


def test_a_formula_beyond_the_last_column_is_passed_over(tmp_path: Path) -> None:
    cells = "<c/>" * 18_278 + "<c><f>1</f></c>"
    assert read_rows(write_sheet(tmp_path / "plan.xlsx", cells)) == [(1, [])]


def test_dates_in_the_formats_that_chinese_excel_numbers(tmp_path: Path) -> None:
    own = '<numFmts><numFmt numFmtId="176" formatCode="yyyy&quot;年&quot;m"/></numFmts>'
    used = "".join(f'<xf numFmtId="{number}"/>' for number in (0, 31, 57, 176))
    rest = f'<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs>{used}</cellXfs>'
    styles = f'<styleSheet xmlns="{MAIN}">{own}{rest}</styleSheet>'
    cells = "".join(f'<c s="{style}"><v>46350</v></c>' for style in range(4))
    ((_, values),) = read_rows(write_sheet(tmp_path / "plan.xlsx", cells, styles=styles))
    assert values == [46350, *[datetime(2026, 11, 24)] * 3]  # noqa: DTZ001


def test_dates_of_a_workbook_that_counts_from_1904(tmp_path: Path) -> None:
    counted = PARTS["xl/workbook.xml"].replace("<sheets>", '<workbookPr date1904="1"/><sheets>')
    styles = f'<styleSheet xmlns="{MAIN}"><cellXfs><xf numFmtId="14"/></cellXfs></styleSheet>'
    path = write_sheet(tmp_path / "plan.xlsx", '<c s="0"><v>44888</v></c>', workbook=counted, styles=styles)
    assert read_rows(path)[0][1] == [datetime(2026, 11, 24)]  # noqa: DTZ001


def test_shared_texts_without_their_pronunciation(tmp_path: Path) -> None:
    strings = f'<sst xmlns="{MAIN}"><si><t>one</t></si><si><r><t>two</t></r><r><t xml:space="preserve"> more</t></r>' \
        "<rPh><t>said</t></rPh></si><si><t>a_x000D_b</t></si></sst>"  # fmt: skip
    cells = "".join(f'<c t="s"><v>{n}</v></c>' for n in (1, 0, 2, 1))
    ((_, values),) = read_rows(write_sheet(tmp_path / "plan.xlsx", cells, sharedStrings=strings))
    assert values == ["two more", "one", "a\rb", "two more"]


def test_a_wide_sheet_is_cut_where_it_shows(tmp_path: Path) -> None:
    cells = '<c r="A1"><v>1</v></c><c r="XFD1"><v>2</v></c><c r="XFE1"><v>3</v></c>'
    assert read_rows(write_sheet(tmp_path / "plan.xlsx", cells), 5) == [(1, [1, None, None, None, None, 2])]


# what is no workbook

STRINGS = f'<sst xmlns="{MAIN}"><si><t>one</t></si><si><t>two</t></si></sst>'


@pytest.mark.parametrize(
    ("parts", "place"),
    [
        ({"_rels/.rels": "<Relationships/>"}, ""),
        ({"xl/workbook.xml": "<workbook><sheets/></workbook>"}, ""),
        ({"xl/workbook.xml": "<workbook><sheets>"}, ""),
        ({"xl/workbook.xml": "not XML"}, ""),
        ({"xl/worksheets/sheet1.xml": "<worksheet><sheetData><row><c><v>"}, "[Plan]"),
        ({"xl/worksheets/sheet1.xml": sheet(HEADER, '<c t="s"><v>7</v></c>')}, "[Plan]"),
        ({"xl/worksheets/sheet1.xml": sheet(HEADER, '<c t="s"><v>-1</v></c>')}, "[Plan]"),
        ({"xl/sharedStrings.xml": STRINGS, "xl/worksheets/sheet1.xml": sheet('<c t="s"><v>-1</v></c>')}, "[Plan]"),
        ({"xl/worksheets/sheet1.xml": sheet(HEADER, "<c><v>1.2.3</v></c>")}, "[Plan]"),
        ({"xl/worksheets/sheet1.xml": sheet(HEADER, '<c s="x"><v>1</v></c>')}, "[Plan]"),
        ({"xl/worksheets/sheet1.xml": f'<!DOCTYPE a [<!ENTITY b "c">]>{sheet(HEADER)}'}, "[Plan]"),
        ({"xl/sharedStrings.xml": "<sst>" + "<si>" * 200 + "</si>" * 200 + "</sst>"}, "[Plan]"),
        ({"xl/styles.xml": "<styleSheet><cellXfs>"}, "[Plan]"),
    ],
)
def test_what_cannot_be_read_is_one_sentence(tmp_path: Path, parts: dict[str, str], place: str) -> None:
    path = write_parts(tmp_path / "plan.xlsx", {"xl/worksheets/sheet1.xml": sheet(HEADER), **parts})
    assert said(path) == [UNREADABLE.format(place=place)]


def test_a_cut_off_file_is_one_sentence(tmp_path: Path) -> None:
    path = write_sheet(tmp_path / "plan.xlsx", HEADER, *(text(f"A{n}", "a", "2026-11-24") for n in range(300)))
    content = path.read_bytes()
    for damaged in (content[:-30], content[: len(content) // 2], b""):
        path.write_bytes(damaged)
        assert said(path) == [UNREADABLE.format(place="")]


@pytest.mark.parametrize("flip", [0x01, 0x55, 0xFF])
def test_a_damaged_file_is_read_or_told(tmp_path: Path, flip: int) -> None:
    """One byte in a hundred places: a zip's own check finds most of it, and nothing else comes through."""
    path = write_sheet(tmp_path / "plan.xlsx", HEADER, *(text(f"A{n}", "a", "2026-11-24") for n in range(300)))
    content = path.read_bytes()
    ends = set()
    for place in range(0, len(content), len(content) // 100):
        path.write_bytes(content[:place] + bytes([content[place] ^ flip]) + content[place + 1 :])
        try:
            read_files(path)
            ends.add("read")
        except TableError:
            ends.add("told")
    assert "told" in ends


# bounds


def many_cells(count: int) -> Iterator[str]:
    yield f'<worksheet xmlns="{MAIN}"><sheetData><row>'
    for _ in range(count // 1000):
        yield text("x") * 1000
    yield "</row></sheetData></worksheet>"


def many_rows(count: int) -> Iterator[str]:
    yield f'<worksheet xmlns="{MAIN}"><sheetData>'
    for _ in range(count // 1000):
        yield f"<row>{text('x')}</row>" * 1000
    yield "</sheetData></worksheet>"


@pytest.mark.parametrize("content", [many_cells, many_rows])
def test_memory_does_not_grow_with_the_file(tmp_path: Path, content: Callable[[int], Iterator[str]]) -> None:
    """7 MB of XML in either; a tree of it takes fifty and more."""
    path = write_parts(tmp_path / "plan.xlsx", {"xl/worksheets/sheet1.xml": content(200_000)})
    assert path.stat().st_size < 100_000
    tracemalloc.start()
    with open_workbook(path, 200, 1_000_000_000) as book:
        for _ in book.rows(book.sheets[0][1]):
            pass
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 4_000_000


@pytest.mark.parametrize("part", ["xl/sharedStrings.xml", "xl/styles.xml", "xl/workbook.xml"])
def test_other_parts_may_not_be_larger_than_a_plan_needs(tmp_path: Path, part: str) -> None:
    much = (" " * 1_000_000 for _ in range(101))
    path = write_parts(tmp_path / "plan.xlsx", {"xl/worksheets/sheet1.xml": sheet(HEADER), part: much})
    with pytest.raises(TooBig, match="too_much_text"):
        read_rows(path)


def test_what_unpacks_to_too_much_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = write_sheet(tmp_path / "plan.xlsx", HEADER)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive, archive.open("more", "w") as more:
        more.write(b" " * 3_000_000)
    with pytest.raises(TooBig, match="too_big"), open_workbook(path, 200, 2_000_000):
        pass
