"""Somebody on two platforms leaves the one, then the other, while a change waits for their word; on both databases."""

from datetime import date
from pathlib import Path

import pytest

from handlers.actions.plan.import_plan import bring_in
from planning.change.change import Change, ChangeState
from planning.plan.item import Item
from planning.plan.plan import Plan
from planning.schedule.schedule import place
from sandbox.contacts import TOP, Contacts, Employee, Unit
from storage.unit_of_work import UnitOfWork
from tests.databases import BACKENDS, fresh_database
from tests.scenarios.directory_company import ADMIN, Company, company
from tests.scenarios.test_directory import alone

ZHOU = "dingtalk:zhou"
LI = {"id": "li", "name": "李娜", "department": "purchasing", "roles": ["approver"], "dingtalk": "li", "wecom": "LiNa"}
START = {
    "departments": [
        {"id": "planning", "name": "计划部"},
        {"id": "purchasing", "name": "采购部", "conversation": "dingtalk:user:boss",
         "directory": ["dingtalk:2", "wecom:2"]},
    ],
    "people": [
        {"id": "boss", "name": "老板", "department": "planning", "roles": ["admin", "coordinator", "planner"],
         "dingtalk": "boss"},
        {"id": "zhou", "name": "周明", "department": "planning", "roles": ["coordinator"], "dingtalk": "zhou"},
        LI,
    ],
}  # fmt: skip


def directory(user: str) -> Contacts:
    found = alone()
    found.units[2] = Unit(2, "采购部", TOP)
    found.employees["zhou"] = Employee("zhou", "周明", [TOP])
    found.employees[user] = Employee(user, "李娜", [2])
    return found


@pytest.mark.parametrize("backend", BACKENDS)
async def test_who_is_gone_from_one_platform_alone_has_not_left(backend: str, tmp_path: Path) -> None:
    with fresh_database(backend, tmp_path) as url:
        async with company(tmp_path, directory("li"), directory("LiNa"), START, database=url) as office:
            await walk(office)


async def walk(office: Company) -> None:
    await office.service.database.write(lambda uow: planned(office, uow))
    await office.world.say(ADMIN, "boss", "改期 PO-1 推迟1天 因为 设备故障")
    card = await office.sees(lambda: next(iter(office.world.cards_in(ADMIN)), None))
    await office.presses(card, "提交")
    assert await asked(office) == ("li",)

    del office.dingtalk.contacts.employees["li"]
    card = await office.syncs("钉钉")
    assert "只剩另一平台 1" in card.face("").body
    assert "离职" not in card.face("").body
    await office.presses(card, "应用")
    organisation = await office.organisation()
    assert organisation.people["li"].identities == {"wecom": "LiNa"}
    assert organisation.people["li"].roles == {"approver"}
    assert await asked(office) == ("li",)
    assert "人员没有不同" in (await office.syncs("钉钉")).face("").body

    del office.wecom.contacts.employees["LiNa"]
    card = await office.syncs("企业微信")
    assert "离职 1" in card.face("").body
    await office.presses(card, "应用")
    assert "li" in (await office.organisation()).former
    await office.service.scheduler.ring()
    assert await asked(office) == ("li", "zhou"), "the coordinator stands in, who has not proposed it"
    (no,) = await office.look(lambda turn: [change.no for change in turn.uow.changes.open_ones()])
    await office.types(f"同意 {no}", ZHOU, "zhou")
    assert await office.look(lambda turn: turn.change(no).state) is ChangeState.APPLIED


async def asked(office: Company) -> tuple[str, ...]:
    """Those who may decide the one step that waits."""

    def of(change: Change) -> tuple[str, ...]:
        (step,) = change.waiting
        return step.approvers

    return await office.look(lambda turn: of(turn.uow.changes.open_ones()[0]))  # type: ignore[no-any-return]


def planned(office: Company, uow: UnitOfWork) -> None:
    turn, day = office.service.plans[0].current.turn(uow, office.clock.now()), date(2026, 12, 7)
    items = {"PO-1": Item("PO-1", "芯片", day, day, 3, "purchase", "purchasing")}
    bring_in(turn, place(Plan("main", "一厂", 0, items, ()), items.keys(), day), "plan.csv", "test")
    uow.commit()
