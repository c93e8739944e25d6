"""人员 and 我是谁: who is who, and what an admin changes of it, with a second one where it takes two."""

from collections.abc import Iterator
from contextlib import closing

import pytest

from cards.action import Verb
from handlers.reads.trail.audit_sentences import told as in_words
from handlers.reads.trail.proof import faults
from planning.change.change import ChangeState
from planning.control.settings_version import SettingsVersion
from planning.people.organisation import Role
from planning.people.web_access import WebSession
from planning.trail.audit import Kind
from storage.connection.lock import file_of
from storage.database import Database
from storage.delivery.cards import CardRow, Purpose
from storage.unit_of_work import UnitOfWork
from tests.handlers.company import LATER, PLANNING, PRODUCTION, SALES, Company
from tests.handlers.governed import governed, two_processes
from tests.small_company import organisation, plan

pytestmark = pytest.mark.both_databases


@pytest.fixture
def company(migrated_url: str) -> Iterator[Company]:
    with closing(Database(migrated_url, "main")) as database:
        yield governed(database).opens(plan())


async def roles(company: Company, person: str) -> set[str]:
    found = await company.look(lambda turn: turn.organisation.people.get(person))
    return {role.value for role in found.roles} if found else {"gone"}


async def card(company: Company) -> CardRow:
    """The newest card of a change of the settings."""
    at = company.clock.now()
    rows = await company.look(
        lambda turn: [
            row for room in (PLANNING, PRODUCTION, SALES)
            for row in turn.uow.cards.put_up_since(Purpose.SETTING, room, at.replace(year=2020))
        ]
    )  # fmt: skip
    return max(rows, key=lambda row: row.created_at)


async def newest(company: Company) -> tuple[str, str, dict[str, str]]:
    (event, *_) = await company.look(lambda turn: turn.uow.audit.newest_first(1))
    return event.kind, event.actor, dict(event.facts)


@pytest.mark.parametrize(
    ("person", "room", "told"),
    [
        ("he", SALES, "你是 何佳（he）：销售部，计划员。这里是企业微信，账号 he。 这个群归销售部。"),
        ("lin", PLANNING, "你是 林静（lin）：计划部，计划员、计划协调员。这里是钉钉，账号 d-lin。 这个群归计划部。"),
    ],
)
async def test_who_i_am(company: Company, person: str, room: str, told: str) -> None:
    assert await company.types(person, "我是谁", room) == told
    assert (await company.types(person, "whoami", room)) == told


async def test_who_is_who(company: Company) -> None:
    told = await company.types("admin", "人员", PLANNING)
    assert told.startswith("**人员**（10 人）\n\n**销售部**：苏经理（审批人）、何佳（计划员）\n\n")
    assert await company.types("admin", "人员 仓储部", PLANNING) == "**仓储部**：李大伟（审批人）"
    assert await company.types("admin", "人员 何佳", PLANNING) == "何佳（he）：销售部，计划员；钉钉 d-he、企业微信 he"
    assert "没有改人员和群的权限" in await company.types("han", "人员", PRODUCTION)


async def test_a_role_is_in_force_at_once(company: Company) -> None:
    await company.types("admin", "人员 高总 审批 生产部", PLANNING)
    assert await roles(company, "boss") == {"viewer", "approver"}
    kind, by, facts = await newest(company)
    told = "高总：加上审批人；换到生产部"
    assert (kind, by, facts["change"], facts["version"]) == (Kind.PEOPLE_CHANGED, "admin", told, "2")
    no = await company.proposes("lin", LATER, PLANNING)
    await company.press("boss", await company.card(no, Purpose.APPROVAL, "production"), Verb.APPROVE)
    (step,) = [step for step in (await company.change(no)).steps if step.department == "production"]
    assert [decision.person for decision in step.decisions] == ["boss"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("人员 何佳 审批", "何佳：加上审批人。马上生效。"),
        ("人员 何佳 采购部", "何佳：换到采购部。马上生效。"),
        ("人员 he 取消计划员", "何佳：不再是计划员。马上生效。"),
        ("people he remove planner", "何佳：不再是计划员。马上生效。"),
        ("ry 何佳 停用", "何佳：停用。马上生效。"),
        ("人员 何佳 计划员", "何佳 已经是这样了：销售部，计划员。什么也没有改。"),
        ("人员 何佳 厂长", "没有叫“厂长”的部门"),
        ("人员 何家 审批", "没有叫“何家”的人"),
        ("人员 何佳 取消", "里没有看懂要改什么。请写成：人员 李娜 审批 采购部"),
        ("人员 吴凡 停用", "吴凡 是最后一位管理员，不能停用，也不能去掉这个角色"),
        ("人员 吴凡 取消 管理员", "吴凡 是最后一位管理员"),
    ],
)
async def test_what_an_admin_says(company: Company, text: str, told: str) -> None:
    assert told in await company.types("admin", text, PLANNING)


