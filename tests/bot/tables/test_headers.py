"""Headers as exports of other programs write them, sheets that are found, and links in a column of items."""

from datetime import date
from pathlib import Path

import pytest

from bot.tables import TableError
from planning.plan.link import Drives, LagKind, Link, LinkKind
from tests.bot.tables.conftest import Complaints, Read, read_files
from tests.bot.tables.test_read import workbook

DAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    "header",
    [
        "标识号,任务名称,开始时间,完成时间", "订单号,品名,计划开始,计划完成", "ID,Name,Begin date,End date",
        "Task ID,Task Name,Start Date,Finish Date",
        "*编码,名称*,计划开始时间（必填）,★完成时间", "编码：,名称：,开始 时间,完成 时间",
        '"编码\nCode","名称\n(必填)","开始\n时间","完成\nFinish"', '"Item\n编码",名称,Start-Date,FINISH DATE',
    ],
)  # fmt: skip
def test_headers_of_other_programs(read: Read, header: str) -> None:
    plan = read(f"{header}\nA,a,2026-11-24,2026-11-25\n")
    assert [(it.code, it.title, it.start, it.finish) for it in plan.items.values()] == [
        ("A", "a", DAY, date(2026, 11, 25))
    ]
    assert not plan.items["A"].attributes


def test_of_two_headers_for_one_column_the_more_usual_is_meant(read: Read) -> None:
    plan = read("订单号,编码,品名,名称,计划开始,开始\nX-1,A,p,a,2026-11-30,2026-11-24\n")
    found = plan.items["A"]
    assert (found.title, found.start) == ("a", DAY)
    assert found.attributes == {"订单号": "X-1", "品名": "p", "计划开始": "2026-11-30"}


@pytest.mark.parametrize("header", ["code,title,编码", "code,title,code", "单号,名称,单号"])
def test_a_known_header_twice_is_refused(complaints: Complaints, header: str) -> None:
    (told,) = complaints(f"{header}\nA,a,B\n")[:1]
    assert told.endswith("这一列出现了两次，只留一列")


def test_unknown_headers_may_repeat(read: Read) -> None:
    plan = read("code,title,start,备注,备注,备注\nA,a,2026-11-24,x,,z\n")
    assert plan.items["A"].attributes == {"备注": "x", "备注 3": "z"}


def test_a_header_of_two_rows_is_the_lower_one(tmp_path: Path) -> None:
    path = workbook(tmp_path / "plan.xlsx", 计划=[
        ["编码", "名称", "计划", None], ["编码", "名称", "开始", "完成"], ["A", "a", DAY, DAY],
    ])  # fmt: skip
    assert [*read_files(path).items] == ["A"]


# sheets


def several(tmp_path: Path) -> Path:
    return workbook(
        tmp_path / "plan.xlsx",
        说明=[["怎么填"], ["每行一项"]],
        关系=[["前置", "后续"], ["A", "B"]],
        十一月=[["项目计划"], ["编码", "名称", "开始"], ["A", "a", DAY], ["B", "b", DAY]],
        十二月=[["编码", "名称", "开始"], ["A", "a", DAY], ["B", "b", DAY], ["C", "c", DAY]],
    )


def test_the_sheet_with_the_header_is_found(tmp_path: Path) -> None:
    plan = read_files(several(tmp_path))
    assert ([*plan.items], len(plan.links)) == (["A", "B"], 1)


def test_a_sheet_is_named(tmp_path: Path) -> None:
    assert [*read_files(several(tmp_path), sheet="十二月").items] == ["A", "B", "C"]
    with pytest.raises(TableError) as caught:
        read_files(several(tmp_path), sheet="一月")
    assert str(caught.value) == "plan.xlsx: 写的是「一月」；工作簿里没有这张表，现有：说明、关系、十一月、十二月"


def test_where_no_sheet_has_a_header_the_first_is_told_of(tmp_path: Path) -> None:
    with pytest.raises(TableError) as caught:
        read_files(workbook(tmp_path / "plan.xlsx", 一=[["x"]], 二=[["y"]]))
    assert str(caught.value).startswith("plan.xlsx[一]: 前 10 行里没有找到表头")


# predecessors


def linked(*cells: str) -> str:
    rows = "".join(f'{n},t{n},,2,"{cell}"\n' for n, cell in enumerate(cells, 1))
    return f"标识号,任务名称,开始时间,工期,前置任务\n{rows}"


