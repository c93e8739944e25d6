"""绑定: a group becomes a department's by an admin's word and a press; cards go there from then on."""

from collections.abc import Iterator
from contextlib import closing

import pytest

from cards.action import Verb
from handlers.reads.trail.audit_sentences import told as in_words
from handlers.reads.trail.proof import faults
from storage.database import Database
from storage.delivery.cards import CardRow, Purpose
from tests.handlers.company import LATER, PLANNING, PRODUCTION, Company
from tests.handlers.governed import governed, newest_card
from tests.small_company import plan

pytestmark = pytest.mark.both_databases
NEW = "dingtalk:cidNew=="


@pytest.fixture
def company(migrated_url: str) -> Iterator[Company]:
    with closing(Database(migrated_url, "main")) as database:
        yield governed(database).opens(plan())


async def card(company: Company, room: str = NEW) -> CardRow:
    return await newest_card(company, room)


async def home_of(company: Company, department: str) -> str:
    return await company.look(lambda turn: turn.organisation.departments[department].conversation)


async def test_a_group_without_a_name_says_how_it_gets_one(company: Company) -> None:
    assert "请在这里 @ 我发送：绑定 ＜部门＞" in await company.types("admin", "总览", NEW)


async def test_once_confirmed_cards_go_there(company: Company) -> None:
    assert await company.types("admin", "绑定 生产部", NEW) == "", "a card is the answer"
    shown = company.shown(await card(company))[-1]
    assert shown.body == "这个群归生产部；生产部原来的群不再收到卡片。"
    assert [button.text for button in shown.buttons] == ["确认", "不同意"]
    assert await home_of(company, "production") == PRODUCTION, "not yet"
    done = await company.press("admin", await card(company), Verb.CONFIRM)
    assert (done.status, done.buttons) == ("吴凡 已确认", ())
    assert await home_of(company, "production") == NEW
    await company.rings()
    await company.office.deliver()
    assert company.told(PRODUCTION)[-1] == "生产部改到另一个群了（吴凡 绑定），这个群不再收到它的卡片。"
    no = await company.proposes("lin", LATER, PLANNING)
    assert (await company.card(no, Purpose.APPROVAL, "production")).conversation == NEW
    assert "耳机组装" in await company.types("han", "查计划 MO-1", NEW)


async def test_what_waited_in_the_old_group_is_asked_in_the_new_one(company: Company) -> None:
    await company.scheduler.set_up()
    no = await company.proposes("lin", LATER, PLANNING)
    await company.types("admin", "绑定 生产部", NEW)
    await company.press("admin", await card(company), Verb.CONFIRM)
    await company.rings()
    rows = [row for row in await company.cards(no) if row.purpose is Purpose.APPROVAL]
    rows = [row for row in rows if row.department == "production"]
    assert [row.conversation for row in rows] == [PRODUCTION, NEW]
    await company.press("wang", rows[-1], Verb.APPROVE)
    assert "wang" in repr((await company.change(no)).steps)


async def test_only_an_admin_confirms_whoever_presses(company: Company) -> None:
    await company.types("admin", "绑定 生产部", NEW)
    refused = await company.press("han", await card(company), Verb.CONFIRM)
    assert "没有改人员和群的权限" in refused.summary
    await company.press("admin", await card(company), Verb.REFUSE)
    assert await home_of(company, "production") == PRODUCTION
    late = await company.press("admin", await card(company), Verb.CONFIRM)
    assert "已经有了结果" in late.summary


async def test_one_group_of_two_departments_is_said_before(company: Company) -> None:
    await company.types("admin", "绑定 仓储部", PRODUCTION)
    row = await card(company, PRODUCTION)
    assert company.shown(row)[-1].body == "这个群归仓储部；仓储部原来的群不再收到卡片；生产部也在这个群，会共用。"
    await company.press("admin", row, Verb.CONFIRM)
    assert await home_of(company, "warehouse") == await home_of(company, "production") == PRODUCTION


async def test_freed_again(company: Company) -> None:
    told = await company.types("admin", "绑定 取消", PRODUCTION)
    assert told.startswith("这个群不再归生产部。")
    assert await home_of(company, "production") == ""
    await company.rings()
    assert "还没有绑定部门" in await company.types("admin", "绑定 取消", PRODUCTION)
    no = await company.proposes("lin", LATER, PLANNING)
    assert (await company.card(no, Purpose.APPROVAL, "production")).conversation == PLANNING, "the coordinator's"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("绑定", "没有说绑定给哪个部门。请写成：绑定 采购部"),
        ("bind", "请写成：bind purchasing"),
        ("绑定 厂办", "没有叫“厂办”的部门"),
        ("绑定 生产部", "这个群已经归生产部了"),
    ],
)
async def test_what_is_not_done(company: Company, text: str, told: str) -> None:
    assert told in await company.types("admin", text, PRODUCTION)


async def test_not_one_to_one(company: Company) -> None:
    told = await company.types("admin", "绑定 采购部", "dingtalk:user:d-admin", single=True)
    assert told == "绑定要在那个群里说：把我加进群，在群里 @ 我发送“绑定 采购部”。"


async def test_it_is_told_in_the_trail(company: Company) -> None:
    await company.types("admin", "绑定 生产部", NEW)
    await company.press("admin", await card(company), Verb.CONFIRM)
    told = await company.look(lambda turn: [in_words(turn, one) for one in turn.uow.audit.newest_first(2)])
    assert f"吴凡 把群 {NEW} 绑定给生产部" in told
    assert await company.look(faults) == []
