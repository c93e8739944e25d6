"""预告: said before it is proposed, to those whom it would touch; who said it first is kept, and nothing is applied."""

import pytest

from planning.rhythm.announcement import Announcement
from tests.handlers.company import PLANNING, PRODUCTION, PURCHASING, SALES, WAREHOUSE, Company

NO = "YG-20261123-001"
SAID = "预告 改期 MO-1 推迟3天 因为 设备检修"


async def announcement(company: Company, no: str = NO) -> Announcement:
    found = await company.look(lambda turn: turn.uow.announcements.get(no))
    assert found is not None
    return found


def heard(company: Company, room: str) -> list[str]:
    return [one for one in company.told(room) if NO in one]


async def test_those_whom_it_would_touch_know_at_once_and_nothing_is_proposed(company: Company) -> None:
    asked = await company.question("han", SAID)
    said = company.questions(PRODUCTION)[-1].summary
    assert said.startswith(f"已预告 {NO}：改期 MO-1 推迟3天。")
    offered = await company.look(lambda turn: turn.uow.questions.get(asked.subject.id))
    assert offered is not None
    assert [one.command for one in offered.offers] == ["改期 MO-1 推迟3天 因为 设备检修"]
    (told,) = heard(company, SALES)
    assert told.startswith(f"📣 预告 {NO}：韩冬 打算 改期 MO-1 推迟3天（设备检修），还没有提出。会碰到 SO-1、DL-1。")
    assert heard(company, PURCHASING) == [], "what it would not touch hears nothing"
    assert await company.look(lambda turn: turn.uow.changes.open_ones()) == []
    assert await company.look(lambda turn: turn.uow.plans.head()) == 1


async def test_who_said_it_first_stands_with_the_change(company: Company) -> None:
    await company.types("han", SAID)
    at = (await announcement(company)).announced_at
    company.clock.move(minutes=30)
    no = await company.proposes("han", "改期 MO-1 推迟2天 因为 设备检修")
    one = await announcement(company)
    assert (one.change, one.announced_at, one.is_open) == (no, at, False)
    first = f"韩冬 09:00 预告过（{NO}）"
    assert first in await company.types("su", f"影响图 {no}", SALES)
    await company.approves(no)
    assert first in await company.types("su", "为什么 MO-1", SALES)
    events = await company.look(lambda turn: [e.kind for e in turn.uow.audit.chain() if e.subject == NO])
    assert events == ["announcement.made", "announcement.proposed"]


async def test_a_change_of_something_else_was_not_announced(company: Company) -> None:
    await company.types("han", SAID)
    no = await company.proposes("qian", "改期 PO-1 推迟1天 因为 供应商", PURCHASING)
    assert (await announcement(company)).is_open
    assert "预告过" not in await company.types("su", f"影响图 {no}", SALES)


async def test_what_is_announced_is_listed_until_it_is_called_off(company: Company) -> None:
    assert "没有预告" in await company.types("su", "预告", SALES)
    await company.types("han", SAID)
    assert f"{NO} 韩冬 09:00：改期 MO-1 推迟3天" in await company.types("su", "预告", SALES)
    assert f"预告 {NO} 是 韩冬 说的" in await company.types("he", f"预告 {NO} 取消", SALES)
    assert await company.types("han", f"预告 {NO} 不做了") == f"预告 {NO} 已取消，听到预告的部门已告知。"
    assert heard(company, SALES)[-1] == f"预告 {NO}（改期 MO-1 推迟3天）不做了。"
    assert "已经提出或取消" in await company.types("lin", f"预告 {NO} 取消", PLANNING)
    assert "没有预告" in await company.types("su", "预告", SALES)


@pytest.mark.parametrize(
    ("person", "text", "told"),
    [
        ("han", "预告 改期 MO-9 推迟3天", "MO-9"),
        ("han", "预告 改期 MO-1", "MO-1"),
        ("han", "预告 YG-20261123-009 取消", "没有 YG-20261123-009 这条预告"),
        ("li", "预告 改期 MO-1 推迟3天", "没有提出变更的权限"),
    ],
)
async def test_what_cannot_be_announced_says_why_and_is_told_to_nobody(
    company: Company, person: str, text: str, told: str
) -> None:
    room = PRODUCTION if person == "han" else WAREHOUSE
    assert told in await company.types(person, text, room)
    assert await company.look(lambda turn: turn.uow.announcements.open_ones()) == []


async def test_nothing_is_said_twice(company: Company) -> None:
    await company.types("han", SAID)
    assert f"已经预告过：{NO}" in await company.types("han", SAID)
    assert len(heard(company, SALES)) == 1


async def test_in_english_and_of_what_touches_nobody_else(company: Company) -> None:
    await company.types("lin", "announce move RC-1 +2d because stocktaking", WAREHOUSE)
    assert (await announcement(company)).item == "RC-1"


@pytest.mark.parametrize("text", ["预告一下", "预告片好看吗", "预告 周五可能要停电"])
async def test_other_words_announce_nothing(company: Company, text: str) -> None:
    await company.types("han", text)
    assert await company.look(lambda turn: turn.uow.announcements.open_ones()) == []
