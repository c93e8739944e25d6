"""The bot as a process of its own, which can be killed, against the simulated platforms of this one."""

import asyncio
import json
import os
import sys
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml
from fastapi import FastAPI

from bot.clock import MovableClock
from bot.company import load_company
from bot.demo import TEMPLATE, Keys, _platforms, _settings, _world
from bot.environment import environment_of
from bot.platforms import PLATFORMS
from bot.settings import settings_of
from handlers.actions.plan.import_plan import bring_in
from handlers.turn import Turn
from sandbox.dingtalk import DingTalk, Limits
from sandbox.server import serving
from sandbox.wecom import WeCom
from sandbox.world import World
from storage.database import Database
from storage.unit_of_work import UnitOfWork
from tests import ROOT
from tests.bot.channels.product import eventually
from tests.databases import migrate

READY_SECONDS = 60.0
ONCE = Limits(deliveries=1)
"""What DingTalk was not told to be safe is gone."""


@dataclass
class Bot:
    """`run.py serve`; `log` holds what it said, of all its lives."""

    folder: Path
    log: list[dict[str, object]] = field(default_factory=list)
    since: float = 0.0
    """When it was ready, by `time.monotonic`."""
    _process: asyncio.subprocess.Process | None = None
    _reading: asyncio.Task[None] | None = None
    _ready: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def is_alive(self) -> bool:
        return self._reading is not None and not self._reading.done()

    async def start(self) -> None:
        self._ready.clear()
        command = [sys.executable, str(ROOT / "run.py"), "serve"]
        quiet = {key: value for key, value in os.environ.items() if not key.lower().endswith("_proxy")}
        self._process = await asyncio.create_subprocess_exec(
            *command, cwd=self.folder, env=quiet, stderr=asyncio.subprocess.PIPE, limit=2**24
        )
        assert self._process.stderr is not None
        self._reading = asyncio.create_task(self._read(self._process.stderr))
        async with asyncio.timeout(READY_SECONDS):
            await self._ready.wait()

    async def kill(self) -> None:
        """SIGKILL: nothing is finished, nothing is said."""
        await self._end("kill")

    async def stop(self) -> int:
        """SIGTERM; its exit status."""
        return await self._end("terminate")

    async def _end(self, how: str) -> int:
        assert self._process is not None
        assert self._reading is not None
        if self._process.returncode is None:
            getattr(self._process, how)()
        async with asyncio.timeout(READY_SECONDS):
            await self._reading
            return await self._process.wait()

    async def _read(self, said: asyncio.StreamReader) -> None:
        async for line in said:
            try:
                entry = json.loads(line)
            except ValueError:  # a sentence for whoever started it
                entry = {"event": line.decode()}
            self.log.append(entry)
            if entry.get("action") == "service.listening":
                self.since = time.monotonic()
                self._ready.set()


@dataclass(frozen=True)
class Town:
    bot: Bot
    world: World
    dingtalk: DingTalk
    wecom: WeCom
    database_url: str

    def answers(self, room: str) -> list[str]:
        return [row.text for row in self.world.timeline(room) if row.sender == "bot" and row.text]

    def is_safe(self, frame: Mapping[str, Any]) -> bool:
        """DingTalk was told that we have it."""
        return self.dingtalk.gateway.is_settled(frame["headers"]["messageId"])

    async def connected(self) -> None:
        await eventually(lambda: self.dingtalk.connected and self.wecom.connected, READY_SECONDS)

    async def dingtalk_connected(self, connections: int = 1) -> None:
        await eventually(lambda: self.dingtalk.connected >= connections, READY_SECONDS)


@asynccontextmanager
async def town(
    folder: Path,
    database_url: str = "",
    limits: Limits = ONCE,
    *,
    make: Callable[[Path], Bot] = Bot,
    settings: Mapping[str, Mapping[str, object]] | None = None,
) -> AsyncIterator[Town]:
    """The demo's company with its plan, and a bot that is not started yet. `limits`: DingTalk's; `settings` are added
    to its sections."""
    clock, keys = MovableClock(), Keys.fresh()
    url = database_url or f"sqlite:///{folder / 'plan.db'}"
    outer = FastAPI(openapi_url=None)
    async with serving(outer) as address:
        document = _settings(address, url, keys)
        document["server"] = {"port": 0, "public_url": address}
        for section, values in (settings or {}).items():
            document[section] = {**document.get(section, {}), **values}  # type: ignore[dict-item]
        (folder / "config.yaml").write_text(yaml.safe_dump(document, allow_unicode=True), encoding="utf-8")
        company = load_company(datetime.now(UTC).astimezone(ZoneInfo("Asia/Shanghai")).date())
        world = _world(company, clock)
        _, wecom = _platforms(world, keys, address)
        dingtalk = DingTalk(
            world, client_id="dingdemo", client_secret=keys.dingtalk, template_ids={TEMPLATE}, limits=limits
        )
        for path, app in (("/sandbox/dingtalk", dingtalk.app), ("/sandbox/wecom", wecom.app)):
            outer.mount(path, app)
        environment = environment_of(settings_of(PLATFORMS).model_validate(document))

        def seed(uow: UnitOfWork) -> None:
            bring_in(Turn(uow, clock.now(), environment), company.plan, company.name, "demo")
            uow.commit()

        migrate(url)
        database = Database(url, str(document["plan"]["id"]))  # type: ignore[index]
        database.write_now(seed)
        database.close()
        bot = make(folder)
        try:
            yield Town(bot, world, dingtalk, wecom, url)
        finally:
            if bot.is_alive:
                await bot.kill()
            await dingtalk.close()
            await wecom.close()
