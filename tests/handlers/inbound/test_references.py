"""A command without a number means the one thing it can mean here; where there are two, each is a tap."""

from dataclasses import replace

import pytest

from cards.action import Verb
from planning.change.change import ChangeState, StepState
from storage.delivery.cards import Purpose
from tests.handlers.company import LATER, PLANNING, PRODUCTION, PURCHASING, Company


@pytest.fixture
def open_company(company: Company) -> Company:
    return company.opens()


async def test_what_was_previewed_is_submitted_by_word(open_company: Company) -> None:
    assert await open_company.types("han", LATER) == "", "a preview is the answer"
    told = await open_company.types("han", "提交")
    assert "已提交，在等 " in told
    (change,) = await open_company.look(lambda turn: turn.uow.changes.open_ones())
    assert change.state is ChangeState.IN_APPROVAL


@pytest.mark.parametrize(("person", "room"), [("wang", PRODUCTION), ("han", PLANNING)], ids=["another's", "elsewhere"])
async def test_another_ones_preview_is_not_submitted(open_company: Company, person: str, room: str) -> None:
    await open_company.types("han", LATER)
    assert "没有等你提交的预览" in await open_company.types(person, "提交", room)
    assert await open_company.look(lambda turn: turn.uow.changes.open_ones()) == []


async def test_the_last_preview_is_meant(open_company: Company) -> None:
    await open_company.types("han", LATER)
    await open_company.types("han", "改期 RC-1 推迟2天 因为 停电")
    await open_company.types("han", "提交")
    (change,) = await open_company.look(lambda turn: turn.uow.changes.open_ones())
    assert change.reason == "停电"


async def test_the_only_open_request_is_withdrawn(open_company: Company) -> None:
    no = await open_company.proposes("han")
    assert f"{no} 已撤回" in await open_company.types("han", "撤回")


async def test_of_two_each_is_a_tap(open_company: Company) -> None:
    first = await open_company.proposes("han")
    second = await open_company.proposes("han", "改期 MO-1 推迟2天 因为 停电")
    row = await open_company.question("han", "撤回")
    card = open_company.shown(row)[-1]
    assert card.summary == "你说的是哪一张？"
    assert [button.text for button in card.buttons] == ["1 撤回 …001", "2 撤回 …002"]
    await open_company.press("han", row, Verb.SAY, "1")
    assert (await open_company.change(first)).state is ChangeState.IN_APPROVAL
    assert (await open_company.change(second)).state is ChangeState.WITHDRAWN


async def test_of_two_that_wait_each_is_decided_by_its_own_effect(open_company: Company) -> None:
    first = await open_company.proposes("han")
    second = await open_company.proposes("han", "改期 MO-1 推迟2天 因为 停电")
    row = await open_company.question("wang", "同意")
    card = open_company.shown(row)[-1]
    effects = [(await open_company.change(no)).impact.hash for no in (first, second)]
    assert [button.action.seen for button in card.buttons][:2] == effects
    assert f"1. 同意 {first} · MO-1" in card.body
    await open_company.press("wang", row, Verb.SAY, "0")
    asked = [(await open_company.change(no)).step_of("production") for no in (first, second)]
    assert [step.state for step in asked if step] == [StepState.APPROVED, StepState.OPEN]


@pytest.mark.parametrize("said", ["001", "1号单", "1号变更单", "001号单"])
async def test_the_last_digits_are_enough(open_company: Company, said: str) -> None:
    no = await open_company.proposes("han")
    assert f"{no} 已撤回" in await open_company.types("han", f"撤回 {said}")


async def test_last_digits_that_fit_nothing_are_told(open_company: Company) -> None:
    await open_company.proposes("han")
    assert "没有找到变更单 012" in await open_company.types("wang", "同意 012")


async def test_who_speaks_alone_means_what_their_department_was_asked(open_company: Company) -> None:
    no = await open_company.proposes("lin", room=PLANNING)
    said = open_company.said("wang", "同意", "dingtalk:user:d-wang")
    await open_company.inbox_worker.said(replace(said, single=True))
    await open_company.inbox_worker.stop()
    step = (await open_company.change(no)).step_of("production")
    assert step is not None
    assert step.state is StepState.APPROVED


async def test_a_second_submit_does_not_reach_for_an_older_preview(open_company: Company) -> None:
    await open_company.types("han", LATER)
    await open_company.types("han", "改期 RC-1 推迟2天 因为 停电")
    await open_company.types("han", "提交")
    assert "没有等你提交的预览" in await open_company.types("han", "提交")
    assert len(await open_company.look(lambda turn: turn.uow.changes.open_ones())) == 1


@pytest.mark.parametrize("text", ["催办", "谁知道", "影响图"])
async def test_the_only_open_request_here_is_meant(open_company: Company, text: str) -> None:
    no = await open_company.proposes("han")
    assert no in await open_company.types("wang", text)


async def test_a_request_without_a_card_here_is_not_meant(open_company: Company) -> None:
    await open_company.proposes("han")
    assert "没有写是哪张变更单" in await open_company.types("zhao", "谁知道", PURCHASING)


async def test_what_has_just_come_into_effect_is_undone(open_company: Company) -> None:
    no = await open_company.proposes("han")
    await open_company.approves(no)
    await open_company.types("han", "撤销")
    await open_company.office.deliver()
    assert (await open_company.change(no)).state is ChangeState.REVERTED


async def test_a_card_that_is_quoted_comes_first(open_company: Company) -> None:
    first = await open_company.proposes("han")
    await open_company.proposes("han", "改期 MO-1 推迟2天 因为 停电")
    said = open_company.said("han", "撤回")
    quoting = type(said)(**{name: getattr(said, name) for name in said.__slots__} | {"quoted": f"{first} 推迟"})
    await open_company.inbox_worker.said(quoting)
    await open_company.inbox_worker.stop()
    assert (await open_company.change(first)).state is ChangeState.WITHDRAWN
    assert await open_company.card(first, Purpose.PROPOSAL)
