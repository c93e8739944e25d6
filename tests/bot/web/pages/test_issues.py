"""Issues answered on their page: by those who may, under the rules of their card, and nothing typed is lost."""

import pytest

from planning.rhythm.issue import Issue, IssueState
from tests.bot.web.pages.visitor import Visitor, fields_of
from tests.handlers.company import Company

SQLITE = pytest.mark.parametrize("backend", ["sqlite"])
NO = "IS-20261123-001"


async def raised(company: Company) -> Issue:
    await company.types("han", "反馈 MO-1 物料规格不对")
    found = await company.look(lambda turn: turn.uow.issues.get(NO))
    assert found is not None
    return found


async def state(company: Company) -> IssueState:
    found = await company.look(lambda turn: turn.uow.issues.get(NO))
    assert found is not None
    return found.state


async def pressed(visitor: Visitor, verb: str, reason: str = "") -> str:
    fields = fields_of(await visitor.open("/issues")) | {"no": NO}
    return (await visitor.send("/issues", verb=verb, reason=reason, **fields)).text


@pytest.mark.both_databases
async def test_its_owner_answers_it_and_who_raised_it_closes_it(company: Company, visitor: Visitor) -> None:
    await raised(company)
    await visitor.log_in(company, "wang")
    page = await visitor.page("/issues")
    assert "物料规格不对" in page
    assert "由 王五 接手" in await pressed(visitor, "see_to")
    assert "已答复" in await pressed(visitor, "reply", "明天换一批")
    assert "王五 答复：明天换一批" in await visitor.page("/issues?show=mine")
    await visitor.log_in(company, "han")
    assert "已关闭" in await pressed(visitor, "solved")
    assert await state(company) is IssueState.CLOSED
    assert NO in await visitor.page("/issues?show=closed")


@SQLITE
async def test_an_answer_needs_words_and_loses_none(company: Company, visitor: Visitor) -> None:
    await raised(company)
    await visitor.log_in(company, "wang")
    told = await pressed(visitor, "reply", "！？")
    assert "！？</textarea>" in told
    assert await state(company) is IssueState.OPEN


@SQLITE
async def test_whom_it_does_not_concern_may_look(company: Company, visitor: Visitor) -> None:
    await raised(company)
    await visitor.log_in(company, "li")
    page = await visitor.page("/issues")
    assert NO in page
    assert 'value="see_to"' not in page
    assert NO not in await visitor.page("/issues?show=mine")
    assert NO not in await visitor.page("/issues?department=warehouse")


@SQLITE
async def test_what_no_page_of_ours_sends_is_turned_away(company: Company, visitor: Visitor) -> None:
    await raised(company)
    await visitor.log_in(company, "wang")
    fields = fields_of(await visitor.open("/issues"))
    for no, verb, status in ((NO, "approve", 400), ("IS-1", "see_to", 400), ("IS-20261123-009", "see_to", 409)):
        assert (await visitor.send("/issues", verb=verb, **fields | {"no": no})).status_code == status
    assert (await visitor.send("/issues", verb="see_to", no=NO, csrf="x")).status_code == 403
