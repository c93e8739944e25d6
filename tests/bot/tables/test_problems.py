"""Every bad row is reported with its place and what is wanted; nothing of such a file is used."""

import csv
import io
import itertools
import zipfile
from datetime import UTC, date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from bot.tables import TableError
from bot.tables.columns import ITEMS, LINKS
from bot.tables.problem import Problems
from bot.tables.row import rows
from bot.tables.sheet import MAX_LINES, Sheet
from tests.bot.tables.conftest import Complaints, Read, read_files

GOOD = "code,title,duration_days\nA,a,2\nB,b,2\n"


@pytest.mark.parametrize(
    ("row", "complaint"),
    [
        ("title=a start=2026-11-24", "code: 这一格必须填写"),
        ("code=A start=2026-11-24", "title: 这一格必须填写"),
        ("code=A title=a", "工期(天): 不知道排在哪天：请填开始、完成、工期或约束日期之一"),
        ("code=A/B|C title=a start=2026-11-24", "code: 写的是「A/B|C」；编码不能含空格、逗号或竖线，最长 64 个字符"),
        ("code=A title=a start=12-05", "start: 写的是「12-05」；应为带年份的日期，如 2026-12-05"),
        ("code=A title=a start=05/12/2026", "start: 写的是「05/12/2026」；应为带年份的日期，如 2026-12-05"),
        ("code=A title=a start=2026-02-29", "start: 写的是「2026-02-29」；应为带年份的日期，如 2026-12-05"),
        ("code=A title=a start=1900-01-01", "start: 写的是「1900-01-01」；日期应在 2000-01-01 到 2099-12-31 之间"),
        ("code=A title=a finish=9999-12-31", "finish: 写的是「9999-12-31」；日期应在 2000-01-01 到 2099-12-31 之间"),
        (
            "code=A title=a start=2026-10-03",
            "start: 写的是「2026-10-03」；不是工作日（china 日历），前后最近的工作日是 2026-09-30 和 2026-10-08",
        ),
        ("code=A title=a start=2026-11-26 finish=2026-11-24", "finish: 写的是「2026-11-24」；完成早于开始 2026-11-26"),
        (
            "code=A title=a start=2026-11-24 finish=2026-11-26 duration_days=5",
            "duration_days: 写的是「5」；"
            "从 2026-11-24 到 2026-11-26 是 3 个工作日，与工期不符；改工期，或清空完成日期",
        ),
        (
            "code=A title=a start=2026-11-24 finish=2026-11-26 duration_days=0",
            "duration_days: 写的是「0」；"
            "从 2026-11-24 到 2026-11-26 是 3 个工作日，与工期不符；改工期，或清空完成日期",
        ),
        ("code=A title=a duration_days=-1", "duration_days: 写的是「-1」；应在 0 到 5000 之间"),
        ("code=A title=a duration_days=1.5", "duration_days: 写的是「1.5」；应为整数"),
        ("code=A title=a duration_days=3月", "duration_days: 写的是「3月」；应为工作日数，如 3、3天、3 个工作日、1周"),
        ("code=A title=a duration_days=1 quantity=3000件", "quantity: 写的是「3000件」；应为数字，单位写在「单位」列"),
        ("code=A title=a duration_days=1 quantity=-5", "quantity: 写的是「-5」；不能小于 0"),
        ("code=A title=a duration_days=1 quantity=NaN", "quantity: 写的是「NaN」；应为数字，单位写在「单位」列"),
        ("code=A title=a duration_days=1 lot_multiple=0", "lot_multiple: 写的是「0」；应大于 0"),
        (
            "code=A title=a duration_days=1 mode=later",
            "mode: 写的是「later」；应为其中之一：尽早(asap)、尽晚(alap)、固定(pinned)",
        ),
        (
            "code=A title=a duration_days=1 calendar=lunar",
            "calendar: 写的是「lunar」；没有这个日历，现有：法定工作日(china)、周一到周五(weekdays)、每天(every-day)",
        ),
        ("code=A title=a duration_days=1 mode=pinned", "开始: 方式为「固定」时必须填开始或完成"),
        ("code=A title=a duration_days=1 status=完成", "开始: 状态为执行中、完成或关闭时必须填开始或完成日期"),
        ("code=A title=a start=2026-11-24 constraint=不晚于", "约束日期: 填了约束就要填约束日期"),
        (
            "code=A title=a start=2026-11-24 constraint_date=2026-11-30",
            "约束: 填了约束日期就要填约束：不早于 或 不晚于",
        ),
        ("code=A title=#REF! start=2026-11-24", "title: 写的是「#REF!」；是 Excel 的错误值，请改成实际内容"),
        ("code=A title=" + "长" * 201 + " start=2026-11-24", "title: 写的是「" + "长" * 60 + "…」；最长 200 个字符"),
    ],
)
def test_each_bad_row_is_one_line(complaints: Complaints, row: str, complaint: str) -> None:
    cells = dict(part.split("=", 1) for part in row.split(" "))
    text = f"code,title,{','.join(name for name in cells if name not in ('code', 'title'))}\n"
    cells = {"code": "", "title": "", **cells}
    told = complaints(f"{text}{','.join(cells.values())}\n")
    assert told == [f"items.csv:2: {complaint}"]


