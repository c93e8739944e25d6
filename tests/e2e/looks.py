"""Every page in each of its states, as people have it before them: on phones and screens, light and dark, on paper.

    python -m tests.e2e.looks [folder for the pictures]
"""

import asyncio
import re
import sys
import tempfile
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Literal

from playwright.async_api import Browser, Page, expect

from bot.clock import MovableClock
from bot.company import load_reports, load_stories
from bot.demo import AT_ONCE, stage
from tests.browser import open_browser, open_page
from tests.databases import fresh_database
from tests.scenarios.conftest import MONDAY, connected
from tests.scenarios.play import Play

STORIES = {story.id: story for story in load_stories()}
ROOM, PERSON = "wecom-app:ZhengYun", "zheng.yun"
LINK = re.compile(r"\((http[^)]+/in/[^)]+)\)")
SCHEMES: tuple[Literal["dark", "light"], ...] = ("dark", "light")
SIZES = [(360, 740), (390, 844), (1280, 860)]
PATHS: Mapping[str, str] = {
    "overview": "/overview",
    "changes": "/changes",
    "exceptions": "/exceptions",
    "exceptions muted": "/exceptions?show=muted",
    "exceptions of a department": "/exceptions?department=purchasing",
    "board": "/board",
    "board by department": "/board?by=department",
    "board filtered": "/board?department=production&late=1&text=MO",
    "board with nothing": "/board?text=nothing-of-this-name",
    "board not understood": "/board?department=nowhere&colour=blue",
    "gantt": "/gantt",
    "gantt of a fortnight": "/gantt?days=14",
    "gantt of a year": "/gantt?days=365",
    "gantt with nothing": "/gantt?text=nothing-of-this-name",
    "gantt on paper": "/gantt/paper",
    "readiness": "/readiness",
    "readiness next week": "/readiness?when=next_week",
    "an item": "/items/MO-2442",
    "no such item": "/items/MO-0",
    "no such change": "/changes/CR-20200101-001",
}


async def begun(play: Play) -> dict[str, str]:
    """A day and a night of the company: a request is in effect, one was refused, one waits, and things were reported.
    Pages of the requests by what became of them."""
    numbers = {}
    for end, id in (("in effect", "promotion"), ("refused", "supplier"), ("open", "machine")):
        story = STORIES[id]
        preview = await play.propose(play.room(story.department), story.person, story.command)
        await play.press(preview, story.person, "提交")
        await play.quiet()
        no = numbers[f"change {end}"] = play.number(preview)
        steps = (await play.change(no)).steps
        if end == "in effect":
            for step in steps:
                await play.press(await play.asked(step.department, no), step.approvers[0], "同意")
        if end == "refused":
            room = next(step for step in steps if play.room(step.department).startswith("dingtalk"))
            await play.press(await play.asked(room.department, no), room.approvers[0], "驳回", input="备件明天才到")
    for report in load_reports()[:2]:
        await play.say(play.room(report.department), report.person, report.command)
    await play.quiet()
    await play.stage.next_morning()
    await play.quiet()
    return {name: f"/changes/{no}" for name, no in numbers.items()}


@asynccontextmanager
async def logged_in(
    browser: Browser, play: Play, size: tuple[int, int], room: str = ROOM, person: str = PERSON
) -> AsyncIterator[Page]:
    """By a link that the bot sends to somebody's own window."""
    link = LINK.search(await play.say(room, person, "链接"))
    assert link
    async with open_page(browser, link[1], size) as page:
        await page.get_by_role("button", name="进入").click()
        await expect(page.get_by_role("heading", level=1)).to_contain_text("现在怎么样")
        yield page


async def pictures(folder: Path) -> None:
    with tempfile.TemporaryDirectory() as home, fresh_database("sqlite", Path(home), migrated=True) as url:
        async with stage(url, clock=MovableClock(MONDAY), extra=AT_ONCE) as set_up, open_browser() as browser:
            await connected(set_up)
            play = Play(set_up)
            paths = {**PATHS, **await begun(play)}
            for size in SIZES:
                async with logged_in(browser, play, size) as page:
                    for name, path in paths.items():
                        await page.goto(f"{set_up.address}{path}")
                        for scheme in SCHEMES:
                            await page.emulate_media(color_scheme=scheme)
                            at = folder / f"{name.replace(' ', '-')}-{size[0]}-{scheme}.png"
                            await page.screenshot(path=at, full_page=True)
                        if size == SIZES[-1]:
                            await page.pdf(path=folder / f"{name.replace(' ', '-')}.pdf", format="A4", landscape=True)


if __name__ == "__main__":
    to = Path(sys.argv[1] if len(sys.argv) > 1 else "pages-as-they-look")
    to.mkdir(parents=True, exist_ok=True)
    asyncio.run(pictures(to))
