"""The composition root: the only place where the parts are put together. `run.py` and the tests use it alike."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace

import structlog
from fastapi import FastAPI

from bot.channels.common.channel import Channel
from bot.channels.common.held import Held, standing_by
from bot.clock import Clock, SystemClock
from bot.delivery.delivery import Delivery
from bot.environment import environment_of
from bot.inbox_worker import InboxWorker
from bot.scheduler import Scheduler
from bot.settings import Settings
from bot.shared_pace import SharedPace
from bot.warm_up import warm_up
from bot.web import create_web
from handlers.turn import Environment
from storage.database import Database
from storage.migrate import upgrade

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Service:
    """Everything that runs, wired. `web` serves the callbacks, the API and the health of it."""

    settings: Settings
    environment: Environment
    clock: Clock
    database: Database
    channels: Mapping[str, Channel]
    inbox_worker: InboxWorker
    delivery: Delivery
    scheduler: Scheduler
    web: FastAPI


def build(settings: Settings, clock: Clock | None = None, *, migrate: bool = True) -> Service:
    """Open the database (bringing its tables up to date first) and wire the service; nothing is connected yet.

    Raises `storage.lock.InUse` when another process owns the SQLite file.
    """
    clock, environment, url = clock or SystemClock(), environment_of(settings), settings.database.url.get_secret_value()
    if migrate:
        upgrade(url)
    database = Database(url, settings.plan.id)
    channels = _channels(settings, clock, database)
    inbox_worker = InboxWorker(database, environment, clock)
    delivery = Delivery(database, environment, clock, channels, elsewhere=lambda: standing_by(channels))
    database.after_write.append(delivery.wake)
    scheduler = Scheduler(database, environment, clock, inbox_worker, settings.retention.inbox_days)
    loops = {"delivery": delivery.looking, **scheduler.loops}
    web = create_web(settings, environment, clock, database, channels, loops)
    return Service(settings, environment, clock, database, channels, inbox_worker, delivery, scheduler, web)


def _channels(settings: Settings, clock: Clock, database: Database) -> Mapping[str, Channel]:
    """Channels by the prefix of the conversations they serve; of one connection, where several processes may serve,
    the one that holds it is connected."""
    site = settings.site(clock.now)
    if not database.is_alone:
        site = replace(site, turn=SharedPace(database).turn)
    found = (channel for platform, section in settings.set_up() for channel in platform.channels(section, site))
    return {channel.traits.prefix: _shared(channel, database) for channel in found}


def _shared(channel: Channel, database: Database) -> Channel:
    if database.is_alone or not channel.traits.one_connection:
        return channel
    return Held(channel, database.exclusive(channel.traits.prefix))


@asynccontextmanager
async def running(service: Service) -> AsyncIterator[Service]:
    """Take up what was left lying, connect the channels, bring the plan into memory, deliver, ring; at the end finish
    what is on its way and close the database."""
    delivering = None
    try:
        await service.scheduler.take_up()
        delivering = asyncio.create_task(service.delivery.run(), name="delivery")
        for channel in service.channels.values():
            await channel.start(service.inbox_worker)
        await warm_up(service.database, service.environment)
        await service.scheduler.start()
        log.info("Tongpan runs", action="service.started", plan=service.settings.plan.id)
        yield service
    finally:
        await service.scheduler.stop()
        await service.delivery.stop()
        if delivering:
            await delivering
        for channel in service.channels.values():
            await channel.stop()
        await service.inbox_worker.stop()
        await service.scheduler.leave()
        await asyncio.to_thread(service.database.close)
