"""A leave that is arranged for later: who acts, and whom it bars from deciding, is so from its beginning."""

from planning.change.change import StepState
from storage.delivery.cards import Purpose
from tests.handlers.company import LATER, PRODUCTION, Company


async def asked_in_production(company: Company, no: str) -> tuple[str, ...]:
    step = (await company.change(no)).step_of("production")
    assert step is not None
    return step.approvers


async def test_a_proposers_deputy_is_asked_until_the_leave_begins(company: Company) -> None:
    await company.leaves("han", "代理 王五 11-26~11-30")
    before = await company.proposes("han", LATER)
    assert await asked_in_production(company, before) == ("wang",)
    await company.rings(hours=72)
    assert "wang" in await asked_in_production(company, before), "four eyes take nothing from who was asked before"
    after = await company.proposes("han", "改期 MO-1 推迟3天 因为 设备故障")
    assert "wang" not in await asked_in_production(company, after)
    assert await company.types("wang", f"同意 {after}") != ""
    assert (await company.change(after)).waiting


async def test_who_acts_is_shown_what_waits_when_it_begins(company: Company) -> None:
    await company.leaves("su", "代理 李大伟 11-24~11-30", "wecom:sales")
    no = await company.proposes("han", LATER, PRODUCTION)
    rooms = {row.conversation for row in await company.cards(no) if row.purpose is Purpose.APPROVAL}
    assert "dingtalk:cidWarehouse==" not in rooms
    await company.rings(hours=24)
    rooms = {row.conversation for row in await company.cards(no) if row.purpose is Purpose.APPROVAL}
    assert "dingtalk:cidWarehouse==" in rooms


async def test_who_was_asked_before_the_arrangement_still_decides(company: Company) -> None:
    """An approver whom the proposer names when they are asked already votes, by word and on the card."""
    no = await company.proposes("han", LATER)
    assert await asked_in_production(company, no) == ("wang",)
    await company.leaves("han", "代理 王五 11-23~11-30")
    assert await asked_in_production(company, no) == ("wang",)
    assert "已记录" in await company.types("wang", f"同意 {no}")
    step = (await company.change(no)).step_of("production")
    assert step is not None
    assert step.state is StepState.APPROVED
    after = await company.proposes("han", "改期 MO-1 推迟3天 因为 设备故障")
    assert "wang" not in await asked_in_production(company, after)
