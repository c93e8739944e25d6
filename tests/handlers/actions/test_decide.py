"""会签, k of n, opinions, sending back and revising, at work: cards, sentences, clocks, on both databases."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from cards.action import Action, Verb
from cards.card import Card
from cards.encoders.dingtalk.encode import param_map
from cards.encoders.wecom.encode import AIBOT, template_card
from cards.words import Words
from handlers.notify.render_card import draw
from planning.change.change import Change, ChangeState, Step, StepState
from planning.change.escalation import DEFAULT, Escalation
from planning.control.fences import Fence, FenceKind, Scope
from planning.control.policy import AFFECTED, EVERYONE, Terms
from planning.control.rules import Event, Rule
from planning.trail.audit import AuditEvent, Kind
from storage.database import Database
from storage.delivery.cards import CardRow, Purpose
from tests.bot.delivery.office import ENVIRONMENT
from tests.handlers.company import PLANNING, PRODUCTION, PURCHASING, SALES, WAREHOUSE, Company
from tests.previews import NEWEST
from tests.reading import ways
from tests.small_company import organisation

Opened = Callable[..., Company]


@pytest.fixture
def ruled(database: Database) -> Opened:
    """The small company under one rule."""

    def open_it(*terms: Terms, approvals: tuple[str, ...] = (AFFECTED,)) -> Company:
        rule = Rule("r", Event.ANY, None, approvals=approvals, terms=terms)
        return Company(database, environment=replace(ENVIRONMENT, rules=(rule,))).opens()

    return open_it


async def proposed(company: Company, text: str = "改期 MO-1 推迟2天 因为 设备故障") -> str:
    """By the purchaser, who decides for nobody: it touches production and sales."""
    return await company.proposes("qian", text, PURCHASING)


async def step(company: Company, no: str, department: str = "production") -> Step:
    found = (await company.change(no)).step_of(department)
    assert found is not None
    return found


async def climbed(company: Company, no: str, department: str) -> Escalation:
    found = await company.look(lambda turn: turn.uow.escalations.get(no, department))
    assert found is not None
    return found


async def events(company: Company, kind: Kind) -> list[AuditEvent]:
    found = await company.look(lambda turn: list(turn.uow.audit.chain()))
    return [event for event in found if event.kind == kind]


async def card(company: Company, no: str, department: str = "production") -> CardRow:
    return await company.card(no, Purpose.APPROVAL, department)


# all of them

async def test_each_vote_is_shown_and_the_last_closes_it(ruled: Opened) -> None:
    company = ruled(Terms(AFFECTED, EVERYONE))
    no = await proposed(company)
    row = await card(company, no)
    first = await company.press("wang", row, Verb.APPROVE)
    assert first.status == f"{no} · 待生产部决定 1/2"
    assert "会签 1/2：王五 已同意，还差 韩冬" in first.body
    await company.office.deliver()
    assert len(company.shown(row)) == 1, "the others of the group are still asked the same"
    others = await company.drawn(row)
    assert (others.status, bool(others.buttons)) == (first.status, True), "who presses sees it too"
    last = await company.press("han", row, Verb.APPROVE)
    assert last.status == f"{no} · 生产部 韩冬 已同意"
    assert "✅ 生产部：王五、韩冬 同意" in last.body
    assert (await step(company, no)).state is StepState.APPROVED


async def test_the_proposer_sees_how_far_it_is_on_the_next_press(ruled: Opened) -> None:
    company = ruled(Terms(AFFECTED, EVERYONE))
    no = await company.proposes("he", room=PLANNING)
    proposal = await company.card(no, Purpose.PROPOSAL)
    await company.press("wang", await card(company, no), Verb.APPROVE)
    await company.office.deliver()
    assert len(company.shown(proposal)) == 1, "nothing is asked of them"
    assert "⏳ 生产部：会签 1/2：王五 已同意，还差 韩冬" in (await company.drawn(proposal)).body


async def test_a_typed_vote_is_answered_with_what_is_missing(ruled: Opened) -> None:
    company = ruled(Terms(AFFECTED, EVERYONE))
    no = await proposed(company)
    assert await company.types("wang", f"同意 {no}") == (
        f"已记录：生产部 王五 同意 {no}。会签 1/2：王五 已同意，还差 韩冬。还差 销售部。"
    )
    assert "会签 1/2" in await company.types("han", "待办")
    assert no not in await company.types("wang", "待办"), "who has voted owes nothing"


async def test_a_second_click_is_the_first_one(ruled: Opened) -> None:
    company = ruled(Terms(AFFECTED, EVERYONE))
    no = await proposed(company)
    for _ in range(2):
        await company.press("wang", await card(company, no), Verb.APPROVE)
    assert len((await step(company, no)).decisions) == 1
    assert len(await events(company, Kind.REPEATED)) == 1


async def test_a_changed_vote_is_on_record_and_ends_it(ruled: Opened) -> None:
    company = ruled(Terms(AFFECTED, EVERYONE))
    no = await proposed(company)
    row = await card(company, no)
    await company.press("wang", row, Verb.APPROVE)
    ended = await company.press("wang", row, Verb.REJECT, input="备件没到")
    assert ended.status == f"{no} · 王五 已驳回"
    assert [d.verdict.value for d in (await step(company, no)).decisions] == ["approve", "reject"]


async def test_a_vote_is_not_handed_on(ruled: Opened) -> None:
    company = ruled(Terms(AFFECTED, EVERYONE))
    no = await proposed(company)
    row = await card(company, no)
    await company.press("wang", row, Verb.APPROVE)
    refused = await company.press("wang", row, Verb.TRANSFER, "lin")
    assert f"{no} 你这一票已经投了，不能再转交。要改主意，请发送：驳回 {no} 因为 ＜原因＞" in refused.summary


# two of three, and who stands in

async def test_too_few_are_made_up_for_and_asked_where_they_read(ruled: Opened) -> None:
    company = ruled(Terms("sales", 2), approvals=(AFFECTED,))
    no = await proposed(company)
    sales = await step(company, no, "sales")
    assert (sales.approvers, sales.needs) == (("su", "lin"), 2)
    rooms = {row.conversation for row in await company.cards(no) if row.department == "sales"}
    assert rooms == {SALES, PLANNING}
    told = await company.types("lin", f"同意 {no}", PLANNING)
    assert "销售部 林静 同意" in told
    assert "会签 1/2：林静 已同意，还差 苏经理" in told


async def test_two_platforms_are_one_person(ruled: Opened) -> None:
    company = ruled(Terms("sales", 2))
    no = await proposed(company)
    await company.types("lin", f"同意 {no}", PLANNING)
    await company.types("lin", f"同意 {no}", SALES)
    found = await step(company, no, "sales")
    assert (found.state, found.voters, len(found.decisions)) == (StepState.OPEN, ("lin",), 1)


async def test_nobody_is_waited_for_who_cannot_be_there(ruled: Opened) -> None:
    company = ruled(Terms("sales", 9))
    assert await company.types("qian", "改期 MO-1 推迟2天 因为 设备故障", PURCHASING) == ""
    preview = (await company.cards(NEWEST))[0]
    refused = await company.press("qian", preview, Verb.SUBMIT)
    assert (
        "销售部要 9 人同意，除去提出人和代理人，连同协调人只有 4 人能审批。请管理员补上审批人，或改小设置里的人数。"
    ) in refused.summary


async def test_a_role_is_named_as_people_call_it(ruled: Opened) -> None:
    company = ruled(Terms("role:coordinator", 9), approvals=("role:coordinator",))
    assert await company.types("qian", "改期 MO-1 推迟2天 因为 设备故障", PURCHASING) == ""
    refused = await company.press("qian", (await company.cards(NEWEST))[0], Verb.SUBMIT)
    assert refused.summary.startswith("计划协调员要 9 人同意，除去提出人和代理人，连同协调人只有 3 人能审批。")


# the ladder

async def test_the_ladder_goes_on_and_asks_only_who_has_not_voted(ruled: Opened) -> None:
    company = ruled(Terms(AFFECTED, EVERYONE))
    no = await proposed(company, "改期 MO-1 推迟10天 因为 设备故障")
    await company.press("wang", await card(company, no), Verb.APPROVE)
    before = await ladder(company, no)
    await company.rings(hours=4, minutes=1)
    (reminder,) = [told for told in company.told(PRODUCTION) if "⏰" in told]
    assert "等 韩冬，" in reminder
    assert (await ladder(company, no)) == before + 1


async def test_a_reminder_by_hand_goes_to_those_waited_for(ruled: Opened) -> None:
    company = ruled(Terms("sales", 2))
    no = await proposed(company)
    await company.types("lin", f"同意 {no}", PLANNING)
    before = len(company.told(PLANNING))
    assert "销售部 苏经理" in await company.types("qian", f"催办 {no}", PURCHASING)
    assert len(company.told(PLANNING)) == before, "who has voted is left in peace"


# opinions

async def test_an_opinion_is_not_waited_for_and_has_no_ladder(ruled: Opened) -> None:
    company = ruled(Terms("purchasing", optional=True), approvals=(AFFECTED, "purchasing"))
    no = await company.proposes("he", room=PLANNING)
    row = await card(company, no, "purchasing")
    asked = company.shown(row)[-1]
    assert asked.status == f"{no} · 请采购部参考"
    assert "供参考，不等你" in asked.body
    assert "供参考，不等你" in asked.summary
    assert await company.look(lambda turn: turn.uow.escalations.get(no, "purchasing")) is None
    assert "采购部 可不批" in await company.types("zhao", "待办", PURCHASING)
    late = await company.look(lambda turn: turn.uow.escalations.overdue(turn.now + timedelta(days=9)))
    assert "purchasing" not in [one.department for one in late]
    await company.approves(no, "production", "sales")
    assert (await company.change(no)).state is ChangeState.APPLIED
    assert (await step(company, no, "purchasing")).state is StepState.NOT_REQUIRED
    closed = company.shown(row)[-1]
    assert (closed.status, closed.buttons) == (f"{no} · 已生效 第2版", ())


async def test_an_objection_that_is_not_waited_for_is_told_and_ends_nothing(ruled: Opened) -> None:
    company = ruled(Terms("purchasing", optional=True), approvals=(AFFECTED, "purchasing"))
    no = await company.proposes("he", room=PLANNING)
    assert await company.types("zhao", f"驳回 {no} 因为 芯片要重订", PURCHASING) == (
        f"已记录：采购部 赵敏 不同意 {no}（供参考，不影响其他人决定）。"
    )
    await company.approves(no, "production", "sales")
    change = await company.change(no)
    assert change.state is ChangeState.APPLIED
    notice = company.shown(await company.card(no, Purpose.PROPOSAL))[-1]
    assert "❌ 采购部：赵敏 驳回" in notice.body


async def test_nothing_but_opinions_is_nothing_to_remind_of(ruled: Opened) -> None:
    company = ruled()
    no = await proposed(company)
    for person, department in (("wang", "production"), ("su", "sales")):
        await company.press(person, await card(company, no, department), Verb.MODIFY, input="请改到 12-20")
    await company.office.deliver()
    assert await company.types("qian", f"催办 {no}", PURCHASING) == (
        f"{no} 现在没有要等的审批人，不用催。要求修改的，请提出人发送：修改 {no} ＜命令＞"
    )


# sending back

async def sent_back(company: Company) -> tuple[str, Card]:
    no = await company.proposes("he", room=PLANNING)
    answer = await company.press("wang", await card(company, no), Verb.MODIFY, input="请改到 12-20")
    await company.office.deliver()
    return no, answer


async def test_a_request_sent_back_tells_its_proposer_how_to_answer(company: Company) -> None:
    no, answer = await sent_back(company)
    assert answer.status == f"{no} · 王五要求修改，等提出人"
    assert ways(answer) == ["同意", "驳回", "要求修改", "转交", "收到"]
    assert company.questions(PLANNING)[-1].body.startswith(
        f"✏️ 生产部 王五 要求修改 {no}（MO-1 耳机组装 推迟2天）：请改到 12-20。何佳要照这样改，点一下："
    )
    proposal = company.shown(await company.card(no, Purpose.PROPOSAL))[-1]
    assert "✏️ 生产部：王五 要求修改" in proposal.body
    assert f"↺ 要改就发送：修改 {no} 改期 本单 到 ＜日期＞" in proposal.body
    assert f"生产部要求修改，请提出人发送：修改 {no}" in await company.types("he", "待办", PLANNING)


async def test_who_sent_it_back_may_still_approve(company: Company) -> None:
    no, _ = await sent_back(company)
    assert (await step(company, no)).state is StepState.CHANGES_REQUESTED
    await company.types("wang", f"同意 {no}")
    assert (await step(company, no)).state is StepState.APPROVED


async def test_the_ladder_of_what_was_sent_back_reminds_its_proposer_then_the_coordinator(company: Company) -> None:
    no = await company.proposes("qian", "改期 RC-1 推迟1天 因为 盘点人手不够", PURCHASING)
    await company.rings(hours=3)
    await company.press("li", await card(company, no, "warehouse"), Verb.MODIFY, input="请提前")
    reminder = (
        f"⏰ {no} RC-1 年度盘点 推迟1天：仓储部要求修改（请提前），等 钱波 答复，从 12:00 等到现在已 4 个工时。"
        f"请 钱波（或计划协调员）发送：修改 {no} 改期 本单 到 ＜日期＞。11-26 18:00 过期作废。"
    )
    await company.rings(hours=1)
    assert reminder not in company.told(PURCHASING), "its own time begins when it is sent back"
    await company.rings(hours=3)
    assert company.told(PURCHASING)[-1] == reminder
    assert not [told for told in company.told(WAREHOUSE) + company.told(PLANNING) if "⏰" in told]
    await company.rings(hours=65)
    assert f"⏰ {no}" in company.told(PLANNING)[-1], "the coordinator may revise it, too"
    assert (await step(company, no, "warehouse")).approvers == ("li",), "nobody else is asked to decide"


async def test_taken_back_it_waits_for_its_approvers_again(ruled: Opened) -> None:
    company = ruled(Terms(AFFECTED, EVERYONE))
    no = await proposed(company, "改期 MO-1 推迟10天 因为 设备故障")
    await company.rings(hours=2)
    await company.press("wang", await card(company, no), Verb.MODIFY, input="请改到 12-25")
    assert await due(company, no) == company.clock.now() - timedelta(seconds=1) + timedelta(hours=4)
    await company.rings(hours=1)
    await company.types("wang", f"同意 {no}")
    again = await due(company, no)
    assert again is not None
    assert timedelta(hours=3, minutes=59) < again - company.clock.now() <= timedelta(hours=4)
    company.clock.move(hours=4)
    await company.rings()
    assert "等 韩冬" in company.told(PRODUCTION)[-1]


async def test_who_is_waited_for_after_it_was_sent_back_can_be_reminded_and_sees_it(company: Company) -> None:
    no, _ = await sent_back(company)
    told = await company.types("lin", f"催办 {no}", PLANNING)
    assert f"{no} 已提醒：提出人 何佳（生产部要求修改）。" in told
    assert f"⏰ 林静 催办 {no} MO-1 耳机组装 推迟2天：生产部要求修改（请改到 12-20），等 何佳 答复" in told
    assert f"{no} MO-1 耳机组装 推迟2天（生产部）自 09:00 已要求修改，等 何佳，仍可以决定，" in (
        await company.types("han", "待办")
    )


async def test_the_others_wait_with_it_and_their_clocks_stand_still(company: Company) -> None:
    """Nobody decides on what is about to be another request: nobody is reminded of it, or asked in their place."""
    no = await company.proposes("lin", "改期 MO-1 推迟2天 因为 设备故障", PLANNING)
    sales = await card(company, no, "sales")
    await company.rings(hours=3)
    was = await climbed(company, no, "sales")
    await company.press("wang", await card(company, no), Verb.MODIFY, input="请改到 12-20")
    await company.office.deliver()
    assert (await climbed(company, no, "sales")).next_at is None
    assert (await climbed(company, no, "production")).next_at is not None, "its proposer is reminded"
    face = await company.look(lambda turn: draw(turn, sales))
    assert face.status == f"{no} · 生产部要求修改，先不用决定"
    assert "生产部要求修改，等 林静 重新提，先不用决定" in face.body
    assert "前决定" not in face.body
    assert [button.text for button in face.buttons][:2] == ["同意", "驳回"], "they still may"
    before = company.told(SALES)
    await company.rings(hours=30)
    late = await company.look(lambda turn: turn.uow.escalations.overdue(turn.now))
    assert (company.told(SALES), late) == (before, [])
    assert no not in await company.types("su", "早会", SALES)
    todo = await company.types("su", "待办", SALES)
    assert f"- {no} MO-1 耳机组装 推迟2天（销售部）自 09:00" not in todo
    assert "生产部要求修改，等 林静 重新提，先不用决定" in todo
    for who, place in (("wang", PRODUCTION), ("lin", PLANNING)):
        assert "销售部" not in await company.types(who, f"催办 {no}", place)

    at, sent_back = company.clock.now(), (await company.change(no)).sent_back_at
    assert sent_back is not None
    await company.types("wang", f"同意 {no}")
    again, hours = await climbed(company, no, "sales"), was.policy.working(company.environment.zone)
    assert hours.between(again.opened_at, at) == hours.between(was.opened_at, sent_back)
    assert again.next_at is not None
    assert (await company.look(lambda turn: draw(turn, sales))).status == f"{no} · 待销售部决定"


async def test_a_step_handed_on_while_the_request_goes_back_waits_with_the_others(company: Company) -> None:
    no = await proposed(company)
    sales = await card(company, no, "sales")
    await company.rings(hours=3)
    await company.press("wang", await card(company, no), Verb.MODIFY, input="请改到 12-20")
    await company.press("su", sales, Verb.TRANSFER, "lin")
    assert (await step(company, no, "sales")).approvers == ("lin",)
    assert (await climbed(company, no, "sales")).next_at is None, "nobody is reminded of what goes back"
    await company.types("wang", f"同意 {no}")
    assert (await climbed(company, no, "sales")).next_at is not None


async def test_two_who_sent_it_back_are_waited_out_one_after_the_other(company: Company) -> None:
    no = await company.proposes("he", "改期 PO-1 推迟2天 因为 供应商延期", PLANNING)
    hours = DEFAULT.working(company.environment.zone)
    await company.rings(hours=1)
    for person, department in (("wang", "production"), ("zhao", "purchasing")):
        await company.press(person, await card(company, no, department), Verb.MODIFY, input="晚一点")
        await company.rings(hours=1)
    for person, room in (("wang", PRODUCTION), ("zhao", PURCHASING)):
        assert (await climbed(company, no, "sales")).next_at is None
        await company.types(person, f"同意 {no}", room)
        await company.rings(hours=1)
    again = await climbed(company, no, "sales")
    assert again.next_at is not None
    assert hours.between(again.opened_at, company.clock.now()) // timedelta(minutes=1) == 120, "two of the five hours"


async def test_an_opinion_that_wants_it_otherwise_stops_nobodys_clock(ruled: Opened) -> None:
    company = ruled(Terms("purchasing", optional=True), approvals=(AFFECTED, "purchasing"))
    no = await proposed(company, "改期 MO-1 推迟2天 因为 设备故障")
    running = (await climbed(company, no, "sales")).next_at
    await company.press("zhao", await card(company, no, "purchasing"), Verb.MODIFY, input="晚一点")
    assert (await climbed(company, no, "sales")).next_at == running is not None


async def test_a_request_sent_back_expires_like_any_other(company: Company) -> None:
    no, _ = await sent_back(company)
    expires = (await company.change(no)).expires_at
    assert expires is not None
    await company.rings(seconds=(expires - company.clock.now()).total_seconds() + 1)
    assert (await company.change(no)).state is ChangeState.EXPIRED


async def test_on_wecom_the_button_says_what_to_type(company: Company) -> None:
    no = await company.proposes("han")
    page = await company.press("su", await card(company, no, "sales"), Verb.MODIFY)
    assert page.summary == f"请在群里发送：要求修改 {no} 因为 ＜要怎么改＞"
    assert await company.types("su", f"要求修改 {no} 因为 客户要 12-20", SALES) == (
        f"已记录：销售部 苏经理 要求修改 {no}，已转告 韩冬。苏经理 仍可以同意或驳回。"
    )


# revising

async def test_what_is_submitted_instead_ends_what_was_sent_back(company: Company) -> None:
    no, _ = await sent_back(company)
    new = await company.proposes("he", f"修改 {no} 改期 本单 推迟3天", PLANNING)
    change = await company.change(new)
    assert (change.supersedes, change.reason) == ((no,), "设备故障")
    assert change.state is ChangeState.IN_APPROVAL
    assert (await company.change(no)).state is ChangeState.SUPERSEDED
    preview = await company.card(new, Purpose.PROPOSAL)
    assert f"↺ 提交后取代 {no}" in company.shown(preview)[0].body
    assert f"↺ 取代 {no}" in (await company.drawn(preview)).body
    assert company.shown(await card(company, no))[-1].buttons == ()


async def test_round_a_fence_it_still_takes_the_others_place(database: Database) -> None:
    """修改 of RC-1's request falls into a window; the way round it is proposed instead of the first as well."""
    window = Fence("sale", "大促", FenceKind.WINDOW, scope=Scope(types=("task",)), first=date(2026, 12, 1),
                   last=date(2026, 12, 8), approvals=("role:coordinator",))  # fmt: skip
    company = Company(database, environment=replace(ENVIRONMENT, fences=(window,))).opens()
    no = await company.proposes("lin", "改期 RC-1 推迟1天 因为 提前盘点", PLANNING)
    assert await company.types("lin", f"修改 {no} 改期 RC-1 开始 到 12-07", PLANNING) == ""
    await company.press("lin", await company.card(NEWEST, Purpose.PROPOSAL), Verb.DETOUR)
    assert (await company.change(NEWEST)).supersedes == (no,)
    await company.office.deliver()
    await company.press("lin", await company.card(NEWEST, Purpose.PROPOSAL), Verb.SUBMIT)
    assert (await company.change(no)).state is ChangeState.SUPERSEDED


