"""The page over HTTP: who sees what, who may do what, and the sentence for everything else."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import httpx
import pytest
from fastapi import FastAPI
from starlette.applications import Starlette
from starlette.routing import Mount

from sandbox.page import create_page
from sandbox.page.phones import MOST_ROWS
from sandbox.world import Button, Face, Person, Platform
from tests.sandbox.page.town import ASK, FINANCE, PRODUCTION, PURCHASING, SALES, Town

EVIL = '<script>window.hacked=1</script><img src=x onerror=alert(1)>"\'{{7*7}}'

CLICK = {"as": "li.na", "conversation": SALES, "card": "chg-1", "action": "approve"}


@pytest.fixture
async def client(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://page") as opened:
        yield opened


async def stage_of(client: httpx.AsyncClient, person: str) -> str:
    return (await client.get("/stage", params={"as": person})).text


async def test_the_page_stands_alone(client: httpx.AsyncClient) -> None:
    page = await client.get("/")
    assert page.status_code == 200
    assert 'lang="zh-CN"' in page.text
    assert "星河电子（示例公司）" in page.text
    assert "11月23日（周一）" in page.text
    assert "script-src" not in page.headers["content-security-policy"]
    assert "default-src 'self'" in page.headers["content-security-policy"]
    assert "style=" not in page.text
    assert "//" not in page.text.replace("http://www.w3.org", "")


async def test_every_script_and_sheet_is_there(client: httpx.AsyncClient) -> None:
    page = (await client.get("/")).text
    for piece in page.split('"'):
        if piece.startswith("static/"):
            answer = await client.get(f"/{piece}")
            assert answer.status_code == 200, piece
            assert answer.headers["cache-control"] == "no-cache"


async def test_a_picture_of_the_bots_stands_in_its_row(client: httpx.AsyncClient, town: Town) -> None:
    picture = b"\x89PNG\r\n\x1a\n..."
    number = town.post(SALES, "bot", picture=picture).number
    assert f'src="shown/{number}.png"' in await stage_of(client, "li.na")
    shown = await client.get(f"/shown/{number}.png")
    assert (shown.content, shown.headers["content-type"]) == (picture, "image/png")
    for path in (f"/shown/{number + 1}.png", "/shown/0.png", "/shown/1.png" if number > 1 else "/shown/x.png"):
        assert (await client.get(path)).status_code in (400, 404)


async def test_the_page_lives_under_any_path(app: FastAPI) -> None:
    house = Starlette(routes=[Mount("/demo", app)])
    async with httpx.AsyncClient(transport=httpx.ASGITransport(house), base_url="http://house") as client:
        assert 'href="static/base.css"' in (await client.get("/demo/")).text
        assert (await client.get("/demo/static/base.css")).status_code == 200
        assert (await client.get("/demo/nothing")).text == "没有这个页面。"


async def test_people_are_grouped_by_department(client: httpx.AsyncClient, town: Town) -> None:
    town.people["evil"] = Person("evil", "外人", "销售部", corp="other", dingtalk="x")
    page = (await client.get("/")).text
    groups = [piece.split('"')[0] for piece in page.split('<optgroup label="')[1:]]
    assert groups == ["市场部", "销售部", "生产部", "采购部", "财务部", "外部 · 销售部"]


async def test_an_unknown_person_is_somebody_else(client: httpx.AsyncClient) -> None:
    assert 'data-me="li.na"' in (await client.get("/", params={"as": "nobody"})).text


async def test_the_page_opens_with_the_person_it_was_made_for(town: Town) -> None:
    page = create_page(town, next_morning=town.next_morning, title="星河电子", opening="wang.wu")
    async with httpx.AsyncClient(transport=httpx.ASGITransport(page), base_url="http://page") as client:
        assert 'data-me="wang.wu"' in (await client.get("/")).text
        assert 'data-me="li.na"' in (await client.get("/", params={"as": "li.na"})).text


async def test_a_world_without_people_is_a_page(client: httpx.AsyncClient, town: Town) -> None:
    town.people.clear()
    town.conversations.clear()
    assert (await client.get("/")).status_code == 200


async def test_a_one_to_one_is_for_its_person_only(client: httpx.AsyncClient) -> None:
    mine, others = await stage_of(client, "zhao.liu"), await stage_of(client, "zhou.min")
    assert "wecom-app:w5" in mine
    assert "wecom-app:w5" not in others
    hidden = await client.get("/column", params={"conversation": "wecom-app:w5", "as": "zhou.min"})
    assert hidden.status_code == 204


async def test_everything_is_readable_but_only_members_type(client: httpx.AsyncClient, town: Town) -> None:
    town.show(PRODUCTION)
    params = {"conversation": PRODUCTION, "as": "qian.qi"}
    column = (await client.get("/column", params=params)).text
    assert "控制板" not in column
    assert "客户加单" in column
    assert 'placeholder="你不在这个群里" disabled' in column
    assert 'disabled title="你不在这个群里">同意' in column
    assert "data-example" not in column


async def test_each_viewer_has_their_face_of_a_card(client: httpx.AsyncClient, town: Town) -> None:
    card = town.show(PRODUCTION, Face("等待生产部决定"))
    town.redraw(Platform.DINGTALK, card.id, ASK, only_for="wang.wu")
    assert "data-action" in await stage_of(client, "wang.wu")
    assert "data-action" not in await stage_of(client, "sun.lei")


async def test_a_card_without_a_face_for_me_says_so(client: httpx.AsyncClient, town: Town) -> None:
    card = town.show(PRODUCTION)
    card.faces = {"wang.wu": ASK}
    assert "这张卡片只发给了部分成员" in await stage_of(client, "sun.lei")


async def test_a_long_history_is_cut(client: httpx.AsyncClient, town: Town) -> None:
    for number in range(MOST_ROWS + 5):
        town.post(SALES, "li.na", f"第 {number} 条")
    stage = await stage_of(client, "li.na")
    assert stage.count('data-testid="row"') == MOST_ROWS
    assert "第 4 条" not in stage
    assert "第 5 条" in stage


async def test_a_time_stands_after_a_silence_only(client: httpx.AsyncClient, town: Town) -> None:
    for minutes in (0, 1, 10, 60 * 24):
        town.time += timedelta(minutes=minutes)
        town.post(SALES, "li.na", "好")
    stage = await stage_of(client, "li.na")
    assert [piece.split("<")[0] for piece in stage.split('<p class="time">')[1:]] == [
        "11月23日 12:00",
        "12:11",
        "11月24日 12:11",
    ]


async def test_nothing_that_people_or_bots_write_becomes_markup(client: httpx.AsyncClient, town: Town) -> None:
    town.people["evil"] = Person(EVIL, EVIL, EVIL, EVIL, dingtalk="x")
    town.conversations[SALES].name = EVIL
    town.conversations[SALES].members.append("evil")
    town.post(SALES, "evil", EVIL)
    town.post(SALES, "nobody" + EVIL, EVIL)
    town.post(SALES, "bot", EVIL)
    button = Button(EVIL, EVIL, EVIL, EVIL)
    town.show(SALES, Face(EVIL, EVIL, EVIL, EVIL, ((EVIL, EVIL),), (button,), EVIL), EVIL)
    page = (await client.get("/", params={"as": "evil"})).text
    assert "<script>" not in page
    assert "<img src=x" not in page
    assert '"\'{{7*7}}' not in page
    assert "{{7*7}}" in page


async def test_typing_reaches_the_bot(client: httpx.AsyncClient, town: Town) -> None:
    answer = await client.post("/say", data={"as": "li.na", "conversation": SALES, "text": "帮助"})
    assert answer.status_code == 204
    rows = [(entry.sender, entry.text) for entry in town.timeline(SALES)]
    assert rows == [("li.na", "帮助"), ("bot", "收到：**帮助**")]


async def test_a_click_brings_its_form_along(client: httpx.AsyncClient, town: Town) -> None:
    card = town.show(PURCHASING)
    fields = {"as": "zhao.liu", "conversation": PURCHASING, "card": card.id, "action": "reject", "input": "料不够"}
    assert (await client.post("/click", data=fields)).status_code == 204
    assert town.clicks == [("zhao.liu", "reject", {"input": "料不够"})]


@pytest.mark.parametrize(
    ("path", "fields", "status", "sentence"),
    [
        ("say", {"as": "qian.qi", "conversation": SALES, "text": "x"}, 403, "你不在这个群里"),
        ("say", {"as": "nobody", "conversation": SALES, "text": "x"}, 404, "名单里没有这个人"),
        ("say", {"as": "li.na", "conversation": "nowhere", "text": "x"}, 404, "找不到这个会话"),
        ("say", {"as": "li.na", "conversation": SALES, "text": " \n "}, 400, "还没有输入内容"),
        ("say", {}, 400, "请求不完整"),
        ("click", CLICK | {"card": "no"}, 404, "找不到这张卡片"),
        ("click", CLICK | {"as": "qian.qi"}, 403, "你不在这个群里"),
        ("click", CLICK | {"action": "slow"}, 503, "对方服务超时，请重试"),
        ("click", CLICK | {"action": "offline"}, 503, "机器人不在线"),
        ("open-plan", {"as": "nobody"}, 404, "名单里没有这个人"),
        ("nothing", {}, 404, "没有这个页面"),
    ],
)
async def test_what_cannot_be_done_gets_a_sentence(
    client: httpx.AsyncClient, town: Town, path: str, fields: dict[str, str], status: int, sentence: str
) -> None:
    town.show(SALES)
    answer = await client.post(f"/{path}", data=fields)
    assert answer.status_code == status
    assert sentence in answer.text


async def test_a_platform_that_is_not_up_is_named(client: httpx.AsyncClient, town: Town) -> None:
    town._say.clear()
    town._click.clear()
    town.show(FINANCE)
    said = await client.post("/say", data={"as": "qian.qi", "conversation": FINANCE, "text": "x"})
    clicked = await client.post(
        "/click", data={"as": "qian.qi", "conversation": FINANCE, "card": "chg-1", "action": "a"}
    )
    assert {said.text, clicked.text} == {"这个平台还没有启动，消息没有送到机器人。"}


async def test_a_fault_is_a_sentence_and_never_a_traceback(
    client: httpx.AsyncClient, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def stumble(*_: object) -> None:
        raise ZeroDivisionError("secret detail")

    monkeypatch.setattr(town, "say", stumble)
    answer = await client.post("/say", data={"as": "li.na", "conversation": SALES, "text": "x"})
    assert answer.status_code == 500
    assert "沙盒里出了点问题" in answer.text
    assert "secret" not in answer.text


async def test_the_next_morning_brings_its_sentence(client: httpx.AsyncClient, town: Town) -> None:
    assert (await client.post("/next-morning")).text == "现在是 11月24日（周二）08:30"
    assert "早会摘要" in town.timeline(PRODUCTION)[-1].text


async def test_a_morning_that_fails_is_a_sentence(
    client: httpx.AsyncClient, town: Town, app: FastAPI, caplog: pytest.LogCaptureFixture
) -> None:
    async def stumble() -> str:
        await asyncio.sleep(0)
        raise RuntimeError("secret detail")

    object.__setattr__(app.state.scene, "next_morning", stumble)
    answer = await client.post("/next-morning")
    assert (answer.status_code, answer.text) == (503, "没能走到下一个工作日早晨，请稍后再试。")
    assert "secret detail" in caplog.text


async def test_the_plan_opens_for_whoever_one_is(client: httpx.AsyncClient, town: Town) -> None:
    answer = await client.post("/open-plan", data={"as": "zhao.liu"})
    assert (answer.status_code, answer.headers["location"]) == (303, await town.open_plan("zhao.liu"))


async def test_without_a_plan_to_open_there_is_no_way_there(client: httpx.AsyncClient, town: Town) -> None:
    assert "open-plan" in (await client.get("/")).text
    page = create_page(town, next_morning=town.next_morning, title="星河电子")
    async with httpx.AsyncClient(transport=httpx.ASGITransport(page), base_url="http://page") as alone:
        assert "open-plan" not in (await alone.get("/")).text
        assert (await alone.post("/open-plan", data={"as": "li.na"})).status_code == 404
