"""From an empty database, no people but the first admin and no group, to a change that two bound groups decide."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from bot.clock import MovableClock
from bot.demo import stage
from handlers.actions.plan.import_plan import bring_in
from handlers.turn import Turn
from planning.change.change import ChangeState
from planning.people.organisation import Role
from planning.plan.item import Item
from planning.plan.link import Link
from planning.plan.plan import Plan
from sandbox.world import Card
from storage.database import Database
from storage.unit_of_work import UnitOfWork
from tests.bot.delivery.office import ENVIRONMENT
from tests.databases import fresh_database
from tests.scenarios.conftest import MONDAY, connected, counted, refused, unproven
from tests.scenarios.play import Play

pytestmark = pytest.mark.both_databases
ADMIN = "wu.fan"
PLANNING, PRODUCTION = "dingtalk:cidPl3Zx8HnW6yB4kF==", "dingtalk:cidPd9Rt5LmC2wE7jG=="
PURCHASING = "wecom:wrkSFfCgAApUr4Kx9Wd2Ha"
FILE = {
    "settings": {"source": "database"},
    "departments": [
        {"id": "planning", "name": "计划部"}, {"id": "production", "name": "生产部"},
        {"id": "purchasing", "name": "采购部"},
    ],
    "people": [{"id": ADMIN, "name": "吴凡", "department": "planning", "roles": ["admin"], "dingtalk": "010407758",
                "wecom": "WuFan"}],
    "rules": [], "fences": [],
}  # fmt: skip
"""All that anybody wrote into a file."""


def two_items(url: str) -> None:
    """What is bought is made into something."""
    day = date(2026, 12, 7)
    items = (
        Item("PO-1", "主控芯片", day, day, 1, "purchase", "purchasing"),
        Item("MO-1", "耳机组装", date(2026, 12, 8), date(2026, 12, 9), 2, "production", "production"),
    )
    plan = Plan("main", "一厂", 0, {item.code: item for item in items}, (Link("PO-1", "MO-1"),))

    def unit(uow: UnitOfWork) -> None:
        bring_in(Turn(uow, MONDAY, ENVIRONMENT), plan, "plan.csv", "test")
        uow.commit()

    with closing(Database(url, "main")) as database:
        database.write_now(unit)


@pytest.fixture(params=["sqlite", "postgresql"])
async def play(tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[Play]:
    with fresh_database(request.param, tmp_path, migrated=True) as url:
        two_items(url)
        async with stage(url, clock=MovableClock(MONDAY), extra=FILE) as set_up:
            await connected(set_up)
            yield Play(set_up)
            assert refused(set_up) == [], "a platform refused something"
            assert await unproven(set_up) == [], "the database does not prove itself"
            await set_up.service.delivery.drain()
            assert await counted(set_up) == set_up.dingtalk.api.spent.total(), "calls were counted as the platform does"


class Steps:
    """What people do, counted."""

    def __init__(self, play: Play) -> None:
        self.play, self.taken = play, 0

    async def types(self, room: str, person: str, text: str) -> str:
        self.taken += 1
        return await self.play.say(room, person, text)

    async def is_shown(self, room: str, person: str, text: str, *words: str) -> Card:
        """Type something that a card answers."""
        self.taken += 1
        await self.play.world.say(room, person, text)
        return await self.play.shows(room, *words)

    async def presses(self, card: Card, person: str, text: str) -> None:
        self.taken += 1
        await self.play.press(card, person, text)


async def test_a_change_is_decided_in_two_groups_within_thirty_steps(play: Play) -> None:
    steps = Steps(play)
    for room, department in ((PLANNING, "计划部"), (PRODUCTION, "生产部"), (PURCHASING, "采购部")):
        asks = await steps.is_shown(room, ADMIN, f"绑定 {department}", f"这个群归{department}", "等管理员确认")
        await steps.presses(asks, ADMIN, "确认")
    hello = await steps.is_shown(PRODUCTION, "zhang.haifeng", "你好", "我还不认识你")
    await steps.presses(hello, "zhang.haifeng", "申请加入 生产部")
    for room, person, name in ((PRODUCTION, "wang.qiang", "王强"), (PURCHASING, "zhao.min", "赵敏")):
        department = "生产部" if room == PRODUCTION else "采购部"
        assert "已经替你向管理员申请" in await steps.types(room, person, f"申请加入 {department} {name}")
    for name in ("张海峰", "王强", "赵敏"):
        await steps.presses(await play.shows(PLANNING, name, "等管理员同意"), ADMIN, "同意")
    for name, role in (("张海峰", "计划员"), ("王强", "审批"), ("赵敏", "审批")):
        assert "马上生效" in await steps.types(PLANNING, ADMIN, f"人员 {name} {role}")
    steps.taken += 1
    preview = await play.propose(PRODUCTION, "zhang.haifeng", "改期 PO-1 推迟2天 因为 供应商停产")
    await steps.presses(preview, "zhang.haifeng", "提交")
    no = play.number(preview)
    for department, person in (("production", "wang.qiang"), ("purchasing", "zhao.min")):
        await steps.presses(await play.asked(department, no), person, "同意")
    await play.quiet()
    assert (await play.change(no)).state is ChangeState.APPLIED
    assert steps.taken <= 30
    people = play.stage.service.environment.organisation.people
    assert {one.name: {role.value for role in one.roles} for one in people.values()} == {
        "吴凡": {Role.ADMIN}, "张海峰": {Role.VIEWER, Role.PLANNER}, "王强": {Role.VIEWER, Role.APPROVER},
        "赵敏": {Role.VIEWER, Role.APPROVER},
    }  # fmt: skip


async def test_whoever_is_disabled_is_a_stranger_at_once(play: Play) -> None:
    steps = Steps(play)
    await steps.presses(await steps.is_shown(PLANNING, ADMIN, "绑定 计划部", "等管理员确认"), ADMIN, "确认")
    assert "已经替你" in await steps.types(PLANNING, "lin.jing", "申请加入 计划部 林静")
    await steps.presses(await play.shows(PLANNING, "林静", "等管理员同意"), ADMIN, "同意")
    await play.quiet()
    assert "你是 林静" in await steps.types(PLANNING, "lin.jing", "我是谁")
    assert "林静：停用。马上生效。" in await steps.types(PLANNING, ADMIN, "人员 林静 停用")
    await asyncio.sleep(0)
    await play.world.say(PLANNING, "lin.jing", "我是谁")
    await play.shows(PLANNING, "我还不认识你")
