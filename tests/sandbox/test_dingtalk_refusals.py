"""Everything the simulated DingTalk refuses, as tables: what was sent, which code comes back."""

import asyncio
import json
from typing import Any

import pytest

from sandbox.dingtalk import DingTalk, Limits
from sandbox.world import World
from tests.sandbox.conftest import Clock
from tests.sandbox.http import DingTalkHttp, card


def variables(**changed: Any) -> dict[str, Any]:
    return {"cardData": {"cardParamMap": {"title": "T", **changed}}}


def button(**changed: Any) -> dict[str, Any]:
    return variables(buttons=json.dumps([{"text": "同意", "action": "go", **changed}]))


BAD_CARDS: list[tuple[dict[str, Any], str]] = [
    ({"cardTemplateId": None}, "param.cardTemplateIdEmpty"),
    ({"cardTemplateId": "other.schema"}, "param.cardTemplateIdInvalid"),
    ({"outTrackId": None}, "param.outTrackIdEmpty"),
    ({"outTrackId": 7}, "param.outTrackIdEmpty"),
    ({"callbackType": None}, "param.callbackTypeInvalid"),
    ({"callbackType": "HTTP"}, "param.callbackTypeInvalid"),
    ({"userIdType": 2}, "param.userIdTypeInvalid"),
    ({"openSpaceId": None}, "param.openSpaceIdEmpty"),
    ({"openSpaceId": "IM_GROUP.cid1=="}, "param.openSpaceModelInvalid"),
    ({"openSpaceId": "dtv1.card//ONE_BOX.cid1=="}, "param.openSpaceModelInvalid"),
    ({"openSpaceId": "dtv1.card//IM_ROBOT.user7"}, "param.openSpaceModelInvalid"),
    ({"imGroupOpenSpaceModel": None}, "param.openSpaceModelInvalid"),
    ({"imGroupOpenSpaceModel": {}}, "param.openSpaceModelInvalid"),
    ({"imGroupOpenSpaceModel": {"supportForward": "false"}}, "param.openSpaceModelInvalid"),
    ({"imGroupOpenDeliverModel": None}, "param.openDeliverModelInvalid"),
    ({"imGroupOpenDeliverModel": {}}, "param.robotCodeEmpty"),
    ({"imGroupOpenDeliverModel": {"robotCode": "other"}}, "param.robotCodeInvalid"),
    ({"imGroupOpenDeliverModel": {"robotCode": "ding1", "atUserIds": {"nobody": "x"}}}, "param.atUserIdsInvalid"),
    ({"imGroupOpenDeliverModel": {"robotCode": "ding1", "recipients": ["user7"]}}, "param.recipientsInvalid"),
    ({"cardData": None}, "param.cardDataInvalid"),
    ({"cardData": {"title": "flat"}}, "param.cardDataInvalid"),
    ({"cardData": {"cardParamMap": []}}, "param.cardParamMapInvalid"),
    (variables(status=1), "param.cardParamMapInvalid"),
    (variables(buttons=[]), "param.cardParamMapInvalid"),
    (variables(body=None), "param.cardParamMapInvalid"),
    (variables(**{"k" * 101: "x"}), "param.cardParamMapInvalid"),
    (variables(subtitle="not in the template"), "param.cardParamMapInvalid"),
    (variables(tone="pink"), "param.cardParamMapInvalid"),
    (variables(body="字" * 342), "param.cardParamTooLong"),
    (variables(buttons="[{]"), "param.cardParamMapInvalid"),
    (variables(buttons='{"text": "同意"}'), "param.cardParamMapInvalid"),
    (variables(buttons='["同意"]'), "param.cardParamMapInvalid"),
    (button(action=""), "param.cardParamMapInvalid"),
    (button(text=""), "param.cardParamMapInvalid"),
    (button(style="pink"), "param.cardParamMapInvalid"),
    (button(url="https://x"), "param.cardParamMapInvalid"),
    (button(action=1), "param.cardParamMapInvalid"),
    ({"privateData": {"nobody": {"cardParamMap": {}}}}, "param.privateDataInvalid"),
    ({"privateData": {"user7": {"cardParamMap": {"status": True}}}}, "param.cardParamMapInvalid"),
    ({"privateData": []}, "param.privateDataInvalid"),
    ({"outTrackID": "c1"}, "param.invalid"),
]


