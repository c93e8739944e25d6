"""Saying no on the chat page: with a form on DingTalk, with a second tap on WeCom. Either way the plan stays."""

from playwright.async_api import Browser, expect

from bot.company import Story, load_stories
from tests.e2e.screen import Screen, opened
from tests.scenarios.play import Play

STORIES = {story.id: story for story in load_stories()}
WECOM_REASONS = ["产能不足", "物料来不及", "资金/预算", "质量风险", "客户不同意", "返回"]


async def test_a_rejection_on_dingtalk_says_why_in_a_form(play: Play, browser: Browser) -> None:
    story = STORIES["machine"]
    no, others = await asked(play, story)
    async with opened(browser, play, "wang.qiang") as screen:
        card = screen.card("production", no, "待生产部决定")
        await screen.press(card, "驳回")
        form = card.locator('[data-testid="form"]:visible')
        await expect(form.get_by_label("请写驳回原因")).to_be_focused()
        await form.get_by_test_id("form-send").click()
        assert not play.world.cards_in(play.room("production"))[-1].revision, "an empty reason goes nowhere"
        await form.get_by_test_id("form-input").fill("备件明天就到")
        await form.get_by_test_id("form-send").click()
        await sees_it_rejected(screen, no, [*others, "production"], "王强")
        await expect(screen.card("production", no, "王强 已驳回")).to_contain_text("备件明天就到")


async def test_a_rejection_on_wecom_takes_its_reason_with_a_second_tap(play: Play, browser: Browser) -> None:
    story = STORIES["supplier"]
    no, others = await asked(play, story)
    async with opened(browser, play, "zhao.min") as screen:
        card = screen.card("purchasing", no)
        await screen.press(card, "驳回")
        await expect(card).to_contain_text("请选驳回原因")
        await expect(card.get_by_test_id("action")).to_have_text(WECOM_REASONS)
        await screen.press(card, "返回")
        await screen.press(card, "驳回")
        await screen.press(card, "物料来不及")
        await sees_it_rejected(screen, no, [*others, "purchasing"], "赵敏")
        await screen.say("purchasing", f"谁知道 {no} 全部")
        await screen.hears("purchasing", "赵敏 已驳回", "已决定：驳回")


async def asked(play: Play, story: Story) -> tuple[str, list[str]]:
    """The story's change is submitted and every department has its card: the number, and the other departments."""
    room = play.room(story.department)
    preview = await play.propose(room, story.person, story.command)
    await play.press(preview, story.person, "提交")
    no = play.number(preview)
    departments = [step.department for step in (await play.change(no)).steps]
    for department in departments:
        await play.asked(department, no)
    assert story.department in departments
    return no, [department for department in departments if department != story.department]


async def sees_it_rejected(screen: Screen, no: str, departments: list[str], name: str) -> None:
    """Everybody's card is closed and says who refused; there is no new revision."""
    for department in departments:
        if screen.is_group(department):
            closed = screen.card(department, no, f"{name} 已驳回")
            await expect(closed).to_be_attached()
            await expect(closed.get_by_test_id("action")).to_have_count(0)
    async with screen.board() as board:
        await expect(board.locator(".revision")).to_have_text("第 1 版")
