"""The sheet of stock: what is there, and as of when."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.tables.cells import Unreadable, instant_of
from bot.tables.problem import TableError
from bot.tables.read import read_plan
from planning.plan.plan import Stock
from tests.small_company import TODAY, organisation

SHANGHAI = ZoneInfo("Asia/Shanghai")
ITEMS = "编码,名称,部门,开始,完成\nMO-1,组装,生产部,2026-12-07,2026-12-11\n"


@pytest.mark.parametrize(
    ("cell", "instant"),
    [
        ("2026-12-02 08:00", datetime(2026, 12, 2, 8, tzinfo=SHANGHAI)),
        ("2026/12/2 08:00:30", datetime(2026, 12, 2, 8, 0, 30, tzinfo=SHANGHAI)),
        ("2026-12-02T00:00:00Z", datetime(2026, 12, 2, tzinfo=UTC)),
        ("2026-12-02T08:00+08:00", datetime(2026, 12, 2, 8, tzinfo=SHANGHAI)),
        ("2026-12-02", datetime(2026, 12, 2, 23, 59, 59, tzinfo=SHANGHAI)),
        (datetime(2026, 12, 2, 8, tzinfo=SHANGHAI).replace(tzinfo=None), datetime(2026, 12, 2, 8, tzinfo=SHANGHAI)),
        ("2026-12-02 9:30", datetime(2026, 12, 2, 9, 30, tzinfo=SHANGHAI)),
        ("2026-12-02 09:30 UTC", datetime(2026, 12, 2, 9, 30, tzinfo=UTC)),
        ("2026-12-02T09:30:00.250+08", datetime(2026, 12, 2, 9, 30, tzinfo=SHANGHAI)),
        ("2026-12-02 09:30 +0000", datetime(2026, 12, 2, 9, 30, tzinfo=UTC)),
        ("2026年12月2日 9:30", datetime(2026, 12, 2, 9, 30, tzinfo=SHANGHAI)),
        ("2026年12月2日 9时30分", datetime(2026, 12, 2, 9, 30, tzinfo=SHANGHAI)),
        ("2026-12-02 下午3:00", datetime(2026, 12, 2, 15, tzinfo=SHANGHAI)),
        ("2026-12-02 下午12:05", datetime(2026, 12, 2, 12, 5, tzinfo=SHANGHAI)),
        ("2026-12-02 中午12:05", datetime(2026, 12, 2, 12, 5, tzinfo=SHANGHAI)),
        ("2026-12-02 凌晨12:05", datetime(2026, 12, 2, 0, 5, tzinfo=SHANGHAI)),
        ("2026-12-02 3:00 PM", datetime(2026, 12, 2, 15, tzinfo=SHANGHAI)),
        ("2026-12-02 12:10:05 am", datetime(2026, 12, 2, 0, 10, 5, tzinfo=SHANGHAI)),
        ("", None),
    ],
)
def test_a_moment_and_a_day_that_means_its_end(cell: object, instant: datetime | None) -> None:
    assert instant_of(cell, SHANGHAI) == instant


@pytest.mark.parametrize("cell", [
    "2026-12-02 25:00", "昨天", "08:00", "2026-12-02 上午", "2026-12-02 早班", "2026-12-02 9", "2026-12-02 UTC",
    "2026-12-02 下午15:00", "2026-12-02 晚上12:00", "2026-12-02 9:60", "2026-12-02 09:30 PST", "2026-12-02 09:30:61",
    "2026-13-02 09:30",
])  # fmt: skip
def test_what_is_no_moment(cell: str) -> None:
    with pytest.raises(Unreadable):
        instant_of(cell, SHANGHAI)


def _read(folder: Path, stock: str) -> Stock:
    (folder / "plan.csv").write_text(ITEMS, encoding="utf-8")
    (folder / "plan.stock.csv").write_text(stock, encoding="utf-8")
    read = read_plan(
        folder / "plan.csv", None, organisation=organisation(), calendar="china", today=TODAY, plan_id="main",
        plan_name="一厂", zone=SHANGHAI,
    )  # fmt: skip
    return read.plan.stock["钢板"]


def test_less_than_nothing_is_read_as_it_stands(tmp_path: Path) -> None:
    found = _read(tmp_path, "产品,现存量,安全库存,截至\n钢板,-3,50,2026-11-20 08:00\n")
    assert (found.on_hand, found.safety) == (Decimal(-3), Decimal(50))
    assert found.as_of == datetime(2026, 11, 20, 8, tzinfo=SHANGHAI)


def test_what_is_yet_to_come_is_refused(tmp_path: Path) -> None:
    tomorrow = TODAY + timedelta(1)
    with pytest.raises(TableError, match=f"截至: 写的是「{tomorrow}」；还没有到：今天是 {TODAY}"):
        _read(tmp_path, f"产品,现存量,截至\n钢板,3,{tomorrow}\n")
