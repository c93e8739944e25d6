"""A group that was taken out of the settings: no redraws and no messages, said once, and asked elsewhere."""

from dataclasses import replace

import pytest

from handlers.turn import Environment
from planning.people.organisation import Organisation
from storage.delivery.cards import Purpose
from storage.unit_of_work import UnitOfWork
from tests.bot.delivery.office import ENVIRONMENT
from tests.handlers.company import PLANNING, PRODUCTION, PURCHASING, SALES, Company
from tests.small_company import organisation

pytestmark = pytest.mark.both_databases
NEW = "dingtalk:cidProductionNew=="


def settings(production: str) -> Environment:
    """The production department hears in this group."""
    known = organisation()
    others = [
        replace(department, conversation=production) if department.id == "production" else department
        for department in known.departments.values()
    ]
    return replace(ENVIRONMENT, organisation=Organisation.of(others, known.people.values()))


async def started(company: Company, environment: Environment = ENVIRONMENT) -> Company:
    """The service starts again, with these settings."""
    later = Company(company.database, company.clock, environment)
    await later.scheduler.start()
    await later.scheduler.stop()
    await later.office.deliver()
    return later


async def outbox(company: Company) -> dict[str, int]:
    return await company.database.read(lambda uow: uow.outbox.counts())


async def test_its_cards_are_closed_and_the_coordinators_told_once(company: Company) -> None:
    await started(company)
    no = await company.proposes("qian", "改期 MO-1 推迟2天 因为 设备故障", PURCHASING)
    old = await company.card(no, Purpose.APPROVAL, "production")
    assert old.conversation == PRODUCTION
    later = await started(company, settings(NEW))
    (said,) = later.told(PLANNING)
    assert said.startswith("⚠ dingtalk:cidProduction== 已不在设置里：那里 1 张")
    assert no in said
    await later.approves(no)
    assert (await later.change(no)).applied_revision == 2
    assert (await later.look(lambda turn: turn.uow.cards.get(old.card_id))) == old, "not drawn again"
    assert later.told(PRODUCTION) == []
    assert {"new", "dead"} & {*await outbox(later)} == set(), "nothing is left to be tried"
    again = await started(later, settings(NEW))
    assert again.told(PLANNING) == []


async def test_who_is_asked_is_asked_where_they_read_now(company: Company) -> None:
    await started(company)
    no = await company.proposes("qian", "改期 MO-1 推迟2天 因为 设备故障", PURCHASING)
    later = await started(company, settings(NEW))
    moved = await later.card(no, Purpose.APPROVAL, "production")
    assert moved.conversation == NEW
    assert moved.shown_version == 1
    asked = [row for row in await later.cards(no) if row.purpose is Purpose.APPROVAL and row.department == "sales"]
    assert [row.conversation for row in asked] == [SALES], "others are not asked twice"


async def test_what_was_not_sent_there_yet_is_not_sent_any_more(company: Company) -> None:
    await started(company)

    def left_over(uow: UnitOfWork) -> None:
        uow.outbox.say(PRODUCTION, "hello", company.clock.now())
        uow.commit()

    await company.database.write(left_over)
    later = await started(company, settings(NEW))
    await later.office.write(lambda uow: uow.outbox.say(PRODUCTION, "hello again", later.clock.now()))
    await later.office.deliver()
    assert later.told(PRODUCTION) == []
    assert "new" not in await outbox(later)
    assert later.told(PLANNING) == [], "no card of it was open"


async def test_who_speaks_there_is_answered(company: Company) -> None:
    later = await started(await started(company), settings(NEW))
    assert "单独发消息给我" in await later.types("wang", "待办", PRODUCTION)


async def test_a_group_that_comes_back_is_spoken_to_again(company: Company) -> None:
    await started(company)
    await started(company, settings(NEW))
    back = await started(company)
    no = await back.proposes("qian", "改期 MO-1 推迟2天 因为 设备故障", PURCHASING)
    card = await back.card(no, Purpose.APPROVAL, "production")
    assert (card.conversation, card.shown_version) == (PRODUCTION, 1)
    await back.approves(no)
    assert len(back.shown(card)) == 2
