"""A request that takes the place of another says what is different, on the proposer's and on the approvers' cards."""

from cards.action import Verb
from storage.delivery.cards import Purpose
from tests.handlers.company import LATER, PRODUCTION, Company
from tests.previews import NEWEST


async def revised(company: Company, days: int) -> str:
    no = await company.proposes("han", LATER)
    asked = await company.card(no, Purpose.APPROVAL, "sales")
    await company.press("su", asked, Verb.MODIFY, input="少推一天")
    await company.office.deliver()
    assert await company.types("han", f"修改 {no} 改期 本单 推迟{days}天", PRODUCTION) == ""
    return no


async def test_it_says_what_is_different(company: Company) -> None:
    await revised(company, 3)
    preview = await company.card(NEWEST, Purpose.PROPOSAL)
    line = "比上一轮：MO-1 完成 12-15 → 12-16"
    assert line in (await company.drawn(preview)).body
    new = await company.submits("han", preview)
    for department in ("production", "sales"):
        card = company.shown(await company.card(new, Purpose.APPROVAL, department))[-1]
        assert card.body.startswith(line)
        assert line in card.summary
    await company.approves(new)
    assert "比上一轮" not in company.shown(await company.card(new, Purpose.APPROVAL, "sales"))[-1].body


async def test_the_same_wish_again_brings_the_same_preview_back(company: Company) -> None:
    """Of two previews both could be submitted."""
    for _ in range(3):
        assert await company.types("han", LATER, PRODUCTION) == ""
    change = await company.change(NEWEST)
    first, *again = await company.cards_about(change.subject)
    assert len(again) == 2
    no = await company.submits("han", again[-1])
    late = await company.press("han", first, Verb.SUBMIT)
    assert no in late.body + late.status
    assert [one.no for one in await company.look(lambda turn: turn.uow.changes.open_ones())] == [no]


async def test_another_reason_is_another_preview(company: Company) -> None:
    await company.types("han", LATER, PRODUCTION)
    before = (await company.change(NEWEST)).no
    await company.types("han", LATER.replace("设备故障", "客户要求"), PRODUCTION)
    assert (await company.change(NEWEST)).no != before
