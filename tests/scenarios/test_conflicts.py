"""冲突: a foreman on DingTalk and a buyer on WeCom want the same item moved otherwise."""

import pytest

from planning.change.change import ChangeState
from sandbox.world import Card
from tests.scenarios.play import Play, written

pytestmark = pytest.mark.both_databases

LATER = "改期 MO-2442 推迟3天 因为 组装 A 线点胶机故障，等备件"
LESS = "改期 MO-2442 推迟1天 因为 充电仓外壳晚到一天"
EITHER = pytest.mark.parametrize("play", ["sqlite", "postgresql"], indirect=True)


async def submitted(play: Play, department: str, person: str, text: str) -> str:
    preview = await play.propose(play.room(department), person, text)
    await play.press(preview, person, "提交")
    return play.number(preview)


async def clash(play: Play) -> tuple[str, str, dict[str, Card]]:
    """The two requests, and the card each room has of their conflict."""
    older = await submitted(play, "production", "zhang.haifeng", LATER)
    newer = await submitted(play, "purchasing", "qian.bo", LESS)
    rooms = ("production", "purchasing", "planning")
    return older, newer, {d: await play.shows(play.room(d), "冲突：MO-2442 日期") for d in rooms}


def buttons(card: Card, person: str = "") -> list[str]:
    return [button.text for button in card.face(person).buttons if button.text != "详情"]


async def test_the_second_proposer_is_warned_before_submitting(play: Play) -> None:
    older = await submitted(play, "production", "zhang.haifeng", LATER)
    preview = await play.propose(play.room("purchasing"), "qian.bo", LESS)
    assert f"{older}（张海峰）也要改 MO-2442 日期" in play.read(preview)


@EITHER
async def test_the_two_do_not_agree_and_the_coordinator_decides(play: Play) -> None:
    older, newer, cards = await clash(play)
    assert buttons(cards["production"]) == ["以我为准", "以对方为准", "合并"]
    assert buttons(cards["purchasing"]) == ["以我为准", "以对方为准", "合并"]
    assert buttons(cards["planning"]) == ["以 001 为准", "以 002 为准", "合并"]
    assert "待 张海峰、钱波 表态" in play.read(cards["purchasing"]), "the short card has it too"
    face = await play.press(cards["production"], "zhang.haifeng", "以我为准")
    assert "待 钱波 表态" in written(face)
    face = await play.press(cards["purchasing"], "qian.bo", "以我为准")
    assert "谈不拢，请 林静 定" in written(face)
    await play.quiet()
    called = [row.text for row in play.world.timeline(play.room("planning")) if row.text.startswith("⚖")]
    assert len(called) == 1
    assert "请 林静 定" in called[0]
    face = await play.press(cards["planning"], "lin.jing", "以 002 为准")
    assert "已定：以 002 为准" in written(face)
    for department in cards:
        over = await play.shows(play.room(department), "已定：以 002 为准")
        assert not buttons(over)
    assert (await play.change(older)).state is ChangeState.SUPERSEDED
    assert (await play.change(newer)).state is ChangeState.IN_APPROVAL
    await play.shows(play.room("production"), f"{older} · 已被 {newer} 取代")


async def test_who_gives_way_on_wecom_ends_it_on_dingtalk(play: Play) -> None:
    older, newer, cards = await clash(play)
    late = next(b.action for b in cards["production"].face("zhang.haifeng").buttons if b.text == "合并")
    await play.press(cards["purchasing"], "qian.bo", "以对方为准")
    assert (await play.change(newer)).state is ChangeState.SUPERSEDED
    await play.shows(play.room("production"), "已定：以 001 为准")
    for _ in range(2):
        await play.world.click(cards["production"].conversation, "zhang.haifeng", cards["production"].id, late)
    assert "的冲突已由 钱波 定为以" in play.read(cards["production"], "zhang.haifeng")
    assert (await play.change(older)).state is ChangeState.IN_APPROVAL
    assert await play.say(play.room("planning"), "lin.jing", "冲突") == "现在没有待处理的冲突。"


async def test_both_merge_and_the_merged_request_takes_their_place(play: Play) -> None:
    older, newer, cards = await clash(play)
    await play.press(cards["production"], "zhang.haifeng", "合并")
    await play.press(cards["purchasing"], "qian.bo", "合并")
    preview = await play.shows(play.room("purchasing"), "待你提交", "推迟4天")
    merged = play.number(preview)
    assert merged not in (older, newer)
    assert "+4天" in play.read(preview), "three days and one more"
    face = await play.press(preview, "qian.bo", "提交")
    assert "待你提交" not in written(face)
    assert [(await play.change(no)).state for no in (older, newer, merged)] == [
        ChangeState.SUPERSEDED,
        ChangeState.SUPERSEDED,
        ChangeState.IN_APPROVAL,
    ]
    await play.shows(play.room("production"), f"已合并为 {merged}")


async def test_a_lost_card_is_answered_by_word_on_either_platform(play: Play) -> None:
    older, newer, _ = await clash(play)
    listed = await play.say(play.room("purchasing"), "qian.bo", "冲突")
    assert f"{older}（张海峰）与 {newer}（钱波）：MO-2442 日期" in listed
    noted = await play.say(play.room("production"), "zhang.haifeng", f"冲突 {older} 以我为准")
    assert noted.startswith(f"已记下：张海峰 以 {older} 为准（{older} 与 {newer} 的冲突）。")
    over = await play.say(play.room("purchasing"), "qian.bo", f"冲突 {newer} 以对方为准")
    assert over.startswith(f"{older} 与 {newer} 的冲突了结：钱波 ")
    assert (await play.change(newer)).state is ChangeState.SUPERSEDED
