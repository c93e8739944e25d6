"""What is said has a best-before: Monday's digest is not said on Thursday, nor yesterday's reminder."""

from datetime import UTC, datetime

import pytest

from bot.channels.common.channel import TryLater
from storage.database import Database
from storage.delivery.outbox import OutboxMessage
from storage.unit_of_work import UnitOfWork
from tests.handlers.company import PRODUCTION, SALES, Company
from tests.small_company import NOW

pytestmark = pytest.mark.both_databases
MORNING = datetime(2026, 11, 24, 0, 30, tzinfo=UTC)
"""Tuesday, half past eight in Shanghai."""


@pytest.fixture
async def company(database: Database) -> Company:
    company = Company(database).opens()
    await company.scheduler.start()
    await company.scheduler.stop()
    return company


async def until(company: Company, moment: datetime) -> None:
    company.clock.move(seconds=(moment - company.clock.now()).total_seconds())
    await company.scheduler.ring()
    await company.office.deliver()


def digests(company: Company, room: str = PRODUCTION) -> list[str]:
    """Days of which a digest was said."""
    heads = (text.partition("\n")[0] for text in company.told(room))
    return [head.split("·")[1].split()[0] for head in heads if "早会" in head]


async def states(company: Company) -> dict[str, int]:
    return await company.office.counts()


async def test_a_digest_that_could_not_be_said_all_day_is_dropped(company: Company) -> None:
    """The platform is away until Thursday's digest is due."""
    address = PRODUCTION.partition(":")[2]
    company.office.channel.script[address].extend(TryLater("away") for _ in range(3))
    for hour in (0, 4, 9):
        await until(company, MORNING.replace(hour=hour, minute=31))
    assert digests(company) == []
    await until(company, MORNING.replace(day=26, hour=1))
    assert digests(company) == ["2026-11-26"]
    assert (await states(company)).get("stale") == 1


async def test_what_an_unsaid_digest_told_is_told_by_the_next(company: Company) -> None:
    def run(uow: UnitOfWork) -> object:
        return uow.digests.last(PRODUCTION)

    address = PRODUCTION.partition(":")[2]
    await until(company, MORNING)
    first = await company.database.read(run)
    assert first == MORNING
    company.office.channel.script[address].extend(TryLater("away") for _ in range(2))
    await until(company, MORNING.replace(day=25))
    await until(company, MORNING.replace(day=25, hour=9))
    assert await company.database.read(run) == MORNING.replace(day=25)
    await until(company, MORNING.replace(day=25, hour=17))
    assert await company.database.read(run) == first, "nobody got to read it"


@pytest.mark.parametrize(
    ("back", "said_at_once"),
    [
        ("2026-11-26T18:00", False),  # Thursday night, two o'clock on Friday
        ("2026-11-26T02:00", True),  # Thursday, ten in the morning
        ("2026-11-28T02:00", False),  # Saturday
    ],
)
async def test_after_a_standstill_of_days_todays_digest_is_said_in_its_time(
    company: Company, back: str, said_at_once: bool
) -> None:
    await until(company, datetime.fromisoformat(back).replace(tzinfo=UTC))
    assert len(digests(company)) == said_at_once
    await until(company, datetime.fromisoformat("2026-11-30T00:30").replace(tzinfo=UTC))
    assert len(digests(company)) == said_at_once + 1, "and the next in its time, once"


async def test_a_reminder_of_yesterday_is_not_said(company: Company) -> None:
    """Where the sellers read nothing can be said until the next morning."""
    no = await company.proposes("han")
    address = SALES.partition(":")[2]
    away = company.office.wecom.script[address]
    away.extend(TryLater("away", 3600) for _ in range(2))
    await company.types("han", f"催办 {no}")
    assert company.office.wecom.said_in(address) == []
    company.clock.move(hours=20)
    away.clear()
    await company.office.deliver()
    assert [text for text in company.office.wecom.said_in(address) if "催办" in text] == []
    assert (await states(company))["stale"] == 1


def test_what_has_none_is_said_however_late(database: Database) -> None:
    def unit(uow: UnitOfWork) -> tuple[list[str], list[OutboxMessage]]:
        uow.commit()
        uow.outbox.say("dingtalk:g", "always", NOW, "always")
        uow.outbox.say("dingtalk:h", "today", NOW, "today", best_before=NOW.replace(hour=23))
        stale = uow.outbox.drop_stale(NOW.replace(day=NOW.day + 3))
        return stale, uow.outbox.claim(NOW.replace(day=NOW.day + 3), 50)

    stale, claimed = database.write_now(unit)
    assert (stale, [message.dedupe for message in claimed]) == (["today"], ["always"])
