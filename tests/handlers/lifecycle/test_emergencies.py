"""Emergencies on both databases: in effect at once, ratified, or taken back by a change of their own."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from cards.action import Verb
from handlers.reads.trail.audit_sentences import told as written
from handlers.turn import Environment
from planning.change.change import Change, ChangeState
from planning.control.authority import Grant
from planning.control.fences import Fence, FenceKind, Scope, Zone
from planning.control.rules import Class, Event
from planning.plan.item import Status
from planning.plan.plan import Plan
from storage.database import Database
from storage.delivery.cards import Purpose
from tests.bot.delivery.office import ENVIRONMENT
from tests.handlers.company import LATER, PLANNING, PRODUCTION, PURCHASING, SALES, WAREHOUSE, Company
from tests.handlers.govern.test_classify import rule
from tests.reading import ways, whole

DOWN = rule("machine-down", Event.MACHINE_DOWN, klass=Class.EMERGENCY, inform=("purchasing",), deadline_hours=4)
NEAR = Fence("near", "开工前冻结", FenceKind.ROLLING, scope=Scope(types=("production",)), days=15,
             approvals=("role:coordinator",))  # fmt: skip


def governed(database: Database, *fences: Fence, **fields: object) -> Company:
    environment: Environment = replace(ENVIRONMENT, rules=(replace(DOWN, **fields),), fences=fences)  # type: ignore[arg-type]
    return Company(database, environment=environment).opens()


def granted(database: Database, grants: tuple[Grant, ...], *fences: Fence) -> Company:
    environment = replace(ENVIRONMENT, rules=(DOWN,), fences=fences, emergency_grants=grants)
    return Company(database, environment=environment).opens()


@pytest.fixture
def company(database: Database) -> Company:
    return governed(database)


async def now(company: Company) -> Plan:
    return await company.look(lambda turn: turn.plan())


async def compensation(company: Company, no: str) -> Change:
    return await company.look(lambda turn: turn.change(turn.uow.changes.reverting(no)))


async def unrestored(company: Company, no: str) -> Change:
    """The compensating change of one that is over, also where it could give nothing back."""
    by = await company.look(lambda turn: turn.uow.changes.took_back(no))
    assert by is not None
    return by


async def wanted(company: Company, no: str, item: str, field: str) -> str:
    """What a request would make of a field."""
    lines = (await company.change(no)).impact.lines
    return next(line.after for line in lines if (line.item, line.field) == (item, field))


async def kinds(company: Company, no: str) -> list[str]:
    """What the trail tells of a change, of its preview too, oldest first."""
    events = await company.look(lambda turn: list(turn.uow.audit.chain()))
    preview = next((e.facts["preview"] for e in events if e.subject == no and "preview" in e.facts), no)
    return [event.kind for event in events if event.subject in (preview, no)]


async def next_rung(company: Company, no: str) -> datetime | None:
    ladder = await company.look(lambda turn: turn.uow.escalations.get(no, "sales"))
    return ladder.next_at if ladder else None


def same_items(one: Plan, other: Plan) -> bool:
    return one.items == other.items


# in effect at once


async def test_it_is_in_effect_when_it_is_submitted_and_everyone_hears_that_it_is_provisional(company: Company) -> None:
    no = await company.proposes("han")
    change = await company.change(no)
    assert (change.state, change.applied_revision) == (ChangeState.PROVISIONAL, 2)
    assert (await now(company)).items["MO-1"].start.isoformat() == "2026-12-09"
    assert change.expires_at == change.submitted_at + timedelta(hours=4)  # type: ignore[operator]
    (asked,) = company.shown(await company.card(no, Purpose.APPROVAL, "sales"))
    assert asked.status == f"{no} · 已先行生效，待销售部追认"
    assert "⚡ 紧急先行生效（第 2 版），请在 13:00 前追认；到期没有追认或有人驳回，计划就恢复" in asked.body
    assert "前决定" not in asked.body
    assert ways(asked) == ["追认", "驳回", "转交", "收到"]
    (told,) = company.shown(await company.card(no, Purpose.NOTICE, "purchasing"))
    assert told.status == f"{no} · 紧急先行生效，待追认"
    assert "⚡ 紧急先行生效（第 2 版），还要在 13:00 前追认；没有追认会恢复原计划，到时再通知" in told.body
    assert await kinds(company, no) == ["change.drafted", "change.submitted", "change.provisional"]


async def test_at_night_its_ladder_runs_over_the_hours_of_its_own_deadline(database: Database) -> None:
    """04:23 on a Sunday: nobody is silent yet, and nobody waits for Monday either."""
    company = governed(database)
    company.clock.move(days=5, hours=19, minutes=23)
    no = await company.proposes("han")
    change = await company.change(no)
    assert change.submitted_at is not None
    assert [row.purpose for row in await company.cards(no)].count(Purpose.APPROVAL) == len(change.steps) == 2
    for _ in range(5):
        await company.rings(minutes=1)
    assert not [row for row in await company.cards(no) if row.purpose is Purpose.ESCALATION]
    rang: list[timedelta] = []
    while due := await next_rung(company, no):
        rang.append(due - change.submitted_at)
        await company.rings(seconds=(due - company.clock.now()).total_seconds())
    assert rang == [timedelta(minutes=minutes) for minutes in (36, 72, 144, 216)], "of 240"
    assert "已 36 分钟" in next(text for text in company.told(SALES) if "⏰" in text)
    escalated = [row for row in await company.cards(no) if row.purpose is Purpose.ESCALATION][-1]
    assert escalated.conversation == PLANNING
    assert "已等 3 小时" in company.shown(escalated)[-1].body
    await company.rings(minutes=25)
    assert (await company.change(no)).state is ChangeState.REVERTED, "and then its time is over"


async def test_the_preview_says_that_it_will_be(company: Company) -> None:
    await company.types("han", LATER)
    preview = company.office.channel.cards[-1].card
    assert "⚡ 提交后立即先行生效，4 小时内要追认；到期没有追认或有人驳回，计划就恢复" in preview.body


async def test_inside_a_fence_with_approvals_it_is_approved_first(database: Database) -> None:
    """Rule I7."""
    company = governed(database, NEAR)
    await company.types("han", LATER)
    preview = company.office.channel.cards[-1].card
    assert "⚡ 碰到要特批的冻结窗，紧急变更也要先批准才生效" in preview.body
    no = await company.proposes("han")
    change = await company.change(no)
    assert (change.state, change.klass) == (ChangeState.IN_APPROVAL, "emergency")
    assert change.expires_at == change.submitted_at + timedelta(hours=4)  # type: ignore[operator]
    assert (await now(company)).revision == 1
    await company.approves(no)
    assert (await company.change(no)).state is ChangeState.APPLIED


async def test_a_fence_that_only_shows_is_not_in_its_way(database: Database) -> None:
    company = governed(database, replace(NEAR, zone=Zone.SLUSHY, approvals=()))
    assert (await company.change(await company.proposes("han"))).state is ChangeState.PROVISIONAL


async def test_how_long_it_has_is_its_rules(database: Database) -> None:
    company = governed(database, ratify_hours=48)
    change = await company.change(await company.proposes("han"))
    assert change.expires_at == change.submitted_at + timedelta(hours=48)  # type: ignore[operator]


async def test_a_room_that_is_asked_for_all_of_it_gets_no_notice_besides(database: Database) -> None:
    """The coordinator's group has the card of `role:coordinator`; its department, which the rule has told, reads it."""
    company = governed(database, approvals=("affected", "role:coordinator"), inform=("planning", "purchasing"))
    no = await company.proposes("han")
    cards = [row for row in await company.cards(no) if row.conversation == PLANNING]
    assert [(row.purpose, row.department) for row in cards] == [(Purpose.APPROVAL, "role:coordinator")]
    assert (await company.card(no, Purpose.NOTICE, "purchasing")).conversation == PURCHASING
    who = await company.types("han", f"谁知道 {no} 全部")
    (line,) = [line for line in who.splitlines() if line.startswith("- 高总")]
    assert line.startswith("- 高总（计划部）：已发 09:00")
    await company.types("wang", f"驳回 {no} 因为 不急")
    by = await compensation(company, no)
    told = [row.department for row in await company.cards(by.no) if row.conversation == PLANNING]
    assert len(told) == 1, "that it was taken back is told there, too"


