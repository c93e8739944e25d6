"""The program's own check: worked numbers of facts, and working hours."""

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from .company import Company, Dates, WorkCalendar
from .exceptions import View
from .forecast import Outlook, rate
from .pushes import delta, push
from .readiness import shelves
from .tables import at, read_from

BOARD = """code,type,quantity,duration_days,start,finish
    MO-2451,production,2000,10,2026-11-30,2026-12-11
    DL-6451,delivery,2000,1,2026-12-14,2026-12-14
    SO-1045,sales_order,2000,1,2026-12-18,2026-12-18"""
LINKS = """predecessor,successor,kind,lag_days
    MO-2451,DL-6451,FS,0
    DL-6451,SO-1045,FS,3"""
DAYS = """no,item,kind,day,at,good,scrap
    RP-1,MO-2451,quantity,2026-11-30,2026-11-30T10:00:00+00:00,150,
    RP-2,MO-2451,quantity,2026-12-01,2026-12-01T10:00:00+00:00,140,10
    RP-3,MO-2451,quantity,2026-12-02,2026-12-02T09:00:00+00:00,160,
    RP-4,MO-2451,quantity,2026-12-03,2026-12-03T09:00:00+00:00,230,
    RP-5,MO-2451,quantity,2026-12-04,2026-12-04T09:00:00+00:00,260,5"""
PROMISE = """item,finish,at,source
    SO-1045,2026-12-18,2026-11-27T00:00:00+00:00,promise"""


@pytest.fixture
def board(tmp_path: Path) -> Company:
    return read_from(tmp_path, items=BOARD, links=LINKS, reports=DAYS, promises=PROMISE)


@pytest.mark.parametrize(
    ("day", "done", "worked", "pieces", "left", "finish", "late"),
    [
        ("12-02", 450, 3, "175.0", 9, date(2026, 12, 15), 2),
        ("12-03", 680, 4, "182.9", 8, date(2026, 12, 15), 2),
        ("12-04", 940, 5, "192.5", 6, date(2026, 12, 14), 1),
    ],
)
def test_the_rate_seen_gains_weight(
    board: Company, day: str, done: Fraction, worked: int, pieces: str, left: int, finish: date, late: int
) -> None:
    outlook = Outlook(board, at(day))
    item, progress = board.items["MO-2451"], outlook.progress["MO-2451"]
    now = rate(item, progress, Fraction(3))
    assert (progress.done, now.worked, f"{float(now.pieces):.1f}", now.left) == (done, worked, pieces, left)
    assert (outlook.forecast["MO-2451"].finish, delta(outlook, item)) == (finish, late)


def test_the_delivery_would_be_pushed_and_the_promise_break(board: Company) -> None:
    view = View(board, at("12-02"))
    assert view.forecast["DL-6451"].start == date(2026, 12, 16)
    assert board.calendar.between(board.items["DL-6451"].start, view.forecast["DL-6451"].start) == 2
    assert push(view, board.items["MO-2451"]) == ["DL-6451", "SO-1045"]
    assert view.forecast["SO-1045"].finish == date(2026, 12, 22)
    assert view.progress["MO-2451"].part == Fraction(225, 1000)


@pytest.mark.parametrize(
    ("words", "done", "finish"),
    [
        ("", 0, "2026-12-15"),
        ("1,start,2026-12-02,,,,,,", 0, "2026-12-15"),
        ("1,quantity,2026-12-02,450,,,,,", 450, "2026-12-10"),
        ("1,percent,2026-12-02,,60,,,,", 1200, "2026-12-04"),
        ("1,quantity,2026-12-01,300,,,,,\n2,percent,2026-12-02,,60,,,,", 1200, "2026-12-07"),
        ("1,percent,2026-12-01,,60,,,,\n2,quantity,2026-12-02,300,,,,,", 300, "2026-12-16"),
        ("1,quantity,2026-12-02,450,,,,,\n2,remaining,2026-12-02,,,3,,,", 450, "2026-12-07"),
        ("1,quantity,2026-12-02,450,,,,,\n2,expected,2026-12-02,,,,2026-12-09,,", 450, "2026-12-09"),
        ("1,quantity,2026-12-01,450,,,,,\n2,expected,2026-12-01,,,,2026-12-01,,", 450, "2026-12-09"),
        ("1,expected,2026-12-01,,,,2026-12-29,,\n2,quantity,2026-12-02,450,,,,,", 450, "2026-12-10"),
        ("1,quantity,2026-12-02,450,,,,,\n2,correction,,150,,,,1,", 150, "2026-12-16"),
        ("1,quantity,2026-12-02,450,,,,,\n2,correction,,,,,,1,yes", 0, "2026-12-15"),
        ("1,quantity,2026-12-02,450,,,,,\n2,correction,,,,,,1,yes\n3,correction,,150,,,,2,", 150, "2026-12-16"),
        ("1,quantity,2026-12-01,100,,,,,\n2,percent,2026-12-02,,60,,,,\n3,correction,,200,,,,1,", 1200, "2026-12-07"),
        ("1,quantity,2026-11-28,100,,,,,\n2,quantity,2026-12-02,350,,,,,", 450, "2026-12-17"),
    ],
)
def test_what_counts_of_what_is_said(tmp_path: Path, words: str, done: Fraction, finish: str) -> None:
    """Said on the second of December at 12:00 and after, in this order, of 2,000 in ten days from 11-30."""
    rows = ["no,kind,day,good,percent,remaining_days,expected,corrects,void,item,at"]
    for number, line in enumerate(words.splitlines()):
        rows.append(f"{line},MO-2451,2026-12-02T04:00:{number:02}+00:00")
    view = View(read_from(tmp_path, items=BOARD, links=LINKS, reports="\n".join(rows)), at("12-02"))
    assert (view.progress["MO-2451"].done, str(view.forecast["MO-2451"].finish)) == (done, finish)


