"""The program's own check: worked numbers of readiness, and 分批到货."""

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from .exceptions import View
from .readiness import Order
from .tables import at, read_from

ITEMS = """code,type,quantity,product,duration_days,start,finish,unit,lot_multiple,lot_minimum
    MO-A,production,300,,1,2026-12-03,2026-12-03,pcs,,
    MO-B,production,250,,1,2026-12-02,2026-12-02,pcs,,"""
STOCK = "product,as_of,on_hand,safety\n钢板,2026-12-02T00:00:00+00:00,500,50"


def looked_at(folder: Path, first: str, **tables: str) -> dict[str, Order]:
    """MO-B needs 250 and MO-A 300 of 钢板; PO-1 is pegged to MO-A, PO-2 to nobody, STEEL is over and gives the name."""
    items = f"""{ITEMS}
        STEEL,purchase,1,钢板,1,2026-11-02,2026-11-02,pcs,,
        PO-1,purchase,200,钢板,3,2026-11-30,2026-{first},pcs,,
        PO-2,purchase,100,钢板,3,2026-12-03,2026-12-07,pcs,,"""
    links = "predecessor,successor,ratio,drives\nPO-1,MO-A,1,predecessor\nSTEEL,MO-B,1,predecessor"
    reports = "no,item,kind,day,at,good\nRP-1,STEEL,arrival,2026-11-02,2026-11-02T01:00:00+00:00,1"
    company = read_from(folder, **{"items": items, "links": links, "reports": reports, "stock": STOCK, **tables})
    return View(company, at("12-02", "09:00")).orders


def test_as_planned(tmp_path: Path) -> None:
    orders = looked_at(tmp_path, "12-02")
    assert [orders[code].colour for code in ("MO-B", "MO-A")] == ["green", "yellow"]
    assert orders["MO-A"].lines[0].there == 300


def test_a_receipt_that_slips(tmp_path: Path) -> None:
    orders = looked_at(tmp_path, "12-04")
    late = orders["MO-A"]
    assert (orders["MO-B"].colour, late.colour) == ("green", "red")
    assert (int(late.lines[0].short), late.eta, int(late.can_do)) == (50, date(2026, 12, 7), 250)


def test_two_orders_for_one_stock(tmp_path: Path) -> None:
    company = read_from(
        tmp_path,
        items="""code,type,quantity,product,duration_days,start,finish
            MO-1,production,100,,1,2026-12-03,2026-12-03
            MO-2,production,100,,1,2026-12-03,2026-12-03
            PO-0,purchase,1,钢板,1,2026-11-02,2026-11-02""",
        links="predecessor,successor,ratio,drives\nPO-0,MO-1,1,predecessor\nPO-0,MO-2,1,predecessor",
        reports="no,item,kind,day,at,good\nRP-1,PO-0,arrival,2026-11-02,2026-11-02T01:00:00+00:00,1",
        stock="product,as_of,on_hand,safety\n钢板,2026-12-02T00:00:00+00:00,100,0",
    )
    orders = View(company, at("12-02", "09:00")).orders
    assert [(order.colour, order.eta) for order in orders.values()] == [("green", None), ("red", None)]


@pytest.mark.parametrize(
    ("arrived", "expected", "colour", "short", "eta", "can_do"),
    [(600, "2026-12-09", "red", 400, date(2026, 12, 10), 600), (600, "2026-12-04", "yellow", 0, None, 0),
     (0, "2026-12-09", "red", 1000, date(2026, 12, 10), 0), (1000, "", "yellow", 0, None, 0)],
)
def test_goods_nobody_counts(
    tmp_path: Path, arrived: int, expected: str, colour: str, short: Fraction, eta: date | None, can_do: Fraction
) -> None:
    company = read_from(
        tmp_path,
        items="""code,type,quantity,duration_days,start,finish
            PO-1,purchase,1000,5,2026-11-30,2026-12-04
            MO-1,production,1000,5,2026-12-07,2026-12-11""",
        links="predecessor,successor,ratio,drives\nPO-1,MO-1,1,predecessor",
        reports=f"""no,item,kind,day,at,good,expected
            RP-1,PO-1,arrival,2026-12-04,2026-12-04T02:00:00+00:00,{arrived},{expected}""",
    )
    order = View(company, at("12-04", "11:00")).orders["MO-1"]
    assert (order.colour, order.lines[0].short, order.eta, order.can_do) == (colour, short, eta, can_do)


@pytest.mark.parametrize(
    ("link", "unit", "need"),
    [
        (",0.02,predecessor,1", "pcs", "2041"),
        (",0.02,predecessor,1", "kg", "2041"),
        (",0.02,predecessor,0.25", "kg", "511"),
        (",,predecessor,0.0005", "kg", "1"),
        (",0.02,predecessor,0.00025", "kg", "0.6"),
        (",0.02,successor,3", "pcs", "667"),
        (",0.02,successor,3", "kg", "667"),
        (",,successor,0.5", "kg", "4000"),
    ],
)
def test_what_an_order_needs(tmp_path: Path, link: str, unit: str, need: str) -> None:
    """Of 2,000 pieces."""
    company = read_from(
        tmp_path,
        items=f"""code,type,quantity,unit,duration_days,start,finish
            MO-1,production,2000,pcs,5,2026-12-07,2026-12-11
            PO-1,purchase,9999,{unit},1,2026-12-01,2026-12-01""",
        links=f"predecessor,successor,lag_days,scrap,drives,ratio\nPO-1,MO-1,{link}",
    )
    assert View(company, at("12-02")).orders["MO-1"].lines[0].need == Fraction(need)


def test_what_an_order_is_made_for_is_no_line_and_an_inspection_gives_two(tmp_path: Path) -> None:
    company = read_from(
        tmp_path,
        items="""code,type,quantity,product,duration_days,start,finish
            SO-1,sales_order,100,,1,2026-12-01,2026-12-01
            PO-1,purchase,100,chip,3,2026-12-01,2026-12-03
            QA-1,inspection,100,,1,2026-12-04,2026-12-04
            DWG,task,,,1,2026-12-08,2026-12-08
            MO-1,production,100,,5,2026-12-07,2026-12-11
            MO-2,production,,,5,2026-12-07,2026-12-11""",
        links="""predecessor,successor,ratio,drives
            SO-1,MO-1,1,successor
            PO-1,QA-1,1,
            QA-1,MO-1,1,predecessor
            DWG,MO-1,,
            SO-1,MO-2,,""",
    )
    orders = View(company, at("12-02")).orders
    assert [(line.name, line.colour) for line in orders["MO-1"].lines] == [("chip", "yellow")]
    assert [(line.name, line.colour, line.eta) for line in orders["MO-1"].errands] == [
        ("QA-1", "yellow", date(2026, 12, 7)), ("DWG", "red", date(2026, 12, 9))]
    assert (orders["MO-1"].colour, orders["MO-1"].eta, int(orders["MO-1"].can_do)) == ("red", date(2026, 12, 9), 0)
    assert orders["MO-2"].colour == "none"


def test_units_that_differ(tmp_path: Path) -> None:
    items = f"""{ITEMS}
        STEEL,purchase,100,钢板,1,2026-11-02,2026-12-01,kg,,
        PO-1,purchase,900,钢板,3,2026-11-30,2026-12-02,pcs,,"""
    links = "predecessor,successor,ratio,drives\nPO-1,MO-A,1,predecessor\nSTEEL,MO-B,1,predecessor"
    orders = looked_at(tmp_path, "12-02", items=items, links=links, reports="no,item,kind,day,at")
    assert {order.colour for order in orders.values()} == {"red"}
