"""The audit trail in the database: one unbroken chain whoever appends, nothing changed unseen, on both databases."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from planning.trail.audit import Kind, Note, kinds_of
from planning.trail.chain import Fault
from storage.connection.engine import open_engine
from storage.database import Database
from storage.maintenance.inspect import reading
from storage.trail.audit import Wanted
from storage.unit_of_work import UnitOfWork
from tests.handlers.office import Office
from tests.small_company import NOW, plan
from tests.storage.test_repositories import seeded


def append(database: Database, *notes: Note) -> None:
    def unit(uow: UnitOfWork) -> None:
        for note in notes:
            uow.audit.add(note)
        uow.commit()

    database.write_now(unit)


def a_note(number: int = 0, kind: Kind = Kind.APPROVE) -> Note:
    return Note.of(kind, NOW + timedelta(seconds=number), "wang", "CR-20261123-001", {"n": number})


def break_of(database: Database) -> tuple[int, Fault] | None:
    broken = database.look(lambda uow: uow.audit.first_break())
    return (broken.number, broken.fault) if broken else None


def run(database: Database, *statements: str) -> None:
    """As somebody with a shell would, past the program."""
    engine = open_engine(database.url, writer=True)
    try:
        with engine.begin() as connection:
            for statement in statements:
                connection.execute(text(statement))
    finally:
        engine.dispose()


def unguard(database: Database) -> None:
    names = ("update", "delete") if database.url.startswith("sqlite") else ("change",)
    on = "" if database.url.startswith("sqlite") else " ON audit_events"
    run(database, *(f"DROP TRIGGER audit_events_no_{name}{on}" for name in names))


# -- appending and reading -----------------------------------------------------------------------------------


def test_what_was_noted_is_read_back_newest_first(database: Database) -> None:
    append(database, a_note(1), a_note(2))
    append(database, a_note(3))
    events = database.look(lambda uow: uow.audit.newest_first(10))
    assert [event.number for event in events] == [3, 2, 1]
    assert events[0] == database.look(lambda uow: list(uow.audit.chain()))[-1]
    assert (events[0].actor, events[0].kind, events[0].facts) == ("wang", "decision.approve", {"n": "3"})
    assert events[0].at == NOW + timedelta(seconds=3)
    assert events[0].prev_hash == events[1].hash
    assert break_of(database) is None


def test_a_unit_that_is_not_kept_leaves_no_event(database: Database) -> None:
    database.write_now(lambda uow: uow.audit.add(a_note()))

    def fails(uow: UnitOfWork) -> None:
        uow.audit.add(a_note())
        uow.commit()
        raise RuntimeError("on its way out")

    with pytest.raises(RuntimeError):
        database.write_now(fails)
    assert database.look(lambda uow: uow.audit.newest_first(10)) == []


def test_an_event_and_its_effect_are_kept_together(database: Database) -> None:
    seeded(database)

    def twice(uow: UnitOfWork) -> None:
        uow.audit.add(a_note())
        uow.timers.stop("expiry", "nothing")
        uow.plans.create(uow.plans.load())
        uow.requests.add("erp", "key", "f", "CR-1", NOW)
        uow.commit()

    database.write_now(twice)
    with pytest.raises(IntegrityError):
        database.write_now(twice)  # the same key again
    assert len(database.look(lambda uow: list(uow.audit.chain()))) == 1


def test_pages_and_choices(database: Database) -> None:
    kinds = (Kind.DRAFTED, Kind.CLICK_LATE, Kind.SUBMITTED, Kind.CLICK_FOREIGN, Kind.APPLIED)
    append(database, *(a_note(number, kind) for number, kind in enumerate(kinds, 1)))

    def numbers(limit: int = 10, before: int | None = None, wanted: Wanted = Wanted()) -> list[int]:  # noqa: B008
        return [e.number for e in database.look(lambda uow: uow.audit.newest_first(limit, before, wanted))]

    assert numbers(2) == [5, 4]
    assert numbers(2, 4) == [3, 2]
    assert numbers(wanted=Wanted(kinds=kinds_of("click"))) == [4, 2]
    assert numbers(1, 4, Wanted(kinds=kinds_of("click"))) == [2]
    assert numbers(wanted=Wanted(kinds=kinds_of("change.applied"))) == [5]
    assert numbers(wanted=Wanted(since=NOW + timedelta(seconds=3))) == [5, 4, 3]
    assert numbers(wanted=Wanted(NOW + timedelta(seconds=3), kinds_of("change"))) == [5, 3]


def test_a_chain_is_read_in_batches(database: Database) -> None:
    append(database, *(a_note(number) for number in range(10)))

    def read(batch: int) -> list[int]:
        return database.look(lambda uow: [event.number for event in uow.audit.chain(batch=batch)])

    for batch in (1, 3, 5, 10, 11):
        assert read(batch) == list(range(1, 11))


def test_plans_have_their_own_chains(database: Database) -> None:
    append(database, a_note(1), a_note(2))
    with reading(database.url, "other") as other:
        assert other.audit.newest_first(10) == []
        assert other.audit.first_break() is None


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None)
@given(st.dictionaries(st.text("abc", min_size=1, max_size=3), st.text(max_size=60), max_size=4))
def test_whatever_people_typed_is_read_back_as_it_was_sealed(database: Database, facts: dict[str, str]) -> None:
    append(database, Note.of(Kind.MESSAGE_REFUSED, NOW, "\ud800\x00", "\x00", facts))
    assert break_of(database) is None


# -- tampering -----------------------------------------------------------------------------------------------

FORBIDDEN = (
    "UPDATE audit_events SET actor = 'zhao' WHERE number = 2",
    "UPDATE audit_events SET number = 9 WHERE number = 3",
    "DELETE FROM audit_events WHERE number = 2",
    "DELETE FROM audit_events",
)


@pytest.mark.parametrize("statement", FORBIDDEN)
def test_the_database_refuses_to_change_or_remove_an_event(migrated_url: str, statement: str) -> None:
    refused(migrated_url, statement)


@pytest.mark.parametrize("backend", ["sqlite"])
@pytest.mark.parametrize("verb", ["INSERT OR REPLACE", "REPLACE"])
def test_sqlite_refuses_to_replace_one(migrated_url: str, verb: str) -> None:
    refused(migrated_url, f"{verb} INTO audit_events SELECT * FROM audit_events WHERE number = 2")


@pytest.mark.parametrize("backend", ["postgresql"])
def test_postgresql_refuses_to_empty_the_table(migrated_url: str) -> None:
    refused(migrated_url, "TRUNCATE audit_events")


def refused(url: str, statement: str) -> None:
    database = Database(url, "main")
    try:
        append(database, a_note(1), a_note(2), a_note(3))
        with pytest.raises(IntegrityError, match="append-only"):
            run(database, statement)
        assert break_of(database) is None
    finally:
        database.close()


TAMPERING = {
    "actor = 'zhao'": Fault.CONTENT,
    "at = '2026-01-01 00:00:00'": Fault.CONTENT,
    "kind = 'decision.reject'": Fault.CONTENT,
    "subject = ''": Fault.CONTENT,
    """facts = '{"n": "99"}'""": Fault.CONTENT,
    "hash = 'beef'": Fault.CONTENT,
    "prev_hash = 'beef'": Fault.PARENT,
    "plan_id = 'other'": Fault.NUMBER,
}


@pytest.mark.parametrize("number", [1, 3, 4])
@pytest.mark.parametrize("change", TAMPERING)
def test_an_event_changed_past_the_program_is_found(database: Database, change: str, number: int) -> None:
    append(database, *(a_note(n) for n in range(1, 6)))
    unguard(database)
    run(database, f"UPDATE audit_events SET {change} WHERE number = {number}")
    assert break_of(database) == (number, TAMPERING[change])


@pytest.mark.parametrize(("which", "number"), [("= 1", 1), ("= 3", 3), ("IN (2, 3)", 2), ("> 3", 4), ("> 0", 1)])
def test_events_removed_past_the_program_are_missed(database: Database, which: str, number: int) -> None:
    append(database, *(a_note(n) for n in range(1, 6)))
    unguard(database)
    run(database, f"DELETE FROM audit_events WHERE number {which}")
    broken = break_of(database)
    assert broken is not None
    assert broken[0] == number
    append(database, a_note(6))
    assert break_of(database) == (number, Fault.NUMBER), "what is written afterwards does not heal it"


UNREADABLE = ("facts = '{oops'", "facts = 'null'", "facts = '[1]'", """facts = '{"n": 3}'""", "at = 'gestern'",
              "at = 7", "subject = x'ff00'", "subject = CAST(x'ff00' AS TEXT)",
              "kind = x'00'", "hash = x'00'")  # fmt: skip


@pytest.mark.parametrize("backend", ["sqlite"])
@pytest.mark.parametrize("change", UNREADABLE)
def test_what_cannot_be_read_is_a_break_too(migrated_url: str, change: str) -> None:
    with closing(Database(migrated_url, "main")) as database:
        append(database, *(a_note(n) for n in range(1, 6)))
        unguard(database)
        run(database, f"UPDATE audit_events SET {change} WHERE number = 3")
        assert break_of(database) == (3, Fault.CONTENT)
        assert [e.number for e in database.look(lambda uow: uow.audit.newest_first(9))] == [5, 4, 3, 2, 1]


@pytest.mark.parametrize("backend", ["sqlite"])
def test_a_number_that_is_none_is_a_break_too(migrated_url: str) -> None:
    with closing(Database(migrated_url, "main")) as database:
        append(database, *(a_note(n) for n in range(1, 6)))
        unguard(database)
        run(database, "UPDATE audit_events SET number = 'abc' WHERE number = 5")
        assert break_of(database) == (5, Fault.NUMBER)


@pytest.mark.parametrize("facts", ["null", "[1]", '{"n": 3}'])
def test_facts_of_another_kind_are_a_break(database: Database, facts: str) -> None:
    append(database, a_note(1), a_note(2))
    unguard(database)
    run(database, f"UPDATE audit_events SET facts = '{facts}' WHERE number = 2")
    assert break_of(database) == (2, Fault.CONTENT)


def test_a_trail_deleted_with_its_head_is_missed_beside_the_plan_it_tells_of(database: Database) -> None:
    Office(database).bring(plan())
    assert break_of(database) is None
    unguard(database)
    run(database, "DELETE FROM audit_events", "DELETE FROM audit_heads")
    assert break_of(database) == (1, Fault.EMPTIED)
    append(database, a_note(1))
    assert break_of(database) == (1, Fault.EMPTIED), "what is written afterwards does not heal it"


# -- concurrency ---------------------------------------------------------------------------------------------

THREADS, EACH = 8, 25


def test_eight_writers_make_one_chain(database: Database) -> None:
    """Half of them under the plan's lock, taken before or after the note: one order of locks, no circle.

    PostgreSQL would resolve a deadlock by having a unit run again.
    """
    seeded(database)
    runs = []

    def writer(thread: int) -> None:
        for number in range(EACH):

            def unit(uow: UnitOfWork, number: int = number) -> None:
                runs.append(number)
                if thread % 4 == 0:
                    uow.plans.lock()
                uow.audit.add(Note.of(Kind.CLICK_LATE, NOW, f"p{thread}", "", {"n": number}))
                if thread % 4 == 1:
                    uow.plans.lock()
                uow.audit.add(Note.of(Kind.REPEATED, NOW, f"p{thread}", "", {"n": number}))
                uow.commit()

            database.write_now(unit)

    with ThreadPoolExecutor(THREADS) as threads:
        list(threads.map(writer, range(THREADS)))
    events = database.look(lambda uow: list(uow.audit.chain()))
    assert [event.number for event in events] == list(range(1, 2 * THREADS * EACH + 1))
    assert break_of(database) is None
    for thread in range(THREADS):
        mine = [event.facts["n"] for event in events if event.actor == f"p{thread}"]
        assert mine == [str(n) for n in range(EACH) for _ in "ab"], "in the order each of them wrote"
    assert len(runs) == THREADS * EACH, "no unit had to be run again"


def test_first_events_at_once_make_one_chain(database: Database) -> None:
    with ThreadPoolExecutor(THREADS) as threads:
        list(threads.map(lambda thread: append(database, a_note(thread)), range(THREADS)))
    assert len(database.look(lambda uow: list(uow.audit.chain()))) == THREADS
    assert break_of(database) is None
