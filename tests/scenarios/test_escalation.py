"""A step nobody answers climbs its ladder as the clock moves, over weekends and outages; a decision stops it."""

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.clock import MovableClock
from bot.demo import stage
from bot.escalation_watchdog import EscalationWatchdog
from handlers.lifecycle.escalate import TOO_LATE
from planning.change.change import ChangeState, Step
from planning.change.escalation import Do, Escalation
from sandbox.world import Card
from storage.unit_of_work import UnitOfWork
from tests.scenarios.conftest import MONDAY, connected
from tests.scenarios.play import Play, written

SHANGHAI = ZoneInfo("Asia/Shanghai")
MACHINE = "改期 MO-2442 推迟3天 因为 点胶机故障，等备件"
LATER = "改期 MO-2432 推迟1天 因为 点胶机保养"
"""Of something that begins late enough for the whole ladder."""


def local(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-{text}").replace(tzinfo=SHANGHAI)


async def submitted(play: Play, text: str = MACHINE, person: str = "zhang.haifeng") -> str:
    preview = await play.propose(play.room("production"), person, text)
    await play.press(preview, person, "提交")
    no = play.number(preview)
    await play.quiet()
    return no


async def clock(play: Play, moment: datetime) -> None:
    """It is then: what is due rings, what was written is delivered."""
    play.stage.clock.move_to(moment)
    await play.stage.service.scheduler.ring()
    await play.quiet()


async def ladder(play: Play, no: str, department: str = "production") -> Escalation:
    found = await play.stage.service.database.read(lambda uow: uow.escalations.get(no, department))
    assert found is not None
    return found


async def rung(play: Play, no: str, number: int) -> datetime:
    """When a rung comes: found by climbing up to it."""
    escalation = await ladder(play, no)
    while escalation.rung < number:
        assert escalation.next_at is not None
        await clock(play, escalation.next_at)
        escalation = await ladder(play, no)
    assert escalation.next_at is not None
    return escalation.next_at


async def step(play: Play, no: str, department: str = "production") -> Step:
    found = (await play.change(no)).step_of(department)
    assert found is not None
    return found


def said(play: Play, room: str, *words: str) -> list[str]:
    texts = [row.text for row in play.world.timeline(room) if row.sender == "bot" and row.text]
    return [text for text in texts if all(word in text for word in words)]


def escalated(play: Play, room: str, no: str) -> Card | None:
    return play.find(room, f"{no} · ", "没答复，请你决定", "没答复：", "生产部")


async def test_a_step_left_alone_climbs_to_the_coordinator(play: Play) -> None:
    no, room = await submitted(play), play.room("production")
    await clock(play, await rung(play, no, 0) - timedelta(minutes=1))
    assert said(play, room, "⏰") == []
    await clock(play, await rung(play, no, 0))
    (reminder,) = said(play, room, "⏰")
    assert reminder.startswith(f"⏰ {no} MO-2442")
    assert "生产部还没有决定，等 王强、韩冬，从 " in reminder
    assert "过期作废" in reminder
    await clock(play, await rung(play, no, 1))
    assert len(said(play, room, "⏰")) == 2, "his deputy is asked already: nobody new, so they are reminded"
    await clock(play, await rung(play, no, 2))
    assert len(said(play, room, "⏰")) == 3, "and so is the manager"
    await clock(play, await rung(play, no, 3))
    card = escalated(play, play.room("planning"), no)
    assert card is not None
    text = play.read(card)
    assert "生产部 王强、韩冬" in text
    assert "你是生产部这一步的计划协调员，王强、韩冬在 " in await play.details(card, "lin.jing")
    assert [b.text for b in card.face("lin.jing").buttons] == ["代为同意4个部门", "驳回", "催办", "详情"]
    original = await play.asked("production", no)
    assert "没人答复，已升级给计划协调员 林静" in await play.details(original, "wang.qiang")
    assert (await step(play, no)).approvers == ("wang.qiang", "han.dong", "lin.jing")
    assert (await ladder(play, no)).next_at is None, "the highest rung comes once"


async def test_who_it_was_escalated_to_decides_in_their_place(play: Play) -> None:
    no = await submitted(play)
    await clock(play, await rung(play, no, 3))
    card = escalated(play, play.room("planning"), no)
    assert card is not None
    face = await play.press(card, "lin.jing", "代生产部同意")
    assert "生产部" not in written(face).partition("没答复，请你决定")[0]
    late = await play.say(play.room("production"), "wang.qiang", f"同意 {no}")
    assert "生产部这一步已决定（林静 同意" in late
    closed = await play.shows(play.room("production"), no, "林静 已同意")
    assert "同意" not in [b.text for b in closed.face("").buttons]


async def test_it_counts_no_weekend(play: Play) -> None:
    play.stage.clock.move_to(local("11-27 16:00"))  # Friday
    no, room = await submitted(play, LATER), play.room("production")
    assert local("11-30 11:00") <= await rung(play, no, 0) < local("11-30 11:05"), "two hours on Friday, two on Monday"
    for moment in ("11-27 20:00", "11-28 11:00", "11-29 15:00"):
        await clock(play, local(moment))
    assert said(play, room, "⏰") == []
    await clock(play, await rung(play, no, 0))
    assert len(said(play, room, "⏰")) == 1


async def test_a_decision_stops_it(play: Play) -> None:
    no = await submitted(play)
    first = await rung(play, no, 0)
    await play.press(await play.asked("production", no), "wang.qiang", "同意")
    await clock(play, first + timedelta(hours=1))
    assert said(play, play.room("production"), "⏰", "生产部还没有决定") == []
    assert (await ladder(play, no)).next_at is None


async def test_what_was_withdrawn_or_has_expired_climbs_no_more(play: Play) -> None:
    no = await submitted(play)
    await play.say(play.room("production"), "zhang.haifeng", f"撤回 {no}")
    assert (await ladder(play, no)).next_at is None
    other = await submitted(play)
    change = await play.change(other)
    assert change.expires_at is not None
    await clock(play, change.expires_at + timedelta(seconds=1))
    assert (await play.change(other)).state is ChangeState.EXPIRED
    assert (await ladder(play, other)).next_at is None
    assert escalated(play, play.room("planning"), other) is None, "nobody is asked about what is over"


async def test_an_outage_collapses_what_was_missed_to_the_highest_rung(play: Play) -> None:
    no, room = await submitted(play), play.room("production")
    change, escalation = await play.change(no), await ladder(play, no)
    assert change.expires_at is not None
    await clock(play, change.expires_at - timedelta(minutes=30))
    assert said(play, room, "⏰") == []
    assert escalated(play, play.room("planning"), no) is not None
    after = await ladder(play, no)
    assert [climb.do for climb in after.climbs] == [Do.COORDINATOR]
    assert after.rung == len(escalation.policy.ladder)
    for _ in range(3):
        await play.stage.service.scheduler.ring()
    await play.quiet()
    assert (await ladder(play, no)) == after


async def test_quiet_hours_put_a_missed_rung_off_until_they_end(play: Play) -> None:
    no = await submitted(play)
    await clock(play, local("11-23 22:00"))
    assert (await ladder(play, no)).climbs == ()
    assert (await ladder(play, no)).next_at == local("11-24 08:00")
    await clock(play, local("11-24 08:00"))
    assert len((await ladder(play, no)).climbs) == 1


async def test_a_step_on_wecom_is_told_in_words_where_it_went(play: Play) -> None:
    text = "改期 PO-3431 推迟4天 因为 联芯微晶圆缺货，交期延后"
    preview = await play.propose(play.room("purchasing"), "qian.bo", text)
    await play.press(preview, "qian.bo", "提交")
    no, room = play.number(preview), play.room("purchasing")
    await play.asked("purchasing", no)
    for _ in range(2):
        due = (await ladder(play, no, "purchasing")).next_at
        assert due is not None
        await clock(play, due)
    assert (await step(play, no, "purchasing")).approvers == ("zhao.min", "sun.yue")
    card = await play.shows(room, f"{no} · 采购部没答复，请你决定")
    face = await play.press(card, "sun.yue", "代为同意")
    assert "孙悦 已同意" in written(face)


async def test_the_ladder_goes_on_after_a_restart(tmp_path: Path) -> None:
    url, time = f"sqlite:///{tmp_path / 'plan.db'}", MovableClock(MONDAY)
    async with stage(url, clock=time) as first:
        await connected(first)
        no = await submitted(Play(first))
        before = await ladder(Play(first), no)
    assert before.next_at is not None
    time.move_to(before.next_at + timedelta(minutes=5))
    shorter = {"escalation": {"ladder": [{"after": 1, "do": "coordinator"}]}}
    async with stage(url, clock=time, extra=shorter) as second:
        await connected(second)
        play = Play(second)
        await second.service.scheduler.ring()
        await play.quiet()
        assert [climb.do for climb in (await ladder(play, no)).climbs] == [Do.REMIND], "by the policy it began under"
        assert len(said(play, play.room("production"), "⏰")) == 1
        other = await submitted(play)
        assert [r.do for r in (await ladder(play, other)).policy.ladder] == [Do.COORDINATOR]


async def test_a_step_without_a_ladder_gets_one_at_the_next_start(tmp_path: Path) -> None:
    """As after an update from a version that had none."""
    url, time = f"sqlite:///{tmp_path / 'plan.db'}", MovableClock(MONDAY)
    async with stage(url, clock=time) as first:
        await connected(first)
        no = await submitted(Play(first))
        await first.service.database.write(lambda uow: forget(uow, no))
    time.move_to(MONDAY + timedelta(hours=4))
    async with stage(url, clock=time) as second:
        await connected(second)
        play = Play(second)
        assert (await ladder(play, no)).opened_at == (await step(play, no)).opened_at


def forget(uow: UnitOfWork, no: str) -> None:
    for department, escalation in uow.escalations.of_change(no).items():
        uow.escalations.stop(escalation)
        uow.timers.stop("escalation", f"{no}/{department}")
        uow.escalations.start(Escalation(no, department, 99, escalation.policy, escalation.opened_at))
    uow.commit()


async def test_the_auditor_alarms_when_a_rung_is_not_taken(play: Play) -> None:
    no = await submitted(play)
    due = await rung(play, no, 0)
    service = play.stage.service
    await service.database.write(lambda uow: lose_the_timer(uow, no))
    auditor = EscalationWatchdog(service.database, play.stage.clock)
    play.stage.clock.move_to(due + TOO_LATE - timedelta(minutes=1))
    await service.scheduler.ring()
    assert await auditor.look() == []
    play.stage.clock.move_to(due + TOO_LATE + timedelta(minutes=1))
    await service.scheduler.ring()
    assert (no, "production") in [(late.change_no, late.department) for late in await auditor.look()]


def lose_the_timer(uow: UnitOfWork, no: str) -> None:
    """Those of the other steps as well: whichever rings takes what is due of the request."""
    for department in uow.escalations.of_change(no):
        uow.timers.stop("escalation", f"{no}/{department}")
    uow.commit()


@pytest.mark.parametrize("play", ["postgresql"], indirect=True)
async def test_it_climbs_on_postgresql_too(play: Play) -> None:
    no = await submitted(play)
    await clock(play, await rung(play, no, 3))
    assert escalated(play, play.room("planning"), no) is not None
