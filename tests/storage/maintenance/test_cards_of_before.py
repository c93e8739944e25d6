"""Cards that an earlier version left are about what they were about, up and down (migration 0008)."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import Column, Connection, MetaData, Table, insert, inspect, select

from planning.subject import Subject
from storage.connection.engine import open_engine
from storage.maintenance.migrate import downgrade, upgrade
from storage.plan.plans import PlanCache
from storage.unit_of_work import UnitOfWork

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
OLDER, NEWER = "CR-20261123-001", "CR-20261124-1002"
PREVIEW = {"card_id": "main-a1", "purpose": "proposal", "change_no": NEWER, "department": ""}
ASKING = {"card_id": "main-b2", "purpose": "approval", "change_no": NEWER, "department": "role:coordinator", "round": 2}
NOTICE = {"card_id": "main-c3", "purpose": "notice", "change_no": OLDER, "department": "production"}
CONFLICT = {"card_id": "main-d4", "purpose": "conflict", "change_no": NEWER, "department": OLDER, "handle": "kept"}
CARDS = (PREVIEW, ASKING, NOTICE, CONFLICT)


@pytest.fixture
def old_url(database_url: str) -> str:
    """As 0007 left it: two requests in each other's way, and their cards."""
    upgrade(database_url, "0007")
    with _connected(database_url) as connection:
        _put(connection, "plans", {})
        for no in (OLDER, NEWER):
            _put(connection, "changes", {"no": no})
        _put(connection, "conflicts", {"older": OLDER, "newer": NEWER})
        for card in CARDS:
            _put(connection, "cards", card)
    return database_url


def test_every_card_is_found_under_what_it_is_about(old_url: str) -> None:
    upgrade(old_url)
    with _connected(old_url) as connection:
        cards = UnitOfWork(connection, "main", PlanCache(), reading=True).cards
        assert [row.card_id for row in cards.about(Subject.of_change(NEWER))] == ["main-a1", "main-b2"]
        assert [row.card_id for row in cards.about(Subject.of_change(OLDER))] == ["main-c3"]
        (clash,) = cards.about(Subject.of_conflict(OLDER, NEWER))
        asking = cards.get("main-b2")
    assert (clash.card_id, clash.department, clash.handle) == ("main-d4", "", "kept")
    assert clash.subject.changes == (OLDER, NEWER)
    assert asking is not None
    assert (asking.department, asking.round, asking.created_at) == ("role:coordinator", 2, NOW)


def test_back_down_they_are_as_they_were(old_url: str) -> None:
    before = _cards(old_url)
    upgrade(old_url)
    downgrade(old_url, "0007")
    assert _cards(old_url) == before
    with _connected(old_url) as connection:
        (key,) = inspect(connection).get_foreign_keys("cards")
        indexes = [index["column_names"] for index in inspect(connection).get_indexes("cards")]
    assert (key["constrained_columns"], key["referred_table"]) == (["plan_id", "change_no"], "changes")
    assert indexes == [["plan_id", "change_no"]]


def test_a_card_about_something_else_does_not_pretend_when_it_goes_back_down(old_url: str) -> None:
    before = _cards(old_url)
    upgrade(old_url)
    with _connected(old_url) as connection:
        other = {"card_id": "main-e5", "purpose": "notice", "subject_kind": "material", "subject": "M-100/7"}
        _put(connection, "cards", {**other, "department": ""})
    downgrade(old_url, "0007")
    assert _cards(old_url) == before
    upgrade(old_url)
    assert len(_cards(old_url)) == len(CARDS)


@contextmanager
def _connected(url: str) -> Iterator[Connection]:
    engine = open_engine(url, writer=True)
    with engine.begin() as connection:
        yield connection
    engine.dispose()


def _put(connection: Connection, name: str, known: Mapping[str, Any]) -> None:
    """A row of a table as it is now; what is not known, and has to be there, is something of its kind."""
    table = Table(name, MetaData(), autoload_with=connection)
    needed = {c.name: _something(c) for c in table.columns if not c.nullable and c.server_default is None}
    connection.execute(insert(table).values({**needed, "plan_id": "main", **known}))


def _something(column: Column[Any]) -> Any:
    kind = column.type.python_type
    return {int: 1, str: "", bool: False, datetime: NOW}.get(kind, [])


def _cards(url: str) -> list[dict[str, Any]]:
    with _connected(url) as connection:
        table = Table("cards", MetaData(), autoload_with=connection)
        rows = connection.execute(select(table).order_by(table.c.card_id))
        return [dict(row._mapping) for row in rows]
