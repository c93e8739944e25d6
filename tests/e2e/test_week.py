"""A week of sentences on the chat page; after each, pages, chat and API tell the same numbers."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from bot.clock import MovableClock
from bot.demo import AT_ONCE, stage
from sandbox.wecom import Limits
from sandbox.world import Quote, Quoted
from storage.unit_of_work import UnitOfWork
from tests.browser import DESKTOP
from tests.conversation.table import Row, rows
from tests.databases import fresh_database
from tests.e2e.numbers import WITH_API, witnesses
from tests.e2e.screen import Screen, opened
from tests.free_speech.score import NOW, ask_for_three
from tests.scenarios.conftest import connected, refused, unproven
from tests.scenarios.play import Play

DAYS = 5
TOO_OLD = "older than 72 h"
"""In a week some cards cannot be changed any more: they are sent anew."""
SAID = [row for row in rows() if not row.room]
"""But what is said in a group that nobody has named."""
AS_FAST_AS_THEY_LIKE = {
    "limits": {"person_burst": 10_000, "person_per_minute": 10_000, "conversation_burst": 10_000,
               "conversation_per_minute": 10_000, "open_per_proposer": 0, "open_per_item": 0, "api_per_minute": 0}
}  # fmt: skip
"""A week is said within minutes of one morning, and one person asks after each sentence."""
ROOMY = Limits(per_minute=10_000, per_hour=100_000)
"""WeCom's minutes are real ones, also where the product's clock is moved to the next morning."""
EXTRA = {**AT_ONCE, **WITH_API, **AS_FAST_AS_THEY_LIKE}
APART = timedelta(minutes=6)
"""Between two of them: a day's sentences fill its working hours, and no platform's minute."""
SHORT = 32
"""Every so many of them are said in a short run."""


@pytest.fixture
async def play(tmp_path: Path) -> AsyncIterator[Play]:
    """The demo on the Monday on which the sentences were written, with the API open to somebody."""
    with fresh_database("sqlite", tmp_path, migrated=True) as url:
        async with stage(url, clock=MovableClock(NOW), extra=EXTRA, limits=ROOMY) as set_up:
            await connected(set_up)
            yield Play(set_up)
            left = [one for one in refused(set_up) if TOO_OLD not in one["why"]]
            assert left == [], "a platform refused something"
            assert await unproven(set_up) == [], "the database does not prove itself"


@pytest.mark.long
@pytest.mark.timeout(3600)  # the whole of it, eleven minutes; a part is over in one
@pytest.mark.parametrize("said", [SAID[::SHORT], pytest.param(SAID, marks=pytest.mark.by_name)], ids=["some", "whole"])
async def test_a_week_of_sentences_leaves_the_same_numbers_everywhere(
    play: Play, browser: Browser, said: list[Row]
) -> None:
    await play.stage.service.database.write(lambda uow: as_the_writers_knew_it(play, uow))
    a_day = -(-len(said) // DAYS)
    async with witnesses(browser, play) as seen, opened(browser, play, "lin.jing", DESKTOP) as screen:
        known = await seen.agree()
        for n, row in enumerate(said):
            if n and n % a_day == 0:
                await play.stage.next_morning()
            submitted = await uttered(screen, row)
            play.stage.clock.move_to(play.stage.clock.now() + APART)
            told = await seen.agree(everywhere=submitted or n % a_day == 0)
            if told != known:
                known = await seen.agree()


def as_the_writers_knew_it(play: Play, uow: UnitOfWork) -> None:
    ask_for_three(uow, play.stage.service.environment)
    uow.commit()


async def uttered(screen: Screen, row: Row) -> bool:
    """Somebody types it where they talk; a preview that comes of it is submitted, which is what is returned."""
    who = row.who
    room = home(screen.play, who)
    before = len(screen.play.world.cards_in(room))
    await screen.page.get_by_test_id("persona").select_option(who)
    for text in (*row.after, row.says):
        quoted = row.quoted if text == row.says else ""
        await typed(screen, room, who, text, quoted)
    cards = screen.play.world.cards_in(room)[before:]
    preview = next((card for card in reversed(cards) if "待你提交" in screen.play.read(card, who)), None)
    buttons = [button.text for button in preview.face(who).buttons] if preview else []
    if preview is None or "提交" not in buttons:
        return False
    await screen.play.press(preview, who, "提交")
    await screen.play.quiet()
    return True


async def typed(screen: Screen, room: str, who: str, text: str, quoted: str) -> None:
    if quoted:  # the page has no way to answer a message; a phone has
        await screen.play.world.say(room, who, text, Quote(Quoted.TEXT, quoted))
    else:
        column = screen.page.locator(f'[data-testid="column"][data-conversation="{room}"]')
        box = column.get_by_test_id("composer")
        await expect(box).to_be_enabled()
        await box.fill(text)
        async with screen.page.expect_response(lambda answer: answer.url.endswith("/say")):
            await column.get_by_test_id("send").click()
    await screen.play.quiet()


def home(play: Play, person: str) -> str:
    """Where somebody talks to the bot: their department's conversation where they are in it, else one they are in."""
    organisation = play.stage.service.environment.organisation
    own = organisation.departments[organisation.people[person].department].conversation
    theirs = {key for key, room in play.world.conversations.items() if person in room.members}
    alone = sorted(key for key in theirs if play.world.conversations[key].single)
    return own if own in theirs else [*alone, *sorted(theirs)][0]