# who may declare it

COORDINATORS = (Grant("role:coordinator"), Grant("han", Scope(types=("purchase",))))


async def test_who_is_not_granted_it_proposes_as_anybody_else(database: Database) -> None:
    company = granted(database, COORDINATORS)
    assert (await company.change(await company.proposes("han"))).klass == "normal"
    change = await company.change(await company.proposes("lin", LATER, PLANNING))
    assert (change.klass, change.state) == ("emergency", ChangeState.PROVISIONAL)


async def test_the_trial_says_who_lacks_what(database: Database) -> None:
    told = await granted(database, COORDINATORS).types("han", f"规则 试算 {LATER}")
    assert "没有规则触发 → 一般" in told
    assert "- machine-down：✓ 设备停机；✗ 提出人没有申报紧急的授权" in told


async def test_a_grant_is_of_what_it_names(database: Database) -> None:
    company = granted(database, COORDINATORS)
    change = await company.change(await company.proposes("han", "改期 PO-1 推迟1天 因为 设备故障"))
    assert change.klass == "emergency"


async def test_through_a_fence_nobody_becomes_an_emergency_who_may_not_declare_it(database: Database) -> None:
    company = granted(database, COORDINATORS, NEAR)
    await company.types("han", "改期 MO-1 推迟2天 因为 客户要求")
    preview = company.office.channel.cards[-1].card
    assert "转紧急" not in [button.text for button in preview.buttons]
    no = await company.look(lambda turn: list(turn.uow.audit.chain())[-1].subject)
    row = await company.card(no, Purpose.PROPOSAL)
    pressed = await company.press("han", row, Verb.URGENT)
    assert pressed.summary == (
        "韩冬 不能对 MO-1 耳机组装 申报紧急变更。能申报的有：计划协调员。请由他们提出，或按特批提交。"
    )
    assert (await company.change(no)).klass == "normal"


