"""The settings in a browser: an admin fills a form by keyboard, another agrees, on a phone and on a screen."""

import asyncio
import re
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from playwright.async_api import Browser, Page, expect

from bot.platforms import PLATFORMS
from bot.settings import settings_of
from bot.web import create_web
from tests.bot.web.pages.visitor import room_of
from tests.browser import open_page
from tests.databases import filled_database, opened
from tests.e2e.test_accessible import CUT_OFF, TWICE, broken
from tests.e2e.test_pages import COMPLAINTS
from tests.handlers.company import PLANNING, Company
from tests.handlers.conftest import opens
from tests.handlers.governed import governed, sections
from tests.small_company import organisation

LINK = re.compile(r"(http\S+/in/[A-Za-z0-9._-]+)")
PHONE, SCREEN = (360, 740), (1280, 860)
RULES: list[dict[str, Any]] = [
    {"id": "big", "event": "any", "when": "days > 3 && item.type == 'production'", "deadline_hours": "24"},
    {"id": "rest", "event": "any", "approvals": ["affected", {"who": "role:admin", "mode": "all"}]},
]
PAGES = {
    "all": "/settings", "rules": "/settings/rules", "a rule": "/settings/rules/edit?entry=big",
    "a new rule": "/settings/rules/edit", "fences": "/settings/fences", "a fence": "/settings/fences/edit",
    "the ladder": "/settings/escalation/edit", "authority": "/settings/authority",
    "a grant": "/settings/authority/edit?entry=0", "masks": "/settings/masked/edit?entry=0",
    "thresholds": "/settings/exceptions/edit", "calendars": "/settings/calendars", "text": "/settings/calendars/text",
    "people": "/settings/people", "a draft": "/settings/drafts/1", "a dry run": "/settings/drafts/1?try=1",
}  # fmt: skip


class Served:
    """The company's pages at an address of this machine, where two admins have logged in."""

    def __init__(self, company: Company, address: str) -> None:
        self.company, self.address = company, address

    @asynccontextmanager
    async def by(self, browser: Browser, person: str, size: tuple[int, int]) -> AsyncIterator[Page]:
        told = await self.company.types(person, "链接", room_of(self.company, person), single=True)
        link = LINK.search(told)
        assert link
        async with open_page(browser, link[1], size) as page:
            await page.get_by_role("button", name="进入").click()
            await expect(page.get_by_role("heading", level=1)).to_contain_text("现在怎么样")
            yield page


@pytest.fixture
async def served(tmp_path: Path) -> AsyncIterator[Served]:
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    people = sections(organisation())["people"]
    people = [{**one, "roles": [*one["roles"], "admin"]} if one["id"] == "wang" else one for one in people]
    with filled_database("sqlite", tmp_path, opens) as url, opened(url) as database:
        company = governed(database, people=people, rules=RULES, server={"public_url": address})
        settings = settings_of(PLATFORMS).model_validate({})
        web = create_web(settings, company.current, company.clock, company.database, {})
        server = uvicorn.Server(uvicorn.Config(web, port=port, log_config=None, lifespan="off"))
        running = asyncio.create_task(server.serve())
        while not server.started:  # noqa: ASYNC110 uvicorn tells it so
            await asyncio.sleep(0.01)
        yield Served(company, address)
        server.should_exit = True
        await running


async def drafted(page: Page, address: str) -> None:
    await page.goto(f"{address}/settings/rules/edit?entry=big")
    await page.get_by_label("审批期限（小时）").fill("8")
    await page.get_by_label("理由").fill("压缩审批")
    await page.get_by_role("button", name="提交").last.click()
    await expect(page.get_by_role("heading", level=1)).to_contain_text("big：审批期限（小时） 24 → 8")


@pytest.mark.parametrize("size", [PHONE, SCREEN], ids=["a phone", "a screen"])
async def test_every_page_of_the_settings_can_be_read_by_anybody(
    served: Served, browser: Browser, size: tuple[int, int]
) -> None:
    await served.company.proposes("lin", "改期 RC-1 推迟5天 因为 盘点人手不够", PLANNING)
    async with served.by(browser, "admin", size) as page:
        await drafted(page, served.address)
        for name, path in PAGES.items():
            assert await broken(page, f"{served.address}{path}") == [], name
            assert await page.evaluate("document.documentElement.scrollWidth") <= size[0], name
            assert await page.evaluate(COMPLAINTS) == [], name
            await page.evaluate(TWICE)
            assert await page.evaluate("document.documentElement.scrollWidth") <= size[0], f"{name}, twice as large"
            assert await page.evaluate(CUT_OFF) == [], f"{name}, twice as large"


async def test_two_admins_change_a_rule(served: Served, browser: Browser) -> None:
    async with served.by(browser, "admin", PHONE) as page:
        await page.get_by_role("link", name="设置").click()
        await page.get_by_role("link", name="触发规则").click()
        await page.get_by_role("link", name="改 big").click()
        await page.get_by_label("审批期限（小时）").fill("soon")
        await page.get_by_label("理由").fill("压缩审批")
        await page.get_by_label("审批期限（小时）").press("Enter")  # submits, whatever other buttons there are
        await expect(page.get_by_role("alert")).to_contain_text("还有写错的地方")
        await expect(page.get_by_label("审批期限（小时）")).to_have_value("soon")
        await expect(page.get_by_label("理由")).to_have_value("压缩审批")
        await drafted(page, served.address)
        async with served.by(browser, "wang", SCREEN) as other:
            await other.goto(page.url)
            await other.get_by_role("button", name="同意", exact=True).click()
            await expect(other.locator(".chip")).to_contain_text("王五 已同意，已生效")
    rules = await served.company.look(lambda turn: {one.id: one.deadline_hours for one in turn.environment.rules})
    assert rules["big"] == 8


async def test_a_condition_by_choosing_and_a_form_by_keyboard(served: Served, browser: Browser) -> None:
    async with served.by(browser, "admin", SCREEN) as page:
        await page.goto(f"{served.address}/settings/rules/edit")
        await page.get_by_label("编号").fill("late")
        await page.get_by_label("事实").select_option("late_orders")
        await page.get_by_label("比较").select_option(">=")
        await page.get_by_label("值（几个用逗号隔开）").fill("2")
        await page.get_by_role("button", name="加上这个条件").press("Enter")
        await expect(page.get_by_label("CEL 表达式")).to_have_value("late_orders >= 2")
        await expect(page.get_by_text("读作：")).to_be_visible()
        await expect(page.get_by_label("编号")).to_have_value("late")
        await page.get_by_role("button", name="试算近 30 天").press("Enter")
        await expect(page.get_by_role("status").last).to_contain_text("近 30 天没有变更")
        await page.get_by_role("button", name="再加几行").press("Space")
        await expect(page.get_by_label("编号")).to_have_value("late")
