"""An answer that could not be sent for a day is not sent any more."""

import pytest

from storage.database import Database
from tests.handlers.company import PRODUCTION, Company

pytestmark = pytest.mark.parametrize("backend", ["sqlite"])


@pytest.mark.parametrize(("hours", "told"), [(23, True), (24, False)])
async def test_an_answer_is_good_for_a_day(database: Database, hours: int, told: bool) -> None:
    company = Company(database).opens()
    await company.inbox_worker.said(company.said("han", "查计划 MO-1"))
    await company.inbox_worker.stop()
    company.clock.move(hours=hours)
    await company.office.deliver()
    assert bool(company.told(PRODUCTION)) is told
