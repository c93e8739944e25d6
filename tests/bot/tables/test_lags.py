"""Lags with their units, in the table of links and in a column of items."""

import pytest

from planning.plan.link import LagKind
from tests.bot.tables.conftest import Complaints, Read

ITEMS = """\
编码,名称,部门,方式,开始
A,五天,生产部,尽早,2026-11-24
B,七天,门店,尽早,2026-12-28
L,五天尽晚,生产部,尽晚,2026-11-24
M,七天尽晚,门店,尽晚,2026-11-24
"""
W, C = LagKind.WORKING, LagKind.CALENDAR


@pytest.mark.parametrize(
    ("lag", "unit", "days", "kind"),
    [
        ("", "", 0, W), ("", "自然日", 0, C), ("2", "", 2, W), ("-2", "自然日", -2, C), ("2天", "", 2, W),
        ("2 days", "自然日", 2, C), ("3 个工作日", "", 3, W), ("3 个工作日", "工作日", 3, W),
        ("3 working days", "", 3, W), ("2 自然日", "", 2, C), ("-2 calendar days", "自然日", -2, C),
        ("2 edays", "", 2, C), ("1周", "", 7, W),
        ("-2 wks", "工作日", -14, W), ("0.5 周", "自然日", "应为整数", C), ("1周", "自然日", 7, C),
        ("1,000天", "", 1000, W), ("两天", "", "应为整天数，可以带单位", W),
        ("4小时", "", "应为整天数", W), ("1.5天", "", "应为整数", W),
        ("9999天", "", "应在 -", W), ("2 自然日", "工作日", "与「间隔单位」写的不同，只留一种", C),
        ("2 个工作日", "calendar", "与「间隔单位」写的不同", C), ("#REF!", "", "是 Excel 的错误值", W),
    ],
)  # fmt: skip
def test_a_lag_may_carry_its_unit(
    read: Read, complaints: Complaints, lag: str, unit: str, days: int | str, kind: LagKind
) -> None:
    links = f'前置,后续,间隔,间隔单位\nA,B,"{lag}",{unit}\n'
    if isinstance(days, str):
        (told,) = complaints(ITEMS, links)
        assert told.startswith(f"links.csv:2: 间隔: 写的是「{lag}」；{days}")
    else:
        (link,) = read(ITEMS, links).links
        assert (link.lag, link.lag_kind) == (days, kind)


@pytest.mark.parametrize(
    ("ends", "drives", "calendar", "days"),
    [
        ("A,B", "", "", 7), ("B,A", "", "", 5), ("L,B", "", "", 5), ("M,A", "", "", 7), ("M,A", "后续", "", 5),
        ("A,B", "", "周一到周五", 5), ("B,A", "", "每天", 7),
    ],
)  # fmt: skip
def test_a_week_is_one_of_the_days_that_count(read: Read, ends: str, drives: str, calendar: str, days: int) -> None:
    """The link's calendar, else that of the item that moves: the successor, or a predecessor as late as possible."""
    (link,) = read(ITEMS, f"前置,后续,间隔,驱动,日历\n{ends},1周,{drives},{calendar}\n").links
    assert link.lag == days


@pytest.mark.parametrize(("before", "days"), [("A", 7), ("L", 5), ("M", 7)])
def test_a_week_in_a_column_of_items_is_the_same(read: Read, before: str, days: int) -> None:
    rows = "".join(f"{line},{f'{before}+1周' if line[0] == 'B' else ''}\n" for line in ITEMS.splitlines()[1:])
    (link,) = read(f"编码,名称,部门,方式,开始,前置任务\n{rows}").links
    assert (link.successor, link.lag) == ("B", days)
