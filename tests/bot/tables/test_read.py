"""What people may write into a plan table, and what is understood."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from openpyxl import Workbook

from planning.plan.item import Constraint, Item, Mode, Status
from planning.plan.link import Drives, LagKind, LinkKind
from tests.bot.tables.conftest import TODAY, Complaints, Read, read_files

ENGLISH = (
    "code,title,type,department,also_informs,owner,quantity,unit,duration_days,mode,constraint,constraint_date,"
    "start,finish,status,product,lot_minimum,lot_multiple,calendar,colour\n"
    'MO-1,Assembly,production,production,purchasing|shop,wang.wu,"3,000",pcs,3,asap,finish_no_later_than,2026-12-31,'
    "2026-11-24,2026-11-26,released,K1,100,50,weekdays,blue\n"
)
CHINESE = (
    "编码,名称,类型,部门,知会,负责人,数量,单位,工期（天）,方式,约束,约束日期,"
    "开始,完成,状态,产品,最小批量,批量倍数,日历,colour\n"
    "ＭＯ－１,Assembly,生产,生产部,采购、门店,王五,３０００,pcs,3,尽早,不晚于,2026年12月31日,"
    "2026/11/24,2026.11.26,已下达,K1,100,50,双休,blue\n"
)


def test_english_and_chinese_files_say_the_same(read: Read) -> None:
    item = read(ENGLISH).items["MO-1"]
    assert item == Item(
        code="MO-1",
        title="Assembly",
        start=date(2026, 11, 24),
        finish=date(2026, 11, 26),
        duration=3,
        type="production",
        department="production",
        also_informs=("purchasing", "shop"),
        owner="wang.wu",
        quantity=Decimal(3000),
        unit="pcs",
        mode=Mode.ASAP,
        constraint=Constraint.FINISH_NO_LATER_THAN,
        constraint_date=date(2026, 12, 31),
        status=Status.RELEASED,
        product="K1",
        lot_minimum=Decimal(100),
        lot_multiple=Decimal(50),
        calendar="weekdays",
        attributes={"colour": "blue"},
    )
    assert read(CHINESE).items["MO-1"] == item


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_encodings_and_delimiters(read: Read, encoding: str, delimiter: str, newline: str) -> None:
    text = newline.join([delimiter.join(["编码", "名称", "工期"]), delimiter.join(["A", "贴片㐀", "2"]), ""])
    assert read(text, encoding=encoding).items["A"].title == "贴片㐀"


@pytest.mark.parametrize(
    "day",
    ["2026-12-05", "2026/12/5", "2026.12.05", "2026年12月5日", "20261205", "２０２６－１２－０５", "46361",
     "2026-12-05 00:00:00", "2026-12-05T08:30:00", " 2026-12-5 "],
)  # fmt: skip
def test_days_as_people_write_them(read: Read, day: str) -> None:
    plan = read(f"code,title,start,calendar\nA,a,{day},every-day\n")
    assert plan.items["A"].start == date(2026, 12, 5)


@pytest.mark.parametrize(
    ("row", "start", "finish", "duration"),
    [
        ("duration_days=3 start=2026-11-24", "2026-11-24", "2026-11-26", 3),
        ("duration_days=3 finish=2026-11-26", "2026-11-24", "2026-11-26", 3),
        ("start=2026-11-27 finish=2026-11-30", "2026-11-27", "2026-11-30", 2),
        ("start=2026-11-24", "2026-11-24", "2026-11-24", 1),
        ("finish=2026-11-24", "2026-11-24", "2026-11-24", 1),
        ("start=2026-11-24 duration_days=0", "2026-11-24", "2026-11-24", 0),
        ("start=2026-11-24 finish=2026-11-24 duration_days=0", "2026-11-24", "2026-11-24", 0),
        ("start=2026-11-24 finish=2026-11-24", "2026-11-24", "2026-11-24", 1),
        ("start=2026-11-24 type=milestone", "2026-11-24", "2026-11-24", 0),
        ("type=里程碑", "2026-11-23", "2026-11-23", 0),
        ("duration_days=5", "2026-11-23", "2026-11-27", 5),
        ("constraint=start_no_earlier_than constraint_date=2026-11-28", "2026-11-30", "2026-11-30", 1),
        ("department=门店 start=2026-11-28 finish=2026-11-29", "2026-11-28", "2026-11-29", 2),
        ("start=2026-02-13 finish=2026-02-14", "2026-02-13", "2026-02-14", 2),
    ],
)
def test_what_a_row_leaves_out_follows_from_what_it_says(
    read: Read, row: str, start: str, finish: str, duration: int
) -> None:
    cells = dict(part.split("=") for part in row.split())
    plan = read(f"code,title,{','.join(cells)}\nA,a,{','.join(cells.values())}\n")
    item = plan.items["A"]
    assert (str(item.start), str(item.finish), item.duration) == (start, finish, duration)


def test_items_without_dates_follow_their_links(read: Read) -> None:
    plan = read(
        "code,title,duration_days,mode,start\nSO,order,1,,2026-12-01\nMO,make,5,,\nPO,buy,3,alap,\n",
        "predecessor,successor\nSO,MO\nPO,MO\n",
    )
    assert plan.items["MO"].start == date(2026, 12, 2)
    assert plan.items["PO"].finish == date(2026, 12, 1), "an alap item is driven backwards unless its link says not"


def test_links_in_full(read: Read) -> None:
    plan = read(
        "code,title,start\nA,a,2026-11-24\nB,b,2026-12-24\n",
        "前置,后续,关系,间隔,间隔单位,驱动,用量,损耗,硬性,日历\nA,B,开始-开始,-2,自然日,后续,0.5,2%,否,周一到周五\n",
    )
    (link,) = plan.links
    assert (link.kind, link.lag, link.lag_kind, link.drives) == (LinkKind.SS, -2, LagKind.CALENDAR, Drives.SUCCESSOR)
    assert (link.ratio, link.scrap, link.hard, link.calendar) == (Decimal("0.5"), Decimal("0.02"), False, "weekdays")


@pytest.mark.parametrize(
    ("cell", "ratio"),
    [("1/3", Fraction(1, 3)), ("１／３", Fraction(1, 3)), ("3/4", Decimal("0.75")), ("0.3333", Decimal("0.3333"))],
)
def test_a_ratio_may_be_a_fraction(read: Read, cell: str, ratio: Fraction | Decimal) -> None:
    plan = read("code,title,start\nA,a,2026-11-24\nB,b,2026-12-24\n", f"predecessor,successor,ratio\nA,B,{cell}\n")
    assert plan.links[0].ratio == ratio


def test_what_a_fraction_makes_is_a_sane_number(complaints: Complaints) -> None:
    items, much = "code,title,start\nA,a,2026-11-24\nB,b,2026-12-24\n", "999999999999999999/0.000000001"
    (told,) = complaints(items, f"predecessor,successor,ratio\nA,B,{much}\n")
    assert told.startswith(f"links.csv:2: ratio: 写的是「{much}」；应在 -1")


@pytest.mark.parametrize(
    "row", ["2000-01-04,3,asap", ",3000,alap"], ids=["worked out from its finish", "placed by its link"]
)
def test_what_would_begin_before_the_first_day_is_refused_with_its_row(complaints: Complaints, row: str) -> None:
    items = f"code,title,finish,duration_days,mode\nA,a,{row}\nB,b,2000-01-11,1,asap\n"
    (told,) = complaints(items, "predecessor,successor\nA,B\n")
    assert told == "items.csv:2: 写的是「A」；从 2000-01-01 以前就开始了，请检查日期、工期和间隔"


def test_values_may_stand_on_lines_of_their_own(read: Read) -> None:
    item = read('code,title,also_informs,start\nA,a,"采购\n门店、研发\n",2026-11-24\n').items["A"]
    assert item.also_informs == ("purchasing", "shop", "研发")


def test_what_nobody_knows_is_kept(read: Read) -> None:
    item = read("code,title,department,owner,type,start\nA,a,研发部,李娜,试产,2026-11-24\n").items["A"]
    assert (item.department, item.owner, item.type) == ("研发部", "李娜", "试产"), "two people are called 李娜"


def test_a_title_above_the_header_and_empty_rows_are_passed_over(read: Read) -> None:
    text = "十二月计划,,\n,,\n编码,名称,开始\n,,\nA,a,2026-11-24\n\n,,\n"
    assert list(read(text).items) == ["A"]


def test_quoted_cells_may_hold_anything(read: Read) -> None:
    item = read('code,title,start\nA,"贴片,\n二线 ""急""\u202e\x07",2026-11-24\n').items["A"]
    assert item.title == '贴片, 二线 "急"'


def test_the_calendars_of_departments_come_with_the_plan(read: Read) -> None:
    plan = read("code,title,start\nA,a,2026-11-24\n")
    assert (plan.id, plan.name, plan.calendar, plan.revision) == ("main", "计划", "china", 0)
    assert plan.department_calendars == {"shop": "every-day"}


def workbook(path: Path, **sheets: Sequence[Sequence[object]]) -> Path:
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def test_a_workbook_s_own_dates_and_numbers(tmp_path: Path) -> None:
    items: list[list[object]] = [
        ["编码", "名称", "开始", "工期", "数量", "备注"],
        [1042, "贴片", date(2026, 11, 24), 2.0, 1.5, None],
        ["B", "组装", 46350, None, 3000, 7],
        [None, None, None, None, None, None],
    ]
    links: list[list[object]] = [["前置", "后续"], [1042, "B"]]
    plan = read_files(workbook(tmp_path / "plan.xlsx", 计划=items, 关系=links))
    assert plan.items["1042"].finish == date(2026, 11, 25)
    assert plan.items["1042"].quantity == Decimal("1.5")
    assert plan.items["B"].start == date(2026, 11, 26), "46350 is 2026-11-24; the link pushes"
    assert plan.items["B"].attributes == {"备注": "7"}
    assert [link.ends for link in plan.links] == [("1042", "B")]


def test_links_of_a_workbook_may_be_a_file_of_their_own(tmp_path: Path) -> None:
    items = workbook(tmp_path / "plan.xlsx", Sheet1=[["code", "title", "start"], ["A", "a", TODAY], ["B", "b", TODAY]])
    links = workbook(tmp_path / "links.xlsx", Sheet1=[["predecessor", "successor"], ["A", "B"]])
    assert read_files(items, links).items["B"].start == date(2026, 11, 24)


def test_pinned_items_stay(read: Read) -> None:
    item = read("code,title,mode,start,duration_days\nA,a,固定,2026-12-01,3\n").items["A"]
    assert (item.mode, item.finish) == (Mode.PINNED, date(2026, 12, 3))


def test_the_links_an_export_left_beside_are_found(tmp_path: Path) -> None:
    (tmp_path / "plan.csv").write_text("code,title,start\nA,a,2026-11-24\nB,b,2026-11-24\n", encoding="utf-8")
    (tmp_path / "plan.links.csv").write_text("predecessor,successor\nA,B\n", encoding="utf-8")
    assert [link.ends for link in read_files(tmp_path / "plan.csv").links] == [("A", "B")]