async def test_a_draft_that_is_revised_is_dropped(company: Company) -> None:
    assert await company.types("he", "改期 MO-1 推迟2天 因为 设备故障", PLANNING) == ""
    first = await company.change(NEWEST)
    assert await company.types("he", "修改 本单 推迟3天", PLANNING) == ""
    second = await company.change(NEWEST)
    assert ((await company.change(first.no)).state, second.supersedes) == (ChangeState.WITHDRAWN, ())


async def test_a_coordinator_may_revise_as_the_new_proposer(company: Company) -> None:
    no, _ = await sent_back(company)
    new = await company.proposes("lin", f"修改 {no} 改期 MO-1 推迟3天 因为 生产部建议", PLANNING)
    change = await company.change(new)
    assert (change.proposer, change.reason, change.supersedes) == ("lin", "生产部建议", (no,))


@pytest.mark.parametrize(
    ("person", "text", "sentence"),
    [
        ("han", "修改 {no} 改期 MO-1 推迟3天",
         "{no} 不是你提出的，只有提出人和计划协调员可以修改。你要是审批人，请发送：要求修改 {no} 因为 ＜要怎么改＞"),
        ("han", "要求修改 {no}", "还缺原因。 要求修改 {no} 因为 … 请直接回复（5 分钟内）。"),
        ("he", "修改 {no}",
         "“修改 {no}”里没有看懂要改成什么。请在变更单号后面写新的命令：修改 {no} 改期 本单 推迟2天"),
        ("he", "修改 {no} 大概晚一点",
         "“大概晚一点”里没有看懂要改成什么。请在变更单号后面写新的命令：修改 {no} 改期 本单 推迟2天"),
        ("he", "要求修改 {no} 因为 x", "{no} 是你自己提出的，不能由你审批。请等其他审批人决定，或发送：撤回 {no}"),
        ("boss", "要求修改 {no} 因为 x",
         "你不是 {no} 当前环节的审批人，你的决定没有生效。发送“谁知道 {no}”可以看到由谁决定。"),
    ],
)  # fmt: skip
async def test_what_cannot_be_revised_is_refused_in_full(
    company: Company, person: str, text: str, sentence: str
) -> None:
    no = await company.proposes("he", room=PLANNING)
    before = await company.change(no)
    assert await company.types(person, text.format(no=no), PLANNING) == sentence.format(no=no)
    assert await company.change(no) == before


