"""Cards on the simulated DingTalk: created once, redrawn for one or for all, clicked through the real SDK."""

import json
from typing import Any

import pytest
from dingtalk_stream import DingTalkStreamClient

from sandbox.dingtalk import DingTalk
from sandbox.world import Button, Card, ClickOutcome, World
from tests.sandbox.conftest import Served
from tests.sandbox.http import DingTalkHttp, card
from tests.sandbox.sdk import connected, until

GROUP = "dingtalk:cid1=="
BY_KEY = {"cardUpdateOptions": {"updateCardDataByKey": True, "updatePrivateDataByKey": True}}


@pytest.fixture(autouse=True)
def endpoint(ding: Served[DingTalk], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        DingTalkStreamClient, "OPEN_CONNECTION_API", f"{ding.url}/v1.0/gateway/connections/open"
    )


def shown(world: World) -> Card:
    return world.cards["dingtalk:c1"]


async def test_a_created_card_is_drawn_in_its_group(world: World, ding_http: DingTalkHttp) -> None:
    answer = await ding_http.create()
    assert answer.json()["result"]["deliverResults"] == [
        {"spaceType": "IM_GROUP", "spaceId": "cid1==", "success": True, "errorMsg": ""}
    ]
    assert [c.id for c in world.cards_in(GROUP)] == ["c1"]
    face = shown(world).face("wang")
    assert (face.title, face.tone) == ("W1023 交期变更", "warn")
    assert face.buttons == (
        Button("同意", "c1/approve", "primary"),
        Button("驳回", "c1/reject", "default", asks="原因"),
    )
    assert world.refusals == []


async def test_creating_twice_makes_one_card_and_changes_nothing(
    ding: Served[DingTalk], world: World, ding_http: DingTalkHttp
) -> None:
    await ding_http.create()
    again = await ding_http.create(cardData={"cardParamMap": {"title": "另一个"}})
    assert again.status_code == 200
    assert len(world.cards_in(GROUP)) == 1
    assert shown(world).face("wang").title == "W1023 交期变更"
    assert ding.sim.delivery.creates == {"c1": 2}


async def test_one_card_in_two_places(world: World, ding_http: DingTalkHttp) -> None:
    await ding_http.create(
        openSpaceId="dtv1.card//IM_GROUP.cid1==;dtv1.card//IM_ROBOT.user7",
        imRobotOpenSpaceModel={"supportForward": False},
        imRobotOpenDeliverModel={"spaceType": "IM_ROBOT", "robotCode": "ding1"},
    )
    assert [c.id for c in world.cards_in(GROUP)] == ["c1"]
    assert [c.id for c in world.cards_in("dingtalk:user7")] == ["c1"]


async def test_create_and_deliver_in_two_steps(world: World, ding_http: DingTalkHttp) -> None:
    deliver = {name: card()[name] for name in ("outTrackId", "openSpaceId", "imGroupOpenDeliverModel")}
    created = await ding_http.call(
        "POST", "/card/instances", card(openSpaceId=None, imGroupOpenDeliverModel=None)
    )
    assert created.json() == {"success": True, "result": "c1"}
    assert world.cards == {}
    await ding_http.call("POST", "/card/instances/deliver", deliver)
    assert [c.id for c in world.cards_in(GROUP)] == ["c1"]


@pytest.mark.parametrize("space", ["IM_GROUP.cid2==", "IM_GROUP.nowhere", "IM_GROUP.manager164"])
async def test_a_place_without_the_robot_fails_inside_a_successful_reply(
    world: World, ding_http: DingTalkHttp, space: str
) -> None:
    answer = await ding_http.create(openSpaceId=f"dtv1.card//{space}")
    assert answer.status_code == 200
    assert answer.json()["result"]["deliverResults"][0]["success"] is False
    assert world.cards == {}
    assert world.refusals[-1]["code"] == "deliver.failed"


# -- updates -------------------------------------------------------------------------------------------------


async def test_an_update_by_key_keeps_the_other_variables(world: World, ding_http: DingTalkHttp) -> None:
    await ding_http.create()
    await ding_http.update("c1", {"status": "已同意", "buttons": "[]"}, **BY_KEY)
    face = shown(world).face("wang")
    assert (face.title, face.status, face.buttons) == ("W1023 交期变更", "已同意", ())
    assert shown(world).revision == 1


async def test_an_update_without_by_key_replaces_everything(world: World, ding_http: DingTalkHttp) -> None:
    await ding_http.create()
    await ding_http.update("c1", {"status": "已同意"})
    assert (shown(world).face("wang").title, shown(world).face("wang").status) == ("", "已同意")


async def test_private_data_overrides_for_one_viewer_through_updates(
    world: World, ding_http: DingTalkHttp
) -> None:
    await ding_http.create(privateData={"user7": {"cardParamMap": {"buttons": "[]"}}})
    assert len(shown(world).face("wang").buttons) == 2
    assert shown(world).face("zhao").buttons == ()
    await ding_http.update("c1", {"title": "新"}, **BY_KEY)
    assert (shown(world).face("zhao").title, shown(world).face("zhao").buttons) == ("新", ())
    await ding_http.update("c1", {}, privateData={"user7": {"cardParamMap": {}}}, **BY_KEY)
    assert shown(world).face("zhao").buttons == ()
    await ding_http.update("c1", {}, privateData={"user7": {"cardParamMap": {}}}, cardUpdateOptions={
        "updateCardDataByKey": True
    })  # fmt: skip
    assert len(shown(world).face("zhao").buttons) == 2


