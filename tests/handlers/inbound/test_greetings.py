"""Who greets or thanks is answered with one friendly line a day; after that nobody is disturbed."""

from dataclasses import replace

import pytest

from cards.words import Words
from handlers.inbound.messages import hear
from handlers.turn import Turn
from storage.unit_of_work import UnitOfWork
from tests.handlers.company import PLANNING, PRODUCTION, Company

LINE = "韩冬，我在。直接说就行，例如：查计划 SO-1042、改期 SO-1042 推迟2天 因为 …、待办；不知道怎么写就发“帮助”。"


@pytest.fixture
def open_company(company: Company) -> Company:
    return company.opens()


async def test_once_a_day_for_each_person_and_conversation(open_company: Company) -> None:
    assert await open_company.types("han", "你好") == LINE
    assert await open_company.types("han", "在吗？") == ""
    assert await open_company.types("han", "谢谢！") == ""
    assert (await open_company.types("wang", "你好")).startswith("王五，我在。")
    assert await open_company.types("han", "你好", PLANNING) == LINE
    open_company.clock.move(days=1)
    assert await open_company.types("han", "早上好") == LINE


async def test_thanks_answer_no_question(open_company: Company) -> None:
    await open_company.question("han", "改期 RC-1 推迟1天")
    await open_company.types("han", "谢谢")
    await open_company.office.deliver()
    assert not [sent for sent in open_company.office.channel.cards if "谢谢" in sent.card.body]


async def test_it_is_said_in_english_as_well(open_company: Company) -> None:
    said = open_company.said("han", "hello", PRODUCTION)

    def unit(uow: UnitOfWork) -> list[str]:
        hear(Turn(uow, open_company.clock.now(), replace(open_company.environment, words=Words("en"))), said)
        return [message.body or "" for message in uow.outbox.claim(open_company.clock.now(), 9)]

    assert await open_company.database.write(unit) == [
        "韩冬, I am here. Just say it, e.g. plan SO-1042, move SO-1042 +2d because …, todo; or send “help”."
    ]
