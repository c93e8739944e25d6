"""`kill -9` while the bot looks for what is going wrong and tells it: no card twice, and none lost."""

import multiprocessing
import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from multiprocessing.util import get_temp_dir
from pathlib import Path
from signal import SIGKILL

import pytest
from sqlalchemy import select

from planning.exceptions.episode import State
from storage.connection.engine import open_engine
from storage.delivery.cards import Purpose
from storage.tables.delivery import cards
from tests.machine import town
from tests.machine.dying import POINTS, SEEN, live
from tests.machine.snapshot import episodes_in
from tests.machine.works import Works

PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload(["tests.machine.dying"])
MORNING = timedelta(days=8, hours=22, minutes=20)
"""From a Monday, 09:00, to the Wednesday after the next, 07:20: before the first look of the day on which the readiness
of an order is told that lacks goods."""
TELLS = timedelta(hours=1, minutes=15)
"""Until readiness, a full scan, the digests and the round of 08:30 are over."""
LEASE = timedelta(minutes=10)
"""After which what a dead process held is taken up."""
NTH = (1, 2, 3, 5, 8, 11), (1, 2, 4, 6)
"""The commits, and the calls, at which it dies: all of one morning are few."""


@dataclass(frozen=True)
class Told:
    """What is there when all is told: open rows, and each card and message with how often it went out."""

    open: frozenset[tuple[str, ...]]
    cards: Mapping[tuple[str, str, str], int]
    """By purpose, what it is about, and where."""
    messages: Mapping[tuple[str, str], int]
    """By where, and what tells it from others."""


@pytest.fixture(scope="module", autouse=True)
def _place_of_sockets() -> None:
    """They stay until this process ends, when the folders of its tests have gone."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tempfile, "tempdir", os.environ.get("TMPDIR"))
        get_temp_dir()


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, datetime]:
    """A company in the middle of its week: people have reported, and it is before the first look of a morning."""
    folder = tmp_path_factory.mktemp("before")
    works = Works(town.governed(), folder=folder)
    works.restart()
    works.say("han", "报工 MO-2 150 报废20")
    works.say("zhao", "到货 PO-1 300 余下 12-16")
    works.live(MORNING)
    works.deliver()
    works.close()
    return folder, works.now


@pytest.fixture(scope="module")
def undisturbed(before: tuple[Path, datetime], tmp_path_factory: pytest.TempPathFactory) -> Told:
    folder = _copied(before, tmp_path_factory.mktemp("undisturbed") / "town")
    assert _lives(folder, before[1]) == 0
    told = _after_a_while(folder, before[1])
    assert told.open
    assert told.cards
    assert {purpose for purpose, _, _ in told.cards} == {Purpose.EXCEPTION, Purpose.QUESTION}
    assert told.messages
    return told


SHORT = (("after commit", 2), ("before call", 2), ("after call", 1))


@pytest.mark.timeout(600)
@pytest.mark.parametrize(
    ("point", "nth"),
    [pytest.param(point, nth, marks=() if (point, nth) in SHORT else pytest.mark.long)
     for point in POINTS for nth in NTH[point.endswith("call")]],
)  # fmt: skip
def test_no_second_card_and_none_lost(
    before: tuple[Path, datetime], undisturbed: Told, tmp_path: Path, point: str, nth: int
) -> None:
    folder = _copied(before, tmp_path / "town")
    assert _lives(folder, before[1], point, nth) == -SIGKILL
    found = _after_a_while(folder, before[1])
    assert (found.open, found.cards) == (undisturbed.open, undisturbed.cards)
    assert found.messages.keys() == undisturbed.messages.keys()
    again = Counter(where for (where, _), times in found.messages.items() for _ in range(times - 1))
    assert max(again.values(), default=0) <= 1, "said again is what was on its way: one in each conversation"


def _copied(before: tuple[Path, datetime], to: Path) -> Path:
    shutil.copytree(before[0], to)
    return to


def _lives(folder: Path, now: datetime, point: str = "", nth: int = 0, span: timedelta = TELLS) -> int | None:
    process = PROCESSES.Process(target=live, args=(folder, now, now + span, point, nth))
    process.start()
    process.join()
    code = process.exitcode
    process.close()
    return code


def _after_a_while(folder: Path, began: datetime) -> Told:
    """What there is when another process has gone on."""
    assert _lives(folder, began + TELLS + LEASE, span=timedelta(minutes=1)) == 0
    return told_in(folder, began)


def told_in(folder: Path, since: datetime) -> Told:
    """The platform's side: a card by what it is about and where, however often the same card was sent."""
    seen = Counter((folder / SEEN).read_text(encoding="utf-8").splitlines())
    engine = open_engine(f"sqlite:///{folder}/plan.db", writer=False)
    with engine.connect() as connection:
        wanted = cards.c.purpose.in_([Purpose.EXCEPTION.value, Purpose.QUESTION.value])
        rows = connection.execute(select(cards).where(wanted)).all()
        still = [one.key for one in episodes_in(connection).values() if one.state is State.OPEN]
    engine.dispose()
    warned = Counter((row.subject, row.conversation) for row in rows if row.purpose == Purpose.EXCEPTION)
    assert max(warned.values(), default=0) <= 1, "a second card of the same"
    # What asks for next steps (the readiness of an order does) has an id of chance.
    about = {row.card_id: "" if row.purpose == Purpose.QUESTION else row.subject for row in rows}
    places = Counter((row.purpose, about[row.card_id], row.conversation) for row in rows)
    assert [row.card_id for row in rows if row.shown_version != row.wanted_version] == [], "a card was not brought"
    missing = [row.card_id for row in rows if row.created_at >= since and f"card {row.card_id}" not in seen]
    assert missing == [], "a card was never shown"
    said = [(line.split(" ", 2)[1:], times) for line, times in seen.items() if line.startswith("text ")]
    texts = {(where, key): times for (where, key), times in said if ":" in key}  # answers have keys of chance
    return Told(frozenset(tuple(map(str, key)) for key in still), places, texts)