@pytest.mark.parametrize(
    ("cell", "links"),
    [
        ("", []),
        ("1", [Link("1", "3")]),
        ("1,2", [Link("1", "3"), Link("2", "3")]),
        ("1；2", [Link("1", "3"), Link("2", "3")]),
        ("1,2FS+2 个工作日", [Link("1", "3"), Link("2", "3", lag=2)]),
        ("1SS+3 days", [Link("1", "3", LinkKind.SS, 3)]),
        ("1ff-1d", [Link("1", "3", LinkKind.FF, -1)]),
        ("1 SF", [Link("1", "3", LinkKind.SF)]),
        ("1FS+1周", [Link("1", "3", lag=5)]),
        ("1FS+2 自然日", [Link("1", "3", lag=2, lag_kind=LagKind.CALENDAR)]),
        ("1+2天", [Link("1", "3", lag=2)]),
        ("1FS, 1SS", [Link("1", "3"), Link("1", "3", LinkKind.SS)]),
        ("１，２ＦＳ＋２天", [Link("1", "3"), Link("2", "3", lag=2)]),
        ("1,1", [Link("1", "3")]),
        ("1\n2", [Link("1", "3"), Link("2", "3")]),
        ("1FS+1天\r\n2；\n", [Link("1", "3", lag=1), Link("2", "3")]),
        ("1+1", [Link("1", "3", lag=1)]),
        ("1-1周", [Link("1", "3", lag=-5)]),
        ("1FS-1", [Link("1", "3", lag=-1)]),
    ],
)
def test_links_in_a_column_of_items(read: Read, cell: str, links: list[Link]) -> None:
    assert list(read(linked("", "", cell)).links) == links


UNREADABLE = [
    "9", "1-1", "1 -2", "1FS+50%", "1FS+4小时", "1FS+0.5天", "1XX", "1FS+", "everything", "1-FS=P3D", "1FS+9999天",
]  # fmt: skip


@pytest.mark.parametrize("cell", UNREADABLE)
def test_what_cannot_be_read_is_refused_with_where_it_belongs(complaints: Complaints, cell: str) -> None:
    (told,) = complaints(linked("", "", cell))
    assert told.startswith(f"items.csv:4: 前置任务: 写的是「{cell}」；看不懂「{cell}」")
    assert "「关系」表" in told


def test_the_most_links_are_those_of_both_places(
    read: Read, complaints: Complaints, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.tables.predecessors.MAX_LINKS", 2)
    items = "code,title,start,predecessors\nA,a,2026-11-24,\nB,b,2026-11-30,A\nC,c,2026-12-30,{}\n"
    table = "predecessor,successor\nA,C\n"
    assert len(read(items.format("A"), table).links) == 2
    assert complaints(items.format("B"), table)[0].startswith("items.csv:4: ")


def test_an_item_does_not_wait_for_itself(complaints: Complaints) -> None:
    assert complaints(linked("", "2FS")) == ["items.csv:3: 前置任务: 写的是「2FS」；前置和后续是同一项"]


def test_codes_that_end_like_a_kind_of_link(read: Read) -> None:
    plan = read("code,title,start,predecessors\nA-FS,a,2026-11-24,\nB,b,2026-11-30,A-FS\nC,c,2026-11-30,A-FSSS\n")
    assert plan.links == (Link("A-FS", "B"), Link("A-FS", "C", LinkKind.SS))


def test_predecessors_by_the_number_beside_the_code(read: Read) -> None:
    plan = read("标识号,编码,名称,开始,前置任务\n1,MO-1,a,2026-11-24,\n2,MO-2,b,2026-11-30,1\n")
    assert plan.links == (Link("MO-1", "MO-2"),)


def test_both_places_may_say_the_same_and_not_two_things(read: Read, complaints: Complaints) -> None:
    items = "code,title,start,predecessors\nA,a,2026-11-24,\nB,b,2026-11-30,A+1d\n"
    table = "predecessor,successor,lag_days,hard\nA,B,{lag},no\n"
    assert read(items, table.format(lag=1)).links == (Link("A", "B", lag=1, hard=False),)
    assert complaints(items, table.format(lag=2)) == [
        "items.csv:3: predecessors: 写的是「A+1d」；与「关系」表或前面写的不同：A 到这一项的间隔写了两种，只留一种"
    ]


def test_a_link_moves_what_is_planned_as_late_as_possible(read: Read) -> None:
    plan = read("code,title,start,duration_days,mode,predecessors\nP,p,,2,alap,\nA,a,2026-12-10,1,,P\n")
    assert plan.links == (Link("P", "A", drives=Drives.PREDECESSOR),)