async def test_nobody_but_an_admin_changes_anything(company: Company) -> None:
    for text in ("人员 何佳 审批", "人员 吴凡 停用", "绑定 采购部"):
        assert "没有改人员和群的权限（需要“管理员”角色）" in await company.types("lin", text, PLANNING)
    assert await company.look(lambda turn: turn.uow.settings_of("main").last()) == 2


async def test_what_would_make_the_settings_wrong_is_refused_as_at_a_start(company: Company) -> None:
    """A department that takes three keeps as many as could decide."""

    def unit(uow: UnitOfWork) -> None:
        kept = uow.settings_of("main").current(company.clock.now())["departments"]
        entries = [{**one, "approval": "5"} if one["id"] == "production" else one for one in kept.document]
        now = company.clock.now()
        uow.settings_of("main").add(SettingsVersion("departments", 0, entries, now, now, "test"))
        uow.commit()

    company.database.write_now(unit)
    told = await company.types("admin", "人员 王五 停用", PLANNING)
    assert told.startswith("这样改，设置就不对了，什么也没有改。数据库里 departments 第 2 版: departments［1］")
    assert await roles(company, "wang") == {"approver"}


async def test_the_only_admin_makes_the_second_alone_and_the_coordinators_hear_of_it(company: Company) -> None:
    told = await company.types("admin", "人员 王五 管理员", PRODUCTION)
    assert told == "王五：加上管理员。马上生效。没有另一位管理员可以同意，已告诉协调员。"
    assert company.told(PLANNING)[-1].startswith("管理员 吴凡 一个人改了权限")
    assert await roles(company, "wang") == {"approver", "admin"}


async def test_from_then_on_it_takes_two(company: Company) -> None:
    await company.types("admin", "人员 王五 管理员", PLANNING)
    told = await company.types("admin", "人员 何佳 协调员", PLANNING)
    assert told == "何佳：加上计划协调员。这要另一位管理员同意，已经请 王五 决定。"
    assert await roles(company, "he") == {"planner"}, "not yet"
    row = await card(company)
    assert row.conversation == PRODUCTION, "where the other admin reads"
    shown = await company.press("admin", row, Verb.CONFIRM)
    assert "提出的人，和被去掉权限的人，都不能自己同意" in shown.summary
    assert "没有改人员和群的权限" in (await company.press("he", row, Verb.CONFIRM)).summary
    done = await company.press("wang", row, Verb.CONFIRM)
    assert (done.status, done.buttons) == ("王五 已同意", ())
    assert await roles(company, "he") == {"planner", "coordinator"}
    kind, by, facts = await newest(company)
    assert (kind, by, facts["approved_by"]) == (Kind.PEOPLE_CHANGED, "admin", "wang")
    again = await company.press("wang", row, Verb.CONFIRM)
    assert "已经有了结果" in again.summary
    (version,) = await company.look(lambda turn: turn.uow.settings_of("main").of_section("people")[-1:])
    assert (version.made_by, version.approved_by) == ("admin", "wang")


async def test_a_second_admin_may_refuse(company: Company) -> None:
    await company.types("admin", "人员 王五 管理员", PLANNING)
    await company.types("admin", "人员 何佳 管理员", PLANNING)
    shown = await company.press("wang", await card(company), Verb.REFUSE)
    assert shown.status == "王五 没有同意"
    assert await roles(company, "he") == {"planner"}


async def test_an_admin_who_leaves_need_not_agree_to_it(company: Company) -> None:
    """Of two admins one is disabled by the other alone; nobody else could agree."""
    await company.types("admin", "人员 王五 管理员", PLANNING)
    assert "没有另一位管理员可以同意" in await company.types("admin", "人员 王五 停用", PLANNING)
    assert await roles(company, "wang") == {"gone"}
    assert "是最后一位管理员" in await company.types("admin", "人员 吴凡 停用", PLANNING)


