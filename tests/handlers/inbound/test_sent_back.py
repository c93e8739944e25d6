"""A request sent back with a date in the reason is one tap for its proposer, on both platforms."""

import pytest

from cards.action import Verb
from handlers.inbound.sent_back import instead_of
from handlers.turn import Ask
from planning.subject import Subject, SubjectKind
from storage.delivery.cards import CardRow, Purpose
from tests.handlers.company import LATER, PRODUCTION, SALES, Company
from tests.previews import NEWEST

WISHES = [
    ("请改到 12-18", ["改期 MO-1 到 2026-12-18"]),
    ("12-18 would do", ["改期 MO-1 到 2026-12-18"]),
    ("推迟4天", ["改期 MO-1 推迟4天"]),
    ("请推迟4天，备件周五才到", ["改期 MO-1 推迟4天"]),
    ("周五才到料，推4天吧", ["改期 MO-1 推迟4天"]),
    ("来不及，能不能到 12-18", ["改期 MO-1 到 2026-12-18"]),
    ("12-17 不行，改到 12-18", ["改期 MO-1 到 2026-12-18"]),
    ("改期 MO-1 推迟4天", ["改期 MO-1 推迟4天"]),
    ("数量改成 300", ["改数量 MO-1 300"]),
    ("工期改成5天就够了", ["改工期 MO-1 5天"]),
    ("RC-1 提前1天", ["改期 RC-1 提前1天"]),
    ("请改到 12月底", ["改期 MO-1 到 2026-12-25", "改期 MO-1 到 2026-12-31"]),
    # what it is already
    ("推迟2天", []),
    # not what is wished, or not what it is to be
    ("不要推迟4天", []),
    ("别再推4天了", []),
    ("少推一天", []),
    ("12-18 不行", []),
    ("12-18之后都可以", []),
    ("4天太多", []),
    ("周五才到料", []),
    ("报价35元", []),
    ("改到 300 台，报价35元", ["改数量 MO-1 300"]),
    ("请换个时间", []),
    ("don't move it by 4 days", []),
]


@pytest.mark.parametrize(("wish", "offers"), WISHES)
async def test_what_is_wished(company: Company, wish: str, offers: list[str]) -> None:
    no = await company.opens().proposes("han", LATER)
    change = await company.change(no)
    han = company.environment.organisation.people["han"]
    found = await company.look(lambda turn: instead_of(turn, Ask(han, PRODUCTION, wish), change))
    assert [offer.removeprefix(f"修改 {no} ") for offer in found] == offers


async def sent_back(company: Company, wish: str, room: str, by: str) -> tuple[str, CardRow]:
    """The number of a request that the sales department sends back, and the card that its proposer is then shown."""
    no = await company.opens().proposes(by, LATER, room)
    asked = await company.card(no, Purpose.APPROVAL, "sales")
    await company.press("su", asked, Verb.MODIFY, input=wish)
    await company.office.deliver()
    found = await company.look(lambda turn: turn.uow.questions.newest(room, by, company.clock.now()))
    assert found is not None
    return no, (await company.cards_about(Subject(SubjectKind.QUESTION, found.id)))[-1]


@pytest.mark.parametrize(("room", "by"), [(PRODUCTION, "han"), (SALES, "lin")])
async def test_the_tap_is_the_next_round(company: Company, room: str, by: str) -> None:
    no, row = await sent_back(company, "请改到 12-18", room, by)
    card = company.shown(row)[-1]
    told = "\n".join([*company.told(room), card.body])
    assert f"销售部 苏经理 要求修改 {no}" in told
    assert "请改到 12-18。" in told
    assert "改期 MO-1 到 2026-12-18" in card.body + card.buttons[0].text
    await company.press(by, row, Verb.SAY, "0")
    await company.office.deliver()
    preview = await company.card(NEWEST, Purpose.PROPOSAL)
    assert preview.conversation == room
    assert f"提交后取代 {no}" in (await company.drawn(preview)).body
    new = await company.submits(by, preview)
    assert (await company.change(no)).superseded_by == new


async def test_it_is_the_proposers_alone(company: Company) -> None:
    no, row = await sent_back(company, "请改到 12-18", PRODUCTION, "han")
    late = await company.press("wang", row, Verb.SAY, "0")
    assert "韩冬" in late.body
    assert (await company.change(no)).returned


async def test_a_day_is_that_on_which_it_was_said(company: Company) -> None:
    """到后天 said on Monday and handled on Tuesday."""
    no = await company.opens().proposes("han", LATER)
    asked = await company.card(no, Purpose.APPROVAL, "sales")
    event = company.pressed("su", asked, Verb.MODIFY, input="改到后天")
    company.clock.move(days=1)
    await company.answers(event)
    await company.office.deliver()
    card = company.questions(PRODUCTION)[-1]
    assert "2026-11-25" in card.body + card.buttons[0].text


async def test_by_word_as_by_button(company: Company) -> None:
    no = await company.opens().proposes("han", LATER)
    assert "已转告 韩冬" in await company.types("su", f"要求修改 {no} 因为 请改到 12-18", SALES)
    card = company.questions(PRODUCTION)[-1]
    assert "改期 MO-1 到 2026-12-18" in card.body + card.buttons[0].text


async def test_nothing_to_tap_is_a_message_as_before(company: Company) -> None:
    no = await company.opens().proposes("han", LATER)
    asked = await company.card(no, Purpose.APPROVAL, "sales")
    await company.press("su", asked, Verb.MODIFY, input="请换个时间")
    await company.office.deliver()
    assert company.questions(PRODUCTION) == []
    assert f"韩冬请发送：修改 {no} 改期 本单 到 ＜日期＞" in company.told(PRODUCTION)[-1]
