"""The small company with its plan as revision 1, on each kind of database: imported once, then copied."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.maintenance.migrate import upgrade
from tests.databases import filled_database, opened
from tests.handlers.company import Company
from tests.handlers.office import Office
from tests.previews import without_key
from tests.small_company import plan


@pytest.fixture
def office(backend: str, tmp_path: Path) -> Iterator[Office]:
    """People say things, changes are decided; no platform."""
    with filled_database(backend, tmp_path, brought) as url, opened(url) as database:
        yield Office(database)


@pytest.fixture
def company(backend: str, tmp_path: Path) -> Iterator[Company]:
    """The same, with its channels: people press and cards are delivered."""
    with filled_database(backend, tmp_path, opens) as url, opened(url) as database:
        company = Company(database)
        yield company
        for channel in (company.office.channel, company.office.wecom):
            without_key([*channel.cards, *channel.posts])


def brought(url: str) -> None:
    upgrade(url)
    with opened(url) as database:
        Office(database).bring(plan())


def opens(url: str) -> None:
    upgrade(url)
    with opened(url) as database:
        Company(database).opens()
