"""Calls of the language model: counted by month, up to a limit that holds whoever counts."""

import threading
from pathlib import Path

from storage.database import Database
from storage.delivery.language_calls import LanguageSpent
from storage.unit_of_work import UnitOfWork
from tests.databases import fresh_database


def taken(uow: UnitOfWork, month: str = "2026-11", limit: int = 3) -> bool:
    uow.commit()
    return uow.language_calls_of("main").take(month, limit)


def test_up_to_the_limit_and_anew_each_month(database: Database) -> None:
    assert [database.write_now(taken) for _ in range(5)] == [True, True, True, False, False]
    assert database.write_now(lambda uow: taken(uow, "2026-12"))
    assert database.look(lambda uow: uow.language_calls_of("main").of("2026-11")) == LanguageSpent(3)
    assert database.look(lambda uow: uow.language_calls_of("main").of("2027-01")) == LanguageSpent()


def test_what_answers_took_adds_up(database: Database) -> None:
    def unit(uow: UnitOfWork) -> None:
        for _ in range(2):
            taken(uow)
            uow.language_calls_of("main").answered("2026-11", 3_000_000_000, 7)

    database.write_now(unit)
    spent = database.look(lambda uow: uow.language_calls_of("main").of("2026-11"))
    assert spent == LanguageSpent(2, 2, 6_000_000_000, 14)


def test_a_limit_that_is_lowered_holds_at_once(database: Database) -> None:
    database.write_now(taken)
    assert not database.write_now(lambda uow: taken(uow, limit=1))


def test_plans_count_together(database: Database) -> None:
    """They name the plan that keeps the count."""
    database.write_now(taken)
    assert database.of_plan("other").write_now(taken)
    assert database.look(lambda uow: uow.language_calls_of("main").of("2026-11")).calls == 2


def test_at_once_no_more_than_the_limit(tmp_path: Path) -> None:
    with fresh_database("postgresql", tmp_path, migrated=True) as url:
        database, start = Database(url, "main"), threading.Barrier(6)

        def unit(uow: UnitOfWork) -> bool:
            start.wait(20)
            return taken(uow)

        futures = [database.submit(unit) for _ in range(6)]
        found = [future.result(20) for future in futures]
        database.close()
    assert sorted(found) == [False] * 3 + [True] * 3
