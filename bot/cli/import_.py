"""`python run.py import ITEMS [LINKS]`: say what the tables would make of the plan, ask, and make it so."""

import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.common import DEFAULT, WRONG_USAGE, Config, Failed, OfPlan, ready_tables, say, started
from bot.settings import Settings
from cards.words import Words
from planning.plan.limits import FIRST_DAY, LAST_DAY

if TYPE_CHECKING:
    from bot.cli.plan_files import Tables


def import_(
    items: Annotated[Path, typer.Argument(metavar="ITEMS", dir_okay=False, help="事项表：.csv、.tsv 或 .xlsx | items")],
    links: Annotated[Path | None, typer.Argument(metavar="LINKS", dir_okay=False, help="关系表 | links")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只看会改什么 | only say what would change")] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="不再问 | do not ask")] = False,
    replace: Annotated[
        bool, typer.Option("--replace", help="允许删除很多项 | many items may be removed")
    ] = False,
    sheet: Annotated[
        str, typer.Option(metavar="TITLE", help="工作簿里事项所在的表 | the workbook's sheet of items")
    ] = "",
    as_of: Annotated[
        str, typer.Option(metavar="DATE", help="没写日期的从哪天起排，默认今天 | place undated items from this day on")
    ] = "",
    map_: Annotated[
        Path | None,
        typer.Option("--map", metavar="FILE", dir_okay=False, help="别的叫法，会保存 | other words, which are kept"),
    ] = None,
    config: Config = DEFAULT,
    plan: OfPlan = "",
) -> None:
    """表格导入为新版本：先说会改什么，再问 | tables become a new revision: first says what changes, then asks."""
    from bot.cli.plan_files import read_files, words_of

    with started(config, plan) as (settings, words):
        ready_tables(settings, words, migrate=not dry_run)
        day, used = _day(words, as_of), words_of(settings, map_)
        tables = read_files(settings, items, links, datetime.now(UTC), sheet, day, used)
        if dry_run:
            _try(settings, words, tables)
        else:
            _import(settings, words, tables, yes=yes, replace=replace)


def _day(words: Words, written: str) -> date | None:
    try:
        day = date.fromisoformat(written) if written else None
    except ValueError:
        raise Failed(words("cli.import-bad-day", found=written), WRONG_USAGE) from None
    if day and not FIRST_DAY <= day <= LAST_DAY:
        raise Failed(words("cli.import-far-day", found=day, first=FIRST_DAY, last=LAST_DAY), WRONG_USAGE)
    return day


def _try(settings: Settings, words: Words, tables: "Tables") -> None:
    from bot.cli.import_summary import summary
    from bot.cli.plan_files import foreseen_beside

    foreseen = foreseen_beside(settings, tables)
    for line in summary(words, settings.organisation(), foreseen, tables):
        say(line)
    say(words("cli.import-dry"))


def _import(settings: Settings, words: Words, tables: "Tables", *, yes: bool, replace: bool) -> None:
    from bot.cli.import_summary import summary
    from bot.cli.plan_files import importing

    with importing(settings, tables) as importer:
        foreseen = importer.foresee()
        for line in summary(words, settings.organisation(), foreseen, tables):
            say(line)
        if foreseen.is_same:
            if importer.bring_same(foreseen):
                say(words("cli.mapping-kept", file=tables.words.source))
            return
        if not replace:
            importer.refuse_much_gone(foreseen)
        if not yes:
            _ask(words, foreseen.is_harmless)
        done = importer.bring_in(foreseen)
    say(words("cli.imported", revision=done.revision, items=done.items, links=done.links))


def _ask(words: Words, harmless: bool) -> None:
    """Raises Failed for a no, and where nobody can be asked about what is not harmless."""
    if sys.stdin.isatty():
        if not typer.confirm(words("cli.import-ask")):
            raise Failed(words("cli.import-declined"))
    elif not harmless:
        raise Failed(words("cli.import-unasked"))
