"""The plan moves under requests that people are deciding: who is asked again, whose word stays, what ends."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from cards.action import Verb
from handlers.actions.change.decide import decide
from handlers.actions.plan.import_plan import bring_in
from handlers.lifecycle import rebase
from handlers.lifecycle.new_holidays import recount
from handlers.reads.trail.audit_sentences import told
from handlers.turn import Turn
from planning.change.change import Change, ChangeState, Decision, StepState, Verdict
from planning.plan.calendar import calendar_named, with_exceptions
from planning.plan.plan import Plan
from planning.refusal import Refused
from storage.delivery.cards import Purpose
from tests.handlers.company import PLANNING, PRODUCTION, SALES, Company
from tests.small_company import plan

pytestmark = pytest.mark.both_databases

MATERIAL = "改期 PO-1 推迟2天 因为 供应商延期"
"""Pushes MO-1, SO-1 and DL-1 by two days."""
STOCKTAKING = "改期 RC-1 推迟1天 因为 盘点人手"


async def applied(company: Company, person: str, text: str, room: str = PRODUCTION) -> Change:
    no = await company.proposes(person, text, room)
    while (await company.change(no)).waiting:
        await company.approves(no)
    change = await company.change(no)
    assert change.state is ChangeState.APPLIED
    return change


async def write(company: Company, work: Callable[[Turn], object]) -> None:
    await company.office.write(lambda uow: work(Turn(uow, company.clock.now(), company.environment)))
    await company.office.deliver()


async def test_purchasing_keeps_its_word_and_production_is_asked_again_at_once(company: Company) -> None:
    no = await company.proposes("he", MATERIAL, SALES)
    await company.approves(no, "purchasing", "production")
    old = await company.card(no, Purpose.APPROVAL, "production")
    await applied(company, "han", "改期 MO-1 推迟1天 因为 设备故障")

    change = await company.change(no)
    assert (change.state, change.round, change.base_revision) == (ChangeState.IN_APPROVAL, 2, 2)
    assert {step.department: (step.state, step.round) for step in change.steps} == {
        "sales": (StepState.OPEN, 2),
        "production": (StepState.OPEN, 2),
        "purchasing": (StepState.APPROVED, 1),
    }
    past = await company.look(lambda turn: turn.uow.changes.past_steps(no))
    assert {step.department: (step.state, step.round) for step in past} == {
        "sales": (StepState.OPEN, 1),
        "production": (StepState.APPROVED, 1),
    }
    assert [said.person for step in past for said in step.last_words] == ["wang"]
    assert company.shown(old)[-1].status == f"{no} · 已有新卡片"
    new = await company.card(no, Purpose.APPROVAL, "production")
    assert new.card_id != old.card_id
    shown = company.shown(new)[-1]
    assert "内容已更新（第2轮），请重新确认" in shown.body
    assert shown.summary.startswith("内容已更新（第2轮），请重新确认。")
    assert "- MO-1 耳机组装：完成 12-14 → 12-15（+1天）" in shown.body
    timer = await company.look(lambda turn: turn.uow.timers.get("expiry", no))
    assert timer is not None
    assert timer.due_at == change.expires_at
    trail = await company.look(lambda turn: [told(turn, e) for e in turn.uow.audit.chain() if e.subject == no])
    assert trail[-1] == f"{no} 与提交时不同了，再请 销售部、生产部 决定（第 2 轮）"

    late = await company.press("wang", old, Verb.APPROVE)
    assert late.summary == "这张卡片已被新的卡片取代，点击没有生效。请看最新的卡片。"
    await company.approves(no)
    assert (await company.change(no)).applied_revision == 3


async def test_a_button_counts_for_the_effect_its_card_shows(company: Company) -> None:
    """Purchasing's own lines stay, so nobody asks it anew; but what the whole comes to is not what its card says."""
    no = await company.proposes("he", MATERIAL, SALES)
    row = await company.card(no, Purpose.APPROVAL, "purchasing")
    old = company.shown(row)[-1]
    await applied(company, "han", "改期 MO-1 推迟1天 因为 设备故障")
    assert company.shown(row)[-1] == old, "WeCom cannot change a card that is shown"

    now = await company.press("zhao", row, Verb.APPROVE, on=old)
    assert now.summary == f"{no} 的影响已经更新，请看最新的卡片再决定。"
    assert (await company.change(no)).step_of("purchasing").voters == ()  # type: ignore[union-attr]
    await company.press("zhao", row, Verb.APPROVE, on=now)
    decision = (await company.change(no)).step_of("purchasing").votes[0]  # type: ignore[union-attr]
    assert decision.impact_hash == (await company.change(no)).impact.hash


