"""SQLite's log cut in every frame, as a power cut may: what was acknowledged before it is there, and nothing by halves.

That nothing is acknowledged while the files fail is in `disk.py`, and one by one in `tests/bot/test_not_ready.py`.
"""

import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from random import Random

from storage.connection.engine import sqlite_module
from storage.connection.lock import file_of
from storage.database import Database
from storage.delivery.inbox import EventKey
from storage.unit_of_work import UnitOfWork
from tests.chaos.count import Count
from tests.databases import fresh_database
from tests.small_company import NOW

FRAME_HEADER = 24
"""Bytes of a frame before its page."""
ROOM = "dingtalk:cidProduction"
ROWS = 4
"""Of one unit: an event and three messages."""


@dataclass(frozen=True)
class Size:
    units: int = 4
    """Units written and acknowledged; the log is cut in every frame behind the first of them."""


LONG = Size(units=60)


async def run(size: Size) -> Count:
    """What was synced before a cut stays: an acknowledged unit is never lost, nor is half of one ever kept."""
    cuts, lost, corrupt, halves = 0, 0, 0, 0
    with tempfile.TemporaryDirectory() as folder, fresh_database("sqlite", Path(folder), migrated=True) as url:
        file = file_of(url)
        assert file is not None
        log, acknowledged = file.with_name(f"{file.name}-wal"), list[int]()
        with closing(Database(url, "main")) as database:
            for n in range(size.units):
                database.write_now(_unit(n))
                acknowledged.append(log.stat().st_size)
            whole, content = file.read_bytes(), log.read_bytes()
            page = int.from_bytes(whole[16:18], "big")
        for end, kept_log in _cut(content, acknowledged[0], FRAME_HEADER + page, Random(len(content))):
            cuts += 1
            sound, kept = _found(Path(folder) / "cut.db", whole, kept_log)
            corrupt += not sound
            lost += len({n for n, synced in enumerate(acknowledged) if synced <= end} - kept.keys())
            halves += sum(rows != ROWS for rows in kept.values())
    return Count("SQLite's log cut", lost, 0, halves, {"units": size.units, "cuts": cuts, "corrupt": corrupt})


def _cut(log: bytes, synced: int, frame: int, random: Random) -> Iterator[tuple[int, bytes]]:
    """The log up to where it is whole, and what is left of it: cut before each frame behind what was synced, within it,
    and with its bytes turned to nothing or noise."""
    for end in range(synced, len(log), frame):
        yield end, log[:end]
        yield end, log[: end + random.randrange(frame)]
        yield end, log[:end] + bytes(frame) + log[end + frame :]
        yield end, log[:end] + random.randbytes(frame) + log[end + frame :]


def _found(file: Path, whole: bytes, log: bytes) -> tuple[bool, Counter[int]]:
    """Whether SQLite finds the file sound, and the rows of each unit."""
    file.write_bytes(whole)
    file.with_name(f"{file.name}-wal").write_bytes(log)
    file.with_name(f"{file.name}-shm").unlink(missing_ok=True)
    with closing(sqlite_module().connect(str(file))) as connection:
        sound = connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        rows = connection.execute("SELECT event_id FROM inbox UNION ALL SELECT substr(dedupe, 1, 4) FROM outbox")
        return sound, Counter(int(name) for (name,) in rows)


def _unit(n: int) -> Callable[[UnitOfWork], None]:
    def unit(uow: UnitOfWork) -> None:
        uow.inbox.receive(EventKey("dingtalk", "bot", f"{n:04}"), "said", {}, NOW)
        for part in range(ROWS - 1):
            uow.outbox.say(ROOM, "x" * 3000, NOW, f"{n:04}-{part}")
        uow.commit()

    return unit
