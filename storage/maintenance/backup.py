"""Backups: a database copied while it is written to, and a copy unpacked in a scratch place to be looked at.

What comes out of both is a unit of work on what the copy holds, for whoever proves it.
"""

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from storage.connection.compatibility import Tables
from storage.connection.lock import file_of
from storage.connection.private import BESIDE
from storage.maintenance import postgresql_dump, sqlite_copy
from storage.maintenance.inspect import bring_up_to_date, reading, tables_of
from storage.maintenance.trouble import Trouble, Unusable
from storage.unit_of_work import UnitOfWork

SQLITE, POSTGRESQL = b"SQLite format 3\0", b"PGDMP"
"""How their files begin."""


@contextmanager
def backed_up(url: str, plan_id: str, to: Path) -> Iterator[UnitOfWork]:
    """Copy the database to a new file, for its owner alone; at the end it is there, whole and durable, or not at all.

    Raises Unusable, `storage.maintenance.inspect.Unreachable` or OSError.
    """
    if to.exists():
        raise Unusable(Trouble.EXISTS, file=to)
    if not to.parent.is_dir():
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(to.parent))
    copier = sqlite_copy.copied if file_of(url) else postgresql_dump.dumped
    descriptor, name = tempfile.mkstemp(prefix=f".{to.name}.", dir=to.parent)  # 0600
    os.close(descriptor)
    part = Path(name)
    try:
        with copier(url, plan_id, part) as uow:
            yield uow
        _durable(part)
        part.replace(to)
        _durable(to.parent)
    finally:
        for beside in BESIDE:
            with suppress(FileNotFoundError):
                Path(f"{part}{beside}").unlink()


@contextmanager
def unpacked(source: Path, url: str, plan_id: str) -> Iterator[UnitOfWork]:
    """A backup in a scratch place that is gone afterwards, its tables brought up to date there; neither the file nor
    the database of `url` is touched. A dump of PostgreSQL is unpacked into a database of its own on that server.

    Raises Unusable, `storage.maintenance.inspect.Unreachable` or OSError.
    """
    with source.open("rb") as file:
        head = file.read(len(SQLITE))
    if head == SQLITE:
        scratch = sqlite_copy.unpacked(source)
    elif head.startswith(POSTGRESQL):
        scratch = postgresql_dump.unpacked(source, url)
    else:
        raise Unusable(Trouble.NO_BACKUP, file=source)
    with scratch as there:
        found = tables_of(there)
        if found in (Tables.MISSING, Tables.NEWER):
            raise Unusable(Trouble.NOT_OURS if found is Tables.MISSING else Trouble.NEWER, file=source)
        bring_up_to_date(there)
        with reading(there, plan_id) as uow:
            yield uow


def _durable(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
