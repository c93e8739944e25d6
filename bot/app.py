"""The composition root: the only place where the parts are put together. `run.py` and the tests use it alike."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace

import structlog
from fastapi import FastAPI

from bot.channels.common.channel import Channel, Inbound
from bot.channels.common.directory import DirectoryReader
from bot.channels.common.held import Held, standing_by
from bot.channels.common.log_in import LogIn
from bot.channels.common.platform import Site
from bot.clock import Clock, SystemClock
from bot.current import Current
from bot.delivery.delivery import Delivery
from bot.directory_worker import DirectoryWorker
from bot.environment import environment_of
from bot.inbox_worker import InboxWorker
from bot.kept_settings import opened
from bot.language_model.asking import Asking, Fuse
from bot.language_model.client import ChatModel
from bot.plans.dispatch import Dispatch
from bot.plans.running_plan import RunningPlan
from bot.scheduler import Scheduler
from bot.settings import Settings
from bot.settings.plans import of_each_plan
from bot.shared_pace import SharedPace
from bot.warm_up import warm_up
from bot.web import Served, create_web
from handlers.turn import Environment
from storage.database import Database
from storage.maintenance.migrate import upgrade

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Service:
    """Everything that runs, wired. `web` serves the callbacks, the API and the health of it."""

    settings: Settings
    clock: Clock
    plans: tuple[RunningPlan, ...]
    channels: Mapping[str, Channel]
    log_ins: Mapping[str, LogIn]
    inbound: Inbound
    web: FastAPI
    language_model: ChatModel | None = None

    @property
    def environment(self) -> Environment:
        """Of the plan, or of the first of several; as are the next ones."""
        return self.plans[0].environment

    @property
    def database(self) -> Database:
        return self.plans[0].database

    @property
    def inbox_worker(self) -> InboxWorker:
        return self.plans[0].inbox_worker

    @property
    def delivery(self) -> Delivery:
        return self.plans[0].delivery

    @property
    def scheduler(self) -> Scheduler:
        return self.plans[0].scheduler

    def of_plan(self, plan_id: str) -> RunningPlan:
        return next(plan for plan in self.plans if plan.id == plan_id)


def build(settings: Settings, clock: Clock | None = None, *, migrate: bool = True) -> Service:
    """Open the database (bringing its tables up to date first) and wire the service; nothing is connected yet. What
    one process holds at a time is held in the name of the plan with the first id, in whatever order the settings name
    them.

    Raises `storage.connection.lock.InUse` when another process owns the SQLite file, or SettingsError when the settings
    that the database keeps cannot be used.
    """
    clock, url = clock or SystemClock(), settings.database.url.get_secret_value()
    if migrate:
        upgrade(url)
    each = of_each_plan(settings)
    first = Database(url, each[0].plan.id)
    in_force = opened(settings, first, clock.now())
    if in_force:
        settings = in_force.settings
        each = of_each_plan(settings)
    databases = (first, *(first.of_plan(one.plan.id) for one in each[1:]))
    currents = in_force.current if in_force else {one.plan.id: Current(environment_of(one)) for one in each}
    channels = _channels(settings, clock, min(databases, key=lambda one: one.plan_id))
    home = in_force.home if in_force else ""
    readers = _readers(settings, _site(settings, clock, min(databases, key=lambda one: one.plan_id))) if home else {}
    model, fuse = _language_model(settings), Fuse()
    plans = tuple(
        _plan(
            one, currents[one.plan.id], database, clock, channels, readers if one.plan.id == home else {}, model, fuse
        )
        for one, database in zip(each, databases, strict=True)
    )
    served = [Served(plan.current, plan.database, plan.loops, plan.inbox_worker.refused_unwritten) for plan in plans]
    own, *others = served
    log_ins = _log_ins(settings, clock)
    web = create_web(settings, own.current, clock, own.database, channels, own.loops, others, own.refused, log_ins)
    inbound = Dispatch(plans) if len(plans) > 1 else plans[0].inbox_worker
    return Service(settings, clock, plans, channels, log_ins, inbound, web, model)


def _plan(
    settings: Settings, current: Current, database: Database, clock: Clock, channels: Mapping[str, Channel],
    readers: Mapping[str, DirectoryReader], model: ChatModel | None, fuse: Fuse,
) -> RunningPlan:  # fmt: skip
    asking = Asking(model, fuse, database, current, clock) if model else None
    inbox_worker = InboxWorker(database, current, clock, asking)
    delivery = Delivery(database, current, clock, channels, elsewhere=lambda: standing_by(channels))
    database.outgoing = delivery
    directories = DirectoryWorker(database, current, clock, readers)
    errands = [directories.look] if readers else []
    scheduler = Scheduler(database, current, clock, inbox_worker, settings.retention.inbox_days, errands=errands)
    return RunningPlan(settings, current, database, inbox_worker, delivery, scheduler, directories)


def _language_model(settings: Settings) -> ChatModel | None:
    return ChatModel.of(settings.language) if settings.language else None


def _site(settings: Settings, clock: Clock, database: Database) -> Site:
    """What every platform gets; where several processes call it, with turns."""
    site = settings.site(clock.now)
    return site if database.is_alone else replace(site, turn=SharedPace(database).turn)


def _readers(settings: Settings, site: Site) -> Mapping[str, DirectoryReader]:
    """Readers of the directories that there are, by platform."""
    found = {platform.name: platform.directory(section, site) for platform, section in settings.set_up()}
    return {name: reader for name, reader in found.items() if reader}


def _channels(settings: Settings, clock: Clock, database: Database) -> Mapping[str, Channel]:
    """Channels by the prefix of the conversations they serve; of one connection, where several processes may serve,
    the one that holds it is connected."""
    site = _site(settings, clock, database)
    found = (channel for platform, section in settings.set_up() for channel in platform.channels(section, site))
    return {channel.traits.prefix: _shared(channel, database) for channel in found}


def _log_ins(settings: Settings, clock: Clock) -> Mapping[str, LogIn]:
    """Ways to log in to the pages, by platform; none where the pages have no address to come back to."""
    if not settings.server.public_url:
        return {}
    site = settings.site(clock.now)
    found = {platform.name: platform.log_in(section, site) for platform, section in settings.set_up()}
    return {name: way for name, way in found.items() if way}


def _shared(channel: Channel, database: Database) -> Channel:
    if database.is_alone or not channel.traits.one_connection:
        return channel
    return Held(channel, database.exclusive(channel.traits.prefix))


@asynccontextmanager
async def running(service: Service) -> AsyncIterator[Service]:
    """Take up what was left lying, connect the channels, bring the plan into memory, deliver, ring; at the end finish
    what is on its way and close the database."""
    delivering: list[asyncio.Task[None]] = []
    try:
        for plan in service.plans:
            await plan.scheduler.take_up()
            delivering.append(asyncio.create_task(plan.delivery.run(), name=f"delivery-{plan.id}"))
        for channel in service.channels.values():
            await channel.start(service.inbound)
        for plan in service.plans:
            await warm_up(plan.database, plan.environment)
            await plan.scheduler.start()
            log.info("Tongpan runs", action="service.started", plan=plan.id)
        yield service
    finally:
        await asyncio.gather(*(plan.scheduler.stop() for plan in service.plans))
        await asyncio.gather(*(plan.delivery.stop() for plan in service.plans))
        await asyncio.gather(*delivering)
        for channel in service.channels.values():
            await channel.stop()
        for way in service.log_ins.values():
            await way.stop()
        await asyncio.gather(*(plan.inbox_worker.stop() for plan in service.plans))
        if service.language_model:
            await service.language_model.close()
        await asyncio.gather(*(plan.scheduler.leave() for plan in service.plans))
        await asyncio.gather(*(plan.directories.stop() for plan in service.plans))
        await asyncio.to_thread(service.database.close)
