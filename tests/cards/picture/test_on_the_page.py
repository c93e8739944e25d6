"""The chat page offers the picture on every card that names a change request, and opens it over the page."""

import xml.etree.ElementTree as ET
from collections.abc import AsyncIterator

import httpx
import pytest
from fastapi import FastAPI
from playwright.async_api import Browser, Page, expect

from cards.picture import Edge, Effect, Graph, Node, svg_of
from sandbox.page import Unavailable, create_page
from sandbox.page.drawing import change_named
from sandbox.server import serving
from sandbox.world import Face
from tests.browser import DESKTOP, PHONE, open_page
from tests.cards.picture.test_svg import GRAPH
from tests.sandbox.page.conftest import browser
from tests.sandbox.page.town import PRODUCTION, Town

__all__ = ["browser"]
NO = "CR-20261123-001"
TREE = tuple(Node(f"A{n}", f"A{n}", "生产部", 1, "装配", Effect.LATER, is_cause=n == 1) for n in range(1, 32))
WIDE = Graph("宽", "", TREE, tuple(Edge(f"A{n // 2}", f"A{n}", "", True) for n in range(2, 32)))


async def picture_of(no: str) -> str:
    if no != NO:
        raise Unavailable(f"没有变更单 {no}。")
    return svg_of(GRAPH)


def page_of(town: Town, **more: object) -> FastAPI:
    return create_page(town, next_morning=town.next_morning, title="示例", **more)  # type: ignore[arg-type]


@pytest.fixture
def town() -> Town:
    town = Town()
    town.show(PRODUCTION)
    return town


async def asked(app: FastAPI, path: str) -> httpx.Response:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://page") as client:
        return await client.get(path)


@pytest.mark.parametrize(
    ("face", "no"),
    [
        (Face("装配推迟", status=f"{NO} · 待生产部决定"), NO),
        (Face("装配推迟", body=f"**{NO}** · 王五 提出"), NO),
        (Face("装配推迟", facts=(("单号", NO),)), NO),
        (Face(NO, body="取代 CR-20261122-004"), NO),
        (Face("早会", body="今天没有到期"), ""),
        (Face("CR-2026-1"), ""),
    ],
)
def test_a_card_is_about_the_first_change_it_names(face: Face, no: str) -> None:
    assert change_named(face) == no


async def test_the_link_is_there_when_there_is_somebody_to_draw(town: Town) -> None:
    offered = await asked(page_of(town, picture_of=picture_of), "/stage?as=wang.wu")
    assert offered.text.count(f'href="picture/{NO}.svg"') == 1
    assert "picture/" not in (await asked(page_of(town), "/stage?as=wang.wu")).text
    assert (await asked(page_of(town), f"/picture/{NO}.svg")).status_code == 404


@pytest.mark.parametrize("status", ["预览 · 待你提交", "the preview · to submit"])
@pytest.mark.parametrize("where", ["status", "body"], ids=["DingTalk", "WeCom"])
async def test_a_preview_is_drawn_by_its_card(town: Town, where: str, status: str) -> None:
    face = Face("推迟3天 · MO-2442", status=status)
    if where == "body":
        face = Face(face.title, body=f"{status}\n\n影响 3 项")
    town.show(PRODUCTION, face, "main-0123456789abcdef")
    page = await asked(page_of(town, picture_of=picture_of), "/stage?as=wang.wu")
    assert page.text.count('href="picture/main-0123456789abcdef.svg"') == 1
    assert f'data-picture="{status.partition(" · ")[0]}"' in page.text


async def test_a_preview_that_takes_a_place_is_drawn_itself(town: Town) -> None:
    face = Face("推迟3天 · MO-2442", status="预览 · 待你提交", body=f"提交后取代 {NO}")
    town.show(PRODUCTION, face, "main-0123456789abcdef")
    page = await asked(page_of(town, picture_of=picture_of), "/stage?as=wang.wu")
    assert page.text.count('href="picture/main-0123456789abcdef.svg"') == 1


