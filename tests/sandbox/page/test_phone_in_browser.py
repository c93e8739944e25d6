"""The page at a phone's width."""

from playwright.async_api import Browser, Page, expect

from tests.browser import PHONE, open_page
from tests.sandbox.page.conftest import Stage
from tests.sandbox.page.test_chat_in_browser import action, card, column
from tests.sandbox.page.town import ASK, FINANCE, PRODUCTION, PURCHASING, SALES

FINGER = 44
"""Pixels a thumb needs."""


async def fits(page: Page) -> bool:
    return bool(await page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


async def test_one_group_at_a_time_without_sideways_scrolling(stage: Stage, browser: Browser) -> None:
    stage.town.post(SALES, "li.na", "没有空格的很长的一行" + "x" * 300)
    table = "| 编号 | 名称 | 部门 | 开始 | 完成 |\n|-|-|-|-|-|\n| MO-1042-LONG-CODE | 控制板 | 生产部 | 11-26 | 12-01 |"
    stage.town.post(SALES, "bot", table)
    stage.town.show(SALES)
    async with open_page(browser, stage.seen_by("li.na"), PHONE) as page:
        await expect(card(page, SALES)).to_be_in_viewport()
        assert await fits(page)
        await expect(column(page, PRODUCTION)).not_to_be_in_viewport()
        box = await column(page, SALES).bounding_box()
        assert box is not None
        assert (box["x"], box["width"]) == (0, PHONE[0])


async def test_one_starts_in_a_group_of_ones_own(stage: Stage, browser: Browser) -> None:
    async with open_page(browser, stage.seen_by("qian.qi"), PHONE) as page:
        await expect(column(page, FINANCE).get_by_test_id("composer")).to_be_in_viewport()


async def test_everything_one_presses_is_large_enough(stage: Stage, browser: Browser) -> None:
    stage.town.show(SALES)
    async with open_page(browser, stage.seen_by("li.na"), PHONE) as page:
        await action(card(page, SALES), "reject").click()
        pressed = page.locator("button:visible, select:visible, textarea:visible, input:visible")
        heights = await pressed.evaluate_all("(all) => all.map((one) => one.getBoundingClientRect().height)")
        assert min(heights) >= FINGER - 0.5


async def test_the_box_to_type_in_stays_at_the_bottom(stage: Stage, browser: Browser) -> None:
    for number in range(40):
        stage.town.post(SALES, "li.na", f"第 {number} 条")
    async with open_page(browser, stage.seen_by("li.na"), PHONE) as page:
        await expect(column(page, SALES).get_by_text("第 39 条")).to_be_in_viewport()
        box = await column(page, SALES).get_by_test_id("send").bounding_box()
        assert box is not None
        assert PHONE[1] - 20 <= box["y"] + box["height"] <= PHONE[1]


async def test_a_dot_tells_of_another_group_until_one_goes_there(stage: Stage, browser: Browser) -> None:
    async with open_page(browser, stage.seen_by("zhou.min"), PHONE) as page:
        tab = page.get_by_test_id("goto").filter(has_text="采购与仓储群")
        await expect(tab.locator(".dot")).to_be_hidden()
        stage.town.show(PURCHASING)
        await expect(tab.locator(".dot")).to_be_visible()
        await tab.click()
        await expect(column(page, PURCHASING).get_by_text(ASK.title)).to_be_in_viewport()
        await expect(tab.locator(".dot")).to_be_hidden()


async def test_a_whole_decision_on_a_phone(stage: Stage, browser: Browser) -> None:
    async with open_page(browser, stage.seen_by("wang.wu"), PHONE) as page:
        await page.get_by_test_id("goto").filter(has_text="生产计划群").tap()
        await column(page, PRODUCTION).get_by_test_id("example").filter(has_text="改期").tap()
        await column(page, PRODUCTION).get_by_test_id("send").tap()
        await action(card(page, PRODUCTION), "approve").tap()
        await expect(card(page, PRODUCTION).get_by_test_id("card-status")).to_have_text("已同意")
