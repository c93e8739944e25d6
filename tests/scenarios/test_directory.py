"""From a company's directory to its people: a preview, an admin's word, and what is true afterwards.

What the preview should say is counted here apart, from the simulated company itself.
"""

import asyncio
import copy
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from handlers.govern.directory import Preview
from handlers.timers import DIRECTORY
from planning.people.directory_run import RunState
from planning.trail.audit import Kind
from sandbox.contacts import TOP, Contacts, Employee
from sandbox.dingtalk.contacts import MEMBERS
from sandbox.world import Card, Conversation, Platform
from tests.big_directory import UNITS, big_directory
from tests.scenarios.directory_company import ADMIN, SECONDS, START, Company, company

OURS = {2: "采购部", 3: "生产部"}
"""Departments of the directory that are taken in."""


@pytest.fixture(params=["dingtalk", "wecom"])
async def office(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Company]:
    """The directory of 300 people on one platform, and nobody but the admin on the other."""
    contacts = with_boss(big_directory())
    of = {request.param: contacts}
    async with company(tmp_path, of.get("dingtalk", alone()), of.get("wecom", alone())) as found:
        yield found


@pytest.fixture
def platform(request: pytest.FixtureRequest) -> str:
    return str(request.node.callspec.params["office"])


def with_boss(contacts: Contacts) -> Contacts:
    contacts.employees["boss"] = Employee("boss", "老板", [TOP])
    return contacts


def alone() -> Contacts:
    return with_boss(Contacts({TOP: big_directory().units[TOP]}, permissions=big_directory().permissions))


def contacts_of(office: Company, platform: str) -> Contacts:
    return office.dingtalk.contacts if platform == "dingtalk" else office.wecom.contacts


def name_of(platform: str) -> str:
    return {"dingtalk": "钉钉", "wecom": "企业微信"}[platform]


def plan_department(contacts: Contacts, employee: Employee) -> int | None:
    """The nearest of OURS above one of theirs: the oracle's own walk."""
    for unit in employee.units:
        while unit:
            if unit in OURS:
                return unit
            unit = contacts.units[unit].parent
    return None


async def set_up(office: Company, platform: str) -> None:
    """Take in two departments, and apply it."""
    await office.syncs(name_of(platform))
    await office.types("同步 部门 采购部 生产部")
    card = office.cards()[-1]
    await office.sees(lambda: "新部门 2" in card.face("").body or None)
    await office.presses(card, "应用")


async def test_those_of_the_chosen_departments_become_viewers(office: Company, platform: str) -> None:
    contacts = contacts_of(office, platform)
    await set_up(office, platform)
    organisation = await office.organisation()
    expected = {
        one.user: (one.name, OURS[unit])
        for one in contacts.employees.values() if (unit := plan_department(contacts, one))
    }  # fmt: skip
    found = {
        person.identities[platform]: (person.name, organisation.department_name(person.department))
        for person in organisation.people.values() if platform in person.identities and person.id != "boss"
    }  # fmt: skip
    assert found == expected
    assert {role.value for one in organisation.people.values() if one.id != "boss" for role in one.roles} == {"viewer"}
    assert {one.name for one in organisation.departments.values()} == {"计划部", *OURS.values()}


async def test_what_changed_since_is_what_the_preview_says(office: Company, platform: str) -> None:
    """A rename, a leaver, two namesakes, one who moved: counted from the company before and after."""
    contacts = contacts_of(office, platform)
    await set_up(office, platform)
    before = copy.deepcopy(contacts.employees)
    ours = [one for one in before.values() if plan_department(contacts, one) == 3]
    leaver, renamed, mover = ours[5], ours[6], ours[7]
    del contacts.employees[leaver.user]
    contacts.employees[renamed.user].name = "改名了"
    contacts.employees[mover.user].units = [2]
    namesake = ours[8].name
    contacts.employees["new1"] = Employee("new1", namesake, [2])
    contacts.employees["new2"] = Employee("new2", "新来的", [TOP])
    counted = difference_of(contacts, before)
    assert counted == Counter({"新": 1, "离职": 1, "换部门": 1, "改名": 1, "重名": 1})
    card = await office.syncs(name_of(platform))
    body = card.face("").body
    for what, n in counted.items():
        assert f"{what} {n}" in body
    assert f"新来（都是查看者）：{namesake}（采购部）" in body
    assert f"离职（停用，手里的事交给代理人）：{leaver.name}（生产部）" in body
    assert f"{mover.name} 生产部 → 采购部" in body
    assert f"{renamed.name} → 改名了" in body
    whole = (await office.types("同步")).text
    assert f"重名，各算一个人：{namesake}" in whole
    await office.presses(card, "应用")
    organisation = await office.organisation()
    assert leaver.name in organisation.former.values()
    again = await office.syncs(name_of(platform))
    assert "人员没有不同" in again.face("").body


