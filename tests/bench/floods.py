"""Floods of what comes in, and how long somebody else waits for an answer and for a click meanwhile."""

import asyncio
import shutil
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterable
from itertools import count

import httpx

from bot.app import Service, build
from bot.clock import MovableClock
from bot.platforms import PLATFORMS
from bot.settings import Settings, settings_of
from cards.action import Action, Verb
from cards.faces.view import SEEN
from handlers.actions.change.propose import draft, submit_draft
from handlers.events import Clicked, Said
from handlers.turn import Turn
from planning.plan.operation import Op, Operation
from planning.plan.revision import Revision
from storage.delivery.cards import CardRow, Purpose
from tests.bench.measure import logging_nowhere
from tests.bench.plans import Graph, code
from tests.bench.questions import NOW

ROOM, GROUP = "dingtalk:room", "wecom:group"
OTHERS, SAMPLES, CLICKS = 40, 120, 40
PAUSE = 0.1
"""Seconds from twenty to the next twenty, at least."""
_events = count(1)
Cards = list[tuple[CardRow, str]]
Measured = tuple[list[float], list[float], dict[str, int]]
Flood = Callable[[Service, int], Awaitable[None]]


def floods(size: int) -> None:
    """Each flood goes on for as long as the others are measured, twenty at a time and no more than 200 a second; the
    limits are the usual ones. No platform is behind it: what is said is not sent."""
    print(f"\nFloods on a plan of {size:,} items in SQLite; milliseconds until somebody else is answered")
    print(f"{'':44}{'question':>10}{'p99':>10}{'click':>10}{'p99':>10}{'handled':>10}{'refused':>10}")
    cases: tuple[tuple[str, Flood], ...] = (
        ("nothing else", _nothing),
        ("1,000 x 查计划 of one viewer", _one_viewer),
        ("90 x 帮助 in a WeCom group", _a_group),
        ("200 strangers, five messages each", _strangers),
        ("1,000 unsigned callbacks, 20 at a time", _unsigned),
    )
    with tempfile.TemporaryDirectory() as begun, logging_nowhere():
        cards = asyncio.run(_begin(begun, size))
        measured = {name: _measured(begun, size, flood, cards) for name, flood in cases}
    for name, (asked, clicked, counts) in measured.items():
        figures = "".join(f"{statistics.median(taken):>10.1f}{_p99(taken):>10.1f}" for taken in (asked, clicked))
        print(f"{name:44}{figures}{counts.get('done', 0):>10}{counts.get('refused', 0):>10}", flush=True)


async def _begin(folder: str, size: int) -> Cards:
    """The database that all floods begin with."""
    service = build(_settings(folder), MovableClock(NOW))
    cards = await service.database.write(lambda uow: _bring(Turn(uow, NOW, service.environment), size))
    await asyncio.to_thread(service.database.close)
    return cards


def _measured(begun: str, size: int, flood: Flood, cards: Cards) -> Measured:
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(begun, folder, dirs_exist_ok=True)
        return asyncio.run(_measure(folder, size, flood, [*cards]))


async def _measure(folder: str, size: int, flood: Flood, cards: Cards) -> Measured:
    """Of questions and clicks, and how many messages were handled and refused."""
    service = build(_settings(folder), MovableClock(NOW))
    await service.database.read(lambda uow: uow.plans.load())
    await _ask(service, 0, size)
    flooding = asyncio.create_task(_again(flood, service, size))
    asked, clicked = [], []
    for n in range(SAMPLES):
        await asyncio.sleep(0.02)
        asked.append(await _timed(_ask(service, n % OTHERS, size)))
        if cards:
            clicked.append(await _timed(_click(service, *cards.pop())))
    flooding.cancel()
    await asyncio.gather(flooding, return_exceptions=True)
    await service.inbox_worker.stop()
    counts = await service.database.read(lambda uow: uow.inbox.counts())
    counts["refused"] = counts.get("refused", 0) + service.inbox_worker.refused_unwritten()
    await asyncio.to_thread(service.database.close)
    return asked, clicked, counts


async def _again(flood: Flood, service: Service, size: int) -> None:
    while True:
        await flood(service, size)
        await asyncio.sleep(0)


async def _nothing(service: Service, size: int) -> None:
    await asyncio.sleep(1)


async def _one_viewer(service: Service, size: int) -> None:
    said = (_said("dingtalk:viewer", "viewer", f"查计划 {code(n * 7_919 % size)}", single=True) for n in range(1000))
    await _all(service, said)