@pytest.mark.parametrize(
    ("links", "complaint"),
    [
        ("A,X\n", "links.csv:2: successor: 写的是「X」；事项表里没有这个编码"),
        ("A,\n", "links.csv:2: successor: 这一格必须填写"),
        ("A,A\n", "links.csv:2: successor: 写的是「A」；前置和后续是同一项"),
        ("A,B\nA,B\n", "links.csv:3: successor: 写的是「B」；与第 2 行重复"),
        ("A,B\nB,A\n", "items.csv: 关系绕成了一圈：A → B → A；请去掉其中一条"),
        (
            "A,B,XX\n",
            "links.csv:2: kind: 写的是「XX」；"
            "应为其中之一：完成-开始(FS)、开始-开始(SS)、完成-完成(FF)、开始-完成(SF)",
        ),
        ("A,B,FS,二\n", "links.csv:2: lag_days: 写的是「二」；应为整天数，可以带单位，如 2、-1、3天、3 自然日、1周"),
        ("A,B,FS,1,-2\n", "links.csv:2: ratio: 写的是「-2」；应大于 0"),
        ("A,B,FS,1,1/0\n", "links.csv:2: ratio: 写的是「1/0」；应为数字或分数，如 0.5 或 1/3"),
        ("A,B,FS,1,半\n", "links.csv:2: ratio: 写的是「半」；应为数字或分数，如 0.5 或 1/3"),
        ("A,B,FS,1,1,120%\n", "links.csv:2: scrap: 写的是「120%」；应为 0 到 1 之间的小数或百分数，如 0.02 或 2%"),
    ],
)
def test_each_bad_link_is_one_line(complaints: Complaints, links: str, complaint: str) -> None:
    assert complaints(GOOD, f"predecessor,successor,kind,lag_days,ratio,scrap\n{links}") == [complaint]


def test_a_code_stands_once(complaints: Complaints) -> None:
    assert complaints("编码,名称,开始\nA,a,2026-11-24\nＡ,b,2026-11-24\n") == [
        "items.csv:3: 编码: 写的是「Ａ」；第 2 行已经用了这个编码"
    ]


def test_problems_of_both_files_are_told_at_once_without_repeating_themselves(complaints: Complaints) -> None:
    told = complaints("code,title,start\nA,a,x\nB,,2026-11-24\n", "predecessor,successor\nA,B\nA,C\n")
    assert [line.split(":")[0:2] for line in told] == [["items.csv", "2"], ["items.csv", "3"], ["links.csv", "3"]]


def test_a_line_is_where_the_row_begins(complaints: Complaints) -> None:
    told = complaints('code,title,start\nA,"two\nlines",2026-11-24\nB,b,x\n')
    assert told == ["items.csv:4: start: 写的是「x」；应为带年份的日期，如 2026-12-05"]


def test_more_than_fifty_problems_are_counted(complaints: Complaints) -> None:
    told = complaints("code,title,start\n" + "".join(f"A{n},a,x\n" for n in range(123)))
    assert len(told) == 51
    assert told[-1] == "……另有 73 处问题"


