"""The directories of both platforms, read to their ends: what is told of whom, for how many calls, and what stands in
the way."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace

import httpx
import pytest

from bot.channels.common.channel import TryLater
from bot.channels.common.directory import DirectoryReader, NoAccess
from bot.channels.common.tally import tally
from bot.channels.dingtalk.directory import DingTalkDirectory
from bot.channels.wecom.directory import WeComDirectory
from planning.people.directory import Directory, Page, left_to_ask
from sandbox.contacts import TOP, Contacts
from sandbox.dingtalk import DingTalk
from sandbox.dingtalk import Limits as DingTalkLimits
from sandbox.dingtalk.contacts import DEPARTMENTS, MEMBERS, PERSON
from sandbox.server import serving
from sandbox.wecom import App, Bot, WeCom
from sandbox.world import World
from tests.big_directory import LARGE, PEOPLE, UNITS, big_directory
from tests.bot.channels.conftest import Logged

SECRET, CONTACTS_SECRET = "s3cret-of-the-app", "s3cret-of-the-contacts"
UNIT_CALLS = {"dingtalk": "unitsBelow", "wecom": "unit"}


@dataclass
class Stage:
    platform: str
    simulator: DingTalk | WeCom
    reader: DirectoryReader
    endpoint: str

    @property
    def contacts(self) -> Contacts:
        return self.simulator.contacts

    @property
    def calls(self) -> int:
        """Calls of the directory, tokens left out."""
        return sum(n for name, n in self.simulator.calls.items() if "oken" not in name)

    async def read(self, pages: Mapping[str, Page] | None = None) -> Directory:
        return Directory.of((await self.pages(pages)).values())

    async def pages(self, known: Mapping[str, Page] | None = None) -> dict[str, Page]:
        """Answers by question, going on with those that are known."""
        pages = dict(known or {})
        await self.pages_into(pages)
        return pages

    async def pages_into(self, pages: dict[str, Page]) -> None:
        while question := next(left_to_ask(self.reader.whole, pages), None):
            pages[question] = await self.reader.ask(question)


@asynccontextmanager
async def dingtalk_stage(contacts: Contacts) -> AsyncIterator[Stage]:
    limits = DingTalkLimits(qps=1000)
    platform = DingTalk(
        World(), client_id="dingapp", client_secret=SECRET, template_ids=set(), limits=limits, contacts=contacts
    )
    async with serving(platform.app) as endpoint:
        reader = DingTalkDirectory(endpoint=endpoint, client_id="dingapp", client_secret=SECRET, turn=no_wait)
        yield Stage("dingtalk", platform, reader, endpoint)
        await reader.close()


async def no_wait(name: str, per_second: int, in_flight: int) -> float:
    return 0.0


@asynccontextmanager
async def wecom_stage(contacts: Contacts) -> AsyncIterator[Stage]:
    platform = WeCom(
        World(), corp_id="ww1", app=App(1000002, SECRET), aibot=Bot("aib1", "x"), contacts=contacts,
        contacts_secret=CONTACTS_SECRET,
    )  # fmt: skip
    async with serving(platform.app) as endpoint:
        reader = WeComDirectory(endpoint=endpoint, corp_id="ww1", secret=SECRET)
        yield Stage("wecom", platform, reader, endpoint)
        await reader.close()


STAGES = {"dingtalk": dingtalk_stage, "wecom": wecom_stage}


@pytest.fixture(params=STAGES)
async def stage(request: pytest.FixtureRequest) -> AsyncIterator[Stage]:
    async with STAGES[request.param](big_directory()) as stage:
        yield stage


async def test_everybody_is_read_with_their_departments_and_their_leaders(stage: Stage) -> None:
    read, contacts = await stage.read(), stage.contacts
    assert {one.user: (one.name, sorted(map(int, one.units))) for one in read.members.values()} == {
        one.user: (one.name, sorted(one.units)) for one in contacts.employees.values()
    }
    assert len(read.members) == PEOPLE
    below = {id: unit for id, unit in contacts.units.items() if id != TOP}
    found = {int(id): unit for id, unit in read.units.items() if int(id) != TOP}
    assert {id: (one.name, int(one.parent)) for id, one in found.items()} == {
        id: (one.name, one.parent) for id, one in below.items()
    }
    assert {id: list(one.leaders) for id, one in found.items()} == {id: one.leaders for id, one in below.items()}


async def test_it_costs_two_calls_a_department_and_the_further_pages(stage: Stage) -> None:
    """And one: DingTalk shows a hundred people at a time, WeCom a department at once."""
    pages = (LARGE - 1) // 100 if stage.platform == "dingtalk" else 0
    with tally() as made:
        await stage.read()
    assert stage.calls <= UNITS * 2 + pages + 1
    assert made.calls == (stage.calls if stage.platform == "dingtalk" else 0)  # WeCom counts none of a month


async def test_employee_numbers_are_told_and_telephone_numbers_never(stage: Stage, logged: Logged) -> None:
    pages = await stage.pages()
    read = Directory.of(pages.values())
    expected = "N0007" if stage.platform == "dingtalk" else ""
    assert read.members["u007"].number == expected
    for one in stage.contacts.employees.values():
        assert one.mobile not in repr(pages)
        assert one.mobile not in str(logged)
    assert SECRET not in str(logged)


async def test_a_broken_page_is_asked_for_again_and_nothing_else_is(stage: Stage) -> None:
    pages = dict[str, Page]()
    stage.simulator.faults.spoil(b'{"errcode": 0, "result": {"has_more": true, "list": [', api="usersOf")
    with pytest.raises(TryLater):
        await stage.pages_into(pages)
    assert pages
    known, before = len(pages), stage.calls
    await stage.pages_into(pages)
    assert stage.calls - before == len(pages) - known
    assert len(Directory.of(pages.values()).members) == PEOPLE


@pytest.mark.parametrize(
    "body",
    [
        b"<html>502</html>",
        b'{"errcode": 0}',
        b'{"errcode": 0, "result": {"has_more": true, "next_cursor": 0, "list": []}, "userlist": {}}',
        b'{"errcode": 0, "result": {"has_more": false, "list": ["u000"]}, "userlist": ["u000"]}',
        b'{"errcode": "no number", "result": []}',
    ],
)
async def test_an_answer_that_makes_no_sense_is_no_empty_department(stage: Stage, body: bytes) -> None:
    stage.simulator.faults.spoil(body, api="usersOf")
    with pytest.raises(TryLater):
        await stage.read()


async def test_a_reply_that_is_lost_is_asked_for_again(stage: Stage) -> None:
    pages = dict[str, Page]()
    stage.simulator.faults.lose_reply(3, api=UNIT_CALLS[stage.platform])
    lost = 0
    while question := next(left_to_ask(stage.reader.whole, pages), None):
        try:
            pages[question] = await stage.reader.ask(question)
        except TryLater:
            lost += 1
    assert lost == 3
    assert len(Directory.of(pages.values()).members) == PEOPLE


async def test_a_token_that_ended_meanwhile_is_fetched_anew(stage: Stage) -> None:
    pages = {question: await stage.reader.ask(question) for question in stage.reader.whole}
    stage.simulator.expire_tokens()
    assert len((await stage.read(pages)).members) == PEOPLE


async def test_single_people_are_looked_up(stage: Stage) -> None:
    there, gone = stage.reader.about(["u203", "nobody"])
    (member,) = (await stage.reader.ask(there)).members
    assert (member.user, sorted(member.units)) == ("u203", ["2", "4"])
    assert await stage.reader.ask(gone) == Page(gone=("nobody",))


async def test_of_somebody_out_of_sight_nobody_can_tell_whether_they_left(stage: Stage) -> None:
    stage.contacts.scope = {4}
    (question,) = stage.reader.about(["u000"])
    assert await stage.reader.ask(question) == Page()


async def test_of_a_narrow_scope_what_lies_in_it_is_read(stage: Stage) -> None:
    """DingTalk shows the way to it, WeCom nothing else."""
    stage.contacts.scope = {2}
    read = await stage.read()
    seen = {str(id) for id in stage.contacts.units if stage.contacts.sees(id)}
    assert {*read.units} - read.unseen == seen
    assert {one.user for one in read.members.values()} == {
        one.user for one in stage.contacts.employees.values() if seen & {*map(str, one.units)}
    }


async def test_what_went_out_of_sight_meanwhile_is_told_as_such(stage: Stage) -> None:
    """It is no department without people."""
    pages = {question: await stage.reader.ask(question) for question in stage.reader.whole}
    stage.contacts.scope = {2}
    read = await stage.read(pages)
    assert "3" in read.unseen
    assert "2" not in read.unseen


async def test_a_department_that_goes_meanwhile_is_an_empty_one(stage: Stage) -> None:
    pages = {question: await stage.reader.ask(question) for question in stage.reader.whole}
    gone = 8
    for one in stage.contacts.employees.values():
        one.units = [TOP if unit == gone else unit for unit in one.units]
    del stage.contacts.units[gone]
    read = await stage.read(pages)
    assert not [one for one in read.members.values() if str(gone) in one.units]
    assert str(gone) not in read.unseen


@pytest.mark.parametrize("permission", [DEPARTMENTS, MEMBERS])
async def test_dingtalk_a_permission_that_was_taken_away_is_named(permission: str) -> None:
    async with dingtalk_stage(big_directory()) as stage:
        assert await stage.reader.check() == ""
        stage.contacts.permissions.remove(permission)
        with pytest.raises(NoAccess, match=f"60011.*{permission}.*通讯录部门成员读权限"):
            await stage.read()
        assert permission in await stage.reader.check()


async def test_dingtalk_the_same_in_an_envelope_of_its_own() -> None:
    """Seen: error 88, with the number and the words of the real one beside it."""
    body = '{"errcode": 88, "sub_code": "60011", "sub_msg": "应用尚未开通所需的权限：[x]", "errmsg": "ding talk error"}'
    async with dingtalk_stage(big_directory()) as stage:
        stage.simulator.faults.spoil(body.encode(), api="unitsBelow")
        with pytest.raises(NoAccess, match=r"60011.*\[x\]"):
            await stage.read()


async def test_dingtalk_the_person_may_be_closed_while_the_departments_are_open() -> None:
    async with dingtalk_stage(big_directory()) as stage:
        stage.contacts.permissions.remove(PERSON)
        (question,) = stage.reader.about(["u000"])
        assert await stage.reader.ask(question) == Page()


async def test_dingtalk_a_scope_without_the_top_is_said() -> None:
    async with dingtalk_stage(big_directory()) as stage:
        stage.simulator.faults.fail(api="unitsBelow", status=200, code=50004)
        with pytest.raises(NoAccess, match="50004"):
            await stage.read()


async def test_dingtalk_asks_to_wait_where_it_is_asked_too_often() -> None:
    async with dingtalk_stage(big_directory()) as stage:
        stage.simulator.faults.fail(api="usersOf", status=200, code=90018)
        with pytest.raises(TryLater) as later:
            await stage.read()
        assert later.value.seconds == 1.0


async def test_wecom_without_a_visible_range_it_is_said() -> None:
    async with wecom_stage(big_directory()) as stage:
        stage.contacts.scope = set()
        with pytest.raises(NoAccess, match="可见范围"):
            await stage.read()
        assert "可见范围" in await stage.reader.check()


async def test_wecom_an_address_that_is_not_trusted_is_said() -> None:
    async with wecom_stage(big_directory()) as stage:
        stage.simulator.faults.fail(api="unitIds", code=60020)
        with pytest.raises(TryLater, match="60020"):
            await stage.read()


async def test_wecom_encrypted_ids_are_told_plainly() -> None:
    async with wecom_stage(big_directory()) as stage:
        stage.contacts.encrypted = {"woABC": "u000", "woXYZ": "u999"}
        (question,) = stage.reader.plain(["woXYZ", "woABC"])
        assert (await stage.reader.ask(question)).plain == {"woABC": "u000"}


async def test_wecom_the_secret_of_the_contacts_gets_ids_alone() -> None:
    async with wecom_stage(big_directory()) as stage, httpx.AsyncClient(base_url=stage.endpoint) as http:

        async def token(secret: str) -> str:
            query = {"corpid": "ww1", "corpsecret": secret}
            return str((await http.get("/cgi-bin/gettoken", params=query)).json()["access_token"])

        theirs, ours = {"access_token": await token(CONTACTS_SECRET)}, {"access_token": await token(SECRET)}
        ids = (await http.post("/cgi-bin/user/list_id", params=theirs, json={"limit": 100})).json()
        assert len(ids["dept_user"]) == 100
        assert ids["next_cursor"]
        assert (await http.post("/cgi-bin/user/list_id", params=ours, json={})).json()["errcode"] == 48002
        of_unit = {"department_id": "2"}
        names = (await http.get("/cgi-bin/user/simplelist", params=theirs | of_unit)).json()
        assert names["errcode"] == 48009
        reader = WeComDirectory(endpoint=stage.endpoint, corp_id="ww1", secret=CONTACTS_SECRET)
        with pytest.raises(NoAccess, match="48009"):
            await Stage("wecom", stage.simulator, reader, stage.endpoint).read()
        await reader.close()


async def test_a_question_that_is_none_is_refused(stage: Stage) -> None:
    with pytest.raises(ValueError, match="weather"):
        await stage.reader.ask("weather 1")


def test_who_is_met_in_several_departments_is_one_person() -> None:
    from planning.people.directory import Member, Unit

    one = Member("u1", "李娜", ("2",))
    read = Directory.of(
        [
            Page(units=(Unit("2", parent="1"), Unit("3", "三部")), members=(one,)),
            Page(units=(Unit("2", "二部", leaders=("u1",)),), members=(replace(one, units=("3",), number="N1"),)),
        ]
    )
    assert read.members == {"u1": Member("u1", "李娜", ("2", "3"), "N1")}
    assert read.units["2"] == Unit("2", "二部", "1", ("u1",))
    assert [*read.above("2")] == ["2", "1"]
