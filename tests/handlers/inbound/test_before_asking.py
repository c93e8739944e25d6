"""A short number is the open request that ends so; what is wrong with a change is told before it is asked why."""

from dataclasses import replace

import pytest

from planning.change.change import StepState
from tests.handlers.company import PLANNING, PRODUCTION, Company


@pytest.fixture
def open_company(company: Company) -> Company:
    return company.opens()


@pytest.mark.parametrize("said", ["同意 {}", "同意{}", "approve #{}", "同意 {}，辛苦了"])
async def test_a_short_number_is_the_open_request(open_company: Company, said: str) -> None:
    no = await open_company.proposes("han")
    assert no in await open_company.types("wang", said.format(no[-3:]))
    [step] = [step for step in (await open_company.change(no)).steps if step.department == "production"]
    assert step.state is StepState.APPROVED


@pytest.mark.parametrize("said", ["同意 {}，但改到12-31", "同意 {} 天", "同意 3天", "同意 999", "延长 3 天"])
async def test_what_is_no_short_number_decides_nothing(open_company: Company, said: str) -> None:
    no = await open_company.proposes("han")
    await open_company.types("wang", said.format(no[-3:]))
    assert all(step.state is StepState.OPEN for step in (await open_company.change(no)).steps)


async def test_of_two_that_end_so_each_is_a_button(open_company: Company) -> None:
    first = await open_company.proposes("han")
    open_company.clock.move(days=1)
    second = await open_company.proposes("han", "改期 RC-1 推迟1天 因为 展会")
    assert (first[-3:], first != second) == (second[-3:], True)
    row = await open_company.question("wang", f"谁知道 {first[-3:]}")
    asked = await open_company.look(lambda turn: turn.uow.questions.get(row.subject.id))
    assert asked is not None
    assert {offer.command for offer in asked.offers} == {f"谁知道 {first}", f"谁知道 {second}"}


async def test_nobody_is_asked_why_of_an_item_that_is_none(open_company: Company) -> None:
    row = await open_company.question("han", "改期 RC-2 推迟1天")
    card = open_company.shown(row)[-1]
    assert "计划里没有“RC-2”" in card.body
    assert card.buttons[0].text == "1 改期 RC-1 推迟1天"


async def test_what_was_quoted_is_known_when_the_reason_is_given(open_company: Company) -> None:
    no = await open_company.proposes("han")
    said = open_company.said("wang", "驳回")
    await open_company.inbox_worker.said(replace(said, quoted=f"{no} 待决定"))
    await open_company.inbox_worker.stop()
    await open_company.office.deliver()
    assert f"驳回 {no}" in open_company.questions(PRODUCTION)[-1].body


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ("改期 RC-1 因为 展会", "推迟1天"), ("改工期 RC-1 因为 展会", "8天"),
        ("改期 RC-1 到 2月30日 因为 展会", "推迟1天"),
    ],
)  # fmt: skip
async def test_what_is_missing_is_the_next_message(open_company: Company, first: str, then: str) -> None:
    await open_company.types("han", first)
    assert await open_company.types("han", then) == "", "a preview is the answer"


async def test_a_coordinator_reminds_of_the_only_one_from_anywhere(open_company: Company) -> None:
    no = await open_company.proposes("han")
    assert no in await open_company.types("lin", "催办", PLANNING)
