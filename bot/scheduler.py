"""The scheduler: looks every second for timers that are due and for events that were left lying.

APScheduler rings it in memory only; what is due, and that it rings once, is decided by rows in the database.
"""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.clock import Clock
from bot.current import Current
from bot.escalation_watchdog import EscalationWatchdog
from bot.forgetting import Forgetting
from bot.heartbeat import BEAT_SECONDS, Heartbeat
from bot.inbox_worker import InboxWorker
from bot.learning import Learning
from bot.spans import span
from bot.supervised import Supervised
from handlers.actions.people.directory_by_itself import set_weeks
from handlers.govern.sources import set_up_sources
from handlers.inbound.ask_reports import set_asks
from handlers.inbound.timers_due import (
    LOOKED_AHEAD,
    look_ahead,
    ring,
    set_digests,
    set_readiness,
    set_scans,
    write_part,
)
from handlers.lifecycle.after_change import rules_moved
from handlers.lifecycle.escalate import watch_all
from handlers.lifecycle.new_holidays import recount
from handlers.lifecycle.settings_waiting import give_ends
from handlers.lifecycle.sync import set_sync
from handlers.lifecycle.weekly_baseline import set_weekly_baseline
from handlers.turn import Environment
from storage.connection.database_trouble import is_trouble
from storage.database import Database
from storage.timers import Timer
from storage.trace import traced
from storage.unit_of_work import UnitOfWork

log = structlog.get_logger()
AGAIN = timedelta(minutes=1)
"""After which a timer that failed is tried again."""
LOOKS = 5
"""So often a scan is looked ahead when something happens between its parts."""
AUDIT_SECONDS = 60
"""Between two looks of the watchdog; it has its own, for a scheduler that fails must not silence it."""

FORGET_SECONDS = 3600
LEARN_SECONDS = 60
RING_SECONDS, ERRAND_SECONDS = 1, 2
GOODBYE_SECONDS = 10.0
"""Seconds that what is ringing may take once the end is asked for."""


