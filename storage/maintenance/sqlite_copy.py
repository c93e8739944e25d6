"""Copies of a SQLite file, by SQLite's own online backup: one state of it, whoever writes meanwhile."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import URL

from storage.connection.engine import open_engine, sqlite_module
from storage.maintenance.inspect import reading
from storage.maintenance.trouble import Trouble, Unusable
from storage.unit_of_work import UnitOfWork


@contextmanager
def copied(url: str, plan_id: str, to: Path) -> Iterator[UnitOfWork]:
    """Copy it, look whether the copy is whole, and read from the copy; at the end it is one file.

    All pages are one step: in steps, each write of somebody else would start it anew.
    """
    with closing(sqlite_module().connect(str(to))) as target:
        engine = open_engine(url, writer=False)
        try:
            source = engine.raw_connection()
            try:
                source.driver_connection.backup(target, pages=-1)  # type: ignore[union-attr]
            finally:
                source.close()
        finally:
            engine.dispose()
    _whole(to, to)
    with reading(_url(to), plan_id) as uow:
        yield uow
    with closing(sqlite_module().connect(str(to))) as target:
        target.execute("PRAGMA journal_mode=DELETE")


@contextmanager
def unpacked(source: Path) -> Iterator[str]:
    """The URL of a copy in a scratch folder."""
    with tempfile.TemporaryDirectory(prefix="tongpan-check-") as folder:
        file = Path(folder) / "plan.db"
        shutil.copyfile(source, file)
        _whole(file, source)
        yield _url(file)


def _whole(file: Path, called: Path) -> None:
    """Raises Unusable, with the name by which people know the file, where SQLite finds fault with it."""
    module = sqlite_module()
    try:
        with closing(module.connect(str(file))) as connection:
            found = [str(row[0]) for row in connection.execute("PRAGMA integrity_check(1)")]
            found = found if found != ["ok"] else [str(row) for row in connection.execute("PRAGMA foreign_key_check")]
    except module.DatabaseError as error:
        found = [str(error)]
    if found:
        raise Unusable(Trouble.DAMAGED, file=called, why=found[0].splitlines()[-1])


def _url(file: Path) -> str:
    return URL.create("sqlite", database=str(file)).render_as_string(hide_password=False)
