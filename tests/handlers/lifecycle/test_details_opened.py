"""Who has opened a request's details: on a card and on its page, the first time of each person, never of a draft."""

from datetime import datetime, timedelta

import pytest

from cards.action import Verb
from storage.delivery.cards import Purpose
from tests.handlers.company import Company
from tests.previews import NEWEST


async def opened(company: Company, no: str) -> dict[str, datetime]:
    return await company.look(lambda turn: turn.uow.detail_openings.of(no))


@pytest.mark.both_databases
async def test_on_a_card_the_first_time_counts(company: Company) -> None:
    no = await company.proposes("han")
    card = await company.card(no, Purpose.APPROVAL, "production")
    assert await opened(company, no) == {}
    first = company.clock.now()
    await company.press("wang", card, Verb.DETAILS)
    company.clock.move(minutes=5)
    await company.press("wang", card, Verb.DETAILS)
    found = await opened(company, no)
    assert list(found) == ["wang"]
    assert found["wang"] - first < timedelta(minutes=5)


@pytest.mark.parametrize("backend", ["sqlite"])
async def test_of_a_draft_nothing_is_noted(company: Company) -> None:
    await company.types("han", "推迟 MO-1 2天 因为 设备故障")
    card = await company.card(NEWEST, Purpose.PROPOSAL)
    await company.press("han", card, Verb.DETAILS)
    await company.press("han", card, Verb.SUBMIT)
    assert await opened(company, (await company.change(NEWEST)).no) == {}