async def test_a_word_on_the_effect_of_before_does_not_count(company: Company) -> None:
    no = await company.proposes("he", MATERIAL, SALES)
    seen = (await company.change(no)).impact.hash
    await applied(company, "han", "改期 MO-1 推迟1天 因为 设备故障")

    def late(turn: Turn) -> str:
        with pytest.raises(Refused) as caught:
            decide(turn, turn.change(no), "sales", Decision("su", Verdict.APPROVE, turn.now, seen))
        return turn.sentence(caught.value.refusal)

    assert await company.look(late) == f"{no} 的影响已经更新，请看最新的卡片再决定。"


async def test_the_same_effect_on_a_newer_plan_is_not_even_mentioned(company: Company) -> None:
    no = await company.proposes("han")
    await company.approves(no, "production")
    before = await company.change(no)
    cards = await company.cards(no)
    events = await company.look(lambda turn: len([e for e in turn.uow.audit.chain() if e.subject == no]))
    await applied(company, "lin", STOCKTAKING, PLANNING)

    change = await company.change(no)
    assert change == replace(before, base_revision=2)
    assert await company.cards(no) == cards
    assert events == await company.look(lambda turn: len([e for e in turn.uow.audit.chain() if e.subject == no]))
    await company.approves(no)
    assert (await company.change(no)).applied_revision == 3


async def test_who_has_not_decided_and_whose_lines_stay_keeps_the_card_with_the_new_whole(company: Company) -> None:
    """Production's own lines are the same, but what follows from them is another: its card says so where it can."""
    no = await company.proposes("he", MATERIAL, SALES)
    card = await company.card(no, Purpose.APPROVAL, "production")
    assert "DL-1 星河发货 晚 2 天" in company.shown(card)[-1].body
    await applied(company, "he", "改期 SO-1 推迟1天 因为 客户要求", SALES)
    change = await company.change(no)
    production = change.step_of("production")
    assert production is not None
    assert (production.state, production.round, change.round) == (StepState.OPEN, 1, 2)
    assert "DL-1 星河发货 晚 2 天" in company.shown(card)[-1].body
    assert len(company.shown(card)) == 2
    await company.press("wang", card, Verb.APPROVE)
    voted = (await company.change(no)).step_of("production")
    assert voted is not None
    assert voted.decisions[-1].impact_hash == change.impact.hash


async def test_what_can_no_longer_be_done_ends_at_once_and_everybody_sees_why(company: Company) -> None:
    no = await company.proposes("han")
    await applied(company, "lin", "取消 MO-1 因为 客户取消", PLANNING)
    change = await company.change(no)
    assert change.state is ChangeState.FAILED
    sentence = "MO-1 已经结束（已取消），不能再改。"
    assert [await company.look(lambda turn: turn.sentence(turn.change(no).impact.refused[0]))] == [sentence]
    for purpose, department in ((Purpose.PROPOSAL, ""), (Purpose.APPROVAL, "production"), (Purpose.APPROVAL, "sales")):
        shown = company.shown(await company.card(no, purpose, department))[-1]
        assert (shown.status, shown.buttons) == (f"{no} · 无法生效", ())
    assert f"⛔ {sentence}" in company.shown(await company.card(no, Purpose.PROPOSAL))[-1].body
    assert await company.look(lambda turn: turn.uow.timers.get("expiry", no)) is None
    ladders = await company.look(lambda turn: turn.uow.escalations.of_change(no))
    assert {ladder.next_at for ladder in ladders.values()} == {None}


