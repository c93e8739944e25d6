"""The commands: `python run.py COMMAND [--config config.yaml]`.

What a command needs is imported when it runs: `version` and `import` do not wait for the platforms' libraries.
"""

import platform
import tomllib
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import structlog
import typer

from bot import logs
from bot.cli.common import DEFAULT, WRONG_USAGE, Config, Failed, OfPlan, database_place, ready_tables, say, started
from bot.settings import Settings
from cards.words import Words

PROJECT = Path(__file__).parents[2] / "pyproject.toml"
"""The one place where the version stands."""

log = structlog.get_logger()
app = typer.Typer(
    help="通盘：计划和变更就在群里。 Tongpan: plans and their changes, in the chat.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


class DemoCompany(StrEnum):
    FULL = "full"
    EMPTY = "empty"
    """Nobody and no group, to be brought on board by hand."""


@app.command()
def serve(
    config: Config = DEFAULT,
    migrate: Annotated[bool, typer.Option("--migrate/--no-migrate", help="先更新数据库的表 | migrate first")] = True,
) -> None:
    """运行机器人 | run the bot."""
    from bot.serve import CannotListen
    from bot.serve import serve as run
    from bot.spans import CannotTrace
    from storage.connection.engine import sqlite_concern

    with started(config) as (settings, words):
        ready_tables(settings, words, migrate=migrate)
        for warning in (*settings.warnings, sqlite_concern() if _on_sqlite(settings) else ""):
            if warning:
                log.warning(warning, action="settings.warning")
        try:
            run(settings)
        except CannotTrace as error:
            raise Failed(words(f"spans.{error.code}", **error.facts), WRONG_USAGE) from None
        except CannotListen as error:
            host, port = settings.server.host, settings.server.port
            raise Failed(words("cli.cannot-listen", host=host, port=port, why=error)) from None


@app.command()
def demo(
    port: Annotated[int, typer.Option(min=0, max=65535, help="端口，0 为任选 | port, 0: a free one")] = 8080,
    company: Annotated[DemoCompany, typer.Option(help="full 有人有群 | empty 从零开始")] = DemoCompany.FULL,
) -> None:
    """不用账号先试试 | try it without an account."""
    from bot.demo import run_demo

    logs.configure("warning")
    try:
        status = run_demo(port, empty=company is DemoCompany.EMPTY)
    except OSError as error:
        if error.filename:
            raise
        raise Failed(Words()("cli.demo-port", port=port, why=error.strerror or error)) from None
    raise typer.Exit(status)


@app.command()
def migrate(config: Config = DEFAULT) -> None:
    """更新数据库的表 | update the database's tables."""
    with started(config) as (settings, words):
        ready_tables(settings, words, migrate=True)
        say(words("cli.migrated", place=database_place(settings)))


@app.command()
def export(
    file: Annotated[Path, typer.Argument(metavar="FILE", dir_okay=False, help=".csv、.tsv 或 .xlsx")],
    config: Config = DEFAULT,
    plan: OfPlan = "",
) -> None:
    """计划导出成表格 | write the plan to a table."""
    from bot.cli.plan_files import WRITABLE, take_out

    with started(config, plan) as (settings, words):
        if file.suffix.lower() not in WRITABLE:
            raise Failed(words("cli.kind-of-file", file=file), WRONG_USAGE)
        ready_tables(settings, words, migrate=False)
        try:
            taken, files = take_out(settings, file)
        except OSError as error:
            raise Failed(words("cli.file", file=file, why=error.strerror or error)) from None
        names = words.list([str(written) for written in files])
        counts = {"items": len(taken.items), "links": len(taken.links)}
        say(words("cli.exported", revision=taken.revision, files=names, **counts))


@app.command()
def version() -> None:
    """版本号 | the version."""
    from storage.connection.engine import sqlite_module

    project = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]
    python, sqlite = platform.python_version(), sqlite_module().sqlite_version
    say(f"Tongpan {project['version']} (Python {python}, SQLite {sqlite})")


def _on_sqlite(settings: Settings) -> bool:
    return settings.database.url.get_secret_value().startswith("sqlite")