@pytest.mark.parametrize(("changes", "code"), BAD_CARDS)
async def test_a_wrong_card_is_refused_and_nothing_is_drawn(
    world: World, ding_http: DingTalkHttp, changes: dict[str, Any], code: str
) -> None:
    answer = await ding_http.create(**changes)
    assert (answer.status_code, answer.json()["code"]) == (400, code)
    assert world.cards == {}
    assert world.refusals == [
        {
            "platform": "dingtalk",
            "what": "createAndDeliver",
            "why": answer.json()["message"],
            "code": code,
        }
    ]


@pytest.mark.parametrize("value", ["字" * 341, "x" * 1024])
async def test_the_longest_value_fits(world: World, ding_http: DingTalkHttp, value: str) -> None:
    assert (await ding_http.create(**variables(body=value))).status_code == 200


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"outTrackId": "unknown"}, "param.outTrackIdInvalid"),
        ({"outTrackId": ""}, "param.outTrackIdEmpty"),
        ({"cardUpdateOptions": {"byKey": True}}, "param.cardUpdateOptionsInvalid"),
        ({"cardUpdateOptions": {"updateCardDataByKey": "true"}}, "param.cardUpdateOptionsInvalid"),
        ({"cardData": {"cardParamMap": {"status": 3}}}, "param.cardParamMapInvalid"),
        ({"cardTemplateId": "plan.schema"}, "param.invalid"),
    ],
)
async def test_a_wrong_update_is_refused_and_nothing_is_redrawn(
    world: World, ding_http: DingTalkHttp, body: dict[str, Any], code: str
) -> None:
    await ding_http.create()
    update = {"outTrackId": "c1", "cardData": {"cardParamMap": {"status": "x"}}, **body}
    answer = await ding_http.call("PUT", "/card/instances", update)
    assert (answer.status_code, answer.json()["code"]) == (400, code)
    assert world.cards["dingtalk:c1"].revision == 0


def group_message(**changes: Any) -> dict[str, Any]:
    return {
        "robotCode": "ding1",
        "openConversationId": "cid1==",
        "msgKey": "sampleMarkdown",
        "msgParam": json.dumps({"title": "t", "text": "# x"}),
        **changes,
    }


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"robotCode": ""}, "invalidParameter.robotCode.empty"),
        ({"robotCode": "other"}, "invalidParameter.robotCode.notFound"),
        ({"openConversationId": ""}, "miss.openConversationId"),
        ({"openConversationId": "nowhere"}, "invalidParameter.openConversationId"),
        ({"openConversationId": "manager164"}, "invalidParameter.openConversationId"),
        ({"openConversationId": "cid2=="}, "bot.stopped"),
        ({"msgKey": "sampleActionCard1"}, "invalidParameter.msgKey.invalid"),
        ({"msgParam": {"title": "t", "text": "x"}}, "invalidParameter.msgParam.invalid"),
        ({"msgParam": "title"}, "invalidParameter.msgParam.invalid"),
        ({"msgParam": '{"title": "t"}'}, "invalidParameter.msgParam.invalid"),
        ({"msgParam": '{"title": "t", "text": "x", "extra": "y"}'}, "invalidParameter.msgParam.invalid"),
        ({"msgParam": json.dumps({"title": "t", "text": "x" * 15_000})}, "invalidParameter.msgParam.tooLong"),
        ({"at": {}}, "param.invalid"),
    ],
)
async def test_a_wrong_group_message_is_refused(
    world: World, ding_http: DingTalkHttp, changes: dict[str, Any], code: str
) -> None:
    answer = await ding_http.call("POST", "/robot/groupMessages/send", group_message(**changes))
    assert (answer.status_code, answer.json()["code"]) == (400, code)
    assert world.entries == []


