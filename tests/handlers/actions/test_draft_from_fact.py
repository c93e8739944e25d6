"""From a fact to a change: one draft per item, replaced by the next report, and submitted by people alone."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from handlers.actions.facts.draft_from_fact import draft_from_facts
from handlers.lifecycle.record_fact import record_fact
from planning.change.change import Change, ChangeState
from planning.control.condition import Condition
from planning.control.rules import TYPES, Class, Event, Rule
from planning.facts.report import Report, ReportKind
from planning.plan.link import Drives, Link
from planning.plan.operation import Op, Operation
from planning.plan.plan import Stock
from storage.unit_of_work import UnitOfWork
from tests.handlers.office import Office


@pytest.fixture
def shop(office: Office) -> Office:
    """Monday 12-07, the first day of MO-1."""
    office.wait(days=14)
    return office


def requests(shop: Office, *states: ChangeState) -> list[Change]:
    """Previews without a number, too."""

    def found(uow: UnitOfWork) -> list[Change]:
        numbers = [no for no, state in uow.proof.states() if state in states]
        return [change for no in numbers if (change := uow.changes.get(no))]

    return shop.database.look(found)


def drafts(shop: Office) -> list[Change]:
    return requests(shop, ChangeState.DRAFT)


def test_a_report_that_pushes_others_yields_one_draft(shop: Office) -> None:
    shop.say("han", "报工 MO-1 100")
    (draft,) = drafts(shop)
    assert draft.operations == (Operation("MO-1", Op.SET_FINISH, date(2026, 12, 15)),)
    assert (draft.proposer, draft.reason) == ("han", "报工预测 RP-20261207-001")
    assert {line.item for line in draft.impact.lines} == {"MO-1", "SO-1", "DL-1"}
    assert requests(shop, ChangeState.IN_APPROVAL) == [], "nobody is asked before somebody submits it"


def test_the_next_report_replaces_it(shop: Office) -> None:
    shop.say("han", "报工 MO-1 100")
    shop.wait(hours=1)
    shop.say("han", "报工 MO-1 预计 12-18")
    (draft,) = drafts(shop)
    assert draft.operations[0].to == date(2026, 12, 18)
    assert len(requests(shop, ChangeState.WITHDRAWN)) == 1


def test_the_same_forecast_keeps_the_draft_that_is_there(shop: Office) -> None:
    shop.say("han", "报工 MO-1 100")
    before = drafts(shop)
    shop.wait(hours=1)
    shop.say("han", "报工 MO-1 10")
    assert drafts(shop) == before


def test_what_is_being_decided_is_not_drafted_again(shop: Office) -> None:
    shop.say("han", "报工 MO-1 100")
    shop.say("han", "提交")
    assert len(requests(shop, ChangeState.IN_APPROVAL)) == 1
    shop.wait(hours=1)
    shop.say("han", "报工 MO-1 10")
    assert drafts(shop) == []
    shop.say("han", "报工 MO-1 预计 12-18")
    (draft,) = drafts(shop)
    assert draft.operations[0].to == date(2026, 12, 18), "another date is another question"


@pytest.mark.parametrize("kind", [ReportKind.STOP, ReportKind.HOLD])
def test_a_stop_behind_a_count_does_not_hide_it(shop: Office, kind: ReportKind) -> None:
    def unit(uow: UnitOfWork) -> None:
        turn = shop.turn(uow)
        plan, facts = turn.plan(), []
        for one, good in ((ReportKind.QUANTITY, Decimal(100)), (kind, None)):
            facts.append(record_fact(turn, plan, Report("", "MO-1", one, turn.today, turn.now, good=good, by="han")))
            plan = facts[-1].plan
        draft_from_facts(turn, facts)
        uow.commit()

    shop.database.write_now(unit)
    assert [draft.operations[0].item for draft in drafts(shop)] == ["MO-1"]


def test_it_goes_when_the_item_is_in_time_again(shop: Office) -> None:
    shop.say("han", "报工 MO-1 100")
    shop.say("han", "报工 MO-1 1900")
    assert drafts(shop) == []


def test_it_goes_with_the_report_that_was_withdrawn(shop: Office) -> None:
    shop.say("zhao", "到货 PO-1 全部 12-04")
    shop.say("han", "报工 MO-1 100")
    assert len(drafts(shop)) == 1
    shop.say("han", "更正 作废")
    assert drafts(shop) == []


def test_who_may_not_propose_hears_who_was_given_it(shop: Office) -> None:
    told = shop.say("wang", "报工 MO-1 100")
    assert "已按这个写好草稿，韩冬 看过可以提交" in told
    assert drafts(shop)[0].proposer == "han"


def test_it_is_submitted_and_decided_as_any_change(shop: Office) -> None:
    shop.say("han", "报工 MO-1 100")
    shop.say("han", "提交")
    (change,) = requests(shop, ChangeState.IN_APPROVAL)
    for step in change.waiting:
        shop.say(step.approvers[0], f"同意 {change.no}")
    assert shop.plan().items["SO-1"].finish == date(2026, 12, 17)
    assert "和计划一样" in shop.say("lin", "进度 MO-1")


def test_what_is_silent_drafts_nothing(shop: Office) -> None:
    shop.say("zhao", "到货 PO-1 全部 12-04")
    shop.say("li", "完成 RC-1")
    shop.say("han", "报工 MO-1 600")
    shop.say("wang", "停机 MO-1 预计 12-20")
    assert drafts(shop) == []


def test_a_late_completion_asks_for_what_comes_behind_it(shop: Office) -> None:
    shop.wait(days=9)
    shop.say("han", "完成 MO-1")
    (draft,) = drafts(shop)
    assert draft.operations == (Operation("SO-1", Op.SET_START, date(2026, 12, 17)),)


# -- what a rule of facts has approved beforehand -------------------------------------------------------------


def under(shop: Office, event: Event, when: str) -> Office:
    """The shop under a standard rule."""
    rule = Rule("absorbed", event, Condition.of(when, TYPES), Class.STANDARD, approvals=())
    return replace(shop, environment=replace(shop.environment, rules=(rule,)))


SMALL = "days <= 2 && late_orders == 0 && kind == 'quantity' && scrap_rate < 0.02"


def test_what_a_rule_of_facts_lets_is_in_effect_at_once(shop: Office) -> None:
    told = under(shop, Event.FACT, SMALL.replace("late_orders == 0 && ", "")).say("han", "报工 MO-1 100")
    assert drafts(shop) == []
    (change,) = requests(shop, ChangeState.APPLIED)
    assert (change.proposer, change.klass, change.reason) == ("han", "standard", "报工预测 RP-20261207-001")
    assert f"按规则 absorbed 直接改进了计划：{change.no}，受影响的都已通知" in told
    assert shop.plan().items["SO-1"].finish == date(2026, 12, 17)


@pytest.mark.parametrize(
    ("event", "when", "said"),
    [
        (Event.ANY, "days <= 2", "报工 MO-1 100"),
        (Event.FACT, SMALL, "报工 MO-1 100"),
        (Event.FACT, "scrap_rate < 0.02", "报工 MO-1 100 报废10"),
        (Event.FACT, "kind == 'expected'", "报工 MO-1 100"),
        (Event.FACT, "days <= 1", "报工 MO-1 100"),
    ],
    ids=["of any change", "an order late", "too much scrap", "another kind", "too far"],
)
def test_what_no_rule_of_facts_lets_waits_for_somebody(shop: Office, event: Event, when: str, said: str) -> None:
    under(shop, event, when).say("han", said)
    assert len(drafts(shop)) == 1
    assert requests(shop, ChangeState.APPLIED) == []


def test_a_change_that_people_type_is_under_no_rule_of_facts(shop: Office) -> None:
    ruled = under(shop, Event.FACT, "days <= 2")
    ruled.say("han", "改期 MO-1 推迟1天 因为 试试")
    ruled.say("han", "提交")
    assert requests(shop, ChangeState.APPLIED) == []


def test_no_other_change_carries_the_push_along(shop: Office) -> None:
    shop.wait(days=9)
    shop.say("han", "完成 MO-1")
    change = shop.change(Operation("RC-1", Op.SHIFT, 1), by="lin")
    assert {line.item for line in change.impact.lines} == {"RC-1"}
    assert shop.plan().items["SO-1"].finish == date(2026, 12, 15)


# -- goods that come in part -----------------------------------------------------------------------------------


def test_the_rest_that_comes_too_late_is_split_off_with_its_day(shop: Office) -> None:
    """What came is there; the rest is an item of its own, and pushes what waits for it."""
    shop.say("lin", "到货 PO-1 500 余下 12-09")
    (draft,) = drafts(shop)
    assert draft.operations == (
        Operation("PO-1", Op.SPLIT, {
            "first": "500", "finish": "2026-12-07", "rest": "PO-1/2", "start": "2026-12-08", "days": "2",
            "status": "done",
        }),
    )  # fmt: skip
    shop.say("lin", "提交")
    for change in requests(shop, ChangeState.IN_APPROVAL):
        for step in change.waiting:
            shop.say(step.approvers[0], f"同意 {change.no}")
    plan = shop.plan()
    assert (plan.items["PO-1"].status, plan.items["PO-1/2"].finish) == ("done", date(2026, 12, 9))
    assert plan.items["MO-1"].start == date(2026, 12, 10)
    shop.wait(hours=1)
    shop.say("zhao", "到货 PO-1/2 全部")
    assert shop.plan().items["PO-1/2"].status == "done"


def test_without_a_day_for_the_rest_it_is_asked_and_not_split(shop: Office) -> None:
    assert "哪天到" in shop.say("lin", "到货 PO-1 500")
    assert all(one.op is not Op.SPLIT for draft in drafts(shop) for one in draft.operations)


def test_the_rest_that_comes_in_time_splits_nothing(shop: Office) -> None:
    shop.now -= timedelta(days=5)
    shop.say("lin", "到货 PO-1 500 余下 12-03")
    assert drafts(shop) == []


def test_of_a_batch_each_item_is_asked_once_and_on_the_newest_plan(shop: Office) -> None:
    """The first that a rule lets in moves the plan under the others."""
    ruled = under(shop, Event.FACT, "days <= 2")

    def unit(uow: UnitOfWork) -> int:
        turn = ruled.turn(uow)
        plan, facts = turn.plan(), []
        for code, said in (("MO-1", 40), ("MO-1", 60)):
            day, at = turn.today, turn.now - timedelta(minutes=said)
            report = Report("", code, ReportKind.QUANTITY, day, at, good=Decimal(said), by="han")
            facts.append(record_fact(turn, plan, report))
            plan = facts[-1].plan
        rest = Report("", "RC-1", ReportKind.EXPECTED, turn.today, turn.now, expected=date(2026, 12, 23), by="li")
        facts.append(record_fact(turn, plan, rest))
        draft_from_facts(turn, facts)
        uow.commit()
        return turn.plan().revision

    assert ruled.database.write_now(unit) == 3, "one for the start, and one for what the rule let in"
    assert [change.operations[0].item for change in requests(shop, ChangeState.APPLIED)] == ["MO-1"]


def test_it_reckons_with_the_goods_that_have_just_come(shop: Office) -> None:
    """500 of 2,000 lie there now, and 1,500 are to come: nothing is missing."""
    plan = shop.plan()
    bought = replace(plan.items["PO-1"], product="chip", unit="件")
    needs = Link("PO-1", "MO-1", drives=Drives.PREDECESSOR, ratio=Decimal(1))
    stock = {"chip": Stock("chip", Decimal(0), Decimal(0), shop.now)}
    shop.bring(replace(plan, items={**plan.items, "PO-1": bought}, links=(*plan.links, needs), stock=stock))
    shop.say("qian", "到货 PO-1 500 余下 12-16")
    (draft,) = drafts(shop)
    assert draft.operations[0].op is Op.SPLIT
    assert draft.impact.shortages == ()
