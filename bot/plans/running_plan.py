"""One plan as it runs: its settings, its rows, and whoever works on them."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.current import Current
from bot.delivery.delivery import Delivery
from bot.directory_worker import DirectoryWorker
from bot.inbox_worker import InboxWorker
from bot.scheduler import Scheduler
from bot.settings import Settings
from bot.supervised import Supervised
from handlers.turn import Environment
from storage.database import Database


@dataclass(frozen=True, slots=True)
class RunningPlan:
    settings: Settings
    """Those of this plan at the start, as if it were alone."""
    current: Current
    database: Database
    inbox_worker: InboxWorker
    delivery: Delivery
    scheduler: Scheduler
    directories: DirectoryWorker

    @property
    def environment(self) -> Environment:
        """As it was when somebody asked last."""
        return self.current.latest

    @property
    def id(self) -> str:
        return self.settings.plan.id

    @property
    def loops(self) -> Mapping[str, Supervised]:
        return {"delivery": self.delivery.looking, **self.scheduler.loops, "directory": self.directories.reading}
