"""A request has its number from its submission on; until then it is its proposer's preview, which people call that."""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from cards.action import Verb
from handlers.events import WORDLESS
from handlers.notify.undelivered import report_undelivered
from handlers.reads.trail.audit_sentences import told
from handlers.turn import Turn
from planning.change.change import PREVIEW, ChangeState
from storage.change.changes import StaleChange
from storage.database import Database
from storage.delivery.cards import CardRow, Purpose
from storage.unit_of_work import UnitOfWork
from tests.databases import fresh_database
from tests.handlers.company import LATER, PLANNING, PRODUCTION, PURCHASING, SALES, Company
from tests.handlers.lifecycle.test_emergencies import kinds
from tests.previews import NEWEST

FIRST, SECOND = "CR-20261123-001", "CR-20261123-002"
OTHER = "改期 RC-1 推迟2天 因为 停电"


@pytest.fixture
def open_company(company: Company) -> Company:
    return company.opens()


async def previewed(company: Company, person: str = "han", text: str = LATER, room: str = PRODUCTION) -> CardRow:
    assert await company.types(person, text, room) == "", "a preview is the answer"
    return await company.card(NEWEST, Purpose.PROPOSAL)


# in the order of submission


@pytest.mark.both_databases
async def test_a_preview_that_is_left_uses_no_number_up(open_company: Company) -> None:
    another = LATER.replace("2天", "3天")
    left, discarded = await previewed(open_company), await previewed(open_company, text=another)
    await open_company.press("han", discarded, Verb.DISCARD)
    assert await open_company.submits("han", await previewed(open_company, text=OTHER)) == FIRST
    assert await open_company.submits("han", left) == SECOND


async def test_the_day_is_that_of_the_submission(open_company: Company) -> None:
    preview = await previewed(open_company)
    open_company.clock.move(days=1)
    assert await open_company.submits("han", preview) == "CR-20261124-001"


async def test_a_suggestion_has_one_from_the_start_and_keeps_it(open_company: Company) -> None:
    preview = await previewed(open_company, "lin", OTHER, PLANNING)
    first = await open_company.proposes("han")
    await open_company.types("su", f"驳回 {first} 因为 太早 建议 推迟3天", SALES)
    suggested = await open_company.card(NEWEST, Purpose.PROPOSAL)
    assert (first, suggested.subject.id) == (FIRST, SECOND)
    assert await open_company.submits("lin", preview) == "CR-20261123-003"
    assert await open_company.submits("han", suggested) == SECOND


async def test_two_processes_never_give_the_same(tmp_path: Path) -> None:
    with fresh_database("postgresql", tmp_path, migrated=True) as url:
        databases = [Database(url, "main") for _ in range(2)]
        first = Company(databases[0]).opens()
        second = Company(databases[1], first.clock)
        previews = [(company, await previewed(company, text=f"改期 PO-1 推迟{days}天 因为 到货晚"))
                    for days, company in enumerate((first, second) * 3, 1)]  # fmt: skip
        events = [(company, company.pressed("han", row, Verb.SUBMIT)) for company, row in previews]
        await asyncio.gather(*(company.inbox_worker.clicked(event) for company, event in events))
        known = await first.look(lambda turn: sorted(turn.uow.changes.open_ones(), key=lambda one: one.no))
        assert [change.no for change in known] == [f"CR-20261123-{n:03d}" for n in range(1, 7)]
        for database in databases:
            database.close()


async def test_who_saved_in_between_is_not_written_over(open_company: Company) -> None:
    seen = await open_company.change((await previewed(open_company)).subject.id)

    def twice(uow: UnitOfWork) -> None:
        uow.changes.save(seen)
        uow.changes.number(seen, Turn(uow, open_company.clock.now(), open_company.environment).today)

    with pytest.raises(StaleChange):
        open_company.database.write_now(twice)


# what was the preview's is the request's


async def test_its_card_is_the_requests(open_company: Company) -> None:
    preview = await previewed(open_company)
    assert open_company.shown(preview)[-1].status == "预览 · 待你提交"
    shown = await open_company.press("han", preview, Verb.SUBMIT)
    assert shown.status.startswith(f"{FIRST} · 待")
    (card,) = [row for row in await open_company.cards(FIRST) if row.purpose is Purpose.PROPOSAL]
    assert card.card_id == preview.card_id
    assert (await open_company.change(FIRST)).operations[0].item == "MO-1"


async def test_a_click_on_it_after_it_was_submitted_by_word(open_company: Company) -> None:
    preview = await previewed(open_company)
    await open_company.types("han", "提交")
    shown = await open_company.press("han", preview, Verb.SUBMIT)
    assert shown.summary == f"{FIRST} 已经提交过了，不用再提交。"
    assert shown.status.startswith(f"{FIRST} · 待")
    assert (await open_company.change(FIRST)).state is ChangeState.IN_APPROVAL
    assert await open_company.look(lambda turn: turn.uow.changes.counts()) == {"in_approval": 1}


async def test_its_button_works_in_the_next_process(open_company: Company) -> None:
    preview = await previewed(open_company)
    later = Company(open_company.database, open_company.clock)
    assert await later.submits("han", preview) == FIRST