async def test_without_grants_whoever_a_rule_lets_may(company: Company) -> None:
    assert (await company.change(await company.proposes("han"))).klass == "emergency"


async def test_on_monday_the_coordinator_reads_how_often_each_took_that_way(company: Company) -> None:
    first = await company.proposes("han")
    await company.approves(first)
    second = await company.proposes("han", "改期 MO-1 推迟1天 因为 设备故障")
    third = await company.proposes("lin", "改期 PO-1 推迟1天 因为 设备故障", PLANNING)
    line = f"⚡ 上周走紧急：韩冬 2 次（{first}、{second}）、林静 1 次（{third}）"
    assert line not in await company.types("boss", "早会", PLANNING), "not yet"
    company.clock.move(days=7)
    assert line in (await company.types("boss", "早会", PLANNING)).splitlines()
    assert "走紧急" not in await company.types("wang", "早会"), "the others decide nothing about it"
    company.clock.move(days=1)
    assert "走紧急" not in await company.types("boss", "早会", PLANNING), "on Monday alone"
    company.clock.move(days=6)
    assert "走紧急" not in await company.types("boss", "早会", PLANNING), "nobody did in that week"


# ratified


async def test_the_last_word_ratifies_it_and_the_plan_stays(company: Company) -> None:
    no = await company.proposes("han")
    await company.approves(no)
    change = await company.change(no)
    assert (change.state, change.applied_revision) == (ChangeState.APPLIED, 2)
    assert (await now(company)).revision == 2, "no new revision"
    assert (await kinds(company, no))[-1] == "change.ratified"
    assert await company.look(lambda turn: turn.uow.timers.get("expiry", no)) is None
    notices = [row for row in await company.cards(no) if row.purpose is Purpose.NOTICE]
    assert len(notices) == len({row.department for row in notices}), "nobody is told a second time"
    told = company.shown(await company.card(no, Purpose.NOTICE, "warehouse"))
    assert [card.status for card in told] == [f"{no} · 紧急先行生效，待追认", f"{no} · 已生效，请知悉"]
    assert "待追认" not in told[-1].body
    asked = company.shown(await company.card(no, Purpose.APPROVAL, "production"))[-1]
    assert (asked.buttons, asked.status) == ((), f"{no} · 已生效 第2版")


