"""The simulated self-built app: messages out, encrypted callbacks in, passive replies, updates, recalls."""

import xml.etree.ElementTree as ET
from collections.abc import AsyncIterator
from typing import Any

import pytest
from wechatpy.enterprise.crypto import WeChatCrypto

from sandbox.server import serving
from sandbox.wecom import WeCom
from sandbox.world import ClickOutcome, World
from tests.sandbox.callback import CallbackAddress, passive
from tests.sandbox.conftest import AES_KEY, Clock
from tests.sandbox.http import WeComHttp, notice, template_card

WINDOW = "wecom-app:wangwu"


@pytest.fixture
async def address(wecom_sim: WeCom) -> AsyncIterator[CallbackAddress]:
    made = CallbackAddress()
    async with serving(made.app) as url:
        wecom_sim.app_settings.callback_url = f"{url}/wecom/app/callback"
        yield made


def face(world: World, person: str = "wang") -> Any:
    return world.cards["wecom-app:c1"].face(person)


# -- message/send --------------------------------------------------------------------------------------------


async def test_a_card_opens_the_one_to_one_window(world: World, wecom_http: WeComHttp) -> None:
    answer = await wecom_http.send(template_card())
    assert (answer["errcode"], answer["invaliduser"]) == (0, "")
    assert answer["response_code"]
    assert [card.id for card in world.cards_in(WINDOW)] == ["c1"]
    assert world.refusals == []


async def test_a_notice_brings_no_response_code(wecom_http: WeComHttp) -> None:
    assert "response_code" not in await wecom_http.send(notice(task_id=None))


async def test_one_card_for_people_and_departments_names_whom_it_missed(
    world: World, wecom_http: WeComHttp
) -> None:
    answer = await wecom_http.send(template_card(), "wangwu|nobody", toparty="2|9", totag="1")
    found = (answer["errcode"], answer["invaliduser"], answer["invalidparty"], answer["invalidtag"])
    assert found == (0, "nobody", "9", "1")
    assert [card.id for card in world.cards_in(WINDOW)] == ["c1"]
    assert [card.id for card in world.cards_in("wecom-app:zhaoliu")] == ["c1"]


@pytest.mark.parametrize(
    ("changes", "errcode"),
    [
        ({"touser": "nobody|other"}, 81013),
        ({"touser": ""}, 40035),
        ({"touser": "|".join(["u"] * 1001)}, 40058),
        ({"toparty": "|".join(["1"] * 101)}, 40058),
        ({"agentid": 7}, 40056),
        ({"agentid": "1000002"}, 40058),
        ({"msgtype": "voice"}, 40008),
        ({"msgtype": "markdown"}, 40058),
        ({"text": {"content": "字" * 683}}, 45002),
        ({"text": {"content": ""}}, 40058),
        ({"text": {"content": "x", "at": 1}}, 40058),
        ({"mentioned_list": []}, 40058),
    ],
)
async def test_a_wrong_message_is_refused(
    world: World, wecom_http: WeComHttp, changes: dict[str, Any], errcode: int
) -> None:
    answer = await wecom_http.say("早", **changes)
    assert answer["errcode"] == errcode
    assert world.entries == []
    assert world.refusals[-1]["code"] == errcode


async def test_a_task_id_is_used_once_in_the_app(world: World, wecom_http: WeComHttp) -> None:
    await wecom_http.send(template_card())
    assert (await wecom_http.send(template_card(), "zhaoliu"))["errcode"] == 40058
    assert "unique" in world.refusals[-1]["why"]


async def test_a_card_to_press_needs_a_callback_address(wecom_sim: WeCom, wecom_http: WeComHttp) -> None:
    wecom_sim.app_settings.callback_url = None
    assert (await wecom_http.send(template_card()))["errcode"] == 40058
    assert (await wecom_http.send(notice()))["errcode"] == 0


async def test_the_same_message_is_dropped_when_asked_for(
    world: World, clock: Clock, wecom_http: WeComHttp
) -> None:
    first = await wecom_http.say("早", enable_duplicate_check=1)
    again = await wecom_http.say("早", enable_duplicate_check=1)
    assert (again["errcode"], again["msgid"]) == (0, first["msgid"])
    assert len(world.entries) == 1
    clock.move(minutes=30)
    await wecom_http.say("早", enable_duplicate_check=1)
    assert len(world.entries) == 2


