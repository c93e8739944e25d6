"""What a unit of work has read is read once: until it writes there itself, or locks the plan and others may have."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from planning.control.fences import Fence, FenceKind
from planning.control.window import Window, WindowState
from planning.trail.audit import Kind, Note
from storage.database import Database
from storage.unit_of_work import UnitOfWork
from tests.databases import fresh_database, opened
from tests.small_company import NOW, TODAY
from tests.storage.test_repositories import a_change, seeded

FENCE = Fence("F-001", "盘点", FenceKind.WINDOW, first=TODAY, last=TODAY)
WINDOW = Window(1, FENCE, WindowState.ENFORCED, "盘点", "lin", NOW, "lin", NOW)


@pytest.fixture
def two(tmp_path: Path) -> Iterator[tuple[Database, Database]]:
    """Two processes on one PostgreSQL."""
    with fresh_database("postgresql", tmp_path, migrated=True) as url, opened(url) as one, opened(url) as other:
        yield one, other


def test_a_unit_sees_what_it_has_written(database: Database) -> None:
    seeded(database)

    def freeze(uow: UnitOfWork) -> list[int]:
        before = len(uow.fences.enforced())
        uow.fences.add(WINDOW)
        between = len(uow.fences.enforced())
        uow.fences.become(WINDOW, WindowState.LIFTED, "lin", NOW)
        return [before, between, len(uow.fences.enforced())]

    assert database.write_now(freeze) == [0, 1, 0]


def test_a_change_is_read_again_after_it_was_saved(database: Database) -> None:
    seeded(database)

    def save(uow: UnitOfWork) -> tuple[str, str]:
        change = a_change(uow)
        before = uow.changes.get(change.no)
        assert before is not None
        assert uow.changes.get(change.no) is before
        uow.changes.save(replace(before, reason="换模"))
        after = uow.changes.get(change.no)
        assert after is not None
        return before.reason, after.reason

    assert database.write_now(save) == ("停机", "换模")


def test_who_locks_the_plan_sees_what_others_wrote_before(two: tuple[Database, Database]) -> None:
    one, other = two
    seeded(one)

    def freeze(uow: UnitOfWork) -> None:
        uow.plans.lock()
        uow.fences.add(WINDOW)
        uow.commit()

    def look_and_lock(uow: UnitOfWork) -> tuple[int, int]:
        before = len(uow.fences.enforced())
        other.write_now(freeze)
        uow.plans.lock()
        return before, len(uow.fences.enforced())

    assert one.write_now(look_and_lock) == (0, 1)


def test_numbers_of_a_day_are_counted_among_those_of_others(database: Database) -> None:
    seeded(database)

    def number(uow: UnitOfWork, day: date) -> str:
        change = a_change(uow)
        preview = uow.changes.preview_key()
        other = uow.changes.add(replace(change, no=preview))
        uow.commit()
        return uow.changes.number(other, day).no

    days = [date(2026, 11, 29), date(2026, 11, 30), date(2026, 12, 1)]
    numbers = [database.write_now(lambda uow, day=day: number(uow, day)) for day in days * 2]  # type: ignore[misc]
    assert numbers[:3] == [f"CR-{day:%Y%m%d}-001" for day in days]
    assert numbers[3:] == [f"CR-{day:%Y%m%d}-002" for day in days]
    assert database.look(lambda uow: uow.changes.next_number(days[0] - timedelta(days=1))) == "CR-20261128-001"


def test_of_a_part_that_was_undone_nothing_is_known(database: Database) -> None:
    """Neither what it wrote nor what was read of that, nor what it left to be recorded or done at the end."""
    seeded(database)
    ends: list[str] = []

    def broken(uow: UnitOfWork) -> None:
        with uow.apart():
            uow.fences.add(WINDOW)
            assert len(uow.fences.enforced()) == 1
            uow.audit.add(Note(Kind.SETTINGS_CHANGED, NOW, "lin", "undone"))
            uow.at_end("undone", lambda: ends.append("undone"))
            raise LookupError

    def work(uow: UnitOfWork) -> int:
        uow.commit()
        uow.audit.add(Note(Kind.SETTINGS_CHANGED, NOW, "lin", "kept"))
        with pytest.raises(LookupError):
            broken(uow)
        with uow.apart():
            uow.at_end("kept", lambda: ends.append("kept"))
        return len(uow.fences.enforced())

    assert database.write_now(work) == 0
    assert ends == ["kept"]
    assert [one.subject for one in database.write_now(lambda uow: uow.audit.newest_first(1))] == ["kept"]
