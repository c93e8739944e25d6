"""The simulated Feishu: its frames, its long connection, what it pushes again, what it sends, changes and refuses."""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator

import pytest
import websockets
from hypothesis import given
from hypothesis import strategies as st

from sandbox.feishu import Feishu, Limits, frames
from sandbox.feishu.frames import BadFrame, Frame
from sandbox.server import serving
from sandbox.world import ClickOutcome, Conversation, Person, World
from tests.sandbox.conftest import Clock
from tests.sandbox.feishu import APPROVE, Bot, FeishuHttp, Json, address, card, connected, form, row, words
from tests.sandbox.sdk import until

GROUP, ALONE = "feishu:oc_1", "feishu:ou_wang"
APPROVES = json.dumps(APPROVE, sort_keys=True)
REJECTS = '{"action": "reject", "revision": 1}'


@pytest.fixture
def limits() -> Limits:
    return Limits(answer_seconds=0.5, redelivery_seconds=(0.01, 0.01))


@pytest.fixture
def feishu(world: World, limits: Limits) -> Feishu:
    for person in (Person("wang", "王五", feishu="ou_wang"), Person("eve", "外人", feishu="ou_eve", corp="other")):
        world.people[person.id] = person
    world.open(Conversation("feishu", "oc_1", "生产群", ["wang"]))
    world.open(Conversation("feishu", "oc_2", "没有机器人的群", ["wang"], bot_present=False))
    world.open(Conversation("feishu", "ou_wang", "王五", ["wang"], single=True))
    return Feishu(world, app_id="cli_1", app_secret="s3cret", limits=limits)


@pytest.fixture
async def domain(feishu: Feishu) -> AsyncIterator[str]:
    async with serving(feishu.app) as url:
        yield url


@pytest.fixture
async def bot(domain: str) -> AsyncIterator[Bot]:
    async with connected(domain) as made:
        yield made


@pytest.fixture
async def http(feishu: Feishu) -> AsyncIterator[FeishuHttp]:
    made = FeishuHttp(feishu)
    await made.fetch_token()
    yield made
    await made.client.aclose()


# -- frames ---------------------------------------------------------------------------------------------


def test_a_ping_is_these_bytes() -> None:
    """Worked out by hand from the field numbers: SeqID, LogID, service 7, method 0, one header."""
    data = bytes.fromhex("0800 1000 1807 2000 2a0c 0a04 74797065 1204 70696e67")
    assert Frame(0, 0, 7, 0, {"type": "ping"}).packed() == data
    assert frames.read(data) == Frame(0, 0, 7, 0, {"type": "ping"})


numbers = st.integers(0, 2**63)


@given(numbers, numbers, st.dictionaries(st.text(), st.text(), max_size=4), st.binary(), st.text())
def test_a_frame_comes_back_as_it_was(
    sequence: int, log: int, headers: dict[str, str], payload: bytes, name: str
) -> None:
    made = Frame(sequence, log, 7, 1, headers, payload, log_name=name)
    assert frames.read(made.packed()) == made


@given(st.binary(max_size=40))
def test_any_bytes_are_a_frame_or_a_bad_frame(data: bytes) -> None:
    with contextlib.suppress(BadFrame):
        read = frames.read(data)
        assert frames.read(read.packed()) == read


# -- the long connection --------------------------------------------------------------------------------


async def test_words_in_a_group_mention_the_bot_and_people_by_keys(bot: Bot, world: World) -> None:
    await world.say(GROUP, "wang", "转交 @外人 CR-1")
    message = bot.events[0]["event"]["message"]
    assert json.loads(message["content"]) == {"text": "@_user_1 转交 @_user_2 CR-1"}
    assert [(each["key"], each["id"]["open_id"]) for each in message["mentions"]] == [
        ("@_user_1", "ou_bot"),
        ("@_user_2", "ou_eve"),
    ]
    assert (message["chat_id"], message["chat_type"]) == ("oc_1", "group")
    assert world.refusals == []


async def test_alone_nobody_is_mentioned_and_the_chat_has_an_id_of_its_own(bot: Bot, world: World) -> None:
    await world.say(ALONE, "wang", "状态")
    message = bot.events[0]["event"]["message"]
    assert json.loads(message["content"]) == {"text": "状态"}
    assert "mentions" not in message
    assert message["chat_type"] == "p2p"
    assert message["chat_id"].startswith("oc_")


@pytest.mark.parametrize("limits", [Limits(frame_bytes=64)])
async def test_a_long_event_comes_in_pieces(bot: Bot, feishu: Feishu, world: World) -> None:
    await world.say(ALONE, "wang", "改期 " * 50)
    await until(lambda: feishu.taken)
    assert len(feishu.gateway.delivered[-1].sent) > 5
    assert json.loads(bot.events[0]["event"]["message"]["content"])["text"] == "改期 " * 50


