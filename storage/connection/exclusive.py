"""Something that one process of a plan holds at a time: an advisory lock of PostgreSQL's, while its connection lives.

A process that dies lets go at once, because the server sees its connection end; a machine that dies, within seconds.
"""

from sqlalchemy import Connection, Engine, func, select, text

HOLDING = 0x686F6C64
"""The first number of the lock; the second is what is held."""
SERVER_LOOKS = ("tcp_keepalives_idle = 3", "tcp_keepalives_interval = 1", "tcp_keepalives_count = 3")
"""So that the server notices a machine that is gone."""


class Exclusive:
    """Take and keep it with `hold`, again and again. The database is PostgreSQL: a SQLite file has one process."""

    def __init__(self, engine: Engine, name: str) -> None:
        """`name`: what is held, the plan's id in it."""
        self._engine, self._name = engine, name
        self._connection: Connection | None = None

    def hold(self) -> bool:
        """Tell whether it is ours, taking it if it is free. Raises when the database does not answer."""
        if self._connection is not None:
            try:
                self._connection.execute(text("SELECT 1"))
            except Exception:
                self.let_go()  # whether it was lost: the next lines take it again, or see who has it
            else:
                return True
        return self._take()

    def let_go(self) -> None:
        """Free it for the next."""
        if self._connection is not None:
            self._connection.invalidate()  # closed and not given back: the lock ends with it
            self._connection.close()
            self._connection = None

    def _take(self) -> bool:
        connection = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        try:
            for setting in SERVER_LOOKS:
                connection.execute(text(f"SET {setting}"))
            taken = connection.scalar(select(func.pg_try_advisory_lock(HOLDING, func.hashtext(self._name))))
        except Exception:
            connection.invalidate()
            connection.close()
            raise
        if not taken:
            connection.close()
            return False
        self._connection = connection
        return True
