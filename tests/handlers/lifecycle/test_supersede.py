"""A submitted request takes the place of those it was made from."""

from dataclasses import replace

import pytest

from cards.action import Verb
from handlers.actions.change.propose import draft
from handlers.lifecycle.after_change import give_way
from handlers.turn import Turn
from planning.change.change import Change, ChangeState
from planning.people.organisation import Organisation
from planning.plan.operation import Op, Operation
from planning.refusal import Refused
from storage.database import Database
from storage.delivery.cards import Purpose
from storage.unit_of_work import UnitOfWork
from tests.bot.delivery.office import ENVIRONMENT
from tests.handlers.company import LATER, PLANNING, PURCHASING, Company
from tests.previews import NEWEST, newest_change
from tests.small_company import organisation

OLD, NEW, BOTH = "CR-20261123-001", "CR-20261123-002", "CR-20261123-003"


async def replacing(company: Company, *old: str) -> None:
    """A draft of 钱波's that supersedes these, shown in their group."""
    await company.types("qian", "改期 PO-1 推迟1天 因为 到货晚", PURCHASING)

    def point(uow: UnitOfWork) -> None:
        change = newest_change(Turn(uow, company.clock.now(), company.environment))
        uow.changes.save(replace(change, supersedes=old))
        uow.commit()

    company.database.write_now(point)


async def test_what_it_supersedes_ends_when_it_is_submitted(company: Company) -> None:
    await company.proposes("han", LATER)
    await replacing(company, OLD, "CR-20261123-999")
    assert (await company.change(OLD)).state is ChangeState.IN_APPROVAL, "a draft takes nobody's place"
    assert await company.submits("qian", await company.card(NEWEST, Purpose.PROPOSAL)) == NEW
    old = await company.change(OLD)
    assert old.state is ChangeState.SUPERSEDED
    assert not old.waiting
    for row in await company.cards(OLD):
        assert not company.shown(row)[-1].buttons
        assert company.shown(row)[-1].status == f"{OLD} · 已被 {NEW} 取代"
    due = await company.look(lambda turn: [t.subject for t in turn.uow.timers.due(turn.now.replace(year=2027))])
    assert not [subject for subject in due if OLD in subject]


async def test_what_has_ended_stays_as_it_ended(company: Company) -> None:
    await company.proposes("han", LATER)
    await company.types("han", f"撤回 {OLD}")
    await replacing(company, OLD)
    await company.press("qian", await company.card(NEWEST, Purpose.PROPOSAL), Verb.SUBMIT)
    assert (await company.change(OLD)).state is ChangeState.WITHDRAWN


async def test_what_is_in_effect_does_not_give_way(company: Company) -> None:
    def unit(uow: UnitOfWork) -> str:
        turn = Turn(uow, company.clock.now(), company.environment)
        change = in_state(turn, ChangeState.APPLIED)
        with pytest.raises(Refused) as no:
            give_way(turn, change, NEW, "qian")
        return turn.sentence(no.value.refusal)

    assert company.database.write_now(unit) == f"{OLD} 已经结束（已生效），什么也没有做。"


def in_state(turn: Turn, state: ChangeState) -> Change:
    wanted = (Operation("MO-1", Op.SHIFT, 2),)
    return replace(draft(turn, turn.plan(), wanted, "han", "设备故障", "", ""), state=state)


# what was to be replaced has an end of its own


async def merged(company: Company) -> None:
    """韩冬 wants MO-1 two days later, 钱波 four; 003 is the draft of both, 钱波's to submit."""
    await company.proposes("han", LATER)
    await company.proposes("qian", "改期 MO-1 推迟4天 因为 等模具", PURCHASING)
    await company.types("han", f"冲突 {OLD} 合并")
    await company.types("qian", f"冲突 {NEW} 合并", PURCHASING)


async def submits(company: Company, person: str, no: str) -> str:
    """The sentence with which it is refused; empty: it is not."""
    preview = await company.card(no, Purpose.PROPOSAL)
    shown = await company.press(person, preview, Verb.SUBMIT)
    await company.office.deliver()
    about = await company.look(lambda turn: turn.uow.cards.get(preview.card_id) or preview)
    return shown.summary if (await company.change(about.subject.id)).state is ChangeState.DRAFT else ""


async def test_a_merged_draft_does_not_count_again_what_is_in_effect(company: Company) -> None:
    await merged(company)
    await company.approves(OLD)
    before = await company.look(lambda turn: turn.plan())
    for _ in range(2):
        assert await submits(company, "qian", BOTH) == (
            f"{BOTH} 是要取代 {OLD} 的，可 {OLD} 已经生效（第 2 版），再提交会改两次。请放弃 {BOTH}，"
            "发“查计划 MO-1”看现在的安排；还要改就按现在的计划重新提出，比如“改期 MO-1 推迟1天”。"
        )
    assert (await company.change(NEW)).state is ChangeState.IN_APPROVAL, "the other goes on"
    assert await company.look(lambda turn: turn.plan()) == before
    trail = await company.look(lambda turn: list(turn.uow.audit.chain()))
    assert [e.kind for e in trail if e.facts.get("code") == "source-in-effect"] == ["click.late"] * 2
    await company.press("qian", await company.card(BOTH, Purpose.PROPOSAL), Verb.DISCARD)
    assert (await company.change(BOTH)).state is ChangeState.WITHDRAWN


