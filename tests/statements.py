"""SQL is compiled once per process: a test opens engines of its own, and compiling was a third of what it cost."""

from typing import Any

from sqlalchemy import Connection, Engine, event


class Compiled(dict[Any, Any]):
    """What SQLAlchemy keeps per engine. The first part of a key is the engine's dialect; here its name will do."""

    def get(self, key: Any, default: Any = None) -> Any:
        return super().get(_without_engine(key), default)

    def __setitem__(self, key: Any, compiled: Any) -> None:
        super().__setitem__(_without_engine(key), compiled)


def _without_engine(key: Any) -> Any:
    dialect, *statement = key
    return (dialect.name, *statement)


def compile_once() -> None:
    """From now on, for every engine of this process."""
    compiled = Compiled()

    @event.listens_for(Engine, "engine_connect")
    def share(connection: Connection) -> None:
        connection.execution_options(compiled_cache=compiled)
