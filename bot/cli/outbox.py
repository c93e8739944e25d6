"""`python run.py outbox`: messages that were given up; `outbox replay KEY…|--all` and `outbox drop KEY` act on them."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from bot.cli.account import account
from bot.cli.common import DEFAULT, WRONG_USAGE, Config, Failed, ready_tables, say, started
from bot.environment import environment_of
from bot.settings import Settings
from handlers.actions import dead_letters as act
from handlers.reads.dead_letters import dead_letters
from handlers.turn import Turn
from storage.database import Database
from storage.inspect import answering, reading
from storage.unit_of_work import UnitOfWork

T = TypeVar("T")
app = typer.Typer(
    help="没送到的卡片和消息 | cards and messages that were not delivered",
    invoke_without_command=True,
    rich_markup_mode=None,
)


@app.callback()
def outbox(context: typer.Context, config: Config = DEFAULT) -> None:
    """列出没送到的：在哪、为什么 | what was not delivered: where, why."""
    context.obj = config
    if context.invoked_subcommand is None:
        _list(config)


@app.command()
def replay(
    context: typer.Context,
    keys: Annotated[list[str] | None, typer.Argument(metavar="[KEY]...", help="编号 | keys")] = None,
    every: Annotated[bool, typer.Option("--all", help="全部 | all of them")] = False,
    config: Config = DEFAULT,
) -> None:
    """重新发送 | send again."""
    with started(_config(context, config)) as (settings, words):
        if bool(keys) is every:
            raise Failed(words("dead.which"), WRONG_USAGE)
        ready_tables(settings, words, migrate=False)
        say(words("dead.replayed", n=_act(settings, lambda turn: act.replay(turn, keys or None, account()))))


@app.command()
def drop(
    context: typer.Context,
    key: Annotated[str, typer.Argument(metavar="KEY", help="编号 | its key")],
    config: Config = DEFAULT,
) -> None:
    """不再发送 | never send."""
    with started(_config(context, config)) as (settings, words):
        ready_tables(settings, words, migrate=False)
        _act(settings, lambda turn: act.drop(turn, key, account()))
        say(words("dead.dropped", key=key))


def _list(config: Path) -> None:
    with started(config) as (settings, words):
        ready_tables(settings, words, migrate=False)
        with reading(settings.database.url.get_secret_value(), settings.plan.id) as uow:
            count, lines = len(uow.dead_letters.all()), list(dead_letters(_turn(uow, settings)))
        for line in lines:
            say(line)
        say(words("dead.next", n=count) if count else words("dead.none"))


def _config(context: typer.Context, config: Path) -> Path:
    """`outbox --config FILE replay` means what `outbox replay --config FILE` does."""
    before: Path = context.obj
    return before if config == DEFAULT else config


def _act(settings: Settings, work: Callable[[Turn], T]) -> T:
    """Raises `storage.lock.InUse` while another process owns the SQLite file."""

    def unit(uow: UnitOfWork) -> T:
        uow.commit()
        return work(_turn(uow, settings))

    with answering():
        database = Database(settings.database.url.get_secret_value(), settings.plan.id)
        try:
            return database.write_now(unit)
        finally:
            database.close()


def _turn(uow: UnitOfWork, settings: Settings) -> Turn:
    return Turn(uow, datetime.now(UTC), environment_of(settings))
