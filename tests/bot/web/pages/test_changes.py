"""A request on a page: what stands on it, and decisions under the same guards as a card's buttons."""

from dataclasses import replace

import pytest
from fastapi import FastAPI

from cards.words import Words
from handlers.reads.trail.audit_sentences import told as sentence
from planning.change.change import ChangeState, Verdict
from planning.trail.audit import Kind
from tests.bot.web.pages.conftest import site_of
from tests.bot.web.pages.visitor import Visitor, fields_of
from tests.handlers.company import Company
from tests.previews import NEWEST

SQLITE = pytest.mark.parametrize("backend", ["sqlite"])


async def pressed(visitor: Visitor, no: str, verb: str, comment: str = "", **other: str) -> str:
    """What the page says after a button was pressed on it."""
    fields = fields_of(await visitor.open(f"/changes/{no}")) | other
    return (await visitor.send(f"/changes/{no}", verb=verb, comment=comment, **fields)).text


async def test_a_request_is_told_with_its_steps_and_effect(company: Company, visitor: Visitor) -> None:
    no = await company.proposes("han")
    await visitor.log_in(company, "boss", f"链接 {no}")
    text = await visitor.page(f"/changes/{no}")
    for told in ("推迟2天", "设备故障", "韩冬", "生产部", "销售部", "MO-1", "星河订单", "影响图"):
        assert told in text
    assert "<svg" in await visitor.page(f"/changes/{no}/picture.svg")


@pytest.mark.both_databases
async def test_an_approval_counts_as_one_on_a_card(company: Company, visitor: Visitor) -> None:
    no = await company.proposes("han")
    await visitor.log_in(company, "wang")
    assert f"/changes/{no}" in (await visitor.page("/changes")).split("等你决定")[1]
    assert 'class="note good"' in await pressed(visitor, no, "approve", "可以")
    change = await company.change(no)
    (said,) = next(step for step in change.steps if step.department == "production").decisions
    assert (said.person, said.verdict, said.comment, said.channel) == ("wang", Verdict.APPROVE, "可以", "web")
    assert said.impact_hash == change.impact.hash
    assert "等你决定" not in await visitor.page("/changes")


@pytest.mark.both_databases
async def test_the_last_approval_makes_the_revision(company: Company, visitor: Visitor) -> None:
    no = await company.proposes("han")
    change = await company.change(no)
    await company.approves(no, *(step.department for step in change.waiting if step.department != "production"))
    await visitor.log_in(company, "wang")
    assert "第 2 版" in await pressed(visitor, no, "approve")
    assert (await company.change(no)).state is ChangeState.APPLIED


async def test_a_rejection_needs_words_and_loses_none(company: Company, visitor: Visitor) -> None:
    no = await company.proposes("han")
    await visitor.log_in(company, "wang")
    assert "驳回要写原因" in await pressed(visitor, no, "reject", " … ")
    assert (await company.change(no)).state.is_deciding
    await pressed(visitor, no, "reject", "设备下周才好")
    change = await company.change(no)
    assert change.state is ChangeState.REJECTED
    assert "设备下周才好" in await visitor.page(f"/changes/{no}")


@pytest.mark.both_databases
@pytest.mark.parametrize("verb", ["approve", "reject", "modify"])
async def test_what_no_database_can_hold_is_left_out_of_what_was_typed(
    company: Company, visitor: Visitor, verb: str
) -> None:
    no = await company.proposes("han")
    await visitor.log_in(company, "wang")
    await pressed(visitor, no, verb, "先\0看看\r\n\u200b库存")
    (said,) = next(step for step in (await company.change(no)).steps if step.department == "production").decisions
    assert said.comment == "先看看\n库存"


@pytest.mark.both_databases
@pytest.mark.parametrize("field", ["verb", "comment", "seen", "csrf"])
async def test_nor_is_it_a_fault_where_nobody_types(company: Company, visitor: Visitor, field: str) -> None:
    no = await company.proposes("han")
    await visitor.log_in(company, "wang")
    fields = {"verb": "reject", "comment": "", **fields_of(await visitor.open(f"/changes/{no}"))}
    answer = await visitor.send(f"/changes/{no}", **(fields | {field: "\0"}))
    assert answer.status_code in (400, 403, 409)
    assert 'role="alert"' in answer.text


@SQLITE
async def test_what_was_typed_stands_there_after_a_refusal(company: Company, visitor: Visitor) -> None:
    no = await company.proposes("han")
    await visitor.log_in(company, "wang")
    answer = await pressed(visitor, no, "approve", "先<b>这样", seen="0" * 64)
    assert "先&lt;b&gt;这样</textarea>" in answer
    assert 'role="alert"' in answer


@SQLITE
async def test_nobody_decides_on_what_has_become_another_effect(company: Company, visitor: Visitor) -> None:
    no = await company.proposes("han")
    await visitor.log_in(company, "wang")
    before = (await company.office.counts(), await rows(company, no))
    await pressed(visitor, no, "approve", seen="0" * 64)
    assert (await company.change(no)).waiting == (await company.change(no)).steps
    assert (await company.office.counts(), await rows(company, no)) == before, "nothing is sent nowhere"
    (newest,) = await company.look(lambda turn: turn.uow.audit.newest_first(1))
    assert (newest.kind, newest.actor, newest.facts["code"]) == (Kind.MESSAGE_REFUSED, "wang", "impact-changed")


async def rows(company: Company, no: str) -> int:
    return len(await company.cards(no))


