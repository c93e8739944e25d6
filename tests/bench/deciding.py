"""Deciding a change that touches eight departments and three hundred lines: what each click costs the process."""

import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import pairwise
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import Engine, event

from cards.action import Action, Verb
from cards.faces.view import SEEN
from cards.words import Words
from handlers.actions.change.propose import draft, submit_draft
from handlers.actions.plan.import_plan import bring_in
from handlers.events import Answer, Clicked
from handlers.inbound.clicks import click
from handlers.inbound.commands import COMMANDS
from handlers.turn import Environment, Turn
from planning.change.change import Change, ChangeState
from planning.people.organisation import Department, Organisation, Person, Role
from planning.plan.item import Item
from planning.plan.link import Link
from planning.plan.operation import Op, Operation
from planning.plan.plan import Plan
from planning.schedule.network import Network
from planning.schedule.schedule import place
from storage.database import Database
from storage.delivery.cards import CardRow, Purpose
from storage.maintenance.migrate import upgrade
from storage.unit_of_work import UnitOfWork
from tests.small_company import TRAITS

NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)
TODAY = date(2026, 11, 23)
DEPARTMENTS, CHAIN, ITEMS, RUNS = 8, 150, 2_000, 7
"""A chain of 150 items is 300 lines: a start and a finish each. The rest of the plan stands beside it."""
LIMIT = 20.0
Result = TypeVar("Result")


