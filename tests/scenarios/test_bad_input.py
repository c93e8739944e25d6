"""What people and strangers send that is wrong: a clear answer or a clean refusal, nothing lost, nothing changed."""

import pytest

from tests.scenarios.play import Play

GROUP, PLANNER = "production", "zhang.haifeng"


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("改期 MO-9999 推迟2天 因为 停机", "计划里没有“MO-9999”"),
        ("改期 M0-2442 推迟2天 因为 停机", "MO-2442"),
        ("改气 MO-2442 推迟2天 因为 停机", "改期 MO-2442 推迟2天 因为 停机"),
        ("改期 MO-2442 推迟2天", "还缺原因。\n\n改期 MO-2442 推迟2天 因为 …"),
        ("改期 MO-2442 到 2月30日 因为 停机", "没有“2月30日”"),
        ("改期 MO-2442 到 11-20 因为 停机", "2026-11-20、2027-11-20"),
        ("改数量 MO-2442 三千吨 因为 加单", "单位"),
        ("改期 整机组装 推迟1天 因为 停机", "MO-2422"),
        ("同意 CR-20200101-001", "没有找到变更单 CR-20200101-001"),
        ("为什么 MO-9999", "计划里没有“MO-9999”"),
        ("待办 火星部", "没有叫“火星部”的部门"),
        ("取消 MO-2442 因为 停机\n取消 MO-2422 因为 停机", "2 条命令"),
        ("😀😀😀 怎么回事？", "没有看懂"),
        ("改期 MO-2442 推迟2天 因为 停机\n" * 2000, "太长了"),
        ("改期\u200b MO-2442\x07 推迟\u202e2天", "因为 …"),
    ],
    ids=lambda text: text[:12],
)
async def test_every_mistake_has_its_sentence(play: Play, text: str, answer: str) -> None:
    assert answer in await play.say(play.room(GROUP), PLANNER, text)
    assert await head(play) == 1


async def test_a_viewer_may_look_and_not_propose(play: Play) -> None:
    room = play.room(GROUP)
    assert (await play.say(room, "gao.jianguo", "查计划 MO-2442")).startswith("**MO-2442")
    refused = await play.say(room, "gao.jianguo", "改期 MO-2442 推迟2天 因为 停机")
    names = "张海峰、刘洋、林静"
    assert f"高建国 没有提出变更的权限（需要“计划员”角色）。可以转告能提出的人：{names}；或请管理员授权。" in refused


async def test_words_that_look_like_markdown_stay_words(play: Play) -> None:
    text = "改期 MO-2442 推迟3天 因为 **紧急** [点我](http://evil.example) <script>alert(1)</script>"
    preview = await play.propose(play.room(GROUP), PLANNER, text)
    assert "＊＊紧急＊＊ ［点我］(http：//evil.example) ＜scrip…" in play.read(preview)
    read = await play.details(preview, PLANNER)
    assert "＊＊紧急＊＊ ［点我］(http：//evil.example) ＜script＞alert(1)＜/script＞" in read


async def test_a_redelivered_message_is_one_message(play: Play) -> None:
    room = play.room(GROUP)
    await play.say(room, PLANNER, "查计划 MO-2442")
    await play.stage.dingtalk.replay(3)
    await play.say(room, PLANNER, "待办")
    await play.quiet()
    said = [row.text for row in play.world.timeline(room) if row.sender == "bot"]
    assert len([text for text in said if text.startswith("**MO-2442")]) == 1


async def test_a_forged_callback_is_refused_and_changes_nothing(play: Play) -> None:
    wecom, person = play.stage.wecom, play.user("zheng.yun")
    signed = wecom.self_built.message(person, "待办")
    assert await wecom.post_callback(signed.forged()) == 403
    await play.quiet()
    assert all(entry.sender != "bot" for entry in play.world.timeline("wecom-app:ZhengYun"))


async def test_a_button_nobody_drew_is_refused(play: Play) -> None:
    preview = await play.propose(play.room(GROUP), PLANNER, "改期 MO-2442 推迟3天 因为 停机")
    foreign = ("", "submit", "main-0000000000000000/approve", "../../etc/passwd", "x" * 2000)
    for action in (f"{preview.id}/explode", *foreign):
        await play.world.click(preview.conversation, PLANNER, preview.id, action)
    assert "这张卡片不是通盘发出的" in play.read(preview, PLANNER)
    assert await head(play) == 1


async def head(play: Play) -> int:
    return await play.stage.service.database.read(lambda uow: uow.plans.head())


async def test_a_replayed_callback_is_answered_and_not_handled_again(play: Play) -> None:
    wecom, room = play.stage.wecom, "wecom-app:ZhengYun"
    await play.say(room, "zheng.yun", "待办")
    await wecom.replay_callback(3)
    await play.quiet()
    assert [row.text for row in play.world.timeline(room) if row.sender == "bot"] == [
        "**郑云的待办**\n没有等待决定的变更。"
    ]
