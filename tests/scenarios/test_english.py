"""The same loop where the installation speaks English: every card and answer has its English words."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.clock import MovableClock
from bot.demo import stage
from tests.scenarios.conftest import MONDAY, connected
from tests.scenarios.play import Play, written

CHINESE_WORDS = re.compile("提出|原因|影响|计划第|版本|同意|驳回|转交|收到|待.*决定|截止|需要")
"""Words of ours; names and reasons of the company stay as they are."""


@pytest.fixture
async def play(tmp_path: Path) -> AsyncIterator[Play]:
    url = f"sqlite:///{tmp_path / 'plan.db'}"
    async with stage(url, clock=MovableClock(MONDAY), extra={"locale": "en"}) as set_up:
        await connected(set_up)
        yield Play(set_up)


async def test_the_loop_in_english(play: Play) -> None:
    room = play.room("production")
    before = len(play.world.cards_in(room))
    await play.world.say(room, "zhang.haifeng", "move MO-2442 +3d because the dispenser is down")
    await play.world.until(lambda: len(play.world.cards_in(room)) > before, 20)
    preview = play.world.cards_in(room)[before]
    assert "· to submit" in play.read(preview)
    await play.press(preview, "zhang.haifeng", "Submit")
    no = play.number(preview)
    for step in (await play.change(no)).steps:
        name = play.stage.service.environment.organisation.department_name(step.department)
        card = await play.shows(play.room(step.department), f"{no} · {name} decides")
        assert not CHINESE_WORDS.search(play.read(card)), play.read(card)
        assert "→" in play.read(card)
        face = await play.press(card, step.approvers[0], "Approve")
        assert "approved by" in written(face) or "in effect, revision 2" in written(face)
    final = await play.shows(room, no, "in effect, revision 2")
    assert not CHINESE_WORDS.search(play.read(final)), play.read(final)


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("plan MO-2442", "plan revision 1"),
        ("impact MO-2442 +3d", "Would have to agree"),
        ("why MO-2442", "It has not changed since it was imported."),
        ("todo", "Nothing waits for a decision."),
        ("digest", "plan revision 1"),
        ("help", "mention me in a group"),
        ("help move", "Form: move"),
        ("acks CR-20200101-001", "There is no change request CR-20200101-001."),
        ("mvoe MO-2442 +3d", "move MO-2442 +3d"),
        ("move MO-9999 +3d because of it", "MO-9999"),
    ],
)
async def test_every_answer_has_its_english(play: Play, command: str, words: str) -> None:
    answer = await play.say(play.room("production"), "zhang.haifeng", command)
    assert words in answer
    assert not CHINESE_WORDS.search(answer), answer
