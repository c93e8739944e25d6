"""A vote counts for the effect that was seen: a press by what its button carries, a typed one by the newest card that
was shown to the speaker before they spoke (rule I9)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from cards.action import Action, Verb
from handlers.events import Clicked, Said
from planning.change.change import Change
from storage.delivery.cards import CardRow, Purpose
from tests.handlers.company import LATER, PLANNING, PRODUCTION, PURCHASING, SALES, WAREHOUSE, Company
from tests.handlers.lifecycle.test_rebase import MATERIAL, applied
from tests.previews import NEWEST

pytestmark = pytest.mark.parametrize("backend", ["sqlite"])
UNSEEN = "{no} 的影响还没有给你看过，所以没有当作决定。卡片在这里，看过再决定。"
CHANGED = "{no} 的影响已经更新，请看最新的卡片再决定。"


async def undelivered(company: Company) -> str:
    """A request that nobody was shown yet."""
    assert await company.types("lin", LATER, PLANNING) == ""
    await company.press("lin", await company.card(NEWEST, Purpose.PROPOSAL), Verb.SUBMIT)
    return (await company.change(NEWEST)).no


async def asking(company: Company, no: str, room: str) -> list[CardRow]:
    return [row for row in await company.cards(no) if row.purpose.asks and row.conversation == room]


async def votes(company: Company, no: str, department: str) -> tuple[str, ...]:
    step = (await company.change(no)).step_of(department)
    assert step is not None
    return tuple(said.person for said in step.last_words)


async def heard(company: Company, said: Said) -> str:
    before = len(company.told(said.conversation))
    await company.inbox_worker.said(said)
    await company.inbox_worker.stop()
    await company.office.deliver()
    company.clock.move(seconds=1)
    return "\n".join(company.told(said.conversation)[before:])


@pytest.mark.parametrize("typed", ["同意 {no}", "要求修改 {no} 因为 太早", "驳回 {no} 因为 太早", "转交 {no} 韩冬",
                                   "驳回 {no} 因为 太早 建议 推迟3天"])  # fmt: skip
async def test_who_has_seen_no_card_decides_nothing_and_is_shown_it(company: Company, typed: str) -> None:
    no = await undelivered(company)
    before = await company.change(no)
    text = typed.format(no=no)
    assert await heard(company, company.said("wang", text)) == UNSEEN.format(no=no)
    assert await company.change(no) == before
    (row,) = await asking(company, no, PRODUCTION)
    assert company.shown(row), "the one that was on its way is not put up twice"
    assert (await company.types("wang", text)).startswith(f"{no} 已转交" if "转交" in typed else "已记录：")


async def test_it_comes_back_where_it_was_asked_for(company: Company) -> None:
    """Asked in production's group, typed in another: there no card was shown."""
    no = await undelivered(company)
    assert await company.types("wang", f"同意 {no}", WAREHOUSE) == UNSEEN.format(no=no)
    (row,) = [row for row in await asking(company, no, WAREHOUSE) if row.department == "production"]
    assert "同意" in [button.text for button in company.shown(row)[-1].buttons]
    assert (await company.types("wang", f"同意 {no}", WAREHOUSE)).startswith("已记录：")


async def test_a_card_seen_in_ones_own_group_counts_elsewhere(company: Company) -> None:
    no = await company.proposes("lin", room=PLANNING)
    alone = replace(company.said("wang", f"同意 {no}", "dingtalk:user:d-wang"), single=True)
    assert (await heard(company, alone)).startswith("已记录：")


async def test_a_card_that_others_see_does_not(company: Company) -> None:
    no = await undelivered(company)
    row = await company.card(no, Purpose.APPROVAL, "sales")
    now = company.clock.now()
    await company.office.write(lambda uow: uow.showings.note(row, _effect(uow.changes.get(no)), now))
    assert await heard(company, company.said("wang", f"同意 {no}")) == UNSEEN.format(no=no)


async def test_what_was_shown_after_it_was_said_was_not_seen(company: Company) -> None:
    no = await undelivered(company)
    said = company.said("wang", f"同意 {no}")
    company.clock.move(seconds=5)
    await company.office.deliver()
    assert await heard(company, said) == UNSEEN.format(no=no)
    assert len(await asking(company, no, PRODUCTION)) == 2, "the card comes back below what was said"


async def test_a_vote_for_an_effect_that_has_changed_since_decides_nothing(company: Company) -> None:
    no = await company.proposes("he", MATERIAL, SALES)
    said = company.said("zhao", f"同意 {no}", PURCHASING)
    await applied(company, "han", "改期 MO-1 推迟1天 因为 设备故障")
    assert await heard(company, said) == CHANGED.format(no=no)
    assert await votes(company, no, "purchasing") == ()
    newest = (await asking(company, no, PURCHASING))[-1]
    assert (await company.change(no)).impact.hash.startswith(company.shown(newest)[-1].buttons[0].action.seen)
    assert (await company.types("zhao", f"同意 {no}", PURCHASING)).startswith("已记录：")
    assert await votes(company, no, "purchasing") == ("zhao",)


async def test_the_answer_to_a_click_shows_an_effect_too(company: Company) -> None:
    no = await company.proposes("he", MATERIAL, SALES)
    row = await company.card(no, Purpose.APPROVAL, "purchasing")
    old = company.shown(row)[-1]
    await applied(company, "han", "改期 MO-1 推迟1天 因为 设备故障")
    assert (await company.press("zhao", row, Verb.APPROVE, on=old)).summary == CHANGED.format(no=no)
    assert (await company.types("zhao", f"同意 {no}", PURCHASING)).startswith("已记录：")


async def test_within_the_second_a_platform_tells_the_first_card_counts(company: Company) -> None:
    """WeCom says 09:00:03 of a message; the card was shown at 09:00:03.4."""
    no = await undelivered(company)
    whole = company.clock.now().replace(microsecond=0)
    company.clock.move(milliseconds=400)
    await company.office.deliver()
    said = replace(company.said("wang", f"同意 {no}"), at=whole)
    assert (await heard(company, said)).startswith("已记录：")
    early = replace(company.said("han", f"驳回 {no} 因为 太早"), at=whole - timedelta(seconds=1))
    assert await heard(company, early) != ""


@pytest.mark.parametrize("seen", ["", "@", "@0", "@{first}"])
@pytest.mark.parametrize("verb", [Verb.APPROVE, Verb.REJECT, Verb.MODIFY, Verb.TRANSFER])
async def test_an_action_without_its_hash_is_refused_like_a_stale_one(company: Company, verb: Verb, seen: str) -> None:
    no = await company.proposes("lin", room=PLANNING)
    before = await company.change(no)
    row = await company.card(no, Purpose.APPROVAL, "production")
    choice = {Verb.REJECT: "/capacity", Verb.TRANSFER: "/han"}.get(verb, "")
    action = f"{row.card_id}/{verb}{seen.format(first=before.impact.hash[:1])}{choice}"
    at = company.clock.now()
    inputs = {"input": "太早"} if verb is Verb.MODIFY else {}
    forged = Clicked(PRODUCTION, "bot", "f1", "d-wang", row.card_id, action, at, inputs)
    assert (await company.answers(forged)).card.summary == CHANGED.format(no=no)
    assert await company.change(no) == before
    whole = Action(row.card_id, verb, choice.strip("/"), before.impact.hash[:8]).pack()
    assert (await company.answers(replace(forged, event_id="f2", action=whole))).card.summary != CHANGED.format(no=no)


def _effect(change: Change | None) -> str:
    assert change is not None
    return change.impact.hash
