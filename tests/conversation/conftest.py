"""One company for all sentences: what is said there is rolled back."""

from collections.abc import Iterator

import pytest

from storage.maintenance.migrate import upgrade
from tests.conversation.world import World
from tests.databases import filled_database, opened


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    place = tmp_path_factory.mktemp("conversation")
    with filled_database("sqlite", place, upgrade) as url, opened(url) as database:
        yield World(database)
