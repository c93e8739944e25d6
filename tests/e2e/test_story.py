"""A whole story as one plays it on the chat page, from the typed command to the morning after."""

import re
from datetime import date

from playwright.async_api import Browser, Locator, expect

from bot.company import load_stories
from cards.words.dates import day
from planning.change.change import Change
from tests.e2e.screen import Screen, opened
from tests.scenarios.conftest import MONDAY
from tests.scenarios.play import Play

STORY = next(story for story in load_stories() if story.id == "promotion")
IN_EFFECT = "已生效 第2版"
ACKNOWLEDGES = "sales"
"""The department whose approver presses 收到 before deciding."""


async def test_a_promotion_pulled_in_goes_from_a_typed_command_to_the_morning_digest(
    play: Play, browser: Browser
) -> None:
    async with opened(browser, play, STORY.person) as screen:
        no = await proposed(screen)
        change = await play.change(no)
        rooms = {play.room(step.department).partition(":")[0] for step in change.steps}
        assert rooms == {"dingtalk", "wecom", "wecom-app"}

        for step in change.steps:
            await approved(screen, no, step.department, step.approvers[0])
        for step in change.steps:
            await sees_the_end(screen, no, step.department, step.approvers[0])

        await sees_the_plan(screen, await play.change(no))
        await asks_why_and_who_knows(screen, await play.change(no))
        await sees_the_morning(screen, await play.change(no))


async def proposed(screen: Screen) -> str:
    """唐宇 types, reads the preview and submits it; the number of the change request."""
    await screen.say(STORY.department, STORY.command)
    preview = screen.card(STORY.department, "待你提交")
    await expect(preview).to_contain_text(STORY.item)
    await expect(preview).to_contain_text("→")
    await expect(preview).to_contain_text("个部门")
    await expect(screen.button(preview, "放弃")).to_be_enabled()
    card = await screen.play.shows(screen.play.room(STORY.department), "待你提交")
    await screen.press(preview, "提交")
    await expect(preview).to_have_count(0)
    return screen.play.number(card)


async def approved(screen: Screen, no: str, department: str, person: str) -> None:
    """The department's card asks nobody else; its approver finds it and presses 同意."""
    await screen.become(person, department)
    card = screen.card(department, no, f"待{screen.name(department)}决定")
    if department == ACKNOWLEDGES:
        await screen.press(card, "详情")
        await screen.press(card, "收到")
        await expect(card).to_contain_text("收到，谢谢")
    await screen.press(card, "同意")
    await expect(card).to_have_count(0)


async def sees_the_end(screen: Screen, no: str, department: str, person: str) -> None:
    """Every card says what became of it, and none can be pressed any more."""
    await screen.become(person, department)
    cards = screen.column(department).get_by_test_id("card")
    await expect(screen.card(department, no, IN_EFFECT)).to_be_attached()
    await expect(screen.column(department).get_by_test_id("action")).to_have_count(0)
    if screen.changes_in_place(department):
        await expect(cards.filter(has_not_text=IN_EFFECT)).to_have_count(0)


async def sees_the_plan(screen: Screen, change: Change) -> None:
    """The product's board shows revision 2 to the person one is; its chart has the items where the request put them."""
    async with screen.board() as page:
        await expect(page.locator(".revision")).to_have_text("第 2 版")
        await expect(page.locator(".who")).to_contain_text(screen.play.name(change.steps[-1].approvers[0]))
        await page.goto(f"{screen.play.stage.address}/gantt?days=365")
        for line in change.impact.lines:
            if line.field in ("start", "finish"):
                row = page.locator(".bar-row").filter(has=page.get_by_text(line.item, exact=True))
                await expect(row).to_contain_text(day(date.fromisoformat(line.after), MONDAY.date()))
        await page.goto(f"{screen.play.stage.address}/items/{STORY.item}")
        await expect(page.get_by_role("region", name="为什么")).to_contain_text(change.no)


async def asks_why_and_who_knows(screen: Screen, change: Change) -> None:
    deciders = [screen.play.name(step.approvers[0]) for step in change.steps]
    await screen.become(STORY.person, STORY.department)
    await screen.say(STORY.department, f"为什么 {STORY.item}")
    await screen.hears(STORY.department, "与最初计划相比", "第 2 版", change.no, change.reason, *deciders)

    await screen.say(STORY.department, f"谁知道 {change.no} 全部")
    acks = await screen.hears(STORY.department, "谁知道", IN_EFFECT)
    for decider in deciders:
        await expect(_line(acks, decider)).to_contain_text("已决定：同意")
    acknowledged = change.step_of(ACKNOWLEDGES)
    assert acknowledged
    await expect(_line(acks, screen.play.name(acknowledged.approvers[0]))).to_contain_text("已收到")


async def sees_the_morning(screen: Screen, change: Change) -> None:
    """One button, and the next working day's digest tells every department of the change."""
    await screen.page.get_by_test_id("next-morning").click()
    await expect(screen.page.get_by_test_id("toasts")).to_contain_text("现在是 11-24（周二）08:30")
    await expect(screen.page.get_by_test_id("today").last).to_have_text("11月24日（周二）")
    for step in change.steps:
        await screen.become(step.approvers[0], step.department)
        name = screen.name(step.department)
        await screen.hears(step.department, f"{name} 早会", "计划第 2 版", "计划变更", change.no, change.reason)


def _line(bubble: Locator, name: str) -> Locator:
    return bubble.locator("li").filter(has_text=re.compile(rf"^\s*{name}（"))
