"""What a timer tells of is worked out before it has the plan to itself."""

from datetime import UTC, datetime

import pytest

from handlers.timers import ASK_STARTS, READINESS
from storage.database import Database
from storage.timers import Timer
from storage.unit_of_work import UnitOfWork
from tests.bot.delivery.scripted import StandingClock
from tests.handlers.actions.test_remind_supply import waiting
from tests.handlers.company import Company

MORNING = datetime(2026, 12, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    ("kind", "subject", "is_looked_at"), [(READINESS, "07:30", True), (ASK_STARTS, "production", False)]
)
async def test_before_a_timer_rings(database: Database, kind: str, subject: str, is_looked_at: bool) -> None:
    """Only what is read on a snapshot is kept; what the timer itself asks may be rolled back."""
    company = Company(database, StandingClock(MORNING)).opens(waiting())

    def due(uow: UnitOfWork) -> None:
        uow.timers.start(Timer(kind, subject, MORNING))
        uow.commit()

    database.write_now(due)
    await company.scheduler.ring()
    known = company.environment.readiness.of("main")
    assert (known is not None and "MO-1" in known.asked) == is_looked_at
