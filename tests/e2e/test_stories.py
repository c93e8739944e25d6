"""The five stories on the chat page; after each step, pages, chat and API tell the same numbers."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from bot.clock import MovableClock
from bot.company import Story, load_stories
from bot.demo import AT_ONCE, stage
from planning.change.change import ChangeState
from tests.browser import open_page
from tests.databases import fresh_database
from tests.e2e.numbers import SMALL, WITH_API, witnesses
from tests.e2e.screen import opened
from tests.free_speech.score import NOW
from tests.scenarios.conftest import connected, refused, unproven
from tests.scenarios.play import Play

STORIES = {story.id: story for story in load_stories()}


@pytest.fixture
async def play(tmp_path: Path) -> AsyncIterator[Play]:
    """The demo on the Monday on which the sentences were written, with the API open to somebody."""
    with fresh_database("sqlite", tmp_path, migrated=True) as url:
        async with stage(url, clock=MovableClock(NOW), extra={**AT_ONCE, **WITH_API}) as set_up:
            await connected(set_up)
            yield Play(set_up)
            assert refused(set_up) == [], "a platform refused something"
            assert await unproven(set_up) == [], "the database does not prove itself"


@pytest.mark.parametrize("story", STORIES.values(), ids=STORIES)
async def test_a_story_is_told_decided_and_seen_the_same_everywhere(
    play: Play, browser: Browser, story: Story
) -> None:
    """Typed and submitted on the chat page; the last word is given on a phone, on the page of the request."""
    async with witnesses(browser, play) as seen, opened(browser, play, story.person) as screen:
        before = await seen.agree()
        await screen.say(story.department, story.command)
        preview = screen.card(story.department, "待你提交")
        card = await play.shows(play.room(story.department), "待你提交")
        await screen.press(preview, "提交")
        await expect(preview).to_have_count(0)
        no = play.number(card)
        assert (await seen.agree())["waits"] == before["waits"] + 1

        *first, last = (await play.change(no)).steps
        for step in first:
            await screen.become(step.approvers[0], step.department)
            await screen.press(screen.card(step.department, no, f"待{screen.name(step.department)}决定"), "同意")
            await seen.agree(everywhere=False)
        await decided_on_its_page(play, browser, no, last.approvers[0])

        assert (await play.change(no)).state is ChangeState.APPLIED
        after = await seen.agree()
        assert (after["waits"], after["revision"]) == (before["waits"], before["revision"] + 1)
        await seen.go(f"/changes/{no}")
        await expect(seen.page.locator(".chip")).to_contain_text("已生效")

        await screen.become(story.person, story.department)
        await screen.say(story.department, f"为什么 {story.item}")
        await screen.hears(story.department, no)


async def decided_on_its_page(play: Play, browser: Browser, no: str, person: str) -> None:
    link = f"{play.stage.address}{await play.stage.board_for(person)}"
    async with open_page(browser, link, SMALL) as page:
        await page.get_by_role("button", name="进入").click()
        await expect(page.get_by_role("heading", level=1)).to_contain_text("看板")
        await page.goto(f"{play.stage.address}/changes/{no}")
        await page.get_by_role("button", name="同意", exact=True).click()
        await expect(page.get_by_role("status").filter(has_text=play.name(person))).to_contain_text("同意")
