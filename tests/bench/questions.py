"""Ten people ask about a large plan without a pause while somebody decides: how long a click waits for its answer."""

import asyncio
import gc
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from zoneinfo import ZoneInfo

from bot.clock import MovableClock
from bot.current import Current
from bot.inbox_worker import InboxWorker
from cards.action import Action, Verb
from cards.faces.view import SEEN
from cards.words import Words
from handlers.actions.change.propose import draft, submit_draft
from handlers.events import Clicked, Said
from handlers.inbound.commands import COMMANDS
from handlers.inbound.messages import hear
from handlers.turn import Environment, Turn
from planning.people.organisation import Department, Organisation, Person, Role
from planning.plan.operation import Op, Operation
from planning.plan.revision import Revision
from storage.database import Database
from storage.delivery.cards import CardRow, Purpose
from storage.maintenance.migrate import upgrade
from storage.unit_of_work import UnitOfWork
from tests.bench.plans import TODAY, Graph, code
from tests.small_company import TRAITS

NOW = datetime(TODAY.year, TODAY.month, TODAY.day, 1, tzinfo=UTC)
ROOM = "dingtalk:room"
PEOPLE, DECISIONS = 10, 40
_events = count(1)
Asks = Callable[[Said], Awaitable[None]]


def decisions_beside_questions(size: int) -> None:
    """Each decision applies a change of the end of a chain; 查计划 and 为什么 in turns, of items all over the plan."""
    print(f"\n{DECISIONS} decisions on a plan of {size:,} items in SQLite; milliseconds until a click is answered")
    print(f"{'':44}{'median':>10}{'p99':>10}{'questions':>12}{'a second':>10}")
    cases = (
        ("nobody asks", 0, False),
        (f"{PEOPLE} people ask, in the writing transaction", PEOPLE, True),
        (f"{PEOPLE} people ask, on a snapshot", PEOPLE, False),
    )
    for name, people, writing in cases:
        with tempfile.TemporaryDirectory() as folder:
            taken, asked, seconds = asyncio.run(_measure(folder, size, people, writing))
        p99 = statistics.quantiles(taken, n=100)[98]
        rate = f"{asked / seconds:>10.1f}"
        print(f"{name:44}{statistics.median(taken):>10.1f}{p99:>10.1f}{asked:>12}{rate}", flush=True)


async def _measure(folder: str, size: int, people: int, writing: bool) -> tuple[list[float], int, float]:
    url = f"sqlite:///{folder}/plan.db"
    upgrade(url)
    database, clock = Database(url, "bench"), MovableClock(NOW)
    environment = Environment(company(), Words(), ZoneInfo("Asia/Shanghai"), COMMANDS, platforms=TRAITS)
    worker = InboxWorker(database, Current(environment), clock)
    cards = await database.write(lambda uow: bring(Turn(uow, NOW, environment), size))
    await database.read(lambda uow: uow.plans.load())

    async def as_before(event: Said) -> None:
        def unit(uow: UnitOfWork) -> None:
            hear(Turn(uow, NOW, environment), event)
            uow.commit()

        await database.write(unit)

    async def as_now(event: Said) -> None:
        await worker.said(event)
        await worker.stop()

    asked: list[int] = []
    asking = [asyncio.create_task(_ask(n, size, as_before if writing else as_now, asked)) for n in range(people)]
    gc.freeze()
    begun = time.perf_counter()
    taken = [await click(worker, card, effect) for card, effect in cards]
    seconds = time.perf_counter() - begun
    answered = len(asked)
    for task in asking:
        task.cancel()
    await asyncio.gather(*asking, return_exceptions=True)
    await worker.stop()
    database.close()
    return taken, answered, seconds


async def _ask(who: int, size: int, ask: Asks, asked: list[int]) -> None:
    for turn in count():
        item = code((who * 7_919 + turn * 104_729) % size)
        text = f"查计划 {item}" if turn % 2 else f"为什么 {item}"
        await ask(Said(f"dingtalk:to-{who}", "bot", f"q{next(_events)}", f"u{who}", text, NOW, single=True))
        asked.append(who)


async def click(
    worker: InboxWorker, card: CardRow, effect: str, pause: float = 0.2, verb: Verb = Verb.APPROVE
) -> float:
    """Milliseconds until it is answered."""
    await asyncio.sleep(pause)
    action = Action(card.card_id, verb, seen=effect[:SEEN]).pack()
    said = {"input": "料还没到"} if verb is Verb.REJECT else {}
    at = NOW + timedelta(seconds=1)
    event = Clicked(ROOM, "bot", f"c{next(_events)}", "approver", card.card_id, action, at, inputs=said)
    begun = time.perf_counter()
    answer = await worker.clicked(event)
    taken = (time.perf_counter() - begun) * 1000
    assert answer is not None
    assert not answer.card.buttons, answer.card.summary
    return taken


def bring(turn: Turn, size: int, decisions: int = DECISIONS) -> list[tuple[CardRow, str]]:
    """The plan, and requests that each wait for one click, with the effects they show."""
    graph = Graph.of(size).plan()
    plan = replace(graph, items={no: replace(item, department="d") for no, item in graph.items.items()})
    uow = turn.uow
    uow.plans.create(plan)
    uow.revisions.append(Revision.after(None, plan.id, "import", NOW, "bench", "content"))
    for n in range(decisions):
        wish = (Operation(code(size - 1 - n), Op.SHIFT, 1),)
        submit_draft(turn, draft(turn, turn.plan(), wish, "planner", "bench", "", ROOM), "planner")
    uow.commit()
    shown = ((row, change.impact.hash) for change in uow.changes.open_ones() for row in uow.cards.about(change.subject))
    return [(row, effect) for row, effect in shown if row.purpose is Purpose.APPROVAL]


def company() -> Organisation:
    everyone = frozenset({Role.PLANNER, Role.COORDINATOR})
    people = [Person(f"p{n}", f"计划员{n}", "d", everyone, {"dingtalk": f"u{n}"}) for n in range(PEOPLE)]
    approver = Person("approver", "审批人", "d", frozenset({Role.APPROVER}), {"dingtalk": "approver"})
    planner = Person("planner", "提出人", "d", everyone, {"dingtalk": "planner"})
    return Organisation.of([Department("d", "生产部", ROOM, "approver")], [*people, approver, planner])
