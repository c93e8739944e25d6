"""The group chats in a real browser, as one would use them at a desk."""

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from sandbox.world import Conversation, Face, Platform
from tests.browser import open_page
from tests.sandbox.page.conftest import Stage
from tests.sandbox.page.town import ASK, FINANCE, PRODUCTION, PURCHASING, SALES


def column(page: Page, conversation: str) -> Locator:
    return page.locator(f'[data-testid="column"][data-conversation="{conversation}"]')


def card(page: Page, conversation: str, card_id: str = "chg-1") -> Locator:
    return column(page, conversation).locator(f'[data-testid="card"][data-card="{card_id}"]')


def action(of: Locator, name: str) -> Locator:
    return of.locator(f'[data-testid="action"][data-action="{name}"]')


async def test_one_types_and_the_bot_answers_without_a_reload(stage: Stage, browser: Browser) -> None:
    async with open_page(browser, stage.seen_by("li.na")) as page:
        await page.evaluate("window.untouched = true")
        group = column(page, SALES)
        box = group.get_by_test_id("composer")
        await box.fill("查计划 SO-1042")
        await box.press("Enter")
        await expect(group.get_by_test_id("row")).to_have_count(2)
        await expect(group.locator(".mine .bubble")).to_have_text("@通盘 查计划 SO-1042")
        await expect(group.locator(".bot .bubble strong")).to_have_text("查计划 SO-1042")
        await expect(box).to_have_value("")
        await box.fill("帮助")
        await group.get_by_test_id("send").click()
        await expect(group.get_by_test_id("row")).to_have_count(4)
        assert await page.evaluate("window.untouched")


async def test_enter_sends_only_what_is_finished(stage: Stage, browser: Browser) -> None:
    async with open_page(browser, stage.seen_by("li.na")) as page:
        box = column(page, SALES).get_by_test_id("composer")
        await box.fill("改期")
        composing = "new KeyboardEvent('keydown', {key: 'Enter', isComposing: true, bubbles: true, cancelable: true})"
        await box.evaluate(f"(box) => box.dispatchEvent({composing})")
        await box.press("Shift+Enter")
        await box.press("x")
        await expect(box).to_have_value("改期\nx")
        await box.press("Enter")
        await expect(column(page, SALES).locator(".mine .bubble")).to_have_text("@通盘 改期\nx")
    assert [entry.text for entry in stage.town.timeline(SALES) if entry.sender == "li.na"] == ["改期\nx"]


async def test_an_example_fills_the_box_and_the_answer_is_a_card(stage: Stage, browser: Browser) -> None:
    async with open_page(browser, stage.seen_by("zhou.min")) as page:
        group = column(page, PRODUCTION)
        await group.get_by_test_id("example").filter(has_text="改期").click()
        await expect(group.get_by_test_id("composer")).to_have_value("改期 MO-1042 推迟2天 因为 设备故障")
        await group.get_by_test_id("send").click()
        shown = card(page, PRODUCTION)
        await expect(shown.locator("h3")).to_have_text(ASK.title)
        await expect(shown.get_by_test_id("card-status")).to_have_text("待审批")
        await expect(shown.locator("dd")).to_have_text([value for _, value in ASK.facts])
        await expect(shown).to_be_in_viewport()


async def test_a_click_changes_the_card(stage: Stage, browser: Browser) -> None:
    stage.town.show(PURCHASING)
    async with open_page(browser, stage.seen_by("zhao.liu")) as page:
        await action(card(page, PURCHASING), "approve").click()
        await expect(card(page, PURCHASING).get_by_test_id("card-status")).to_have_text("已同意")
        await expect(card(page, PURCHASING).get_by_test_id("action")).to_have_count(0)
    assert stage.town.clicks == [("zhao.liu", "approve", {})]


async def test_a_form_button_asks_before_it_sends(stage: Stage, browser: Browser) -> None:
    stage.town.show(PRODUCTION)
    async with open_page(browser, stage.seen_by("wang.wu")) as page:
        shown = card(page, PRODUCTION)
        await action(shown, "delegate").click()
        await action(shown, "reject").click()
        form = shown.locator('[data-testid="form"][data-action="reject"]')
        await expect(shown.locator('[data-testid="form"]:visible')).to_have_count(1)
        await expect(form.get_by_label("驳回的原因")).to_be_focused()
        await form.get_by_test_id("form-send").click()
        assert stage.town.clicks == []
        await form.get_by_test_id("form-input").fill("产能不够")
        await form.get_by_test_id("form-send").click()
        await expect(shown.get_by_test_id("card-status")).to_have_text("已驳回")
        await expect(shown).to_contain_text("王五 产能不够")
    assert stage.town.clicks == [("wang.wu", "reject", {"input": "产能不够"})]


