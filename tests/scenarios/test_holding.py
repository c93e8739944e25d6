"""A freeze on both simulated platforms: cards stop and go on, also over a restart and by the window's own end."""

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.clock import MovableClock
from bot.demo import stage
from planning.change.change import Change, ChangeState
from sandbox.world import Card, ClickOutcome
from tests.databases import fresh_database
from tests.scenarios.conftest import MONDAY, connected
from tests.scenarios.play import Play

SHANGHAI = ZoneInfo("Asia/Shanghai")
LATER = "改期 MO-2432 推迟1天 因为 点胶机保养"
COORDINATOR = "lin.jing"
FREEZE = "冻结 生产部 2026-12-01~2027-03-31 因为 年终盘点"
HELD = "因冻结 F-001 从"


async def submitted(play: Play) -> Change:
    preview = await play.propose(play.room("production"), "zhang.haifeng", LATER)
    await play.press(preview, "zhang.haifeng", "提交")
    await play.quiet()
    return await play.change(play.number(preview))


async def froze(play: Play) -> str:
    room = play.room("planning")
    await play.say(room, COORDINATOR, FREEZE)
    said = await play.say(room, COORDINATOR, "冻结 确认 F-001")
    await play.quiet()
    return said


def by_platform(play: Play, change: Change) -> dict[str, str]:
    """A department that is asked on each platform."""
    rooms = {play.room(step.department): step.department for step in change.steps}
    return {room.partition(":")[0]: department for room, department in rooms.items()}


async def clicked(play: Play, card: Card, person: str, action: str) -> None:
    """Press a button whose action was seen before."""
    assert await play.world.click(card.conversation, person, card.id, action, {}) is ClickOutcome.ANSWERED


async def test_cards_stop_on_both_platforms_and_go_on_with_the_time_they_had(play: Play) -> None:
    change = await submitted(play)
    no, asked = change.no, by_platform(play, change)
    assert {"dingtalk", "wecom"} <= asked.keys()
    cards = {department: await play.asked(department, no) for department in asked.values()}
    late = cards[asked["wecom"]]
    approve = next(button.action for button in late.face("").buttons if button.text == "同意")
    assert "- 已挂起审批中的 1 张变更单（计时暂停，解冻后继续）：" in await froze(play)
    held = await play.change(no)
    assert held.state is ChangeState.ON_HOLD
    for department in asked.values():
        card = await play.shows(play.room(department), no, HELD)
        assert card.face("").buttons == ()
    proposer = play.world.timeline(play.room("production"))
    assert [row.text for row in proposer if row.text and "以下变更挂起，计时暂停" in row.text]

    step = change.step_of(asked["wecom"])
    assert step is not None
    await clicked(play, late, step.approvers[0], approve)
    assert f"{no} 因冻结 F-001 挂起，解冻后再决定：" in play.read(late, step.approvers[0])

    play.stage.clock.move_to(play.stage.service.clock.now() + timedelta(days=6))
    await play.stage.service.scheduler.ring()
    said = await play.say(play.room("planning"), COORDINATOR, "解冻 F-001")
    assert said.endswith(f"挂起的变更继续审批：{no}。")
    await play.quiet()
    free = await play.change(no)
    assert free.state is ChangeState.IN_APPROVAL
    assert free.expires_at is not None
    assert held.expires_at is not None
    assert free.expires_at - held.expires_at >= timedelta(days=6)
    for step in free.waiting:
        await play.press(await play.asked(step.department, no), step.approvers[0], "同意")
    assert (await play.change(no)).state is ChangeState.APPLIED


async def test_a_window_ends_by_itself_although_the_service_was_down(tmp_path: Path) -> None:
    clock = MovableClock(MONDAY)
    with fresh_database("sqlite", tmp_path, migrated=True) as url:
        async with stage(url, clock=clock) as first:
            await connected(first)
            no = (await submitted(Play(first))).no
            await froze(Play(first))
        clock.move_to(datetime(2027, 4, 2, 9, tzinfo=SHANGHAI))
        async with stage(url, clock=clock) as second:
            await connected(second)
            play = Play(second)
            await second.service.scheduler.ring()
            await second.service.scheduler.ring()
            await play.quiet()
            texts = [entry.text for entry in second.world.entries if "冻结到期" in entry.text and no in entry.text]
            assert len(texts) == 1
            change = await play.change(no)
            assert change.state is not ChangeState.ON_HOLD
            assert change.held_by == ()
