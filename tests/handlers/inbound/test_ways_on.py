"""Where something cannot be done, the sentence says what can, and that works when it is typed back."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from planning.plan.item import Constraint
from planning.plan.plan import Plan
from tests.handlers.company import PRODUCTION, Company
from tests.previews import NEWEST
from tests.small_company import plan

pytestmark = pytest.mark.parametrize("backend", ["sqlite"])


def with_room(**fields: Any) -> Plan:
    """MO-1 a week later than its predecessor lets it begin."""
    known = plan()
    later = replace(known.items["MO-1"], start=date(2026, 12, 14), finish=date(2026, 12, 18), **fields)
    after = {"SO-1": (date(2026, 12, 21), date(2026, 12, 22)), "DL-1": (date(2026, 12, 23), date(2026, 12, 23))}
    moved = {code: replace(known.items[code], start=first, finish=last) for code, (first, last) in after.items()}
    return replace(known, items={**known.items, **moved, "MO-1": later})


def suggested(told: str) -> str:
    """The command at the end of a refusal, as somebody copies it."""
    return told.partition("请发送：")[2].replace("＜原因＞", "试")


async def types_back(company: Company, wish: str) -> str:
    told = await company.types("han", f"改期 MO-1 {wish} 因为 试")
    assert "请发送：改期 MO-1" in told, told
    return await company.types("han", suggested(told))


@pytest.mark.parametrize("wish", ["到 12-10", "开始 到 12-04", "到 12-04 开始", "提前7天"])
async def test_the_earliest_after_a_predecessor_works_when_typed_back(company: Company, wish: str) -> None:
    company.opens(with_room())
    assert await types_back(company, wish) == "", "a preview is the answer"
    drafted = await company.change(NEWEST)
    assert [str(line.after) for line in drafted.impact.lines if line.item == "MO-1"] == ["2026-12-07", "2026-12-11"]


@pytest.mark.parametrize("wish", ["到 12-14", "开始 到 12-07", "提前5天"])
async def test_the_earliest_a_constraint_allows_works_when_typed_back(company: Company, wish: str) -> None:
    no_earlier = Constraint.START_NO_EARLIER_THAN
    company.opens(with_room(constraint=no_earlier, constraint_date=date(2026, 12, 9)))
    assert await types_back(company, wish) == ""


async def test_a_finish_is_answered_with_a_finish(company: Company) -> None:
    company.opens(with_room())
    assert await company.types("han", "改期 MO-1 到 12-10 因为 试", PRODUCTION) == (
        "MO-1 不能在 2026-12-10 完成：那样 2026-12-04 就要开始，前面的 PO-1 到时还没做完；最早 2026-12-11 完成。"
        "要更早，请先提前 PO-1；就排在最早，请发送：改期 MO-1 到 2026-12-11 因为 ＜原因＞"
    )


async def test_what_stands_earliest_is_offered_no_date(company: Company) -> None:
    company.opens()
    assert await company.types("han", "改期 MO-1 到 12-10 因为 试") == (
        "MO-1 现在 2026-12-07 开始、2026-12-11 完成，已经是最早：前面的 PO-1 在那之前做不完。要更早，请先提前 PO-1。"
    )