async def test_what_another_change_has_done_already_ends(company: Company) -> None:
    no = await company.proposes("han", "改期 MO-1 到 12-15 因为 设备故障")
    await applied(company, "lin", "改期 MO-1 到 12-15 因为 设备保养", PLANNING)
    change = await company.change(no)
    assert change.state is ChangeState.FAILED
    why = await company.look(lambda turn: turn.sentence(change.impact.refused[0]))
    assert why == "这样改，计划不会有任何变化（MO-1 已经是这样了）。"


async def test_one_that_waited_only_for_what_is_no_longer_touched_is_in_effect_and_moves_the_next(
    company: Company,
) -> None:
    first = await company.proposes("he", MATERIAL, SALES)
    await company.approves(first, "purchasing", "production")
    second = await company.proposes("he", "改期 PO-1 推迟1天 因为 供应商延期", SALES)
    await applied(company, "han", "改期 MO-1 推迟2天 因为 设备故障")
    assert (await company.change(first)).applied_revision == 3, "sales was the only one it waited for"
    last = await company.change(second)
    assert (last.state, last.base_revision) == (ChangeState.IN_APPROVAL, 3)
    assert {line.before for line in last.impact.lines_of("purchasing") if line.field == "start"} == {"2026-12-03"}


async def test_nobody_is_asked_anew_before_what_takes_effect_by_itself_has_moved_the_plan(company: Company) -> None:
    older = await company.proposes("he", "改期 PO-1 推迟1天 因为 供应商延期", SALES)
    first = await company.proposes("he", MATERIAL, SALES)
    await company.approves(first, "purchasing", "production")
    await applied(company, "han", "改期 MO-1 推迟2天 因为 设备故障")
    assert (await company.change(first)).applied_revision == 3
    change = await company.change(older)
    assert (change.base_revision, change.round) == (3, 2), "asked once, about the plan as it is in the end"
    asked = [row for row in await company.cards(older) if row.department == "purchasing"]
    assert [row.round for row in asked] == [1, 2]


async def test_another_plan_is_brought_in(company: Company) -> None:
    no = await company.proposes("han")
    apart = await company.proposes("lin", STOCKTAKING, PLANNING)
    await company.approves(no, "sales")
    items = plan().items
    later = replace(items["MO-1"], start=date(2026, 12, 8), finish=date(2026, 12, 14))
    newer: Plan = replace(plan(), items={**items, "MO-1": later})
    await write(company, lambda turn: bring_in(turn, newer, "erp.csv", "ops"))
    change = await company.change(no)
    assert (change.base_revision, change.round) == (2, 2)
    assert "production" in [step.department for step in change.waiting]
    kept = await company.change(apart)
    assert (kept.base_revision, kept.round) == (2, 1)


async def test_a_new_holiday_moves_what_is_asked(company: Company) -> None:
    no = await company.proposes("han")
    newer = with_exceptions("china", calendar_named("china"), {date(2026, 12, 7): False})
    company.environment = replace(company.environment, calendars={"china": newer})
    await write(company, recount)
    change = await company.change(no)
    assert (change.base_revision, change.round) == (2, 2)


async def test_what_is_held_is_left_until_it_goes_on(company: Company) -> None:
    no = await company.proposes("han")
    await company.types("lin", "冻结 生产部 12-07~12-11", PLANNING)
    await company.types("lin", "冻结 确认 1", PLANNING)
    await applied(company, "lin", STOCKTAKING, PLANNING)
    assert (await company.change(no)).base_revision == 1


async def test_of_very_many_the_rest_follows_with_the_next_ring(
    company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rebase, "AT_ONCE", 1)
    asked = [await company.proposes("han", f"改期 MO-1 推迟{days}天 因为 设备故障") for days in (3, 4, 5)]
    await applied(company, "lin", "改期 MO-1 推迟1天 因为 设备保养", PLANNING)
    assert [(await company.change(no)).round for no in asked] == [2, 1, 1]
    await company.rings(seconds=1)
    assert [(await company.change(no)).round for no in asked] == [2, 2, 1]
    restarted = Company(company.database, company.clock)
    await restarted.rings(seconds=1)
    await restarted.rings(seconds=1)
    assert [(await company.change(no)).round for no in asked] == [2, 2, 2]
    assert {(await company.change(no)).base_revision for no in asked} == {2}
    assert await company.look(lambda turn: turn.uow.timers.due(turn.now)) == []
