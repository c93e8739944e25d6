"""Deputies whom an earlier version let act at once go on acting, up and down (migration 0010)."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import Connection, MetaData, Table, insert, text

from planning.people.delegation import Delegation, DelegationState
from storage.connection.engine import open_engine
from storage.maintenance.migrate import downgrade, upgrade
from storage.plan.plans import PlanCache
from storage.unit_of_work import UnitOfWork

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
FIRST, LAST = date(2026, 11, 23), date(2026, 11, 27)
BEFORE = "0009"


@contextmanager
def connected(url: str) -> Iterator[Connection]:
    engine = open_engine(url, writer=True)
    with engine.begin() as connection:
        yield connection
    engine.dispose()


@pytest.fixture
def old_url(database_url: str) -> str:
    """As 0009 left it: a leave that runs, and one that was taken back."""
    upgrade(database_url, BEFORE)
    with connected(database_url) as connection:
        known = Table("delegations", MetaData(), autoload_with=connection)
        days = {"plan_id": "main", "deputy": "li", "first_day": FIRST, "last_day": LAST}
        at = NOW if connection.dialect.name == "postgresql" else NOW.replace(tzinfo=None)
        rows = [
            {**days, "person": "su", "seq": 0, "created_at": at, "ended_at": None},
            {**days, "person": "wang", "seq": 0, "created_at": at, "ended_at": at},
        ]
        connection.execute(insert(known), rows)
    return database_url


def read(url: str, person: str) -> Delegation:
    with connected(url) as connection:
        found = UnitOfWork(connection, "main", PlanCache(), reading=True).delegations.get(person, 0)
    assert found is not None
    return found


def test_who_acted_goes_on_acting_and_what_was_over_is_over(old_url: str) -> None:
    upgrade(old_url)
    su, wang = read(old_url, "su"), read(old_url, "wang")
    assert su.state(FIRST) is DelegationState.ACCEPTED
    assert wang.state(FIRST) is DelegationState.WITHDRAWN
    assert (su.accepted_at, wang.ended_by) == (NOW, "wang")


def test_who_never_accepted_does_not_act_when_it_goes_back_down(old_url: str) -> None:
    upgrade(old_url)
    with connected(old_url) as connection:
        connection.execute(text("UPDATE delegations SET accepted_at = NULL WHERE person = 'su'"))
    downgrade(old_url, BEFORE)
    with connected(old_url) as connection:
        assert [row.person for row in connection.execute(text("SELECT person FROM delegations"))] == ["wang"]
