"""To which plan an event comes, what says so on what goes out, and whose calls of the month they are."""

from pathlib import Path

import pytest

from storage.delivery.calls import CallKind
from storage.unit_of_work import UnitOfWork
from tests.bot.plans.deployment import NAMES, OF_THE_LAST, TOKEN, Deployment, Hand, deployed, moves_on
from tests.databases import fresh_database

pytestmark = pytest.mark.both_databases
PLANS = ("east", "south")
BOSS = "dingtalk:d-bosseast"
"""The boss of the east one-to-one; a guest of the south."""


@pytest.fixture
async def deployment(migrated_url: str):  # type: ignore[no-untyped-def]
    async with deployed(migrated_url, PLANS, guests={"south": ["boss-east"]}) as found:
        yield found


async def test_a_conversation_belongs_to_one_plan_and_each_text_says_which(deployment: Deployment) -> None:
    for one in PLANS:
        hand = deployment.of(one)
        (answer,) = await hand.types("lin", "查计划 MO-1", "planning")
        assert answer.startswith(f"【{NAMES[one]}】\n\n**MO-1")
        await hand.types("han", "改期 MO-1 推迟1天 因为 停机", "production")
        assert {sent.card.plan for sent in hand.cards_in(hand.room("production"))} == {NAMES[one]}
        pressed = await hand.presses("han", "production", "提交")
        assert pressed.plan == NAMES[one]


async def test_a_groups_own_plan_may_be_named_and_another_cannot_be_reached(deployment: Deployment) -> None:
    hand = deployment.of("south")
    (named,) = await hand.types("lin", "华南计划 查计划 MO-1", "planning")
    assert named.startswith("【华南计划】\n\n**MO-1")
    other = "\n".join(await hand.types("lin", "华东计划 查计划 MO-1", "planning"))
    assert "华东计划】" not in other
    assert "productioneast" not in other


async def test_of_a_single_plan_nothing_says_its_name(tmp_path: Path) -> None:
    with fresh_database("sqlite", tmp_path, migrated=True) as url:
        async with deployed(url, ["east"]) as deployment:
            (answer,) = await deployment.of("east").types("lin", "查计划 MO-1", "planning")
            assert answer.startswith("**MO-1")


@pytest.mark.parametrize(
    ("text", "plan_id"),
    [
        ("总览", "east"),
        ("华南计划 总览", "south"),
        ("south：总览", "south"),
        ("【华南计划】总览", "south"),
        ("@通盘 华南计划 总览", "south"),
        ("华东计划 总览", "east"),
        ("southern 总览", "east"),
    ],
)
async def test_a_guest_names_the_plan_one_to_one(deployment: Deployment, text: str, plan_id: str) -> None:
    hand = _guests_hand(deployment, plan_id)
    answers = await hand.types("boss", text, "", BOSS)
    assert [answer for answer in answers if f"【{NAMES[plan_id]}】" in answer or NAMES[plan_id] in answer], answers


async def test_a_guest_in_a_group_of_the_other_plan_is_somebody(deployment: Deployment) -> None:
    hand = _guests_hand(deployment, "south")
    (answer,) = await hand.types("boss", "查计划 MO-1", "", hand.room("planning"))
    assert answer.startswith("【华南计划】\n\n**MO-1")
    (stranger,) = await _guests_hand(deployment, "south", "d-haneast").types("han", "查计划 MO-1", "production")
    assert "**MO-1" not in stranger, "whoever is no guest is a stranger there"


async def test_an_event_that_comes_twice_comes_to_the_same_plan(deployment: Deployment) -> None:
    hand = _guests_hand(deployment, "south")
    await hand.types("boss", "华南计划 总览", "", BOSS)
    hand.events = 0  # the same event again
    assert await hand.types("boss", "华南计划 总览", "", BOSS) == []