def eight_departments() -> None:
    """Medians over several such changes, in milliseconds of CPU time; the last decision also applies the change."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/plan.db"
        upgrade(url)
        database = Database(url, "main")
        environment = Environment(_company(), Words(), ZoneInfo("Asia/Shanghai"), COMMANDS, platforms=TRAITS)
        write(database, environment, lambda turn: bring_in(turn, _plan(), "plan.csv", "bench"))
        with _stopwatch(database) as clock:
            deciding = [_decide(database, environment, clock, days) for days in range(1, RUNS + 1)]
        database.close()
        _print(deciding)


@dataclass
class Stopwatch:
    """CPU seconds of the writing thread: all of it, and inside the database driver."""

    driver: float = 0.0
    begun: float = 0.0


@dataclass(frozen=True)
class Cost:
    """Milliseconds of one click. `whole` is all CPU time of its unit of work, `driver` what SQLite took of it."""

    lines: int
    whole: float
    driver: float
    room: float
    """In the storage room, the driver included: SQL, rows and JSON."""

    @property
    def rest(self) -> float:
        return self.whole - self.room


def _decide(database: Database, environment: Environment, clock: Stopwatch, days: int) -> list[Cost]:
    """One change, decided by all eight; what each click cost."""
    change = write(database, environment, lambda turn: _submitted(turn, days))
    assert len(change.steps) == DEPARTMENTS
    costs = [_press(database, environment, clock, change, step.department) for step in change.steps]
    done = database.look(lambda uow: uow.changes.get(change.no))
    assert done is not None
    assert done.state is ChangeState.APPLIED
    return costs


def _submitted(turn: Turn, days: int) -> Change:
    wanted = (Operation("C-000", Op.SHIFT, 1 + days % 2),)
    return submit_draft(turn, draft(turn, turn.plan(), wanted, "planner", "设备检修", "…", "dingtalk:d0"), "planner")


def _press(database: Database, environment: Environment, clock: Stopwatch, change: Change, department: str) -> Cost:
    def unit(turn: Turn) -> Cost:
        row = next(row for row in turn.uow.cards.about(change.subject) if _asks(row, department))
        action = Action(row.card_id, Verb.APPROVE, seen=change.impact.hash[:SEEN]).pack()
        pressed = Clicked(row.conversation, "bot", row.card_id, f"u-{department}", row.card_id, action, NOW)
        room = _Room(turn.uow)
        driver, begun = clock.driver, time.thread_time()
        answer = click(turn, pressed)
        turn.uow.audit.write_down()
        whole, in_driver = time.thread_time() - begun, clock.driver - driver
        assert isinstance(answer, Answer)
        return Cost(len(change.impact.lines), whole * 1000, in_driver * 1000, room.seconds * 1000)

    return write(database, environment, unit)


def _asks(row: CardRow, department: str) -> bool:
    return (row.purpose, row.department) == (Purpose.APPROVAL, department)


class _Room:
    """Counts the CPU time spent inside the repositories of one unit of work."""

    def __init__(self, uow: UnitOfWork) -> None:
        self.seconds, self._inside = 0.0, False
        for name, repository in vars(uow).items():
            if not isinstance(repository, str | bool):
                setattr(uow, name, _Timed(repository, self))

    def timed(self, method: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **kwargs: Any) -> Any:
            if self._inside:
                return method(*args, **kwargs)
            self._inside, begun = True, time.thread_time()
            try:
                return method(*args, **kwargs)
            finally:
                self._inside, self.seconds = False, self.seconds + time.thread_time() - begun

        return call


class _Timed:
    def __init__(self, repository: object, room: _Room) -> None:
        self._repository, self._room = repository, room

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._repository, name)
        return self._room.timed(found) if callable(found) else found


def write(database: Database, environment: Environment, work: Callable[[Turn], Result]) -> Result:
    """What is written, and then the look at it by which delivery draws its cards: it keeps the plan in memory."""

    def unit(uow: UnitOfWork) -> Result:
        result = work(Turn(uow, NOW, environment))
        uow.commit()
        return result

    result = database.write_now(unit)
    database.look(lambda uow: uow.plans.load())
    return result


@contextmanager
def _stopwatch(database: Database) -> Iterator[Stopwatch]:
    clock, engine = Stopwatch(), database._write_engine

    def begins(*_: Any) -> None:
        clock.begun = time.thread_time()

    def ends(*_: Any) -> None:
        clock.driver += time.thread_time() - clock.begun

    _listen(engine, begins, ends)
    yield clock


def _listen(engine: Engine, begins: Callable[..., None], ends: Callable[..., None]) -> None:
    event.listen(engine, "before_cursor_execute", begins)
    event.listen(engine, "after_cursor_execute", ends)


def _company() -> Organisation:
    numbers = range(DEPARTMENTS)
    departments = [Department(f"d{n}", f"{n} 部", f"dingtalk:d{n}", f"a{n}") for n in numbers]
    approver = frozenset({Role.APPROVER})
    people = [Person(f"a{n}", f"审批人{n}", f"d{n}", approver, {"dingtalk": f"u-d{n}"}) for n in numbers]
    return Organisation.of(departments, [*people, Person("planner", "计划员", "d0", frozenset({Role.PLANNER}))])


def _plan() -> Plan:
    chain = [f"C-{n:03}" for n in range(CHAIN)]
    others = [f"O-{n:04}" for n in range(ITEMS - CHAIN)]
    items = {
        code: Item(code, f"工作 {code}", TODAY, TODAY, 2, "production", f"d{n % DEPARTMENTS}")
        for n, code in enumerate((*chain, *others))
    }
    links = [Link(a, b) for codes in (chain, others) for a, b in pairwise(codes) if b[-1] != "0"]
    links += [Link(chain[n - 1], chain[n]) for n in range(10, CHAIN, 10)]
    plan = Plan("main", "一厂", 0, items, tuple(links))
    assert len(Network.of(plan).links) == len(links)
    return place(plan, items.keys(), TODAY)


def _print(deciding: list[list[Cost]]) -> None:
    first, last = [costs[:-1] for costs in deciding], [costs[-1] for costs in deciding]
    voting = [cost for costs in first for cost in costs]
    print(f"\nDeciding a change of {last[0].lines} lines for {DEPARTMENTS} departments; plan of {ITEMS:,}, SQLite;")
    print(f"CPU milliseconds of one click, median and (highest) of {RUNS} changes; besides storage at most {LIMIT:g}")
    print(f"{'':34}{'besides storage':>20}{'storage room':>20}{'of it the driver':>20}{'whole':>20}")
    for name, costs in (("one of the first seven approves", voting), ("the last approves: applied", last)):
        cells = [[getattr(cost, part) for cost in costs] for part in ("rest", "room", "driver", "whole")]
        print(f"{name:34}" + "".join(f"{statistics.median(c):>12.1f} ({max(c):>4.1f})" for c in cells), flush=True)


