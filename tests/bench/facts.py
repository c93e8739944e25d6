"""Reports and readiness where a large plan is served: from the request to the answer, and a click meanwhile."""

import asyncio
import gc
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

import httpx
from sqlalchemy import insert

from bot.app import Service, build
from bot.clock import MovableClock
from bot.platforms import PLATFORMS
from bot.serve import SWITCH_SECONDS
from bot.settings import Settings, settings_of
from handlers.govern.readiness import in_turn, readiness_of
from handlers.kept_outlook import KeptOutlook
from handlers.kept_readiness import KeptReadiness
from handlers.kept_scan import KeptScan
from handlers.lifecycle.count_stock import count_stock
from handlers.lifecycle.scan import full_scan, look_ahead, scan_part
from handlers.turn import Environment, Turn
from planning.control.rules import HAPPENS, Act, Rule
from planning.facts.report import Report, ReportKind
from planning.plan.plan import Plan
from planning.plan.revision import Revision
from planning.readiness.shelf import Count
from storage.tables.facts import reports
from storage.unit_of_work import UnitOfWork
from tests.bench.readiness import AT, TODAY, company

TOKEN = "bench-token"
REPORTS, PASSES, BATCH = 60, 5, 1_000
NOW = datetime(TODAY.year, TODAY.month, TODAY.day, 6, tzinfo=UTC)
LATE = datetime(TODAY.year, TODAY.month, TODAY.day, 7, tzinfo=UTC)
ACTING = tuple(Rule(f"on-{event.value}", event, None, act=Act.EXCEPTION) for event in HAPPENS)
"""A rule for everything that happens by itself."""
Post = Callable[[str, Any], Awaitable[float]]
Work = Callable[[], Awaitable[float]]