@pytest.mark.parametrize("limits", [Limits(answer_seconds=0.01, redelivery_seconds=(0.01, 0.01))])
async def test_what_is_refused_or_not_answered_comes_again_under_its_id(bot: Bot, world: World) -> None:
    bot.reply = lambda event: (500, {}) if len(bot.events) == 1 else None
    await world.say(ALONE, "wang", "状态")
    await until(lambda: len(bot.events) == 3)
    assert len({event["header"]["event_id"] for event in bot.events}) == 1


async def test_a_ping_is_answered_with_the_configuration(bot: Bot) -> None:
    await bot.ping()
    await until(lambda: bot.pongs)
    assert json.loads(bot.pongs[0].payload)["PingInterval"] == 120


@pytest.mark.parametrize("data", [b"\xff", b"", "text", Frame(9, 9, 7, 1, {"message_id": "x"}).packed()])
async def test_what_is_no_answer_ends_the_connection(bot: Bot, world: World, data: bytes | str) -> None:
    await bot.socket.send(data)
    async with asyncio.timeout(5):
        await bot.socket.wait_closed()
    assert bot.socket.close_code == 1002
    assert world.refusals


async def test_a_ticket_is_good_once(domain: str, feishu: Feishu) -> None:
    url = await address(domain)
    async with websockets.connect(url):
        with pytest.raises(websockets.InvalidStatus) as refused:
            await websockets.connect(url)
    assert refused.value.response.headers["Handshake-Status"] == "403"


@pytest.mark.parametrize("limits", [Limits(connections=1)])
async def test_one_connection_too_many_is_told_so(bot: Bot, domain: str) -> None:
    with pytest.raises(websockets.InvalidStatus) as refused:
        await websockets.connect(await address(domain))
    assert refused.value.response.headers["Handshake-Autherrcode"] == "1000040350"


# -- clicks ---------------------------------------------------------------------------------------------


async def test_a_form_sends_its_words_and_the_answer_is_a_toast_and_a_card(
    bot: Bot, feishu: Feishu, world: World, http: FeishuHttp
) -> None:
    number = (await http.send(card()))["data"]["message_id"]
    new = {"type": "raw", "data": card("已驳回", row())}
    bot.reply = lambda event: (200, {"toast": {"type": "success", "content": "已驳回"}, "card": new})
    assert await world.click(GROUP, "wang", number, REJECTS, {"input": "缺料"}) is ClickOutcome.ANSWERED
    event = bot.events[0]["event"]
    assert event["action"]["form_value"] == {"reason": "缺料"}
    assert event["action"]["value"] == {"action": "reject", "revision": 1}
    assert event["context"] == {"open_message_id": number, "open_chat_id": "oc_1"}
    assert feishu.toasts == [("wang", "已驳回")]
    assert world.cards[f"feishu:{number}"].face("anybody").title == "已驳回"


@pytest.mark.parametrize("limits", [Limits(answer_seconds=0.05, redelivery_seconds=(0.01,))])
async def test_a_click_that_nobody_answers_never_comes_again(bot: Bot, world: World, http: FeishuHttp) -> None:
    number = (await http.send(card()))["data"]["message_id"]
    bot.reply = lambda event: None
    assert await world.click(GROUP, "wang", number, APPROVES) is ClickOutcome.UNANSWERED
    bot.reply = lambda event: (200, {})
    await world.say(ALONE, "wang", "状态")
    assert [event["header"]["event_type"] for event in bot.events] == ["card.action.trigger", "im.message.receive_v1"]


async def test_with_nobody_connected_a_click_is_offline(feishu: Feishu, world: World, http: FeishuHttp) -> None:
    number = (await http.send(card()))["data"]["message_id"]
    assert await world.click(GROUP, "wang", number, APPROVES) is ClickOutcome.OFFLINE


async def test_a_clicks_token_changes_the_card_twice_within_30_minutes(
    feishu: Feishu, http: FeishuHttp, clock: Clock
) -> None:
    number = (await http.send(card()))["data"]["message_id"]
    worn, old = feishu.messages.click_token(number), feishu.messages.click_token(number)

    async def change(token: str) -> int:
        answer = await http.call("POST", "/interactive/v1/card/update", {"token": token, "card": card("新")})
        return int(answer["code"])

    codes = [await change(worn) for _ in range(3)]
    assert (codes[:2], codes[2] != 0) == ([0, 0], True)
    clock.move(minutes=30)
    assert await change(old) != 0


