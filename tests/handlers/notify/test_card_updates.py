"""Which cards are sent again when something happened to their change request, and which are not."""

from datetime import timedelta

import pytest

from cards.action import Verb
from handlers.notify.card_updates import ANSWER_GRACE
from planning.change.change import ChangeState
from storage.delivery.cards import Purpose
from tests.handlers.company import LATER, PLANNING, SALES, Company
from tests.previews import NEWEST

pytestmark = pytest.mark.both_databases


async def test_a_typed_approval_takes_the_buttons_off_the_departments_card_at_the_end(company: Company) -> None:
    """Until then its answer says it, and a press on the card does."""
    no = await company.proposes("han")
    card = await company.card(no, Purpose.APPROVAL, "production")
    assert [b.text for b in company.shown(card)[-1].buttons][:2] == ["同意", "驳回"]
    assert "已记录" in await company.types("wang", f"同意 {no}")
    assert len(company.shown(card)) == 1
    pressed = await company.press("wang", card, Verb.APPROVE)
    assert "王五 已同意" in pressed.status
    assert pressed.buttons == ()
    await company.approves(no)
    assert len(company.shown(card)) == 2
    assert company.shown(card)[-1].buttons == ()


async def test_a_step_handed_over_is_decided_on_all_its_cards(company: Company) -> None:
    no = await company.proposes("han")
    first = await company.card(no, Purpose.APPROVAL, "production")
    await company.press("wang", first, Verb.TRANSFER, "lin")
    await company.office.deliver()
    assert "王五 转交给 林静" in company.shown(first)[-1].body, "whose it is now is told at once"
    second = await company.card(no, Purpose.APPROVAL, "production")
    assert second.card_id != first.card_id
    await company.press("lin", second, Verb.APPROVE)
    await company.office.deliver()
    for card in (first, second):
        decided = await company.drawn(card)
        assert decided.buttons == ()
        assert "林静 已同意" in decided.status
    await company.approves(no)
    for card in (first, second):
        assert company.shown(card)[-1].buttons == ()


async def test_a_card_is_not_sent_again_for_nothing(company: Company) -> None:
    """Platform calls are money: what one department decides is shown to the others at the end."""
    no = await company.proposes("han")
    sales = await company.card(no, Purpose.APPROVAL, "sales")
    before = len(company.shown(sales))
    await company.approves(no, "production")
    assert len(company.shown(sales)) == before


async def test_at_the_end_every_card_shows_it(company: Company) -> None:
    no = await company.proposes("han")
    await company.approves(no)
    change = await company.change(no)
    assert change.state is ChangeState.APPLIED
    for row in await company.cards(no):
        assert row.shown_version == row.wanted_version
        if row.purpose is not Purpose.NOTICE:
            assert "已生效 第2版" in company.shown(row)[-1].status or row.conversation == SALES


async def test_an_answer_that_everyone_saw_is_not_sent_as_a_card_as_well(company: Company) -> None:
    no = await company.proposes("han")
    card = await company.card(no, Purpose.APPROVAL, "sales")
    await company.press("su", card, Verb.APPROVE)
    company.clock.move(seconds=ANSWER_GRACE.total_seconds() + 1)
    await company.office.deliver()
    assert len(company.shown(card)) == 1
    assert (await company.card(no, Purpose.APPROVAL, "sales")).shown_version == 2


async def test_an_answer_that_did_not_arrive_is_sent_as_a_card(company: Company) -> None:
    """The platform takes it for five seconds only, and the process may end between the commit and the answer."""
    no = await company.proposes("han")
    card = await company.card(no, Purpose.APPROVAL, "sales")
    await company.press("su", card, Verb.APPROVE, arrives=False)
    await company.office.deliver()
    assert len(company.shown(card)) == 1, "it may still arrive"
    company.clock.move(seconds=ANSWER_GRACE.total_seconds() + 1)
    await company.office.deliver()
    assert "苏经理 已同意" in company.shown(card)[-1].status
    assert company.shown(card)[-1].buttons == ()


async def test_a_vote_whose_answer_left_is_drawn_for_the_others_at_the_end(company: Company) -> None:
    """Where an answer reaches the one who pressed only."""
    no = await company.proposes("han")
    card = await company.card(no, Purpose.APPROVAL, "production")
    pressed = await company.press("wang", card, Verb.APPROVE)
    assert (pressed.buttons, "王五 已同意" in pressed.status) == ((), True)
    await later(company)
    assert len(company.shown(card)) == 1
    await company.approves(no)
    assert len(company.shown(card)) == 2
    assert "已生效 第2版" in company.shown(card)[-1].status


