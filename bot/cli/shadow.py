"""`python run.py shadow report`: what shadow mode would have refused and asked, as 影子 tells it in a group."""

import typer

from bot.cli.common import DEFAULT, Config, Failed, OfPlan, Since, looking, moment_of, ready_tables, say, started
from bot.environment import environment_of
from handlers.reads.control.shadow_report import report as told
from planning.refusal import Refused

app = typer.Typer(help="影子运行 | shadow mode", no_args_is_help=True, rich_markup_mode=None)


@app.callback()
def shadow() -> None:
    """影子运行 | shadow mode."""


@app.command()
def report(since: Since = "", config: Config = DEFAULT, plan: OfPlan = "") -> None:
    """正式启用后会拦下哪些变更、会等谁 | what would have been refused, and whom it would have waited for."""
    with started(config, plan) as (settings, words):
        ready_tables(settings, words, migrate=False)
        first = moment_of(since, environment_of(settings))
        span = words("shadow.since", since=since) if since else words("shadow.ever")
        with looking(settings) as turn:
            try:
                text = told(turn, first, span)
            except Refused as refused:
                raise Failed(turn.sentence(refused.refusal)) from None
        say(text.replace("**", ""))
