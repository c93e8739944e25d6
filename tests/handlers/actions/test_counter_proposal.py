"""驳回 … 建议 …: what is suggested becomes a draft of whoever proposed what was rejected; nothing is half done."""

from dataclasses import replace

import pytest

from cards.action import Verb
from handlers.actions.change.propose import draft, submit_draft
from handlers.turn import Turn
from planning.change.change import ChangeState
from planning.control.policy import AFFECTED, Terms
from planning.control.rules import Event, Rule
from planning.plan.operation import Op, Operation
from planning.trail.audit import Kind
from storage.database import Database
from storage.delivery.cards import Purpose
from storage.unit_of_work import UnitOfWork
from tests.bot.delivery.office import ENVIRONMENT
from tests.handlers.company import PLANNING, PURCHASING, SALES, Company
from tests.reading import ways

FIRST, SECOND = "CR-20261123-001", "CR-20261123-002"
SUGGESTED = f"驳回 {FIRST} 因为 产能不足 建议 改期 MO-1 推迟3天"


async def rejected(company: Company) -> str:
    """Han's machine is down; the salesman would rather have it three days later than two."""
    await company.proposes("han")
    return await company.types("su", SUGGESTED, SALES)


async def test_a_suggestion_is_a_draft_of_the_one_who_proposed(company: Company) -> None:
    assert await rejected(company) == (
        f"已记录：销售部 苏经理 驳回 {FIRST}。建议已写成草稿 {SECOND}，请 韩冬 决定是否提交。"
    )
    old, new = await company.change(FIRST), await company.change(SECOND)
    assert (old.state, new.state) == (ChangeState.REJECTED, ChangeState.DRAFT)
    assert (new.proposer, new.suggested_by, new.supersedes, new.reason) == ("han", "su", (FIRST,), "设备故障")
    assert [(o.item, o.op, o.to) for o in new.operations] == [("MO-1", Op.SHIFT, 3)]
    said = old.steps[0].decisions[-1]
    assert said.comment == "产能不足；建议 改期 MO-1 推迟3天"


async def test_its_proposer_sees_who_suggested_it_and_submits(company: Company) -> None:
    await rejected(company)
    row = await company.card(SECOND, Purpose.PROPOSAL)
    preview = company.shown(row)[-1]
    assert row.conversation == (await company.change(FIRST)).origin
    assert f"↺ 销售部 苏经理驳回了 {FIRST} 并建议这样改" in preview.body
    assert preview.summary.startswith(f"↺ 销售部 苏经理驳回了 {FIRST} 并建议这样改")
    assert ways(preview) == ["提交", "放弃"]
    refused = await company.press("wang", row, Verb.SUBMIT)
    assert refused.summary == f"{SECOND} 不是你提出的，只有提出人可以提交、放弃或撤回。"
    await company.press("han", row, Verb.SUBMIT)
    assert (await company.change(SECOND)).state is ChangeState.IN_APPROVAL


async def test_who_suggested_it_may_decide_on_it_and_its_proposer_may_not(company: Company) -> None:
    await rejected(company)
    await company.press("han", await company.card(SECOND, Purpose.PROPOSAL), Verb.SUBMIT)
    await company.office.deliver()
    assert await company.types("han", f"同意 {SECOND}") == (
        f"{SECOND} 是你自己提出的，不能由你审批。请等其他审批人决定，或发送：撤回 {SECOND}"
    )
    assert (await company.types("su", f"同意 {SECOND}", SALES)).startswith(f"已记录：销售部 苏经理 同意 {SECOND}。")


async def test_in_the_form_of_dingtalk(company: Company) -> None:
    no = await company.proposes("he", room=SALES)
    row = await company.card(no, Purpose.APPROVAL, "production")
    answer = await company.press("wang", row, Verb.REJECT, input="产能不足，建议：改期 本单 推迟3天")
    assert answer.status == f"{no} · 王五 已驳回"
    new = await company.change(SECOND)
    assert (new.proposer, new.suggested_by, new.operations) == ("he", "wang", (Operation("MO-1", Op.SHIFT, 3),))
    assert (await company.card(SECOND, Purpose.PROPOSAL)).conversation == SALES


async def test_a_form_with_a_suggestion_and_no_reason_is_refused(company: Company) -> None:
    no = await company.proposes("he", room=SALES)
    row = await company.card(no, Purpose.APPROVAL, "production")
    answer = await company.press("wang", row, Verb.REJECT, input="建议 改期 MO-1 推迟3天")
    assert answer.summary == f"驳回需要原因。请发送：驳回 {no} 因为 ＜原因＞"
    assert (await company.change(no)).state is ChangeState.IN_APPROVAL


async def test_the_trail_says_who_drafted_it(company: Company) -> None:
    await rejected(company)
    found = await company.look(lambda turn: list(turn.uow.audit.chain()))
    (drafted,) = [e for e in found if e.kind == Kind.DRAFTED and e.subject == SECOND]
    assert drafted.actor == "su"


