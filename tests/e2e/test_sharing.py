"""分享 in a browser: from the button on a page to a colleague's screen."""

import pytest
from playwright.async_api import Browser, expect

from tests.e2e.looks import logged_in
from tests.e2e.test_log_in import window
from tests.e2e.test_pages import COMPLAINTS, SIZES, faint
from tests.scenarios.play import Play


@pytest.mark.parametrize("size", SIZES, ids=["a phone", "a screen"])
async def test_a_page_is_shared_with_a_colleague(play: Play, browser: Browser, size: tuple[int, int]) -> None:
    async with logged_in(browser, play, size) as page:
        await page.goto(f"{play.stage.address}/board?by=department")
        await page.get_by_role("link", name="分享").click()
        await page.get_by_label("给谁").select_option(label="审批人")
        for _ in range(2):  # before and after there is something to show
            assert await page.evaluate("document.documentElement.scrollWidth") <= size[0]
            assert await page.evaluate(COMPLAINTS) == []
            assert await faint(page) == []
            if await page.get_by_role("button", name="生成链接").count():
                await page.get_by_role("button", name="生成链接").click()
        link = await page.get_by_label("链接", exact=True).input_value()
        colleague = play.world.people["wang.qiang"]
        async with window(browser, size=size) as theirs:
            await theirs.goto(link)
            await theirs.get_by_role("link", name="用钉钉登录").click()
            await theirs.get_by_role("link", name=colleague.name, exact=True).click()
            await expect(theirs).to_have_url(f"{play.stage.address}/board?by=department")
            await expect(theirs.locator(".who")).to_contain_text(colleague.name)
        await page.get_by_role("button", name="收回").click()
        await expect(page.get_by_role("button", name="收回")).to_have_count(0)
