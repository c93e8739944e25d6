"""The file that was opened, as long as it is the one that its name leads to.

Deleted or replaced beside the running process it takes every write, and nobody ever finds one again.
"""

import os
from pathlib import Path
from threading import Lock

Identity = tuple[int, int]


class Moved(RuntimeError):
    """The database's file was deleted or replaced: what is written goes nowhere. Start anew on the right one."""


class Closed(RuntimeError):
    """The database has been closed: the process is about to end."""


class SameFile:
    """`file` has just been opened."""

    def __init__(self, file: Path) -> None:
        self._file, self._log = str(file), f"{file}-wal"
        self._opened = _identity(self._file)
        self._looking = Lock()
        self._log_opened: Identity | None = None
        """Of the write-ahead log, once there is one; it lives as long as any connection does."""

    def check(self) -> None:
        """Raises Moved. One thread at a time: a look from before there was a log is not compared with a later one."""
        with self._looking:
            log = _identity(self._log)
            if _identity(self._file) != self._opened or (self._log_opened and log != self._log_opened):
                raise Moved("the database's file is no longer the one that was opened")
            self._log_opened = log


def _identity(path: str) -> Identity | None:
    try:
        found = os.stat(path)
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino
