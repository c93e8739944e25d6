"""Rejecting, handing over, taking back, being late: what the cards say and what they never do."""

from datetime import timedelta

from planning.change.change import ChangeState
from sandbox.world import Card, Person
from tests.scenarios.play import Play, written

MACHINE = "改期 MO-2442 推迟3天 因为 组装 A 线点胶机故障，等备件"


async def submitted(play: Play) -> tuple[Card, str]:
    preview = await play.propose(play.room("production"), "zhang.haifeng", MACHINE)
    await play.press(preview, "zhang.haifeng", "提交")
    return preview, play.number(preview)


async def test_nothing_happens_before_the_proposer_submits(play: Play) -> None:
    preview = await play.propose(play.room("production"), "zhang.haifeng", MACHINE)
    refused = await play.press(preview, "liu.yang", "提交")
    assert "不是你提出的" in written(refused)
    await play.quiet()
    assert (await play.change(play.number(preview))).state is ChangeState.DRAFT


async def test_a_discarded_preview_is_over(play: Play) -> None:
    preview = await play.propose(play.room("production"), "zhang.haifeng", MACHINE)
    face = await play.press(preview, "zhang.haifeng", "放弃")
    assert "已放弃" in written(face)
    assert not face.buttons


async def test_the_proposer_cannot_approve(play: Play) -> None:
    preview = await play.propose(play.room("quality"), "lin.jing", MACHINE)
    await play.press(preview, "lin.jing", "提交")
    no = play.number(preview)
    refused = await play.say(play.room("quality"), "lin.jing", f"同意 {no}")
    assert refused.startswith(f"{no} 是你自己提出的，不能由你审批。")


async def test_who_is_not_an_approver_changes_nothing(play: Play) -> None:
    _, no = await submitted(play)
    card = await play.asked("production", no)
    refused = await play.press(card, "liu.yang", "同意")
    assert f"你不是 {no} 当前环节的审批人，你的决定没有生效。" in written(refused)
    step = (await play.change(no)).step_of("production")
    assert step is not None
    assert step.decisions == ()


async def test_a_rejection_on_dingtalk_asks_for_its_reason_in_a_form_and_closes_the_others(play: Play) -> None:
    _, no = await submitted(play)
    card = await play.asked("production", no)
    others = [step.department for step in (await play.change(no)).steps if step.department != "production"]
    for department in others:
        await play.asked(department, no)
    face = await play.press(card, "wang.qiang", "驳回", input="备件明天就到")
    assert "王强 已驳回" in written(face)
    for department in others:
        closed = await play.shows(play.room(department), no, "王强 已驳回")
        assert not closed.face("").buttons
    assert (await play.change(no)).state is ChangeState.REJECTED


async def test_a_rejection_on_wecom_takes_two_taps(play: Play) -> None:
    text = "改期 PO-3431 推迟4天 因为 联芯微晶圆缺货，交期延后"
    preview = await play.propose(play.room("purchasing"), "qian.bo", text)
    await play.press(preview, "qian.bo", "提交")
    no = play.number(preview)
    card = await play.asked("purchasing", no)
    page = await play.press(card, "zhao.min", "驳回")
    assert "请选驳回原因" in written(page)
    assert [b.text for b in page.buttons] == ["产能不足", "物料来不及", "资金/预算", "质量风险", "客户不同意", "返回"]
    back = await play.press(card, "zhao.min", "返回")
    assert "同意" in [b.text for b in back.buttons]
    await play.press(card, "zhao.min", "驳回")
    face = await play.press(card, "zhao.min", "物料来不及")
    assert "赵敏 已驳回" in written(face)
    change = await play.change(no)
    step = change.step_of("purchasing")
    assert step is not None
    assert step.decisions[-1].comment == "物料来不及"


