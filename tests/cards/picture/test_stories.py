"""The five stories of the company, drawn and told: in the demo, from the preview to 为什么."""

import xml.etree.ElementTree as ET

import httpx
import pytest

from bot.company import Story, load_stories
from tests.cards.picture.draw import texts
from tests.scenarios.conftest import play
from tests.scenarios.play import Play

__all__ = ["play"]
STORIES = {story.id: story for story in load_stories()}
TOLD = {
    "promotion": ("MP-1042", "PR-11 早 3 天完成 → SO-1042、MP-1042 依次等前一项做完，各早 3 天"),
    "supplier": ("PAY-7431", "PO-3431 晚 4 天完成 → QA-4431 要等它做完，晚 4 天 → PAY-7431 要等它做完 15 天后"),
    "quantity": ("DL-6451", "SO-1045 数量 5000→8000 → MO-2451、MO-2452、QA-4452、WR-5451、DL-6451 的数量依次跟着变"),
    "machine": ("MO-2432", "MO-2442 晚 3 天完成 → MO-2432 要等它做完，余量抵掉 1 天，晚 2 天"),
    "quality": ("DL-6461", "QA-4462 晚 3 天完成 → WR-5461、DL-6461 依次等前一项做完，各晚 3 天"),
}


async def drawn(play: Play, name: str) -> ET.Element:
    async with httpx.AsyncClient(base_url=play.stage.address, trust_env=False) as client:
        answer = await client.get(f"/picture/{name}.svg")
    assert answer.status_code == 200, answer.text
    return ET.fromstring(answer.text)


@pytest.mark.parametrize("story", STORIES.values(), ids=STORIES)
async def test_every_story_is_drawn_before_it_is_submitted_and_explained_afterwards(play: Play, story: Story) -> None:
    room = play.room(story.department)
    preview = await play.propose(room, story.person, story.command)
    change = await play.change(play.number(preview))
    before = await drawn(play, preview.id)
    assert texts(before, "code")[0] == story.item
    assert set(texts(before, "code")) == {line.item for line in change.impact.lines}
    assert len(texts(before, "alarm")) == len(change.impact.late_orders)
    await play.press(preview, story.person, "提交")
    no = play.number(preview)
    asked = await drawn(play, no)
    assert texts(asked, "code") == texts(before, "code")
    for step in (await play.change(no)).steps:
        await play.press(await play.asked(step.department, no), step.approvers[0], "同意")
    assert ET.tostring(await drawn(play, no)) == ET.tostring(asked)
    item, words = TOLD[story.id]
    assert f"- 传导：{words}" in await play.say(room, story.person, f"为什么 {item}")


async def test_a_what_if_tells_how_it_reaches_the_latest_order(play: Play) -> None:
    room = play.room("production")
    answer = await play.say(room, "zhang.haifeng", "影响 改期 MO-2442 推迟3天")
    assert (
        "- 传导：MO-2442 晚 3 天完成 → QA-4442、WR-5441、DL-6441 依次等前一项做完，各晚 3 天" in answer.splitlines()
    ), answer
    harmless = await play.say(room, "zhang.haifeng", "影响 改期 MO-2442 推迟1天")
    assert "传导" not in harmless


async def test_a_number_nobody_knows_is_a_sentence(play: Play) -> None:
    async with httpx.AsyncClient(base_url=play.stage.address, trust_env=False) as client:
        answer = await client.get("/picture/CR-20200101-001.svg")
    assert (answer.status_code, "CR-20200101-001" in answer.text) == (503, True)
