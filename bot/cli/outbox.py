"""`python run.py outbox`: messages that were given up; `outbox replay KEY…|--all` and `outbox drop KEY` act on them."""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.account import account
from bot.cli.common import (
    DEFAULT,
    WRONG_USAGE,
    Config,
    Failed,
    OfPlan,
    chosen,
    done,
    looking,
    ready_tables,
    say,
    started,
)
from handlers.actions.delivery import dead_letters as act
from handlers.reads.delivery.dead_letters import dead_letters

app = typer.Typer(
    help="没送到的卡片和消息 | cards and messages that were not delivered",
    invoke_without_command=True,
    rich_markup_mode=None,
)


@app.callback()
def outbox(context: typer.Context, config: Config = DEFAULT, plan: OfPlan = "") -> None:
    """列出没送到的：在哪、为什么 | what was not delivered: where, why."""
    context.obj = config, plan
    if context.invoked_subcommand is None:
        _list(config, plan)


@app.command()
def replay(
    context: typer.Context,
    keys: Annotated[list[str] | None, typer.Argument(metavar="[KEY]...", help="编号 | keys")] = None,
    every: Annotated[bool, typer.Option("--all", help="全部 | all of them")] = False,
    config: Config = DEFAULT,
    plan: OfPlan = "",
) -> None:
    """重新发送 | send again."""
    with started(*chosen(context, config, plan)) as (settings, words):
        if bool(keys) is every:
            raise Failed(words("dead.which"), WRONG_USAGE)
        ready_tables(settings, words, migrate=False)
        say(words("dead.replayed", n=done(settings, lambda turn: act.replay(turn, keys or None, account()))))


@app.command()
def drop(
    context: typer.Context,
    key: Annotated[str, typer.Argument(metavar="KEY", help="编号 | its key")],
    config: Config = DEFAULT,
    plan: OfPlan = "",
) -> None:
    """不再发送 | never send."""
    with started(*chosen(context, config, plan)) as (settings, words):
        ready_tables(settings, words, migrate=False)
        done(settings, lambda turn: act.drop(turn, key, account()))
        say(words("dead.dropped", key=key))


def _list(config: Path, plan: str) -> None:
    with started(config, plan) as (settings, words):
        ready_tables(settings, words, migrate=False)
        with looking(settings) as turn:
            count, lines = len(turn.uow.dead_letters.all()), list(dead_letters(turn))
        for line in lines:
            say(line)
        say(words("dead.next", n=count) if count else words("dead.none"))