async def test_a_card_about_nothing_has_no_link(town: Town) -> None:
    town.show(PRODUCTION, Face("早会摘要", body="今日到期 2 项"), "digest-1")
    page = await asked(page_of(town, picture_of=picture_of), "/stage?as=wang.wu")
    assert page.text.count("影响图") == 1


async def test_the_picture_is_served_as_a_drawing_that_runs_nothing(town: Town) -> None:
    answer = await asked(page_of(town, picture_of=picture_of), f"/picture/{NO}.svg")
    assert answer.headers["content-type"].startswith("image/svg+xml")
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert ET.fromstring(answer.text).get("role") == "img"


@pytest.mark.parametrize(
    ("path", "status", "sentence"),
    [
        ("CR-20261123-999.svg", 503, "没有变更单 CR-20261123-999。"),
        ("x.svg", 400, "请求不完整"),
        ("CR-20261123-001%0a.svg", 400, "请求不完整"),
        ("%3Cscript%3E.svg", 400, "请求不完整"),
    ],
)
async def test_what_is_not_there_is_a_sentence(town: Town, path: str, status: int, sentence: str) -> None:
    answer = await asked(page_of(town, picture_of=picture_of), f"/picture/{path}")
    assert (answer.status_code, answer.headers["content-type"]) == (status, "text/plain; charset=utf-8")
    assert sentence in answer.text


@pytest.fixture
async def address(town: Town) -> AsyncIterator[str]:
    async def drawn(no: str) -> str:
        return svg_of(WIDE) if no.endswith("2") else await picture_of(no)

    wide = Face("CR-20261123-002", body="很多项")
    missing = Face("CR-20261123-009", body="没有这张")
    town.show(PRODUCTION, wide, "wide")
    town.show(PRODUCTION, missing, "missing")
    app = page_of(town, picture_of=drawn)
    async with serving(app) as address:
        yield f"{address}/?as=wang.wu"
        app.state.close()


async def opened(page: Page, no: str) -> None:
    await page.locator(f'[data-picture="{no}"]').click()
    await expect(page.get_by_test_id("picture")).to_be_visible()


async def is_drawn(page: Page) -> bool:
    return bool(await page.evaluate("document.querySelector('.picture img').naturalWidth > 0"))


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
async def test_it_opens_over_the_page_and_closes_again(address: str, browser: Browser, size: tuple[int, int]) -> None:
    async with open_page(browser, address, size) as page:
        await opened(page, NO)
        assert await is_drawn(page)
        box = await page.locator(".picture img").bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= size[0]
        await page.keyboard.press("Escape")
        await expect(page.get_by_test_id("picture")).to_be_hidden()
        await opened(page, NO)
        await page.get_by_role("button", name="关闭").click()
        await expect(page.get_by_test_id("picture")).to_be_hidden()


async def test_on_a_phone_a_wide_one_begins_at_its_cause_and_shows_all_at_a_touch(
    address: str, browser: Browser
) -> None:
    async with open_page(browser, address, PHONE) as page:
        await opened(page, "CR-20261123-002")
        room = page.locator(".picture-room")
        await expect(page.get_by_role("button", name="整图")).to_be_visible()
        across, shown = await room.evaluate("room => [room.scrollWidth, room.clientWidth]")
        assert across > 2 * shown
        await page.locator(".picture img").click()
        await expect(page.get_by_role("button", name="原大")).to_be_visible()
        assert await room.evaluate("room => room.scrollWidth <= room.clientWidth")
        assert await room.evaluate("room => room.scrollHeight <= room.clientHeight")


async def test_a_picture_that_cannot_be_had_is_a_sentence(address: str, browser: Browser) -> None:
    async with open_page(browser, address) as page:
        await page.locator('[data-picture="CR-20261123-009"]').click()
        await expect(page.get_by_test_id("toasts")).to_contain_text("没有变更单 CR-20261123-009。")
        await expect(page.get_by_test_id("picture")).to_be_hidden()