async def test_the_31st_message_in_a_minute_to_one_member_is_refused(
    world: World, wecom_http: WeComHttp
) -> None:
    codes = [(await wecom_http.say(str(number)))["errcode"] for number in range(31)]
    assert codes == [0] * 30 + [45009]
    assert (await wecom_http.say("x", "zhaoliu"))["errcode"] == 0
    assert world.refusals[0]["code"] == 45009


# -- tokens and faults ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("corp", "secret", "errcode"), [("other", "app-secret", 40013), ("ww1", "wrong", 40001), ("ww1", "", 40001)]
)
async def test_wrong_credentials_get_no_token(
    wecom_http: WeComHttp, corp: str, secret: str, errcode: int
) -> None:
    params = {"corpid": corp, "corpsecret": secret}
    answer = await wecom_http.client.get("/cgi-bin/gettoken", params=params)
    assert (answer.status_code, answer.json()["errcode"]) == (200, errcode)


async def test_a_token_stays_the_same_until_it_expires(clock: Clock, wecom_http: WeComHttp) -> None:
    first = wecom_http.token
    await wecom_http.fetch_token()
    assert wecom_http.token == first
    clock.move(seconds=7200)
    assert (await wecom_http.say("x"))["errcode"] == 42001
    await wecom_http.fetch_token()
    assert wecom_http.token != first
    assert (await wecom_http.say("x"))["errcode"] == 0


@pytest.mark.parametrize(("token", "errcode"), [("", 41001), ("someone else's", 40014)])
async def test_a_bad_token_is_refused(wecom_http: WeComHttp, token: str, errcode: int) -> None:
    wecom_http.token = token
    assert (await wecom_http.say("x"))["errcode"] == errcode


async def test_a_revoked_token_has_expired(wecom_sim: WeCom, wecom_http: WeComHttp) -> None:
    wecom_sim.expire_tokens()
    assert (await wecom_http.say("x"))["errcode"] == 42001


async def test_ordered_faults(wecom_sim: WeCom, world: World, wecom_http: WeComHttp) -> None:
    wecom_sim.faults.fail(api="send")
    assert (await wecom_http.say("x"))["errcode"] == -1
    wecom_sim.faults.lose_reply(api="send", status=200, code=-1)
    assert (await wecom_http.say("y"))["errcode"] == -1
    assert [entry.text for entry in world.entries] == ["y"]
    assert world.refusals == []


async def test_callback_addresses_are_listed(wecom_http: WeComHttp) -> None:
    answer = await wecom_http.client.get("/cgi-bin/getcallbackip", params={"access_token": wecom_http.token})
    assert answer.json()["ip_list"] == ["127.0.0.1"]


@pytest.mark.parametrize("content", [b"{", b"[]"])
async def test_a_body_that_is_no_json_object_is_refused(wecom_http: WeComHttp, content: bytes) -> None:
    answer = await wecom_http.client.post(
        "/cgi-bin/message/send", params={"access_token": wecom_http.token}, content=content
    )
    assert answer.json()["errcode"] == 47001


# -- callbacks -----------------------------------------------------------------------------------------------


async def test_the_address_check(wecom_sim: WeCom, address: CallbackAddress) -> None:
    assert await wecom_sim.verify_callback()
    wecom_sim.app_settings.token = "another"
    assert not await wecom_sim.verify_callback()


async def test_a_typed_message_is_posted_encrypted_and_may_be_answered(
    world: World, wecom_http: WeComHttp, address: CallbackAddress
) -> None:
    await wecom_http.say("早")
    address.reply = lambda: passive("text", "<Content>收到</Content>")
    await world.say(WINDOW, "wang", "待办 ]]> 😀")
    inner = ET.fromstring(address.inner[0])
    assert (inner.findtext("MsgType"), inner.findtext("Content")) == ("text", "待办 ]]> 😀")
    assert (inner.findtext("FromUserName"), inner.findtext("ToUserName")) == ("wangwu", "ww1")
    assert inner.findtext("AgentID") == "1000002"
    assert (inner.findtext("MsgId") or "").isdigit()
    assert world.timeline(WINDOW)[-1].text == "收到"


async def test_a_click_is_posted_and_its_answer_greys_the_clickers_card_only(
    world: World, wecom_http: WeComHttp, address: CallbackAddress
) -> None:
    await wecom_http.send(template_card(), "wangwu|zhaoliu")
    address.reply = lambda: passive("update_button", "<Button><ReplaceName>已同意</ReplaceName></Button>")
    assert await world.click(WINDOW, "wang", "c1", "c1/approve") is ClickOutcome.ANSWERED
    inner = ET.fromstring(address.inner[0])
    assert (inner.findtext("Event"), inner.findtext("EventKey")) == ("template_card_event", "c1/approve")
    assert (inner.findtext("TaskId"), inner.findtext("CardType")) == ("c1", "button_interaction")
    assert inner.find("MsgId") is None
    assert (face(world).status, face(world).buttons) == ("已同意", ())
    assert len(face(world, "zhao").buttons) == 2


