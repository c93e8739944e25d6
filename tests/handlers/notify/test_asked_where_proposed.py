"""A request about nobody's item, proposed where its approvers read."""

from dataclasses import replace

from storage.database import Database
from storage.delivery.cards import Purpose
from tests.handlers.company import PLANNING, Company
from tests.small_company import plan


async def test_the_preview_is_not_taken_for_the_question(database: Database) -> None:
    items = plan().items
    company = Company(database).opens(replace(plan(), items={**items, "RC-1": replace(items["RC-1"], department="")}))
    no = await company.proposes("lin", "改期 RC-1 推迟1天 因为 盘点", PLANNING)
    assert "" in [step.department for step in (await company.change(no)).waiting]
    asked = [row.conversation for row in await company.cards(no) if row.purpose is Purpose.APPROVAL]
    assert PLANNING in asked