async def test_the_calls_of_the_month_are_the_apps_and_each_plan_tells_its_own(deployment: Deployment) -> None:
    moves_on(seconds=1)
    for one, calls in (("east", 2400), ("south", 200)):
        plan = deployment.replicas[0].of_plan(one)

        def spend(uow: UnitOfWork, calls: int = calls) -> None:
            uow.calls.add("dingtalk", "2026-11", CallKind.NOTICE, calls)
            uow.commit()

        await plan.database.write(spend)
    for one, calls in (("east", 2400), ("south", 200)):
        (answer,) = await deployment.of(one).types("lin", "预算", "planning")
        assert "2600 / 5000" in answer
        assert f"其中本计划 {calls} 次" in answer
        own = await deployment.replicas[0].of_plan(one).database.read(lambda uow: uow.calls.of("2026-11"))
        assert own == {"dingtalk": {CallKind.NOTICE: calls}}


async def test_the_api_takes_the_plan(deployment: Deployment) -> None:
    hand = deployment.of("east")
    await hand.types("han", "改期 MO-1 推迟1天 因为 停机", "production")
    await hand.presses("han", "production", "提交")
    answer = await hand.asks("GET", "/api/v1/changes", plan="east")
    assert [change["no"] for change in answer.json()["items"]] == ["CR-20261123-001"]
    assert (await hand.asks("GET", "/api/v1/changes", plan="south")).json()["items"] == []
    without = await hand.asks("GET", "/api/v1/changes")
    assert without.status_code == 422
    assert without.json()["detail"] == "这里有几个计划，请用 ?plan= 指明一个：east, south。"
    unknown = await hand.asks("GET", "/api/v1/changes/CR-20261123-001", plan="west")
    assert unknown.json()["type"] == "urn:tongpan:problem:unknown-plan"
    described = (await hand.asks("GET", "/openapi.json")).json()["paths"]
    for path, methods in described.items():
        if path.startswith("/api/"):
            for operation in methods.values():
                assert [one["name"] for one in operation["parameters"]].count("plan") == 1, path
    assert TOKEN not in str(described)


async def test_a_token_may_be_for_one_plan(deployment: Deployment) -> None:
    hand = deployment.of("south")
    found = await hand.asks("GET", "/api/v1/plan/items/MO-1", token=OF_THE_LAST)
    assert found.json()["department"] == "production-south", "it need not say which"
    assert (await hand.asks("GET", "/api/v1/plan/items/MO-1", token=OF_THE_LAST, plan="south")).status_code == 200
    refused = await hand.asks("GET", "/api/v1/plan/items/MO-1", token=OF_THE_LAST, plan="east")
    assert (refused.status_code, refused.json()["detail"]) == (422, "没有计划 east，可用的：south。")


async def test_numbers_of_each_plan_are_told_apart(deployment: Deployment) -> None:
    hand = deployment.of("south")
    await hand.types("han", "改期 MO-1 推迟1天 因为 停机", "production")
    await hand.presses("han", "production", "提交")
    text = (await hand.asks("GET", "/metrics")).text
    assert 'tongpan_changes_open{plan="south"} 1.0' in text
    assert 'tongpan_changes_open{plan="east"} 0.0' in text
    assert 'tongpan_plan_revision{plan="east"} 1.0' in text
    assert 'loop="south/delivery"' in text
    assert (await hand.asks("GET", "/readyz")).json() == {"status": "ready"}, "WeCom's connection is held once for all"


async def test_a_card_of_one_plan_is_pressed_in_that_plan_only(deployment: Deployment) -> None:
    """Whatever the conversation says: the card carries its plan."""
    east, south = deployment.of("east"), deployment.of("south")
    for hand in (east, south):
        await hand.types("han", "改期 MO-1 推迟1天 因为 停机", "production")
    await south.presses("han", "production", "提交")
    for one, count in (("east", 0), ("south", 1)):
        database = deployment.replicas[0].of_plan(one).database
        assert await database.read(lambda uow: len(uow.changes.open_ones())) == count


def _guests_hand(deployment: Deployment, plan_id: str, user: str = "d-bosseast") -> Hand:
    """The east's boss, wherever they speak."""
    hand = deployment.of(plan_id)
    hand._event = lambda person, room: (_next(hand), user)  # type: ignore[method-assign]
    return hand


def _next(hand: Hand) -> str:
    hand.events += 1
    return f"g{hand.events}-{id(hand)}"
