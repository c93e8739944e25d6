"""A what-if on a live plan, asked over the API: the whole request, from the body to the answer."""

import asyncio
import gc
import statistics
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import httpx

from bot.app import Service, build
from bot.clock import MovableClock
from bot.platforms import PLATFORMS
from bot.settings import Settings, settings_of
from planning.plan.operation import Op, Operation
from planning.plan.plan import Plan
from planning.plan.revision import Revision
from planning.schedule.assess import assess
from storage.unit_of_work import UnitOfWork
from tests.bench.plans import DELAY, TODAY, Graph, code

TOKEN = "bench-token"
NOW = datetime(TODAY.year, TODAY.month, TODAY.day, 1, tzinfo=UTC)
CONES = (10, 100, 1_000, 10_000)
TIMES = 9


def what_if(size: int) -> None:
    """Medians of the request as it is, and of the first request after another change was applied."""
    print(f"\nPOST /api/v1/impact on a live plan of {size:,} items in SQLite; milliseconds, median of {TIMES}")
    print(f"{'cone':>10}{'lines':>10}{'what-if':>12}{'after a change':>18}")
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(_measure(size, Path(folder)))


async def _measure(size: int, folder: Path) -> None:
    graph = Graph.of(size)
    service = build(_settings(folder), MovableClock(NOW))
    await service.database.write(lambda uow: _bring(uow, graph.plan()))
    transport = httpx.ASGITransport(service.web)
    async with httpx.AsyncClient(transport=transport, base_url="http://bench") as client:
        await _ask(client, code(0), 2)
        gc.freeze()
        for cone in (cone for cone in CONES if cone < size):
            node = graph.with_cone(cone)
            wanted = code(node), graph.durations[node] + DELAY
            lines, still = await _median(client, *wanted)
            _, after = await _median(client, *wanted, service=service, elsewhere=code(size - 1))
            print(f"{cone:>10,}{lines:>10,}{still:>12.1f}{after:>18.1f}", flush=True)
    await asyncio.to_thread(service.database.close)


async def _median(
    client: httpx.AsyncClient, item: str, duration: int, *, service: Service | None = None, elsewhere: str = ""
) -> tuple[int, float]:
    """How many lines the answer has, and how long it took; with `service`, each time just after a change elsewhere."""
    taken: list[float] = []
    lines = 0
    for _ in range(TIMES):
        if service is not None:
            await service.database.write(lambda uow: _apply(uow, service, [Operation(elsewhere, Op.SHIFT, 1)]))
        begun = time.perf_counter()
        lines = await _ask(client, item, duration)
        taken.append((time.perf_counter() - begun) * 1000)
    return lines, statistics.median(taken)


async def _ask(client: httpx.AsyncClient, item: str, duration: int) -> int:
    body = {"operations": [{"item": item, "op": "set_duration", "to": duration}]}
    answer = await client.post("/api/v1/impact", json=body, headers={"Authorization": f"Bearer {TOKEN}"})
    answer.raise_for_status()
    return len(answer.json()["lines"])


def _bring(uow: UnitOfWork, plan: Plan) -> None:
    uow.plans.create(plan)
    uow.revisions.append(Revision.after(None, plan.id, "import", NOW, "bench", "content"))
    uow.commit()


def _apply(uow: UnitOfWork, service: Service, operations: Sequence[Operation]) -> None:
    """What an approved change request does to the plan."""
    plan = uow.plans.load()
    impact = assess(plan, operations, TODAY, service.environment.networks.of(plan))
    revision = Revision.after(uow.revisions.head(), plan.id, "CR", NOW, "bench", impact.hash)
    uow.revisions.append(revision, impact.lines)
    uow.plans.apply(impact, revision.number)
    uow.commit()


def _settings(folder: Path) -> Settings:
    return settings_of(PLATFORMS).model_validate(
        {
            "database": {"url": f"sqlite:///{folder / 'plan.db'}"},
            "plan": {"id": "bench"},
            "api": {"tokens": [{"name": "bench", "token": TOKEN, "scopes": ["read"]}]},
        }
    )
