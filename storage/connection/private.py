"""A SQLite database is its owner's alone: it holds the plan, what people wrote, and who decided."""

import os
from contextlib import suppress
from pathlib import Path

BESIDE = ("", "-wal", "-shm", "-journal", ".lock")
OTHERS = 0o077


def made_private(file: Path) -> None:
    """Make folder and file where they are missing, for their owner alone, and take files that are there from others.

    A file that is there is never opened here: closing it would drop the locks this process holds on it.
    """
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with suppress(FileExistsError):
        os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    for part in BESIDE:
        with suppress(FileNotFoundError, PermissionError):  # somebody else's: theirs to change
            _close(Path(f"{file}{part}"))


def open_to_others(file: Path) -> list[Path]:
    """What of a database others on this machine may read or enter: its files, and their folder."""
    found = [Path(f"{file}{part}") for part in BESIDE]
    return [path for path in (file.parent, *found) if path.exists() and path.stat().st_mode & OTHERS]


def _close(path: Path) -> None:
    mode = path.stat().st_mode
    if mode & OTHERS:
        path.chmod(mode & ~OTHERS & 0o777)
