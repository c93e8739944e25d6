"""Other systems ask for the picture of a change request, or of a what-if."""

import xml.etree.ElementTree as ET
from typing import Any

import httpx
import pytest

from bot import rasterising
from bot.clock import MovableClock
from handlers.turn import Environment
from storage.database import Database
from tests.bot.web.factory import approve
from tests.bot.web.system import System, problem
from tests.cards.picture.draw import SVG, texts
from tests.cards.picture.test_png import fonts, size_of

__all__ = ["fonts"]
CHANGES = "/api/v1/changes"
DELAY: dict[str, Any] = {"operations": [{"item": "PO-2001", "op": "shift", "to": 2}], "reason": "供应商延期"}
WHAT_IF = {"operations": DELAY["operations"]}


async def proposed(system: System, **more: object) -> str:
    answer = await system.post(CHANGES, DELAY | more)
    return str(answer.json()["no"])


def picture(answer: httpx.Response) -> ET.Element:
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"].startswith("image/svg+xml")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    return ET.fromstring(answer.text)


async def test_the_picture_shows_the_chain_the_change_went_along(system: System) -> None:
    no = await proposed(system)
    root = picture(await system.get(f"{CHANGES}/{no}/picture.svg"))
    assert root.findtext(f"{SVG}title") == f"{no} · PO-2001 采购 外壳 推迟2天"
    assert texts(root, "code") == ["PO-2001", "MO-1023", "DL-6411"]
    assert texts(root, "department") == ["采购部", "生产部", "销售部"]
    assert texts(root, "alarm") == ["晚交 1 天（应 12-18）"]


async def test_it_stays_the_same_when_the_change_is_in_effect(
    system: System, factory: Database, environment: Environment, clock: MovableClock
) -> None:
    no = await proposed(system)
    before = await system.get(f"{CHANGES}/{no}/picture.svg")
    approve(factory, environment, clock, no)
    after = await system.get(f"{CHANGES}/{no}/picture.svg")
    assert picture(after) is not None
    assert after.text == before.text


async def test_a_what_if_is_drawn_and_nothing_written(system: System) -> None:
    root = picture(await system.post("/api/v1/impact/picture.svg", WHAT_IF, token=System.TOKENS["mes"]))
    assert root.findtext(f"{SVG}title") == "PO-2001 采购 外壳 推迟2天"
    assert await system.everything(CHANGES) == []
    assert [row["revision"] for row in await system.everything("/api/v1/plan/revisions")] == [1]


@pytest.mark.usefixtures("fonts")
async def test_the_same_picture_as_png(system: System) -> None:
    no = await proposed(system)
    root = picture(await system.get(f"{CHANGES}/{no}/picture.svg"))
    answer = await system.get(f"{CHANGES}/{no}/picture.png", token=System.TOKENS["mes"])
    assert (answer.status_code, answer.headers["content-type"]) == (200, "image/png")
    assert size_of(answer.content) == (2 * int(root.get("width", 0)), 2 * int(root.get("height", 0)))


async def test_a_machine_without_fonts_says_so(system: System, monkeypatch: pytest.MonkeyPatch) -> None:
    async def no_font(svg: str) -> bytes:
        raise rasterising.NoPicture("no-font")

    monkeypatch.setattr("bot.web.api.picture.rasterised", no_font)
    no = await proposed(system)
    said = problem(await system.get(f"{CHANGES}/{no}/picture.png"), 503, "no-font")
    assert said == (
        "服务器上没有中文字体，画出来的 PNG 没有字。请安装一种（如 Debian 的 fonts-noto-cjk），或改用 picture.svg。"
    )


async def test_what_is_no_picture_ends_in_a_reason() -> None:
    with pytest.raises(rasterising.NoPicture) as nothing:
        await rasterising.rasterised("no svg at all")
    assert nothing.value.reason in ("no-picture", "no-font")


@pytest.mark.parametrize("kind", ["svg", "png"])
async def test_only_readers_get_it_and_only_of_what_there_is(system: System, kind: str) -> None:
    no = await proposed(system)
    problem(await system.get(f"{CHANGES}/{no}/picture.{kind}", token=""), 401, "unauthorized")
    problem(await system.get(f"{CHANGES}/{no}/picture.{kind}", token=System.TOKENS["intake"]), 403, "forbidden")
    problem(await system.get(f"{CHANGES}/CR-20261130-999/picture.{kind}"), 404, "unknown-change")
    problem(await system.get(f"{CHANGES}/x/picture.{kind}"), 404, "unknown-change")


async def test_a_draft_is_drawn_for_its_proposer_only(system: System) -> None:
    no = await proposed(system, submit=False)
    assert texts(picture(await system.get(f"{CHANGES}/{no}/picture.svg")), "code")[0] == "PO-2001"
    problem(await system.get(f"{CHANGES}/{no}/picture.svg", token=System.TOKENS["mes"]), 404, "unknown-change")


async def test_a_wrong_what_if_is_refused_as_without_a_picture(system: System) -> None:
    wrong = {"operations": [{"item": "PO-2001", "op": "shift"}]}
    assert (await system.post("/api/v1/impact/picture.svg", wrong)).status_code == 422
    before = {"operations": [{"item": "NO-1", "op": "shift", "to": 1}]}
    root = picture(await system.post("/api/v1/impact/picture.svg", before))
    assert texts(root, "code") == []
