"""Rules that the database keeps: what was submitted keeps those it was submitted under (edge case 11)."""

from contextlib import closing

import pytest

from planning.change.change import ChangeState
from planning.control.settings_version import SettingsVersion
from storage.database import Database
from storage.unit_of_work import UnitOfWork
from tests.handlers.company import LATER, Company
from tests.handlers.governed import governed
from tests.small_company import plan

pytestmark = pytest.mark.both_databases
LENIENT = [{"id": "r", "class": "normal", "approvals": ["production"]}]
STRICT = [{"id": "r", "class": "normal", "approvals": ["production", "purchasing"]}]


def rules(company: Company, document: object) -> None:
    now = company.clock.now()

    def unit(uow: UnitOfWork) -> None:
        uow.settings_of("main").add(SettingsVersion("rules", 0, document, now, now, "test"))
        uow.commit()

    company.database.write_now(unit)


async def asked(company: Company, no: str) -> set[str]:
    return {step.department for step in (await company.change(no)).steps}


async def test_an_open_request_keeps_the_rule_it_was_submitted_under(migrated_url: str) -> None:
    with closing(Database(migrated_url, "main")) as database:
        company = governed(database, rules=LENIENT).opens(plan())
        before = await company.proposes("lin", LATER)
        rules(company, STRICT)
        await company.rings()
        assert await asked(company, before) == {"production"}
        await company.approves(before)
        assert (await company.change(before)).state is ChangeState.APPLIED
        after = await company.proposes("lin", "改期 MO-1 推迟1天 因为 设备故障")
        assert await asked(company, after) == {"production", "purchasing"}
