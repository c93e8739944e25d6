"""The parts all commands share: options, settings and words to begin with, and a sentence and a status to end with.

A user's mistake never ends in a traceback.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from bot import logs
from bot.channels.common.proxies import BadProxy
from bot.environment import environment_of
from bot.kept_settings import SettingsInForce, home_of, looked_up
from bot.platforms import PLATFORMS
from bot.settings import Settings, load_settings
from bot.settings.plans import of_each_plan
from cards.words import Words
from handlers.settings import wrong_from
from handlers.turn import Environment, Turn
from planning.control.settings_merge import Clash
from planning.control.settings_version import SettingsVersion
from planning.refusal import Refused
from storage.connection.compatibility import Tables
from storage.connection.lock import InUse
from storage.database import Database
from storage.maintenance.inspect import BadAddress, Unreachable, answering, bring_up_to_date, reading, tables_of
from storage.plan.plans import NoPlan
from storage.unit_of_work import UnitOfWork

FAILED, WRONG_USAGE = 1, 2
Config = Annotated[Path, typer.Option("--config", "-c", metavar="FILE", help="设置文件 | settings file")]
DEFAULT = Path("config.yaml")
T = TypeVar("T")
OfPlan = Annotated[str, typer.Option("--plan", metavar="ID", help="有几个计划时，哪一个 | which one of several plans")]
Since = Annotated[str, typer.Option(metavar="DATE", help="从哪天或哪一刻起 | from which day or moment on")]


class Failed(Exception):
    """The end of a command: a sentence, printed on standard error as it is; `status` becomes the process's."""

    def __init__(self, sentence: str, status: int = FAILED) -> None:
        super().__init__(sentence)
        self.status = status


@contextmanager
def started(config: Path, plan: str | None = None) -> Iterator[tuple[Settings, Words]]:
    """The settings, and their language. A mistake its user can mend leaves the block as Failed, in that language.

    `plan`: those of this plan, or with empty text of the only one; None: of all together. Raises SettingsError.
    """
    settings = load_settings(config, os.environ, PLATFORMS, kept=looked_up)
    logs.configure(settings.logging.level, logs.secrets_of(settings))
    words = Words(settings.locale)
    try:
        yield (settings if plan is None else _of_plan(settings, words, plan)), words
    except Exception as error:
        failed = _told(error, words, database_place(settings))
        if failed is None:
            raise
        raise failed from None


def _of_plan(settings: Settings, words: Words, wanted: str) -> Settings:
    each = of_each_plan(settings)
    found = [one for one in each if one.plan.id == wanted or (len(each) == 1 and not wanted)]
    if not found:
        known = ", ".join(one.plan.id for one in each)
        code = "cli.unknown-plan" if wanted else "cli.which-plan"
        raise Failed(words(code, plan=wanted, known=known), WRONG_USAGE)
    return found[0]


def database_place(settings: Settings) -> str:
    """The database's address as it may be shown: without user and password."""
    scheme, _, rest = settings.database.url.get_secret_value().partition("://")
    return f"{scheme}://{rest}" if scheme == "sqlite" else f"{scheme}://{rest.rpartition('@')[2].partition('?')[0]}"


def _told(error: Exception, words: Words, place: str) -> Failed | None:
    match error:
        case Refused():
            return Failed(words.refusal(error.refusal))
        case NoPlan():
            return Failed(words("refusal.no-plan"))
        case InUse():
            return Failed(words("cli.in-use", place=place))
        case Unreachable():
            return Failed(words("cli.unreachable", place=place, why=error))
        case BadAddress():
            return Failed(words("cli.bad-address", why=error), WRONG_USAGE)
        case BadProxy():
            return Failed(words("cli.proxy", variable=error.variable, found=error.found), WRONG_USAGE)
        case OSError(filename=str(file)) if file:
            return Failed(words("cli.file", file=file, why=error.strerror or type(error).__name__))
    return None


def moment_of(text: str, environment: Environment) -> datetime | None:
    """The beginning of a day, or a moment; in the plan's time zone unless it says another. None: not given.

    Raises Failed.
    """
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
        return (moment if moment.tzinfo else moment.replace(tzinfo=environment.zone)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise Failed(environment.words("audit.bad-since", found=text), WRONG_USAGE) from None


def ready_tables(settings: Settings, words: Words, *, migrate: bool) -> None:
    """Raises Failed when the database's tables cannot be used by this program, or made so."""
    url = settings.database.url.get_secret_value()
    found = bring_up_to_date(url) if migrate else tables_of(url)
    if not found.are_usable and (found is Tables.NEWER or not migrate):
        raise Failed(words(f"cli.tables-{found}", place=database_place(settings)))


def chosen(context: typer.Context, config: Path, plan: str) -> tuple[Path, str]:
    """`outbox --config FILE replay` means what `outbox replay --config FILE` does."""
    config_before, plan_before = context.obj
    return config_before if config == DEFAULT else config, plan or plan_before


def turn_of(uow: UnitOfWork, settings: Settings) -> Turn:
    return Turn(uow, datetime.now(UTC), environment_of(settings))


@contextmanager
def looking(settings: Settings) -> Iterator[Turn]:
    """A snapshot of the plan beside whatever process serves it. The tables must be CURRENT. Raises Unreachable."""
    with reading(settings.database.url.get_secret_value(), settings.plan.id) as uow:
        yield turn_of(uow, settings)


@contextmanager
def acting(settings: Settings) -> Iterator[Database]:
    """The plan's database, to write into. The tables must be CURRENT. Raises Unreachable, or
    `storage.connection.lock.InUse` while another process owns the SQLite file."""
    with answering():
        database = Database(settings.database.url.get_secret_value(), settings.plan.id)
        try:
            yield database
        finally:
            database.close()


def done(settings: Settings, work: Callable[[Turn], T]) -> T:
    """Do it in one unit of work; raises as `acting` does."""

    def unit(uow: UnitOfWork) -> T:
        uow.commit()
        return work(turn_of(uow, settings))

    with acting(settings) as database:
        return database.write_now(unit)


def require_right(
    settings: Settings, words: Words, uow: UnitOfWork, wanted: Sequence[SettingsVersion], status: int = 1
) -> None:
    """Raises Failed where the settings would be wrong with these versions made, then or when another takes effect."""
    try:
        found = wrong_from(SettingsInForce(settings, home_of(settings, uow)), uow, wanted)
    except Clash as clash:
        section = clash.where.partition(".")[0]
        raise Failed(words("refusal.settings-later", section=section, where=clash.where)) from None
    if found is None:
        return
    moment, wrong = found
    mistakes = "\n".join(wrong)
    if moment > wanted[0].effective_from:
        day = moment.astimezone(settings.zone).date()
        mistakes = words("refusal.settings-mistakes-later", day=day, mistakes=f"\n{mistakes}")
    raise Failed(mistakes, status)


def say(sentence: object) -> None:
    typer.echo(logs.redacted(str(sentence)))