async def test_a_group_message_is_shown(world: World, ding_http: DingTalkHttp) -> None:
    answer = await ding_http.call("POST", "/robot/groupMessages/send", group_message())
    assert set(answer.json()) == {"processQueryKey"}
    assert [(e.conversation, e.sender, e.text) for e in world.entries] == [("dingtalk:cid1==", "bot", "# x")]


async def test_messages_to_people_name_whom_they_missed(world: World, ding_http: DingTalkHttp) -> None:
    body = {"robotCode": "ding1", "userIds": ["user7", "nobody"], "msgKey": "sampleText"}
    answer = await ding_http.call(
        "POST", "/robot/oToMessages/batchSend", body | {"msgParam": '{"content": "早"}'}
    )
    assert answer.json()["invalidStaffIdList"] == ["nobody"]
    assert [(e.conversation, e.text) for e in world.entries] == [("dingtalk:user7", "早")]


@pytest.mark.parametrize("users", [[], ["u"] * 21, "user7", [7]])
async def test_a_message_goes_to_one_to_twenty_people(ding_http: DingTalkHttp, users: Any) -> None:
    body = {"robotCode": "ding1", "userIds": users, "msgKey": "sampleText", "msgParam": '{"content": "早"}'}
    answer = await ding_http.call("POST", "/robot/oToMessages/batchSend", body)
    assert answer.json()["code"] == "invalidParameter.userIds"


# -- session webhooks ----------------------------------------------------------------------------------------


def session_webhook(ding_sim: DingTalk) -> str:
    """The address that comes with a typed message."""
    world = ding_sim.world
    frame = ding_sim.message_frame(world.conversations["dingtalk:cid1=="], world.people["wang"], "hi")
    address: str = json.loads(frame["data"])["sessionWebhook"]
    return address


async def test_a_session_webhook_answers_in_its_conversation_without_a_token(
    ding_sim: DingTalk, world: World, ding_http: DingTalkHttp
) -> None:
    words = {"msgtype": "markdown", "markdown": {"title": "t", "text": "**收到**"}, "at": {"isAtAll": False}}
    answer = await ding_http.client.post(session_webhook(ding_sim), json=words)
    assert answer.json() == {"errcode": 0, "errmsg": "ok"}
    assert [(e.conversation, e.text) for e in world.entries] == [("dingtalk:cid1==", "**收到**")]


@pytest.mark.parametrize(
    ("body", "errcode"),
    [
        ({"msgtype": "interactiveCard"}, 40035),
        ({"msgtype": "text", "text": {}}, 40035),
        ({"msgtype": "text", "text": "hi"}, 40035),
    ],
)
async def test_a_wrong_answer_to_a_session_webhook_is_refused(
    ding_sim: DingTalk, world: World, ding_http: DingTalkHttp, body: dict[str, Any], errcode: int
) -> None:
    answer = await ding_http.client.post(session_webhook(ding_sim), json=body)
    assert (answer.status_code, answer.json()["errcode"]) == (200, errcode)
    assert world.refusals[-1]["code"] == errcode


async def test_a_session_webhook_expires(
    ding_sim: DingTalk, clock: Clock, ding_http: DingTalkHttp
) -> None:
    address = session_webhook(ding_sim)
    clock.move(minutes=90)
    answer = await ding_http.client.post(address, json={"msgtype": "text", "text": {"content": "hi"}})
    assert answer.json()["errcode"] == 300005


# -- tokens, rates, budget, faults ---------------------------------------------------------------------------


@pytest.mark.parametrize("spoil", ["missing", "foreign", "expired", "revoked"])
async def test_a_bad_token_is_refused(
    ding_sim: DingTalk, clock: Clock, ding_http: DingTalkHttp, spoil: str
) -> None:
    if spoil in ("missing", "foreign"):
        ding_http.token = "" if spoil == "missing" else "someone else's"
    elif spoil == "expired":
        clock.move(seconds=7200)
    else:
        ding_sim.expire_tokens()
    answer = await ding_http.create()
    assert (answer.status_code, answer.json()["code"]) == (401, "InvalidAuthentication")
    await ding_http.fetch_token()
    assert (await ding_http.create()).status_code == 200


