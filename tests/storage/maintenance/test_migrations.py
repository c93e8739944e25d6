"""Migrations from nothing, up and down, and to exactly the tables the code speaks of."""

from typing import Any

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect

from storage.connection.compatibility import Tables, standing
from storage.connection.engine import open_engine
from storage.maintenance.migrate import downgrade, upgrade
from storage.tables import metadata
from storage.tables.base import schema_marks

POSTGRESQL_ALONE = ("ix_changes_numbers",)
"""Indexes that SQLite needs not have."""


def test_up_makes_the_tables_the_code_speaks_of(database_url: str) -> None:
    def wanted(thing: Any, name: str | None, kind: str, *_: Any) -> bool:
        return engine.dialect.name == "postgresql" or kind != "index" or name not in POSTGRESQL_ALONE

    upgrade(database_url)
    engine = open_engine(database_url, writer=True)
    with engine.connect() as connection:
        looking = MigrationContext.configure(connection, opts={"include_object": wanted})
        differences = compare_metadata(looking, metadata)
        assert standing(connection) is Tables.CURRENT
    assert differences == []
    engine.dispose()


def test_down_leaves_nothing_and_up_again_works(database_url: str) -> None:
    upgrade(database_url)
    downgrade(database_url)
    engine = open_engine(database_url, writer=True)
    assert set(inspect(engine).get_table_names()) <= {"alembic_version"}
    engine.dispose()
    upgrade(database_url)


def test_the_plan_leads_every_key() -> None:
    of_the_whole_database = {schema_marks}
    for table in {*metadata.sorted_tables} - of_the_whole_database:
        assert next(iter(table.primary_key.columns)).name == "plan_id", table.name
        for constraint in table.foreign_key_constraints:
            assert constraint.column_keys[0] == "plan_id", table.name
        for index in table.indexes:
            assert next(iter(index.columns)).name == "plan_id", index.name
