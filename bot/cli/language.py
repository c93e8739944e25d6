"""`python run.py language report | export FILE.csv`: how well free speech is understood, and what people chose."""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.account import account
from bot.cli.common import DEFAULT, Config, Failed, OfPlan, done, looking, ready_tables, say, started
from bot.tables.write import write_text
from handlers.actions.control.forget_choice import forget_choice
from handlers.reads.trail import choices

app = typer.Typer(help="听懂了多少 | how well it understands", no_args_is_help=True, rich_markup_mode=None)


@app.command()
def report(config: Config = DEFAULT, plan: OfPlan = "") -> None:
    """每周：第一个就对、前三个里有的比例 | by week: how often the first offer was meant, and one of three."""
    with started(config, plan) as (settings, words):
        ready_tables(settings, words, migrate=False)
        with looking(settings) as turn:
            text = choices.report(turn)
        say(text)


@app.command("list")
def list_(config: Config = DEFAULT, plan: OfPlan = "") -> None:
    """从哪些选择学习，新的在前 | the choices it learns from, newest first."""
    with started(config, plan) as (settings, words):
        ready_tables(settings, words, migrate=False)
        with looking(settings) as turn:
            rows = list(choices.listed(turn))
        say("\n".join("  ".join(row) for row in rows) or words("language.none"))


@app.command()
def forget(id: str, config: Config = DEFAULT, plan: OfPlan = "") -> None:
    """不再从这个选择学习 | learn nothing from this choice any more."""
    with started(config, plan) as (settings, words):
        ready_tables(settings, words, migrate=False)
        if not done(settings, lambda turn: forget_choice(turn, id, account())):
            raise Failed(words("language.unknown", id=id))
        say(words("language.forgotten", id=id))


@app.command()
def export(
    file: Annotated[Path, typer.Argument(metavar="FILE", dir_okay=False, help=".csv")], config: Config = DEFAULT,
    plan: OfPlan = "",
) -> None:
    """说的话和选的命令，单号和人名已替换 | what was said and chosen, codes and names replaced."""
    with started(config, plan) as (settings, words):
        ready_tables(settings, words, migrate=False)
        with looking(settings) as turn:
            rows = list(choices.examples(turn))
        try:
            write_text(file, [("said", "chosen"), *rows])
        except OSError as error:
            raise Failed(words("cli.file", file=file, why=error.strerror or error)) from None
        say(words("language.exported", count=len(rows), file=file))
