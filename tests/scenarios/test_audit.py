"""The audit trail of a story: who proposed, who decided, who was refused, who came too late, in this order."""

from datetime import timedelta

import pytest

from handlers.reads.trail.audit_sentences import told
from handlers.turn import Turn
from planning.change.change import ChangeState
from planning.trail.audit import AuditEvent
from sandbox.world import Card, Person
from storage.unit_of_work import UnitOfWork
from tests.databases import BACKENDS
from tests.scenarios.play import Play

pytestmark = pytest.mark.both_databases

MACHINE = "改期 MO-2442 推迟3天 因为 组装 A 线点胶机故障，等备件"
UNHEARD_OF = frozenset(("timer.rang", "escalation.climbed", "escalation.reminded", "letter.undeliverable"))


async def trail(play: Play) -> list[AuditEvent]:
    """Oldest first, checked, without what the clock does beside the story."""

    def read(uow: UnitOfWork) -> list[AuditEvent]:
        assert uow.audit.first_break() is None
        return [event for event in uow.audit.chain() if event.kind not in UNHEARD_OF]

    return await play.stage.service.database.read(read)


async def sentences(play: Play) -> list[str]:
    service, events = play.stage.service, await trail(play)
    return await service.database.read(
        lambda uow: [told(Turn(uow, service.clock.now(), service.environment), event) for event in events]
    )


def story(events: list[AuditEvent]) -> list[tuple[str, str, str]]:
    """Who did what to which, behind the import; a preview is told of by the number it got."""
    numbers = {event.facts["preview"]: event.subject for event in events if "preview" in event.facts}
    told_of = [event for event in events if not event.kind.startswith(("plan.", "stock."))]
    return [(event.kind, event.actor, numbers.get(event.subject, event.subject)) for event in told_of]


async def submitted(play: Play) -> str:
    preview = await play.propose(play.room("production"), "zhang.haifeng", MACHINE)
    await play.press(preview, "zhang.haifeng", "提交")
    return play.number(preview)


def approving(card: Card) -> str:
    return next(button.action for button in card.face("").buttons if button.text == "同意")


@pytest.mark.parametrize("play", BACKENDS, indirect=True)
async def test_a_story_with_refusals_and_late_clicks_is_told_in_order(play: Play) -> None:
    room = play.room("production")
    await play.say(room, "zhang.haifeng", "改期 MO-9999 推迟3天 因为 停机")
    no = await submitted(play)
    card = await play.asked("production", no)
    approve = approving(card)
    await play.press(card, "liu.yang", "同意")  # not an approver
    await play.press(card, "wang.qiang", "同意")
    await play.world.click(card.conversation, "wang.qiang", card.id, approve)  # once more
    await play.world.click(card.conversation, "han.dong", card.id, approve)  # too late: decided
    await play.say(room, "han.dong", f"撤回 {no}")  # not his
    others = [step for step in (await play.change(no)).steps if step.department != "production"]
    for step in others:
        await play.press(await play.asked(step.department, no), step.approvers[0], "同意")
    assert (await play.change(no)).state is ChangeState.APPLIED
    await play.world.click(card.conversation, "han.dong", card.id, approve)  # too late: applied

    assert story(await trail(play)) == [
        ("message.refused", "zhang.haifeng", room),
        ("change.drafted", "zhang.haifeng", no),
        ("change.submitted", "zhang.haifeng", no),
        ("click.refused", "liu.yang", no),
        ("decision.approve", "wang.qiang", no),
        ("decision.repeated", "wang.qiang", no),
        ("click.late", "han.dong", no),
        ("message.refused", "han.dong", room),
        *(("decision.approve", step.approvers[0], no) for step in others),
        ("change.applied", "", no),
        ("click.late", "han.dong", no),
    ]
    read = await sentences(play)
    assert any(line.startswith("张海峰 发送“改期 MO-9999 推迟3天 因为 停机”，没有照办：") for line in read)
    assert f"王强 代表生产部同意 {no}" in read
    assert f"韩冬 在 {no} 上按“同意”，晚了：{no} 的这个环节已由 王强 决定，什么也没有做。" in read
    assert f"{no} 生效，成为第 2 版" in read
    assert f"韩冬 在 {no} 上按“同意”，晚了：{no} 已经结束（已生效），什么也没有做。" in read
    assert not [line for line in read if "{" in line], "every fact a sentence speaks of is there"


async def test_a_rejection_a_transfer_and_what_they_lead_to(play: Play) -> None:
    no = await submitted(play)
    card = await play.asked("production", no)
    await play.press(card, "wang.qiang", "转交")
    await play.press(card, "wang.qiang", "韩冬")
    await play.press(card, "han.dong", "驳回", input="备件明天就到")
    assert story(await trail(play))[2:] == [
        ("decision.transfer", "wang.qiang", no),
        ("decision.reject", "han.dong", no),
        ("change.rejected", "", no),
    ]
    assert (await sentences(play))[-3:] == [
        f"王强 把 {no} 的生产部环节转交给 韩冬",
        f"韩冬 代表生产部驳回 {no}：备件明天就到",
        f"{no} 被驳回而结束",
    ]


async def test_a_draft_thrown_away_and_a_request_taken_back(play: Play) -> None:
    preview = await play.propose(play.room("production"), "zhang.haifeng", MACHINE)
    await play.press(preview, "zhang.haifeng", "放弃")
    no = await submitted(play)
    await play.asked("production", no)
    await play.say(play.room("production"), "zhang.haifeng", f"撤回 {no}")
    assert [kind for kind, _, _ in story(await trail(play))] == [
        "change.drafted",
        "change.discarded",
        "change.drafted",
        "change.submitted",
        "change.withdrawn",
    ]


async def test_an_expiry_is_the_clocks_doing(play: Play) -> None:
    no = await submitted(play)
    change = await play.change(no)
    assert change.expires_at is not None
    play.stage.clock.move_to(change.expires_at + timedelta(seconds=1))
    await play.stage.service.scheduler.ring()
    assert ("change.expired", "", no) in story(await trail(play))
    rang = await play.stage.service.database.read(lambda uow: list(uow.audit.chain()))
    assert any(e.kind == "timer.rang" and (e.subject, e.facts["timer"]) == (no, "expiry") for e in rang)


async def test_strangers_are_in_it_with_their_account_and_what_they_tried(play: Play) -> None:
    """Somebody of another company presses a forwarded card, somebody nobody registered writes."""
    play.world.people["spy"] = Person("spy", "外人", corp="elsewhere", dingtalk="010512264", wecom="XuWenBo")
    play.world.people["new"] = Person("new", "新人", dingtalk="999", wecom="XinRen")
    no = await submitted(play)
    card = await play.asked("production", no)
    await play.world.click(card.conversation, "spy", card.id, approving(card))
    await play.say(play.room("production"), "new", "查计划")
    foreign, stranger = (await trail(play))[-2:]
    assert (foreign.kind, foreign.actor, foreign.facts["code"]) == ("click.foreign", "dingtalk:?", "stranger")
    assert (stranger.kind, stranger.actor) == ("message.stranger", "dingtalk:999")
    assert stranger.facts["command"] == "查计划"
    assert (await sentences(play))[-1] == "不认识的账号 dingtalk:999 发送“查计划”"
