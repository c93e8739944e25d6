"""The sync card: the facts of a morning, signed as they are stored by two different people."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from cards.action import Verb
from cards.card import Card
from cards.words import Words
from planning.rhythm.sync import Seat, SyncCard, SyncState, SyncTerms, hash_of
from planning.subject import Subject, SubjectKind
from storage.database import Database
from storage.delivery.cards import CardRow
from tests.bot.delivery.office import ENVIRONMENT
from tests.bot.delivery.scripted import StandingClock
from tests.handlers.company import PLANNING, PRODUCTION, PURCHASING, SALES, Company

TERMS = SyncTerms("08:30", "09:30", (Seat("生产", "wang"), Seat("计划", "lin")), PLANNING)
TUESDAY = date(2026, 11, 24)
AT_0830 = datetime(2026, 11, 24, 0, 30, tzinfo=UTC)


async def opened(database: Database, terms: SyncTerms = TERMS) -> Company:
    """The company on Tuesday at 08:30, the card sent."""
    company = Company(database, environment=replace(ENVIRONMENT, sync=terms)).opens()
    await company.scheduler.set_up()
    await until(company, AT_0830)
    return company


async def until(company: Company, moment: datetime) -> None:
    await company.rings(seconds=(moment - company.clock.now()).total_seconds())


async def kept(company: Company, day: date = TUESDAY) -> SyncCard:
    card = await company.look(lambda turn: turn.uow.sync_cards.of(day))
    assert card is not None
    return card


async def row(company: Company, room: str = PLANNING, day: date = TUESDAY) -> CardRow:
    rows = await company.cards_about(Subject(SubjectKind.SYNC, day.isoformat()))
    return next(one for one in rows if one.conversation == room)


async def sign(company: Company, person: str, seat: str = "0", room: str = PLANNING) -> Card:
    there = await row(company, room)
    card = company.shown(there)[-1]
    return await company.press(person, there, Verb.SIGN, seat, on=card)


async def trail(company: Company, kind: str) -> list[str]:
    events = await company.look(lambda turn: list(turn.uow.audit.chain()))
    return [event.actor for event in events if event.kind == kind]


async def test_it_has_five_lines_always(database: Database) -> None:
    company = await opened(database)
    (card,) = company.shown(await row(company))
    told = [line.removeprefix("- ") for line in card.body.splitlines() if line]
    assert told == [
        "变更：无",
        "到料：无",
        "今明开工：无",
        "待决定：无",
        "未了反馈：无",
        "生产：等 王五",
        "计划：等 林静",
    ]
    assert [button.text for button in card.buttons] == ["生产签到", "计划签到", "有问题"]
    assert card.status == "待签到：生产 王五、计划 林静"


async def test_two_people_sign_the_stored_content(database: Database) -> None:
    company = await opened(database)
    await sign(company, "wang")
    assert (await kept(company)).state is SyncState.HALF
    await sign(company, "lin", "1")
    card = await kept(company)
    assert card.state is SyncState.SIGNED
    assert {one.sha256 for one in card.signatures} == {hash_of(card.content)}
    assert card.signed_at == card.signatures[-1].at
    assert await trail(company, "sync.signed") == ["wang", "lin"]


async def test_one_person_never_signs_both(database: Database) -> None:
    company = await opened(database)
    await company.leaves("wang", "代理 林静 11-24~11-25")
    await sign(company, "lin", "0")
    refused = await sign(company, "lin", "1")
    assert "一个人不能签两栏" in refused.body
    (only,) = (await kept(company)).signatures
    assert (only.seat, only.person, only.acting_for) == ("生产", "lin", "wang")


async def test_whoever_has_no_seat_signs_nothing(database: Database) -> None:
    company = await opened(database)
    refused = await sign(company, "han")
    assert "这一栏由 生产 王五 签" in refused.body
    assert "这一栏由 生产 王五、计划 林静 签" in await company.types("he", "签到", SALES)
    assert (await kept(company)).signatures == ()


async def test_a_second_click_is_the_same_signature(database: Database) -> None:
    company = await opened(database)
    there = await row(company)
    shown = company.shown(there)[-1]
    for _ in range(2):
        await company.press("wang", there, Verb.SIGN, "0", on=shown)
    assert len((await kept(company)).signatures) == 1


async def test_facts_that_are_new_before_the_deadline_are_signed_anew(database: Database) -> None:
    company = await opened(database)
    await sign(company, "wang")
    first = await kept(company)
    no = await company.proposes("han", "改期 RC-1 推迟2天 因为 盘点")
    await company.approves(no)
    await company.office.deliver()
    card = await kept(company)
    assert (card.version, card.state) == (2, SyncState.OPEN)
    assert card.facts["changes"]["n"] == 1
    stale = await company.press("lin", await row(company), Verb.SIGN, "1", on=company.shown(await row(company))[0])
    assert "内容有更新" in stale.body
    await sign(company, "wang")
    await sign(company, "lin", "1")
    card = await kept(company)
    assert card.state is SyncState.SIGNED
    assert [one.version for one in card.signatures] == [1, 2, 2]
    contents = await company.look(lambda turn: turn.uow.sync_cards.contents(TUESDAY))
    assert contents == [first.content, card.content]


async def test_facts_that_are_new_after_the_deadline_are_only_shown(database: Database) -> None:
    company = await opened(database)
    await sign(company, "wang")
    await sign(company, "lin", "1")
    await until(company, AT_0830.replace(hour=1, minute=31))
    no = await company.proposes("han", "改期 RC-1 推迟2天 因为 盘点")
    await company.approves(no)
    await company.office.deliver()
    card = await kept(company)
    assert (card.version, card.state) == (1, SyncState.SIGNED)
    assert "签后又有 1 单变更" in company.shown(await row(company))[-1].body


async def test_the_deadline_calls_those_who_may_help_once(database: Database) -> None:
    company = await opened(database)
    await sign(company, "lin", "1")
    await until(company, datetime(2026, 11, 24, 1, 30, tzinfo=UTC))
    card = await kept(company)
    assert card.escalated_at == datetime(2026, 11, 24, 1, 30, tzinfo=UTC)
    assert [line for line in company.told(PLANNING) if "还没签" in line] == [
        "今天的同步卡还没签：生产 王五。签到请按卡片上的按钮，或发“签到”。"
    ]
    shown = company.shown(await row(company, PRODUCTION))[-1]
    assert shown.status == "未签：生产 王五"
    assert [button.text for button in shown.buttons] == ["生产代签", "有问题"]
    await company.rings(minutes=5)
    assert len(await trail(company, "sync.escalated")) == 1


async def test_it_is_signed_late_until_its_end_and_then_missed(database: Database) -> None:
    company = await opened(database)
    await until(company, datetime(2026, 11, 24, 1, 47, tzinfo=UTC))
    late = await sign(company, "wang")
    assert "生产：王五 迟签 09:47" in late.body
    await until(company, datetime(2026, 11, 24, 10, 0, tzinfo=UTC))
    assert (await kept(company)).state is SyncState.MISSED
    assert "已经结束" in await company.types("lin", "签到", PLANNING)
    assert len(await trail(company, "sync.missed")) == 1


async def test_one_that_is_sent_late_has_an_hour(database: Database) -> None:
    company = Company(database, environment=replace(ENVIRONMENT, sync=TERMS)).opens()
    await company.scheduler.set_up()
    await until(company, datetime(2026, 11, 24, 4, 0, tzinfo=UTC))
    card = await kept(company)
    assert card.deadline - card.sent_at == timedelta(hours=1)
    again = Company(database, company.clock, environment=replace(ENVIRONMENT, sync=TERMS))
    await again.scheduler.set_up()
    await again.rings(minutes=1)
    assert len(await company.cards_about(card.subject)) == 1


async def test_after_its_day_none_is_made_up_for(database: Database) -> None:
    company = Company(database, environment=replace(ENVIRONMENT, sync=TERMS)).opens()
    await company.scheduler.set_up()
    await until(company, datetime(2026, 11, 24, 10, 0, tzinfo=UTC))
    assert await company.look(lambda turn: turn.uow.sync_cards.last()) is None
    await until(company, datetime(2026, 11, 25, 0, 30, tzinfo=UTC))
    assert (await kept(company, date(2026, 11, 25))).day == date(2026, 11, 25)


async def test_what_is_wrong_is_the_other_seats(database: Database) -> None:
    company = await opened(database)
    there = await row(company)
    await company.press("wang", there, Verb.PROBLEM, input="MO-1 的数不对")
    (issue,) = await company.look(lambda turn: turn.uow.issues.underway())
    assert (issue.owner, issue.about) == ("lin", "MO-1")


async def test_it_is_signed_and_looked_at_by_word(database: Database) -> None:
    company = await opened(database)
    card = await kept(company)
    assert await company.types("wang", "qd", PRODUCTION) == f"已签：生产，内容 {card.sha256[:12]}。"
    told = await company.types("lin", "签到 今天", PLANNING)
    assert "生产：王五 08:30 签到" in told
    assert card.sha256 in told
    assert "2026-11-20 没有同步卡" in await company.types("lin", "签到 2026-11-20", PLANNING)


async def test_in_a_group_that_gets_a_new_message_for_each_only_the_end_is_one(database: Database) -> None:
    seats = (Seat("采购", "zhao"), Seat("计划", "qian"))
    company = await opened(database, SyncTerms("08:30", "09:30", seats, PURCHASING))
    there = await row(company, PURCHASING)
    before = len(company.shown(there))
    await company.press("zhao", there, Verb.SIGN, "0", on=company.shown(there)[-1])
    await company.office.deliver()
    half = len(company.shown(there))
    await company.types("qian", "签到", SALES)
    await company.office.deliver()
    assert (half - before, len(company.shown(there)) - half) == (0, 1)
    assert company.shown(there)[-1].status == "已签到"


async def test_without_settings_nothing_is_signed(database: Database) -> None:
    company = Company(database, StandingClock()).opens()
    assert "没有设置同步卡" in await company.types("wang", "签到")


@pytest.mark.parametrize("locale", ["zh-CN", "en"])
async def test_both_languages(database: Database, locale: str) -> None:
    company = Company(database, environment=replace(ENVIRONMENT, sync=TERMS, words=Words(locale))).opens()
    await company.scheduler.set_up()
    await until(company, AT_0830)
    (card,) = company.shown(await row(company))
    assert card.title.startswith("11-24 周二" if locale == "zh-CN" else "Tue")
