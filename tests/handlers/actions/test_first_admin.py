"""The first admin: whoever has the code of the server says it first, and nobody says it after them."""

from collections.abc import Iterator
from contextlib import closing

import pytest

from handlers.actions.people.first_admin import make_code
from planning.people.organisation import Role
from planning.refusal import Refused
from planning.trail.audit import Kind
from storage.database import Database
from storage.trail.audit import Wanted
from storage.unit_of_work import UnitOfWork
from tests.handlers.actions.test_join import ONE_TO_ONE, says
from tests.handlers.company import Company
from tests.handlers.governed import governed, sections
from tests.small_company import organisation, plan

pytestmark = pytest.mark.both_databases
JOINED = Wanted(kinds=(Kind.PEOPLE_JOINED.value,))


@pytest.fixture
def company(migrated_url: str) -> Iterator[Company]:
    people = [
        {**one, "roles": [role for role in one["roles"] if role != "admin"]}
        for one in sections(organisation())["people"]
    ]
    with closing(Database(migrated_url, "main")) as database:
        yield governed(database, people=people).opens(plan())


async def test_the_code_makes_one_admin_and_no_second(company: Company) -> None:
    spent, good = coded(company), coded(company)
    refused = await says(company, f"我是管理员 {spent} 计划部 王一")
    assert "这个码不对、过期了或者用过了" in refused, "a newer one counts"
    assert "你是管理员了" in await says(company, f"我是管理员 {good} 计划部 王一")
    assert await says(company, f"我是管理员 {good} 计划部 钱二", ONE_TO_ONE, "d-other") == refused
    assert await says(company, f"我是管理员 {good.lower()}", ONE_TO_ONE) == refused, "nor again"
    admins = await company.look(lambda turn: [one.name for one in turn.organisation.with_role(Role.ADMIN)])
    assert admins == ["王一"]
    joined = await company.look(lambda turn: turn.uow.audit.newest_first(9, wanted=JOINED))
    assert len(joined) == 1
    with pytest.raises(Refused, match="first-admin-there"):
        coded(company)


def coded(company: Company) -> str:
    def unit(uow: UnitOfWork) -> str:
        uow.plans.lock()
        code = make_code(company.current.turn(uow, company.clock.now()))
        uow.commit()
        return code

    return company.database.write_now(unit)
