"""通知: what one line would change is offered as a draft; nothing is applied without a tap, and nothing is lost."""

import pytest

from cards.action import Verb
from storage.delivery.cards import CardRow, Purpose
from tests.handlers.company import PLANNING, PRODUCTION, SALES, WAREHOUSE, Company
from tests.previews import NEWEST

ISSUE = "IS-20261123-001"


async def offers(company: Company, row: CardRow) -> list[tuple[str, str]]:
    found = await company.look(lambda turn: turn.uow.questions.get(row.subject.id))
    assert found is not None
    return [(one.label, one.command) for one in found.offers]


async def test_one_item_and_a_shift_is_a_draft_after_a_tap(company: Company) -> None:
    asked = await company.question("han", "通知 生产 MO-1 晚到2天")
    assert company.questions(PRODUCTION)[-1].summary == "理解为：MO-1 推迟 2 天，通知生产部"
    assert await offers(company, asked) == [
        ("就是", "改期 MO-1 推迟2天 因为 MO-1 晚到2天"), ("不是，只通知", "反馈 MO-1 晚到2天 给 生产"),
    ]  # fmt: skip
    assert await company.look(lambda turn: turn.uow.plans.head()) == 1
    await company.press("han", asked, Verb.SAY, "0")
    await company.office.deliver()
    assert "MO-1 晚到2天" in (await company.drawn(await company.card(NEWEST, Purpose.PROPOSAL))).body
    assert await company.look(lambda turn: turn.uow.plans.head()) == 1, "a draft, which its proposer submits"
    assert await company.look(lambda turn: turn.uow.issues.unsettled()) == []


async def test_only_told_it_is_an_issue(company: Company) -> None:
    await company.press("han", await company.question("han", "通知 生产 MO-1 晚到2天"), Verb.SAY, "1")
    issue = await company.look(lambda turn: turn.uow.issues.get(ISSUE))
    assert issue is not None
    assert (issue.text, issue.about, issue.department) == ("MO-1 晚到2天", "MO-1", "production")


async def test_without_the_right_it_is_an_issue_that_holds_the_draft(company: Company) -> None:
    asked = await company.question("li", "通知 生产 MO-1 晚到2天", WAREHOUSE)
    (_, command), _ = await offers(company, asked)
    assert command == "反馈 MO-1 MO-1 晚到2天（改期 MO-1 推迟2天） 给 生产"
    await company.press("li", asked, Verb.SAY, "0")
    issue = await company.look(lambda turn: turn.uow.issues.get(ISSUE))
    assert issue is not None
    assert "改期 MO-1 推迟2天" in issue.text


@pytest.mark.parametrize("text", ["通知 采购 食堂今天停电", "tz 采购 PO-1 包装换了", "notify 采购 meeting moved"])
async def test_what_would_change_nothing_is_an_issue_at_once(company: Company, text: str) -> None:
    assert (await company.types("he", text, SALES)).startswith(f"已记为 {ISSUE}，赵敏（采购部）负责")


async def test_a_quantity_of_what_is_called_by_its_title(company: Company) -> None:
    asked = await company.question("han", "通知 生产 耳机组装少做20件")
    assert (await offers(company, asked))[0] == ("就是", "改数量 MO-1 -20 因为 耳机组装少做20件")


@pytest.mark.parametrize("text", ["通知看到了", "通知 大家 明天开会", "通知一下采购", "通知"])
async def test_nothing_that_was_understood_before_is_understood_otherwise(company: Company, text: str) -> None:
    await company.types("lin", text, PLANNING)
    assert await company.look(lambda turn: turn.uow.issues.unsettled()) == []


async def test_of_several_items_they_choose_one_or_only_tell(company: Company) -> None:
    asked = await company.question("han", "通知 销售 星河推迟2天")
    assert [label for label, _ in await offers(company, asked)] == [
        "SO-1 推迟 2 天", "DL-1 推迟 2 天", "不是，只通知",
    ]  # fmt: skip
    assert company.questions(PRODUCTION)[-1].summary == "说的是哪一单？通知销售部"


async def test_items_of_other_departments_are_not_meant_by_their_names(company: Company) -> None:
    told = await company.types("han", "通知 仓储 星河推迟2天")
    assert told.startswith(f"已记为 {ISSUE}，李大伟（仓储部）负责")
