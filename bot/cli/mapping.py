"""`python run.py mapping`: the words that `import --map` kept, as a file; `mapping remove` forgets them."""

from pathlib import Path

import typer

from bot.cli.account import account
from bot.cli.common import DEFAULT, Config, OfPlan, chosen, done, ready_tables, say, started
from bot.environment import environment_of
from handlers.actions.plan.keep_wording import remove_wording

app = typer.Typer(help="表格的别的叫法 | other words for tables", invoke_without_command=True, rich_markup_mode=None)


@app.callback()
def mapping(context: typer.Context, config: Config = DEFAULT, plan: OfPlan = "") -> None:
    """写出 import --map 保存的叫法 | the words that import --map kept, as a file."""
    context.obj = config, plan
    if context.invoked_subcommand is None:
        _show(config, plan)


@app.command()
def remove(context: typer.Context, config: Config = DEFAULT, plan: OfPlan = "") -> None:
    """去掉 | forget them."""
    with started(*chosen(context, config, plan)) as (settings, words):
        ready_tables(settings, words, migrate=False)
        file = done(settings, lambda turn: remove_wording(turn, account()))
        say(words("cli.mapping-removed", file=file) if file else words("cli.mapping-none"))


def _show(config: Path, plan: str) -> None:
    from bot.cli.plan_files import kept_words
    from bot.tables.mapping import write_mapping

    with started(config, plan) as (settings, words):
        ready_tables(settings, words, migrate=False)
        kept = kept_words(settings)
        if kept is None:
            say(words("cli.mapping-none"))
            return
        environment = environment_of(settings)
        name, day = environment.organisation.name_of(kept.by), kept.at.astimezone(environment.zone).date()
        say(words("cli.mapping-shown", file=kept.source, name=name, day=day))
        say(write_mapping(kept.wording).rstrip("\n"))
