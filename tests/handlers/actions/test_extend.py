"""延长 and the button 延期 on both databases: who may, how far, what moves with it."""

from datetime import datetime, timedelta

import pytest

from cards.action import Verb
from handlers.notify.new_cards import show_new
from handlers.turn import Turn
from planning.change.change import ChangeState
from storage.delivery.cards import CardRow, Purpose
from storage.unit_of_work import UnitOfWork
from tests.handlers.company import PLANNING, PRODUCTION, PURCHASING, SALES, Company
from tests.handlers.lifecycle.test_emergencies import kinds
from tests.previews import NEWEST
from tests.reading import ways, whole

WHO_MAY = "只有等着决定的部门的经理、计划协调员和升级时请来决定的人可以，提出人和提出人的代理人不可以。"


async def deadline(company: Company, no: str) -> datetime:
    found = (await company.change(no)).expires_at
    assert found is not None
    return found


async def escalated(company: Company, no: str) -> CardRow:
    """A card to whom production's step was escalated."""

    def unit(uow: UnitOfWork) -> CardRow:
        turn = Turn(uow, company.clock.now(), company.environment)
        row = show_new(turn, Purpose.ESCALATION, turn.change(no), PLANNING, "production")
        uow.commit()
        return row

    found = company.database.write_now(unit)
    await company.office.deliver()
    return found


async def test_the_coordinator_gives_a_working_day_more_and_the_proposer_hears_of_it(company: Company) -> None:
    no = await company.proposes("han")
    before = await deadline(company, no)
    assert await company.types("lin", f"延长 {no}", PLANNING) == f"{no} 的期限延到 11-27 18:00。"
    assert await deadline(company, no) == before + timedelta(days=1)
    steps = (await company.change(no)).steps
    assert {step.due_at for step in steps} == {before + timedelta(days=1)}
    timer = await company.look(lambda turn: turn.uow.timers.get("expiry", no))
    assert timer is not None
    assert timer.due_at == before + timedelta(days=1)
    told = f"⏳ 林静 把 {no} MO-1 耳机组装 推迟2天 的决定期限延到 11-27 18:00。"
    assert told in company.told(PRODUCTION)
    assert told in company.told(SALES), "its card cannot change"
    assert told not in company.told(PLANNING)
    asked = company.shown(await company.card(no, Purpose.APPROVAL, "production"))[-1]
    assert "请在 11-27 18:00 前决定" in asked.body
    assert (await kinds(company, no))[-1] == "change.extended"


async def test_it_counts_no_weekend(company: Company) -> None:
    no = await company.proposes("han")
    for until in ("11-27 18:00", "11-30 18:00"):
        assert await company.types("lin", f"延长 {no} 1天", PLANNING) == f"{no} 的期限延到 {until}。"


async def test_two_working_days_in_all(company: Company) -> None:
    no = await company.proposes("han")
    assert await company.types("lin", f"延长 {no} 3天", PLANNING) == (
        f"{no} 的期限最多延 2 个工作日，已经延了 0 个，还能延 2 个。请发送：延长 {no} 2天"
    )
    await company.types("lin", f"延长 {no}", PLANNING)
    assert (await company.types("lin", f"延长 {no} 2天", PLANNING)).endswith(
        f"已经延了 1 个，还能延 1 个。请发送：延长 {no} 1天"
    )
    await company.types("lin", f"延长 {no}", PLANNING)
    last = await deadline(company, no)
    assert await company.types("lin", f"延长 {no}", PLANNING) == (
        f"{no} 的期限已经延满 2 个工作日，不能再延。请催办，或由提出人重新提出。"
    )
    assert await deadline(company, no) == last


async def test_what_was_to_expire_does_so_when_it_is_extended_to(company: Company) -> None:
    no = await company.proposes("han")
    before = await deadline(company, no)
    await company.types("lin", f"延长 {no}", PLANNING)
    company.clock.move(seconds=(before - company.clock.now()).total_seconds() + 1)
    await company.rings()
    assert (await company.change(no)).state is ChangeState.IN_APPROVAL
    await company.rings(days=1)
    assert (await company.change(no)).state is ChangeState.EXPIRED


async def test_a_manager_of_who_is_to_decide_may(company: Company) -> None:
    no = await company.proposes("han")
    assert (await company.types("su", f"延长 {no}", SALES)).startswith(f"{no} 的期限延到")


