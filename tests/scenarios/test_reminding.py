"""催办: by hand, by whom it concerns, once an hour."""

from datetime import timedelta

from tests.scenarios.play import Play, written
from tests.scenarios.test_escalation import clock, escalated, rung, said, submitted


async def test_the_proposer_reminds_everybody_who_has_not_decided(play: Play) -> None:
    no, room = await submitted(play), play.room("production")
    await play.press(await play.asked("production", no), "wang.qiang", "同意")
    answer = await play.say(room, "zhang.haifeng", f"催办 {no}")
    assert answer.startswith(f"{no} 已提醒：")
    waiting = (await play.change(no)).waiting
    assert waiting
    await play.quiet()
    for step in waiting:
        name = play.stage.service.environment.organisation.department_name(step.department)
        assert f"{name} {play.name(step.approvers[0])}" in answer
        assert said(play, play.room(step.department), f"⏰ 张海峰 催办 {no}", f"{name}还没有决定")
    assert "生产部" not in answer


async def test_once_an_hour_and_then_again(play: Play) -> None:
    no, room = await submitted(play), play.room("production")
    await play.press(await play.asked("production", no), "wang.qiang", "同意")
    assert (await play.say(room, "zhang.haifeng", f"催办 {no}")).startswith(f"{no} 已提醒：")
    again = await play.say(room, "lin.jing", f"cb {no}")
    assert again.startswith(f"{no} 在 09:00 刚提醒过 ")
    assert again.endswith("，一小时内不再重复。10:00 以后可以再催。")
    play.stage.clock.move_to(play.stage.clock.now() + timedelta(hours=1, seconds=1))
    assert (await play.say(room, "lin.jing", f"remind {no}")).startswith(f"{no} 已提醒：")


async def test_only_whom_it_concerns_reminds(play: Play) -> None:
    no, room = await submitted(play), play.room("production")
    refused = await play.say(room, "liu.yang", f"催办 {no}")
    assert refused == f"{no} 不是你提出的。只有提出人、协调员和要决定它的人可以催办。"
    await play.say(room, "zhang.haifeng", f"撤回 {no}")
    over = await play.say(room, "zhang.haifeng", f"催办 {no}")
    assert "被 张海峰 撤回，什么也没有做。要重新提出，请发送：" in over


async def test_who_it_was_escalated_to_reminds_by_a_button(play: Play) -> None:
    no = await submitted(play)
    await clock(play, await rung(play, no, 3))
    card = escalated(play, play.room("planning"), no)
    assert card is not None
    refused = await play.press(card, "lin.jing", "催办")
    assert "一小时内不再重复" in written(refused), "the ladder has just asked"
    play.stage.clock.move_to(play.stage.clock.now() + timedelta(minutes=61))
    told = await play.press(card, "lin.jing", "催办")
    assert f"{no} 已提醒：" in written(told)
    assert "生产部 王强、韩冬、林静" in written(told)
    await play.quiet()
    assert said(play, play.room("production"), "⏰ 林静 催办")