@pytest.mark.parametrize(
    ("name", "sentence"), [("slow", "对方服务超时，请重试"), ("offline", "机器人不在线")]
)
async def test_an_unanswered_click_says_so(stage: Stage, browser: Browser, name: str, sentence: str) -> None:
    stage.town.show(PRODUCTION)
    async with open_page(browser, stage.seen_by("wang.wu")) as page:
        shown = card(page, PRODUCTION)
        await action(shown, name).click()
        await expect(shown.get_by_test_id("outcome")).to_have_text(sentence)
        await expect(action(shown, name)).to_be_enabled()


async def test_what_others_do_arrives_and_disturbs_nothing(stage: Stage, browser: Browser) -> None:
    stage.town.show(PRODUCTION)
    stage.town.show(PRODUCTION, card_id="chg-2")
    async with open_page(browser, stage.seen_by("wang.wu")) as page:
        await column(page, PRODUCTION).get_by_test_id("composer").fill("写到一半")
        await action(card(page, PRODUCTION, "chg-2"), "reject").click()
        field = card(page, PRODUCTION, "chg-2").locator('input:visible')
        await field.fill("原因写到一半")
        stage.town.redraw(Platform.DINGTALK, "chg-1", Face("完成了", status="已生效", tone="success"))
        stage.town.post(PRODUCTION, "sun.lei", "我先看看")
        await expect(card(page, PRODUCTION).get_by_test_id("card-status")).to_have_text("已生效")
        await expect(column(page, PRODUCTION).get_by_text("我先看看")).to_be_visible()
        await expect(field).to_have_value("原因写到一半")
        await expect(column(page, PRODUCTION).get_by_test_id("composer")).to_have_value("写到一半")


async def test_one_becomes_somebody_else_with_one_tap(stage: Stage, browser: Browser) -> None:
    stage.town.show(PRODUCTION)
    for number in range(40):
        stage.town.post(PRODUCTION, "sun.lei", f"第 {number} 条")
    async with open_page(browser, stage.seen_by("qian.qi")) as page:
        group = column(page, PRODUCTION)
        await expect(group.get_by_test_id("composer")).to_be_disabled()
        await expect(action(card(page, PRODUCTION), "approve")).to_be_disabled()
        await column(page, FINANCE).get_by_test_id("composer").fill("草稿")
        await group.get_by_test_id("timeline").evaluate("(timeline) => { timeline.scrollTop = 300 }")
        await group.get_by_test_id("member").filter(has_text="王五").click()
        await expect(group.get_by_test_id("composer")).to_be_enabled()
        await expect(action(card(page, PRODUCTION), "approve")).to_be_enabled()
        await expect(page.get_by_test_id("persona")).to_have_value("wang.wu")
        await expect(column(page, FINANCE).get_by_test_id("composer")).to_have_value("草稿")
        assert await group.get_by_test_id("timeline").evaluate("(timeline) => timeline.scrollTop") == 300
        assert "as=wang.wu" in page.url
        await page.reload()
        await expect(page.get_by_test_id("persona")).to_have_value("wang.wu")


async def test_a_one_to_one_is_there_for_its_person_and_appears_when_it_begins(
    stage: Stage, browser: Browser
) -> None:
    async with open_page(browser, stage.seen_by("zhao.liu")) as page:
        await expect(column(page, "wecom-app:w5")).to_be_attached()
        await page.get_by_test_id("persona").select_option("qian.qi")
        await expect(column(page, "wecom-app:w5")).not_to_be_attached()
        room = stage.town.open(Conversation(Platform.WECOM_APP, "w6", "钱琪", ["qian.qi"], single=True))
        stage.town.post(room.key, "bot", "请确认付款计划")
        await expect(column(page, room.key)).to_contain_text("请确认付款计划")


async def test_who_is_chosen_from_the_list_finds_their_own_group_in_the_window(
    stage: Stage, browser: Browser
) -> None:
    async with open_page(browser, stage.seen_by("li.na"), (910, 700)) as page:
        await expect(column(page, SALES)).to_be_in_viewport()
        await page.get_by_test_id("persona").select_option("qian.qi")
        await expect(column(page, FINANCE).get_by_test_id("composer")).to_be_in_viewport()


async def test_what_arrives_out_of_sight_is_marked(stage: Stage, browser: Browser) -> None:
    for number in range(40):
        stage.town.post(PRODUCTION, "sun.lei", f"第 {number} 条")
    async with open_page(browser, stage.seen_by("wang.wu")) as page:
        group = column(page, PRODUCTION)
        await expect(group.get_by_text("第 39 条")).to_be_in_viewport()
        await group.get_by_test_id("timeline").evaluate("(timeline) => { timeline.scrollTop = 0 }")
        stage.town.post(PRODUCTION, "bot", "最新的一条")
        await group.get_by_role("button", name="有新消息").click()
        await expect(group.get_by_text("最新的一条")).to_be_in_viewport()
        await expect(group.get_by_role("button", name="有新消息")).to_be_hidden()


