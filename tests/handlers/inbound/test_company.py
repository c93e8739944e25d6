"""A press belongs to the platform of its card, and whatever comes from another company is nobody's."""

from dataclasses import replace

import pytest

from cards.action import Verb
from handlers.events import Said
from storage.delivery.cards import Purpose
from tests.handlers.company import PLANNING, PRODUCTION, Company

pytestmark = pytest.mark.parametrize("backend", ["sqlite"])
OURS, OTHER = "dingcorp", "othercorp"


async def heard(company: Company, said: Said) -> str:
    before = len(company.told(said.conversation))
    await company.inbox_worker.said(said)
    await company.inbox_worker.stop()
    await company.office.deliver()
    company.clock.move(seconds=1)
    return "\n".join(company.told(said.conversation)[before:])


def from_(company: Company, corp: str, text: str, person: str = "wang") -> Said:
    return replace(company.said(person, text), company=corp)


@pytest.mark.parametrize("platform", ["wecom:sales", "wecom-app:su", "third:x"])
async def test_a_press_from_another_platform_is_nobodys(company: Company, platform: str) -> None:
    no = await company.proposes("lin", room=PLANNING)
    before = await company.change(no)
    row = await company.card(no, Purpose.APPROVAL, "production")
    press = company.pressed("wang", row, Verb.APPROVE)
    foreign = replace(press, conversation=platform, user_id="d-wang" if platform.startswith("third") else "su")
    answer = await company.answers(foreign)
    assert answer.card.summary == "这张卡片不是通盘发出的，或者已经失效。计划没有改动。"
    assert await company.change(no) == before


async def test_nor_from_dingtalk_on_a_card_of_wecom(company: Company) -> None:
    no = await company.proposes("lin", room=PLANNING)
    row = await company.card(no, Purpose.APPROVAL, "sales")
    foreign = replace(company.pressed("su", row, Verb.APPROVE), conversation=PRODUCTION, user_id="d-lin")
    assert (await company.answers(foreign)).card.summary == "这张卡片不是通盘发出的，或者已经失效。计划没有改动。"


async def test_the_first_message_of_somebody_known_pins_our_company_for_good(company: Company) -> None:
    assert await heard(company, from_(company, OURS, "待办")) != ""
    assert await company.look(lambda turn: turn.uow.companies.all()) == {"dingtalk": OURS}
    no = await company.proposes("lin", room=PLANNING)
    before = await company.change(no)
    tried = (f"同意 {no}", f"驳回 {no} 因为 太早", "待办")
    told = [await heard(company, from_(company, OTHER, text)) for text in tried]
    assert told[0].startswith("我不认识你：")
    assert told[1:] == ["", ""], "a stranger is answered once a day"
    assert await company.change(no) == before
    row = await company.card(no, Purpose.APPROVAL, "production")
    foreign = replace(company.pressed("wang", row, Verb.APPROVE), company=OTHER)
    await company.answers(foreign)
    assert await company.change(no) == before
    again = Company(company.database, company.clock)
    await again.answers(replace(foreign, event_id="later"))
    assert await again.change(no) == before, "also after a restart"
    assert (await heard(company, from_(company, OURS, f"同意 {no}"))).startswith("已记录：")


async def test_a_stranger_pins_nothing(company: Company) -> None:
    said = replace(from_(company, OTHER, "待办"), user_id="nobody-we-know")
    await heard(company, said)
    assert await company.look(lambda turn: turn.uow.companies.all()) == {}