def difference_of(contacts: Contacts, before: dict[str, Employee]) -> Counter[str]:
    """Independent of the product: two states of the simulated company, person by person."""
    found: Counter[str] = Counter()
    after = {user: (one.name, plan_department(contacts, one)) for user, one in contacts.employees.items()}
    names = Counter(one.name for user, one in before.items() if plan_department(contacts, one) or user == "boss")
    for user, one in before.items():
        was = plan_department(contacts, one)
        if was is None:
            continue
        if user not in after:
            found["离职"] += 1
            names[one.name] -= 1
            continue
        name, now = after[user]
        found["改名"] += name != one.name
        found["换部门"] += now not in (None, was)
    fresh = [name for user, (name, now) in after.items() if user not in before and now]
    found["新"] = len(fresh)
    names.update(fresh)
    found["重名"] = len({name for name in fresh if names[name] > 1})
    return +found


async def test_applied_twice_changes_nothing(office: Company, platform: str) -> None:
    await set_up(office, platform)
    people = await office.people()
    versions = await office.look(lambda turn: turn.uow.settings_of("main").last())
    card = await office.syncs(name_of(platform))
    await office.presses(card, "应用")
    assert await office.people() == people
    assert await office.look(lambda turn: turn.uow.settings_of("main").last()) == versions


async def test_it_costs_two_calls_a_department_and_the_further_pages(office: Company, platform: str) -> None:
    calls = office.dingtalk.calls if platform == "dingtalk" else office.wecom.calls
    names = {"unitsBelow", "usersOf", "user"} if platform == "dingtalk" else {"unitIds", "unit", "usersOf", "user"}
    await office.syncs(name_of(platform))
    further = 1 if platform == "dingtalk" else 0  # 130 people are two pages
    assert sum(calls[name] for name in names) <= UNITS * 2 + further + 1
    if platform == "dingtalk":
        spent = await office.look(lambda turn: turn.uow.calls.of("2026-11"))
        assert spent["dingtalk"]["notice"] >= UNITS * 2


async def test_what_was_changed_by_hand_stays_and_is_marked(office: Company, platform: str) -> None:
    contacts = contacts_of(office, platform)
    await set_up(office, platform)
    organisation = await office.organisation()
    person = next(one for one in organisation.people.values() if one.department != "planning")
    user = person.identities[platform]
    await office.types(f"人员 {person.id} 计划员 计划部")
    contacts.employees[user].name = "别的名字"
    card = await office.syncs(name_of(platform))
    assert f"手工改过，保持不动：{person.name}（计划部）：部门" in card.face("").body
    await office.presses(card, "应用")
    after = (await office.organisation()).people[person.id]
    assert (after.name, after.department) == ("别的名字", "planning")
    assert {role.value for role in after.roles} == {"viewer", "planner"}


async def test_a_permission_that_is_taken_away_is_said_and_nobody_has_left(tmp_path: Path) -> None:
    async with company(tmp_path, with_boss(big_directory()), alone()) as office:
        await set_up(office, "dingtalk")
        people = await office.people()
        office.dingtalk.contacts.permissions.remove(MEMBERS)
        before = len(office.told(ADMIN))
        await office.types("同步 通讯录 钉钉")
        said = (await office.hears(ADMIN, before + 1)).text
        assert "人员没有变化" in said
        assert "通讯录部门成员读权限" in said
        assert await office.people() == people
        office.dingtalk.contacts.permissions.add(MEMBERS)
        calls = office.dingtalk.calls["unitsBelow"]
        card = await office.syncs("钉钉")
        assert "人员没有不同" in card.face("").body
        assert office.dingtalk.calls["unitsBelow"] - calls < UNITS  # what was read is not read again


async def test_a_narrower_range_is_no_leaving(office: Company, platform: str) -> None:
    await set_up(office, platform)
    contacts_of(office, platform).scope = {2}
    card = await office.syncs(name_of(platform))
    body = card.face("").body
    assert "离职 " not in body
    assert "停用" not in body
    assert "不能断定离职" in body
    await office.presses(card, "应用")
    assert not (await office.organisation()).former


