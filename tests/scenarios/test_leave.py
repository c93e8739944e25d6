"""代理: somebody is away, somebody acts for them: what waits is shown to them, and for whom they decided is kept."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.scenarios.play import Play, written
from tests.scenarios.test_escalation import clock, said, step, submitted

SHANGHAI = ZoneInfo("Asia/Shanghai")


async def accepts(play: Play) -> None:
    """李大伟 acts for 王强."""
    await play.press(await play.shows(play.room("warehouse"), "等 李大伟 接受"), "li.dawei", "接受")


async def test_what_waits_is_handed_over_and_decided(play: Play) -> None:
    no, room = await submitted(play), play.room("production")
    answer = await play.say(room, "wang.qiang", "代理 李大伟 今天~11-27")
    assert answer == (
        "已记下：王强 2026-11-23 到 2026-11-27 请假，请 李大伟 代为决定。"
        "李大伟 接受之前，仍由你自己决定。要取消请发：代理 取消"
    )
    await accepts(play)
    told = await play.shows(room, "李大伟 已接受")
    assert no in play.read(told)
    card = await play.shows(play.room("warehouse"), f"{no} · 待生产部决定")
    assert no in await play.say(play.room("warehouse"), "li.dawei", "待办")
    face = await play.press(card, "li.dawei", "同意")
    assert "生产部 李大伟（代王强） 已同意" in written(face)
    decision = (await step(play, no)).decisions[-1]
    assert (decision.person, decision.acting_for) == ("li.dawei", "wang.qiang")
    await play.quiet()
    line = f"📌 李大伟 代 王强 同意：{no} MO-2442 B2 整机组装 推迟3天（生产部）。"
    assert [row.text for row in play.world.timeline(room) if row.text.startswith("📌")] == [line]
    assert "这一步已决定（李大伟（代王强） 同意" in await play.say(room, "wang.qiang", f"同意 {no}")


async def test_who_is_away_may_still_decide_first(play: Play) -> None:
    no, room = await submitted(play), play.room("production")
    await play.say(room, "wang.qiang", "代理 李大伟 今天")
    await accepts(play)
    assert (await play.say(room, "wang.qiang", f"同意 {no}")).startswith(f"已记录：生产部 王强 同意 {no}。")
    assert (await step(play, no)).decisions[-1].acting_for == ""


async def test_a_leave_that_begins_later_hands_over_on_its_first_morning(play: Play) -> None:
    no, room = await submitted(play), play.room("production")
    await play.say(room, "wang.qiang", "代理 李大伟 11-24~11-27")
    await accepts(play)
    refused = await play.say(play.room("warehouse"), "li.dawei", f"同意 {no}")
    own = (await play.change(no)).step_of("warehouse")
    assert own is not None or refused.startswith(f"你不是 {no} 当前环节的审批人")
    assert play.find(play.room("warehouse"), f"{no} · 待生产部决定") is None
    await clock(play, datetime(2026, 11, 24, 9, 0, tzinfo=SHANGHAI))
    assert play.find(play.room("warehouse"), f"{no} · 待生产部决定") is not None


async def test_a_new_request_during_the_leave_goes_to_both(play: Play) -> None:
    await play.say(play.room("production"), "wang.qiang", "代理 李大伟 今天")
    await accepts(play)
    no = await submitted(play)
    await play.asked("production", no)
    card = await play.shows(play.room("warehouse"), f"{no} · 待生产部决定")
    await play.press(card, "li.dawei", "同意")
    assert (await step(play, no)).decisions[-1].acting_for == "wang.qiang"


async def test_coming_back_early_takes_the_right_back(play: Play) -> None:
    no, room = await submitted(play), play.room("production")
    await play.say(room, "wang.qiang", "代理 李大伟 今天~11-27")
    await accepts(play)
    card = await play.shows(play.room("warehouse"), f"{no} · 待生产部决定")
    await play.quiet()
    assert await play.say(room, "wang.qiang", "代理 取消") == (
        "已取消：王强 2026-11-23 到 2026-11-27 请假，李大伟 代。从现在起由你自己决定。"
    )
    face = await play.press(card, "li.dawei", "同意")
    assert f"你不是 {no} 当前环节的审批人" in written(face)
    assert await play.say(room, "wang.qiang", "代理 取消") == "你现在没有请假，也没有安排代理，没有要取消的。"


async def test_leaves_are_listed_and_replaced(play: Play) -> None:
    room = play.room("production")
    assert (await play.say(room, "liu.yang", "代理")).startswith("现在没有人请假。")
    await play.say(room, "wang.qiang", "代理 李大伟 12-01~12-05")
    replaced = await play.say(room, "wang.qiang", "代理 12-04~12-08")
    assert "由 韩冬 代为决定" in replaced, "without a name it is the deputy of the settings"
    assert replaced.endswith(
        "原来的安排（王强 2026-12-01 到 2026-12-05 请假，李大伟 还没接受）已被替换。\n"
        "其中 2026-12-01 到 2026-12-03 不再有人代；还要的话，请发送：代理 李大伟 2026-12-01~2026-12-03"
    )
    assert await play.say(room, "liu.yang", "代理") == "- 王强 2026-12-04 到 2026-12-08 请假，韩冬 代"


@pytest.mark.parametrize(
    ("person", "text", "answer"),
    [
        ("wang.qiang", "代理 火星人 今天", "没有叫“火星人”的人，没有记下。请写姓名或人员编号，例如：苏婉清"),
        ("wang.qiang", "代理 王强 今天", "不能由你自己代理自己，请写另一个人。"),
        ("wang.qiang", "代理 昨天 韩冬", "2026-11-22 已经过去了，没有记下。请核对日期。"),
        ("liu.yang", "代理 今天", "没有写由谁代理，设置里也没有你的副手。请写成：代理 <姓名> 2026-11-23~2026-11-23"),
    ],
)
async def test_what_cannot_be_arranged(play: Play, person: str, text: str, answer: str) -> None:
    said_back = await play.say(play.room("production"), person, text)
    assert said_back == answer.translate(str.maketrans("<>~", "＜＞～"))


async def test_the_days_that_are_missing_are_asked_for(play: Play) -> None:
    asked = await play.say(play.room("production"), "wang.qiang", "代理 韩冬")
    assert "“代理 韩冬”里没有看懂请假到哪天。请写成：代理 韩冬 下周一～下周五" in asked
    assert "请直接回复（5 分钟内）" in asked


async def test_whom_a_proposer_names_keeps_the_word_they_were_asked_for(play: Play) -> None:
    """Four eyes take nothing from who was asked before; whoever acts for a proposer is not asked about what comes."""
    room = play.room("production")
    no = await submitted(play)
    await play.say(room, "zhang.haifeng", "代理 韩冬 今天")
    await play.press(await play.shows(room, "等 韩冬 接受"), "han.dong", "接受")
    newer = await submitted(play)
    refused = await play.say(room, "han.dong", f"同意 {newer}")
    assert refused == f"{newer} 是 张海峰 提出的，你是 张海峰 的代理人，不能由你审批。请等其他审批人决定。"
    assert (await step(play, newer)).approvers == ("wang.qiang",)
    assert (await play.say(room, "han.dong", f"同意 {no}")).startswith(f"已记录：生产部 韩冬 同意 {no}。")


async def test_a_reminder_reaches_who_acts(play: Play) -> None:
    no, room = await submitted(play), play.room("production")
    await play.say(room, "wang.qiang", "代理 李大伟 今天")
    await accepts(play)
    play.stage.clock.move_to(play.stage.clock.now() + timedelta(minutes=1))
    await play.say(room, "zhang.haifeng", f"催办 {no}")
    await play.quiet()
    (reminder,) = said(play, play.room("warehouse"), "⏰", "生产部", "还没有决定")
    assert "等 王强（请假，李大伟代）、韩冬" in reminder