async def test_the_answer_to_a_word_says_ratified(company: Company) -> None:
    no = await company.proposes("han")
    assert await company.types("su", f"同意 {no}", SALES) == f"已记录：销售部 苏经理 同意 {no}。还差 生产部。"
    assert await company.types("wang", f"同意 {no}") == f"已记录：生产部 王五 同意 {no}。全部追认，第 2 版不变。"


async def test_ratified_twice_is_ratified_once(company: Company) -> None:
    no = await company.proposes("han")
    row = await company.card(no, Purpose.APPROVAL, "production")
    for _ in range(2):
        await company.press("wang", row, Verb.APPROVE)
    await company.approves(no, "sales")
    await company.press("wang", row, Verb.APPROVE)
    assert (await kinds(company, no)).count("change.ratified") == 1
    assert (await now(company)).revision == 2


# taken back


async def test_a_rejection_takes_it_back_by_a_change_of_its_own(company: Company) -> None:
    before = await now(company)
    no = await company.proposes("han")
    row = await company.card(no, Purpose.APPROVAL, "production")
    face = await company.press("wang", row, Verb.REJECT, input="备件今天就到")
    await company.office.deliver()
    by = await compensation(company, no)
    assert face.status == f"{no} · 已撤销恢复"
    after = await now(company)
    assert (after.revision, same_items(after, before)) == (3, True)
    assert (by.state, by.applied_revision, by.reverts, by.proposer) == (ChangeState.APPLIED, 3, no, "system")
    assert by.reason == f"紧急变更 {no} 被生产部 王五 驳回：备件今天就到"
    assert (await company.change(no)).state is ChangeState.REVERTED
    assert (await kinds(company, no))[-2:] == ["decision.reject", "change.reverted"]
    assert await kinds(company, by.no) == ["change.drafted", "change.applied"]


async def test_everybody_who_was_told_is_told_of_that_with_its_own_effect(company: Company) -> None:
    no = await company.proposes("han")
    await company.press("wang", await company.card(no, Purpose.APPROVAL, "production"), Verb.REJECT, input="不行")
    await company.office.deliver()
    by = await compensation(company, no)
    told = {row.department: row.conversation for row in await company.cards(by.no)}
    assert told == {"production": PRODUCTION, "sales": SALES, "purchasing": PURCHASING, "warehouse": WAREHOUSE}
    (card,) = company.shown(await company.card(by.no, Purpose.NOTICE, "sales"))
    assert card.title == f"撤销 {no} · MO-1 耳机组装"
    assert card.status == f"{by.no} · 计划已恢复，请知悉"
    assert "MO-1 耳机组装（生产部）：12-09～12-15 → 12-07～12-11（-2天）" in whole(card)
    assert "没有恢复的" not in whole(card)
    old = company.shown(await company.card(no, Purpose.APPROVAL, "production"))[-1]
    assert f"↩ 已撤销，计划已由 {by.no} 恢复" in old.body
    assert old.buttons == ()


