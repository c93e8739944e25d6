"""A program beside a newer one's tables: as they are marked, and a mark is only given to what adds."""

from pathlib import Path

import pytest

from storage.connection.compatibility import SCRIPTS, Tables, oldest_beside, scripts_in
from storage.connection.engine import open_engine
from storage.database import Database
from storage.maintenance.inspect import bring_up_to_date, tables_of
from storage.maintenance.migrate import downgrade, upgrade
from storage.tables.base import schema_marks
from storage.tables.delivery import companies
from tests.storage.maintenance.additive import seen, taken
from tests.tomorrow import migrated_tomorrow

FIRST_THAT_SAYS = "0026"


@pytest.mark.parametrize(("compatible", "tables"), [(True, Tables.BESIDE), (False, Tables.NEWER)])
def test_newer_tables_are_usable_when_they_are_marked(
    database_url: str, tmp_path: Path, compatible: bool, tables: Tables
) -> None:
    migrated_tomorrow(database_url, tmp_path, compatible=compatible)
    assert tables_of(database_url) is tables
    assert bring_up_to_date(database_url) is tables, "and nobody tries to bring them back"
    assert tables_of(database_url) is tables
    assert tables.are_usable is compatible
    database = Database(database_url, "main")
    assert database.tables() is tables
    database.close()


def test_a_mark_made_for_other_tables_says_nothing(migrated_url: str) -> None:
    engine = open_engine(migrated_url, writer=True)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    engine.dispose()
    assert tables_of(migrated_url) is Tables.NEWER


def test_going_back_takes_the_mark_back(database_url: str) -> None:
    upgrade(database_url)
    downgrade(database_url, "0025")
    assert tables_of(database_url) is Tables.OLDER
    upgrade(database_url)
    assert tables_of(database_url) is Tables.CURRENT


def test_the_oldest_is_as_far_back_as_every_step_is_compatible(tmp_path: Path) -> None:
    (tmp_path / "versions").mkdir()
    for number, compatible in enumerate((False, True, False, True, True), 1):
        text = f"revision = '{number}'\ndown_revision = {str(number - 1) if number > 1 else None!r}\n"
        said = f"compatible = {compatible}\n" if compatible else ""
        (tmp_path / "versions" / f"{number}_.py").write_text(text + said, encoding="utf-8")
    scripts = scripts_in(tmp_path)
    assert {at: oldest_beside(scripts, at) for at in "12345"} == {"1": "1", "2": "1", "3": "3", "4": "3", "5": "3"}


def test_every_migration_says_whether_it_is_compatible_and_those_that_are_only_add(database_url: str) -> None:
    for script in reversed([*scripts_in(SCRIPTS).walk_revisions()]):
        if script.revision >= FIRST_THAT_SAYS:
            assert isinstance(getattr(script.module, "compatible", None), bool), f"compatible? {script.path}"
        if getattr(script.module, "compatible", False):
            upgrade(database_url, str(script.down_revision))
            before = seen(database_url)
            upgrade(database_url, script.revision)
            assert taken(before, seen(database_url)) == [], script.path


@pytest.mark.parametrize(
    ("steps", "found"),
    [
        ('op.add_column("companies", sa.Column("of_tomorrow", sa.Text()))', []),
        ('op.create_table("of_tomorrow", sa.Column("plan_id", sa.Text(), primary_key=True))', []),
        ('op.create_index("ix_tomorrow", "companies", ["plan_id", "company"])', []),
        ('op.drop_table("companies")', ["companies is gone"]),
        ('op.drop_column("companies", "company")', ["companies.company is gone"]),
        (
            'op.add_column("companies", sa.Column("wanted", sa.Text(), nullable=False, server_default="x"))',
            [],
        ),
        (
            'op.create_index("ix_tomorrow", "companies", ["plan_id", "company"], unique=True)',
            ["companies has a new unique restraint: ['plan_id', 'company']"],
        ),
        (
            'op.drop_table("companies"); op.create_table("companies", '
            'sa.Column("plan_id", sa.Text(), primary_key=True), '
            'sa.Column("platform", sa.Text(), primary_key=True), sa.Column("company", sa.Integer()), '
            'sa.Column("pinned_at", sa.Text(), nullable=False), sa.Column("country", sa.Text(), nullable=False))',
            ["companies.company was TEXT and is INTEGER", "companies.country is new and wanted of every row"],
        ),
    ],
)  # fmt: skip
@pytest.mark.parametrize("backend", ["sqlite"])
def test_what_more_than_adds_is_found(database_url: str, tmp_path: Path, steps: str, found: list[str]) -> None:
    upgrade(database_url)
    assert {companies.name, schema_marks.name} <= seen(database_url).keys()
    before = seen(database_url)
    migrated_tomorrow(database_url, tmp_path, compatible=False, steps=steps)
    assert [one for one in taken(before, seen(database_url)) if "pinned_at" not in one] == found
