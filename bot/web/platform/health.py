"""GET /healthz and /readyz: does the process live, and can it work."""

import asyncio
from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, Field

from bot.channels.common.held import standing_by
from bot.lasting_trouble import LastingTrouble
from bot.web.platform.dependencies import Desk, loops_of
from bot.web.platform.problem import Problem, described
from storage.connection.compatibility import Tables
from storage.connection.same_file import Moved
from storage.unit_of_work import UnitOfWork

router = APIRouter(tags=["运维 | operation"])
PATIENCE = 8.0
"""Seconds a database may take to answer; SQLite waits five for a lock."""
FAILURES = 3
"""Failures of a loop in a row that are told."""


class Status(BaseModel):
    status: str = Field(examples=["ok"])


class Ready(Status):
    tables: str = Field("current", description="beside：更新版本的表，还能用 | a newer program's, fit for this")
    standby: list[str] = Field([], description="由另一个进程连着的通道 | channels another process is connected with")


class Readiness:
    """Looks at the database once at a time, however often it is asked: a dead server must not use up the threads."""

    def __init__(self, desks: Mapping[str, Desk]) -> None:
        """The plans are in one database: it is looked at by way of the first."""
        self._desk, self._loops = next(iter(desks.values())), loops_of(desks)
        self._trouble = LastingTrouble("the database is not ready", "database.away")
        self._looking: asyncio.Task[str] | None = None
        self.tables = Tables.CURRENT
        """Age of the tables, when somebody looked last."""

    @property
    def standby(self) -> list[str]:
        """Channels that another process is connected with; ours takes over when that ends."""
        return sorted(standing_by(self._desk.channels))

    async def missing(self) -> dict[str, str]:
        """Parts that are not ready, a sentence each; empty: ready."""
        database = await self._database()
        words = self._desk.environment.words
        failing = {name: loop.failures for name, loop in self._loops.items() if loop.failures >= FAILURES}
        troubles = {name: words("problem.ready.loop", loop=name, count=count) for name, count in failing.items()}
        troubles |= {name: channel.trouble() for name, channel in self._desk.channels.items()}
        found = {database: words(f"problem.ready.{database}")} if database else {}
        return found | {name: trouble for name, trouble in troubles.items() if trouble}

    async def _database(self) -> str:
        if self._looking is None or self._looking.done():
            self._looking = asyncio.create_task(asyncio.to_thread(self._look))
        try:
            async with asyncio.timeout(PATIENCE):
                return await asyncio.shield(self._looking)
        except TimeoutError:
            return "database"

    def _look(self) -> str:
        """What is wrong with the database: empty, or the name of a sentence."""
        database, wrong = self._desk.database, "database"
        try:
            database.ping()
            self.tables = database.tables()
            if not self.tables.are_usable:
                return "newer" if self.tables is Tables.NEWER else "migrations"
            wrong = "writing"
            database.write_now(self._beat)
        except Exception as error:
            self._trouble.met(error)
            return "moved" if isinstance(error, Moved) else wrong
        self._trouble.over()
        return ""

    def _beat(self, uow: UnitOfWork) -> None:
        """Write something, to the disk."""
        uow.processes.beat(uow.owner, self._desk.clock.now())
        uow.commit()


def _readiness(request: Request) -> Readiness:
    readiness: Readiness = request.app.state.readiness
    return readiness


@router.get("/healthz", summary="进程在 | The process lives")
async def healthz() -> Status:
    return Status(status="ok")


@router.get(
    "/readyz",
    responses=described(503),
    response_model_exclude_defaults=True,
    summary="数据库和各通道都能用 | Database and channels work",
)
async def readyz(readiness: Annotated[Readiness, Depends(_readiness)]) -> Ready:
    """503 的 errors 列出没有就绪的 | The errors of a 503 list what is not ready."""
    missing = await readiness.missing()
    if missing:
        listed = [{"at": at, "detail": sentence} for at, sentence in missing.items()]
        raise Problem(503, "not-ready", " ".join(missing.values()), extra={"errors": listed})
    return Ready(status="ready", tables=readiness.tables, standby=readiness.standby)
