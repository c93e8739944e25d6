"""Who is told: exactly those it concerns, and the coordinator when somebody cannot be reached."""

from planning.change.change import ChangeState
from tests.scenarios.play import Play, written

QUALITY = "改期 QA-4462 推迟3天 因为 抽检发现虚焊，整批隔离复检"


async def applied(play: Play, room: str, person: str, text: str) -> str:
    preview = await play.propose(room, person, text)
    await play.press(preview, person, "提交")
    no = play.number(preview)
    for step in (await play.change(no)).steps:
        await play.press(await play.asked(step.department, no), step.approvers[0], "同意")
    assert (await play.change(no)).state is ChangeState.APPLIED
    return no


async def test_departments_that_are_only_informed_are_told_when_it_is_in_effect(play: Play) -> None:
    no = await applied(play, play.room("production"), "zhang.haifeng", "改期 MO-2442 推迟3天 因为 点胶机故障")
    change = await play.change(no)
    told = set(change.impact.informed) - {step.department for step in change.steps}
    assert told, "the story has somebody to inform"
    for department in told:
        card = await play.shows(play.room(department), no, "请知悉")
        member = play.world.conversations[card.conversation].members[-1]
        face = await play.press(card, member, "收到")
        assert "收到，谢谢。" in written(face)
        who = await play.say(play.room("production"), "zhang.haifeng", f"谁知道 {no} 全部")
        (line,) = [line for line in who.splitlines() if play.name(member) in line]
        assert "已收到" in line


async def test_a_department_that_cannot_be_reached_is_reported_to_the_coordinator(play: Play) -> None:
    play.world.conversations[play.room("quality")].bot_present = False
    preview = await play.propose(play.room("production"), "zhang.haifeng", "改期 MO-2442 推迟3天 因为 点胶机故障")
    await play.press(preview, "zhang.haifeng", "提交")
    no = play.number(preview)
    room = play.room("planning")
    report = await play.world.until(
        lambda: [row.text for row in play.world.timeline(room) if "没有收到" in row.text], 20
    )
    assert report[0].startswith(f"⚠ 质量部没有收到“{no} MO-2442")
    play.world.refusals.clear()


async def test_an_admin_learns_what_a_conversation_is_called(play: Play) -> None:
    room = play.room("planning")
    assert f"本会话的编号：{room}" in await play.say(room, "wu.fan", "帮助")
    assert "本会话的编号" not in await play.say(room, "lu.zhiyuan", "帮助")
