"""Trouble of the database itself: nothing that was asked of it is to blame, and asked again later it may work."""

import re

from sqlalchemy.exc import DatabaseError, DBAPIError, InternalError, OperationalError
from sqlalchemy.exc import InterfaceError as LostConnection
from sqlalchemy.exc import TimeoutError as NoConnection

from storage.connection.same_file import Closed, Moved

SQLITE_ERROR = 1
"""SQLite's word for a statement that makes no sense."""
NO_SAVEPOINT = "no such savepoint"
NO_FAULT_OF_THE_STATEMENT = ("25006", "25P03")
"""PostgreSQL's codes for a server that takes no writes at the moment, and for a session that it has ended because it
stood still within a transaction."""


def is_trouble(error: BaseException) -> bool:
    """Locked, full, read-only, unreachable, broken, gone; not a mistake in a statement."""
    return _is_trouble(_first(error))


def reason_of(error: BaseException) -> str:
    """The driver's reason, on one line, without the password: one with an @ not written %40 ends up in the host's
    name."""
    error = _first(error)
    raised = error.orig if isinstance(error, DBAPIError) else error
    lines = str(raised).strip().splitlines()
    return re.sub(r"[^\s'\"]+@", "***@", lines[0]) if lines else type(raised).__name__


def _is_trouble(error: BaseException) -> bool:
    match error:
        case Moved() | Closed() | NoConnection():
            return True
        case LostConnection():
            return hasattr(error.orig, "sqlstate")  # PostgreSQL's; SQLite's is a value that cannot be bound
        case OperationalError():
            return getattr(error.orig, "sqlite_errorcode", None) != SQLITE_ERROR
        case InternalError():
            return getattr(error.orig, "sqlstate", None) in NO_FAULT_OF_THE_STATEMENT
        case DBAPIError() if error.connection_invalidated:
            return True
    return type(error) is DatabaseError  # its kinds are mistakes of ours; itself: the file is no database any more


def _first(error: BaseException) -> BaseException:
    """The trouble behind a savepoint that is gone: a full or broken SQLite ends the whole transaction by itself, and
    whoever then goes back to a savepoint is told that there is none."""
    behind: BaseException | None = error
    while behind is not None and NO_SAVEPOINT in str(behind):
        behind = behind.__context__
    return behind or error