async def test_wrong_credentials_get_no_token(ding_sim: DingTalk, ding_http: DingTalkHttp) -> None:
    answer = await ding_http.client.post(
        "/v1.0/oauth2/accessToken", json={"appKey": "ding1", "appSecret": "wrong"}
    )
    assert (answer.status_code, answer.json()["code"]) == (400, "invalidClientIdOrSecret")


async def test_the_twenty_first_call_in_a_second_is_refused(
    ding_sim: DingTalk, ding_http: DingTalkHttp
) -> None:
    answers = await asyncio.gather(*(ding_http.update("c1", {}) for _ in range(25)))
    throttled = [a for a in answers if a.status_code == 403]
    assert len(throttled) == 5
    assert {a.json()["code"] for a in throttled} == {"Forbidden.AccessDenied.QpsLimitForAppkeyAndApi"}
    assert (await ding_http.create()).status_code == 200  # another API has its own count


async def test_the_monthly_budget_ends_and_comes_back(world: World, clock: Clock) -> None:
    limits = Limits(monthly_calls=2)
    sim = DingTalk(world, client_id="ding1", client_secret="s", template_ids={"plan.schema"}, limits=limits)
    async with DingTalkHttp(sim.app, "ding1", "s") as http:
        assert [(await http.create()).status_code for _ in range(3)] == [200, 200, 403]
        clock.move(days=31)
        await http.fetch_token()
        assert (await http.create()).status_code == 200
    assert world.refusals[-1]["code"] == "Forbidden.AccessDenied.ApiCountLimitForOrg"
    assert sim.calls["createAndDeliver"] == 4


@pytest.mark.parametrize(
    ("content", "type_", "status"),
    [(b"{", "application/json", 400), (b"[]", "application/json", 400), (b"{}", "text/plain", 415)],
)
async def test_a_body_that_is_no_json_object_is_refused(
    ding_http: DingTalkHttp, content: bytes, type_: str, status: int
) -> None:
    headers = {"x-acs-dingtalk-access-token": ding_http.token, "Content-Type": type_}
    answer = await ding_http.client.put("/v1.0/card/instances", content=content, headers=headers)
    assert answer.status_code == status


async def test_an_ordered_failure_hits_the_next_call_of_its_api_only(
    ding_sim: DingTalk, world: World, ding_http: DingTalkHttp
) -> None:
    ding_sim.faults.fail(2, api="createAndDeliver", status=403, code="Forbidden.AccessDenied.QpsLimitForApi")
    group = await ding_http.call("POST", "/robot/groupMessages/send", group_message())
    statuses = [(await ding_http.create()).status_code for _ in range(3)]
    assert (group.status_code, statuses) == (200, [403, 403, 200])
    assert world.refusals == []  # an ordered fault is nobody's mistake


async def test_a_lost_reply_has_its_effect(
    ding_sim: DingTalk, world: World, ding_http: DingTalkHttp
) -> None:
    ding_sim.faults.lose_reply(api="createAndDeliver")
    assert (await ding_http.create()).status_code == 504
    assert "dingtalk:c1" in world.cards
    assert (await ding_http.create()).status_code == 200
    assert len(world.cards_in("dingtalk:cid1==")) == 1


async def test_a_hanging_call_does_nothing_until_it_is_let_go(
    ding_sim: DingTalk, world: World, ding_http: DingTalkHttp
) -> None:
    ding_sim.faults.hang(api="createAndDeliver")
    hanging = asyncio.create_task(ding_http.create(**card()))
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(asyncio.shield(hanging), 0.1)
    ding_sim.faults.clear()
    assert (await hanging).status_code == 504
    assert world.cards == {}