@pytest.mark.parametrize(("hour", "on_hand"), [("08:30", 500), ("10:30", 700), ("15:30", 600), ("18:30", 590)])
def test_a_count_replaces_what_was_reckoned(tmp_path: Path, hour: str, on_hand: int) -> None:
    company = read_from(
        tmp_path,
        settings="name,value\ncalendar,weekdays\nbackflush,steel",
        items="""code,type,quantity,product,duration_days,start,finish
            PO-1,purchase,200,steel,5,2026-11-26,2026-12-02
            MO-1,production,500,,5,2026-12-02,2026-12-08""",
        links="predecessor,successor,ratio,drives\nPO-1,MO-1,1,predecessor",
        reports="""no,item,kind,day,at,good
            RP-1,PO-1,arrival,2026-12-02,2026-12-02T02:00:00+00:00,200
            RP-2,MO-1,quantity,2026-12-02,2026-12-02T07:00:00+00:00,100""",
        stock="""product,as_of,on_hand
            steel,2026-12-02T00:00:00+00:00,500
            steel,2026-12-02T10:00:00+00:00,590""",
    )
    assert shelves(Outlook(company, at("12-02", hour)))["steel"].on_hand == on_hand


def test_an_arrival_of_yesterday_lies_in_this_mornings_count(tmp_path: Path) -> None:
    company = read_from(
        tmp_path,
        items="code,type,quantity,product,duration_days,start,finish\nPO-1,purchase,200,steel,5,2026-11-26,2026-12-02",
        reports="no,item,kind,day,at,good\nRP-1,PO-1,arrival,2026-12-01,2026-12-02T02:00:00+00:00,200",
        stock="product,as_of,on_hand\nsteel,2026-12-02T00:00:00+00:00,500",
    )
    assert shelves(Outlook(company, at("12-02")))["steel"].on_hand == 500


@pytest.mark.parametrize(
    ("said", "received", "status", "start", "finish"),
    [
        ("", 0, "confirmed", "11-26", "12-02"),
        ("PO-1,2026-11-30,500", 500, "in_progress", "11-26", "12-02"),
        ("RC-1,2026-11-30,500", 500, "in_progress", "11-26", "12-02"),
        ("PO-1,2026-11-30,500\nRC-1,2026-12-01,600", 600, "in_progress", "11-26", "12-02"),
        ("PO-1,2026-11-30,500\nPO-1,2026-12-01,500", 1000, "done", "11-26", "12-01"),
        ("PO-1,2026-11-25,500", 500, "in_progress", "11-25", "12-02"),
        ("RC-1,2026-11-30,400\nRC-1,2026-12-02,600\nPO-1,2026-12-02,1", 1000, "done", "11-26", "12-02"),
    ],
)
def test_the_same_goods_count_once(
    tmp_path: Path, said: str, received: Fraction, status: str, start: str, finish: str
) -> None:
    rows = [f"{n},{line},arrival,2026-12-02T04:00:{n:02}+00:00" for n, line in enumerate(said.splitlines())]
    company = read_from(
        tmp_path,
        items="""code,type,quantity,product,duration_days,start,finish
            PO-1,purchase,1000,steel,5,2026-11-26,2026-12-02
            RC-1,receipt,1000,steel,1,2026-12-03,2026-12-03""",
        links="predecessor,successor\nPO-1,RC-1",
        reports="\n".join(["no,item,day,good,kind,at", *rows]),
    )
    bought = Outlook(company, at("12-02")).progress["PO-1"]
    dates = Dates(date.fromisoformat(f"2026-{start}"), date.fromisoformat(f"2026-{finish}"))
    assert (bought.good, bought.status, bought.dates) == (received, status, dates)


@pytest.mark.parametrize(
    ("word", "finish", "unknown"),
    [("", "2026-12-03", True), ("2026-12-01", "2026-12-03", True), ("2026-12-02", "2026-12-02", False),
     ("2026-12-05", "2026-12-05", False), ("2026-12-09", "2026-12-09", False)],
)
def test_a_purchase_comes_when_it_is_said_to(tmp_path: Path, word: str, finish: str, unknown: bool) -> None:
    row = f"RP-1,PO-1,expected,2026-11-27,2026-11-27T04:00:00+00:00,{word}" if word else ""
    company = read_from(
        tmp_path,
        items="code,type,quantity,duration_days,start,finish\nPO-1,purchase,9,5,2026-11-24,2026-11-30",
        reports="\n".join(["no,item,kind,day,at,expected", row]),
    )
    outlook = Outlook(company, at("12-02"))
    assert (str(outlook.forecast["PO-1"].finish), "PO-1" in outlook.unknown) == (finish, unknown)


@pytest.mark.parametrize(
    ("since", "until", "hours"),
    [("12-04 16:00", "12-07 10:00", 3.0), ("12-01 17:30", "12-02 09:45", 1.25), ("12-01 20:00", "12-02 09:10", 1 / 6)],
)
def test_working_hours(since: str, until: str, hours: float) -> None:
    calendar = WorkCalendar([date(2026, 12, day) for day in (1, 2, 3, 4, 7)])
    assert calendar.hours(at(*since.split()), at(*until.split())) == pytest.approx(hours)
