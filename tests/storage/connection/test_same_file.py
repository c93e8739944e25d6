"""The file that was opened is known again by every thread that looks, also while its log is being made."""

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from storage.connection.same_file import Moved, SameFile


@pytest.fixture(autouse=True)
def _many_turns() -> Iterator[None]:
    """Threads take turns as often as they can."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


def test_a_log_that_comes_while_others_look_is_no_other_file(tmp_path: Path) -> None:
    for number in range(40):
        file = tmp_path / f"{number}.db"
        file.touch()
        same = SameFile(file)

        def look(same: SameFile = same) -> None:
            for _ in range(40):
                same.check()

        with ThreadPoolExecutor(6) as threads:
            looking = [threads.submit(look) for _ in range(6)]
            Path(f"{file}-wal").touch()
            for one in looking:
                one.result()


@pytest.mark.parametrize("name", ["plan.db", "plan.db-wal"])
def test_another_file_in_its_place_is_noticed(tmp_path: Path, name: str) -> None:
    for one in ("plan.db", "plan.db-wal"):
        (tmp_path / one).touch()
    same = SameFile(tmp_path / "plan.db")
    same.check()
    (tmp_path / "other").touch()
    (tmp_path / "other").replace(tmp_path / name)
    with pytest.raises(Moved):
        same.check()