@SQLITE
@pytest.mark.parametrize(
    ("person", "verb"),
    [
        ("han", "approve"), ("boss", "approve"), ("boss", "reject"), ("wang", "withdraw"), ("wang", "settle"),
        ("wang", ""),
    ],
)
async def test_whoever_may_not_changes_nothing(company: Company, visitor: Visitor, person: str, verb: str) -> None:
    no = await company.proposes("han")
    await visitor.log_in(company, person)
    before = await company.change(no)
    assert 'role="alert"' in await pressed(visitor, no, verb, "想改", seen=before.impact.hash)
    assert await company.change(no) == before


@SQLITE
@pytest.mark.parametrize("sign", ["", "made-up", None])
async def test_a_decision_of_another_site_is_none(company: Company, visitor: Visitor, sign: str | None) -> None:
    no = await company.proposes("han")
    await visitor.log_in(company, "wang")
    before, trail = await company.change(no), await last_sentence(company)
    fields = fields_of(await visitor.open(f"/changes/{no}"))
    fields.pop("csrf")
    answer = await visitor.send(
        f"/changes/{no}", verb="approve", comment="", **fields, **({} if sign is None else {"csrf": sign})
    )
    assert answer.status_code == 403
    assert await company.change(no) == before
    assert await last_sentence(company) == trail


@SQLITE
async def test_only_those_who_may_see_buttons(company: Company, visitor: Visitor) -> None:
    no = await company.proposes("han")
    await visitor.log_in(company, "boss")
    assert 'name="verb"' not in await visitor.page(f"/changes/{no}")
    await visitor.log_in(company, "han")
    assert 'value="withdraw"' in await visitor.page(f"/changes/{no}")
    await visitor.log_in(company, "wang")
    assert 'value="approve"' in await visitor.page(f"/changes/{no}")


@SQLITE
@pytest.mark.parametrize(("said", "told"), [("", ""), ("客户又不急了", "：客户又不急了")])
async def test_a_proposer_withdraws(company: Company, visitor: Visitor, said: str, told: str) -> None:
    no = await company.proposes("han")
    await visitor.log_in(company, "han")
    assert "已撤回" in await pressed(visitor, no, "withdraw", said)
    assert (await company.change(no)).state is ChangeState.WITHDRAWN
    assert await last_sentence(company) == f"韩冬 撤回 {no}{told}"


@SQLITE
async def test_a_reason_typed_in_the_chat_is_kept_as_well(company: Company) -> None:
    no = await company.proposes("han")
    await company.types("han", f"撤回 {no} 因为 打错了")
    assert await last_sentence(company) == f"韩冬 撤回 {no}：打错了"


async def last_sentence(company: Company) -> str:
    """The end of the trail, as its readers are told."""
    return await company.look(lambda turn: sentence(turn, *turn.uow.audit.newest_first(1)))


@SQLITE
async def test_pressed_twice_it_counts_once(company: Company, visitor: Visitor) -> None:
    no = await company.proposes("han")
    await visitor.log_in(company, "wang")
    fields = fields_of(await visitor.open(f"/changes/{no}"))
    for _ in range(2):
        await visitor.send(f"/changes/{no}", verb="approve", comment="", **fields)
    step = (await company.change(no)).step_of("production")
    assert step is not None
    assert len(step.decisions) == 1


@SQLITE
async def test_a_draft_is_its_proposers_own(company: Company, visitor: Visitor) -> None:
    await company.types("han", "改期 MO-1 推迟2天 因为 设备故障")
    key = (await company.change(NEWEST)).no
    await visitor.log_in(company, "wang")
    assert (await visitor.open(f"/changes/{key}")).status_code == 404


@SQLITE
@pytest.mark.parametrize("no", ["CR-20261123-999", "CR-1", "%00", "..%2f", "CR-20261123-001'--", "x" * 3000])
async def test_what_is_not_there_is_a_sentence(company: Company, visitor: Visitor, no: str) -> None:
    await visitor.log_in(company, "boss")
    answer = await visitor.open(f"/changes/{no}")
    assert answer.status_code == 404
    assert "Traceback" not in answer.text


@SQLITE
async def test_what_people_write_is_text(company: Company, visitor: Visitor) -> None:
    no = await company.proposes("han", "改期 MO-1 推迟2天 因为 <script>alert(1)</script>\"'&坏了")
    await visitor.log_in(company, "boss")
    for path in (f"/changes/{no}", "/changes", "/overview"):
        assert "<script>alert" not in await visitor.page(path)


@SQLITE
async def test_a_decision_reaches_the_cards(company: Company, visitor: Visitor, site: FastAPI) -> None:
    """Whoever looks at the chat afterwards sees what was decided on the page."""
    no = await company.proposes("han")
    await visitor.log_in(company, "wang")
    await pressed(visitor, no, "reject", "不行")
    await company.office.deliver()
    shown = [card.card for card in company.office.channel.cards if no in card.card.status]
    assert any("驳回" in card.status for card in shown)


@SQLITE
async def test_in_english_everything_is(company: Company) -> None:
    no = await company.proposes("han")
    english = Company(company.database, company.clock, replace(company.environment, words=Words("en")))
    async with Visitor.of(site_of(english)) as visitor:
        await visitor.log_in(english, "wang")
        text = await visitor.page(f"/changes/{no}")
        assert "Who decides" in text
        assert "Approve" in text


@pytest.mark.both_databases
async def test_opening_its_page_is_noted_once_for_each_visitor(company: Company, visitor: Visitor) -> None:
    no = await company.proposes("han")
    await visitor.log_in(company, "wang")
    await visitor.page("/changes")
    assert await company.look(lambda turn: turn.uow.detail_openings.of(no)) == {}
    await visitor.page(f"/changes/{no}")
    first = await company.look(lambda turn: turn.uow.detail_openings.of(no))
    company.clock.move(minutes=5)
    await visitor.page(f"/changes/{no}")
    assert list(first) == ["wang"]
    assert await company.look(lambda turn: turn.uow.detail_openings.of(no)) == first
