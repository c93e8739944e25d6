"""Versions of the settings: rows come back as they were written, count, and are neither changed nor taken away."""

from contextlib import closing
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from planning.control.settings_version import Sealed, SettingsVersion
from planning.trail.chain import Fault, first_break
from storage.connection.engine import open_engine
from storage.database import Database
from storage.unit_of_work import UnitOfWork
from tests.small_company import NOW
from tests.tampering import tampered

PEOPLE = [{"id": "lin", "name": "林静", "roles": ["admin"], "dingtalk": "0123"}]
LATER = NOW + timedelta(days=3)


def version(section: str = "people", document: object = PEOPLE, **changes: object) -> SettingsVersion:
    return replace(SettingsVersion(section, 0, document, NOW, NOW, "lin", note="因为"), **changes)  # type: ignore[arg-type]


@pytest.fixture
def filled(migrated_url: str) -> str:
    """Two versions of the people, one of the rules; of these, one that is to come."""
    with closing(Database(migrated_url, "main")) as database:

        def unit(uow: UnitOfWork) -> None:
            kept = uow.settings_of("main")
            kept.lock()
            for one in (
                version(file_hash="f"), version("rules", []), version(document=[]),
                version("rules", [{"id": "r"}], effective_from=LATER, approved_by="zhou"),
            ):  # fmt: skip
                kept.add(one)
            uow.commit()

        database.write_now(unit)
    return migrated_url


def test_rows_come_back_as_they_were_written_and_count(filled: str) -> None:
    with closing(Database(filled, "main")) as database:
        first, rules, second, planned = database.look(lambda uow: list(uow.settings_of("main").all()))
    numbered = replace(version(file_hash="f"), version=1, number=1, prev_hash=first.prev_hash, hash=first.hash)
    assert first == numbered
    assert list(first.document[0]) == ["id", "name", "roles", "dingtalk"], "in the order it was written"
    assert [(one.section, one.version, one.number) for one in (rules, second, planned)] == [
        ("rules", 1, 2), ("people", 2, 3), ("rules", 2, 4),
    ]  # fmt: skip
    assert first_break(Sealed(one, "main") for one in (first, rules, second, planned)) is None


def test_in_force_is_the_newest_of_a_section_that_has_taken_effect(filled: str) -> None:
    with closing(Database(filled, "main")) as database:
        now = database.look(lambda uow: uow.settings_of("main").current(NOW))
        then = database.look(lambda uow: uow.settings_of("main").current(LATER))
        behind = database.look(lambda uow: uow.settings_of("main").current(NOW - timedelta(seconds=5)))
    assert {name: one.version for name, one in now.items()} == {"people": 2, "rules": 1}
    assert {name: one.version for name, one in then.items()} == {"people": 2, "rules": 2}
    assert behind == now, "what took effect at once does so on a clock that is behind, too"


def test_the_newest_of_a_file_is_known_beneath_what_was_made_since(filled: str) -> None:
    with closing(Database(filled, "main")) as database:
        assert [*database.look(lambda uow: uow.settings_of("main").of_file())] == ["people"]
        assert database.look(lambda uow: uow.settings_of("main").of_file())["people"].number == 1
        assert database.look(lambda uow: uow.settings_of("south").last()) == 0, "each plan has its own"


@pytest.mark.parametrize(
    "statement", ["UPDATE settings_versions SET made_by = 'x'", "DELETE FROM settings_versions"]
)
def test_nothing_is_changed_or_taken_away(filled: str, statement: str) -> None:
    engine = open_engine(filled, writer=True)
    with pytest.raises(DatabaseError, match="append-only"), engine.begin() as connection:
        connection.execute(text(statement))
    engine.dispose()


def test_whoever_does_it_past_the_program_is_found_out(filled: str) -> None:
    tampered(filled, "UPDATE settings_versions SET document = '[]' WHERE number = 1")
    with closing(Database(filled, "main")) as database:
        broken = database.look(lambda uow: first_break(Sealed(one, "main") for one in uow.settings_of("main").all()))
    assert broken is not None
    assert (broken.number, broken.fault) == (1, Fault.CONTENT)
