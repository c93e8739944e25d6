"""Every kind of card on a phone, on both platforms: pictures, lines and pixels to the first button.

    python -m tests.e2e.gallery [folder for the pictures]
"""

import asyncio
import sys
import tempfile
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from pathlib import Path

from playwright.async_api import Browser, Page

from bot.clock import MovableClock
from bot.company import Story, load_stories
from bot.demo import AT_ONCE, stage
from sandbox.world import Card
from tests.browser import PHONE, open_browser, open_page
from tests.databases import fresh_database
from tests.scenarios.conftest import MONDAY, connected
from tests.scenarios.play import Play

STORIES = {story.id: story for story in load_stories()}
MEASURE = """card => {
  const top = card.getBoundingClientRect().top, height = card.getBoundingClientRect().height
  const buttons = [...card.querySelectorAll("[data-testid=action]")]
  const above = [...card.querySelectorAll(".words > p, .words li, dl > div")]
  const status = card.querySelector("header .status") ? 0 : 1  // WeCom's stands below the title
  const lowest = buttons.length ? buttons[buttons.length - 1].getBoundingClientRect().bottom - top : height
  return {
    lines: above.length - status,
    first: buttons.length ? Math.round(buttons[0].getBoundingClientRect().top - top) : Math.round(height),
    last: Math.round(lowest),
    buttons: buttons.map(button => button.textContent),
    room: Math.round(card.closest(".timeline").clientHeight),
  }
}"""


TIMES = 50
"""Two hours each of the company left alone: what nobody reports goes wrong."""
MUTE = "静音"
"""A button that cards of exceptions alone have."""


@dataclass(frozen=True, slots=True)
class Shot:
    """One card on the phone of somebody who reads it."""

    kind: str
    platform: str
    person: str
    card: Card


@dataclass(frozen=True, slots=True)
class Size:
    lines: int
    """Lines of text between the status and the first button; of a card without buttons all of them."""
    first: int
    """Pixels from the card's top to its first button; without one its height."""
    last: int
    """Pixels from the card's top to the end of its last button."""
    buttons: list[str]
    room: int
    """Pixels a phone has for the conversation."""


async def shots(play: Play) -> AsyncIterator[Shot]:
    """The cards of some stories, each while it looks so."""
    draft = await proposed(play, STORIES["promotion"])
    yield shot(play, "预览", "tang.yu", draft)
    await play.press(draft, "tang.yu", "提交")
    no = play.number(draft)
    steps = (await play.change(no)).steps
    for step in steps:
        card = await play.asked(step.department, no)
        yield shot(play, f"审批 {lines_of(step.department, await play.change(no))} 项", step.approvers[0], card)
    await play.quiet()
    yield shot(play, "提出人，审批中", "tang.yu", draft)
    first, *others = steps
    await play.press(await play.asked(first.department, no), first.approvers[0], "同意")
    await play.quiet()
    yield newest(play, "已同意，等别人", first.department, first.approvers[0], no)
    for step in others:
        await play.press(await play.asked(step.department, no), step.approvers[0], "同意")
    await play.quiet()
    for step in (first, next(step for step in steps if play.room(step.department).startswith("wecom"))):
        yield newest(play, "已生效", step.department, step.approvers[0], no)
    async for one in ends(play):
        yield one


async def ends(play: Play) -> AsyncIterator[Shot]:
    """A rejection, a conflict, an emergency taken back, a step nobody answers."""
    draft = await proposed(play, STORIES["supplier"])
    await play.press(draft, STORIES["supplier"].person, "提交")
    no = play.number(draft)
    steps = (await play.change(no)).steps
    asked = {step.department: await play.asked(step.department, no) for step in steps}
    refusing = next(step for step in steps if play.room(step.department).startswith("dingtalk"))
    face = asked[refusing.department].face(refusing.approvers[0])
    action = next(button.action for button in face.buttons if button.text == "驳回")
    card = asked[refusing.department]
    await play.world.click(card.conversation, refusing.approvers[0], card.id, action, {"input": "备件明天才到"})
    await play.quiet()
    for step in steps:
        yield newest(play, "已驳回", step.department, step.approvers[0], no)

    for person, department, text in (
        ("zhang.haifeng", "production", "改期 MO-2442 推迟3天 因为 组装 A 线点胶机故障，等备件"),
        ("qian.bo", "purchasing", "改期 MO-2442 推迟1天 因为 充电仓外壳晚到一天"),
    ):
        preview = await play.propose(play.room(department), person, text)
        await play.press(preview, person, "提交")
    for department, person in (("production", "zhang.haifeng"), ("purchasing", "qian.bo")):
        yield shot(play, "冲突", person, await play.shows(play.room(department), "冲突：MO-2442"))

    preview = await play.propose(play.room("production"), "zhang.haifeng", "改期 MO-2432 推迟1天 因为 点胶机故障停机")
    yield shot(play, "紧急预览", "zhang.haifeng", preview)
    await play.press(preview, "zhang.haifeng", "提交")
    emergency = play.number(preview)
    await play.quiet()
    for step in (await play.change(emergency)).steps:
        asked_of = play.stage.service.environment.organisation.departments
        room = play.room(step.department if step.department in asked_of else "planning")
        yield shot(play, "追认", step.approvers[0], await play.shows(room, emergency, "追认"))
    await play.say(play.room("production"), "zhang.haifeng", f"撤回 {emergency}")
    await play.quiet()
    for room in {card.conversation for card in play.world.cards.values()}:
        if told := play.find(room, "请知悉"):
            yield shot(play, "知会", sorted(members(play, room))[0], told)

    for _ in range(40):
        play.stage.clock.move_to(play.stage.clock.now() + timedelta(hours=2))
        await play.stage.service.scheduler.ring()
        await play.quiet()
        if raised := play.find(play.room("planning"), "没答复，请你决定"):
            yield shot(play, "升级", "lin.jing", raised)
            break