async def test_a_long_answer_is_read_from_its_beginning_and_the_next_one_is_followed(
    stage: Stage, browser: Browser
) -> None:
    async with open_page(browser, stage.seen_by("wang.wu")) as page:
        rows = column(page, PRODUCTION).get_by_test_id("row")
        stage.town.post(PRODUCTION, "bot", "\n".join(f"- 第 {number} 条" for number in range(40)))
        await expect(rows.last.get_by_text("第 0 条")).to_be_in_viewport()
        await expect(rows.last.get_by_text("第 39 条")).not_to_be_in_viewport()
        stage.town.post(PRODUCTION, "bot", "下一条")
        await expect(rows.last.get_by_text("下一条")).to_be_in_viewport()


async def test_a_tall_card_shows_its_title_and_its_buttons(stage: Stage, browser: Browser) -> None:
    lines = "\n".join(f"- MO-{1000 + number} 装配" for number in range(30))
    stage.town.show(PRODUCTION, Face("很高的卡片", lines, "待生产部决定", "warn", buttons=ASK.buttons))
    async with open_page(browser, stage.seen_by("wang.wu")) as page:
        shown = card(page, PRODUCTION)
        await expect(shown.locator("h3")).to_be_in_viewport()
        await expect(shown.get_by_test_id("card-status")).to_be_in_viewport()
        await expect(action(shown, "approve")).to_be_in_viewport()


async def test_nothing_is_missed_while_the_connection_was_away(stage: Stage, browser: Browser) -> None:
    """Aborted requests are errors in the console, so this window is a plain one."""
    page = await browser.new_page()
    await page.route("**/events", lambda route: route.abort())
    await page.goto(stage.seen_by("li.na"))
    await expect(page.get_by_text("正在重新连接")).to_be_visible()
    stage.town.post(SALES, "bot", "断线时的消息")
    stage.town.show(PURCHASING)
    await page.unroute("**/events")
    await expect(column(page, SALES).get_by_text("断线时的消息")).to_be_visible(timeout=30_000)
    await expect(card(page, PURCHASING)).to_be_attached()
    await expect(page.get_by_text("正在重新连接")).to_be_hidden()


async def test_the_next_morning(stage: Stage, browser: Browser) -> None:
    async with open_page(browser, stage.seen_by("wang.wu")) as page:
        await expect(page.get_by_test_id("today").first).to_have_text("11月23日（周一）")
        await page.get_by_test_id("next-morning").click()
        await expect(page.get_by_test_id("toasts")).to_contain_text("现在是 11月24日（周二）08:30")
        await expect(page.get_by_test_id("today").first).to_have_text("11月24日（周二）")
        await expect(column(page, PRODUCTION)).to_contain_text("早会摘要")


async def test_the_plan_opens_beside_the_chat_for_whoever_one_has_become(stage: Stage, browser: Browser) -> None:
    async with open_page(browser, stage.seen_by("li.na")) as page:
        await page.get_by_test_id("persona").select_option("zhou.min")
        async with page.context.expect_page() as opened:
            await page.get_by_test_id("open-plan").click()
        plan = await opened.value
        await plan.wait_for_url(f"{stage.address}{await stage.town.open_plan('zhou.min')}")
        await expect(page.get_by_test_id("stage")).to_be_visible()


async def test_nothing_that_anybody_writes_runs(stage: Stage, browser: Browser) -> None:
    evil = '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script><svg onload="window.hacked=1">'
    stage.town.conversations[SALES].name = evil
    async with open_page(browser, stage.seen_by("li.na")) as page:
        stage.town.post(SALES, "li.na", evil)
        stage.town.post(SALES, "bot", evil)
        stage.town.show(SALES, Face(evil, evil, evil, facts=((evil, evil),), note=evil))
        await expect(column(page, SALES).get_by_test_id("row")).to_have_count(3)
        await expect(card(page, SALES)).to_contain_text("window.hacked")
        assert await page.evaluate("window.hacked") is None
        assert await page.locator("#chat :is(script, svg, img[src=x])").count() == 0


async def test_a_refused_request_is_a_sentence_on_the_screen(stage: Stage, browser: Browser) -> None:
    async with open_page(browser, stage.seen_by("li.na")) as page:
        stage.town.conversations[SALES].members.remove("li.na")
        await column(page, SALES).get_by_test_id("composer").fill("我还在吗")
        await column(page, SALES).get_by_test_id("send").click()
        await expect(page.get_by_test_id("toasts")).to_have_text("你不在这个群里")
