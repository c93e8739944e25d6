"""A plan's environment as it is now: whoever works with it asks for it at the begin of each unit of work."""

from collections.abc import Callable
from datetime import datetime

from handlers.turn import Environment, Turn
from storage.unit_of_work import UnitOfWork

Renew = Callable[[UnitOfWork, datetime], None]


class Current:
    """By itself, of settings that stay as they are for as long as the process runs."""

    def __init__(self, environment: Environment, renew: Renew = lambda uow, now: None) -> None:
        """`renew`: looks whether there are newer settings, and sets `latest` then."""
        self.latest, self._renew = environment, renew

    def of(self, uow: UnitOfWork, now: datetime) -> Environment:
        """The environment by the settings in force at this moment, as this unit of work sees them."""
        self._renew(uow, now)
        return self.latest

    def turn(self, uow: UnitOfWork, now: datetime) -> Turn:
        return Turn(uow, now, self.of(uow, now))