# -- clicks --------------------------------------------------------------------------------------------------


async def test_a_click_reaches_the_sdk_and_its_answer_redraws_the_clickers_card_only(
    ding: Served[DingTalk], world: World, ding_http: DingTalkHttp
) -> None:
    await ding_http.create()
    async with connected(ding.sim) as bot:
        bot.on_click = lambda: (200, {"cardData": {"cardParamMap": {"status": "已记下"}}, **BY_KEY})
        outcome = await world.click(GROUP, "wang", "c1", "c1/reject", {"input": "缺料"})
    assert outcome is ClickOutcome.ANSWERED
    click = bot.clicks[0]
    assert (click["type"], click["outTrackId"], click["corpId"]) == ("actionCallback", "c1", "dingcorp")
    assert (click["userId"], click["spaceId"], click["spaceType"]) == ("manager164", "cid1==", "IM_GROUP")
    assert json.loads(click["content"]) == {
        "cardPrivateData": {
            "actionIds": ["c1/reject"],
            "params": {"action": "c1/reject", "input": "缺料"},
        }
    }
    assert shown(world).face("wang").status == "已记下"
    assert shown(world).face("zhao").status == ""
    assert len(bot.clicks) == 1


async def test_user_private_data_stays_with_the_clicker(
    ding: Served[DingTalk], world: World, ding_http: DingTalkHttp
) -> None:
    await ding_http.create()
    async with connected(ding.sim) as bot:
        bot.on_click = lambda: (200, {"userPrivateData": {"cardParamMap": {"buttons": "[]"}}, **BY_KEY})
        await world.click(GROUP, "wang", "c1", "c1/approve")
    await ding_http.update("c1", {"status": "还差采购"}, **BY_KEY)
    assert (shown(world).face("wang").status, shown(world).face("wang").buttons) == ("还差采购", ())
    assert len(shown(world).face("zhao").buttons) == 2


async def test_an_empty_answer_is_an_answer(
    ding: Served[DingTalk], world: World, ding_http: DingTalkHttp
) -> None:
    await ding_http.create()
    async with connected(ding.sim):
        assert await world.click(GROUP, "wang", "c1", "c1/approve") is ClickOutcome.ANSWERED
    assert shown(world).revision == 0


@pytest.mark.parametrize("deadline", [0.1])
async def test_a_late_answer_changes_nothing_and_is_told(
    ding: Served[DingTalk], world: World, ding_http: DingTalkHttp
) -> None:
    await ding_http.create()
    async with connected(ding.sim) as bot:
        bot.click_pause = 0.2
        bot.on_click = lambda: (200, {"cardData": {"cardParamMap": {"status": "迟了"}}})
        assert await world.click(GROUP, "wang", "c1", "c1/approve") is ClickOutcome.UNANSWERED
        await until(lambda: world.refusals)
    assert "deadline" in world.refusals[0]["why"]
    assert shown(world).face("wang").status == ""


async def test_a_click_without_a_bot_is_offline(world: World, ding_http: DingTalkHttp) -> None:
    await ding_http.create()
    assert await world.click(GROUP, "wang", "c1", "c1/approve") is ClickOutcome.OFFLINE


async def test_a_failed_click_is_unanswered_and_delivered_again(
    ding: Served[DingTalk], world: World, ding_http: DingTalkHttp
) -> None:
    await ding_http.create()
    async with connected(ding.sim) as bot:
        bot.on_click = lambda: ((200, {}) if len(bot.clicks) == 2 else (500, {}))
        assert await world.click(GROUP, "wang", "c1", "c1/approve") is ClickOutcome.UNANSWERED
        await until(lambda: len(bot.clicks) == 2)
    assert bot.clicks[0] == bot.clicks[1]


@pytest.mark.parametrize(
    "response",
    [
        "OK",
        {"cardData": {"cardParamMap": {"status": 1}}},
        {"cardData": {"title": "flat"}},
        {"cardData": {"cardParamMap": {}}, "cardUpdateOptions": {"updateCardDataByKey": "true"}},
        {"privateData": {}},
        {"userPrivateData": {"cardParamMap": {"buttons": "["}}},
    ],
)
async def test_an_answer_the_platform_cannot_draw_is_refused(
    ding: Served[DingTalk], world: World, ding_http: DingTalkHttp, response: Any
) -> None:
    await ding_http.create()
    async with connected(ding.sim) as bot:
        bot.on_click = lambda: (200, response)
        assert await world.click(GROUP, "wang", "c1", "c1/approve") is ClickOutcome.UNANSWERED
    assert world.refusals[-1]["what"] == "card callback answer"


async def test_an_outsider_clicks_a_forwarded_card_under_an_equal_user_id(
    ding: Served[DingTalk], world: World, ding_http: DingTalkHttp
) -> None:
    await ding_http.create()
    async with connected(ding.sim) as bot:
        await world.click(GROUP, "eve", "c1", "c1/approve")
    assert (bot.clicks[0]["corpId"], bot.clicks[0]["userId"]) == ("othercorp", "manager164")
