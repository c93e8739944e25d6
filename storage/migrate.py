"""Bring a database to the newest tables, or back: Alembic, told where it is without an ini file."""

from collections.abc import Callable
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

from storage.engine import open_engine

SCRIPTS = Path(__file__).parent / "migrations"


def upgrade(url: str, revision: str = "head") -> None:
    """Run the missing migrations. The caller owns the database (see `storage.lock`)."""
    _run(url, lambda config: command.upgrade(config, revision))


def downgrade(url: str, revision: str = "base") -> None:
    _run(url, lambda config: command.downgrade(config, revision))


def is_current(engine: Engine) -> bool:
    """Tell whether the tables are the newest."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision() == newest()


def newest() -> str | None:
    return ScriptDirectory(str(SCRIPTS)).get_current_head()


def _run(url: str, step: Callable[[Config], None]) -> None:
    engine = open_engine(url, writer=True)
    try:
        with engine.begin() as connection:
            config = Config()
            config.set_main_option("script_location", str(SCRIPTS))
            config.attributes["connection"] = connection
            step(config)
    finally:
        engine.dispose()