@pytest.mark.parametrize(
    ("suggestion", "why"),
    [
        ("改期 XX-9 推迟3天", "计划里没有“XX-9”。请核对单号，或发送“查计划 ＜产品名＞”来找。"),
        ("改期 MO-1 到 2-30", "没有“2-30”这一天，请核对日期，写成 12-05 或 2026-12-05 这样。"),
        ("改期 MO-1 提前10天", "MO-1 现在 2026-12-07 开始、2026-12-11 完成，已经是最早："
         "前面的 PO-1 在那之前做不完。要更早，请先提前 PO-1。"),
        ("改数量 RC-1 +5", "RC-1 现在没有数量，不能加减。请直接写要改成多少，例如：改数量 RC-1 3000 因为 ＜原因＞"),
    ],
)  # fmt: skip
async def test_an_impossible_suggestion_refuses_the_whole_and_loses_nothing(
    company: Company, suggestion: str, why: str
) -> None:
    no = await company.proposes("han")
    before = await company.change(no)
    assert await company.types("su", f"驳回 {no} 因为 产能不足 建议 {suggestion}", SALES) == (
        f"{no} 还没有驳回：建议“{suggestion}”做不了。{why} "
        f"改好建议再发：驳回 {no} 因为 产能不足 建议 改期 ＜单号＞ 到 ＜日期＞ "
        f"只驳回、不建议就发：驳回 {no} 因为 产能不足"
    )
    assert await company.change(no) == before
    assert await company.look(lambda turn: turn.uow.changes.get(SECOND)) is None


async def test_who_may_not_reject_drafts_nothing(company: Company) -> None:
    await company.proposes("han")
    assert await company.types("he", SUGGESTED, SALES) == (
        f"你不是 {FIRST} 当前环节的审批人，你的决定没有生效。发送“谁知道 {FIRST}”可以看到由谁决定。"
    )
    assert await company.look(lambda turn: turn.uow.changes.get(SECOND)) is None


@pytest.mark.parametrize("reason", ["客户建议取消", "产能不足，建议取消", "建议下周再说，3 天后看", "没有建议"])
async def test_a_reason_that_speaks_of_suggesting_is_a_reason(company: Company, reason: str) -> None:
    no = await company.proposes("han")
    told = await company.types("su", f"驳回 {no} 因为 {reason}", SALES)
    assert told.startswith(f"已记录：销售部 苏经理 驳回 {no}。")
    assert ("没有写成草稿" in told) is ("建议" in reason.replace("客户建议", "").replace("没有建议", ""))
    assert (await company.change(no)).steps[0].decisions[-1].comment == reason


async def test_another_systems_request_is_answered_at_the_coordinators(database: Database) -> None:
    company = Company(database).opens()

    def unit(uow: UnitOfWork) -> None:
        turn = Turn(uow, company.clock.now(), company.environment)
        drafted = draft(turn, turn.plan(), (Operation("MO-1", Op.SHIFT, 2),), "api:erp", "延期", "", "")
        submit_draft(turn, drafted, "api:erp")
        uow.commit()

    database.write_now(unit)
    await company.office.deliver()
    await company.types("su", SUGGESTED, SALES)
    row = await company.card(SECOND, Purpose.PROPOSAL)
    shown = company.shown(row)[-1]
    assert (row.conversation, shown.buttons) == (PLANNING, ())
    assert f"请 api:erp 提交，或由协调员发送：修改 {SECOND} ＜命令＞" in shown.body
    assert (await company.change(SECOND)).proposer == "api:erp"
    new = await company.proposes("lin", f"修改 {SECOND} 推迟4天", PLANNING)
    assert (await company.change(new)).proposer == "lin"


async def test_an_objection_that_is_not_waited_for_may_suggest_too(database: Database) -> None:
    rule = Rule("r", Event.ANY, None, approvals=(AFFECTED, "purchasing"), terms=(Terms("purchasing", optional=True),))
    company = Company(database, environment=replace(ENVIRONMENT, rules=(rule,))).opens()
    no = await company.proposes("he", room=PLANNING)
    await company.types("zhao", f"驳回 {no} 因为 缺芯片 建议 改期 MO-1 推迟3天", PURCHASING)
    assert (await company.change(no)).state is ChangeState.IN_APPROVAL
    await company.press("he", await company.card(SECOND, Purpose.PROPOSAL), Verb.SUBMIT)
    assert (await company.change(no)).state is ChangeState.SUPERSEDED


@pytest.mark.parametrize("bare", ["推迟3天", "到 12-16"])
async def test_days_or_a_date_alone_are_a_suggestion_for_the_same_item(company: Company, bare: str) -> None:
    await company.proposes("han")
    assert (await company.types("su", f"驳回 {FIRST} 因为 太晚 建议 {bare}", SALES)).endswith(
        f"建议已写成草稿 {SECOND}，请 韩冬 决定是否提交。"
    )
    assert [o.item for o in (await company.change(SECOND)).operations] == ["MO-1"]
    assert (await company.change(FIRST)).steps[0].decisions[-1].comment == f"太晚；建议 {bare}"


async def test_days_alone_pressed_into_a_card_are_one_too(company: Company) -> None:
    await company.proposes("han")
    row = await company.card(FIRST, Purpose.APPROVAL, "sales")
    await company.press("su", row, Verb.REJECT, input="太晚 建议 推迟3天")
    assert (await company.change(SECOND)).suggested_by == "su"


async def test_prose_after_it_is_said_to_make_no_draft(company: Company) -> None:
    await company.proposes("han")
    assert await company.types("su", f"驳回 {FIRST} 因为 太晚，建议跟客户再谈", SALES) == (
        f"已记录：销售部 苏经理 驳回 {FIRST}。“建议”后面的话没有写成草稿，原话 韩冬 看得到。"
        "要写成草稿，请这样写：建议 改期 MO-1 推迟2天"
    )
    assert (await company.change(FIRST)).steps[0].decisions[-1].comment == "太晚，建议跟客户再谈"
