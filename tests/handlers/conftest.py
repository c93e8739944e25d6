import pytest

from storage.database import Database
from tests.handlers.company import Company
from tests.handlers.office import Office
from tests.small_company import plan


@pytest.fixture
def office(database: Database) -> Office:
    """The small company with its plan as revision 1."""
    opened = Office(database)
    opened.bring(plan())
    return opened


@pytest.fixture
def company(database: Database) -> Company:
    """The same, with its channels: people press and cards are delivered."""
    return Company(database).opens()