async def test_a_vote_whose_answer_was_lost_is_drawn_once(company: Company) -> None:
    no = await company.proposes("han")
    card = await company.card(no, Purpose.APPROVAL, "production")
    await company.press("wang", card, Verb.APPROVE, arrives=False)
    await later(company)
    assert len(company.shown(card)) == 2
    assert "王五 已同意" in company.shown(card)[-1].status
    await later(company)
    assert len(company.shown(card)) == 2


async def test_the_vote_that_ends_it_is_drawn_for_the_others_although_its_answer_left(company: Company) -> None:
    no = await company.proposes("han")
    await company.approves(no, "sales")
    card = await company.card(no, Purpose.APPROVAL, "production")
    assert "已生效" in (await company.press("wang", card, Verb.APPROVE)).status
    await company.office.deliver()
    assert "已生效 第2版" in company.shown(card)[-1].status


async def test_the_proposer_is_shown_what_they_have_to_do_and_the_end(company: Company) -> None:
    no = await company.proposes("he", room=PLANNING)
    card = await company.card(no, Purpose.PROPOSAL)
    await company.approves(no, "production")
    assert len(company.shown(card)) == 1, "neither their own submission nor a vote"
    sales = await company.card(no, Purpose.APPROVAL, "sales")
    await company.press("su", sales, Verb.MODIFY, input="客户要 12-20")
    await company.office.deliver()
    assert "客户要 12-20" in company.shown(card)[-1].body
    await company.press("su", sales, Verb.APPROVE)
    await company.office.deliver()
    assert "已生效 第2版" in company.shown(card)[-1].status


async def test_where_a_card_cannot_change_the_end_is_told_once_in_a_conversation(company: Company) -> None:
    """On the proposer's card, where the department is asked in the same group on another, for it was submitted by
    word."""
    assert await company.types("he", LATER, SALES) == ""
    await company.types("he", "提交", SALES)
    no = (await company.change(NEWEST)).no
    cards = [row for row in await company.cards(no) if row.conversation == SALES]
    assert {row.purpose for row in cards} == {Purpose.PROPOSAL, Purpose.APPROVAL}
    assert "已记录" in await company.types("su", f"同意 {no}", SALES)
    await company.approves(no)
    ended = {row.purpose: [card.status for card in company.shown(row)[1:]] for row in cards}
    assert ended == {Purpose.PROPOSAL: [f"{no} · 已生效 第2版"], Purpose.APPROVAL: []}


async def test_where_everybody_gets_the_answer_the_submitted_card_asks(company: Company) -> None:
    no = await company.proposes("he", room=SALES)
    (row,) = [row for row in await company.cards(no) if row.conversation == SALES]
    assert (row.purpose, row.department) == (Purpose.APPROVAL, "sales")
    assert (await company.drawn(row)).status == f"{no} · 待销售部决定"
    assert len(company.shown(row)) == 1, "its preview; what it asks came by the answer"
    await company.press("su", row, Verb.APPROVE)
    await company.approves(no, "production")
    assert [card.status for card in company.shown(row)[1:]] == [f"{no} · 已生效 第2版"]


async def later(company: Company) -> None:
    """When no answer is waited for any more."""
    company.clock.move(seconds=ANSWER_GRACE.total_seconds() + 1)
    await company.office.deliver()


async def test_a_letter_that_waits_for_its_answer_holds_nobody_up(company: Company) -> None:
    no = await company.proposes("han")
    card = await company.card(no, Purpose.APPROVAL, "sales")
    await company.press("su", card, Verb.APPROVE, arrives=False)
    assert "SO-1" in await company.types("su", "查计划 SO-1", SALES)


async def test_the_last_approval_whose_answer_was_lost_still_ends_its_card(company: Company) -> None:
    no = await company.proposes("han")
    await company.approves(no, "production")
    card = await company.card(no, Purpose.APPROVAL, "sales")
    await company.press("su", card, Verb.APPROVE, arrives=False)
    assert (await company.change(no)).state is ChangeState.APPLIED
    company.clock.move(seconds=ANSWER_GRACE.total_seconds() + 1)
    await company.office.deliver()
    assert "已生效 第2版" in company.shown(card)[-1].status
    assert timedelta(seconds=5) < ANSWER_GRACE, "an answer is taken for five seconds"




async def test_a_card_is_sent_once_when_it_is_made(company: Company) -> None:
    no = await company.proposes("han")
    for row in await company.cards(no):
        if row.purpose is Purpose.APPROVAL:
            assert row.wanted_version == 1