def test_problems_in_english(complaints: Complaints) -> None:
    assert complaints("code,title,start\nA,a,x\n", locale="en") == [
        "items.csv:2: start: found “x”; wanted a date with its year, such as 2026-12-05"
    ]


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "items.csv: 前 10 行里没有找到表头，至少要有这些列：编码(code)、名称(title)"),
        ("code,start\nA,2026-11-24\n", "items.csv: 前 10 行里没有找到表头，至少要有这些列：编码(code)、名称(title)"),
        ("code,title,start\n", "items.csv: 没有数据行"),
        ("code,title,编码\nA,a,B\n", "items.csv:1: 编码: 这一列出现了两次，只留一列"),
        ("code,title,start\nA,a,2026-11-24,急\n", "items.csv:2: 写的是「急」；第 4 列没有表头却有内容，请补表头或清空"),
        (
            'code,title,start\nA,"' + "x" * 140_000,
            "items.csv:2: 这一行不是完整的 CSV：field larger than field limit (131072)",
        ),
    ],
)
def test_a_table_that_is_none(complaints: Complaints, text: str, complaint: str) -> None:
    assert complaints(text)[0] == complaint


@pytest.mark.parametrize(
    ("name", "content", "complaint"),
    [
        ("plan.pdf", b"%PDF", "plan.pdf: 写的是「.pdf」；只认 .csv、.tsv、.txt 和 .xlsx"),
        ("plan.xls", b"\xd0\xcf\x11\xe0", "plan.xls: 写的是「.xls」；只认 .csv、.tsv、.txt 和 .xlsx"),
        ("plan.xlsx", b"code,title\n", "plan.xlsx: 打不开这个工作簿，请用 Excel 另存一次（.xlsx）"),
        ("plan.csv", b"code\n\xff\xfe\xff\n", "plan.csv: 不是 UTF-8 也不是 GB18030 编码，请另存为「CSV UTF-8」"),
    ],
)
def test_a_file_that_is_no_table(tmp_path: Path, name: str, content: bytes, complaint: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(TableError) as caught:
        read_files(path)
    assert str(caught.value) == complaint


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(TableError, match=r"nowhere\.csv: 文件不存在"):
        read_files(tmp_path / "nowhere.csv")


def test_a_zip_that_is_no_workbook(tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", "<broken")
    with pytest.raises(TableError, match="打不开这个工作簿"):
        read_files(path)


def test_stock_is_checked_too(tmp_path: Path) -> None:
    (tmp_path / "plan.csv").write_text(GOOD, encoding="utf-8")
    (tmp_path / "plan.stock.csv").write_text("产品,现存量,安全库存\nIC,5,x\n,1,\nIC,1,-1\n", encoding="utf-8")
    with pytest.raises(TableError) as caught:
        read_files(tmp_path / "plan.csv")
    assert str(caught.value).splitlines() == [
        "plan.stock.csv:2: 安全库存: 写的是「x」；应为数字，单位写在「单位」列",
        "plan.stock.csv:3: 产品: 这一格必须填写",
        "plan.stock.csv:4: 产品: 写的是「IC」；这个产品出现了两次，只留一行",
        "plan.stock.csv:4: 安全库存: 写的是「-1」；不能小于 0",
    ]


def test_links_given_twice(tmp_path: Path) -> None:
    book = Workbook()
    book.worksheets[0].append(["code", "title", "start"])
    book.worksheets[0].append(["A", "a", date(2026, 11, 24)])
    book.create_sheet("links").append(["predecessor", "successor"])
    book.save(tmp_path / "plan.xlsx")
    links = tmp_path / "links.csv"
    links.write_text("predecessor,successor\n")
    with pytest.raises(TableError, match=r"links\.csv: 工作簿里已有「links」表"):
        read_files(tmp_path / "plan.xlsx", links)


def test_rows_of_different_revisions_do_not_mix(complaints: Complaints) -> None:
    assert complaints("code,title,start,revision\nA,a,2026-11-24,7\nB,b,2026-11-24,9\n") == [
        "items.csv:3: 这些行来自不同版本的计划（7 和 9），请重新导出再改"
    ]


def test_a_million_rows_are_refused_before_they_are_read(tmp_path: Path) -> None:
    path = tmp_path / "items.csv"
    path.write_text("code,title,start\n" + "A,a,2026-11-24\n" * 1_000_000)
    with pytest.raises(TableError) as caught:
        read_files(path)
    assert str(caught.value) == f"items.csv: 超过 {MAX_LINES} 行，请分成几个计划导入"


def test_no_more_rows_are_read_than_a_table_may_have() -> None:
    problems = Problems("zh-CN")
    endless = ((line, ["code", "title"] if line == 1 else [f"A{line}", "a"]) for line in itertools.count(1))
    read = list(rows(Sheet("items.csv", "", endless), ITEMS, ("code", "title"), 3, problems, UTC))
    assert [row.line for row in read] == [2, 3, 4]
    assert str(problems.error()) == "items.csv:5: 超过 3 行，请分成几个计划导入"


def test_no_more_columns_than_two_hundred(complaints: Complaints) -> None:
    names = ",".join(f"c{n}" for n in range(250))
    told = complaints(f"code,title,start,{names}\nA,a,2026-11-24,{names}\n")
    assert told == ["items.csv:2: 超过 200 列，请删掉不用的列"]


def test_a_plan_that_runs_out_of_the_calendar(complaints: Complaints) -> None:
    chain = "".join(f"A{n},A{n + 1}\n" for n in range(999))
    items = "code,title,duration_days\n" + "".join(f"A{n},a,{{days}}\n" for n in range(1000))
    assert complaints(items.format(days=5000), f"predecessor,successor\n{chain}") == [
        "items.csv: 排到了 2099-12-31 之后，请检查工期和间隔"
    ]
    assert complaints(items.format(days=20), f"predecessor,successor\n{chain}")[0] == (
        "items.csv:921: 写的是「A919」；排到了 2099-12-31 之后，请检查工期和间隔"
    )


def test_nothing_is_shown_that_could_move_the_cursor(read: Read) -> None:
    with pytest.raises(TableError) as caught:
        read("code,title,start\nA,a,\x1b[2Jx\n")
    assert "\x1b" not in str(caught.value)


NASTY = st.sampled_from(
    ["", "尽晚", "A", "B", "-1", "0", "1e5", "1e99", "=1+1", "NaN", "2026-11-24", "0000-00-00", "99999", "46350.5",
     "一", "是", "固定", "SS", "2%", "不晚于", "里程碑", "完成", "\x00", "\u202e", "🏭", "9" * 40, "a b", '"', "'",
     "every-day"]
)  # fmt: skip
ITEM_HEADER = [column.chinese for column in ITEMS]
LINK_HEADER = [column.name for column in LINKS]


def table_of(header: list[str], rows: list[list[str]]) -> bytes:
    file = io.StringIO()
    csv.writer(file).writerows([header, *rows])
    return file.getvalue().encode()


def said_of(*files: Path) -> str:
    """The plan's items, or the problems: there is no third."""
    try:
        return ",".join(read_files(*files).items)
    except TableError as error:
        return str(error)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=300, deadline=None)
@given(
    items=st.lists(st.lists(NASTY, min_size=len(ITEM_HEADER), max_size=len(ITEM_HEADER)), max_size=4),
    links=st.lists(st.lists(NASTY, min_size=len(LINK_HEADER), max_size=len(LINK_HEADER)), max_size=4),
)
def test_whatever_the_cells_hold_it_is_a_plan_or_a_list_of_problems(
    tmp_path: Path, items: list[list[str]], links: list[list[str]]
) -> None:
    (tmp_path / "items.csv").write_bytes(table_of(ITEM_HEADER, items))
    (tmp_path / "links.csv").write_bytes(table_of(LINK_HEADER, links))
    assert said_of(tmp_path / "items.csv", tmp_path / "links.csv")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200, deadline=None)
@given(content=st.binary(max_size=300), suffix=st.sampled_from([".csv", ".tsv", ".xlsx"]))
def test_whatever_the_bytes_are(tmp_path: Path, content: bytes, suffix: str) -> None:
    path = tmp_path / f"items{suffix}"
    path.write_bytes(b"code,title,start\nA,a,2026-11-24\n" + content if suffix != ".xlsx" else content)
    assert said_of(path)
