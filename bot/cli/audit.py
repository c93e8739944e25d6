"""`python run.py audit verify | export FILE.csv`: does the audit trail hold, and the trail as a table."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.common import (
    DEFAULT,
    WRONG_USAGE,
    Config,
    Failed,
    OfPlan,
    Since,
    looking,
    moment_of,
    ready_tables,
    say,
    started,
)
from bot.environment import environment_of
from bot.settings import Settings
from bot.settings.plans import of_each_plan
from bot.tables.write import write_text
from cards.words import Words
from handlers.reads.trail.audit_sentences import told, who
from handlers.reads.trail.proof import faults
from handlers.turn import Turn
from planning.trail.anchor import Anchor
from planning.trail.audit import AuditEvent
from storage.trail.audit import Wanted

COLUMNS = ("number", "at", "actor", "name", "kind", "subject", "text", "facts", "prev_hash", "hash")

app = typer.Typer(
    help="审计记录：校验、导出 | the audit trail: verify, export", no_args_is_help=True, rich_markup_mode=None
)


@app.command()
def verify(
    anchor: Annotated[
        list[str], typer.Option(metavar="ANCHOR", help="早会摘要里的锚点，可多个 | anchors from morning digests")
    ] = [],  # noqa: B006 - how typer tells a list
    config: Config = DEFAULT,
    plan: OfPlan = "",
) -> None:
    """校验审计链、计划、变更和投票 | check trail, plan, requests and votes; exit status 1 names what does not fit."""
    with started(config, plan or ("" if anchor else None)) as (settings, words):  # an anchor is of one plan
        told = [_anchor(written, words) for written in anchor]
        ready_tables(settings, words, migrate=False)
        each = (settings,) if plan else of_each_plan(settings)
        broken = [line for one in each for line in _verified(one, words, told)]
        if broken:
            raise Failed("\n".join(broken))


def _verified(settings: Settings, words: Words, told: Sequence[Anchor]) -> list[str]:
    """Say that a plan's trail holds, or give what does not fit."""
    with looking(settings) as turn:
        mark, found, end = turn.environment.plan_mark, faults(turn, told), turn.uow.audit.head()
    if not found:
        said = words("audit.holds", count=end.number, hash=end.hash) if end.number else words("audit.holds-empty")
        say(f"{mark}{said}")
    return [f"{mark}{sentence}" for sentence in found]


def _anchor(written: str, words: Words) -> Anchor:
    try:
        return Anchor.read(written)
    except ValueError:
        raise Failed(words("proof.bad-anchor", found=written), WRONG_USAGE) from None


@app.command()
def export(
    file: Annotated[Path, typer.Argument(metavar="FILE", dir_okay=False, help=".csv")],
    since: Since = "",
    config: Config = DEFAULT,
    plan: OfPlan = "",
) -> None:
    """审计记录导出成 CSV | write the audit trail to a CSV file, oldest first."""
    with started(config, plan) as (settings, words):
        if file.suffix.lower() != ".csv":
            raise Failed(words("audit.kind-of-file", file=file), WRONG_USAGE)
        ready_tables(settings, words, migrate=False)
        wanted = Wanted(moment_of(since, environment_of(settings)))
        try:
            count = _write(settings, file, wanted)
        except OSError as error:
            raise Failed(words("cli.file", file=file, why=error.strerror or error)) from None
        say(words("audit.exported", count=count, file=file))


def _write(settings: Settings, file: Path, wanted: Wanted) -> int:
    """Row by row: the trail may be longer than memory."""
    count = 0

    def grid(turn: Turn) -> Iterator[Sequence[str | int]]:
        nonlocal count
        yield [turn.words(f"audit.column.{name}") for name in COLUMNS]
        for count, event in enumerate(turn.uow.audit.chain(wanted), 1):  # noqa: B007
            yield _row(turn, event)

    with looking(settings) as turn:
        write_text(file, grid(turn))
    return count


def _row(turn: Turn, event: AuditEvent) -> Sequence[str | int]:
    facts = json.dumps(dict(event.facts), ensure_ascii=False, sort_keys=True)
    told_as = (event.kind, event.subject, told(turn, event), facts)
    return (event.number, event.at.isoformat(), event.actor, who(turn, event), *told_as, event.prev_hash, event.hash)
