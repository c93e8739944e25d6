"""The picture of what a change does opens from its card: of a preview, and from the same link once it is submitted."""

import re

import httpx
import pytest
from playwright.async_api import Browser, Locator, expect

from bot.company import Story, load_stories
from planning.change.change import PREVIEW
from tests.e2e.screen import Screen, opened
from tests.scenarios.play import Play

ITEM = re.compile(r"\b[A-Z]{2}-[0-9]{4}\b")
STORIES = {story.id: story for story in load_stories()}


@pytest.mark.parametrize("story", [STORIES["machine"], STORIES["supplier"]], ids=["DingTalk", "WeCom"])
async def test_the_picture_of_a_preview_opens_before_and_after_it_is_submitted(
    play: Play, browser: Browser, story: Story
) -> None:
    async with opened(browser, play, story.person) as screen:
        await screen.say(story.department, story.command)
        preview = screen.card(story.department, "待你提交")
        link = f"{play.stage.address}/{await preview.get_by_test_id('picture-link').get_attribute('href')}"
        await draws(screen, preview, "预览", story.item)
        first = await drawing(link)
        assert (PREVIEW in link, "预览 · " in first) == (False, True)

        card = await play.shows(play.room(story.department), "待你提交")
        await screen.press(preview, "提交")
        await expect(preview).to_have_count(0)
        no = play.number(card)
        after = await drawing(link)
        assert f"{no} · " in after
        assert ITEM.findall(first) == ITEM.findall(after)
        await draws(screen, screen.card(story.department, no), no, story.item)
        assert PREVIEW not in await screen.page.content()


async def draws(screen: Screen, card: Locator, named: str, item: str) -> None:
    await card.get_by_test_id("picture-link").click()
    opened = screen.page.get_by_test_id("picture")
    await expect(opened).to_contain_text(f"影响图 · {named}")
    assert await opened.locator("img").evaluate("image => image.decode().then(() => image.naturalWidth > 100)")
    assert item in (await opened.locator("img").get_attribute("src") or "")
    await screen.page.keyboard.press("Escape")


async def drawing(link: str) -> str:
    """What somebody gets who kept the link."""
    async with httpx.AsyncClient() as client:
        answer = await client.get(link)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "image/svg+xml")
    assert PREVIEW not in answer.text
    return answer.text