async def test_a_step_is_transferred_and_then_decided_by_the_colleague(play: Play) -> None:
    _, no = await submitted(play)
    card = await play.asked("production", no)
    page = await play.press(card, "wang.qiang", "转交")
    assert [b.text for b in page.buttons] == ["韩冬", "林静", "返回"]
    await play.press(card, "wang.qiang", "韩冬")
    refused = await play.press(card, "wang.qiang", "同意")
    assert "你不是" in written(refused)
    face = await play.press(card, "han.dong", "同意")
    assert "韩冬 已同意" in written(face)


async def test_a_second_click_is_the_first_one(play: Play) -> None:
    _, no = await submitted(play)
    card = await play.asked("production", no)
    action = next(b.action for b in card.face("wang.qiang").buttons if b.text == "同意")
    for _ in range(2):
        await play.world.click(card.conversation, "wang.qiang", card.id, action)
    step = (await play.change(no)).step_of("production")
    assert step is not None
    assert len(step.decisions) == 1
    late = await play.world.click(card.conversation, "han.dong", card.id, action)
    assert late.value == "answered"
    assert "生产部这一步已决定（王强 同意" in play.read(card, "han.dong")


async def test_a_request_is_taken_back(play: Play) -> None:
    _, no = await submitted(play)
    card = await play.asked("production", no)
    action = next(b.action for b in card.face("wang.qiang").buttons if b.text == "同意")
    answer = await play.say(play.room("production"), "zhang.haifeng", f"撤回 {no}")
    assert answer == f"{no} 已撤回，相关卡片会更新。"
    await play.shows(play.room("production"), no, "提出人已撤回")
    await play.world.click(card.conversation, "wang.qiang", card.id, action)
    assert "被 张海峰 撤回，什么也没有做。要重新提出，请发送：" in play.read(card, "wang.qiang")


async def test_an_expired_request_says_so_on_every_card(play: Play) -> None:
    _, no = await submitted(play)
    for step in (await play.change(no)).steps:
        await play.asked(step.department, no)
    change = await play.change(no)
    assert change.expires_at is not None
    play.stage.clock.move_to(change.expires_at + timedelta(seconds=1))
    await play.stage.service.scheduler.ring()
    for step in change.steps:
        await play.shows(play.room(step.department), no, "已过期")
    assert (await play.change(no)).state is ChangeState.EXPIRED


async def test_decisions_can_be_typed(play: Play) -> None:
    _, no = await submitted(play)
    await play.asked("production", no)
    answer = await play.say(play.room("production"), "han.dong", f"同意 {no} 备件已催")
    assert answer.startswith(f"已记录：生产部 韩冬 同意 {no}。还差 ")
    todo = await play.say(play.room("production"), "zhang.haifeng", "待办")
    assert no in todo


async def test_somebody_of_another_company_is_nobody_here(play: Play) -> None:
    """Even under a user id that is one of ours over there: a forwarded card decides nothing."""
    play.world.people["spy"] = Person("spy", "外人", corp="elsewhere", dingtalk="010512264", wecom="XuWenBo")
    _, no = await submitted(play)
    for department in ("production", "quality"):
        card = await play.asked(department, no)
        action = next(b.action for b in card.face("spy").buttons if b.text == "同意")
        await play.world.click(card.conversation, "spy", card.id, action)
        assert "同意" in [b.text for b in card.face("").buttons], "everybody else's card stays as it was"
    change = await play.change(no)
    assert all(step.decisions == () for step in change.steps)
    play.world.refusals.clear()  # who is not in the group cannot even be shown that they were refused


async def test_two_changes_that_touch_each_other_ask_again_only_whom_it_concerns(play: Play) -> None:
    """The second was decided on an effect that the first has changed: nothing is applied unseen (rule I9)."""
    _, first = await submitted(play)
    preview = await play.propose(play.room("quality"), "ma.li", "改期 QA-4442 推迟2天 因为 复检")
    await play.press(preview, "ma.li", "提交")
    second = play.number(preview)
    for no in (first, second):
        for step in (await play.change(no)).steps:
            await play.press(await play.asked(step.department, no), step.approvers[0], "同意")
    assert (await play.change(first)).state is ChangeState.APPLIED
    change = await play.change(second)
    assert change.state is not ChangeState.APPLIED or change.round == 2
