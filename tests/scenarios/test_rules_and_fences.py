"""Rules and fences on the whole stage: settings in, cards on both platforms out."""

from collections.abc import AsyncIterator, Mapping
from pathlib import Path

import pytest

from bot.clock import MovableClock
from bot.demo import stage
from planning.change.change import ChangeState
from tests.databases import fresh_database
from tests.scenarios.conftest import MONDAY, connected
from tests.scenarios.play import Play, written

MACHINE = "改期 MO-2442 推迟3天 因为 组装 A 线点胶机故障，等备件"
COORDINATOR = "lin.jing"
NEAR = {"id": "near", "name": "开工前冻结", "kind": "rolling", "days": 60, "scope": {"types": ["production"]}}


@pytest.fixture
async def governed(tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[Play]:
    extra: Mapping[str, object] = request.param
    with fresh_database("sqlite", tmp_path, migrated=True) as url:
        async with stage(url, clock=MovableClock(MONDAY), extra=extra) as set_up:
            await connected(set_up)
            yield Play(set_up)


@pytest.mark.parametrize(
    "governed", [{"fences": [{**NEAR, "approvals": ["role:coordinator"]}]}], indirect=True, ids=["fence"]
)
async def test_inside_a_fence_the_coordinator_approves_too(governed: Play) -> None:
    play = governed
    room = play.room("production")
    assert "🔒" in await play.say(room, "zhang.haifeng", "查计划 MO-2442")
    preview = await play.propose(room, "zhang.haifeng", MACHINE)
    assert "🔒 MO-2442 在冻结窗“开工前冻结”内，需要计划协调员特批" in play.read(preview)
    await play.press(preview, "zhang.haifeng", "申请特批")
    no = play.number(preview)
    change = await play.change(no)
    assert change.steps[-1].department == "role:coordinator"
    for step in change.steps[:-1]:
        await play.press(await play.asked(step.department, no), step.approvers[0], "同意")
    assert (await play.change(no)).state is ChangeState.IN_APPROVAL
    asked = await play.shows(play.room("planning"), no, "待计划协调员决定")
    assert "触碰冻结窗“开工前冻结”，需要计划协调员特批" in await play.details(asked, COORDINATOR)
    face = await play.press(asked, COORDINATOR, "同意")
    assert "已生效 第2版" in written(face)


@pytest.mark.parametrize("governed", [{"fences": [NEAR]}], indirect=True, ids=["closed"])
async def test_a_fence_nobody_passes_refuses_in_full(governed: Play) -> None:
    room = governed.room("production")
    await governed.world.say(room, "zhang.haifeng", MACHINE)
    card = await governed.shows(room, "不能提交", "MO-2442")
    refused = next(line for line in governed.read(card).splitlines() if line.startswith("⛔"))
    assert "在冻结窗“开工前冻结”内，不能改：这个窗没有设特批。" in refused
    assert "它现在就在窗内，改到哪天都要先放开。要改，请计划协调员（林静）让管理员在设置里放开。" in refused
    assert [button.text for button in card.face("zhang.haifeng").buttons] == ["放弃", "详情"]


RULES = [
    {"id": "machine-down", "event": "machine_down", "class": "emergency", "approvals": ["affected"],
     "deadline_hours": 4},
    {"id": "tiny", "when": "late_orders == 0 && days <= 1", "class": "standard"},
]  # fmt: skip


@pytest.mark.parametrize("governed", [{"rules": RULES}], indirect=True, ids=["rules"])
async def test_the_rule_that_fires_is_on_the_cards(governed: Play) -> None:
    play = governed
    preview = await play.propose(play.room("production"), "zhang.haifeng", MACHINE)
    assert "类别：紧急 · 触发规则：machine-down" in await play.details(preview, "zhang.haifeng")
    await play.press(preview, "zhang.haifeng", "提交")
    change = await play.change(play.number(preview))
    assert change.klass == "emergency"
    assert change.state is ChangeState.PROVISIONAL
    asked = await play.shows(play.room(change.steps[0].department), change.no, "已先行生效，待")
    assert "类别：紧急 · 触发规则：machine-down" in await play.details(asked, change.steps[0].approvers[0])
