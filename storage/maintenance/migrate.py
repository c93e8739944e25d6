"""Bring a database to the newest tables, or back: Alembic, told where it is without an ini file."""

from collections.abc import Callable
from pathlib import Path

from alembic import command
from alembic.config import Config

from storage.connection.compatibility import SCRIPTS, Tables, mark, standing
from storage.connection.engine import open_engine


def upgrade(url: str, revision: str = "head", scripts: Path = SCRIPTS) -> None:
    """Run the missing migrations; tables of a newer program that are marked as fit for this one stay as they are. The
    caller owns the database (see `storage.connection.lock`)."""

    def step(config: Config) -> None:
        if standing(config.attributes["connection"]) is not Tables.BESIDE:
            command.upgrade(config, revision)

    _run(url, scripts, step)


def downgrade(url: str, revision: str = "base") -> None:
    _run(url, SCRIPTS, lambda config: command.downgrade(config, revision))


def _run(url: str, scripts: Path, step: Callable[[Config], None]) -> None:
    engine = open_engine(url, writer=True)
    try:
        with engine.begin() as connection:
            config = Config()
            config.set_main_option("script_location", str(scripts))
            config.attributes["connection"] = connection
            step(config)
            mark(connection, scripts)
    finally:
        engine.dispose()