@pytest.mark.parametrize(("person", "name"), [("han", "韩冬"), ("qian", "钱波"), ("zhao", "赵敏")])
async def test_nobody_else_may(company: Company, person: str, name: str) -> None:
    no = await company.proposes("han")
    room = PRODUCTION if person == "han" else "wecom:purchasing"
    assert await company.types(person, f"延长 {no}", room) == (
        f"{name} 不能延长 {no} 的期限：{WHO_MAY}"
    )


async def test_what_nobody_decides_on_is_not_extended(company: Company) -> None:
    first = await company.proposes("han")
    await company.types("su", f"驳回 {first} 因为 太早 建议 推迟3天", SALES)
    draft = (await company.change(NEWEST)).no
    assert await company.types("lin", f"延长 {draft}", PLANNING) == f"{draft} 还没有提交，要等提出人按“提交”。"
    no = await company.proposes("han")
    await company.approves(no)
    told = f"{no} 已于 09:00 生效（第 2 版），什么也没有做。要再改，请重新提出。"
    assert await company.types("lin", f"延长 {no}", PLANNING) == told


async def test_the_card_of_an_escalation_offers_it_among_five_buttons(company: Company) -> None:
    no = await company.proposes("han")
    row = await escalated(company, no)
    card = company.shown(row)[-1]
    assert ways(card) == ["代为同意", "驳回", "催办", "转交", "延期"]
    before = await deadline(company, no)
    face = await company.press("lin", row, Verb.EXTEND)
    assert face.body.startswith(f"**✅ {no} 的期限延到 11-27 18:00。**")
    assert await deadline(company, no) == before + timedelta(days=1)
    refused = await company.press("boss", row, Verb.EXTEND)
    assert refused.body.startswith(f"**⚠ 高总 不能延长 {no} 的期限：{WHO_MAY}**")
    again = await company.press("lin", row, Verb.EXTEND)
    assert "11-30 18:00" in again.body
    assert (await company.press("lin", row, Verb.EXTEND)).body.startswith(f"**⚠ {no} 的期限已经延满 2 个工作日")


async def test_who_it_was_escalated_to_may_and_who_proposed_it_may_not(company: Company) -> None:
    """lin is the coordinator, so her superior stands in: he is called that, and he gives the time, not she."""
    no = await company.proposes("lin", "改期 MO-1 推迟2天 因为 设备故障", PLANNING)
    for hours in (4, 4, 24, 24):
        await company.rings(hours=hours)
    row = await company.card(no, Purpose.ESCALATION, "production")
    assert "已升级给计划协调员的上级 高总" in whole(company.shown(row)[-1])
    assert "你是生产部这一步的计划协调员的上级" in whole(company.shown(row)[-1])
    refused = await company.press("lin", row, Verb.EXTEND)
    assert refused.body.startswith(f"**⚠ 林静 不能延长 {no} 的期限：")
    face = await company.press("boss", row, Verb.EXTEND)
    assert face.body.startswith(f"**✅ {no} 的期限延到 11-27 18:00。**")


async def test_no_further_than_what_it_moves_begins(company: Company) -> None:
    """PO-1 starts on 12-01: the last moment to decide is the evening before."""
    company.clock.move(days=3)  # Thursday; three working days would be Tuesday
    no = await company.proposes("qian", "改期 PO-1 推迟1天 因为 缺料", PURCHASING)
    assert (await deadline(company, no)).isoformat() == "2026-11-30T10:00:00+00:00"
    assert await company.types("lin", f"延长 {no}", PLANNING) == (
        f"{no} 牵涉的项 2026-12-01 就开始，最晚要在 11-30 18:00 前决定，不能延到那以后。请催办，或由提出人重新提出。"
    )


async def test_up_to_the_evening_before_it_begins(company: Company) -> None:
    company.clock.move(days=1)  # Tuesday: until Friday, and Monday is a day more
    no = await company.proposes("qian", "改期 PO-1 推迟1天 因为 缺料", PURCHASING)
    refused = await company.types("lin", f"延长 {no} 2天", PLANNING)
    assert "最晚要在 11-30 18:00 前决定" in refused
    assert await company.types("lin", f"延长 {no} 1天", PLANNING) == f"{no} 的期限延到 11-30 18:00。"