async def test_whoever_leaves_is_a_stranger_and_comes_back_as_they_were(company: Company) -> None:
    no = await company.proposes("han")
    row = await company.card(no, Purpose.APPROVAL, "production")
    assert await company.types("admin", "人员 王五 停用", PLANNING) == "王五：停用。马上生效。"
    assert await company.types("wang", "待办", PRODUCTION) == "", "a card"
    assert company.shown(await card(company))[-1].body.startswith("你好，我还不认识你。")
    refused = await company.press("wang", row, Verb.APPROVE)
    assert "认识" in refused.summary
    assert (await company.change(no)).state is ChangeState.IN_APPROVAL
    assert await company.look(lambda turn: turn.organisation.name_of("wang")) == "王五", "history keeps the name"
    assert "已停用：王五" in await company.types("admin", "人员", PLANNING)
    assert await company.types("admin", "人员 王五 启用", PLANNING) == "王五：重新启用。马上生效。"
    assert await roles(company, "wang") == {"approver"}


async def test_what_was_changed_of_somebody_is_told_with_them(company: Company) -> None:
    await company.types("admin", "人员 何佳 审批", PLANNING)
    told = (await company.types("admin", "人员 何佳", PLANNING)).splitlines()
    assert told[0] == "何佳（he）：销售部，计划员、审批人；钉钉 d-he、企业微信 he"
    assert told[1].endswith("吴凡 改了人员：何佳：加上审批人")


async def test_whoever_is_disabled_is_logged_out_of_the_pages(company: Company) -> None:
    def log_in(uow: UnitOfWork) -> None:
        at = company.clock.now()
        uow.web_sessions.begin("digest", WebSession("wang", "production:approver", at, at))
        uow.commit()

    company.database.write_now(log_in)
    await company.types("admin", "人员 王五 停用", PLANNING)
    assert await company.look(lambda turn: turn.uow.web_sessions.of("digest")) is None


async def test_where_the_file_keeps_all_nothing_is_changed(migrated_url: str) -> None:
    with closing(Database(migrated_url, "main")) as database:
        company = Company(database).opens(plan())
        assert "设置都在文件里" in await company.types("admin", "人员 何佳 审批", PLANNING)
        assert "你是 吴凡" in await company.types("admin", "我是谁", PLANNING)


async def test_a_role_taken_in_one_process_is_refused_in_the_other_at_once(migrated_url: str) -> None:
    if file_of(migrated_url):
        pytest.skip("a SQLite file has one process")
    with two_processes(migrated_url) as (here, elsewhere):
        here.opens(plan())
        no = await here.proposes("han")
        row = await here.card(no, Purpose.APPROVAL, "production")
        assert await here.types("admin", "人员 王五 取消审批", PLANNING) == "王五：不再是审批人。马上生效。"
        refused = await elsewhere.press("wang", row, Verb.APPROVE)
        assert "不是" in refused.summary
        assert (await elsewhere.change(no)).state is ChangeState.IN_APPROVAL
        assert "没有改人员和群的权限" in await elsewhere.types("wang", "人员", PRODUCTION)
        assert await elsewhere.types("admin", "人员 王五 审批", PLANNING) == "王五：加上审批人。马上生效。"
        no = await here.proposes("lin", LATER, PLANNING)
        await here.press("wang", await here.card(no, Purpose.APPROVAL, "production"), Verb.APPROVE)
        assert "wang" in repr((await elsewhere.change(no)).steps)


async def test_two_admins_at_once_lose_nothing_of_each_other(migrated_url: str) -> None:
    if file_of(migrated_url):
        pytest.skip("a SQLite file has one process")
    with two_processes(migrated_url) as (here, elsewhere):
        await here.types("admin", "人员 何佳 审批", PLANNING)
        await elsewhere.types("admin", "人员 钱波 审批", PLANNING)
        for company in (here, elsewhere):
            assert await roles(company, "he") == {"planner", "approver"}
            assert await roles(company, "qian") == {"planner", "approver"}


def test_the_small_company_has_one_admin() -> None:
    assert [one.id for one in organisation().with_role(Role.ADMIN)] == ["admin"]


async def test_the_change_is_told_in_the_trail_by_name(company: Company) -> None:
    await company.types("admin", "人员 何佳 审批", PLANNING)
    sentence = await company.look(lambda turn: in_words(turn, turn.uow.audit.newest_first(1)[0]))
    assert sentence == "吴凡 改了人员：何佳：加上审批人"
    assert await company.look(faults) == []
