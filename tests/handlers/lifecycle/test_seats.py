"""Who has a seat in a step keeps it: handing on, saying a word twice, pressing where there is nothing to decide."""

from datetime import timedelta

import pytest

from cards.action import Verb
from planning.change.change import Change, Step, StepState
from planning.trail.audit import Kind
from storage.delivery.cards import Purpose
from tests.handlers.company import PLANNING, PRODUCTION, PURCHASING, SALES, Company

NO = "CR-20261123-001"
UNTIL_THE_COORDINATOR = (24, 24, 8)
"""Hours after which nobody has answered and she is asked: Wednesday, 17:00."""


def the(change: Change, department: str = "production") -> Step:
    found = change.step_of(department)
    assert found is not None
    return found


async def hands_on(company: Company, person: str, to: str, department: str = "production") -> None:
    await company.press(person, await company.card(NO, Purpose.APPROVAL, department), Verb.TRANSFER, to)
    await company.office.deliver()


async def repeated(company: Company) -> list[str]:
    def read(turn):  # type: ignore[no-untyped-def]
        return [e.actor for e in turn.uow.audit.chain() if e.kind == Kind.REPEATED]

    return await company.look(read)


# handing on


async def test_a_transfer_takes_only_the_seat_of_who_hands_it_on(company: Company) -> None:
    await company.proposes("qian", room=PURCHASING)
    await hands_on(company, "wang", "lin")
    assert the(await company.change(NO)).approvers == ("lin", "han")
    await company.press("han", await company.card(NO, Purpose.APPROVAL, "production"), Verb.APPROVE)
    assert the(await company.change(NO)).voters == ("han",)


async def test_who_was_called_in_still_decides_after_a_transfer(company: Company) -> None:
    await company.proposes("qian", room=PURCHASING)
    for hours in UNTIL_THE_COORDINATOR:
        await company.rings(hours=hours)
    assert the(await company.change(NO)).approvers == ("wang", "han", "lin")
    await hands_on(company, "wang", "han")
    assert the(await company.change(NO)).approvers == ("han", "lin")
    await company.press("lin", await company.card(NO, Purpose.ESCALATION, "production"), Verb.APPROVE)
    assert the(await company.change(NO)).voters == ("lin",)


async def test_who_is_handed_a_step_is_reminded_though_its_ladder_had_ended(company: Company) -> None:
    await company.proposes("qian", room=PURCHASING)
    for hours in UNTIL_THE_COORDINATOR:
        await company.rings(hours=hours)
    await hands_on(company, "wang", "han")
    heard = len(company.told(PRODUCTION))
    await company.rings(hours=18)  # Thursday, 11:00: three working hours later
    assert not [text for text in company.told(PRODUCTION)[heard:] if "韩冬" in text]
    await company.rings(hours=2)
    (reminder,) = [text for text in company.told(PRODUCTION)[heard:] if "韩冬" in text]
    assert NO in reminder
    climbed = await company.look(lambda turn: turn.uow.escalations.get(NO, "production"))
    assert climbed is not None
    assert climbed.next_at is None, "once"


async def test_a_transfer_adds_no_second_reminder_where_one_is_due(company: Company) -> None:
    await company.proposes("qian", room=PURCHASING)
    before = await company.look(lambda turn: turn.uow.escalations.get(NO, "production"))
    await hands_on(company, "wang", "lin")
    after = await company.look(lambda turn: turn.uow.escalations.get(NO, "production"))
    assert after == before


async def test_a_transfer_shortly_before_the_deadline_is_reminded_before_it(company: Company) -> None:
    await company.proposes("qian", room=PURCHASING)
    for hours in (*UNTIL_THE_COORDINATOR, 20):  # Thursday, 13:00; due at 18:00
        await company.rings(hours=hours)
    await hands_on(company, "wang", "han")
    ladder = await company.look(lambda turn: turn.uow.escalations.get(NO, "production"))
    expires = (await company.change(NO)).expires_at
    assert ladder is not None
    assert ladder.next_at is not None
    assert expires is not None
    assert company.clock.now() < ladder.next_at <= expires - timedelta(hours=3)


# saying it twice


async def acting(company: Company) -> None:
    """林静 is asked for production beside 韩冬, and away: 苏经理, who is asked for sales, acts for her."""
    await company.proposes("qian", room=PURCHASING)
    await hands_on(company, "wang", "lin")
    await company.leaves("lin", "代理 苏经理 11-23~11-25", PLANNING)


async def test_the_same_word_typed_again_decides_nothing_else(company: Company) -> None:
    await acting(company)
    assert (await company.types("su", f"同意 {NO}", SALES)).startswith(f"已记录：销售部 苏经理 同意 {NO}。")
    assert await company.types("su", f"同意 {NO}", SALES) == (
        f"苏经理 已经代表销售部同意过 {NO}，不用再说一次。生产部那一环也在等你，请在发给生产部的那张卡片上决定。"
    )
    change = await company.change(NO)
    assert (the(change, "sales").voters, the(change).decisions[1:]) == (("su",), ())
    assert await repeated(company) == ["su"]
    await company.press("su", await company.card(NO, Purpose.APPROVAL, "production"), Verb.APPROVE)
    assert the(await company.change(NO)).state is StepState.APPROVED, "its card does"


async def test_without_another_step_there_is_nothing_more_to_say(company: Company) -> None:
    await company.proposes("qian", room=PURCHASING)
    for _ in range(2):
        answer = await company.types("su", f"同意 {NO}", SALES)
    assert answer == f"苏经理 已经代表销售部同意过 {NO}，不用再说一次。"


@pytest.mark.parametrize(("room", "department"), [(SALES, "sales"), (PRODUCTION, "production")])
async def test_of_several_steps_the_one_counts_in_whose_room_it_was_typed(
    company: Company, room: str, department: str
) -> None:
    await company.proposes("qian", room=PURCHASING)
    await hands_on(company, "wang", "lin")
    await hands_on(company, "su", "lin", "sales")
    await company.types("lin", f"同意 {NO}", room)
    change = await company.change(NO)
    assert [step.department for step in change.steps if step.voters == ("lin",)] == [department]


# a second page is for who could use it


@pytest.mark.parametrize("verb", [Verb.REJECT, Verb.MODIFY, Verb.TRANSFER])
async def test_what_is_decided_asks_for_no_reason_any_more(company: Company, verb: Verb) -> None:
    await company.proposes("qian", room=PURCHASING)
    row = await company.card(NO, Purpose.APPROVAL, "production")
    await company.press("wang", row, Verb.APPROVE)
    shown = await company.press("han", row, verb)
    assert shown.summary == f"{NO} 的生产部这一步已决定（王五 同意 09:00），什么也没有做。"