async def test_what_has_ended_is_not_revised(company: Company) -> None:
    no = await company.proposes("he", room=PLANNING)
    await company.approves(no)
    assert await company.types("he", f"修改 {no} 改期 MO-1 推迟3天", PLANNING) == (
        f"{no} 已于 09:00 生效（第 2 版），什么也没有做。要再改，请重新提出。"
    )


# settings and lists

async def test_departments_ordinary_mode_is_asked_for_and_listed(database: Database) -> None:
    known = organisation()
    everyone = replace(known.departments["production"], approval=EVERYONE)
    environment = replace(
        ENVIRONMENT,
        organisation=replace(known, departments={**known.departments, "production": everyone}),
        rules=(Rule("r", Event.ANY, None, approvals=("production", "purchasing", "sales", "role:coordinator"), terms=(
            Terms("purchasing", EVERYONE), Terms("sales", 2), Terms("role:coordinator", optional=True))),),
    )  # fmt: skip
    company = Company(database, environment=environment).opens()
    assert "由生产部（会签）、采购部（会签）、销售部（2 人同意）、计划协调员（可不批）决定" in (
        await company.types("boss", "规则", PLANNING)
    )
    change: Change = await company.change(await company.proposes("he", room=PLANNING))
    assert {s.department: (s.needs, s.optional) for s in change.steps} == {
        "production": (2, False),
        "purchasing": (1, False),
        "sales": (2, False),
        "role:coordinator": (1, True),
    }


