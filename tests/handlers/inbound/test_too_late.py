"""A request whose time is over expires before anything else is done to it, whether its timer has rung yet or not."""

from dataclasses import replace

import pytest

from cards.action import Verb
from planning.change.change import ChangeState
from planning.control.rules import Class, Event
from planning.trail.audit import Kind
from storage.database import Database
from storage.delivery.cards import Purpose
from tests.bot.delivery.office import ENVIRONMENT
from tests.handlers.company import PLANNING, PURCHASING, SALES, Company
from tests.handlers.govern.test_classify import rule

NO, OTHER = "CR-20261123-001", "CR-20261123-002"
DOWN = rule("machine-down", Event.MACHINE_DOWN, klass=Class.EMERGENCY, deadline_hours=4)


async def kinds(company: Company) -> list[str]:
    return await company.look(lambda turn: [e.kind for e in turn.uow.audit.chain() if e.subject == NO])


@pytest.mark.parametrize("verb", [Verb.APPROVE, Verb.REJECT, Verb.TRANSFER, Verb.EXTEND, Verb.REMIND])
async def test_a_click_that_comes_before_the_bell_is_late(company: Company, verb: Verb) -> None:
    await company.proposes("qian", room=PURCHASING)
    row = await company.card(NO, Purpose.APPROVAL, "production")
    company.clock.move(days=10)  # nothing ran meanwhile
    shown = await company.press("wang", row, verb)
    assert shown.summary.startswith(f"{NO} 已于 11-26 18:00 过期，什么也没有做。")
    assert not shown.buttons
    change = await company.change(NO)
    assert change.state is ChangeState.EXPIRED
    assert not [step for step in change.steps if step.decisions]
    assert (await kinds(company))[-2:] == [Kind.EXPIRED, Kind.CLICK_LATE]
    await company.rings(seconds=1)
    assert (await kinds(company)).count(Kind.EXPIRED) == 1


@pytest.mark.parametrize(
    "said", ["同意 {no}", "驳回 {no} 因为 太急 建议 改期 MO-1 推迟1天", "要求修改 {no} 因为 请改到 12-20"]
)
async def test_a_word_that_comes_before_the_bell_is_late(company: Company, said: str) -> None:
    await company.proposes("qian", room=PURCHASING)
    company.clock.move(days=10)
    answer = await company.types("su", said.format(no=NO), SALES)
    assert answer.startswith(f"{NO} 已于 11-26 18:00 过期，什么也没有做。")
    change = await company.change(NO)
    assert change.state is ChangeState.EXPIRED
    assert not [step for step in change.steps if step.decisions]


async def test_at_the_minute_of_the_deadline_it_is_over(company: Company) -> None:
    await company.proposes("qian", room=PURCHASING)
    expires = (await company.change(NO)).expires_at
    assert expires is not None
    row = await company.card(NO, Purpose.APPROVAL, "production")
    company.clock.move(seconds=(expires - company.clock.now()).total_seconds() - 1)
    await company.press("wang", row, Verb.APPROVE)
    assert (await company.change(NO)).step_of("production").voters == ("wang",)  # type: ignore[union-attr]
    await company.types("su", f"同意 {NO}", SALES)
    assert (await company.change(NO)).state is ChangeState.EXPIRED


async def test_an_emergency_is_not_ratified_after_its_time(database: Database) -> None:
    company = Company(database, environment=replace(ENVIRONMENT, rules=(DOWN,))).opens()
    before = (await company.look(lambda turn: turn.plan())).items
    await company.proposes("qian", room=PURCHASING)
    assert (await company.change(NO)).state is ChangeState.PROVISIONAL
    row = await company.card(NO, Purpose.APPROVAL, "production")
    company.clock.move(hours=5)
    shown = await company.press("wang", row, Verb.APPROVE)
    assert shown.summary.startswith(f"{NO} 已于 14:00 由 {OTHER} 撤销，什么也没有做。")
    assert (await company.change(NO)).state is ChangeState.REVERTED
    assert (await company.look(lambda turn: turn.plan())).items == before


async def test_nothing_gives_way_to_what_is_over(company: Company) -> None:
    await company.proposes("qian", room=PURCHASING)
    company.clock.move(days=1)
    newer = await company.proposes("han", "改期 MO-1 推迟4天 因为 等模具")
    company.clock.move(days=2, hours=12)  # Thursday evening: the older one is over
    (row,) = [r for r in await company.conflict_cards(newer) if r.conversation == PLANNING]
    shown = await company.press("lin", row, Verb.SETTLE, NO)
    assert NO in shown.summary
    assert (await company.change(NO)).state is ChangeState.EXPIRED
    assert (await company.change(newer)).state is ChangeState.IN_APPROVAL
