"""The plan brought into memory and compiled before the first question."""

import structlog

from handlers.turn import Environment
from planning.refusal import Refused
from planning.schedule.slack import latest_starts
from storage.database import Database
from storage.plan.bulk import without_collecting
from storage.plan.plans import NoPlan
from storage.unit_of_work import UnitOfWork

log = structlog.get_logger()


async def warm_up(database: Database, environment: Environment) -> None:
    """Whoever asks first waits no longer than others. Without a plan, or with one that cannot be compiled, it is left
    to be said to whoever asks."""

    def unit(uow: UnitOfWork) -> int:
        with without_collecting():
            plan = uow.plans.load()
            latest_starts(environment.networks.of(plan))
        return len(plan.items)

    try:
        log.info("plan in memory", action="service.warm", items=await database.read(unit))
    except (NoPlan, Refused):
        log.info("no plan to bring into memory", action="service.warm")