async def ladder(company: Company, no: str) -> int:
    found = await company.look(lambda turn: turn.uow.escalations.get(no, "production"))
    assert found is not None
    return found.rung


async def due(company: Company, no: str) -> datetime | None:
    found = await company.look(lambda turn: turn.uow.escalations.get(no, "production"))
    assert found is not None
    return found.next_at


@pytest.mark.parametrize("locale", ["zh-CN", "en"])
async def test_every_button_of_the_card_fits_on_both_platforms(database: Database, locale: str) -> None:
    company = Company(database, environment=replace(ENVIRONMENT, words=Words(locale))).opens()
    no = await company.proposes("he", room=PLANNING)
    shown = company.shown(await card(company, no))[-1]
    on_dingtalk = json.loads(param_map(shown)["buttons"])
    assert [row["text"] for row in on_dingtalk] == [button.text for button in shown.buttons]
    asking = [Action.unpack(row["action"]) for row in on_dingtalk if "input" in row]
    assert [action.verb for action in asking] == [Verb.REJECT, Verb.MODIFY]
    assert {action.seen for action in asking} == {(await company.change(no)).impact.hash[:8]}
    on_wecom = template_card(shown, "t1", AIBOT, "https://plan.example.com")["button_list"]
    assert [row["text"] for row in on_wecom] == [button.text for button in shown.buttons]