class Scheduler:
    def __init__(
        self,
        database: Database,
        current: Current,
        clock: Clock,
        inbox_worker: InboxWorker,
        inbox_days: int = 0,
        *,
        beat_seconds: float = BEAT_SECONDS,
        goodbye_seconds: float = GOODBYE_SECONDS,
        errands: Sequence[Callable[[], Awaitable[object]]] = (),
    ) -> None:
        """`inbox_days`: days after which what handled events held is forgotten; 0: never. `errands`: looked after every
        few seconds, too."""
        self._errands = errands
        self._beat_seconds, self._goodbye_seconds = beat_seconds, goodbye_seconds
        self._database, self._current, self._clock, self._inbox_worker = database, current, clock, inbox_worker
        self._set_up_for: Environment = current.latest
        """The environment by which the timers are set, from the start on."""
        self._watchdog = EscalationWatchdog(database, clock)
        self._forgetting = Forgetting(database, clock, inbox_days)
        self._learning = Learning(database, current, clock)
        self._heartbeat = Heartbeat(database, clock)
        self._ailing: dict[Timer, datetime] = {}
        """Timers that failed, and when they are tried again."""
        self.ringing = Supervised("the scheduler failed", "scheduler.failed")
        self.beating = Supervised("the heartbeat failed", "heartbeat.failed")
        self.sweeping = Supervised("the sweep failed", "sweep.failed")
        self._stopping = False
        self._under_way: set[asyncio.Task[object]] = set()
        self._beats: asyncio.Task[None] | None = None
        """It goes on while what is under way comes to its end: what we still hold is nobody else's."""
        self._apscheduler = AsyncIOScheduler(timezone=current.latest.zone)

    @property
    def loops(self) -> Mapping[str, Supervised]:
        return {"scheduler": self.ringing, "inbox": self.sweeping, "heartbeat": self.beating}

    async def take_up(self) -> None:
        """Go on with what an earlier process left lying, before anything new comes in."""
        await self._heartbeat.start()
        self._beats = asyncio.create_task(self._beat_on(), name="heartbeat")
        await self.sweeping.attempt(self._inbox_worker.sweep)

    async def start(self) -> None:
        await self.set_up()
        self._every(RING_SECONDS, self.ring)
        self._every(AUDIT_SECONDS, self._watchdog.look)
        self._every(FORGET_SECONDS, self._forgetting.look)
        self._every(LEARN_SECONDS, self._learning.look)
        for errand in self._errands:
            self._every(ERRAND_SECONDS, errand)
        self._apscheduler.start()

    async def stop(self) -> None:
        """Ring no more, and let what is ringing end; what a database in trouble holds up is left lying."""
        self._stopping = True
        if self._apscheduler.running:
            self._apscheduler.pause()
            if self._under_way:
                _, late = await asyncio.wait(self._under_way, timeout=self._goodbye_seconds)
                await _cancelled(late)
            self._apscheduler.shutdown(wait=False)

    def _every(self, seconds: float, look: Callable[[], Awaitable[object]]) -> None:
        """Have something looked after for as long as we run; a look that takes longer is not overtaken."""
        one_at_a_time = asyncio.Lock()

        async def job() -> None:
            task = asyncio.current_task()
            if self._stopping or task is None or one_at_a_time.locked():
                return
            self._under_way.add(task)
            task.add_done_callback(self._under_way.discard)
            async with one_at_a_time:
                try:
                    await look()
                except asyncio.CancelledError:
                    log.warning("left lying at the end", action="scheduler.left", what=look.__name__)

        # The second instance sees the first and goes: APScheduler would write a line each time it skips one.
        always = {"coalesce": True, "max_instances": 2, "misfire_grace_time": None}
        self._apscheduler.add_job(job, "interval", seconds=seconds, **always)

    async def leave(self) -> None:
        """Last of all: nothing of ours is under way any more."""
        if self._beats:
            await _cancelled([self._beats])
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(self._goodbye_seconds):
                await self.beating.attempt(self._heartbeat.stop)

    async def _beat_on(self) -> None:
        while True:
            await asyncio.sleep(self._beat_seconds)
            await self.beating.attempt(self._heartbeat.look)

    async def ring(self) -> None:
        """Ring what is due, oldest first; each in its own transaction, so that one that fails stops no other. It is
        tried again after a while."""
        await self.ringing.attempt(self._ring_due)
        await self.sweeping.attempt(self._inbox_worker.sweep)

    async def _ring_due(self) -> None:
        now = self._clock.now()
        if await self._database.read(lambda uow: self._current.of(uow, now)) is not self._set_up_for:
            await self.set_up()
        for timer in await self._database.read(lambda uow: uow.timers.due(now)):
            if self._ailing.get(timer, now) <= now:
                with traced(), span("ring", kind=timer.kind):
                    await self._try(timer)

    async def _try(self, timer: Timer) -> None:
        try:
            await self._ring_one(timer)
            self._ailing.pop(timer, None)
        except Exception as error:
            if is_trouble(error):
                raise
            self._ailing[timer] = self._clock.now() + AGAIN
            log.exception("a timer failed", action="timer.failed", kind=timer.kind, subject=timer.subject)

    async def _ring_one(self, timer: Timer) -> None:
        def unit(uow: UnitOfWork) -> None:
            ring(self._current.turn(uow, self._clock.now()), timer)
            uow.commit()

        if timer.kind in LOOKED_AHEAD:
            await self._prepare(timer)
        await self._database.write(unit)
        log.info("timer rang", action="timer.rang", kind=timer.kind, subject=timer.subject)

    async def _prepare(self, timer: Timer) -> None:
        """Look ahead, and write what is much in parts: others have the plan between them. Where so much happens
        meanwhile that it has to be looked at again and again, the rest is written at once."""
        for _ in range(LOOKS):
            if not await self._database.read(lambda uow: look_ahead(self._current.turn(uow, self._clock.now()), timer)):
                return
            if await self._write_parts(timer):
                return

    async def _write_parts(self, timer: Timer) -> bool:
        """False: not all was written, for something has happened meanwhile."""
        written, following = -1, 0
        while written < following:
            written = following
            after = await self._database.write(partial(self._part, timer=timer, first=written))
            if after is None:
                return False
            following = after
        return True

    def _part(self, uow: UnitOfWork, timer: Timer, first: int) -> int | None:
        after = write_part(self._current.turn(uow, self._clock.now()), timer, first)
        uow.commit()
        return after

    async def set_up(self) -> None:
        """Set the timers that the settings in force ask for; what is not kept is set again by the next ring."""
        self._set_up_for = await self._database.write(self._set_timers)

    def _set_timers(self, uow: UnitOfWork) -> Environment:
        turn = self._current.turn(uow, self._clock.now())
        uow.plans.lock()
        set_digests(turn)
        set_readiness(turn)
        set_scans(turn)
        set_weeks(turn)
        set_weekly_baseline(turn)
        set_asks(turn)
        set_sync(turn)
        give_ends(turn)
        rules_moved(turn)
        set_up_sources(turn)
        watch_all(turn)
        recount(turn)
        uow.commit()
        return turn.environment


async def _cancelled(tasks: Collection[asyncio.Task[Any]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