async def test_a_page_that_breaks_is_asked_for_again(office: Company, platform: str) -> None:
    """Whatever was read before is kept; each try is later than the one before."""
    simulator: Any = office.dingtalk if platform == "dingtalk" else office.wecom
    simulator.faults.spoil(b"<html>", 2, api="usersOf")
    await office.types(f"同步 通讯录 {name_of(platform)}")
    for tries in (1, 2):
        async with asyncio.timeout(SECONDS):
            while (await office.run(platform)).tries < tries:  # noqa: ASYNC110 - the worker has no event for it
                await asyncio.sleep(0.05)
        office.waits(seconds=30)
    card = await office.preview()
    assert "不在计划里的部门" in card.face("").body


async def test_it_is_for_admins_and_one_to_one(tmp_path: Path) -> None:
    start = {
        **START,
        "departments": [{"id": "planning", "name": "计划部", "conversation": "dingtalk:group"}],
        "people": [*START["people"], {"id": "li", "name": "李娜", "department": "planning", "dingtalk": "li"}],
    }
    async with company(tmp_path, alone(), alone(), start) as office:
        assert "管理员" in (await office.types("同步 通讯录", "dingtalk:li", "li")).text
        office.world.open(Conversation(Platform.DINGTALK, "group", "群", ["boss", "li"]))
        assert "单独发给我" in (await office.types("同步 通讯录", "dingtalk:group")).text
        assert office.dingtalk.calls["unitsBelow"] == 0


async def test_settings_in_the_file_are_not_changed_in_the_chat(tmp_path: Path) -> None:
    async with company(tmp_path, alone(), alone(), source="file") as office:
        assert "settings.source: file" in (await office.types("同步 通讯录")).text


async def test_an_aibot_alone_sees_no_directory(tmp_path: Path) -> None:
    async with company(tmp_path, alone(), alone(), with_app=False) as office:
        assert "自建应用" in (await office.types("同步 通讯录 企业微信")).text


async def test_wecom_an_encrypted_id_is_neither_new_nor_gone(tmp_path: Path) -> None:
    """The aibot tells it; the directory says who stands behind it."""
    contacts = with_boss(big_directory())
    contacts.encrypted = {"woAAAAAAAAAAAAAAAAAAAAAAAAAAAAA1": "u203"}
    known = {"id": "li", "name": contacts.employees["u203"].name, "department": "buy", "roles": ["approver"],
             "wecom": "woAAAAAAAAAAAAAAAAAAAAAAAAAAAAA1"}  # fmt: skip
    start = {
        "departments": [*START["departments"], {"id": "buy", "name": "采购部"}],
        "people": [*START["people"], known],
    }
    async with company(tmp_path, alone(), contacts, start) as office:
        card = await office.syncs("企业微信")
        assert "看不到" not in card.face("").body
        await office.presses(card, "应用")
        assert office.wecom.calls["plainIds"] == 1
        people = await office.people()
        assert known in people
        assert not [one for one in people if one.get("wecom") == "u203"]


async def test_an_admin_who_left_takes_a_second_admins_word(tmp_path: Path) -> None:
    """Nobody who gives rights is taken out by one word, whatever a directory says."""
    others = [
        {"id": id, "name": name, "department": "planning", "roles": ["admin"], "dingtalk": id}
        for id, name in (("vice", "副手"), ("third", "老三"))
    ]
    contacts = with_boss(big_directory())
    for one in others:
        contacts.employees[str(one["id"])] = Employee(str(one["id"]), str(one["name"]), [TOP])
    async with company(tmp_path, contacts, alone(), {**START, "people": [*START["people"], *others]}) as office:
        await office.presses(await office.syncs("钉钉"), "应用")
        del contacts.employees["vice"]
        card = await office.syncs("钉钉")
        assert "离职（停用，手里的事交给代理人）：副手（计划部）" in card.face("").body
        before = len(office.told(ADMIN))
        await office.presses(card, "应用")
        said = (await office.hears(ADMIN, before)).text
        assert "副手：停用。这要另一位管理员同意，已经请 老三 决定" in said
        assert "vice" in (await office.organisation()).people
        asked = await office.sees(lambda: next(iter(office.world.cards_in("dingtalk:third")), None))
        await office.presses(asked, "同意", "third")
        assert "vice" in (await office.organisation()).former


