"""Before the first question the plan is in memory and compiled."""

from bot.environment import environment_of
from bot.warm_up import warm_up
from storage.database import Database
from tests.bot.web.factory import settings, write_plan
from tests.small_company import NOW, plan


async def test_the_first_question_finds_the_plan_compiled(database: Database) -> None:
    write_plan(database, plan(1), NOW)
    environment = environment_of(settings())
    await warm_up(database, environment)
    known = database.look(lambda uow: uow.plans.load())
    assert known.items == plan(1).items
    assert environment.networks.of(known).latest is not None


async def test_without_a_plan_there_is_nothing_to_do(database: Database) -> None:
    await warm_up(database, environment_of(settings()))
    assert not database.look(lambda uow: uow.plans.exists())
