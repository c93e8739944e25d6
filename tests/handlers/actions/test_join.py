"""Somebody unknown writes: they are offered to be let in, and an admin lets them, as a viewer."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta

import pytest

from cards.action import Action, Verb
from cards.card import Card
from handlers.events import Clicked, Said
from handlers.reads.trail.proof import faults
from planning.people.organisation import Role
from planning.trail.audit import Kind
from storage.database import Database
from storage.delivery.cards import CardRow, Purpose
from tests.handlers.company import PLANNING, PRODUCTION, Company
from tests.handlers.governed import governed, newest_card
from tests.small_company import plan

pytestmark = pytest.mark.both_databases
ONE_TO_ONE = "dingtalk:user:d-zhang"
STRANGE = "dingtalk:cidStrange=="


@pytest.fixture
def company(migrated_url: str) -> Iterator[Company]:
    with closing(Database(migrated_url, "main")) as database:
        yield governed(database).opens(plan())


def stranger(company: Company, text: str = "你好", room: str = ONE_TO_ONE, user: str = "d-zhang") -> Said:
    said = company.said(user, text, room)
    return replace(said, user_id=user, single=room == ONE_TO_ONE, name="张三")


async def says(company: Company, text: str = "你好", room: str = ONE_TO_ONE, user: str = "d-zhang") -> str:
    """What is said to them; empty: a card, or nothing."""
    before = len(company.told(room))
    await company.inbox_worker.said(stranger(company, text, room, user))
    await company.inbox_worker.stop()
    await company.office.deliver()
    company.clock.move(seconds=1)
    return "\n".join(company.told(room)[before:])


async def presses(company: Company, row: CardRow, choice: str = "production", user: str = "d-zhang") -> Card:
    action = Action(row.card_id, Verb.APPLY, choice).pack()
    event = Clicked(row.conversation, "bot", company._next(), user, row.card_id, action, company.clock.now())
    answer = await company.inbox_worker.clicked(event)
    assert answer is not None
    await company.office.deliver()
    company.clock.move(seconds=1)
    return answer.card


async def test_from_the_first_word_to_a_viewer(company: Company) -> None:
    assert await says(company) == ""
    row = await newest_card(company, ONE_TO_ONE)
    offered = company.shown(row)[-1]
    assert offered.body.startswith("你好，我还不认识你。")
    assert [button.text for button in offered.buttons][:2] == ["申请加入 销售部", "申请加入 生产部"]
    asked = await presses(company, row)
    assert asked.summary == "已经替你向管理员申请加入生产部，同意后我会告诉你。"
    assert asked.buttons == (), "they decide nothing"
    (at_admins,) = [await newest_card(company, PLANNING)]
    shown = company.shown(at_admins)[-1]
    assert shown.body == "张三（钉钉 d-zhang） 加入生产部，角色：查看者？同意后他可以查看计划。"
    assert await says(company, "待办") == "已经替你申请加入生产部了，在等管理员同意。"
    done = await company.press("admin", at_admins, Verb.CONFIRM)
    await company.office.deliver()
    assert done.status == "吴凡 已同意"
    assert company.told(ONE_TO_ONE)[-1] == "张三，吴凡 已同意，你现在是生产部的查看者。发送“帮助”看看能做什么。"
    person = await company.look(lambda turn: turn.organisation.people["d-zhang"])
    assert (person.name, person.department, [*person.roles]) == ("张三", "production", [Role.VIEWER])
    assert "耳机组装" in await says(company, "查计划 MO-1")
    assert "没有冻结、解冻计划的权限" in await says(company, "冻结 生产部 12-07~12-11")
    trail = await company.look(lambda turn: turn.uow.audit.newest_first(9))
    assert [one.actor for one in trail if one.kind == Kind.PEOPLE_JOINED] == ["admin"]
    assert await company.look(faults) == []


async def test_with_a_name_and_a_department_in_words(company: Company) -> None:
    assert await says(company, "申请加入 仓储部 张三丰") == "已经替你向管理员申请加入仓储部，同意后我会告诉你。"
    row = await newest_card(company, PLANNING)
    assert company.shown(row)[-1].body.startswith("张三丰（钉钉 d-zhang） 加入仓储部")
    assert "没有叫“厂办”的部门" in await says(company, "join 厂办", user="d-other")


async def test_it_is_offered_once_a_day(company: Company) -> None:
    for _ in range(3):
        assert await says(company) == ""
    since = company.clock.now() - timedelta(days=1)
    rows = await company.look(lambda turn: turn.uow.cards.put_up_since(Purpose.SETTING, ONE_TO_ONE, since))
    assert len(rows) == 1


async def test_only_an_admin_lets_somebody_in(company: Company) -> None:
    await says(company, "申请加入 生产部")
    row = await newest_card(company, PLANNING)
    assert "没有改人员和群的权限" in (await company.press("lin", row, Verb.CONFIRM)).summary
    assert "不认识" in (await company.press("d-zhang", row, Verb.CONFIRM)).summary
    assert not await company.look(lambda turn: turn.organisation.people.get("d-zhang"))


async def test_nobody_presses_for_another(company: Company) -> None:
    await says(company)
    row = await newest_card(company, ONE_TO_ONE)
    for user in ("d-other", "d-han"):
        assert "这张卡片是给刚说话的那个人的" in (await presses(company, row, user=user)).summary
    await presses(company, row, choice="no-such")
    since = company.clock.now() - timedelta(days=1)
    assert not await company.look(lambda turn: turn.uow.cards.put_up_since(Purpose.SETTING, PLANNING, since))


async def test_who_was_not_let_in_is_not_offered_it_again_for_a_while(company: Company) -> None:
    await says(company, "申请加入 生产部")
    await company.press("admin", await newest_card(company, PLANNING), Verb.REFUSE)
    await company.office.deliver()
    assert company.told(ONE_TO_ONE)[-1].startswith("张三，加入生产部的申请没有通过")
    assert "我不认识你" in await says(company)
    company.clock.move(days=8)
    assert await says(company) == "", "a card"


async def test_in_a_department_s_group_its_department_is_offered_and_elsewhere_nothing(company: Company) -> None:
    assert await says(company, room=PRODUCTION, user="d-new") == ""
    shown = company.shown(await newest_card(company, PRODUCTION))[-1]
    assert [button.text for button in shown.buttons] == ["申请加入 生产部"]
    assert "我不认识你" in await says(company, room=STRANGE, user="d-third")


async def test_whoever_had_left_comes_back_under_their_name_as_a_viewer(company: Company) -> None:
    await company.types("admin", "人员 王五 停用", PLANNING)
    assert await says(company, "申请加入 生产部 小王", room=PRODUCTION, user="d-wang") != ""
    await company.press("admin", await newest_card(company, PLANNING), Verb.CONFIRM)
    person = await company.look(lambda turn: turn.organisation.people["wang"])
    assert (person.name, [*person.roles]) == ("王五", [Role.VIEWER])


async def test_where_the_file_keeps_all_it_is_as_before(migrated_url: str) -> None:
    with closing(Database(migrated_url, "main")) as database:
        company = Company(database).opens(plan())
        assert "我不认识你" in await says(company)
