"""The code of the first admin in a company that has people already: nobody else's entry becomes theirs."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from handlers.actions.people.first_admin import make_code
from sandbox.world import Person, Platform
from storage.unit_of_work import UnitOfWork
from tests.scenarios.directory_company import Company, company, open_room
from tests.scenarios.test_directory import alone

WANG = {"id": "wang", "name": "王工", "department": "planning", "roles": ["approver"], "wecom": "wang"}
KNOWN = {**WANG, "dingtalk": "wang"}
NEW = {"id": "wang-dingtalk", "name": "吴凡", "dingtalk": "wang", "department": "planning", "roles": ["admin"]}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (WANG, [WANG, NEW]),  # another platform's account of the same name is somebody else
        (KNOWN, [{**KNOWN, "roles": ["approver", "admin"]}]),
        ({**KNOWN, "active": False}, [{**KNOWN, "roles": ["admin"]}]),
    ],
)
async def test_the_code_is_for_whoever_says_it(
    before: Mapping[str, Any], after: list[Mapping[str, Any]], tmp_path: Path
) -> None:
    start = {"departments": [{"id": "planning", "name": "计划部"}], "people": [before]}
    async with company(tmp_path, alone(), alone(), start) as office:
        room, person = window(office, before)
        said = (await office.types(f"我是管理员 {await code(office)} 计划部 吴凡", room, person)).text
        assert "你是管理员了" in said
        assert await office.people() == after


async def test_what_cannot_be_kept_leaves_nothing_behind(tmp_path: Path) -> None:
    """A department that would be new, of somebody who cannot be: the mistake is said, and there is no department."""
    start = {"departments": [{"id": "planning", "name": "计划部"}], "people": [WANG]}
    async with company(tmp_path, alone(), alone(), start) as office:
        room, person = window(office, WANG)
        words = f"我是管理员 {await code(office)} 新部门甲 吴凡"
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("handlers.actions.people.first_admin.free_id", lambda *_: "")
            assert "你是管理员了" not in (await office.types(words, room, person)).text
        assert [*(await office.organisation()).departments] == ["planning"]
        assert "你是管理员了" in (await office.types(words, room, person)).text


def window(office: Company, entry: Mapping[str, Any]) -> tuple[str, str]:
    """The DingTalk account `wang`, one-to-one with the bot."""
    if "dingtalk" in entry:
        return "dingtalk:wang", "wang"
    office.world.people["other"] = Person("other", "other", dingtalk="wang")
    return open_room(office.world, Platform.DINGTALK, "wang", "other"), "other"


async def code(office: Company) -> str:
    def made(uow: UnitOfWork) -> str:
        uow.plans.lock()
        found = make_code(office.service.plans[0].current.turn(uow, office.clock.now()))
        uow.commit()
        return found

    return await office.service.database.write(made)
