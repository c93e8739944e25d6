"""What every room's tests share: real databases of both kinds, ready to use."""

import gc
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.database import Database
from tests.databases import BACKENDS, fresh_database, opened
from tests.memory import work_in_memory
from tests.statements import compile_once

pytest_plugins = ["tests.extent", "tests.telling"]
work_in_memory()
compile_once()


def pytest_collection_finish() -> None:
    """Leave modules and collected tests out of every search for garbage: a twentieth of all processor time."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def _leave_nothing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Temporary files of whatever kind lie in this run's folder, which pytest removes."""
    before, tempfile.tempdir = tempfile.tempdir, str(tmp_path_factory.getbasetemp())
    yield
    tempfile.tempdir = before


@pytest.fixture(params=BACKENDS)
def backend(request: pytest.FixtureRequest) -> str:
    """Each kind of database; `pytest.mark.parametrize("backend", ["sqlite"])` is content with one."""
    return str(request.param)


@pytest.fixture
def database_url(backend: str, tmp_path: Path) -> Iterator[str]:
    """An empty database, without tables."""
    with fresh_database(backend, tmp_path) as url:
        yield url


@pytest.fixture
def migrated_url(backend: str, tmp_path: Path) -> Iterator[str]:
    """A database with its tables, and nothing in them."""
    with fresh_database(backend, tmp_path, migrated=True) as url:
        yield url


@pytest.fixture
def database(migrated_url: str) -> Iterator[Database]:
    """A migrated database, open for the plan `main`."""
    with opened(migrated_url) as database:
        yield database
