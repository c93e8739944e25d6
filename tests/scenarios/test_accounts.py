"""One person on two platforms: six digits shown on the one and typed on the other, and what never joins anybody."""

import re
from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from sandbox.world import Person, Platform
from tests.scenarios.directory_company import START, Company, company, open_room
from tests.scenarios.test_directory import alone

LI = {"id": "li", "name": "李娜", "department": "planning", "roles": ["viewer"], "dingtalk": "li"}
LI_THERE = {"id": "lina", "name": "李娜", "department": "planning", "roles": ["approver"], "wecom": "LiNa"}
VICE = {"id": "vice", "name": "副手", "department": "planning", "roles": ["admin"], "dingtalk": "vice"}
HERE, THERE = "dingtalk:li", "wecom:LiNa"


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Company]:
    people = [*START["people"], LI, LI_THERE, VICE]
    departments = [{"id": "planning", "name": "计划部", "manager": "li"}]
    async with company(tmp_path, alone(), alone(), {"departments": departments, "people": people}) as found:
        yield found


async def code(office: Company, room: str = HERE, person: str = "li") -> str:
    said = (await office.types("我是谁", room, person)).text
    found = re.search(r"[0-9]{3} [0-9]{3}", said)
    assert found, said
    return found[0]


def entry(people: list[dict[str, Any]], id: str) -> Mapping[str, Any]:
    return next(one for one in people if one["id"] == id)


def stranger(office: Company, user: str) -> str:
    """Somebody on WeCom whom nobody knows."""
    office.world.people[user] = Person(user, user, wecom=user)
    return open_room(office.world, Platform.WECOM, user, user)


async def test_the_digits_make_one_person_of_two(office: Company) -> None:
    """Who has more to say goes on; the other keeps their name in what was, and those who named them name the one."""
    digits = await code(office)
    before = len(office.told(HERE))
    said = (await office.types(digits, THERE, "lina")).text
    assert said.startswith("好了，李娜")
    assert "不是你做的" in (await office.hears(HERE, before)).text
    people = await office.people()
    assert entry(people, "li") == {**LI, "roles": ["viewer", "approver"], "wecom": "LiNa"}
    assert entry(people, "lina") == {
        "id": "lina", "name": "李娜", "department": "planning", "roles": ["approver"], "active": False
    }
    organisation = await office.organisation()
    assert organisation.departments["planning"].manager == "li"
    assert "审批人" in (await office.types("我是谁", THERE, "lina")).text
    assert "分钟内" not in (await office.types("我是谁", HERE, "li")).text  # nothing is left to join


async def test_a_stranger_who_types_them_is_known(office: Company) -> None:
    room = stranger(office, "new")
    assert (await office.types(await code(office), room, "new")).text.startswith("好了，李娜")
    assert entry(await office.people(), "li")["wecom"] == "new"


async def test_they_open_once_and_for_ten_minutes(office: Company) -> None:
    room = stranger(office, "new")
    digits = await code(office)
    office.waits(minutes=11)
    assert "李娜" not in (await office.types(digits, room, "new")).text
    digits = await code(office)
    await office.types(digits, room, "new")
    other = stranger(office, "other")
    await office.types(digits, other, "other")
    assert not [one for one in await office.people() if one.get("wecom") == "other"]


async def test_a_newer_code_takes_the_place_of_the_one_before(office: Company) -> None:
    room = stranger(office, "new")
    first, second = await code(office), await code(office)
    if first != second:
        assert "对不上" in (await office.types(first, room, "new")).text
    assert (await office.types(second, room, "new")).text.startswith("好了")


async def test_who_guesses_is_stopped(office: Company) -> None:
    """Even the right digits open nothing then."""
    room = stranger(office, "new")
    digits = await code(office)
    wrong = f"{(int(digits.replace(' ', '')) + 1) % 10**6:06}"
    for _ in range(5):
        assert "对不上" in (await office.types(wrong, room, "new")).text
    assert "试得太多" in (await office.types(digits, room, "new")).text
    assert "wecom" not in entry(await office.people(), "li")


async def test_on_the_same_platform_they_open_nothing(office: Company) -> None:
    digits = await code(office)
    assert "另一个平台" in (await office.types(digits, "dingtalk:vice", "vice")).text


async def test_they_are_shown_one_to_one_alone(office: Company) -> None:
    from sandbox.world import Conversation

    office.world.open(Conversation(Platform.DINGTALK, "group", "群", ["li"]))
    await office.types("绑定 计划部", "dingtalk:group", "boss")
    said = await office.types("我是谁", "dingtalk:group", "li")
    assert not re.search(r"[0-9]{3} [0-9]{3}", said.text)


async def test_rights_of_an_admin_take_a_second_admin(office: Company) -> None:
    """Whoever coaxes the digits out of an admin has nothing yet."""
    room = stranger(office, "new")
    digits = await code(office, "dingtalk:boss", "boss")
    said = (await office.types(digits, room, "new")).text
    assert "另一位管理员" in said
    assert "副手" in said
    assert "wecom" not in entry(await office.people(), "boss")
    card = await office.sees(lambda: next(iter(office.world.cards_in("dingtalk:vice")), None))
    assert "合并账号" in card.face("").title
    before = len(office.told(room))
    await office.presses(card, "同意", "vice")
    assert (await office.hears(room, before)).text.startswith("好了，老板")
    assert entry(await office.people(), "boss")["wecom"] == "new"


async def test_nobody_is_joined_by_a_name(office: Company) -> None:
    people = [one["id"] for one in await office.people() if one["name"] == "李娜"]
    assert people == ["li", "lina"]
