"""Trouble of the database itself: nothing that was asked of it is to blame, and asked again later it may work."""

from sqlalchemy.exc import DatabaseError, DBAPIError, InternalError, OperationalError
from sqlalchemy.exc import InterfaceError as LostConnection
from sqlalchemy.exc import TimeoutError as NoConnection

from storage.same_file import Moved

SQLITE_ERROR = 1
"""SQLite's word for a statement that makes no sense."""
READ_ONLY = "25006"
"""PostgreSQL's code for a server that takes no writes at the moment."""


def is_trouble(error: BaseException | None) -> bool:
    """Locked, full, read-only, unreachable, broken, gone; not a mistake in a statement."""
    match error:
        case Moved() | NoConnection():
            return True
        case LostConnection():
            return hasattr(error.orig, "sqlstate")  # PostgreSQL's; SQLite's is a value that cannot be bound
        case OperationalError():
            return getattr(error.orig, "sqlite_errorcode", None) != SQLITE_ERROR
        case InternalError():
            return getattr(error.orig, "sqlstate", None) == READ_ONLY
        case DBAPIError() if error.connection_invalidated:
            return True
    return type(error) is DatabaseError  # its kinds are mistakes of ours; itself: the file is no database any more
