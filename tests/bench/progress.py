"""Progress by department where a large plan is served: asked for the first time, again, and after one report."""

import asyncio
import gc
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from functools import partial
from pathlib import Path

from bot.app import Service, build
from bot.clock import MovableClock
from bot.platforms import PLATFORMS
from bot.settings import settings_of
from handlers.actions.plan.import_plan import bring_in
from handlers.actions.plan.name_baseline import freeze
from handlers.govern.department_progress import week_progress
from handlers.govern.facts import outlook_of_all
from handlers.turn import Turn
from planning.facts.report import Report, ReportKind
from planning.plan.plan import Plan
from planning.plan.revision import BaselineKind
from storage.unit_of_work import UnitOfWork
from tests.bench.facts import LATE, NOW, bring
from tests.bench.readiness import TODAY, company

MOVED = 10
"""One item in so many was moved since the weekly baseline."""
RUNS = 5


def departments(size: int) -> None:
    plan = company(size)
    print(f"\nProgress by department: {size:,} items, {size // 2:,} reports, one in {MOVED} moved since the baseline")
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(_measure(plan, size // 2, Path(folder)))


async def _measure(plan: Plan, reported: int, folder: Path) -> None:
    settings = settings_of(PLATFORMS).model_validate(
        {"database": {"url": f"sqlite:///{folder / 'plan.db'}"}, "plan": {"id": "main"}}
    )
    service = build(settings, MovableClock(LATE))
    await service.database.write(lambda uow: bring(uow, service, plan, reported))
    await service.database.write(lambda uow: _moved(uow, service, plan))
    gc.freeze()
    for name, act in (("the forecast's ground", outlook_of_all), ("all departments", week_progress)):
        print(f"  {name} for the first time: {await _asked(service, act):,.0f} ms")
        again = [await _asked(service, act) for _ in range(RUNS)]
        print(f"  again: {min(again):,.0f} ms")
    after = []
    for n in range(RUNS):
        await service.database.write(partial(_report, plan=plan, n=n))
        after.append(await _asked(service, week_progress))
    print(f"  after one report: {min(after):,.0f} ms", flush=True)
    await asyncio.to_thread(service.database.close)


async def _asked(service: Service, act: Callable[[Turn, Plan], object]) -> float:
    def work(uow: UnitOfWork) -> float:
        begun = time.perf_counter()
        turn = Turn(uow, LATE, service.environment)
        act(turn, turn.plan())
        return (time.perf_counter() - begun) * 1000

    return await service.database.read(work)


def _moved(uow: UnitOfWork, service: Service, plan: Plan) -> None:
    turn = Turn(uow, NOW, service.environment)
    freeze(turn, "week", 1, BaselineKind.WEEKLY, "bench")
    items = {
        code: replace(item, finish=item.finish + timedelta(7)) if n % MOVED == 0 else item
        for n, (code, item) in enumerate(turn.plan().items.items())
    }
    bring_in(turn, replace(plan, revision=0, items=items), "plan.csv", "bench")
    uow.commit()


def _report(uow: UnitOfWork, plan: Plan, n: int) -> None:
    order = [item.code for item in plan.items.values() if item.type == "production"][n]
    uow.reports.add(Report(f"RP-20261202-9{n:05}", order, ReportKind.QUANTITY, TODAY, NOW, Decimal(25), by="bench"))
    uow.commit()