async def test_a_revision_does_not_count_again_what_is_in_effect(company: Company) -> None:
    await company.proposes("han", LATER)
    assert await company.types("han", f"修改 {OLD} 推迟3天") == ""
    await company.approves(OLD)
    assert f"{OLD} 已经生效（第 2 版）" in await submits(company, "han", NEWEST)


async def test_of_two_revisions_one_takes_the_place(company: Company) -> None:
    await company.proposes("han", LATER)
    previews = []
    for days in (3, 4):
        assert await company.types("han", f"修改 {OLD} 推迟{days}天") == ""
        previews.append((await company.change(NEWEST)).no)
    assert await submits(company, "han", previews[0]) == ""
    assert await submits(company, "han", previews[1]) == (
        f"预览 是要取代 {OLD} 的，可 {OLD} 已被 {NEW} 取代，再提交会改两次。请放弃 预览，"
        "发“查计划 MO-1”看现在的安排；还要改就按现在的计划重新提出，比如“改期 MO-1 推迟1天”。"
    )


async def test_a_card_names_only_what_was_replaced(company: Company) -> None:
    await merged(company)
    await company.types("han", f"撤回 {OLD}")
    row = await company.card(BOTH, Purpose.PROPOSAL)
    assert f"提交后取代 {OLD}、{NEW}" in company.shown(row)[-1].body
    shown = await company.press("qian", row, Verb.SUBMIT)
    assert f"↺ 取代 {NEW}" in shown.body.splitlines()
    assert (await company.change(BOTH)).supersedes == (NEW,)
    assert (await company.change(OLD)).state is ChangeState.WITHDRAWN


# who wanted what it takes the place of wants it too


async def test_who_wanted_half_of_what_was_merged_does_not_decide_on_it(company: Company) -> None:
    await merged(company)
    assert await submits(company, "qian", BOTH) == ""
    change = await company.change(BOTH)
    assert change.proposers == ("qian", "han")
    assert {step.department: step.approvers for step in change.steps} == {"sales": ("su",), "production": ("wang",)}
    shown = await company.press("han", await company.card(BOTH, Purpose.APPROVAL, "production"), Verb.APPROVE)
    assert shown.summary == f"{BOTH} 取代了你提出的变更单，等于也是你提出的，不能由你审批。请等其他审批人决定。"
    assert await company.types("han", f"同意 {BOTH}") == shown.summary
    assert not (await company.change(BOTH)).steps[1].decisions


async def test_whose_request_the_coordinator_revises_does_not_decide_on_it(company: Company) -> None:
    await company.proposes("han", LATER)
    assert await company.types("lin", f"修改 {OLD} 推迟3天", PLANNING) == ""
    assert await submits(company, "lin", NEWEST) == ""
    change = await company.change(NEW)
    assert (change.proposer, change.also_by) == ("lin", ("han",))
    assert [step.approvers for step in change.steps if step.department == "production"] == [("wang",)]
    again = await company.types("lin", f"修改 {NEW} 推迟4天", PLANNING)
    assert again == ""
    assert (await company.change(NEWEST)).also_by == ("han",), "he still wants it"


async def test_where_all_of_a_department_want_it_the_coordinators_superior_decides(database: Database) -> None:
    staff = [person for person in organisation().people.values() if person.id != "wang"]
    known = Organisation.of(organisation().departments.values(), staff)
    company = Company(database, environment=replace(ENVIRONMENT, organisation=known)).opens()
    await company.proposes("han", LATER)
    assert [s.approvers for s in (await company.change(OLD)).steps if s.department == "production"] == [("lin",)]
    assert await company.types("lin", f"修改 {OLD} 推迟3天", PLANNING) == ""
    assert await submits(company, "lin", NEWEST) == ""
    assert [s.approvers for s in (await company.change(NEW)).steps if s.department == "production"] == [("boss",)]


async def test_who_suggested_it_instead_decides_on_it(company: Company) -> None:
    await company.proposes("qian", LATER, PURCHASING)
    await company.types("han", f"驳回 {OLD} 因为 太急 建议 改期 MO-1 推迟3天")
    assert await submits(company, "qian", NEW) == ""
    change = await company.change(NEW)
    assert (change.proposers, change.supersedes) == (("qian",), (OLD,))
    await company.press("han", await company.card(NEW, Purpose.APPROVAL, "production"), Verb.APPROVE)
    assert (await company.change(NEW)).steps[1].voters == ("han",)
