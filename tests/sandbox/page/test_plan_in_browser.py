"""The plan tab in a real browser."""

from playwright.async_api import Browser, expect

from tests.browser import open_page
from tests.sandbox.page.conftest import Stage
from tests.sandbox.page.town import SALES


async def test_the_plan_is_shown_with_its_revision_and_what_moved(stage: Stage, browser: Browser) -> None:
    async with open_page(browser, stage.seen_by("li.na")) as page:
        await page.get_by_test_id("tab-plan").click()
        await expect(page.get_by_test_id("plan-revision")).to_have_text("第 2 版")
        await expect(page.get_by_test_id("plan-row")).to_have_count(5)
        moved = page.locator('[data-testid="plan-row"][data-code="MO-1042"]')
        await expect(moved).to_contain_text("第 2 版变动")
        await expect(moved.get_by_test_id("plan-finish")).to_have_attribute("datetime", "2026-12-01")
        await expect(page.get_by_test_id("plan-revisions").locator("li")).to_have_count(2)
        await expect(page.get_by_test_id("stage")).to_be_hidden()


async def test_the_plan_is_filtered_in_place(stage: Stage, browser: Browser) -> None:
    async with open_page(browser, f"{stage.seen_by('li.na')}#plan") as page:
        rows = page.locator('[data-testid="plan-row"]:visible')
        await expect(rows).to_have_count(5)
        await page.get_by_test_id("plan-filter").fill("生产部 老化")
        await expect(rows).to_have_count(1)
        await page.get_by_test_id("plan-filter").fill("没有的东西")
        await expect(page.get_by_text("没有符合筛选的计划项")).to_be_visible()
        await page.get_by_test_id("plan-filter").fill("")
        await page.get_by_test_id("plan-only-changed").check()
        await expect(rows).to_have_count(2)


async def test_a_new_revision_is_announced_and_drawn(stage: Stage, browser: Browser) -> None:
    async with open_page(browser, stage.seen_by("li.na")) as page:
        await expect(page.get_by_test_id("tab-plan")).to_contain_text("第 2 版")
        stage.plan.revision = 3
        stage.town.post(SALES, "bot", "已生效")
        await expect(page.get_by_test_id("toasts")).to_contain_text("计划已更新到第 3 版")
        await page.get_by_test_id("tab-plan").click()
        await page.get_by_test_id("plan-filter").fill("控制板")
        stage.plan.revision = 4
        stage.town.post(SALES, "bot", "又生效")
        await expect(page.get_by_test_id("plan-revision")).to_have_text("第 4 版")
        await expect(page.locator('[data-testid="plan-row"]:visible')).to_have_count(1)


async def test_an_unreadable_plan_can_be_tried_again(stage: Stage, browser: Browser) -> None:
    stage.plan.broken = "暂时读不到计划：机器人没有应答，请稍后再看。"
    async with open_page(browser, f"{stage.seen_by('li.na')}#plan") as page:
        await expect(page.get_by_test_id("plan-error")).to_contain_text(stage.plan.broken)
        stage.plan.broken = ""
        await page.get_by_role("button", name="再试一次").click()
        await expect(page.get_by_test_id("plan-row")).to_have_count(5)
