"""Filters of the board and the chart: what they hold, and those that somebody saved under a name of their own."""

from dataclasses import replace

import pytest

from handlers.lifecycle.scan import full_scan
from handlers.turn import Turn
from tests.bot.web.pages.visitor import Visitor, fields_of
from tests.handlers.company import Company
from tests.small_company import plan

SQLITE = pytest.mark.parametrize("backend", ["sqlite"])
LATE = {"page": "/board", "query": "late=1&department=production"}


async def saved(visitor: Visitor, does: str = "keep", status: int = 303, **more: str) -> str:
    """Where it leads, or what it says."""
    fields = fields_of(await visitor.open("/board?late=1")) | LATE | more
    answer = await visitor.send("/filters", **fields | {"does": does})
    assert answer.status_code == status, answer.text
    return answer.headers["location"] if status == 303 else answer.text


@pytest.mark.both_databases
async def test_a_filter_is_saved_for_its_owner_alone(company: Company, visitor: Visitor) -> None:
    await visitor.log_in(company, "wang")
    assert await saved(visitor, name="我们晚的") == "/board?late=1&department=production"
    page = await visitor.page("/board")
    assert 'href="/board?late=1&amp;department=production">我们晚的</a>' in page
    assert "我们晚的" not in await visitor.page("/gantt")
    await visitor.log_in(company, "lin")
    assert "我们晚的" not in await visitor.page("/board")
    await visitor.log_in(company, "wang")
    await saved(visitor, "drop", name="我们晚的")
    assert "我们晚的" not in await visitor.page("/board")


@SQLITE
async def test_under_a_name_that_is_there_it_takes_the_others_place(company: Company, visitor: Visitor) -> None:
    await visitor.log_in(company, "wang")
    await saved(visitor, name="我的")
    await saved(visitor, name="我的", query="type=delivery&by=department")
    page = await visitor.page("/board")
    assert page.count(">我的</a>") == 1
    assert 'href="/board?type=delivery&amp;by=department">我的' in page


@SQLITE
async def test_a_name_of_the_other_page_is_left_alone(company: Company, visitor: Visitor) -> None:
    await visitor.log_in(company, "wang")
    await saved(visitor, name="我的")
    told = await saved(visitor, name="我的", page="/gantt", query="type=delivery", status=422)
    assert "你已经有一页存了叫“我的”的筛选" in told
    await saved(visitor, "drop", name="我的", page="/gantt")
    assert ">我的</a>" in await visitor.page("/board")
    assert ">我的</a>" not in await visitor.page("/gantt")


@SQLITE
@pytest.mark.parametrize(
    ("more", "status", "told"),
    [
        ({"name": ""}, 422, "起个名字"), ({"name": " "}, 422, "起个名字"), ({"name": "x", "query": ""}, 422, "先筛选"),
        ({"name": "x", "query": "colour=red"}, 422, "先筛选"), ({"name": "x", "page": "//evil.example"}, 400, ""),
        ({"name": "x", "page": "/changes"}, 400, ""), ({"name": "x", "csrf": "y"}, 403, ""),
    ],
)  # fmt: skip
async def test_what_cannot_be_saved_says_so(
    company: Company, visitor: Visitor, more: dict[str, str], status: int, told: str
) -> None:
    await visitor.log_in(company, "wang")
    assert told in await saved(visitor, status=status, **more)


@SQLITE
async def test_there_is_a_most(company: Company, visitor: Visitor) -> None:
    await visitor.log_in(company, "wang")
    for n in range(20):
        await saved(visitor, name=f"第{n}")
    assert "最多存 20 个" in await saved(visitor, status=422, name="第21")
    await saved(visitor, name="第3", query="late=1")


@SQLITE
async def test_what_was_changed_since_a_revision(company: Company, visitor: Visitor) -> None:
    known = plan()
    items = {**known.items, "RC-1": replace(known.items["RC-1"], title="年度大盘点")}
    company.opens(replace(known, items=items))
    await visitor.log_in(company, "boss")
    page = await visitor.page("/board?since=1")
    assert "/items/RC-1" in page
    assert "/items/MO-1" not in page
    assert "since=99" in (told := await visitor.page("/board?since=99"))
    assert "/items/MO-1" in told


@SQLITE
async def test_what_goes_wrong(company: Company, visitor: Visitor) -> None:
    company.clock.move(days=14)
    at = company.clock.now()
    await company.office.write(lambda uow: full_scan(Turn(uow, at, company.environment), at))
    await visitor.log_in(company, "boss")
    page = await visitor.page("/board?risk=1")
    assert "/items/PO-1" in page
    assert "/items/RC-1" not in page


@SQLITE
async def test_by_owner_and_product(company: Company, visitor: Visitor) -> None:
    known = plan()
    items = {
        code: replace(item, owner="han" if code == "MO-1" else "", product="X3" if code == "PO-1" else "")
        for code, item in known.items.items()
    }
    company.opens(replace(known, items=items))
    await visitor.log_in(company, "boss")
    for query, there in (("owner=han", "MO-1"), ("product=X3", "PO-1")):
        page = await visitor.page(f"/board?{query}")
        assert [code for code in items if f"/items/{code}" in page] == [there]
    assert '<option value="han">韩冬</option>' in await visitor.page("/board")
