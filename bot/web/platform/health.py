"""GET /healthz and /readyz: does the process live, and can it work."""

import asyncio
from typing import Annotated

import structlog
from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, Field

from bot.web.platform.dependencies import Desk
from bot.web.platform.problem import Problem, described

router = APIRouter(tags=["运维 | operation"])
PATIENCE = 5.0
"""Seconds a database may take to answer."""
log = structlog.get_logger()


class Status(BaseModel):
    status: str = Field(examples=["ok"])


class Readiness:
    """Looks at the database once at a time, however often it is asked: a dead server must not use up the threads."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._looking: asyncio.Task[str] | None = None

    async def missing(self) -> dict[str, str]:
        """Parts that are not ready, a sentence each; empty: ready."""
        database = await self._database()
        troubles = {name: channel.trouble() for name, channel in self._desk.channels.items()}
        found = {database: self._desk.environment.words(f"problem.ready.{database}")} if database else {}
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
        try:
            self._desk.database.ping()
            return "" if self._desk.database.is_current() else "migrations"
        except Exception as error:
            # Only its kind: a driver's message may hold the address, and that a password.
            log.warning("the database does not answer", action="database.away", error=type(error).__name__)
            return "database"


def _readiness(request: Request) -> Readiness:
    readiness: Readiness = request.app.state.readiness
    return readiness


@router.get("/healthz", summary="进程在 | The process lives")
async def healthz() -> Status:
    return Status(status="ok")


@router.get("/readyz", responses=described(503), summary="数据库和各通道都能用 | Database and channels work")
async def readyz(readiness: Annotated[Readiness, Depends(_readiness)]) -> Status:
    """503 的 errors 列出没有就绪的 | The errors of a 503 list what is not ready."""
    missing = await readiness.missing()
    if missing:
        listed = [{"at": at, "detail": sentence} for at, sentence in missing.items()]
        raise Problem(503, "not-ready", " ".join(missing.values()), extra={"errors": listed})
    return Status(status="ready")
