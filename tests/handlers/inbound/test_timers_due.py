"""The scheduler when something is wrong with one timer, on both databases."""

from datetime import timedelta

import pytest
import structlog

from planning.change.change import ChangeState
from storage.timers import Timer
from storage.unit_of_work import UnitOfWork
from tests.handlers.company import Company

pytestmark = pytest.mark.both_databases


async def test_a_timer_that_always_fails_stops_no_other_and_is_tried_again(company: Company) -> None:
    def sabotage(uow: UnitOfWork) -> None:
        uow.timers.start(Timer("of another version", "x", company.clock.now()))
        uow.commit()

    company.database.write_now(sabotage)
    no = await company.proposes("han")
    expires = (await company.change(no)).expires_at
    assert expires is not None
    with structlog.testing.capture_logs() as logged:
        await company.rings(seconds=(expires - company.clock.now()) / timedelta(seconds=1))
        await company.rings(seconds=1)
        await company.rings(seconds=60)
    assert (await company.change(no)).state is ChangeState.EXPIRED
    failed = [entry["kind"] for entry in logged if entry.get("action") == "timer.failed"]
    assert failed == ["of another version"] * 2, "a minute apart, not at each ring"
