"""The ladder in one transaction: what is recorded, what 谁知道 tells, what a transfer and a race leave standing."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from bot.clock import MovableClock
from bot.escalation_watchdog import EscalationWatchdog
from cards.card import Card
from handlers.actions.change.decide import decide
from handlers.actions.change.propose import draft, submit_draft
from handlers.inbound.timers_due import ring
from handlers.lifecycle.escalate import TOO_LATE
from handlers.notify.render_card import draw
from handlers.reads.trail.audit_sentences import told
from handlers.turn import Turn
from planning.change.change import Change, ChangeState, Decision, Verdict
from planning.change.escalation import EMERGENCY, Escalation
from planning.plan.operation import Op, Operation
from storage.timers import Timer
from storage.unit_of_work import UnitOfWork
from tests.handlers.office import Office

pytestmark = pytest.mark.both_databases


def kept(office: Office, work: Callable[[Turn], Change]) -> Change:
    def unit(uow):  # type: ignore[no-untyped-def]
        result = work(office.turn(uow))
        uow.commit()
        return result

    return office.database.write_now(unit)  # type: ignore[no-any-return]


def submitted(office: Office, klass: str = "normal", by: str = "qian") -> Change:
    def work(turn: Turn) -> Change:
        proposed = draft(turn, turn.plan(), (Operation("MO-1", Op.SHIFT, 2),), by, "试试", "…", "")
        if klass != "normal":
            proposed = turn.uow.changes.save(replace(proposed, klass=klass))
        return submit_draft(turn, proposed, by) if klass == "normal" else asked(turn, proposed)

    return kept(office, work)


def asked(turn: Turn, change: Change) -> Change:
    """Submitted under a class that no rule of this company gives."""
    from handlers.lifecycle.ladders import watch
    from planning.change.approval_steps import submit

    open_one = turn.uow.changes.save(submit(change, turn.organisation, turn.now, turn.now + timedelta(days=3)))
    watch(turn, open_one)
    return open_one


def ladder(office: Office, change: Change, department: str = "production") -> Escalation:
    found = office.database.look(lambda uow: uow.escalations.get(change.no, department))
    assert found is not None
    return found


def wait_until_due(office: Office, change: Change, department: str = "production") -> None:
    due = ladder(office, change, department).next_at
    assert due is not None
    office.now = due
    ring_all(office)


def ring_all(office: Office) -> list[Timer]:
    """As the scheduler does: what is due, oldest first, each in its own unit."""
    due = office.database.look(lambda uow: uow.timers.due(office.now))
    for timer in due:
        ring_one(office, timer)
    return due


def ring_one(office: Office, timer: Timer) -> None:
    def unit(uow):  # type: ignore[no-untyped-def]
        ring(office.turn(uow), timer)
        uow.commit()

    office.database.write_now(unit)


def test_every_rung_is_in_the_trail_in_words(office: Office) -> None:
    change = submitted(office)
    for _ in range(4):
        wait_until_due(office, change)
    events = office.database.look(lambda uow: list(uow.audit.chain()))
    sentences = [
        office.database.look(lambda uow, event=event: told(office.turn(uow), event))  # type: ignore[misc]
        for event in events
        if event.kind.startswith("escalation") and "production" in event.facts.values()
    ]
    nobody = office.environment.words("audit.nobody")
    assert sentences == [
        *[f"{nobody} 催 生产部决定 {change.no}"] * 3,
        f"{change.no} 生产部没有答复，升级给 林静",
    ]


def test_who_knows_tells_who_was_escalated_to(office: Office) -> None:
    change = submitted(office)
    for _ in range(4):
        wait_until_due(office, change)
    answer = office.say("qian", f"谁知道 {change.no} 全部")
    (line,) = [line for line in answer.splitlines() if line.startswith("- 林静")]
    assert "⏫ 已升级到这里" in line


def test_a_transfer_gains_no_time_and_does_not_come_back(office: Office) -> None:
    change = submitted(office)
    wait_until_due(office, change)
    before = ladder(office, change)

    def hand_on(turn: Turn) -> Change:
        said = Decision("wang", Verdict.TRANSFER, turn.now, change.impact.hash, to="lin")
        return decide(turn, turn.change(change.no), "production", said)

    kept(office, hand_on)
    after = ladder(office, change)
    assert (after.opened_at, after.rung, after.next_at) == (before.opened_at, before.rung, before.next_at)
    for _ in range(3):
        wait_until_due(office, change)
    step = kept(office, lambda turn: turn.change(change.no)).step_of("production")
    assert step is not None
    assert step.approvers == ("lin", "han", "boss"), "wang, the manager, gave it away; past lin to her superior"


def test_a_ring_that_another_process_took_does_nothing(office: Office) -> None:
    change = submitted(office)
    due = ladder(office, change).next_at
    assert due is not None
    office.now = due
    timer = Timer("escalation", f"{change.no}/production", due)
    for _ in range(2):
        ring_one(office, timer)
    assert len(ladder(office, change).climbs) == 1


def test_after_an_outage_each_rings_once_oldest_first_and_expiry_wins(office: Office) -> None:
    change = submitted(office)
    assert change.expires_at is not None
    office.now = change.expires_at + timedelta(hours=1)
    rang = ring_all(office)
    assert [timer.due_at for timer in rang] == sorted(timer.due_at for timer in rang)
    assert kept(office, lambda turn: turn.change(change.no)).state is ChangeState.EXPIRED
    assert ladder(office, change).climbs == ()
    assert [timer for timer in ring_all(office) if timer.kind == "escalation"] == []


def test_an_emergency_knows_no_quiet_hours(office: Office) -> None:
    normal, urgent = submitted(office), submitted(office, EMERGENCY)
    office.now = office.now.replace(hour=15)  # 23:00 in Shanghai, past the first rungs
    ring_all(office)
    assert ladder(office, normal).climbs == ()
    assert len(ladder(office, urgent).climbs) == 1


async def test_the_auditor_says_once_what_is_late(office: Office) -> None:
    change = submitted(office)
    due = ladder(office, change).next_at
    assert due is not None
    auditor = EscalationWatchdog(office.database, MovableClock(due + TOO_LATE + timedelta(minutes=1)))
    with capture_logs() as logged:
        late = await auditor.look()
        assert await auditor.look() == late
    assert {step.change_no for step in late} == {change.no}
    alarms = [entry for entry in logged if entry["action"] == "escalation.overdue"]
    assert sorted(entry["department"] for entry in alarms) == sorted(step.department for step in change.steps)
    assert {entry["log_level"] for entry in alarms} == {"error"}


async def test_the_auditor_looks_after_what_was_sent_back_too(office: Office) -> None:
    change = submitted(office)
    said = Decision("wang", Verdict.MODIFY, office.now, change.impact.hash, "请改到 12-20")
    kept(office, lambda turn: decide(turn, turn.change(change.no), "production", said))
    due = ladder(office, change).next_at
    assert due is not None
    late = await EscalationWatchdog(office.database, MovableClock(due + TOO_LATE + timedelta(minutes=1))).look()
    assert "production" in {step.department for step in late}


def test_an_escalated_step_that_is_then_sent_back_waits_for_its_proposer_on_every_card(office: Office) -> None:
    change = submitted(office)
    for _ in range(4):
        wait_until_due(office, change)
    said = Decision("wang", Verdict.MODIFY, office.now, change.impact.hash, "请改到 12-20")
    kept(office, lambda turn: decide(turn, turn.change(change.no), "production", said))

    def drawn(uow: UnitOfWork) -> list[Card]:
        rows = [row for row in uow.cards.about(change.subject) if row.purpose.asks]
        return [draw(office.turn(uow), row) for row in rows]

    returned, waiting = f"{change.no} · 王五要求修改，等提出人", f"{change.no} · 生产部要求修改，先不用决定"
    assert sorted(card.status for card in office.database.look(drawn)) == sorted([returned, waiting, waiting])
