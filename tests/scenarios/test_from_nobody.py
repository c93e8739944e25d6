"""From an empty database and nobody in any file to a change that two bound groups decide: the demo's empty company."""

import re
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.clock import MovableClock
from bot.demo import FOUNDER, stage
from planning.change.change import ChangeState
from planning.people.organisation import Role
from sandbox.world import Conversation, Platform
from tests.databases import fresh_database
from tests.scenarios.conftest import MONDAY, connected, counted, refused, unproven
from tests.scenarios.play import Play
from tests.scenarios.test_from_nothing import PLANNING, PRODUCTION, Steps

pytestmark = pytest.mark.both_databases
ALONE, WAREHOUSE = "dingtalk:010407758", "dingtalk:cidWh1Uy6PbJ8vN3hS=="


@pytest.fixture(params=["sqlite", "postgresql"])
async def play(tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[Play]:
    with fresh_database(request.param, tmp_path, migrated=True) as url:
        async with stage(url, clock=MovableClock(MONDAY), empty=True) as set_up:
            await connected(set_up)
            yield Play(set_up)
            assert refused(set_up) == [], "a platform refused something"
            assert await unproven(set_up) == [], "the database does not prove itself"
            await set_up.service.delivery.drain()
            assert await counted(set_up) == set_up.dingtalk.api.spent.total(), "calls were counted as the platform does"


async def test_a_company_is_on_board_within_thirty_steps(play: Play) -> None:
    organisation = play.stage.service.environment.organisation
    assert (organisation.people, organisation.departments) == ({}, {})
    steps, code = Steps(play), await play.stage.first_admin()
    assert "你是管理员了" in await steps.types(ALONE, FOUNDER, f"我是管理员 {code} 计划部 吴凡")
    bound = ((PLANNING, "绑定 计划部"), (PRODUCTION, "绑定 新部门 生产部"), (WAREHOUSE, "绑定 新部门 仓储部"))
    for room, text in bound:
        await steps.presses(await steps.is_shown(room, FOUNDER, text, "这个群", "等管理员确认"), FOUNDER, "确认")
    for room, person, name, department in (
        (PRODUCTION, "zhang.haifeng", "张海峰", "生产部"), (PRODUCTION, "wang.qiang", "王强", "生产部"),
        (WAREHOUSE, "li.dawei", "李大伟", "仓储部"),
    ):  # fmt: skip
        assert "已经替你向管理员申请" in await steps.types(room, person, f"申请加入 {department} {name}")
        await steps.presses(await play.shows(PLANNING, name, "等管理员同意"), FOUNDER, "同意")
        await play.quiet()
    for name, role in (("张海峰", "计划员"), ("王强", "审批"), ("李大伟", "审批")):
        assert "马上生效" in await steps.types(PLANNING, FOUNDER, f"人员 {name} {role}")
    steps.taken += 1
    preview = await play.propose(PRODUCTION, "zhang.haifeng", "改期 RC-1 推迟2天 因为 供应商停产")
    await steps.presses(preview, "zhang.haifeng", "提交")
    change = await play.change(play.number(preview))
    for department, person in (("production", "wang.qiang"), ("warehouse", "li.dawei")):
        await steps.presses(await play.asked(department, change.no), person, "同意")
    await play.quiet()
    assert (await play.change(change.no)).state is ChangeState.APPLIED, change.steps
    assert steps.taken <= 30
    people = play.stage.service.environment.organisation.people
    assert {one.name for one in people.values() if Role.ADMIN in one.roles} == {"吴凡"}


async def test_a_code_is_used_once_in_private_and_by_nobody_else(play: Play) -> None:
    steps, code = Steps(play), await play.stage.first_admin()
    other = play.world.people["lin.jing"]
    window = play.world.open(Conversation(Platform.DINGTALK, other.dingtalk or "", other.name, [other.id], single=True))
    wrong = re.sub("[A-Z2-9]", "A", code)
    assert "不对、过期了或者用过了" in await steps.types(ALONE, FOUNDER, f"我是管理员 {wrong} 计划部 吴凡")
    assert "还要写上部门和姓名" in await steps.types(ALONE, FOUNDER, f"我是管理员 {code}")
    assert "你是管理员了" not in await steps.types(PLANNING, FOUNDER, f"我是管理员 {code} 计划部 吴凡")
    assert play.stage.service.environment.organisation.people == {}
    newer = await play.stage.first_admin()
    assert "不对、过期了或者用过了" in await steps.types(ALONE, FOUNDER, f"我是管理员 {code} 计划部 吴凡")
    assert "你是管理员了" in await steps.types(ALONE, FOUNDER, f"我是管理员 {newer.lower()} 计划部 吴凡")
    assert "不对、过期了或者用过了" in await steps.types(window.key, other.id, f"我是管理员 {newer} 计划部 林静")
    with pytest.raises(Exception, match="first-admin-there"):
        await play.stage.first_admin()


async def test_a_code_ends_after_a_day(play: Play) -> None:
    code = await play.stage.first_admin()
    play.stage.clock.move_to(play.stage.clock.now() + timedelta(days=1))
    assert "过期了" in await Steps(play).types(ALONE, FOUNDER, f"我是管理员 {code} 计划部 吴凡")


async def test_a_new_department_is_offered_where_nobody_said_new(play: Play) -> None:
    steps, code = Steps(play), await play.stage.first_admin()
    await steps.types(ALONE, FOUNDER, f"我是管理员 {code} 计划部 吴凡")
    assert "绑定 新部门 仓储部" in await steps.types(WAREHOUSE, FOUNDER, "绑定 仓储部")
    asks = await steps.is_shown(WAREHOUSE, FOUNDER, "绑定 新部门 仓储部", "新建仓储部", "等管理员确认")
    await steps.presses(asks, FOUNDER, "确认")
    await play.quiet()
    department = play.stage.service.environment.organisation.departments["warehouse"]
    assert (department.name, department.conversation) == ("仓储部", WAREHOUSE)
