"""`python run.py mapping`: the words that `import --map` kept, as a file; `mapping remove` forgets them."""

from datetime import UTC, datetime
from pathlib import Path

import typer

from bot.cli.account import account
from bot.cli.common import DEFAULT, Config, ready_tables, say, started
from bot.environment import environment_of
from handlers.actions.keep_wording import remove_wording
from handlers.turn import Turn
from storage.database import Database
from storage.inspect import answering
from storage.unit_of_work import UnitOfWork

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
    before: Path = context.obj
    with started(before if config == DEFAULT else config) as (settings, words):
        ready_tables(settings, words, migrate=False)
        environment = environment_of(settings)

        def unit(uow: UnitOfWork) -> str:
            uow.commit()
            return remove_wording(Turn(uow, datetime.now(UTC), environment), account())

        with answering():
            database = Database(settings.database.url.get_secret_value(), settings.plan.id)
            try:
                file = database.write_now(unit)
            finally:
                database.close()
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
