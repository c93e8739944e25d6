"""Not like this: a request is sent back and revised, rejected with a suggestion, decided by all of a department."""

from collections.abc import AsyncIterator, Mapping
from pathlib import Path

import pytest

from bot.clock import MovableClock
from bot.demo import stage
from planning.change.change import ChangeState, StepState
from sandbox.world import Card
from tests.databases import BACKENDS, fresh_database
from tests.scenarios.conftest import MONDAY, connected, refused
from tests.scenarios.play import Play, written

MACHINE = "改期 MO-2442 推迟3天 因为 组装 A 线要换备件"
APPROVALS = [{"who": "affected", "mode": "all"}, {"who": "marketing", "optional": True}]
TOGETHER: Mapping[str, object] = {"rules": [{"id": "together", "approvals": APPROVALS}]}


@pytest.fixture(params=BACKENDS)
async def together(tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[Play]:
    """Everybody of a department has to approve; marketing is asked for its opinion."""
    with fresh_database(request.param, tmp_path, migrated=True) as url:
        async with stage(url, clock=MovableClock(MONDAY), extra=TOGETHER) as set_up:
            await connected(set_up)
            yield Play(set_up)
            assert refused(set_up) == [], "a platform refused something"


async def submitted(play: Play, text: str = MACHINE) -> str:
    preview = await play.propose(play.room("production"), "zhang.haifeng", text)
    await play.press(preview, "zhang.haifeng", "提交")
    no = play.number(preview)
    await play.quiet()
    return no


async def wecom_card(play: Play, no: str) -> tuple[str, Card]:
    """A department that is asked on WeCom, by its only approver's id, and its card."""
    asked = {step.department: step.approvers for step in (await play.change(no)).steps}
    found = next(d for d in asked if play.room(d).startswith("wecom:") and len(asked[d]) == 1)
    return asked[found][0], await play.asked(found, no)


async def test_a_request_is_sent_back_revised_and_decided_by_all(together: Play) -> None:
    play, room = together, together.room("production")
    no = await submitted(play)
    card = await play.asked("production", no)
    face = await play.press(card, "wang.qiang", "要求修改", input="请推迟4天，备件周五才到")
    assert f"{no} · 王强要求修改，等提出人" in written(face)
    await play.quiet()
    wished = await play.shows(room, "请推迟4天，备件周五才到")
    assert "张海峰要照这样改，点一下" in written(wished.face(""))
    (tap,) = [button.text for button in wished.face("").buttons if "推迟4天" in button.text]
    await play.press(wished, "zhang.haifeng", tap)
    preview = await play.shows(room, f"提交后取代 {no}")
    assert f"提交后取代 {no}" in play.read(preview)
    await play.press(preview, "zhang.haifeng", "提交")
    new = play.number(preview)
    assert (await play.change(no)).state is ChangeState.SUPERSEDED
    closed = await play.shows(room, f"{no} · 已被 {new} 取代")
    assert not closed.face("").buttons
    card = await play.asked("production", new)
    assert f"{new} · 待生产部决定 1/2" in written(await play.press(card, "han.dong", "同意"))
    await play.quiet()
    late = await play.press(card, "han.dong", "同意")
    assert "会签 1/2：韩冬 已同意，还差 王强" in written(late), "whoever presses sees it"
    assert "王强、韩冬" in written(await play.press(card, "wang.qiang", "同意")).replace("韩冬、王强", "王强、韩冬")


async def test_on_wecom_it_is_typed(together: Play) -> None:
    play = together
    no = await submitted(play)
    person, card = await wecom_card(play, no)
    page = await play.press(card, person, "要求修改")
    assert f"请在群里发送：要求修改 {no} 因为 ＜要怎么改＞" in written(page)
    answer = await play.say(card.conversation, person, f"要求修改 {no} 因为 客户要 12-20")
    assert answer.startswith("已记录：")
    assert f"要求修改 {no}，已转告 张海峰。" in answer


async def test_a_suggestion_travels_from_wecom_to_its_proposer_on_dingtalk(together: Play) -> None:
    play = together
    no = await submitted(play)
    person, card = await wecom_card(play, no)
    name = play.name(person)
    answer = await play.say(card.conversation, person, f"驳回 {no} 因为 来不及 建议 改期 MO-2442 推迟5天")
    assert "建议已写成草稿 CR-20261123-002，请 张海峰 决定是否提交。" in answer
    preview = await play.shows(play.room("production"), "CR-20261123-002 · 待你提交")
    assert f"{name}驳回了 {no} 并建议这样改" in play.read(preview)
    assert (await play.change(no)).state is ChangeState.REJECTED
    await play.press(preview, "zhang.haifeng", "提交")
    new = await play.change("CR-20261123-002")
    assert (new.state, new.proposer, new.suggested_by) == (ChangeState.IN_APPROVAL, "zhang.haifeng", person)
    again = next(step.department for step in new.steps if person in step.approvers)
    face = await play.press(await play.asked(again, new.no), person, "同意")
    assert f"{name} 已同意" in written(face)


async def test_a_suggestion_in_the_form_of_dingtalk(together: Play) -> None:
    play = together
    no = await submitted(play)
    card = await play.asked("production", no)
    face = await play.press(card, "han.dong", "驳回", input="备件周五才到 建议 改期 本单 推迟5天")
    assert "韩冬 已驳回" in written(face)
    await play.shows(play.room("production"), "CR-20261123-002 · 待你提交")


async def test_an_opinion_keeps_nobody_waiting(together: Play) -> None:
    play = together
    no = await submitted(play)
    opinion = await play.shows(play.room("marketing"), f"{no} · 请市场部参考")
    assert "供参考，不等你" in play.read(opinion)
    for step in (await play.change(no)).required:
        for person in step.approvers:
            await play.press(await play.asked(step.department, no), person, "同意")
    change = await play.change(no)
    assert change.state is ChangeState.APPLIED
    asked = change.step_of("marketing")
    assert asked is not None
    assert asked.state is StepState.NOT_REQUIRED
    await play.shows(play.room("marketing"), f"{no} · 已生效")