async def test_a_click_that_the_platform_brings_again_gives_no_second_number(open_company: Company) -> None:
    preview = await previewed(open_company)
    for _ in range(2):
        await open_company.press("han", preview, Verb.SUBMIT, event_id="once")
    assert await open_company.look(lambda turn: turn.uow.changes.counts()) == {"in_approval": 1}


async def test_what_it_had_shown_stays_seen(open_company: Company) -> None:
    preview = await previewed(open_company)
    no = await open_company.submits("han", preview)
    shown = await open_company.look(lambda turn: turn.uow.showings.of(no, turn.now))
    assert (await open_company.change(no)).impact.hash in {one.effect for one in shown}


async def test_a_card_that_was_on_its_way_meanwhile_shows_the_request(open_company: Company) -> None:
    """The platform confirms the preview's card only after it was submitted by word."""
    preview = await previewed(open_company)
    no = await open_company.submits("han", preview)
    late = open_company.clock.now()

    def confirmed(uow: UnitOfWork) -> None:
        uow.showings.note(preview, "e", late)
        uow.commit()

    open_company.database.write_now(confirmed)
    shown = await open_company.look(lambda turn: turn.uow.showings.of(no, turn.now))
    assert "e" in {one.effect for one in shown}


@pytest.mark.both_databases
async def test_who_received_it_does_not_stand_in_its_way(open_company: Company) -> None:
    """A button made up for the preview's card."""
    preview = await previewed(open_company)
    await open_company.press("han", preview, Verb.RECEIVED)
    assert await open_company.submits("han", preview) == FIRST
    assert "han" in await open_company.look(lambda turn: turn.uow.changes.acknowledged(FIRST))


async def test_what_is_submitted_instead_of_another_names_it(open_company: Company) -> None:
    first = await open_company.proposes("han")
    new = await open_company.submits("han", await previewed(open_company, text=f"修改 {first} 推迟3天"))
    assert (await open_company.change(new)).supersedes == (first,)
    assert (await open_company.change(first)).superseded_by == new


async def test_the_trail_tells_of_both_as_one(open_company: Company) -> None:
    preview = await previewed(open_company)
    no = await open_company.submits("han", preview)
    assert await kinds(open_company, no) == ["change.drafted", "change.submitted"]
    sentences = await open_company.look(lambda turn: [told(turn, event) for event in turn.uow.audit.chain()])
    assert sentences[-2:] == [
        "韩冬 起草 预览：MO-1 推迟2天（设备故障）",
        f"韩冬 提交 {no}，请 销售部、生产部 决定",
    ]


# nobody ever reads its key


@pytest.mark.both_databases
async def test_nobody_reads_its_key(open_company: Company) -> None:
    """A walk through preview, refusal, revision, discarding, submission and another process."""
    company, seen = open_company, list[object]()
    preview = await previewed(company)
    for person, verb in (("wang", Verb.SUBMIT), ("wang", Verb.DISCARD), ("han", Verb.DETOUR), ("han", Verb.URGENT),
                         ("han", Verb.RECEIVED), ("han", Verb.DETAILS), ("wang", Verb.APPROVE)):  # fmt: skip
        seen.append(await company.press(person, preview, verb))
    revised = await previewed(company, text="修改 本单 推迟3天")
    for verb in (Verb.SUBMIT, Verb.DISCARD):
        seen.append(await company.press("han", preview, verb))
    company = Company(company.database, company.clock)
    for text in ("待办", "总览", "撤回", "同意", "催办", "谁知道", "影响图", "说说看"):
        seen.append(await company.types("han", text))
    seen.append(await company.press("han", revised, Verb.SUBMIT))
    preview = await previewed(company)
    seen.append(await company.press("han", preview, Verb.DISCARD))
    again = await previewed(company)
    await company.approves(await company.proposes("lin", "取消 MO-1 因为 客户撤单", PLANNING))
    for _ in range(2):
        seen.append(await company.press("han", again, Verb.SUBMIT))
    seen.append(await company.types("han", "提交"))
    await company.rings(days=1)
    for one in (open_company, company):
        for channel in (one.office.channel, one.office.wecom):
            seen += [*channel.cards, *channel.posts]
    seen += await company.look(lambda turn: [told(turn, event) for event in turn.uow.audit.chain()])
    assert len(seen) > 40
    assert not [one for one in seen if PREVIEW in str(one)]


async def test_a_quote_whose_words_are_kept_back_is_asked_about_without_it(open_company: Company) -> None:
    await previewed(open_company)
    await open_company.inbox_worker.said(replace(open_company.said("han", "提交"), quoted=WORDLESS))
    await open_company.inbox_worker.stop()
    await open_company.office.deliver()
    card = open_company.questions(PRODUCTION)[-1]
    assert next(button.text for button in card.buttons) == "1 提交 本单"
    assert PREVIEW not in str(card)


async def test_a_preview_that_cannot_be_delivered_is_told_by_its_wish(open_company: Company) -> None:
    preview = await previewed(open_company, "qian", LATER, PURCHASING)

    def given_up(uow: UnitOfWork) -> None:
        turn = Turn(uow, open_company.clock.now(), open_company.environment)
        uow.outbox.show(preview, turn.now, uow.cards.want_next(preview))
        (message,) = uow.outbox.claim(turn.now, 9)
        report_undelivered(turn, message, "timeout")
        uow.commit()

    open_company.database.write_now(given_up)
    await open_company.office.deliver()
    assert "预览 MO-1" in open_company.told(PLANNING)[-1]
