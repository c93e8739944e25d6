"""Several departments are silent about one request: whoever is called in for them has one card, and one reminder."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from cards.action import Verb
from cards.card import Card
from handlers.lifecycle.ladders import set_timer
from handlers.turn import Turn
from planning.change.change import ChangeState, StepState
from planning.change.escalation import Do, Rung
from storage.delivery.cards import CardRow, Purpose
from storage.unit_of_work import UnitOfWork
from tests.handlers.company import PLANNING, PRODUCTION, SALES, Company


async def due(company: Company, no: str) -> datetime:
    ladders = await company.look(lambda turn: turn.uow.escalations.of_change(no).values())
    return min(ladder.next_at for ladder in ladders if ladder.next_at)


async def climbs(company: Company, no: str) -> None:
    at = await due(company, no)
    await company.rings(seconds=(at - company.clock.now()).total_seconds())


async def escalated(company: Company) -> tuple[str, list[CardRow]]:
    """A request that nobody answers, and the cards of those called in."""
    no = await company.proposes("han")
    while not any(row.purpose is Purpose.ESCALATION for row in await company.cards(no)):
        await climbs(company, no)
    return no, [row for row in await company.cards(no) if row.purpose is Purpose.ESCALATION]


async def card(company: Company, row: CardRow) -> Card:
    assert company.shown(row)[-1] == await company.drawn(row)
    return company.shown(row)[-1]


async def test_one_card_names_all_who_are_silent(company: Company) -> None:
    no, (row,) = await escalated(company)
    assert row.conversation == PLANNING
    shown = await card(company, row)
    assert len(company.shown(row)) == 1
    assert shown.status == f"{no} · 生产部、销售部没答复，请你决定"
    for told in ("王五", "苏经理", "MO-1", "SO-1", "DL-1"):
        assert told in shown.body, shown.body
    assert all(told in shown.details for told in ("生产部这一步", "销售部这一步"))


async def test_one_tap_decides_for_all_it_names(company: Company) -> None:
    no, (row,) = await escalated(company)
    await company.press("lin", row, Verb.APPROVE, choice=approving(await card(company, row)))
    change = await company.change(no)
    assert {step.state for step in change.steps} == {StepState.APPROVED}
    assert change.state is ChangeState.APPLIED
    assert {said.person for step in change.steps for said in step.decisions} == {"lin"}


def approving(shown: Card, text: str = "代为同意2个部门") -> str:
    return next(button.action.choice for button in (*shown.buttons, *shown.more) if button.text == text)


async def test_who_has_answered_meanwhile_is_not_decided_for(company: Company) -> None:
    no, (row,) = await escalated(company)
    both = approving(await card(company, row))
    await company.approves(no, "production")
    assert (await card(company, row)).status == f"{no} · 销售部没答复，请你决定"
    await company.press("lin", row, Verb.APPROVE, choice=both)
    change = await company.change(no)
    assert [step.voters for step in change.steps if step.department == "production"] == [("wang",)]
    assert change.state is ChangeState.APPLIED


async def test_one_of_them_can_be_decided_for(company: Company) -> None:
    no, (row,) = await escalated(company)
    await company.press("lin", row, Verb.APPROVE, choice=approving(await card(company, row), "代销售部同意"))
    change = await company.change(no)
    assert {step.department: step.state for step in change.steps} == {
        "production": StepState.OPEN, "sales": StepState.APPROVED,
    }  # fmt: skip


async def test_a_rejection_ends_the_request(company: Company) -> None:
    no, (row,) = await escalated(company)
    await company.press("lin", row, Verb.REJECT, input="两个部门都没人")
    assert (await company.change(no)).state is ChangeState.REJECTED


async def test_nobody_else_decides_on_it(company: Company) -> None:
    no, (row,) = await escalated(company)
    for person in ("boss", "han"):
        await company.press(person, row, Verb.APPROVE, choice=approving(await card(company, row)))
    assert (await company.change(no)).state is ChangeState.IN_APPROVAL


async def test_a_reminder_from_the_card_reaches_each_department_once(company: Company) -> None:
    no, (row,) = await escalated(company)
    await company.rings(hours=2)
    before = {room: len(company.told(room)) for room in (PRODUCTION, SALES, PLANNING)}
    await company.press("lin", row, Verb.REMIND)
    await company.office.deliver()
    told = {room: company.told(room)[before[room] :] for room in before}
    assert [len(texts) for texts in told.values()] == [1, 1, 1]
    (text,) = told[PLANNING]
    assert f"林静 催办 {no}" in text
    assert "生产部还没有决定" not in text.replace("销售部、生产部", "")
    assert "等 苏经理、林静、王五，" in text


async def test_what_joins_later_stands_on_the_card_there_is(company: Company) -> None:
    no = await company.proposes("han")

    def unit(uow: UnitOfWork) -> None:
        """Sales waits an hour longer than production."""
        turn = Turn(uow, company.clock.now(), company.environment)
        for department, hours in (("production", 1), ("sales", 2)):
            ladder = uow.escalations.get(no, department)
            assert ladder is not None
            short = replace(ladder.policy, ladder=(Rung(hours, Do.COORDINATOR),))
            at = ladder.opened_at + timedelta(hours=hours)
            uow.escalations.advance(ladder, replace(ladder, policy=short, next_at=at))
            set_timer(turn, ladder, at)
        uow.commit()

    company.database.write_now(unit)
    await company.rings(hours=1)
    (row,) = [row for row in await company.cards(no) if row.purpose is Purpose.ESCALATION]
    await company.rings(hours=1)
    (row,) = [row for row in await company.cards(no) if row.purpose is Purpose.ESCALATION]
    assert [shown.status for shown in company.shown(row)] == [
        f"{no} · 生产部没答复，请你决定", f"{no} · 生产部、销售部没答复，请你决定",
    ]  # fmt: skip


@pytest.mark.parametrize("rungs", [1, 2])
async def test_departments_that_read_in_one_room_are_reminded_once(company: Company, rungs: int) -> None:
    await company.leaves("su", "代理 韩冬 11-23~12-20", SALES)
    no = await company.proposes("lin", room=PLANNING)
    for _ in range(rungs):
        before = len(company.told(PRODUCTION))
        await climbs(company, no)
        assert len([text for text in company.told(PRODUCTION)[before:] if no in text and "⏰" in text]) == 1
    ladder = await company.look(lambda turn: turn.uow.escalations.get(no, "sales"))
    assert ladder is not None
    assert {climb.do for climb in ladder.climbs} <= {Do.REMIND, Do.DEPUTY}
