"""Edge cases (docs/edge-cases.md) that no other test names, and what the state machine found."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import pairwise

import pytest

from cards.action import Verb
from handlers.actions.plan.import_plan import bring_in
from planning.change.change import ChangeState
from planning.people.organisation import Organisation
from planning.plan.item import Item
from planning.plan.link import Link
from planning.plan.operation import Op, Operation
from planning.plan.plan import Plan
from planning.refusal import Refused
from planning.schedule.assess import assess
from planning.schedule.schedule import place
from storage.database import Database
from storage.delivery.cards import Purpose
from storage.unit_of_work import UnitOfWork
from tests.bot.delivery.office import ENVIRONMENT
from tests.bot.delivery.scripted import StandingClock
from tests.handlers.company import PLANNING, PURCHASING, Company
from tests.handlers.office import Office
from tests.previews import NEWEST, newest_change
from tests.reading import ways
from tests.small_company import TODAY, organisation, plan

pytestmark = pytest.mark.both_databases


def without(company: Company, *people: str) -> Company:
    """The next process, whose settings do not know these people any more."""
    stay = [person for person in organisation().people.values() if person.id not in people]
    gone = replace(ENVIRONMENT, organisation=Organisation.of(organisation().departments.values(), stay))
    return Company(company.database, company.clock, gone)


async def test_who_left_the_company_is_waited_for_by_nobody_for_ever(database: Database) -> None:
    """Case 9: both approvers of production have left; the ladder finds the coordinator."""
    company = Company(database).opens()
    no = await company.proposes("qian", room=PURCHASING)
    later = without(company, "wang", "han")
    for hours in (24, 24, 8):
        await later.rings(hours=hours)
    step = (await later.change(no)).step_of("production")
    assert step is not None
    assert "lin" in step.approvers
    row = await later.card(no, Purpose.ESCALATION, "production")
    await later.press("lin", row, Verb.APPROVE)
    assert (await later.change(no)).step_of("production").voters == ("lin",)  # type: ignore[union-attr]


async def test_who_left_stops_nobody_elses_decision(database: Database) -> None:
    """Case 9: sales has nobody left in the settings while production decides."""
    company = Company(database).opens()
    no = await company.proposes("qian", room=PURCHASING)
    later = without(company, "su", "he")
    await later.press("wang", await later.card(no, Purpose.APPROVAL, "production"), Verb.APPROVE)
    assert (await later.change(no)).step_of("production").voters == ("wang",)  # type: ignore[union-attr]


async def test_what_became_impossible_is_not_submitted_however_often_it_is_tried(database: Database) -> None:
    """MO-1 is cancelled while its preview stands there."""
    company = Company(database).opens()
    assert await company.types("han", "改期 MO-1 推迟2天 因为 设备故障") == ""
    preview = await company.card(NEWEST, Purpose.PROPOSAL)
    cancel = await company.proposes("lin", "取消 MO-1 因为 客户撤单", PLANNING)
    await company.approves(cancel)
    assert (await company.change(cancel)).state is ChangeState.APPLIED
    first = await company.press("han", preview, Verb.SUBMIT)
    assert first.body.startswith("**⚠ 你看预览的时候计划变了，影响已经重新计算。请核对后再按“提交”。**")
    assert ways(first) == ["放弃"]
    second = await company.press("han", preview, Verb.SUBMIT)
    assert second.body.startswith("**⚠ MO-1 已经结束（已取消），不能再改。**")
    assert (await company.change(preview.subject.id)).state is ChangeState.DRAFT


def test_what_the_coordinator_proposes_of_nobodys_items_is_her_superiors(database: Database) -> None:
    """Case 10: the stand-in is the proposer, so her manager decides; it is never passed by itself."""
    office = Office(database)
    items = dict(plan().items) | {"NB-1": Item("NB-1", "样机", date(2026, 12, 3), date(2026, 12, 3))}
    office.bring(replace(plan(), items=items))
    assert office.say("lin", "改期 NB-1 推迟1天 因为 借不到") == ""
    preview = office.database.look(lambda uow: newest_change(office.turn(uow)))
    submitted = office.submit(preview, "lin")
    assert [(step.department, step.approvers) for step in submitted.steps] == [("", ("boss",))]


def test_people_of_one_name_are_told_apart_by_their_ids(database: Database) -> None:
    """Case 15."""
    two = [replace(person, name="王伟") if person.id in ("wang", "li") else person
           for person in organisation().people.values()]  # fmt: skip
    office = Office(database)
    office.environment = replace(
        office.environment, organisation=Organisation.of(organisation().departments.values(), two)
    )
    assert office.say("han", "代理 王伟 12-01~12-02") == "叫“王伟”的有好几位：wang、li。请写人员编号。"
    assert "王伟" in office.say("han", "代理 li 12-01~12-02")


async def test_an_edited_message_is_the_message_it_was(company: Company) -> None:
    """Case 15: the platform sends an edit under the same id; what was understood stays what it was."""
    await company.types("han", "改期 MO-1 推迟2天 因为 设备故障", event_id="msg-1")
    await company.types("han", "改期 MO-1 推迟9天 因为 设备故障", event_id="msg-1")
    change = await company.change(NEWEST)
    assert [operation.to for operation in change.operations] == [2]
    assert (await company.look(lambda turn: turn.uow.changes.counts())) == {"draft": 1}


async def test_a_button_made_up_for_a_card_of_another_kind_is_refused(company: Company) -> None:
    """Case 15, found by the machine: a card that asks has nothing to settle."""
    no = await company.proposes("han")
    asking = await company.card(no, Purpose.APPROVAL, "production")
    shown = await company.press("wang", asking, Verb.SETTLE, "theirs")
    assert shown.summary == "这张卡片不是通盘发出的，或者已经失效。计划没有改动。"
    assert (await company.change(no)).state is ChangeState.IN_APPROVAL


def test_a_stale_table_is_refused_and_changes_nothing(office: Office) -> None:
    """Case 21: exported at revision 1, brought back when the plan is at 2."""
    exported = office.plan()
    office.change(Operation("MO-1", Op.SHIFT, 1))

    def bring(uow: UnitOfWork) -> str:
        turn = office.turn(uow)
        with pytest.raises(Refused) as caught:
            bring_in(turn, exported, "plan.xlsx", "ops")
        return turn.sentence(caught.value.refusal)

    told = office.database.write_now(bring)
    assert told == "plan.xlsx 是按第 1 版导出的，现在计划已是第 2 版。请重新导出后再改，否则会覆盖之后的变更。"
    assert office.plan().revision == 2
    assert office.plan().items["MO-1"].start == date(2026, 12, 8)


def test_a_morning_with_nothing_to_tell_is_told_in_a_line(office: Office) -> None:
    """Case 22: silence could also be a bot that is down."""
    told = office.say("li", "早会 今天 仓储部")
    assert "今天没有逾期、到期、变更和风险，也没有等待决定的事。" in told


async def test_before_eight_in_the_morning_it_is_already_today(database: Database) -> None:
    """Case 25: 23:30 of Monday in UTC is 07:30 of Tuesday in Shanghai, whatever zone the server is in."""
    clock = StandingClock(datetime(2026, 11, 23, 23, 30, tzinfo=UTC))
    company = Company(database, clock).opens()
    told = await company.types("han", "改期 PO-1 开始 2026-11-23 因为 缺料")
    assert told == "PO-1 不能改到过去：2026-11-23 早于今天（2026-11-24）。"
    assert await company.proposes("han", "改期 PO-1 推迟1天 因为 缺料") == "CR-20261124-001"


async def test_what_is_asked_in_the_evening_can_be_answered_in_the_morning(company: Company) -> None:
    """Found by the machine: what begins tomorrow would have expired at midnight, seen by nobody."""
    company.clock.move(days=10, hours=11)  # Thursday, 20:00; MO-1 begins on Monday
    no = await company.proposes("qian", "改期 MO-1 推迟1天 因为 缺料", PURCHASING)
    change = await company.change(no)
    assert change.expires_at == datetime(2026, 12, 4, 10, tzinfo=UTC), "18:00 of Friday"
    company.clock.move(hours=24)  # Friday, 20:00
    tight = await company.proposes("qian", "改期 MO-1 推迟2天 因为 缺料", PURCHASING)
    assert (await company.change(tight)).expires_at == datetime(2026, 12, 7, 5, tzinfo=UTC), "13:00 of Monday"


async def test_what_a_window_lets_go_at_midnight_can_be_answered_in_the_morning(company: Company) -> None:
    """Found by the machine: with an hour left it would have expired at one in the night."""
    no = await company.proposes("qian", "改期 RC-1 推迟1天 因为 缺料", PURCHASING)
    expires = (await company.change(no)).expires_at
    assert expires is not None
    company.clock.move(seconds=(expires - company.clock.now()).total_seconds() - 3600)
    await company.types("lin", "冻结 仓储部 12-01~12-30 因为 盘点", "dingtalk:cidPlanning==")
    await company.types("lin", "冻结 确认 F-001", "dingtalk:cidPlanning==")
    assert (await company.change(no)).state is ChangeState.ON_HOLD
    company.clock.move(seconds=(datetime(2026, 12, 30, 16, tzinfo=UTC) - company.clock.now()).total_seconds())
    await company.rings()  # midnight in Shanghai
    change = await company.change(no)
    assert change.state is ChangeState.IN_APPROVAL
    assert change.expires_at == datetime(2026, 12, 31, 5, tzinfo=UTC), "13:00 of the next working day"


def chain(length: int, beside: int) -> Plan:
    """A bill of materials so many levels deep, among so many items that have nothing to do with it."""
    levels = [f"L-{n:02}" for n in range(length)]
    items = {code: Item(code, code, TODAY, TODAY, 1, "production", "production", quantity=Decimal(10))
             for code in levels}  # fmt: skip
    items |= {f"X-{n:05}": Item(f"X-{n:05}", "其他", TODAY, TODAY, 1, "task", "warehouse") for n in range(beside)}
    links = tuple(Link(a, b, ratio=Decimal(1)) for a, b in pairwise(levels))
    whole = Plan("main", "一厂", 0, items, links)
    return place(whole, items.keys(), TODAY)


def test_of_a_deep_chain_in_a_large_plan_only_the_changed_lines_are_kept(database: Database) -> None:
    """Case 29. How long it takes is measured by `make bench`."""
    office = Office(database)
    office.bring(chain(20, 2_000))
    change = office.change(Operation("L-00", Op.SHIFT, 3))
    assert change.state is ChangeState.APPLIED
    assert len(change.impact.lines) == 40, "a start and a finish of each of the twenty"
    revisions = office.database.look(lambda uow: uow.plans.revisions_of_items())
    assert sorted(code for code, revision in revisions.items() if revision == 2) == [f"L-{n:02}" for n in range(20)]
    assert assess(office.plan(), (), TODAY).lines == ()