async def test_by_word_the_answer_names_the_change_that_restored_the_plan(company: Company) -> None:
    no = await company.proposes("han")
    answer = await company.types("wang", f"驳回 {no} 因为 备件今天就到")
    by = await compensation(company, no)
    assert answer == f"已记录：生产部 王五 驳回 {no}。计划已由 {by.no} 恢复。"


async def test_withdrawn_it_is_taken_back(company: Company) -> None:
    before = await now(company)
    no = await company.proposes("han")
    answer = await company.types("han", f"撤回 {no}")
    by = await compensation(company, no)
    assert answer == f"{no} 已撤回；它已先行生效，计划已由 {by.no} 恢复。相关的人都会收到通知。"
    assert same_items(await now(company), before)
    assert (by.proposer, by.reason) == ("han", f"撤回紧急变更 {no}")


async def test_a_deadline_that_passed_during_an_outage_takes_it_back_once(company: Company, database: Database) -> None:
    before = await now(company)
    no = await company.proposes("han")
    second = Company(database, company.clock, company.environment)
    company.clock.move(hours=30)
    await asyncio.gather(company.scheduler.ring(), second.scheduler.ring())
    await company.scheduler.ring()
    await company.office.deliver()
    by = await compensation(company, no)
    after = await now(company)
    assert (after.revision, same_items(after, before)) == (3, True)
    assert by.reason == f"紧急变更 {no} 到 2026-11-23 13:00 没有追认"
    assert (await kinds(company, no)).count("change.reverted") == 1
    late = await company.press("wang", await company.card(no, Purpose.APPROVAL, "production"), Verb.APPROVE)
    assert late.body.startswith(f"**⚠ {no} 已于 15:00 由 {by.no} 撤销，什么也没有做。要重新提出，请发送：")


async def test_a_role_and_its_department_in_one_room_are_told_once_and_asked_in_its_morning(database: Database) -> None:
    """The coordinators of the rule read where the planning department does, which it has told besides."""
    company = governed(database, approvals=("affected", "role:coordinator"), inform=("planning",))
    no = await company.proposes("han")
    morning = (await company.types("lin", "早会", PLANNING)).splitlines()
    assert len([line for line in morning if no in line and "等林静" in line]) == 1
    company.clock.move(hours=5)
    await company.rings()
    by = await compensation(company, no)
    rooms = [row.conversation for row in await company.cards(by.no)]
    assert rooms.count(PLANNING) == 1


async def test_one_second_before_the_deadline_nothing_happens(company: Company) -> None:
    no = await company.proposes("han")
    expires = (await company.change(no)).expires_at
    assert expires is not None
    company.clock.move(seconds=(expires - company.clock.now()).total_seconds() - 1)
    await company.rings()
    assert (await company.change(no)).state is ChangeState.PROVISIONAL
    await company.rings(seconds=1)
    assert (await company.change(no)).state is ChangeState.REVERTED


async def test_what_a_later_change_touched_stays_and_the_card_says_so(company: Company) -> None:
    no = await company.proposes("han")
    later = await company.proposes("he", "改期 DL-1 推迟3天 因为 客户改期", SALES)
    await company.approves(later)
    assert (await company.change(later)).state is ChangeState.APPLIED
    await company.rings(hours=5)
    by = await compensation(company, no)
    after = await now(company)
    assert after.items["MO-1"].start.isoformat() == "2026-12-07"
    assert after.items["DL-1"].start.isoformat() == "2026-12-23", "as the later change left it"
    card = company.shown(await company.card(by.no, Purpose.NOTICE, "sales"))[-1]
    assert "**没有恢复的**" in card.details
    assert f"- DL-1 星河发货 的日期已被 {later} 再次修改，保持不变" in card.details


