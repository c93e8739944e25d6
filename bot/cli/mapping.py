"""`python run.py mapping`: the words that `import --map` kept, as a file; `mapping remove` forgets them."""

from pathlib import Path

import typer

from bot.cli.account import account
from bot.cli.common import DEFAULT, Config, config_of, done, ready_tables, say, started
from bot.environment import environment_of
from handlers.actions.keep_wording import remove_wording

app = typer.Typer(help="表格的别的叫法 | other words for tables", invoke_without_command=True, rich_markup_mode=None)


@app.callback()
def mapping(context: typer.Context, config: Config = DEFAULT) -> None:
    """写出 import --map 保存的叫法 | the words that import --map kept, as a file."""
    context.obj = config
    if context.invoked_subcommand is None:
        _show(config)


@app.command()
def remove(context: typer.Context, config: Config = DEFAULT) -> None:
    """去掉 | forget them."""
    with started(config_of(context, config)) as (settings, words):
        ready_tables(settings, words, migrate=False)
        file = done(settings, lambda turn: remove_wording(turn, account()))
        say(words("cli.mapping-removed", file=file) if file else words("cli.mapping-none"))


def _show(config: Path) -> None:
    from bot.cli.plan_files import kept_words
    from bot.tables.mapping import write_mapping

    with started(config) as (settings, words):
        ready_tables(settings, words, migrate=False)
        kept = kept_words(settings)
        if kept is None:
            say(words("cli.mapping-none"))
            return
        environment = environment_of(settings)
        name, day = environment.organisation.name_of(kept.by), kept.at.astimezone(environment.zone).date()
        say(words("cli.mapping-shown", file=kept.source, name=name, day=day))
        say(write_mapping(kept.wording).rstrip("\n"))
