"""代理 in the small company: taken back for one deputy only, overlapping, in a circle."""

import pytest

from tests.handlers.company import PLANNING, PURCHASING, Company

pytestmark = pytest.mark.parametrize("backend", ["sqlite"])


@pytest.fixture
def open_company(company: Company) -> Company:
    return company.opens()


async def test_a_leave_is_said_as_people_say_it(open_company: Company) -> None:
    told = await open_company.types("han", "我请假 12-01~12-05 由 王五 代")
    assert told.startswith("已记下：韩冬 2026-12-01 到 2026-12-05 请假，请 王五 代为决定。王五 接受之前，")
    assert "“不存在”" in await open_company.types("han", "代理 不存在 12-01~12-05"), "the whole name"


async def test_it_is_taken_back_for_one_deputy_only(open_company: Company) -> None:
    await open_company.leaves("han", "代理 王五 12-01~12-05")
    await open_company.leaves("han", "代理 林静 12-10~12-12")
    refused = await open_company.types("han", "代理 取消 何佳")
    assert refused == "你没有请 何佳 代理，没有要取消的。发送“代理”可以看到谁替谁。"
    told = await open_company.types("han", "代理 取消 王五")
    assert told.startswith("已取消：韩冬 2026-12-01 到 2026-12-05 请假，王五 代。")
    assert await open_company.types("han", "代理") == "- 韩冬 2026-12-10 到 2026-12-12 请假，林静 代"


async def test_days_that_nobody_acts_for_any_more_are_said(open_company: Company) -> None:
    await open_company.types("han", "代理 王五 12-01~12-10")
    told = (await open_company.types("han", "代理 林静 12-05~12-06")).splitlines()
    again = [
        "其中 2026-12-01 到 2026-12-04 不再有人代；还要的话，请发送：代理 王五 2026-12-01~2026-12-04",
        "其中 2026-12-07 到 2026-12-10 不再有人代；还要的话，请发送：代理 王五 2026-12-07~2026-12-10",
    ]
    assert [line for line in told if line.startswith("其中")] == again
    for line in again:
        assert "替换" not in await open_company.types("han", line.partition("请发送：")[2])
    assert len((await open_company.types("han", "代理")).splitlines()) == 3


async def test_a_deputy_who_is_away_is_warned_of(open_company: Company) -> None:
    """In a circle or with a deputy of their own: nothing is handed further."""
    assert "⚠" not in await open_company.types("han", "代理 林静 12-01~12-05")
    told = await open_company.types("lin", "代理 韩冬 12-04~12-08", PLANNING)
    assert "⚠ 2026-12-04~2026-12-05 韩冬 也请假，代理不再往下转，没有人代你决定" in told


async def test_a_deputy_who_may_not_approve_is_warned_of(open_company: Company) -> None:
    assert "⚠ 何佳 没有审批的角色" in await open_company.types("han", "代理 何佳 12-01~12-05")
    assert "⚠" not in await open_company.types("qian", "代理 何佳 12-01~12-05", PURCHASING), "who approves nothing"
