"""An office on each kind of database."""

import pytest

from storage.database import Database
from tests.bot.delivery.office import Office


@pytest.fixture
def office(database: Database) -> Office:
    return Office(database)