async def test_what_has_begun_meanwhile_stays_and_the_card_says_so(company: Company) -> None:
    no = await company.proposes("han")
    begun = await now(company)
    status = replace(begun.items["MO-1"], status=Status.IN_PROGRESS)
    company.opens(begun.with_items([status]))
    await company.rings(hours=5)
    by = await unrestored(company, no)
    assert (await now(company)).items["MO-1"] == status
    assert company.told(PLANNING) == [
        f"⚠ 紧急变更 {no} 要撤销，但 {by.no} 没能恢复计划：MO-1 已经在 2026-12-09 开工，保持不变。"
        "请计划协调员看看怎么办。"
    ]
    card = company.shown(await company.card(by.no, Purpose.NOTICE, "production"))[-1]
    assert "没有恢复的：MO-1 已经在 2026-12-09 开工，保持不变" in card.body


async def test_a_fence_that_came_meanwhile_does_not_keep_it_in_the_plan(company: Company) -> None:
    before = await now(company)
    no = await company.proposes("han")
    await company.types("lin", "冻结 全部 12-01~12-31", PLANNING)
    await company.types("lin", "冻结 确认 1", PLANNING)
    await company.rings(hours=5)
    assert (await company.change(no)).state is ChangeState.REVERTED
    assert same_items(await now(company), before)
    notice = company.shown(await company.card((await compensation(company, no)).no, Purpose.NOTICE, "sales"))[-1]
    assert "🔒" not in whole(notice), "nobody's special approval is asked"


INSTEAD = "改期 MO-1 到 2026-12-11 联动 因为 改回 {no} 之前"


async def overtaken(company: Company, no: str) -> str:
    """Somebody moves the same on, and it is approved."""
    later = await company.proposes("han", "改期 MO-1 推迟1天 因为 备料")
    await company.approves(later)
    assert (await company.change(later)).state is ChangeState.APPLIED
    return later


async def test_where_nothing_can_be_given_back_there_is_no_revision_and_everybody_is_told_so(company: Company) -> None:
    no = await company.proposes("han")
    later = await overtaken(company, no)
    answer = await company.types("wang", f"驳回 {no} 因为 备件今天就到")
    by = await unrestored(company, no)
    left = f"{by.no} 没能恢复计划：MO-1 耳机组装 的日期已被 {later} 再次修改，保持不变…另有 2 项"
    assert answer == f"已记录：生产部 王五 驳回 {no}。{left}。"
    assert (by.state, by.applied_revision, (await now(company)).revision) == (ChangeState.FAILED, None, 3)
    assert (await company.change(no)).state is ChangeState.REVERTED
    old = company.shown(await company.card(no, Purpose.APPROVAL, "production"))[-1]
    assert old.status == f"{no} · 已撤销，没能恢复"
    assert f"↩ 已撤销，{left}" in old.body
    told = {row.department for row in await company.cards(by.no)}
    assert told == {"production", "sales", "purchasing", "warehouse"}
    notice = company.shown(await company.card(by.no, Purpose.NOTICE, "warehouse"))[-1]
    assert notice.status == f"{by.no} · 没能恢复计划"
    assert "变化**" not in whole(notice), "nothing has changed"
    assert await kinds(company, by.no) == ["change.drafted", "change.failed"]


async def test_somebody_has_to_decide_what_becomes_of_it(company: Company) -> None:
    no = await company.proposes("han")
    later = await overtaken(company, no)
    await company.rings(hours=5)
    by, instead = await unrestored(company, no), INSTEAD.format(no=no)
    assert company.told(PLANNING) == [
        f"⚠ 紧急变更 {no} 要撤销，但 {by.no} 没能恢复计划："
        f"MO-1 耳机组装 的日期已被 {later} 再次修改，保持不变…另有 2 项。"
        f"请计划协调员决定要不要改回去；要改，请发：{instead}"
    ]
    again = await company.types("han", f"撤销 {no}")
    assert again.startswith(f"{no} 已经撤销，{by.no} 没能恢复计划：")
    assert again.endswith(f"例如：{instead}")
    trail = await company.look(lambda turn: [written(turn, event) for event in turn.uow.audit.chain()])
    assert f"{no} 已由 {by.no} 撤销（没能恢复）" in trail
    assert trail[-1].endswith(again), "what was refused is told in full"
    back = await company.proposes("lin", instead, PLANNING)
    assert await wanted(company, back, "MO-1", "finish") == "2026-12-11"


