"""Log-in with an account in a browser: by the page with the QR code, and inside the platforms' own clients."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from playwright.async_api import Browser, Page, expect

from tests.bot.web.pages.platforms import INSIDE
from tests.browser import PATIENCE
from tests.e2e.test_pages import COMPLAINTS, SIZES, faint
from tests.scenarios.play import Play

PERSON = "wu.fan"


@asynccontextmanager
async def window(browser: Browser, agent: str | None = None, size: tuple[int, int] = SIZES[0]) -> AsyncIterator[Page]:
    context = await browser.new_context(
        user_agent=agent, locale="zh-CN", viewport={"width": size[0], "height": size[1]}
    )
    context.set_default_timeout(PATIENCE)
    complaints: list[str] = []
    context.on("console", lambda line: complaints.append(line.text) if "Security Policy" in line.text else None)
    try:
        yield await context.new_page()
    finally:
        await context.close()
    assert complaints == [], "the policy let something not through"


@pytest.mark.parametrize("size", SIZES, ids=["a phone", "a screen"])
@pytest.mark.parametrize(("platform", "name"), [("dingtalk", "钉钉"), ("wecom", "企业微信")])
async def test_by_a_scanned_code(
    play: Play, browser: Browser, platform: str, name: str, size: tuple[int, int]
) -> None:
    person = play.world.people[PERSON].name
    async with window(browser, size=size) as page:
        await page.goto(f"{play.stage.address}/gantt?days=365")
        await expect(page.get_by_role("heading", level=1)).to_have_text("请先登录")
        assert await page.evaluate("document.documentElement.scrollWidth") <= size[0]
        assert await page.evaluate(COMPLAINTS) == []
        assert await faint(page) == []
        await page.get_by_role("link", name=f"用{name}登录").click()
        await page.get_by_role("link", name=person, exact=True).click()
        await expect(page).to_have_url(f"{play.stage.address}/gantt?days=365")
        await expect(page.locator(".who")).to_contain_text(person)


@pytest.mark.parametrize("platform", ["dingtalk", "wecom"])
async def test_inside_a_client_without_a_tap(play: Play, browser: Browser, platform: str) -> None:
    simulator = play.stage.dingtalk if platform == "dingtalk" else play.stage.wecom
    simulator.log_in.phone = PERSON
    async with window(browser, INSIDE[platform]) as page:
        await page.goto(f"{play.stage.address}/board?by=department")
        wanted = re.escape(f"{play.stage.address}/board?by=department")
        await expect(page).to_have_url(re.compile(f"{wanted}(#wechat_redirect)?$"))  # a browser keeps the fragment
        await expect(page.locator(".who")).to_contain_text(play.world.people[PERSON].name)


async def test_where_the_clients_script_does_not_load_there_are_other_ways(play: Play, browser: Browser) -> None:
    async with window(browser, INSIDE["dingtalk"]) as page:
        await page.route("**/dingtalk.open.js", lambda route: route.abort())
        await page.goto(f"{play.stage.address}/board")
        await page.get_by_role("link", name="用钉钉的登录页").click()
        await page.get_by_role("link", name=play.world.people[PERSON].name, exact=True).click()
        await expect(page).to_have_url(f"{play.stage.address}/board")
