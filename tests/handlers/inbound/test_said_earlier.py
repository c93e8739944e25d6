"""A date is that of the day on which its words were said, however late they are read; what must not lie in the past is
judged on the day of reading. Things are said on Monday, 30 November 2026, and read on Tuesday: in another month."""

from dataclasses import replace
from datetime import date, datetime

from cards.action import Verb
from handlers.inbound.late_replies import again
from planning.change.change import Change
from planning.plan.operation import Op
from storage.delivery.cards import Purpose
from tests.bot.delivery.scripted import StandingClock
from tests.handlers.company import PLANNING, PRODUCTION, SALES, Company
from tests.previews import NEWEST

SAID, READ = "CR-20261130-001", "CR-20261201-001"
MEANT = date(2026, 12, 14)


async def read_late(company: Company, person: str, text: str, room: str = PRODUCTION) -> str:
    """Say it on Monday; what is answered on Tuesday."""
    said, before = company.said(person, text, room), len(company.told(room))
    company.clock.move(days=1)
    await company.inbox_worker.said(said)
    await company.inbox_worker.stop()
    await company.office.deliver()
    return "\n".join(company.told(room)[before:])


def wanted(change: Change) -> list[object]:
    return [(o.item, o.op, o.to) for o in change.operations]


async def test_next_month_is_the_one_after_it_was_said(company: Company) -> None:
    company.clock.move(days=7)
    assert await read_late(company, "han", "改期 MO-1 到 下月14号 因为 设备故障") == ""
    change = await company.change(NEWEST)
    assert wanted(change) == [("MO-1", Op.SET_FINISH, MEANT)]
    assert await company.look(lambda turn: again(turn, change)) == "改期 MO-1 到 2026-12-14 因为 设备故障"


async def test_what_has_passed_by_then_is_refused_by_then(company: Company) -> None:
    company.clock.move(days=7)
    told = await read_late(company, "lin", "冻结 全部 今天 因为 大促", PLANNING)
    assert told.startswith("2026-11-30 已经过去")


async def test_a_suggestion_of_an_earlier_day_keeps_its_date(company: Company) -> None:
    company.clock.move(days=7)
    await company.proposes("han")
    told = await read_late(company, "su", f"驳回 {SAID} 因为 产能不足 建议 改期 MO-1 到 下月14号", SALES)
    assert "建议已写成草稿" in told
    change = await company.change(READ)
    assert wanted(change) == [("MO-1", Op.SET_FINISH, MEANT)]
    assert "2026-12-14" in await company.look(lambda turn: again(turn, change))


async def test_a_suggestion_typed_on_a_card_as_well(company: Company) -> None:
    company.clock.move(days=7)
    await company.proposes("han")
    row = await company.card(SAID, Purpose.APPROVAL, "sales")
    event = company.pressed("su", row, Verb.REJECT, input="产能不足 建议 到 下月14号")
    company.clock.move(days=1)
    await company.answers(event)
    assert wanted(await company.change(READ)) == [("MO-1", Op.SET_FINISH, MEANT)]


async def test_a_platform_whose_clock_is_ahead_says_nothing_tomorrow(company: Company) -> None:
    company.clock.move(days=7)
    said = company.said("han", "改期 MO-1 到 下月14号 因为 设备故障")
    await company.inbox_worker.said(replace(said, at=ahead(company.clock)))
    await company.inbox_worker.stop()
    assert wanted(await company.change(NEWEST)) == [("MO-1", Op.SET_FINISH, MEANT)]


def ahead(clock: StandingClock) -> datetime:
    later = StandingClock(clock.now())
    later.move(days=1)
    return later.now()
