"""Tables over a plan that people have changed: nothing is undone unseen, owners hear, no emergency is left hanging."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import TypeVar

import pytest

from cards.action import Verb
from handlers.actions.plan.import_plan import Imported, bring_in
from handlers.reads.plan.import_preview import Foreseen, foresee
from handlers.reads.trail.proof import faults
from handlers.turn import Turn
from planning.change.change import ChangeState
from planning.plan.item import Status
from planning.plan.plan import Plan
from planning.refusal import Refused
from storage.database import Database
from storage.delivery.cards import Purpose
from storage.unit_of_work import UnitOfWork
from tests.handlers.company import LATER, PLANNING, PRODUCTION, PURCHASING, SALES, WAREHOUSE, Company
from tests.handlers.lifecycle.test_emergencies import governed
from tests.small_company import plan

T = TypeVar("T")
ROOMS = (PLANNING, PRODUCTION, PURCHASING, SALES, WAREHOUSE)


@pytest.fixture
def company(database: Database) -> Company:
    return Company(database).opens()


async def write(company: Company, work: Callable[[Turn], T]) -> T:
    def unit(uow: UnitOfWork) -> T:
        result = work(Turn(uow, company.clock.now(), company.environment))
        uow.commit()
        return result

    result = company.database.write_now(unit)
    await company.office.deliver()
    return result


async def bring(company: Company, wanted: Plan, seen: int | None = None) -> Imported:
    return await write(company, lambda turn: bring_in(turn, wanted, "erp.csv", "ops", seen))


async def seen(company: Company, wanted: Plan) -> Foreseen:
    return await company.look(lambda turn: foresee(turn, wanted, "erp.csv"))


def moved(wanted: Plan, code: str, start: date, finish: date) -> Plan:
    return wanted.with_items([replace(wanted.items[code], start=start, finish=finish)])


def without(wanted: Plan, *codes: str) -> Plan:
    links = tuple(link for link in wanted.links if not {*codes} & {*link.ends})
    return replace(wanted, items={code: it for code, it in wanted.items.items() if code not in codes}, links=links)


async def undone(company: Company, wanted: Plan) -> list[str]:
    return [change.no for change in (await seen(company, wanted)).undone]


# what is undone


async def test_a_table_from_before_an_applied_change_names_it(company: Company) -> None:
    no = await company.proposes("han")
    await company.approves(no)
    assert (await company.change(no)).state is ChangeState.APPLIED
    found = await seen(company, plan())
    assert ([change.no for change in found.undone], found.is_harmless) == ([no], False)
    ((number, what, proposer),) = found.told
    assert (number, proposer) == (no, "韩冬")
    assert "MO-1" in what


async def test_a_table_that_says_what_a_change_made_undoes_nothing(company: Company) -> None:
    no = await company.proposes("han")
    await company.approves(no)
    kept = replace(await company.look(lambda turn: turn.plan()), revision=0)
    assert await undone(company, kept) == []
    assert (await seen(company, kept)).is_same
    assert await undone(company, moved(kept, "RC-1", date(2026, 12, 22), date(2026, 12, 23))) == [], "others are free"
    assert await undone(company, without(kept, "MO-1")) == [no], "what is removed is undone"


async def test_what_reports_have_set_is_named_and_asked_about(company: Company) -> None:
    company.clock.move(days=14)
    await company.types("wang", "完成 MO-1")
    kept = replace(await company.look(lambda turn: turn.plan()), revision=0)
    assert kept.items["MO-1"].status is Status.DONE
    found = await seen(company, plan())
    assert (found.undone, found.is_harmless) == ((), False)
    ((no, item, what),) = found.reported
    assert (no, item, what) == ("RP-20261207-001", "MO-1", "王五 报：今日 完成")
    assert (await seen(company, moved(kept, "RC-1", date(2026, 12, 22), date(2026, 12, 23)))).reported == ()


async def test_of_several_on_one_item_those_are_undone_that_the_table_does_not_know(company: Company) -> None:
    first = await company.proposes("lin", "改期 RC-1 推迟1天 因为 盘点", PLANNING)
    await company.approves(first)
    between = replace(await company.look(lambda turn: turn.plan()), revision=0)
    second = await company.proposes("lin", "改期 RC-1 推迟1天 因为 盘点", PLANNING)
    await company.approves(second)
    assert await undone(company, plan()) == [first, second]
    assert await undone(company, between) == [second]


async def test_what_an_import_has_settled_is_not_undone_again(company: Company) -> None:
    no = await company.proposes("han")
    await company.approves(no)
    await bring(company, plan())
    assert await undone(company, moved(plan(), "MO-1", date(2026, 12, 8), date(2026, 12, 14))) == []


async def test_a_plan_that_moved_while_it_was_looked_at_is_left_alone(company: Company) -> None:
    found = await seen(company, plan())
    no = await company.proposes("han")
    await company.approves(no)
    with pytest.raises(Refused) as refused:
        await bring(company, plan(), found.head)
    assert refused.value.refusal.code == "import-overtaken"
    assert (await company.look(lambda turn: turn.plan())).revision == 2


# the revision


async def test_identical_tables_make_no_revision_and_no_noise(company: Company) -> None:
    trail = await company.look(lambda turn: turn.uow.audit.head())
    done = await bring(company, plan())
    assert (done.revision, done.changed) == (1, 0)
    assert await company.look(lambda turn: turn.uow.audit.head()) == trail
    assert [company.told(room) for room in ROOMS] == [[], [], [], [], []]


async def test_what_it_makes_proves_itself(company: Company) -> None:
    no = await company.proposes("han")
    await company.approves(no)
    await bring(company, without(plan(), "RC-1"))
    await bring(company, replace(plan(), links=plan().links[1:]))
    assert await company.look(lambda turn: faults(turn)) == []


# who hears of it


async def test_owners_and_those_who_are_to_know_hear_once_in_each_room(company: Company) -> None:
    await bring(company, moved(plan(), "SO-1", date(2026, 12, 15), date(2026, 12, 16)))
    (told,) = company.told(SALES)
    assert told.splitlines() == [
        "📥 ops 导入了 erp.csv，计划已是第 2 版。这里有 1 项变了（所有差别请发 `对比 1 现在`）：",
        "- SO-1 星河订单 12-14~12-15 → 12-15~12-16（+1天）",
    ]
    assert company.told(WAREHOUSE) == [told], "also_informs"
    assert [company.told(room) for room in (PLANNING, PRODUCTION, PURCHASING)] == [[], [], []]


async def test_who_loses_an_item_hears_too(company: Company) -> None:
    given = plan().with_items([replace(plan().items["RC-1"], department="production")])
    await bring(company, given)
    await bring(company, without(given, "MO-1"))
    lost = company.told(WAREHOUSE)[0]
    assert "RC-1" in lost
    gained, gone = company.told(PRODUCTION)
    assert "RC-1" in gained
    assert "MO-1 耳机组装 12-07~12-11 → —" in gone
    assert "SO-1" in company.told(SALES)[-1], "its link is gone"


async def test_nobodys_items_are_told_to_the_coordinator(company: Company) -> None:
    await bring(company, plan().with_items([replace(plan().items["RC-1"], code="X-1", department="")]))
    assert "X-1" in company.told(PLANNING)[-1]


async def test_five_lines_and_the_rest_is_counted(company: Company) -> None:
    more = [replace(plan().items["RC-1"], code=f"RC-{number}") for number in range(2, 10)]
    await bring(company, plan().with_items(more))
    told = company.told(WAREHOUSE)[-1].splitlines()
    assert len(told) == 7
    assert "3" in told[-1]


# an emergency that waits for its ratification


async def test_an_emergency_of_which_nothing_is_left_is_over(database: Database) -> None:
    company = governed(database)
    no = await company.proposes("han", LATER)
    assert (await company.change(no)).state is ChangeState.PROVISIONAL
    assert [change.no for change in (await seen(company, plan())).emptied] == [no]
    await bring(company, plan())
    change = await company.change(no)
    assert change.state is ChangeState.REVERTED
    by = await company.look(lambda turn: turn.uow.changes.took_back(no))
    assert by is not None
    assert by.reason == f"紧急变更 {no} 让位给 第 3 版（导入 erp.csv）"
    (asked,) = [row for row in await company.cards(no) if row.purpose is Purpose.APPROVAL and row.department == "sales"]
    assert company.shown(asked)[-1].status == f"{no} · 已撤销"
    assert not company.shown(asked)[-1].buttons
    late = await company.press("su", asked, Verb.APPROVE, on=company.shown(asked)[0])
    assert "撤销" in late.status
    assert (await company.look(lambda turn: turn.plan())).items == plan().items
    assert await company.look(lambda turn: faults(turn)) == []
    await company.rings(hours=5)
    assert (await company.look(lambda turn: turn.plan())).items == plan().items, "nothing rings any more"


async def test_an_emergency_of_which_something_is_left_still_waits(database: Database) -> None:
    company = governed(database)
    no = await company.proposes("han", LATER)
    kept = replace(await company.look(lambda turn: turn.plan()), revision=0)
    partly = moved(kept, "DL-1", plan().items["DL-1"].start, plan().items["DL-1"].finish)
    found = await seen(company, partly)
    assert ([change.no for change in found.undone], found.emptied) == ([no], ())
    await bring(company, partly)
    assert (await company.change(no)).state is ChangeState.PROVISIONAL
    await company.approves(no)
    assert (await company.change(no)).state is ChangeState.APPLIED
