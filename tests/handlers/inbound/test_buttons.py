"""Every button, pressed by somebody who may: it answers with what its record says."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest

from cards.action import Verb
from handlers.actions.delivery.check_card import put_up_check
from handlers.events import Answer
from handlers.inbound.buttons import BUTTONS, Button, Shows
from planning.change.conflict import MERGE
from planning.exceptions.episode import Episode, State
from planning.exceptions.finding import Code, Key, Severity
from planning.subject import Subject, SubjectKind
from storage.database import Database
from storage.delivery.cards import CardRow, Purpose
from storage.unit_of_work import UnitOfWork
from tests.bot.delivery.office import ENVIRONMENT
from tests.handlers.actions.test_bind import NEW
from tests.handlers.actions.test_fence_options import DOWN, FAR, SALE, previewed
from tests.handlers.actions.test_join import ONE_TO_ONE, stranger
from tests.handlers.company import LATER, PRODUCTION, PURCHASING, SALES, Company
from tests.handlers.governed import governed, newest_card
from tests.handlers.lifecycle.test_conflicts import clash

EARLY_SALE = replace(SALE, first=date(2026, 12, 1), last=date(2026, 12, 8))
"""RC-1 can go round it, or through it as an emergency."""


@dataclass(frozen=True)
class Press:
    person: str
    row: CardRow
    choice: str = ""
    input: str = ""


async def of_a_draft(company: Company) -> list[Press]:
    return [Press("han", await previewed(company, LATER, "han", PRODUCTION))]


async def of_a_draft_inside_a_fence(company: Company) -> list[Press]:
    return [Press("lin", await previewed(company, FAR))]


async def card(company: Company, purpose: Purpose, department: str) -> CardRow:
    return await company.card(await company.proposes("han"), purpose, department)


def who_is_asked(person: str, *ways: str) -> Callable[[Company], Awaitable[list[Press]]]:
    async def presses(company: Company) -> list[Press]:
        row = await card(company, Purpose.APPROVAL, "production")
        return [Press(person, row, input=way) for way in ways or ("",)]

    return presses


async def without_a_colleague_and_with_one(company: Company) -> list[Press]:
    row = await card(company, Purpose.APPROVAL, "production")
    return [Press("wang", row), Press("wang", row, choice="lin")]


async def of_a_notice(company: Company) -> list[Press]:
    no = await company.proposes("han")
    await company.approves(no)
    return [Press("li", await company.card(no, Purpose.NOTICE, "warehouse"))]


async def of_a_conflict(company: Company) -> list[Press]:
    return [Press("han", (await clash(company))[PRODUCTION], choice=MERGE)]


def of_a_question(*ways: tuple[str, str]) -> Callable[[Company], Awaitable[list[Press]]]:
    async def presses(company: Company) -> list[Press]:
        rows = [await company.question("han", "改期 RC-1 推迟1天") for _ in ways]
        return [Press("han", row, choice, said) for row, (choice, said) in zip(rows, ways, strict=True)]

    return presses


def of_a_delegation(person: str) -> Callable[[Company], Awaitable[list[Press]]]:
    async def presses(company: Company) -> list[Press]:
        await company.types("han", "代理 王五 12-01~12-05")
        return [Press(person, (await company.cards_about(Subject(SubjectKind.DELEGATION, "han/0")))[0])]

    return presses


def of_an_exception(person: str, *inputs: str) -> Callable[[Company], Awaitable[list[Press]]]:
    async def presses(company: Company) -> list[Press]:
        at, facts = company.clock.now(), {"start": "2026-12-07", "days": "2", "forecast": "2026-12-14"}

        def unit(uow: UnitOfWork) -> CardRow:
            late = Episode(Key(Code.LATE_START, "MO-1"), State.OPEN, Severity.HIGH, Severity.HIGH, at, at, facts=facts)
            (kept,) = uow.exceptions.keep([replace(late, card=1, told=Severity.HIGH, told_at=at)])
            row = uow.cards.add(Purpose.EXCEPTION, Subject(SubjectKind.EXCEPTION, str(kept.number)), PRODUCTION, at)
            uow.outbox.show(row, at)
            uow.commit()
            return row

        row = company.database.write_now(unit)
        await company.office.deliver()
        return [Press(person, row, input=said) for said in inputs or ("",)]

    return presses


def of_an_issue(person: str, *inputs: str, solved: bool = False) -> Callable[[Company], Awaitable[list[Press]]]:
    async def presses(company: Company) -> list[Press]:
        await company.types("he", "反馈 MO-1 图纸不清", SALES)
        if solved:
            await company.types("wang", "反馈 IS-20261123-001 解决了")
        about = Subject(SubjectKind.ISSUE, "IS-20261123-001")
        row = next(row for row in await company.cards_about(about) if solved is (row.conversation == SALES))
        return [Press(person, row, input=said) for said in inputs or ("",)]

    return presses


def of_a_record(person: str, *inputs: str) -> Callable[[Company], Awaitable[list[Press]]]:
    async def presses(company: Company) -> list[Press]:
        await company.types("han", "记录 和 赵敏 约定 MO-1 推迟2天")
        about = Subject(SubjectKind.RECORD, "JL-20261123-001")
        room = PRODUCTION if person == "han" else PURCHASING
        row = next(row for row in await company.cards_about(about) if row.conversation == room)
        return [Press(person, row, input=said) for said in inputs or ("",)]

    return presses


async def of_a_notice_that_is_wrong(company: Company) -> list[Press]:
    (press,) = await of_a_notice(company)
    return [press, replace(press, input="那天盘点")]


def of_the_settings(person: str) -> Callable[[Company], Awaitable[list[Press]]]:
    async def presses(company: Company) -> list[Press]:
        await company.types("admin", "绑定 生产部", NEW)
        return [Press(person, (await newest_card(company, NEW)))]

    return presses


async def of_somebody_unknown(company: Company) -> list[Press]:
    await company.inbox_worker.said(stranger(company))
    await company.inbox_worker.stop()
    asked = Press("d-zhang", await newest_card(company, ONE_TO_ONE), choice="production")

    def unit(uow: UnitOfWork) -> Subject:
        now = company.clock.now()
        request = put_up_check(company.current.turn(uow, now), "production", timedelta(minutes=2))
        uow.commit()
        return request.subject

    checks = company.database.write_now(unit)
    await company.office.deliver()
    return [asked, Press("d-zhang", (await company.cards_about(checks))[0], choice="check")]


SITUATIONS: Mapping[Verb, Callable[[Company], Awaitable[list[Press]]]] = {
    Verb.SUBMIT: of_a_draft,
    Verb.DISCARD: of_a_draft,
    Verb.APPROVE: who_is_asked("wang"),
    Verb.REJECT: who_is_asked("wang", "", "产能不够"),
    Verb.MODIFY: who_is_asked("wang", "", "请改到 12-14"),
    Verb.TRANSFER: without_a_colleague_and_with_one,
    Verb.RECEIVED: of_a_notice,
    Verb.REMIND: who_is_asked("han"),
    Verb.SETTLE: of_a_conflict,
    Verb.EXTEND: who_is_asked("lin"),
    Verb.DETOUR: of_a_draft_inside_a_fence,
    Verb.URGENT: of_a_draft_inside_a_fence,
    Verb.SAY: of_a_question(("0", "")),
    Verb.FILL: of_a_question(("", ""), ("", "客户要求")),
    Verb.NEITHER: of_a_question(("", "")),
    Verb.ACCEPT: of_a_delegation("wang"),
    Verb.DECLINE: of_a_delegation("wang"),
    Verb.CALL_OFF: of_a_delegation("han"),
    Verb.CONFIRM: of_the_settings("admin"),
    Verb.REFUSE: of_the_settings("admin"),
    Verb.APPLY: of_somebody_unknown,
    Verb.CURE: of_an_exception("han"),
    Verb.TAKE: of_an_exception("wang"),
    Verb.SNOOZE: of_an_exception("wang", "", "等料"),
    Verb.MUTE: of_an_exception("lin", "", "客户已同意"),
    Verb.PROBLEM: of_a_notice_that_is_wrong,
    Verb.SEE_TO: of_an_issue("wang"),
    Verb.REPLY: of_an_issue("wang", "", "换了"),
    Verb.HAND_ON: of_an_issue("wang", "", "韩冬"),
    Verb.CHANGE: of_an_issue("han"),
    Verb.SOLVED: of_an_issue("wang"),
    Verb.UNSOLVED: of_an_issue("he", solved=True),
    Verb.AGREE: of_a_record("zhao"),
    Verb.DISPUTE: of_a_record("zhao", "", "我说的是 3 天"),
    Verb.DRAFT: of_a_record("han"),
    Verb.DETAILS: who_is_asked("wang"),
    Verb.BACK: who_is_asked("wang"),
}


def shown(answer: Answer) -> Shows:
    """A refusal is none of these."""
    assert not answer.card.body.startswith("**⚠"), answer.card.summary
    if any(button.action.verb is Verb.BACK for button in answer.card.buttons):
        return Shows.PAGE
    return Shows.SENTENCE if answer.card.body.startswith(("**✅", "**✏️")) else Shows.CARD


@pytest.mark.parametrize("backend", ["sqlite"])
@pytest.mark.parametrize("button", BUTTONS.values(), ids=lambda button: button.verb)
async def test_it_answers_with_what_its_record_says(database: Database, button: Button) -> None:
    inside = button.verb in (Verb.DETOUR, Verb.URGENT)
    in_database = button.verb in (Verb.CONFIRM, Verb.REFUSE, Verb.APPLY)
    environment = replace(ENVIRONMENT, fences=(EARLY_SALE,), rules=(DOWN,)) if inside else ENVIRONMENT
    company = (governed(database) if in_database else Company(database, environment=environment)).opens()
    answers = [
        await company.answers(
            company.pressed(press.person, press.row, button.verb, press.choice, input=press.input)
        )
        for press in await SITUATIONS[button.verb](company)
    ]
    assert {shown(answer) for answer in answers} == set(button.answers)