async def exceptions(play: Play) -> AsyncIterator[Shot]:
    """A card of each code that comes up in the first days on each platform, in the order they come; and its end."""
    known = set[tuple[str, str, str]]()
    for _ in range(TIMES):
        play.stage.clock.move_to(play.stage.clock.now() + timedelta(hours=2))
        await play.stage.service.scheduler.ring()
        await play.quiet()
        for card in list(play.world.cards.values()):
            readers = sorted(members(play, card.conversation))
            face = card.face(readers[0]) if readers else None
            if face is None or not any(button.text == MUTE for button in face.buttons):
                continue
            kind = (face.title.partition(" ")[0], face.status, card.conversation.partition(":")[0])
            if kind not in known:
                known.add(kind)
                yield shot(play, f"异常 {kind[0]} {face.status}", readers[0], card)
    overdue = play.find(play.room("production"), "逾期未完", "MO-2901")
    assert overdue
    await play.say(play.room("production"), "zhang.haifeng", "完成 MO-2901")
    await play.quiet()
    yield shot(play, "异常已消除", "zhang.haifeng", overdue)


def members(play: Play, room: str) -> list[str]:
    return [person for person in play.world.people if person in play.world.conversations[room].members]


def lines_of(department: str, change: object) -> int:
    return len({line.item for line in change.lines_for(department)})  # type: ignore[attr-defined]


async def proposed(play: Play, story: Story) -> Card:
    return await play.propose(play.room(story.department), story.person, story.command)


def newest(play: Play, kind: str, department: str, person: str, no: str) -> Shot:
    card = play.find(play.room(department), no)
    assert card, (kind, department)
    return shot(play, kind, person, card)


def shot(play: Play, kind: str, person: str, card: Card) -> Shot:
    return Shot(kind, card.conversation.partition(":")[0], person, card)


async def measured(browser: Browser, play: Play, one: Shot, picture: Path | None = None) -> Size:
    async with open_page(browser, f"{play.stage.address}/?as={one.person}", PHONE) as page:
        return await measure(page, one, picture)


async def measure(page: Page, one: Shot, picture: Path | None = None) -> Size:
    column = page.locator(f'[data-testid="column"][data-conversation="{one.card.conversation}"]')
    card = column.locator(f'[data-card="{one.card.id}"]').first
    await card.wait_for(state="attached")
    await card.evaluate("card => card.scrollIntoView({block: 'start'})")
    if picture:
        await page.screenshot(path=picture)
    return Size(**await card.evaluate(MEASURE))


async def gallery(folder: Path, tell: Callable[[str], None] = print) -> None:
    tell("| card | platform | lines | to the first button | to the last | buttons |\n|---|---|---|---|---|---|")
    number = count(1)
    for scenes, extra in ((shots, None), (exceptions, AT_ONCE)):
        with tempfile.TemporaryDirectory() as home, fresh_database("sqlite", Path(home), migrated=True) as url:
            async with stage(url, clock=MovableClock(MONDAY), extra=extra) as set_up, open_browser() as browser:
                await connected(set_up)
                play = Play(set_up)
                async for one in scenes(play):
                    picture = folder / f"{next(number):02}-{one.kind}-{one.platform}.png".replace(" ", "")
                    size = await measured(browser, play, one, picture)
                    tell(_row(one, size))


def _row(one: Shot, size: Size) -> str:
    buttons = " ".join(size.buttons) or "–"
    return f"| {one.kind} | {one.platform} | {size.lines} | {size.first} px | {size.last} px | {buttons} |"


if __name__ == "__main__":
    pictures = Path(sys.argv[1] if len(sys.argv) > 1 else "cards-on-a-phone")
    pictures.mkdir(parents=True, exist_ok=True)
    asyncio.run(gallery(pictures))
