"""Emergencies and 撤销 on the whole stage, on both platforms: in effect first, ratified or taken back, told to all."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.clock import MovableClock
from bot.demo import stage
from planning.change.change import Change, ChangeState
from planning.plan.plan import Plan
from sandbox.world import Card
from tests.databases import BACKENDS, fresh_database
from tests.scenarios.conftest import MONDAY, connected, refused
from tests.scenarios.play import Play, written

pytestmark = pytest.mark.both_databases

DOWN = "改期 MO-2442 推迟3天 因为 组装 A 线点胶机故障，等备件"
SHORT = "改期 PO-3431 推迟4天 因为 联芯微晶圆缺货，交期延后"
RULES = [
    {"id": "machine-down", "event": "machine_down", "class": "emergency", "approvals": ["affected"],
     "deadline_hours": 4},
]  # fmt: skip


@pytest.fixture(params=BACKENDS)
async def ruled(tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[Play]:
    with fresh_database(request.param, tmp_path, migrated=True) as url:
        async with stage(url, clock=MovableClock(MONDAY), extra={"rules": RULES}) as set_up:
            await connected(set_up)
            yield Play(set_up)
            assert refused(set_up) == [], "a platform refused something"


async def declared(play: Play) -> Change:
    """An emergency, submitted."""
    preview = await play.propose(play.room("production"), "zhang.haifeng", DOWN)
    assert "⚡ 提交后立即先行生效，4 小时内要追认" in play.read(preview)
    await play.press(preview, "zhang.haifeng", "提交")
    await play.quiet()
    change = await play.change(play.number(preview))
    assert change.state is ChangeState.PROVISIONAL
    return change


async def plan(play: Play) -> Plan:
    return await play.stage.service.database.read(lambda uow: uow.plans.load())


async def to_ratify(play: Play, department: str, no: str) -> Card:
    return await play.shows(play.room(department), no, "追认", "先行生效")


async def compensation(play: Play, no: str) -> Change:
    found = await play.stage.service.database.read(lambda uow: uow.changes.get(uow.changes.reverting(no)))
    assert found is not None
    return found


async def test_it_is_in_effect_at_once_and_ratified_by_everyone(ruled: Play) -> None:
    change = await declared(ruled)
    assert (await plan(ruled)).revision == 2
    face = None
    for step in change.steps:
        card = await to_ratify(ruled, step.department, change.no)
        face = await ruled.press(card, step.approvers[0], "追认")
    assert face is not None
    assert "已生效 第2版" in written(face)
    assert (await ruled.change(change.no)).state is ChangeState.APPLIED
    assert (await plan(ruled)).revision == 2


async def test_one_rejection_restores_the_plan_for_all_and_on_every_platform(ruled: Play) -> None:
    before = await plan(ruled)
    change = await declared(ruled)
    step = change.steps[0]
    card = await to_ratify(ruled, step.department, change.no)
    await ruled.press(card, step.approvers[0], "驳回")
    await ruled.say(ruled.room(step.department), step.approvers[0], f"驳回 {change.no} 因为 备件今天就到")
    by = await compensation(ruled, change.no)
    assert (await plan(ruled)).items == before.items
    rooms = {ruled.room(s.department) for s in change.steps}
    assert {room.partition(":")[0] for room in rooms} == {"dingtalk", "wecom", "wecom-app"}
    for room in rooms:
        told = await ruled.shows(room, by.no, "计划已恢复，请知悉")
        assert told.face("").title.startswith(f"撤销 {change.no} · MO-2")
    own = await ruled.shows(ruled.room("production"), change.no, "撤销恢复")
    assert own.face("zhang.haifeng").buttons == ()


async def test_unratified_it_is_taken_back_when_its_time_is_over_also_after_an_outage(tmp_path: Path) -> None:
    url, time = f"sqlite:///{tmp_path / 'plan.db'}", MovableClock(MONDAY)
    async with stage(url, clock=time, extra={"rules": RULES}) as first:
        await connected(first)
        before = await plan(Play(first))
        change = await declared(Play(first))
    time.move_to(MONDAY + timedelta(days=2))
    async with stage(url, clock=time, extra={"rules": RULES}) as second:
        await connected(second)
        play = Play(second)
        for _ in range(3):
            await second.service.scheduler.ring()
        await play.quiet()
        by = await compensation(play, change.no)
        after = await plan(play)
        assert (after.revision, after.items) == (3, before.items)
        assert by.reason.startswith(f"紧急变更 {change.no} 到 ")
        assert by.reason.endswith(" 没有追认")
        told = await play.shows(play.room("production"), by.no, "计划已恢复，请知悉")
        assert "没有恢复的" not in play.read(told)


async def test_what_is_in_effect_is_undone_from_wecom_within_ten_minutes(ruled: Play) -> None:
    before = await plan(ruled)
    room = ruled.room("purchasing")
    preview = await ruled.propose(room, "qian.bo", SHORT)
    await ruled.press(preview, "qian.bo", "提交")
    no = ruled.number(preview)
    for step in (await ruled.change(no)).steps:
        await ruled.press(await ruled.asked(step.department, no), step.approvers[0], "同意")
    assert (await ruled.change(no)).state is ChangeState.APPLIED
    await ruled.world.say(room, "qian.bo", f"撤销 {no} 因为 供应商又有货了")
    told = await ruled.shows(room, f"撤销 {no}", "计划已恢复，请知悉")
    by = await compensation(ruled, no)
    assert by.no in ruled.read(told)
    assert (await plan(ruled)).items == before.items
    again = await ruled.say(room, "qian.bo", f"撤销 {no}")
    assert again == f"{no} 已经由 {by.no} 撤销，不用再撤销。"


async def test_after_ten_minutes_it_says_what_to_type_instead(ruled: Play) -> None:
    room = ruled.room("purchasing")
    preview = await ruled.propose(room, "qian.bo", SHORT)
    await ruled.press(preview, "qian.bo", "提交")
    no = ruled.number(preview)
    for step in (await ruled.change(no)).steps:
        await ruled.press(await ruled.asked(step.department, no), step.approvers[0], "同意")
    ruled.stage.clock.move_to(ruled.stage.clock.now() + timedelta(minutes=11))
    late = await ruled.say(room, "qian.bo", f"撤销 {no}")
    assert "生效，已超过 10 分钟，不能直接撤销。要改回去，请重新提出变更，例如：" in late
    instead = late.partition("例如：")[2]
    assert instead.startswith("改期 PO-3431 到 ")
    preview = await ruled.propose(room, "qian.bo", instead)
    assert "PO-3431" in ruled.read(preview), "what it says to type is understood"