async def test_dingtalk_events_are_looked_up_and_shown_to_the_admins(tmp_path: Path) -> None:
    """They carry ids alone; several at once are one card, and what concerns nobody of the plan is none."""
    contacts = with_boss(big_directory())
    start = {**START, "departments": [{"id": "planning", "name": "计划部", "conversation": "dingtalk:group"}]}
    async with company(tmp_path, contacts, alone(), start) as office:
        office.world.open(Conversation(Platform.DINGTALK, "group", "计划群", ["boss"]))
        await set_up(office, "dingtalk")
        leaver = next(one for one in contacts.employees.values() if one.units == [3])
        del contacts.employees[leaver.user]
        contacts.employees["new1"] = Employee("new1", "新来的", [2])
        contacts.employees["new2"] = Employee("new2", "别处的", [TOP])
        calls = office.dingtalk.calls["unitsBelow"]
        for kind, users in (
            ("user_leave_org", [leaver.user]), ("user_add_org", ["new1", "new2"]), ("user_add_org", ["new1"]),
            ("check_in", []),
        ):  # fmt: skip
            push = await office.dingtalk.push_event(kind, {"userId": users, "eventId": "e"})
            assert push is not None
            assert await push.wait_settled(SECONDS)
        office.waits(minutes=2)
        card = await office.preview("dingtalk:group")
        body = card.face("").body
        assert "新 1 · 离职 1" in body
        assert "新来的（采购部）" in body
        assert office.dingtalk.calls["unitsBelow"] == calls
        assert office.dingtalk.calls["user"] == 3
        await office.presses(card, "应用")
        organisation = await office.organisation()
        assert leaver.name in organisation.former.values()
        assert "new1" in organisation.people


async def test_each_week_it_is_looked_at_and_said_only_where_something_is_to_be_done(tmp_path: Path) -> None:
    contacts = with_boss(big_directory())
    start = {**START, "departments": [{"id": "planning", "name": "计划部", "conversation": "dingtalk:group"}]}
    async with company(tmp_path, contacts, alone(), start) as office:
        office.world.open(Conversation(Platform.DINGTALK, "group", "计划群", ["boss"]))
        await set_up(office, "dingtalk")
        first = await office.run("dingtalk")
        async with asyncio.timeout(SECONDS):
            while not await office.look(lambda turn: turn.uow.timers.get(DIRECTORY, "dingtalk")):  # noqa: ASYNC110
                await asyncio.sleep(0.05)
        office.waits(days=7)
        await read_again(office, first.number)
        assert office.cards("dingtalk:group") == []
        second = await office.run("dingtalk")
        contacts.employees["new1"] = Employee("new1", "新来的", [2])
        office.waits(days=7)
        await read_again(office, second.number)
        card = await office.preview("dingtalk:group")
        assert "新 1" in card.face("").body


async def read_again(office: Company, last: int) -> None:
    async with asyncio.timeout(SECONDS):
        while (run := await office.run("dingtalk")).number == last or run.state is RunState.READING:  # noqa: ASYNC110
            await asyncio.sleep(0.05)


async def test_nobodys_name_is_kept_of_what_was_settled(office: Company, platform: str) -> None:
    await set_up(office, platform)
    run = await office.run(platform)
    kept = await office.look(lambda turn: turn.uow.directories_of("main").read(run.number))
    assert kept.members == {}
    assert len(kept.units) >= UNITS - 1


LINA = {"id": "lina", "name": "李娜", "department": "buy", "roles": ["admin", "coordinator"]}
WANG = {"id": "wang", "name": "王强", "department": "buy", "roles": ["approver"]}
BUYERS = {
    "departments": [*START["departments"], {"id": "buy", "name": "采购部"}], "people": [*START["people"], LINA, WANG],
}  # fmt: skip


def small(*employees: Employee) -> Contacts:
    """A department of the plan's, and these people in it."""
    big = big_directory()
    found = with_boss(Contacts({TOP: big.units[TOP], 2: big.units[2]}, permissions=big.permissions))
    found.employees |= {one.user: one for one in employees}
    return found


async def test_a_namesake_of_an_admin_becomes_no_admin(tmp_path: Path) -> None:
    """What takes two admins to give is given to nobody by a name; of the others the card says what goes along."""
    contacts = small(Employee("mallory", "李娜", [2]), Employee("w7", "王强", [2]))
    async with company(tmp_path, contacts, alone(), BUYERS) as office:
        card = await office.syncs("钉钉")
        body = card.face("").body
        assert "按姓名和部门对上账号：王强（采购部）（带着角色：审批人）" in body
        assert "不按姓名对账号" in body
        assert "李娜（采购部）（带着角色：管理员、计划协调员）" in body
        await office.presses(card, "应用")
        people = {one["id"]: one for one in await office.people()}
        assert people["lina"] == LINA
        assert people["wang"] == {**WANG, "dingtalk": "w7"}
        assert people["mallory"]["roles"] == ["viewer"]
        assert "人员没有不同" in (await office.syncs("钉钉")).face("").body


