"""A SQLite file belongs to one process. The lock goes when the process does."""

import os
from pathlib import Path

from sqlalchemy import make_url

try:
    import fcntl
except ImportError:  # Windows: SQLite's own locks must do
    fcntl = None  # type: ignore[assignment]


class InUse(RuntimeError):
    """Another process has this SQLite database open: stop it first, or use PostgreSQL for several processes."""


def file_of(url: str) -> Path | None:
    """The file of a SQLite URL; None for a server."""
    parsed = make_url(url)
    return Path(parsed.database) if parsed.get_backend_name() == "sqlite" and parsed.database else None


class FileLock:
    def __init__(self, file: Path) -> None:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._held = True
        self._descriptor = os.open(f"{file}.lock", os.O_RDWR | os.O_CREAT, 0o600)
        if fcntl is None:
            return
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            os.close(self._descriptor)
            raise InUse(f"{file} is open in another process: stop that one first, or use PostgreSQL.") from error

    def release(self) -> None:
        if self._held:
            self._held = False
            os.close(self._descriptor)