async def test_a_click_may_be_answered_with_a_whole_card(
    world: World, wecom_http: WeComHttp, address: CallbackAddress
) -> None:
    await wecom_http.send(template_card())
    address.reply = lambda: passive(
        "update_template_card",
        "<TemplateCard><CardType>text_notice</CardType><MainTitle><Title>已同意</Title></MainTitle>"
        "<HorizontalContentList><KeyName>产线</KeyName><Value>L3</Value></HorizontalContentList>"
        "<CardAction><Type>1</Type><Url>https://x</Url></CardAction></TemplateCard>",
    )
    assert await world.click(WINDOW, "wang", "c1", "c1/approve") is ClickOutcome.ANSWERED
    assert (face(world).title, face(world).facts, face(world).buttons) == ("已同意", (("产线", "L3"),), ())


async def test_choices_travel_with_the_click(
    world: World, wecom_http: WeComHttp, address: CallbackAddress
) -> None:
    choice = {"question_key": "why", "title": "原因", "option_list": [{"id": "o1", "text": "缺料"}]}
    await wecom_http.send(template_card(button_selection=choice))
    await world.click(WINDOW, "wang", "c1", "c1/reject", {"why": "o1"})
    item = ET.fromstring(address.inner[0]).find("SelectedItems/SelectedItem")
    assert item is not None
    assert (item.findtext("QuestionKey"), item.findtext("OptionIds/OptionId")) == ("why", "o1")


@pytest.mark.parametrize(
    "reply",
    [
        "not xml",
        "<xml><MsgType>text</MsgType></xml>",
        passive("text", "<Content>收到</Content>"),
        passive("update_button", ""),
        passive("update_template_card", "<TemplateCard><CardType>nothing</CardType></TemplateCard>"),
        passive("update_template_card", ""),
        passive("update_template_card", "<TemplateCard><CardType>text_notice</CardType></TemplateCard>"),
    ],
)
async def test_a_wrong_answer_to_a_click_is_refused(
    world: World, wecom_http: WeComHttp, address: CallbackAddress, reply: str
) -> None:
    await wecom_http.send(template_card())
    address.reply = lambda: reply
    assert await world.click(WINDOW, "wang", "c1", "c1/approve") is ClickOutcome.UNANSWERED
    assert world.refusals[-1]["what"] == "passive reply"
    assert len(face(world).buttons) == 2


async def test_an_answer_sealed_with_another_token_is_refused(
    world: World, wecom_http: WeComHttp, address: CallbackAddress
) -> None:
    await wecom_http.say("早")
    address.answers_with = WeChatCrypto("another", AES_KEY, "ww1")
    address.reply = lambda: passive("text", "<Content>收到</Content>")
    await world.say(WINDOW, "wang", "待办")
    assert "signature" in world.refusals[-1]["why"]
    assert world.timeline(WINDOW)[-1].sender == "wang"


async def test_a_callback_is_tried_three_times(
    world: World, wecom_sim: WeCom, wecom_http: WeComHttp, address: CallbackAddress
) -> None:
    await wecom_http.send(template_card())
    address.status = 500
    assert await world.click(WINDOW, "wang", "c1", "c1/approve") is ClickOutcome.UNANSWERED
    assert len(address.inner) == 3
    assert len(set(address.inner)) == 1


@pytest.mark.parametrize("deadline", [0.5])
async def test_a_slow_first_attempt_is_repeated_and_the_second_answers(
    world: World, wecom_http: WeComHttp, address: CallbackAddress
) -> None:
    await wecom_http.send(template_card())
    address.pauses = [1.0]
    address.reply = lambda: passive("update_button", "<Button><ReplaceName>已同意</ReplaceName></Button>")
    assert await world.click(WINDOW, "wang", "c1", "c1/approve") is ClickOutcome.ANSWERED
    assert len(address.inner) == 2
    assert face(world).status == "已同意"


async def test_without_a_listener_a_click_is_offline(world: World, wecom_http: WeComHttp) -> None:
    await wecom_http.send(template_card())
    assert await world.click(WINDOW, "wang", "c1", "c1/approve") is ClickOutcome.OFFLINE


async def test_hostile_doors(
    world: World, wecom_sim: WeCom, wecom_http: WeComHttp, address: CallbackAddress
) -> None:
    await wecom_http.send(template_card())
    await world.click(WINDOW, "wang", "c1", "c1/approve")
    assert await wecom_sim.replay_callback(2) == [200, 200]
    assert len(set(address.inner)) == 1
    forged = wecom_sim.self_built.message(world.people["wang"], "改期").forged()
    assert await wecom_sim.post_callback(forged) == 403
    assert address.rejected == 1


async def test_an_outsider_appears_under_an_encrypted_id(
    world: World, wecom_http: WeComHttp, address: CallbackAddress
) -> None:
    await wecom_http.send(template_card())
    await world.click(WINDOW, "eve", "c1", "c1/approve")
    name = ET.fromstring(address.inner[0]).findtext("FromUserName") or ""
    assert name.startswith("wo")


# -- updates and recalls -------------------------------------------------------------------------------------


def update(code: str, **changes: Any) -> dict[str, Any]:
    body = {"userids": ["wangwu"], "agentid": 1000002, "response_code": code}
    return {**body, "button": {"replace_name": "已同意"}, **changes}


async def test_a_response_code_updates_once(world: World, wecom_http: WeComHttp) -> None:
    code = (await wecom_http.send(template_card(), "wangwu|zhaoliu"))["response_code"]
    answer = await wecom_http.call("update_template_card", update(code, userids=["wangwu", "nobody"]))
    assert answer == {"errcode": 0, "errmsg": "ok", "invaliduser": ["nobody"]}
    assert (face(world).status, len(face(world, "zhao").buttons)) == ("已同意", 2)
    assert (await wecom_http.call("update_template_card", update(code)))["errcode"] == 40058


async def test_an_update_may_replace_the_card_for_all(world: World, wecom_http: WeComHttp) -> None:
    code = (await wecom_http.send(template_card(), "wangwu|zhaoliu"))["response_code"]
    changes = {"template_card": notice(), "atall": 1}
    body = {name: value for name, value in update(code, **changes).items() if name != "button"}
    assert (await wecom_http.call("update_template_card", body))["errcode"] == 0
    assert face(world, "zhao").title == face(world).title == "W1023 已同意"


async def test_every_click_brings_a_fresh_response_code(
    world: World, wecom_http: WeComHttp, address: CallbackAddress
) -> None:
    await wecom_http.send(template_card())
    await world.click(WINDOW, "wang", "c1", "c1/approve")
    code = ET.fromstring(address.inner[0]).findtext("ResponseCode") or ""
    assert (await wecom_http.call("update_template_card", update(code)))["errcode"] == 0
    assert face(world).status == "已同意"


@pytest.mark.parametrize(
    ("changes", "errcode"),
    [
        ({"response_code": "unknown"}, 40058),
        ({"userids": []}, 40058),
        ({"userids": "wangwu"}, 40058),
        ({"agentid": 1}, 40056),
        ({"template_card": notice()}, 40058),
        ({"button": {}}, 40058),
        ({"button": {"replace_name": "x", "style": 1}}, 40058),
        ({"userid": ["wangwu"]}, 40058),
    ],
)
async def test_a_wrong_update_is_refused_and_keeps_its_response_code(
    world: World, wecom_http: WeComHttp, changes: dict[str, Any], errcode: int
) -> None:
    code = (await wecom_http.send(template_card()))["response_code"]
    answer = await wecom_http.call("update_template_card", update(code, **changes))
    assert answer["errcode"] == errcode
    assert world.cards["wecom-app:c1"].revision == 0
    assert (await wecom_http.call("update_template_card", update(code)))["errcode"] == 0


async def test_a_response_code_lasts_72_hours(clock: Clock, wecom_http: WeComHttp) -> None:
    code = (await wecom_http.send(template_card()))["response_code"]
    clock.move(hours=72)
    await wecom_http.fetch_token()
    assert (await wecom_http.call("update_template_card", update(code)))["errcode"] == 40058


async def test_a_message_is_recalled_within_a_day(
    world: World, clock: Clock, wecom_http: WeComHttp
) -> None:
    words = (await wecom_http.say("早"))["msgid"]
    card = (await wecom_http.send(template_card()))["msgid"]
    for message_id in (words, card):
        assert (await wecom_http.call("recall", {"msgid": message_id}))["errcode"] == 0
    assert world.timeline(WINDOW)[0].text == face(world).title == "（消息已撤回）"
    clock.move(hours=25)
    await wecom_http.fetch_token()
    assert (await wecom_http.call("recall", {"msgid": words}))["errcode"] == 40058
