"""Pictures of the READMEs, taken anew from the demo: `make screenshots`."""

import asyncio
import tempfile
from pathlib import Path

from playwright.async_api import Browser, Page, expect

from bot.clock import MovableClock
from bot.company import Story, load_reports, load_stories
from bot.demo import AT_ONCE, stage
from sandbox.world import Card
from tests.browser import DESKTOP, PHONE, open_browser, open_page
from tests.databases import fresh_database
from tests.e2e.screen import Screen
from tests.scenarios.conftest import MONDAY, connected
from tests.scenarios.play import Play

IMAGES = Path(__file__).parents[2] / "docs" / "images"
STORY = next(story for story in load_stories() if story.id == "promotion")
ON_THE_PHONE = "sales"
PAGE = (1000, 800)


async def take(play: Play, browser: Browser, folder: Path) -> None:
    """The first walk of the README: asked of everybody, waiting on a phone, in effect; then what is reported, and the
    morning after."""
    no = await submitted(play, STORY)
    waiting = {step.department: step for step in (await play.change(no)).steps}
    async with open_page(browser, address(play, "lin.jing"), DESKTOP) as page:
        await settled(page)
        await page.screenshot(path=folder / "chat.png")
    card, person = await play.asked(ON_THE_PHONE, no), waiting[ON_THE_PHONE].approvers[0]
    async with open_page(browser, address(play, person), PHONE) as page:
        await in_view(page, card)
        await page.screenshot(path=folder / "phone.png")
    for department, step in waiting.items():
        await agreed(play, no, department, step.approvers[0])
    late = await reported(play)
    async with open_page(browser, address(play, "sun.yue"), PHONE) as page:
        await in_view(page, late)
        await page.screenshot(path=folder / "exception.png")
    async with open_page(browser, address(play, "gao.jianguo"), PAGE) as page:
        async with Screen(page, play).board() as opened:
            await opened.screenshot(path=folder / "board.png")
            await opened.get_by_role("link", name="总览").click()
            await expect(opened.get_by_role("heading", level=1)).to_contain_text("现在怎么样")
            await opened.screenshot(path=folder / "overview.png", full_page=True)


async def submitted(play: Play, story: Story) -> str:
    preview = await play.propose(play.room(story.department), story.person, story.command)
    await play.press(preview, story.person, "提交")
    await play.quiet()
    return play.number(preview)


async def agreed(play: Play, no: str, department: str, person: str) -> None:
    await play.press(await play.asked(department, no), person, "同意")
    await play.quiet()


async def reported(play: Play) -> Card:
    """What the company reports, and the card of the exception that the next morning brings."""
    for report in load_reports()[:2]:
        await play.say(play.room(report.department), report.person, report.command)
    await play.quiet()
    await play.stage.next_morning()
    await play.quiet()
    return await play.shows(play.room("purchasing"), "逾期未完", load_reports()[0].item)


async def in_view(page: Page, card: Card) -> None:
    """The conversation scrolled to the card's beginning."""
    shown = page.locator(f'[data-conversation="{card.conversation}"] [data-card="{card.id}"]').first
    await shown.wait_for(state="attached")
    await shown.evaluate("card => card.scrollIntoView({block: 'start'})")
    await settled(page)


async def settled(page: Page) -> None:
    """Until its fonts are there and its first card is drawn."""
    await page.evaluate("document.fonts.ready")
    await expect(page.locator('[data-testid="card"]:visible').first).to_be_visible()


def address(play: Play, person: str) -> str:
    return f"{play.stage.address}/?as={person}"


async def main(folder: Path) -> None:
    with tempfile.TemporaryDirectory() as home, fresh_database("sqlite", Path(home), migrated=True) as url:
        async with stage(url, clock=MovableClock(MONDAY), extra=AT_ONCE) as set_up, open_browser() as browser:
            await connected(set_up)
            await take(Play(set_up), browser, folder)


if __name__ == "__main__":
    asyncio.run(main(IMAGES))
