"""The card of a shortage: whoever taps does it in their own name, and what one may not do stays for the others."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from cards.action import Verb
from handlers.notify.facts.readiness_news import tell_news
from handlers.turn import Turn
from planning.plan.plan import Stock
from storage.database import Database
from storage.delivery.cards import CardRow, Purpose
from storage.unit_of_work import UnitOfWork
from tests.bot.delivery.scripted import StandingClock
from tests.handlers.actions.test_remind_supply import waiting
from tests.handlers.company import PRODUCTION, PURCHASING, Company
from tests.handlers.reads.test_ready import STEEL
from tests.previews import newest_change

WEDNESDAY = datetime(2026, 12, 2, tzinfo=UTC)


@pytest.fixture
def company(database: Database) -> Company:
    return Company(database, StandingClock(WEDNESDAY)).opens(waiting())


async def card_in(company: Company, room: str) -> CardRow:
    def unit(uow: UnitOfWork) -> None:
        tell_news(Turn(uow, company.clock.now(), company.environment))
        uow.commit()

    company.database.write_now(unit)
    await company.office.deliver()
    found = company.database.look(lambda uow: uow.cards.put_up_since(Purpose.QUESTION, room, WEDNESDAY))
    return found[-1]


async def test_everybody_there_sees_what_can_be_done(company: Company) -> None:
    card = await company.drawn(await card_in(company, PRODUCTION))
    assert (card.status, [button.text for button in card.buttons]) == ("谁办谁点", ["催 PO-1", "提出变更", "已解决"])
    assert "🔴 MO-1 主板贴片 12-03 开工" in card.body


async def test_where_a_card_draws_short_rows_the_whole_is_a_message_before_it(company: Company) -> None:
    row = await card_in(company, PURCHASING)
    card = await company.drawn(row)
    assert (card.body, [one.text for one in card.buttons]) == ("MO-1 主板贴片：", ["催 PO-1", "提出变更", "已解决"])
    (told,) = company.told(PURCHASING)
    assert told.startswith("**🔴 齐套 ·")
    assert "找谁：采购部 钱波（PO-1）" in told


async def test_a_part_of_it_can_be_begun(database: Database) -> None:
    """Of 300 pieces 120 can be made with what is there; the rest begins when the goods have come."""
    plan = replace(waiting(), stock={STEEL: Stock(STEEL, Decimal(120), Decimal(0), WEDNESDAY)})
    company = Company(database, StandingClock(WEDNESDAY)).opens(plan)
    row = await card_in(company, PRODUCTION)
    assert [one.text for one in (await company.drawn(row)).buttons] == ["催 PO-1", "先做 120", "提出变更", "已解决"]
    await company.press("han", row, Verb.SAY, "1")
    draft = await company.look(newest_change)
    assert draft.text == "拆分 MO-1 先做 120 余下 2026-12-07"
    (split,) = draft.operations
    assert split.to == {"first": "120", "finish": "2026-12-03", "rest": "MO-1/2", "start": "2026-12-07", "days": "1"}


async def test_the_change_is_previewed_as_whoever_taps(company: Company) -> None:
    row = await card_in(company, PRODUCTION)
    await company.press("han", row, Verb.SAY, "1")
    draft = await company.look(newest_change)
    assert (draft.proposer, draft.text) == ("han", "改期 MO-1 开始 到 2026-12-07 因为 来料晚到")


async def test_who_may_not_propose_leaves_it_to_the_others(company: Company) -> None:
    row = await card_in(company, PRODUCTION)
    await company.press("wang", row, Verb.SAY, "1")
    assert [button.text for button in (await company.drawn(row)).buttons] == ["催 PO-1", "提出变更", "已解决"]
    card = await company.press("han", row, Verb.SAY, "1")
    assert [button.text for button in card.buttons] == ["催 PO-1", "已解决"]
    assert (await company.look(newest_change)).proposer == "han"


async def test_the_buyer_is_reminded_by_one_tap(company: Company) -> None:
    row = await card_in(company, PRODUCTION)
    card = await company.press("wang", row, Verb.SAY, "0")
    assert [button.text for button in card.buttons] == ["提出变更", "已解决"]
    await company.office.deliver()
    assert any(text.startswith("⏰ 王五 催 钱波：PO-1 买料") for text in company.told(PURCHASING))


async def test_who_is_refused_leaves_it_to_the_others(database: Database) -> None:
    """Nobody reminds themselves; the others may still."""
    company = Company(database, StandingClock(WEDNESDAY)).opens(waiting(owner="wang"))
    row = await card_in(company, PRODUCTION)
    card = await company.press("wang", row, Verb.SAY, "0")
    assert "负责人就是你，不用催" in card.body
    assert [button.text for button in (await company.drawn(row)).buttons] == ["催 PO-1", "提出变更", "已解决"]
    card = await company.press("han", row, Verb.SAY, "0")
    assert [button.text for button in card.buttons] == ["提出变更", "已解决"]


async def test_who_has_solved_it_is_asked_how_and_nothing_is_closed(company: Company) -> None:
    def questions() -> list[CardRow]:
        return company.database.look(lambda uow: uow.cards.put_up_since(Purpose.QUESTION, PRODUCTION, WEDNESDAY))

    row = await card_in(company, PRODUCTION)
    before = {one.card_id for one in questions()}
    await company.press("wang", row, Verb.SAY, "2")
    await company.office.deliver()
    (asked,) = (one for one in questions() if one.card_id not in before)
    card = await company.drawn(asked)
    assert card.status == "给 王五"
    assert "🔴 MO-1 主板贴片 12-03 开工 · 钢板 需300件 有0 缺300 · 预计 12-07（PO-1）" in card.body
    assert "怎么解决的？记下来才算数，下一次齐套会再核对：" in card.body
    assert card.buttons[0].text == "1 到货 PO-1 全部"
    assert [one.text for one in (await company.drawn(row)).buttons] == ["催 PO-1", "提出变更"]
