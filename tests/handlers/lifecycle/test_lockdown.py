"""A freeze while people are deciding: requests stop with the time they have left, and go on when it is over."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from cards.action import Verb
from handlers.inbound.timers_due import ring, set_digests
from handlers.lifecycle.escalate import watch_all
from handlers.reads.trail.audit_sentences import told
from handlers.turn import Turn
from planning.change.change import Change, ChangeState, StepState
from planning.change.escalation import DEFAULT, Escalation
from planning.control.fences import Fence, FenceKind
from planning.control.policy import AFFECTED
from planning.control.rules import Event, Rule
from storage.database import Database
from storage.delivery.cards import Purpose
from storage.timers import Timer
from tests.bot.delivery.office import ENVIRONMENT
from tests.bot.delivery.scripted import StandingClock
from tests.handlers.company import PLANNING, PRODUCTION, PURCHASING, SALES, Company
from tests.small_company import NOW, plan

FREEZE = "冻结 生产部 12-07~12-11 因为 大促备货"
TITLE = "F-001 生产部 12-07～12-11"


async def froze(company: Company, text: str = FREEZE, number: int = 1) -> str:
    """What is said to the one who freezes."""
    await company.types("lin", text, PLANNING)
    return await company.types("lin", f"冻结 确认 F-{number:03d}", PLANNING)


async def lifted(company: Company, number: int = 1) -> str:
    return await company.types("lin", f"解冻 F-{number:03d}", PLANNING)


async def ladder(company: Company, no: str, department: str = "sales") -> Escalation:
    found = await company.look(lambda turn: turn.uow.escalations.get(no, department))
    assert found is not None
    return found


async def timer(company: Company, kind: str, subject: str) -> datetime | None:
    found = await company.look(lambda turn: turn.uow.timers.get(kind, subject))
    return found.due_at if found else None


def left(change: Change, now: datetime) -> timedelta:
    """The working hours that are left."""
    assert change.expires_at is not None
    return DEFAULT.working(ZoneInfo("Asia/Shanghai")).between(now, change.expires_at)


async def test_a_freeze_holds_what_it_catches_and_a_late_click_is_told_so(company: Company) -> None:
    no = await company.proposes("han")
    await company.approves(no, "production")
    before = await company.change(no)
    sales = await company.card(no, Purpose.APPROVAL, "sales")
    company.clock.move(hours=2)

    said = await froze(company)
    assert f"**🔒 已冻结：{TITLE}**" in said
    assert "- 已挂起审批中的 1 张变更单（计时暂停，解冻后继续）：" in said
    change = await company.change(no)
    assert (change.state, change.held_by) == (ChangeState.ON_HOLD, ("F-001",))
    assert [step.state for step in change.steps] == [step.state for step in before.steps]
    assert change.expires_at == before.expires_at

    card = company.shown(sales)[-1]
    assert card.buttons == ()
    assert card.status == f"{no} · 冻结挂起，计时暂停"
    assert "还剩 33 个工时" in card.summary
    held = "🔒 因冻结 F-001 从 11:00 起挂起，计时暂停，还剩 33 个工时；解冻后继续，不用重新提交"
    assert card.summary == f"{held}。韩冬：设备故障"
    (told_proposer,) = [text for text in company.told(PRODUCTION) if no in text]
    assert told_proposer.splitlines() == [
        f"🔒 林静 冻结了计划：{TITLE} 大促备货。窗内的变更要计划协调员特批。",
        "以下变更挂起，计时暂停；解冻后自动继续，不用重新提交，不想等可以撤回：",
        f"- {no} MO-1 耳机组装 推迟2天（韩冬）：还剩 33 个工时",
    ]

    assert len([text for text in company.told(PRODUCTION) if TITLE in text]) == 1, "one message to a conversation"

    refused = f"{no} 因冻结 F-001 挂起，解冻后再决定：最晚到 12-11；要提前，请 林静 解冻。"
    for verb in (Verb.APPROVE, Verb.REJECT, Verb.TRANSFER):
        shown = await company.press("su", sales, verb)
        assert shown.summary == refused
        assert shown.buttons == ()
    assert await company.types("su", f"同意 {no}", SALES) == refused
    assert await company.types("han", f"催办 {no}") == refused
    assert await company.types("lin", f"延长 {no} 1天") == refused
    assert await company.change(no) == change
    trail = await company.look(lambda turn: [(e.kind, told(turn, e)) for e in turn.uow.audit.chain()])
    assert ("change.on_hold", f"{no} 因冻结 F-001 挂起，计时暂停") in trail
    assert [kind for kind, _ in trail].count("click.late") == 3


async def test_lifted_it_goes_on_with_the_time_and_the_words_it_had(company: Company) -> None:
    no = await company.proposes("han")
    await company.approves(no, "production")
    sales = await company.card(no, Purpose.APPROVAL, "sales")
    await froze(company)
    held = await company.change(no)
    assert held.held_at is not None
    climbed = await ladder(company, no)
    assert climbed.next_at is None
    assert await timer(company, "expiry", no) is None
    await company.rings(days=4)
    assert (await company.change(no)).state is ChangeState.ON_HOLD, "its deadline passed while it was held"

    assert await lifted(company) == f"已解冻：{TITLE}。窗内的计划项可以照常变更。挂起的变更继续审批：{no}。"
    change = await company.change(no)
    lifted_at = company.clock.now() - timedelta(seconds=1)
    assert change.state is ChangeState.IN_APPROVAL
    assert left(change, lifted_at) == left(held, held.held_at)
    assert [(s.department, s.state) for s in change.steps] == [(s.department, s.state) for s in held.steps]
    assert await timer(company, "expiry", no) == change.expires_at
    hours = climbed.policy.working(company.environment.zone)
    after = await ladder(company, no)
    assert hours.between(after.opened_at, lifted_at) == hours.between(climbed.opened_at, held.held_at)
    assert await timer(company, "escalation", f"{no}/sales") == after.next_at is not None

    card = company.shown(sales)[-1]
    assert [button.text for button in card.buttons][:2] == ["同意", "驳回"]
    assert company.told(PRODUCTION)[-1].splitlines() == [
        f"▶ 林静 解冻了计划：{TITLE}。窗内的计划项可以照常变更。",
        "原先挂起的变更：",
        f"- {no} MO-1 耳机组装 推迟2天（韩冬）：继续审批，截止 12-03 09:00",
    ]
    await company.press("su", sales, Verb.APPROVE)
    assert (await company.change(no)).state is ChangeState.APPLIED
    trail = await company.look(lambda turn: [e.kind for e in turn.uow.audit.chain() if e.subject == no])
    assert trail[-4:] == ["change.on_hold", "change.resumed", "decision.approve", "change.applied"]


async def test_a_window_that_ends_by_itself_releases_once_even_after_an_outage(company: Company) -> None:
    no = await company.proposes("han")
    await froze(company, "冻结 生产部 11-24~12-08")
    ends = datetime(2026, 12, 8, 16, 0, tzinfo=UTC)
    assert await timer(company, "window", "F-001") == ends, "midnight in Shanghai"
    restarted = Company(company.database, StandingClock(ends - timedelta(minutes=1)))
    await restarted.rings()
    assert (await restarted.change(no)).state is ChangeState.ON_HOLD
    await restarted.rings(days=2)
    change = await restarted.change(no)
    held_for = restarted.clock.now() - NOW
    assert change.state is ChangeState.IN_APPROVAL
    assert change.expires_at is not None
    assert change.expires_at - restarted.clock.now() > timedelta(days=3), "what it had left when it was held"
    assert held_for > timedelta(days=15)
    await restarted.rings(hours=10)  # in the morning
    told_once = [text for text in restarted.told(PRODUCTION) if "冻结到期" in text]
    await restarted.rings(minutes=1)
    assert [text for text in restarted.told(PRODUCTION) if "冻结到期" in text] == told_once
    assert len(told_once) == 1
    assert await timer(restarted, "window", "F-001") is None


async def test_its_end_at_midnight_is_told_to_all_that_heard_of_it_when_they_are_at_work(company: Company) -> None:
    no = await company.proposes("lin", "改期 MO-1 推迟2天 因为 设备故障", PLANNING)
    await froze(company, "冻结 生产部 11-24~12-08")
    await company.rings(days=15, hours=15)
    assert (await company.change(no)).state is ChangeState.IN_APPROVAL, "it goes on at midnight"
    said = company.told(PRODUCTION), company.told(PLANNING)
    assert [text for text in (*said[0], *said[1]) if "冻结到期" in text] == []
    await company.rings(hours=9)
    over = "▶ 冻结到期：F-001 生产部 11-24～12-08。窗内的计划项可以照常变更。"
    assert over in company.told(PRODUCTION)
    (proposer,) = [text for text in company.told(PLANNING) if "冻结到期" in text]
    assert proposer.splitlines()[:2] == [over, "原先挂起的变更："]


async def test_two_windows_hold_it_until_the_second_is_gone(company: Company) -> None:
    no = await company.proposes("han")
    await froze(company)
    await froze(company, "冻结 全部 12-01~12-31", 2)
    assert (await company.change(no)).held_by == ("F-001", "F-002")
    production = await company.card(no, Purpose.APPROVAL, "production")
    assert "因冻结 F-001, F-002 从" in company.shown(production)[-1].body
    assert await lifted(company) == (
        f"已解冻：{TITLE}。窗内仍在冻结的还有：F-002 全部 12-01～12-31。仍因冻结 F-002 挂起：{no}。"
    )
    assert (await company.change(no)).held_by == ("F-002",)
    assert company.told(PRODUCTION)[-1].endswith(f"- {no} MO-1 耳机组装 推迟2天（韩冬）：仍因冻结 F-002 挂起")
    await lifted(company, 2)
    assert (await company.change(no)).state is ChangeState.IN_APPROVAL


async def test_only_what_it_touches_is_held_and_what_is_new_asks_for_its_special_approval(company: Company) -> None:
    apart = await company.proposes("lin", "改期 RC-1 推迟1天 因为 盘点人手", PLANNING)
    await froze(company)
    assert (await company.change(apart)).state is ChangeState.IN_APPROVAL
    new = await company.change(await company.proposes("han"))
    assert new.state is ChangeState.IN_APPROVAL
    assert new.steps[-1].department == "role:coordinator"


async def test_its_proposer_may_take_it_back(company: Company) -> None:
    no = await company.proposes("han")
    await froze(company)
    assert await company.types("han", f"撤回 {no}") == f"{no} 已撤回，相关卡片会更新。"
    assert (await company.change(no)).state is ChangeState.WITHDRAWN
    assert "挂起的变更" not in await lifted(company)
    assert (await company.change(no)).state is ChangeState.WITHDRAWN


async def test_lists_and_mornings_show_that_it_is_held(company: Company) -> None:
    no = await company.proposes("han")
    await froze(company)
    held = "冻结挂起（F-001），计时暂停，还剩 35 个工时"
    assert f"- {no} MO-1 耳机组装 推迟2天（销售部）{held}" in await company.types("su", "待办", SALES)
    assert f"- {no} MO-1 耳机组装 推迟2天：{held}" in await company.types("han", "待办")
    assert f"- {no} MO-1 耳机组装 推迟2天 {held}" in await company.types("su", "早会", SALES)
    assert "冻结挂起，计时暂停" in await company.types("han", f"谁知道 {no}")
    assert await company.look(lambda turn: turn.uow.changes.counts()) == {"on_hold": 1}


async def test_a_leave_that_begins_meanwhile_hands_over_when_it_goes_on(company: Company) -> None:
    no = await company.proposes("han")
    await froze(company)
    said = await company.leaves("wang", "代理 林静 11-23~11-27")
    assert said.startswith("已记下：王五 2026-11-23 到 2026-11-27 请假")
    assert no not in said
    before = len(await company.cards(no))
    await lifted(company)
    cards = await company.cards(no)
    assert len(cards) == before + 1
    assert (cards[-1].conversation, cards[-1].department) == (PLANNING, "production")
    await company.press("lin", cards[-1], Verb.APPROVE)
    step = (await company.change(no)).step_of("production")
    assert step is not None
    assert step.state is StepState.APPROVED


async def test_nobody_is_reminded_or_escalated_to_while_it_is_held(company: Company) -> None:
    no = await company.proposes("han")
    await froze(company)
    before = company.told(SALES), company.told(PRODUCTION)
    for _ in range(5):
        await company.rings(days=1)
    after = company.told(SALES), company.told(PRODUCTION)
    assert [[text for text in texts if "⏰" in text] for texts in after] == [[], []]
    assert [len(texts) for texts in after] >= [len(texts) for texts in before]
    late = await company.look(lambda turn: turn.uow.escalations.overdue(turn.now))
    assert late == []
    due = (await ladder(company, no)).climbs
    assert due == ()


async def pushed_and_held(company: Company, meanwhile: str) -> str:
    """A delay of the material pushes what follows; purchasing and production have approved it and it is held. Then
    production moves by itself, outside the window."""
    no = await company.proposes("he", "改期 PO-1 推迟2天 因为 供应商延期", SALES)
    assert [step.department for step in (await company.change(no)).steps] == ["sales", "production", "purchasing"]
    await company.approves(no, "purchasing", "production")
    await froze(company, "冻结 采购部 12-01~12-04")
    other = await company.proposes("han", meanwhile)
    await company.approves(other)
    assert (await company.change(other)).state is ChangeState.APPLIED
    held = await company.change(no)
    assert (held.state, held.round, held.base_revision) == (ChangeState.ON_HOLD, 1, 1), "looked at when it is released"
    return no


async def test_the_plan_moved_meanwhile_and_only_whose_lines_changed_are_asked_again(company: Company) -> None:
    no = await pushed_and_held(company, "改期 MO-1 推迟1天 因为 设备故障")
    await lifted(company)
    after = await company.change(no)
    assert (after.state, after.round, after.base_revision) == (ChangeState.IN_APPROVAL, 2, 2)
    assert {step.department: (step.state, step.round) for step in after.steps} == {
        "sales": (StepState.OPEN, 2),
        "production": (StepState.OPEN, 2),
        "purchasing": (StepState.APPROVED, 1),
    }
    assert company.told(SALES)[-1].splitlines()[-1] == (
        f"- {no} PO-1 主控芯片 推迟2天（何佳）：计划已变，内容已更新，请销售部、生产部重新确认，截止 11-26 18:00"
    )
    card = company.shown(await company.card(no, Purpose.APPROVAL, "production"))[-1]
    assert "内容已更新（第2轮），请重新确认" in card.body
    assert card.buttons
    await company.approves(no)
    assert (await company.change(no)).state is ChangeState.APPLIED


async def test_what_waited_only_for_departments_it_no_longer_touches_is_in_effect_at_once(company: Company) -> None:
    no = await pushed_and_held(company, "改期 MO-1 推迟2天 因为 设备故障")
    await lifted(company)
    after = await company.change(no)
    assert (after.state, after.applied_revision) == (ChangeState.APPLIED, 3)
    assert company.told(SALES)[-1].splitlines()[-1] == f"- {no} PO-1 主控芯片 推迟2天（何佳）：已生效，计划第 3 版"
    assert await timer(company, "expiry", no) is None


async def test_what_cannot_be_done_any_more_ends_when_it_is_lifted(company: Company) -> None:
    no = await company.proposes("han")
    await froze(company)
    other = await company.proposes("lin", "取消 MO-1 因为 客户取消", PLANNING)
    while (await company.change(other)).waiting:
        await company.approves(other)
    assert (await company.change(other)).state is ChangeState.APPLIED
    assert (await lifted(company)).endswith(f"挂起的变更做不了了：{no}。")
    change = await company.change(no)
    assert change.state is ChangeState.FAILED
    why = await company.look(lambda turn: turn.sentence(change.impact.refused[0]))
    assert company.told(PRODUCTION)[-1].endswith(f"（韩冬）：已经做不了了：{why}")
    production = await company.card(no, Purpose.APPROVAL, "production")
    assert company.shown(production)[-1].status == f"{no} · 无法生效"


async def test_the_special_approval_of_a_window_lapses_with_it(company: Company) -> None:
    """Proposed inside the window, it asks the coordinator besides; lifted, nobody waits for that word any more."""
    await froze(company)
    no = await company.proposes("han")
    coordinator = await company.card(no, Purpose.APPROVAL, "role:coordinator")
    await lifted(company)
    change = await company.change(no)
    assert {step.department: step.state for step in change.steps} == {
        "sales": StepState.OPEN, "production": StepState.OPEN, "role:coordinator": StepState.NOT_REQUIRED,
    }  # fmt: skip
    assert change.policy.special == ()
    await company.office.deliver()
    card = company.shown(coordinator)[-1]
    assert (card.status, card.buttons) == (f"{no} · 不再需要你决定", ())
    assert await timer(company, "escalation", f"{no}/role:coordinator") is None
    trail = await company.look(lambda turn: [told(turn, e) for e in turn.uow.audit.chain() if e.subject == no])
    assert trail[-1] == f"大促备货不再圈住 {no}，不用 计划协调员 特批了"
    await company.approves(no)
    assert (await company.change(no)).state is ChangeState.APPLIED


async def test_what_waited_for_nothing_but_that_is_in_effect_when_it_is_over(company: Company) -> None:
    await froze(company)
    no = await company.proposes("han")
    await company.approves(no, "sales", "production")
    assert (await company.change(no)).state is ChangeState.IN_APPROVAL
    await lifted(company)
    change = await company.change(no)
    assert (change.state, change.applied_revision) == (ChangeState.APPLIED, 2)


async def test_a_compensating_change_waits_no_longer_than_the_fence_that_asks_for_it(company: Company) -> None:
    no = await company.proposes("han")
    await company.approves(no)
    await froze(company, "冻结 生产部 12-07~12-14 因为 大促备货")
    assert "计划协调员" in await company.types("han", f"撤销 {no}")
    by = await company.look(lambda turn: turn.change(turn.uow.changes.reverting(no)))
    assert by.state is ChangeState.IN_APPROVAL
    await lifted(company)
    assert (await company.change(by.no)).state is ChangeState.APPLIED
    assert (await company.change(no)).state is ChangeState.REVERTED


async def test_whom_a_rule_asks_too_is_still_asked_when_the_window_is_lifted(database: Database) -> None:
    rule = Rule("r", Event.ANY, None, approvals=(AFFECTED, "role:coordinator"))
    company = Company(database, environment=replace(ENVIRONMENT, rules=(rule,))).opens()
    await froze(company)
    no = await company.proposes("han")
    await lifted(company)
    step = (await company.change(no)).step_of("role:coordinator")
    assert step is not None
    assert step.state is StepState.OPEN


async def test_a_fence_of_the_settings_that_ended_in_the_night_asks_nobody_in_the_morning(database: Database) -> None:
    ends = (NOW + timedelta(days=1)).date()
    sale = Fence("sale", "大促", FenceKind.WINDOW, first=NOW.date(), last=ends, approvals=("role:coordinator",))
    count = replace(plan().items["RC-1"], start=ends, finish=ends, duration=1, quantity=Decimal(10))
    pulled = replace(plan(), items={**plan().items, "RC-1": count})
    company = Company(database, environment=replace(ENVIRONMENT, fences=(sale,))).opens(pulled)
    await company.office.write(lambda uow: set_digests(Turn(uow, company.clock.now(), company.environment)))
    no = await company.proposes("qian", "改数量 RC-1 20 因为 盘点人手", PURCHASING)
    await company.approves(no, "warehouse")
    assert (await company.change(no)).state is ChangeState.IN_APPROVAL
    await company.rings(days=2)
    assert (await company.change(no)).state is ChangeState.APPLIED


async def test_a_fence_that_the_settings_know_no_more_asks_nobody_after_the_restart(database: Database) -> None:
    near = Fence("near", "开工前冻结", FenceKind.ROLLING, days=15, approvals=("role:coordinator",))
    company = Company(database, environment=replace(ENVIRONMENT, fences=(near,))).opens()
    no = await company.proposes("han")
    await company.approves(no, "sales", "production")
    assert (await company.change(no)).state is ChangeState.IN_APPROVAL
    restarted = Company(database, company.clock)
    await restarted.office.write(lambda uow: watch_all(Turn(uow, company.clock.now(), restarted.environment)))
    assert (await restarted.change(no)).state is ChangeState.APPLIED


async def test_a_ring_of_a_lifted_window_does_nothing(company: Company) -> None:
    no = await company.proposes("han")
    await froze(company)
    due = await timer(company, "window", "F-001")
    assert due is not None
    await lifted(company)
    assert await timer(company, "window", "F-001") is None
    before = await company.change(no)
    await company.office.write(
        lambda uow: ring(Turn(uow, due, company.environment), Timer("window", "F-001", due))
    )
    assert await company.change(no) == before