# -- what is sent and changed ---------------------------------------------------------------------------


@pytest.mark.parametrize(("limits", "refused"), [(Limits(), False), (Limits(repeat_refused=True), True)])
async def test_a_uuid_is_sent_once_an_hour(world: World, http: FeishuHttp, clock: Clock, refused: bool) -> None:
    first, second = [await http.send({"text": "早"}, uuid="u1") for _ in range(2)]
    assert (second["code"] != 0, second == first) == (refused, not refused)
    assert [entry.text for entry in world.timeline(GROUP)] == ["早"]
    clock.move(hours=1)
    await http.send({"text": "早"}, uuid="u1")
    assert len(world.timeline(GROUP)) == 2


async def test_a_card_is_changed_for_everybody_within_14_days(world: World, http: FeishuHttp, clock: Clock) -> None:
    number = (await http.send(card(), to="ou_wang", by="open_id"))["data"]["message_id"]
    assert (await http.patch(number, card("已通过")))["code"] == 0
    assert world.cards_in(ALONE)[0].face("wang").title == "已通过"
    clock.move(days=14, seconds=1)
    await http.fetch_token()
    assert (await http.patch(number, card("太晚")))["code"] != 0
    assert world.cards_in(ALONE)[0].face("wang").title == "已通过"


async def test_one_message_is_changed_five_times_a_second(http: FeishuHttp) -> None:
    number = (await http.send(card()))["data"]["message_id"]
    codes = [(await http.patch(number, card(f"{at}")))["code"] for at in range(6)]
    assert [code == 0 for code in codes] == [True] * 5 + [False]


async def test_a_token_is_the_same_until_its_last_half_hour(http: FeishuHttp, clock: Clock) -> None:
    first = http.token
    clock.move(minutes=90)
    assert (await http.fetch_token())["tenant_access_token"] == first
    clock.move(seconds=1)
    assert (await http.fetch_token())["tenant_access_token"] != first


async def test_a_token_that_ran_out_is_refused(http: FeishuHttp, clock: Clock) -> None:
    clock.move(hours=2)
    assert (await http.send({"text": "早"}))["code"] == 99991663
    http.token = ""
    assert (await http.send({"text": "早"}))["code"] == 99991661
    assert (await http.fetch_token(app_secret="wrong"))["code"] != 0


async def test_a_lost_reply_has_done_its_work(feishu: Feishu, world: World, http: FeishuHttp) -> None:
    feishu.faults.lose_reply(api="send")
    assert (await http.send({"text": "早"}, uuid="u1"))["code"] != 0
    assert (await http.send({"text": "早"}, uuid="u1"))["code"] == 0
    assert len(world.timeline(GROUP)) == 1


BAD_CARDS: dict[str, Json] = {
    "schema 1": card(schema="1.0"),
    "only for one": card(config={"update_multi": False}),
    "no header": card(header=None),
    "1.0's row of buttons": card("标题", {"tag": "action", "actions": []}),
    "unknown part": card(elements=[]),
    "input without a form": card("标题", {"tag": "input", "name": "reason"}),
    "a button that does nothing": card("标题", row(behaviors=[])),
    "the same value twice": card("标题", row(), row()),
    "a form without submit": card("标题", form(form_action_type="reset")),
    "a form in a form": card("标题", {"tag": "form", "name": "outer", "elements": [form()]}),
    "too long": card("标题", {"tag": "markdown", "content": "字" * 10_001}),
}


@pytest.mark.parametrize("bad", BAD_CARDS.values(), ids=BAD_CARDS.keys())
async def test_a_card_that_the_platform_would_not_draw_is_refused(world: World, http: FeishuHttp, bad: Json) -> None:
    assert (await http.send(bad))["code"] != 0
    assert (world.timeline(GROUP), len(world.refusals)) == ([], 1)


SILENT = [("oc_2", "chat_id"), ("oc_9", "chat_id"), ("ou_9", "open_id"), ("ou_wang", "chat_id")]


@pytest.mark.parametrize("where", SILENT)
async def test_where_the_bot_cannot_speak_it_is_refused(http: FeishuHttp, where: tuple[str, str]) -> None:
    assert (await http.send({"text": "早"}, *where))["code"] != 0


async def test_a_button_may_open_an_address(world: World, http: FeishuHttp) -> None:
    opens = [{"type": "open_url", "default_url": "https://plan.example.com/c1"}]
    await http.send(card("标题", row(text=words("详情"), behaviors=opens)))
    assert world.cards_in(GROUP)[0].face("").buttons[0].action == '{"url": "https://plan.example.com/c1"}'
