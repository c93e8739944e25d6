"""A preview says what was understood: the day that a day off became, quantities with their units."""

from dataclasses import replace

from cards.card import Card
from storage.delivery.cards import Purpose
from tests.handlers.company import PRODUCTION, Company
from tests.previews import NEWEST
from tests.small_company import plan


async def preview(company: Company, text: str) -> Card:
    assert await company.types("han", text, PRODUCTION) == ""
    await company.office.deliver()
    return company.shown(await company.card(NEWEST, Purpose.PROPOSAL))[-1]


async def test_a_day_off_is_told_and_the_title_has_the_day_it_became(company: Company) -> None:
    card = await preview(company, "改期 MO-1 到 12-19（周六） 因为 设备故障")
    assert "12-18" in card.title
    assert "12-19" not in card.title
    assert "📅 12-19 周六 不上班，改到 12-18 周五" in card.body


async def test_a_working_day_is_not_spoken_of(company: Company) -> None:
    card = await preview(company, "改期 MO-1 到 12-18 因为 设备故障")
    assert "12-18" in card.title
    assert "📅" not in card.body


async def test_it_is_told_no_more_once_it_is_submitted(company: Company) -> None:
    no = await company.proposes("han", "改期 MO-1 到 12-19 因为 设备故障")
    card = company.shown(await company.card(no, Purpose.APPROVAL, "sales"))[-1]
    assert "12-18" in card.title
    assert "不上班" not in card.body


async def test_quantities_bear_their_unit(company: Company) -> None:
    made = plan()
    items = {code: replace(item, unit="件" if item.quantity else "") for code, item in made.items.items()}
    company.opens(replace(made, items=items))
    card = await preview(company, "改数量 MO-1 2500 因为 设备故障")
    assert "数量改为2500件" in card.title
    assert "数量 2000 → 2500件" in card.body