async def test_what_cannot_be_kept_whole_is_not_kept_at_all(tmp_path: Path) -> None:
    """The departments would be right, the people are not: nothing is applied, and nothing is in the trail."""
    contacts = small(Employee("u1", "甲", [2]))
    async with company(tmp_path, contacts, alone()) as office:
        await office.syncs("钉钉")
        await office.types("同步 部门 采购部")
        card = office.cards()[-1]
        await office.sees(lambda: "新部门 1" in card.face("").body or None)
        before, last = await office.people(), await office.look(lambda turn: turn.uow.settings_of("main").last())
        told = await office.look(lambda turn: turn.uow.audit.head().number)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Preview, "_people", lambda self, besides: [*self.people, {"id": "", "name": ""}])
            await office.presses(card, "应用")
        assert await office.people() == before
        assert await office.look(lambda turn: turn.uow.settings_of("main").last()) == last
        trail = await office.look(lambda turn: turn.uow.audit.newest_first(20))
        assert Kind.SETTINGS_SYNCED not in {one.kind for one in trail if one.number > told}
        await office.presses(card, "应用")
        assert "u1" in (await office.organisation()).people


async def test_a_later_event_keeps_who_waits_to_be_taken_out(tmp_path: Path) -> None:
    """Somebody left; before anybody agreed somebody else was renamed: the newer card has both."""
    contacts = with_boss(big_directory())
    async with company(tmp_path, contacts, alone()) as office:
        await set_up(office, "dingtalk")
        leaver, renamed = [one for one in contacts.employees.values() if one.units == [3]][:2]
        del contacts.employees[leaver.user]
        first = await told_by_event(office, "user_leave_org", leaver.user)
        assert leaver.name in first.face("").body
        renamed.name = "改名了"
        second = await told_by_event(office, "user_modify_org", renamed.user)
        assert not first.face("").buttons
        assert "离职 1 · 改名 1" in second.face("").body
        await office.presses(second, "应用")
        organisation = await office.organisation()
        assert leaver.name in organisation.former.values()
        assert "改名了" in {one.name for one in organisation.people.values()}


async def test_an_event_does_not_hide_a_whole_directory_that_waits(tmp_path: Path) -> None:
    contacts = with_boss(big_directory())
    async with company(tmp_path, contacts, alone()) as office:
        await set_up(office, "dingtalk")
        leaver, renamed = [one for one in contacts.employees.values() if one.units == [3]][:2]
        del contacts.employees[leaver.user]
        assert leaver.name in (await office.syncs("钉钉")).face("").body
        renamed.name = "改名了"
        card = await told_by_event(office, "user_modify_org", renamed.user)
        assert "离职 1 · 改名 1" in card.face("").body
        assert (await office.run("dingtalk")).is_whole


async def told_by_event(office: Company, kind: str, user: str) -> Card:
    """The card to which an event leads."""
    shown = len(office.cards())
    push = await office.dingtalk.push_event(kind, {"userId": [user], "eventId": f"{kind} {user}"})
    assert push is not None
    assert await push.wait_settled(SECONDS)
    office.waits(minutes=2)
    return await office.preview(shown=shown)


async def test_a_name_is_one_harmless_line(tmp_path: Path) -> None:
    """Whatever stands in a directory: no link, no mention, no line of its own, and nobody without any name."""
    named = {"u1": "[点我](evil.com) **粗** <@all> `x`", "u2": "甲\n- 新部门 9", "u3": "长" * 300, "u4": " \u200b "}
    contacts = small(*(Employee(user, name, [2]) for user, name in named.items()))
    start = {**START, "departments": [{"id": "planning", "name": "计划部", "directory": ["dingtalk:2"]}]}
    async with company(tmp_path, contacts, alone(), start) as office:
        await office.presses(await office.syncs("钉钉"), "应用")
        names = {one["id"]: one["name"] for one in await office.people()}
        assert (names["u2"], names["u3"], names["u4"]) == ("甲 - 新部门 9", "长" * 40, "u4")
        said = (await office.types("人员")).text
        assert "［点我］(evil.com) ＊＊粗＊＊ ＜@all＞ ｀x｀" in said
        assert not {"`", "<", "["} & {*said}


async def test_a_department_has_a_button_of_its_own_whatever_its_name(tmp_path: Path) -> None:
    contacts = small(Employee("u1", "甲", [2]))
    contacts.units[2].name = "研发;1=采购部"
    async with company(tmp_path, contacts, alone()) as office:
        card = await office.syncs("钉钉")
        actions = [one.action for one in card.face("").buttons if "算进来" in one.text]
        assert [one.split("/")[-1] for one in actions] == ["unit:2"]