async def _a_group(service: Service, size: int) -> None:
    await _all(service, (_said(GROUP, f"w{n % 6}", "帮助") for n in range(90)))


async def _strangers(service: Service, size: int) -> None:
    await _all(service, (_said(f"dingtalk:s{n % 200}", f"s{n % 200}", "帮助", single=True) for n in range(1000)))


async def _unsigned(service: Service, size: int) -> None:
    query = {"msg_signature": "0" * 40, "timestamp": str(int(service.clock.now().timestamp())), "nonce": "7"}
    body = f"<xml><Encrypt>{'A' * 4000}</Encrypt></xml>"
    transport = httpx.ASGITransport(service.web)
    async with httpx.AsyncClient(transport=transport, base_url="http://bench") as client:
        for _ in range(50):
            pause = asyncio.create_task(asyncio.sleep(PAUSE))
            answers = [client.post("/wecom/app/callback", params=query, content=body) for _ in range(20)]
            assert {answer.status_code for answer in await asyncio.gather(*answers)} == {403}
            await pause


async def _all(service: Service, said: Iterable[Said]) -> None:
    """Twenty at a time, as the platforms' connections hand them over."""
    waiting = list(said)
    while waiting:
        pause = asyncio.create_task(asyncio.sleep(PAUSE))
        await asyncio.gather(*(service.inbox_worker.said(event) for event in waiting[:20]))
        del waiting[:20]
        await pause


def _said(conversation: str, who: str, text: str, *, single: bool = False) -> Said:
    return Said(conversation, "bot", f"e{next(_events)}", who, text, NOW, single=single)


async def _timed(work: Awaitable[None]) -> float:
    begun = time.perf_counter()
    await work
    return (time.perf_counter() - begun) * 1000


def _p99(taken: list[float]) -> float:
    return statistics.quantiles(taken, n=100)[98]


async def _ask(service: Service, who: int, size: int) -> None:
    """Until it is handled: the answer lies in the outbox."""
    event = _said(f"dingtalk:to-{who}", f"u{who}", f"查计划 {code(who * 104_729 % size)}", single=True)
    await service.inbox_worker.said(event)
    if handling := service.inbox_worker._last_said.get(event.conversation):
        await asyncio.wait([handling])


async def _click(service: Service, card: CardRow, effect: str) -> None:
    action = Action(card.card_id, Verb.APPROVE, seen=effect[:SEEN]).pack()
    event = Clicked(ROOM, "bot", f"c{next(_events)}", "approver", card.card_id, action, NOW)
    assert await service.inbox_worker.clicked(event)


def _bring(turn: Turn, size: int) -> list[tuple[CardRow, str]]:
    """The plan, and requests that each wait for one click."""
    graph = Graph.of(size).plan()
    uow = turn.uow
    uow.plans.create(graph)
    uow.revisions.append(Revision.after(None, graph.id, "import", NOW, "bench", "content"))
    for n in range(CLICKS):
        wish = (Operation(code(size - 1 - n), Op.SHIFT, 1),)
        submit_draft(turn, draft(turn, turn.plan(), wish, "planner", "bench", "", ROOM), "planner")
    uow.commit()
    shown = ((row, change.impact.hash) for change in uow.changes.open_ones() for row in uow.cards.about(change.subject))
    return [(row, effect) for row, effect in shown if row.purpose is Purpose.APPROVAL]


def _settings(folder: str) -> Settings:
    departments = [{"id": f"d{n}", "name": f"部门{n}", "conversation": ROOM, "manager": "approver"} for n in range(14)]
    people = [
        {"id": "approver", "name": "审批人", "department": "d0", "roles": ["approver", "coordinator"],
         "dingtalk": "approver"},
        {"id": "planner", "name": "提出人", "department": "d0", "roles": ["planner"], "dingtalk": "planner"},
        {"id": "viewer", "name": "看的人", "department": "d0", "roles": ["viewer"], "dingtalk": "viewer"},
        *({"id": f"u{n}", "name": f"计划员{n}", "department": "d0", "dingtalk": f"u{n}"} for n in range(OTHERS)),
        *({"id": f"w{n}", "name": f"群友{n}", "department": "d0", "wecom": f"w{n}"} for n in range(6)),
    ]
    return settings_of(PLATFORMS).model_validate(
        {
            "database": {"url": f"sqlite:///{folder}/plan.db"},
            "plan": {"id": "bench"},
            "departments": departments,
            "people": people,
            "wecom": {
                "corp_id": "ww1",
                "app": {"agent_id": 1, "secret": "s", "token": "t", "encoding_aes_key": "A" * 43},
            },
        }
    )