def facts(size: int) -> None:
    plan = company(size)
    sys.setswitchinterval(SWITCH_SECONDS)  # as where it is served
    told = f"{len(plan.items):,} items, {len(plan.links):,} links and {size // 2:,} reports"
    print(f"\nA process that serves {told}, SQLite")
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(_measure(plan, size // 2, Path(folder)))


async def _measure(plan: Plan, reported: int, folder: Path) -> None:
    service = build(_settings(folder), MovableClock(LATE))
    await service.database.write(lambda uow: bring(uow, service, plan, reported))
    transport = httpx.ASGITransport(service.web)
    async with httpx.AsyncClient(transport=transport, base_url="http://bench", timeout=900) as client:

        async def post(path: str, body: Any) -> float:
            begun = time.perf_counter()
            answer = await client.post(path, json=body, headers={"Authorization": f"Bearer {TOKEN}"})
            answer.raise_for_status()
            return (time.perf_counter() - begun) * 1000

        orders = [item.code for item in plan.items.values() if item.type == "production"]
        bought = iter([item.code for item in plan.items.values() if item.type == "purchase"][reported:])
        first = await _whole(service, orders)
        gc.freeze()
        print(f"  every order for the first time, with all reports read: {first:,.0f} ms")
        await post("/api/v1/reports", _arrival(next(bought)))
        taken, after = list[float](), list[float]()
        for _ in range(REPORTS):
            taken.append(await post("/api/v1/reports", _arrival(next(bought))))
            after.append(await _whole(service, orders))
        print(f"  a report until it is answered: {_quantiles(taken)}")
        print(f"  every order again after it, what it touches worked out anew: {_quantiles(after)}")
        await _beside(service, "whole passes", lambda: _whole(service, orders, anew=True), post, bought)
        await _beside(service, "full scans", lambda: _scan(service), post, bought)
        rules = replace(service.environment, rules=ACTING)
        await _beside(service, "full scans with rules that act", lambda: _scan(service, rules), post, bought)
        await _first_scan(service)
        for name, rows in _batches(plan, orders):
            begun = time.process_time()
            took, clicks = await _clicked(service, partial(post, "/api/v1/reports", rows))
            used = (time.process_time() - begun) * 1000
            print(f"  a call of {len(rows):,} reports {name}: {took:,.0f} ms ({used:,.0f} of CPU, the clicks' with it)")
            print(f"  a unit that writes beside it: {_quantiles(clicks)}", flush=True)
    await asyncio.to_thread(service.database.close)


async def _beside(service: Service, name: str, work: Work, post: Post, bought: Iterator[str]) -> None:
    """Units that write, and reports, one after another, while a thread beside them works all of it out from nothing."""
    quiet = [await _write(service) for _ in range(REPORTS)]
    passes, done = list[float](), asyncio.Event()

    async def from_nothing() -> None:
        for _ in range(PASSES):
            passes.append(await work())
        done.set()

    task = asyncio.create_task(from_nothing())
    clicks, reports_ = list[float](), list[float]()
    while not done.is_set():
        clicks.append(await _write(service))
        reports_.append(await post("/api/v1/reports", _arrival(next(bought))))
        await asyncio.sleep(0.02)
    await task
    print(f"  a unit that writes, as a click's: {_quantiles(quiet)}")
    print(f"  the same beside {PASSES} {name}: {_quantiles(clicks)}")
    each = statistics.median(passes)
    print(f"  a report beside them: {_quantiles(reports_)}; each of them: {each:,.0f} ms", flush=True)


async def _first_scan(service: Service) -> None:
    """Of a plan whose items nobody owns: so many rows that they are written in parts, clicks between them."""
    parts = list[float]()

    async def scan() -> float:
        begun = time.perf_counter()
        await service.database.read(lambda uow: look_ahead(Turn(uow, LATE, service.environment), LATE))
        first, after = -1, 0
        while first < after:
            first = after
            took, written = await service.database.write(partial(_part, service, first))
            after = first if written is None else written
            parts.append(took)
        parts.append(await service.database.write(partial(_end, service)))
        return (time.perf_counter() - begun) * 1000

    took, clicks = await _clicked(service, scan)
    print(f"  the first scan of all: {took:,.0f} ms, in parts: {_quantiles(parts)}")
    print(f"  a unit that writes beside it: {_quantiles(clicks)}", flush=True)


def _part(service: Service, first: int, uow: UnitOfWork) -> tuple[float, int | None]:
    begun = time.perf_counter()
    uow.plans.lock()
    after = scan_part(Turn(uow, LATE, service.environment), LATE, first)
    uow.finish()
    uow.commit()
    return (time.perf_counter() - begun) * 1000, after


def _end(service: Service, uow: UnitOfWork) -> float:
    begun = time.perf_counter()
    uow.plans.lock()
    full_scan(Turn(uow, LATE, service.environment), LATE)
    uow.finish()
    uow.commit()
    return (time.perf_counter() - begun) * 1000


async def _clicked(service: Service, work: Work) -> tuple[float, list[float]]:
    """How long some work takes, and the clicks meanwhile."""
    task, clicks = asyncio.ensure_future(work()), list[float]()
    while not task.done() or len(clicks) < 2:
        clicks.append(await _write(service))
        await asyncio.sleep(0.02)
    return await task, clicks


async def _write(service: Service) -> float:
    """What a click costs before its own work: the plan locked and read, one row written."""

    def unit(uow: UnitOfWork) -> None:
        uow.plans.lock()
        Turn(uow, LATE, service.environment).plan()
        uow.counts.add([])
        uow.commit()

    begun = time.perf_counter()
    await service.database.write(unit, first=True)
    return (time.perf_counter() - begun) * 1000


async def _whole(service: Service, orders: Sequence[str], *, anew: bool = False) -> float:
    known = service.environment
    environment = replace(known, readiness=KeptReadiness()) if anew else known

    def work(uow: UnitOfWork) -> float:
        begun = time.perf_counter()
        turn = Turn(uow, LATE, environment)
        in_turn(readiness_of(turn, turn.plan(), orders), orders)
        return (time.perf_counter() - begun) * 1000

    return await service.database.read(work)


async def _scan(service: Service, environment: Environment | None = None) -> float:
    """What a full scan looks for before it has the plan to itself, nothing known."""
    known = environment or service.environment
    anew = replace(known, readiness=KeptReadiness(), outlooks=KeptOutlook(), scans=KeptScan())

    def work(uow: UnitOfWork) -> float:
        begun = time.perf_counter()
        look_ahead(Turn(uow, LATE, anew), LATE)
        return (time.perf_counter() - begun) * 1000

    return await service.database.read(work)


def _batches(plan: Plan, orders: Sequence[str]) -> Iterator[tuple[str, list[dict[str, object]]]]:
    said = {"kind": "quantity", "good": 0.001}
    late = [code for code in orders if plan.items[code].quantity][-BATCH:]
    yield "of one item", [{"item": late[-1], **said}] * BATCH
    yield "of as many items", [{"item": code, **said} for code in late]


def _arrival(code: str) -> list[dict[str, object]]:
    return [{"item": code, "kind": "arrival", "good": 1}]


def _quantiles(taken: Sequence[float]) -> str:
    p99 = statistics.quantiles(taken, n=100, method="inclusive")[98]
    return f"{statistics.median(taken):,.1f} ms median, {p99:,.1f} p99 of {len(taken)}"


def bring(uow: UnitOfWork, service: Service, plan: Plan, reported: int) -> None:
    uow.plans.create(plan)
    uow.revisions.append(Revision.after(None, plan.id, "import", NOW, "bench", "content"))
    products = sorted({item.product for item in plan.items.values() if item.product})
    counts = [Count(name, Decimal(400), AT, Decimal(50)) for name in products]
    count_stock(Turn(uow, NOW, service.environment), counts, "api:bench")
    purchases = [item for item in plan.items.values() if item.type == "purchase"][:reported]
    rows = [
        Report(f"RP-20261202-{n:03}", item.code, ReportKind.ARRIVAL, TODAY, NOW, Decimal(25), by="bench")
        for n, item in enumerate(purchases, 1)
    ]
    told = [{name: getattr(row, name) for name in Report.__slots__} for row in rows]
    written = [{"plan_id": plan.id, "number": n, **one, "kind": one["kind"].value} for n, one in enumerate(told, 1)]
    uow._connection.execute(insert(reports), written)
    uow.commit()


def _settings(folder: Path) -> Settings:
    return settings_of(PLATFORMS).model_validate(
        {
            "database": {"url": f"sqlite:///{folder / 'plan.db'}"},
            "plan": {"id": "main"},
            "limits": {"api_per_minute": 0},
            "api": {"tokens": [{"name": "bench", "token": TOKEN, "scopes": ["read", "report"]}]},
        }
    )
