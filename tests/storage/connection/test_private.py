"""A SQLite database is its owner's alone, whatever the umask, and whatever an earlier version left."""

import os
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from storage.connection.private import open_to_others
from storage.database import Database
from storage.maintenance.migrate import upgrade


@pytest.fixture(autouse=True)
def generous() -> Iterator[None]:
    """The umask of most machines."""
    before = os.umask(0o022)
    yield
    os.umask(before)


def modes(folder: Path) -> dict[str, str]:
    return {path.name: oct(path.stat().st_mode & 0o777) for path in (folder, *folder.iterdir())}


def test_folder_and_files_are_made_for_their_owner(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    url = f"sqlite:///{folder / 'plan.db'}"
    upgrade(url)
    with closing(Database(url, "main")) as database:
        database.write_now(lambda uow: uow.commit())
        assert set(modes(folder)) >= {"data", "plan.db", "plan.db-wal", "plan.db-shm", "plan.db.lock"}
        assert set(modes(folder).values()) == {"0o600", "0o700"}
        assert modes(folder)["data"] == "0o700"
        assert open_to_others(folder / "plan.db") == []


def test_what_others_could_read_is_taken_from_them(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'plan.db'}"
    upgrade(url)
    tmp_path.chmod(0o755)
    for path in tmp_path.iterdir():
        path.chmod(0o664)
    with closing(Database(url, "main")):
        assert {mode for name, mode in modes(tmp_path).items() if name.startswith("plan.db")} == {"0o600"}
        assert open_to_others(tmp_path / "plan.db") == [tmp_path], "a folder may be for other things as well"
