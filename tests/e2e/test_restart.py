"""A page that is open while the server is killed and started again: it goes on, and nothing typed is lost."""

import re
import socket
from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from bot.company import load_stories
from tests.browser import open_page
from tests.e2e.looks import LINK, PERSON, ROOM
from tests.scenarios.process import Town, town

pytestmark = pytest.mark.timeout(600)  # a busy machine starts a process in half a minute
STORIES = {story.id: story for story in load_stories()}
SOON = 60_000
"""Milliseconds in which a busy machine has started a process, and a browser has come again."""


async def test_a_page_outlives_its_server(tmp_path: Path, browser: Browser) -> None:
    port = free_port()
    at = f"http://127.0.0.1:{port}"
    async with town(tmp_path, settings={"server": {"port": port, "public_url": at}}) as there:
        there.wecom.app_settings.callback_url = f"{at}/wecom/app/callback"
        await there.bot.start()
        await there.connected()
        no = await submitted(there, "machine")
        await there.world.say(ROOM, PERSON, "链接")
        link = await there.world.until(lambda: LINK.search(" ".join(there.answers(ROOM))), 60)
        async with open_page(browser, link[1], (390, 844), expects=("net::ERR_", "htmx:")) as page:
            page.context.set_default_timeout(SOON)
            await page.get_by_role("button", name="进入").click()
            await page.goto(f"{at}/changes/{no}")
            await page.get_by_label("意见").fill("等库存点清再说")
            await there.bot.kill()
            await page.get_by_role("button", name="同意").click()
            await expect(page.locator(".news")).to_contain_text("没有送到")
            await expect(page.get_by_label("意见")).to_have_value("等库存点清再说")

            await there.bot.start()
            await there.connected()
            await submitted(there, "supplier")
            await expect(page.locator(".news")).to_contain_text("计划变了", timeout=SOON)
            await expect(page.get_by_label("意见")).to_have_value("等库存点清再说")
            await page.get_by_role("button", name="同意").click()
            await expect(page.locator("[data-once]")).to_contain_text("同意")
            await expect(page.locator(".steps li", has_text="财务部")).to_contain_text("等库存点清再说")
        await there.bot.stop()


async def submitted(there: Town, story: str) -> str:
    """The number of a story's change request, once its departments are asked."""
    asked = STORIES[story]
    room = next(
        one.key for one in there.world.conversations.values()
        if not one.single and asked.person in one.members and not one.key.startswith("wecom-app:")
    )  # fmt: skip
    known = len(there.world.cards_in(room))
    await there.world.say(room, asked.person, asked.command)
    preview = await there.world.until(lambda: there.world.cards_in(room)[known:], 60)
    button = next(one.action for one in preview[-1].face(asked.person).buttons if one.text == "提交")
    await there.world.click(room, asked.person, preview[-1].id, button)
    number = re.compile(r"CR-\d{8}-\d{3}")

    def given() -> str:
        faces = [card.face("") for card in there.world.cards_in(room)[known:]]
        found = [number.search(f"{face.title} {face.status} {face.body}") for face in faces]
        return next((one[0] for one in found if one), "")

    return str(await there.world.until(given, 60))


def free_port() -> int:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return int(held.getsockname()[1])
