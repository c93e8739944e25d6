"""A full scan of a plan with much that is wrong, written in parts between which others have the plan."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.kept_scan import KeptScan
from handlers.lifecycle.scan import full_scan, look_ahead, scan_part
from planning.exceptions.episode import Episode, State
from planning.exceptions.finding import Code, Key
from planning.plan.link import Link
from planning.plan.plan import Plan
from storage.database import Database
from storage.unit_of_work import UnitOfWork
from tests.databases import fresh_database, opened
from tests.handlers.lifecycle.test_scan import MONDAY, item
from tests.handlers.office import Office

CHAINS = 5
ALL = 10_000


def neglected() -> Plan:
    """Chains that nobody has begun, of a department that nobody decides for, and purchases that nothing needs."""
    items = [
        item(f"{letter}-{n}", "活", "task", "nobody", start, finish)
        for n in range(CHAINS)
        for letter, start, finish in (("A", "11-23", "11-27"), ("B", "11-30", "12-01"), ("C", "12-02", "12-02"))
    ]
    items += [item(f"PO-{n}", "买料", "purchase", "nobody", "12-01", "12-31") for n in range(CHAINS)]
    links = [Link(f"{a}-{n}", f"{b}-{n}") for n in range(CHAINS) for a, b in ("AB", "BC")]
    return Plan("main", "一厂", 0, {one.code: one for one in items}, tuple(links), "weekdays")


def moment(at: str) -> datetime:
    """A local time of the year."""
    return datetime.fromisoformat(f"2026-{at.replace(' ', 'T')}:00+08:00").astimezone(UTC)


class Scanned:
    """Scans that are written in parts of so many rows; some of the parts are the last thing that a process does."""

    def __init__(self, database: Database, parts: Sequence[int] = (ALL,), killed: int = 0) -> None:
        self.office = Office(database, now=MONDAY)
        self.office.bring(neglected())
        self._parts, self._killed = parts, killed

    def scan(self, at: str) -> None:
        """The scan of a local time."""
        due_at = self.office.now = moment(at)
        for _ in range(self._killed):
            self.begin(due_at, 2)
            self.office.environment = replace(self.office.environment, scans=KeptScan())
        self.begin(due_at)
        self.end(due_at)

    def end(self, due_at: datetime) -> None:
        def unit(uow: UnitOfWork) -> None:
            uow.plans.lock()
            full_scan(self.office.turn(uow), due_at)
            uow.commit()

        self.office.database.write_now(unit)

    def begin(self, due_at: datetime, parts: int = ALL) -> None:
        office = self.office
        office.database.look(lambda uow: look_ahead(office.turn(uow), due_at))
        first = 0
        for n in range(parts):
            after = self._part(due_at, first, self._parts[n % len(self._parts)])
            if after is None or after == first:
                return
            first = after

    def _part(self, due_at: datetime, first: int, most: int) -> int | None:
        def unit(uow: UnitOfWork) -> int | None:
            uow.plans.lock()
            after = scan_part(self.office.turn(uow), due_at, first, most)
            uow.commit()
            return after

        return self.office.database.write_now(unit)

    def rows(self) -> list[tuple[int, Key, dict[str, Any]]]:
        rows = self.office.database.look(lambda uow: uow.exceptions.newest(self.office.now - timedelta(days=30)))
        others = [one.name for one in fields(Episode) if one.name not in ("number", "key")]
        return [(one.number, one.key, {name: getattr(one, name) for name in others}) for one in rows]

    def trail(self) -> list[tuple[str, str, str]]:
        events = self.office.database.look(lambda uow: list(uow.audit.chain()))
        return sorted((one.kind, one.subject, str(one.facts)) for one in events if one.kind.startswith("exception."))

    def cards(self) -> int:
        return self.office.database.look(lambda uow: uow.exceptions.cards_since(self.office.now - timedelta(days=30)))


@dataclass(frozen=True)
class Lived:
    rows: list[tuple[int, Key, dict[str, Any]]]
    trail: list[tuple[str, str, str]]
    cards: int


def lived(parts: Sequence[int] = (ALL,), killed: int = 0) -> Lived:
    """Three scans, before the last of which somebody reports."""
    with TemporaryDirectory() as folder, fresh_database("sqlite", Path(folder), migrated=True) as url:
        with opened(url) as database:
            days = Scanned(database, parts, killed)
            days.scan("11-30 07:30")
            days.scan("11-30 13:30")
            days.office.say("lin", "完成 A-1")
            days.scan("12-02 07:30")
            return Lived(days.rows(), days.trail(), days.cards())


@pytest.fixture(scope="module")
def at_once() -> Lived:
    return lived()


def test_what_is_wrong_with_it(at_once: Lived) -> None:
    """What is opened at once, what waits for a second scan, what is over and what stands on a card of others."""
    rows = [row for _, _, row in at_once.rows]
    assert {row["state"] for row in rows} == {*State}
    assert {key.code for _, key, _ in at_once.rows} >= {Code.OVERDUE, Code.ORPHAN, Code.UNPEGGED, Code.BLOCKED}
    assert any(row["root"] for row in rows)
    assert at_once.cards > 0


@settings(deadline=None, max_examples=5)
@given(st.lists(st.integers(1, 12), min_size=1, max_size=4))
def test_parts_of_any_size_give_the_same(at_once: Lived, parts: list[int]) -> None:
    assert lived(parts) == at_once


@settings(deadline=None, max_examples=3)
@given(st.lists(st.integers(1, 9), min_size=1, max_size=3), st.integers(1, 3))
def test_a_kill_between_parts_neither_doubles_nor_loses(at_once: Lived, parts: list[int], killed: int) -> None:
    assert lived(parts, killed) == at_once


def test_a_scan_that_is_begun_again_is_no_second_one(database: Database) -> None:
    """A warning opens by two scans in a row, and the parts before and after a kill are one."""
    days = Scanned(database, [3])
    due_at = days.office.now = moment("11-30 07:30")
    days.begin(due_at, 4)
    days.office.environment = replace(days.office.environment, scans=KeptScan())
    days.office.wait(minutes=5)
    days.begin(due_at)
    days.end(due_at)
    assert {row["state"] for _, key, row in days.rows() if key.code is Code.ORPHAN} == {State.SEEN}


def test_what_is_reported_between_parts_is_not_said_to_be_late(database: Database) -> None:
    """One item whose row was written, and one whose row was not."""
    days = Scanned(database, [3])
    due_at = days.office.now = moment("11-30 13:30")
    days.begin(due_at, 2)
    written = {key.item for _, key, _ in days.rows() if key.code is Code.OVERDUE}
    assert "A-0" in written
    assert "A-4" not in written
    days.office.say("lin", "完成 A-0")
    days.office.say("lin", "完成 A-4")
    days.end(due_at)
    late = {key.item for _, key, row in days.rows() if key.code is Code.OVERDUE and row["state"] is State.OPEN}
    assert late == {"A-1", "A-2", "A-3"}
