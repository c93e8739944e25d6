"""Pages of a large plan, and clicks while two hundred people read them."""

import asyncio
import gc
import os
import re
import statistics
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import count
from zoneinfo import ZoneInfo

import httpx

from bot.clock import MovableClock
from bot.current import Current
from bot.inbox_worker import InboxWorker
from bot.platforms import PLATFORMS
from bot.settings import settings_of
from bot.warm_up import warm_up
from bot.web import create_web
from cards.action import Verb
from cards.words import Words
from handlers.inbound.commands import COMMANDS
from handlers.turn import Environment, Turn
from planning.people.web_access import WebSession, hash_of, standing_of
from storage.database import Database
from storage.delivery.cards import CardRow
from storage.maintenance.migrate import upgrade
from tests.bench.measure import logging_nowhere
from tests.bench.plans import code
from tests.bench.questions import NOW, bring, click, company
from tests.small_company import TRAITS

READERS, PAUSE, A_SECOND = 200, 10.0, 20
"""People; seconds between two pages of one of them; decisions."""
TOKEN = "bench"
ELEMENT = re.compile(r"<[a-z]")


@dataclass(frozen=True)
class Site:
    pages: httpx.AsyncClient
    worker: InboxWorker
    cards: list[tuple[CardRow, str]]


def windows(size: int) -> None:
    """The first answer of each page and the next ones, of a plan that is in memory: milliseconds, bytes, elements."""
    print(f"\nPages of {size:,} items, SQLite: best of five after the first; load {os.getloadavg()[0]:.1f}")
    print(f"{'':34}{'first, ms':>12}{'next, ms':>12}{'of it CPU':>12}{'bytes':>12}{'elements':>12}")
    with tempfile.TemporaryDirectory() as folder, logging_nowhere():
        asyncio.run(_windows(folder, size))


async def _windows(folder: str, size: int) -> None:
    paths = (
        "/gantt?days=56", "/gantt?days=731&status=all", f"/gantt/rows?days=731&status=all&at={size // 2}",
        f"/gantt/rows?days=731&status=all&at={size - 120}", "/board", "/board?by=department", "/board?late=1",
        "/overview", "/changes", "/readiness", "/exceptions", f"/items/{code(size // 2)}",
    )  # fmt: skip
    async with _site(folder, size, 1) as site:
        for path in paths:
            first, _, text = await _open(site, path)
            tries = [await _open(site, path) for _ in range(5)]
            best, cpu = min(wall for wall, _, _ in tries), min(cpu for _, cpu, _ in tries)
            cells = f"{first:>12.0f}{best:>12.1f}{cpu:>12.1f}{len(text.encode()):>12,}{len(ELEMENT.findall(text)):>12,}"
            print(f"{path:34}{cells}", flush=True)


def decisions_beside_readers(size: int, decisions: int) -> None:
    """Readers open overview, board, chart, rows, requests and items in turns. Each decision refuses a change: when one
    is applied, all that still wait are looked at anew, which `rebasing` measures."""
    print(f"\n{decisions} decisions, {A_SECOND} a second, on a plan of {size:,} in SQLite; milliseconds to an answer")
    print(f"{'':34}{'median':>10}{'p99':>10}{'highest':>10}{'pages':>10}{'their p99':>10}")
    for readers in (0, READERS):
        with tempfile.TemporaryDirectory() as folder, logging_nowhere():
            taken, pages = asyncio.run(_beside(folder, size, decisions, readers))
        cells = f"{statistics.median(taken):>10.1f}{_p99(taken):>10.1f}{max(taken):>10.1f}"
        of_pages = f"{len(pages):>10}{_p99(pages):>10.1f}" if pages else ""
        print(f"{f'{readers} people read; load {os.getloadavg()[0]:.1f}':34}{cells}{of_pages}", flush=True)


async def _beside(folder: str, size: int, decisions: int, readers: int) -> tuple[list[float], list[float]]:
    async with _site(folder, size, decisions) as site:
        pages: list[float] = []
        reading = [asyncio.create_task(_read(site, n, size, pages)) for n in range(readers)]
        clicks = [
            asyncio.create_task(click(site.worker, card, effect, n / A_SECOND, Verb.REJECT))
            for n, (card, effect) in enumerate(site.cards)
        ]
        taken = await asyncio.gather(*clicks)
        for task in reading:
            task.cancel()
        await asyncio.gather(*reading, return_exceptions=True)
    return taken, pages


async def _read(site: Site, who: int, size: int, pages: list[float]) -> None:
    await asyncio.sleep(PAUSE * who / READERS)
    for turn in count(who):
        item = code(turn * 104_729 % size)
        kinds = ("/overview", "/board", "/gantt", f"/gantt/rows?at={turn % 50 * 100}", "/changes", f"/items/{item}")
        wall, _, _ = await _open(site, kinds[turn % len(kinds)])
        pages.append(wall)
        await asyncio.sleep(PAUSE)


async def _open(site: Site, path: str) -> tuple[float, float, str]:
    """Milliseconds by the clock and of the processor, and the page."""
    begun, cpu = time.perf_counter(), time.process_time()
    answer = await site.pages.get(path)
    taken = (time.perf_counter() - begun) * 1000, (time.process_time() - cpu) * 1000
    assert answer.status_code == 200, (path, answer.status_code)
    return *taken, answer.text


@asynccontextmanager
async def _site(folder: str, size: int, decisions: int) -> AsyncIterator[Site]:
    """The service without its platforms, with somebody logged in and requests that wait for one click each."""
    url = f"sqlite:///{folder}/plan.db"
    upgrade(url)
    database, clock = Database(url, "bench"), MovableClock(NOW)
    environment = Environment(company(), Words(), ZoneInfo("Asia/Shanghai"), COMMANDS, platforms=TRAITS)
    worker = InboxWorker(database, Current(environment), clock)
    cards = await database.write(lambda uow: bring(Turn(uow, NOW, environment), size, decisions))
    person = environment.organisation.people["planner"]

    def let_in(turn: Turn) -> None:
        session = WebSession(person.id, standing_of(person), NOW, NOW)
        turn.uow.web_sessions.begin(hash_of(TOKEN), session)
        turn.uow.commit()

    await database.write(lambda uow: let_in(Turn(uow, NOW, environment)))
    await warm_up(database, environment)
    app = create_web(settings_of(PLATFORMS).model_validate({}), Current(environment), clock, database, {})
    transport, cookies = httpx.ASGITransport(app), {"tongpan_session": f"bench.{TOKEN}"}
    async with httpx.AsyncClient(transport=transport, base_url="http://bench", cookies=cookies) as client:
        gc.freeze()
        yield Site(client, worker, cards)
    await worker.stop()
    database.close()


def _p99(taken: list[float]) -> float:
    return statistics.quantiles(taken, n=100)[98]