async def test_to_undo_what_overtook_it_does_not_bring_it_back(company: Company) -> None:
    """The plan it was approved on carried what was rejected since."""
    before = await now(company)
    no = await company.proposes("han")
    later = await overtaken(company, no)
    await company.types("wang", f"驳回 {no} 因为 备件今天就到")
    await company.types("han", f"撤销 {later}")
    assert (await company.change(later)).state is ChangeState.REVERTED
    assert same_items(await now(company), before)


async def test_to_undo_what_overtook_it_leaves_one_that_is_still_in_effect(company: Company) -> None:
    no = await company.proposes("han")
    provisional = await now(company)
    later = await overtaken(company, no)
    await company.types("han", f"撤销 {later}")
    assert same_items(await now(company), provisional)
    await company.types("wang", f"驳回 {no} 因为 备件今天就到")
    assert (await compensation(company, no)).state is ChangeState.APPLIED, "it is where the emergency left it"


async def test_what_somebody_has_moved_back_already_needs_no_giving_back(company: Company) -> None:
    no = await company.proposes("han")
    back = await company.proposes("lin", "改期 MO-1 到 12-11 联动 因为 备件今天就到", PLANNING)
    await company.approves(back)
    answer = await company.types("wang", f"驳回 {no} 因为 备件今天就到")
    assert answer == f"已记录：生产部 王五 驳回 {no}。计划已经和它生效以前一样，没有要恢复的。"
    assert (await now(company)).revision == 3
    assert company.told(PLANNING) == []


async def test_a_suggestion_is_drawn_on_the_plan_without_the_emergency(company: Company) -> None:
    no = await company.proposes("han")
    await company.types("wang", f"驳回 {no} 因为 太晚 建议 改期 MO-1 推迟1天")
    draft = await company.look(lambda turn: turn.change("CR-20261123-003"))
    assert await wanted(company, draft.no, "MO-1", "start") == "2026-12-08"
    await company.press("han", await company.card(draft.no, Purpose.PROPOSAL), Verb.SUBMIT)
    assert (await company.change(draft.no)).state is ChangeState.PROVISIONAL, "the first press submits it"


async def test_a_suggestion_that_would_change_nothing_then_leaves_the_emergency_as_it_is(company: Company) -> None:
    no = await company.proposes("han")
    answer = await company.types("wang", f"驳回 {no} 因为 太晚 建议 改期 MO-1 到 12-11")
    assert "这个建议" in answer or "建议" in answer
    change = await company.change(no)
    assert (change.state, len(change.waiting)) == (ChangeState.PROVISIONAL, 2)
    assert (await now(company)).revision == 2


async def test_a_request_that_was_looked_at_meanwhile_is_looked_at_again(company: Company) -> None:
    """Another request was assessed with the emergency in the plan: taking that back moves the plan under it."""
    no = await company.proposes("han")
    other = await company.proposes("he", "改期 DL-1 推迟3天 因为 客户改期", SALES)
    assert (await company.change(other)).base_revision == 2
    await company.rings(hours=5)
    assert (await company.change(no)).state is ChangeState.REVERTED
    assert (await company.change(other)).base_revision == 3


async def test_an_emergency_in_effect_is_reminded_of_as_one(company: Company) -> None:
    no = await company.proposes("han")
    await company.types("han", f"催办 {no}")
    (told,) = [text for text in company.told(SALES) if text.startswith("⏰")]
    assert "紧急变更已先行生效，销售部还没有追认，等 苏经理" in told
    assert told.endswith("请在 13:00 前追认，否则计划恢复。")
