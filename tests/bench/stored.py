"""What a change costs where many are stored already: proposed, submitted and decided, and the questions beside it."""

import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy import Connection, Table, create_engine, insert, select

from storage.database import Database
from storage.maintenance.migrate import upgrade
from storage.tables import metadata
from tests.handlers.office import Office
from tests.small_company import NOW, plan

RUNS, WARM_UP = 25, 5
QUESTIONS = ("总览", "待办", "为什么 RC-1", "查计划 MO-1")
A_DAY = 100
"""Changes of a day in the past."""
EVENTS = 6
"""Events of the trail that are copied with each change."""
NUMBERED = ("revisions", "revision_lines", "audit_events")
"""Rows that follow one another by a number rather than by a change's: copies stand before the first."""
CHUNK = 2_000
Row = Mapping[str, Any]


def growing(sizes: tuple[int, ...]) -> None:
    """Milliseconds of the processor, median: what else runs on the machine hardly lengthens them. Every stored change
    has ended, with its steps, decisions, cards, messages and revision."""
    print(f"\na change where so many are stored, in SQLite; milliseconds of the processor, median of {RUNS}")
    asked_about = "".join(f"{question.split()[0]:>10}" for question in QUESTIONS)
    print(f"{'stored':>12}{'change':>10}{'ratio':>8}{'clock':>10}{asked_about}")
    with tempfile.TemporaryDirectory() as folder:
        url, stored, first = f"sqlite:///{folder}/plan.db", 0, 0.0
        upgrade(url)
        with closing(Database(url, "main")) as database:
            office = Office(database)
            office.bring(plan())
            _decided(office)
        for size in sizes:
            _store(url, stored, size)
            stored = size
            with closing(Database(url, "main")) as database:
                office = Office(database, now=NOW + timedelta(days=1))
                office.plan()  # into memory, as when the bot starts
                change, clock = _median(partial(_decided, office))
                asked = [_median(partial(office.say, "lin", question))[0] for question in QUESTIONS]
            first = first or change
            told = f"{size:>12,}{change:>10.1f}{change / first:>8.2f}{clock:>10.1f}"
            print(told + "".join(f"{one:>10.1f}" for one in asked), flush=True)


def _decided(office: Office) -> None:
    """Proposed by the coordinator, decided by whoever is asked."""
    office.wait(minutes=2)
    office.say("lin", "改期 RC-1 推迟1天 因为 停机")
    office.say("lin", "提交")
    for change in office.database.look(lambda uow: uow.changes.open_ones()):
        for step in change.waiting:
            office.say(step.approvers[0], f"同意 {change.no}")
    assert not office.database.look(lambda uow: uow.changes.open_ones())


def _median(action: Callable[[], object]) -> tuple[float, float]:
    """Of the processor, and by the clock."""
    for _ in range(WARM_UP):
        action()
    processor, clock = list[float](), list[float]()
    for _ in range(RUNS):
        begun, cpu = time.perf_counter(), time.process_time()
        action()
        processor.append((time.process_time() - cpu) * 1000)
        clock.append((time.perf_counter() - begun) * 1000)
    return statistics.median(processor), statistics.median(clock)


# -- stored ones -----------------------------------------------------------------------------------------------


def _store(url: str, first: int, last: int) -> None:
    """Copies of all rows of the change that was decided, each under a number and ids of its own."""
    engine = create_engine(url)
    with engine.begin() as connection:
        for table in metadata.sorted_tables:
            found = connection.execute(select(table))
            rows = [dict(zip(table.columns.keys(), row, strict=True)) for row in found]
            rows = [row for row in rows if _is_of_the_first(table, row)]
            _copy(connection, table, rows, first, last)
    engine.dispose()


def _is_of_the_first(table: Table, row: Row) -> bool:
    own = {"change_no", "no", "change", "subject", "dedupe"} & row.keys()
    return table.name in NUMBERED or any("CR-20261123-001" in str(row[name]) for name in own)


def _copy(connection: Connection, table: Table, rows: Sequence[Row], first: int, last: int) -> None:
    if not rows:
        return
    if table.name == "audit_events":
        rows = rows[-EVENTS:]
    elif table.name in NUMBERED:
        newest = max(row["number"] for row in rows)
        rows = [row for row in rows if row["number"] == newest]
    for begin in range(first, last, CHUNK):
        made = [row for n in range(begin, min(begin + CHUNK, last)) for row in _copies(table, rows, n)]
        connection.execute(insert(table), made)


def _copies(table: Table, rows: Sequence[Row], n: int) -> Iterator[Row]:
    day, of_day = divmod(n, A_DAY)
    before = timedelta(days=2 + day)
    no = f"CR-{NOW - before:%Y%m%d}-{of_day + 1:03}"
    for seq, row in enumerate(rows):
        new = {name: _renamed(value, no, n, before) for name, value in row.items()}
        if table.name in NUMBERED:
            new["number"] = -1 - n * EVENTS - (seq if table.name == "audit_events" else 0)
        yield new


def _renamed(value: object, no: str, n: int, before: timedelta) -> object:
    if isinstance(value, datetime):
        return value - before
    if not isinstance(value, str):
        return value
    if value.startswith("main-") and len(value) == 21:
        return f"main-{int(value[5:], 16) ^ ((n + 1) << 20):016x}"
    return value.replace("CR-20261123-001", no)
