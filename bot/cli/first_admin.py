"""`run.py first-admin`: a code by which somebody becomes the first admin, in the chat."""

from bot.cli.common import DEFAULT, Config, acting, ready_tables, say, started
from bot.kept_settings import opened
from handlers.actions.people.first_admin import GOOD_FOR, make_code
from handlers.turn import Turn
from storage.unit_of_work import UnitOfWork


def first_admin(config: Config = DEFAULT) -> None:
    """第一个管理员的码 | a code for the first admin."""
    from bot.clock import SystemClock
    from planning.refusal import Refused

    with started(config) as (settings, words):
        ready_tables(settings, words, migrate=True)
        now = SystemClock().now()
        with acting(settings) as database:
            in_force = opened(settings, database, now)
            if in_force is None:
                raise Refused("settings-in-file")
            current = in_force.current[database.plan_id]

            def unit(uow: UnitOfWork) -> str:
                uow.commit()
                uow.plans.lock()
                turn: Turn = current.turn(uow, now)
                return make_code(turn)

            code = database.write_now(unit)
        say(words("cli.first-admin", code=code, hours=int(GOOD_FOR.total_seconds()) // 3600))
