"""`python run.py backup TO` while the bot runs, and `restore --check FROM`: would this backup do?"""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.common import DEFAULT, WRONG_USAGE, Config, Failed, ready_tables, say, started, turn_of
from bot.settings import Settings
from bot.settings.plans import of_each_plan
from cards.words import Words
from handlers.reads.trail.proof import faults
from storage.connection.lock import file_of
from storage.maintenance.backup import backed_up, unpacked
from storage.maintenance.trouble import Unusable
from storage.unit_of_work import UnitOfWork


def backup(
    to: Annotated[Path, typer.Argument(metavar="TO", help="新文件，或文件夹 | a new file, or a folder")],
    config: Config = DEFAULT,
) -> None:
    """备份数据库，机器人不用停；备份完校验 | back the database up while the bot runs, and verify it."""
    with started(config) as (settings, words):
        ready_tables(settings, words, migrate=False)
        url = settings.database.url.get_secret_value()
        file = to / _name(url) if to.is_dir() else to
        try:
            with backed_up(url, settings.plan.id, file) as uow:
                told, found = _proven(uow, settings)
        except Unusable as unusable:
            raise _failed(words, unusable) from None
        if found:
            raise Failed("\n".join((words("backup.unproven", file=file), *found)))
        say(words("backup.done", file=file, size=_kilobytes(file), **told))


def restore(
    source: Annotated[Path, typer.Argument(metavar="FROM", dir_okay=False, help="备份文件 | a backup")],
    check: Annotated[bool, typer.Option("--check", help="只校验，什么都不动 | only verify, touch nothing")] = False,
    config: Config = DEFAULT,
) -> None:
    """备份能不能用：在临时的地方恢复并校验 | is a backup good: restored in a scratch place and verified."""
    with started(config) as (settings, words):
        if not check:
            raise Failed(words("backup.by-hand", file=source), WRONG_USAGE)
        url = settings.database.url.get_secret_value()
        try:
            with unpacked(source, url, settings.plan.id) as uow:
                told, found = _proven(uow, settings)
        except Unusable as unusable:
            raise _failed(words, unusable) from None
        if found:
            raise Failed("\n".join((words("backup.unproven", file=source), *found)))
        say(words("backup.holds", file=source, **told))


def _name(url: str) -> str:
    """A name that sorts by time."""
    return f"tongpan-{datetime.now(UTC):%Y%m%dT%H%M%SZ}.{'db' if file_of(url) else 'dump'}"


def _proven(uow: UnitOfWork, settings: Settings) -> tuple[dict[str, object], list[str]]:
    """What is in a copy, and what does not fit, of all its plans."""
    revisions, events, wrong = list[str](), 0, list[str]()
    for one in of_each_plan(settings):
        turn = turn_of(uow.of_plan(one.plan.id), one)
        mark = turn.environment.plan_mark
        revisions.append(f"{mark}{turn.uow.plans.head() if turn.uow.plans.exists() else 0}")
        events += turn.uow.audit.head().number
        wrong += [f"{mark}{sentence}" for sentence in faults(turn)]
    return {"revision": " ".join(revisions), "events": events}, wrong


def _kilobytes(file: Path) -> int:
    return -(-file.stat().st_size // 1024)


def _failed(words: Words, unusable: Unusable) -> Failed:
    return Failed(words(f"backup.{unusable.trouble}", **unusable.facts))
