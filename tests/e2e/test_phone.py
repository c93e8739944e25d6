"""Deciding on a phone: at most two taps from the open page, and nothing to scroll sideways for."""

import pytest
from playwright.async_api import Browser, expect

from bot.company import load_stories
from tests.browser import PHONE
from tests.e2e.screen import opened
from tests.e2e.test_rejections import asked
from tests.scenarios.play import Play

STORY = next(story for story in load_stories() if story.id == "promotion")
COUNT_TAPS = "window.taps = 0; addEventListener('click', () => { window.taps += 1 }, true)"


@pytest.mark.parametrize(
    ("person", "department", "taps", "outcome"),
    [
        ("wang.qiang", "production", ["同意"], "王强 已同意"),
        ("zheng.yun", "finance", ["同意"], "郑云 已同意"),
        ("zhou.ming", "sales", ["驳回", "客户不同意"], "周明 已驳回"),
    ],
    ids=["a DingTalk group", "a window with the WeCom app", "a WeCom group, with a reason"],
)
async def test_a_decision_takes_two_taps_at_most(
    play: Play, browser: Browser, person: str, department: str, taps: list[str], outcome: str
) -> None:
    await asked(play, STORY)
    async with opened(browser, play, person, PHONE) as screen:
        await screen.page.evaluate(COUNT_TAPS)
        card = screen.card(department)
        for text in taps:
            await expect(screen.button(card, text)).to_be_in_viewport(ratio=1)
            await screen.button(card, text).tap()
        await expect(card).to_contain_text(outcome)
        await expect(card.get_by_test_id("action")).to_have_count(0)
        assert await screen.page.evaluate("window.taps") == len(taps) <= 2
        assert await screen.wider_than_their_place() == []
