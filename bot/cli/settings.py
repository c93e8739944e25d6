"""`python run.py settings import | export | diff | history | rollback`: the settings that the database keeps."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.account import account
from bot.cli.common import DEFAULT, WRONG_USAGE, Config, Failed, acting, ready_tables, require_right, say, started
from bot.kept_settings import bring_in, home_of, to_bring_in
from bot.platforms import PLATFORMS
from bot.settings import Settings
from bot.settings.file import SettingsFile
from bot.settings.model import API
from bot.settings.write import as_yaml, difference
from cards.words import Words
from handlers.settings import make
from planning.control.settings_version import SettingsVersion
from planning.plan.hours import end_of
from planning.trail.audit import Kind
from storage.maintenance.inspect import reading
from storage.unit_of_work import UnitOfWork

app = typer.Typer(help="数据库里的设置 | settings in the database", no_args_is_help=True, rich_markup_mode=None)
Number = Annotated[int, typer.Argument(metavar="N", min=1, help="history 里的编号 | its number in the history")]


@app.command(name="import")
def import_(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", dir_okay=False, help="config.yaml，或其中几节 | or some of its sections")
    ],
    config: Config = DEFAULT,
    from_: Annotated[
        datetime | None,
        typer.Option("--from", metavar="DATE", formats=["%Y-%m-%d"], help="从这一天起生效；不写：马上 | its first day"),
    ] = None,
) -> None:
    """把文件里的设置读进数据库 | bring a file's sections into the database; those it does not have stay."""
    with _kept(config) as (settings, words):
        now, read = datetime.now(UTC), SettingsFile.read(file, os.environ, PLATFORMS)
        since = _begin_of(from_.date(), settings, words, now) if from_ else None
        whole = read.over(settings.file)
        stay = list[str]()

        def unit(uow: UnitOfWork) -> list[SettingsVersion]:
            kept = uow.settings_of(home_of(settings, uow))
            kept.lock()
            at = since or now
            whole.settings(at, kept.current(at), read=read.sections)
            wanted = to_bring_in(uow, read, kept.home, account(), now, since)
            require_right(settings, words, uow, wanted)
            uow.commit()
            made = bring_in(uow, read, kept.home, account(), now, since)
            tokens = kept.current(at)[API].document["tokens"] if API in read.sections else []
            stay.extend(one["name"] for one in read.sections.get(API, {}).get("tokens", ()) if one not in tokens)
            return made

        with acting(settings) as database:
            made = database.write_now(unit)
        for version in made:
            key = "settings.imported-later" if since else "settings.imported"
            told = {"section": version.section, "version": version.version}
            say(words(key, day=from_ and from_.date(), **told))
        if stay:
            say(words("settings.tokens-stay", names=words.list(stay)))
        elif not made:
            say(words("settings.nothing-new", file=file))
        if made and not settings.kept and settings.settings.source is None:
            say(words("settings.from-now-on"))


@app.command()
def export(
    file: Annotated[Path, typer.Argument(metavar="FILE", dir_okay=False, help=".yaml")], config: Config = DEFAULT
) -> None:
    """写出现在生效的设置 | write the sections in force to a file."""
    with _kept(config) as (settings, words):
        with _reading(settings) as (uow, home):
            current = uow.settings_of(home).current(datetime.now(UTC))
        sections = {name: version.document for name, version in current.items()} or settings.file.sections
        text = f"# {words('settings.export-head', sections=words.list([*sections]))}\n{as_yaml(sections)}"
        try:
            file.write_text(text, encoding="utf-8")
        except OSError as error:
            raise Failed(words("cli.file", file=file, why=error.strerror or error)) from None
        say(words("settings.exported", file=file, sections=words.list([*sections])))


@app.command()
def diff(
    number: Annotated[
        int, typer.Argument(metavar="N", min=0, help="这一版改了什么；不写：文件和数据库 | what N changed")
    ] = 0,
    config: Config = DEFAULT,
) -> None:
    """文件和数据库差在哪，或某一版改了什么 | how the file differs from the database, or what a version changed."""
    with _kept(config) as (settings, words):
        with _reading(settings) as (uow, home):
            kept = uow.settings_of(home)
            if number:
                newer = _version(kept.get(number), number, words)
                before = [one for one in kept.of_section(newer.section) if one.number < number]
                pairs = [(newer.section, before[-1].document if before else None, newer.document)]
            else:
                current = kept.current(datetime.now(UTC))
                pairs = [
                    (name, current[name].document if name in current else None, document)
                    for name, document in settings.file.sections.items()
                ]
        lines = [line for one in pairs for line in difference(*_sides(*one))]
        say("\n".join(lines) if lines else words("settings.same"))


@app.command()
def history(
    section: Annotated[str, typer.Argument(metavar="SECTION", help="people、rules……；不写：全部 | empty: all")] = "",
    config: Config = DEFAULT,
) -> None:
    """改过哪些版、谁改的 | the versions there were, and whose."""
    with _kept(config) as (settings, words):
        names, zone = settings.organisation(), settings.zone
        with _reading(settings) as (uow, home):
            kept = uow.settings_of(home)
            versions = kept.of_section(section) if section else list(kept.all())
        for one in versions:
            by = names.name_of(one.made_by) or words("audit.nobody")
            approved = words("settings.approved", name=names.name_of(one.approved_by)) if one.approved_by else ""
            at = one.at.astimezone(zone).isoformat(" ", "minutes")
            facts = {"section": one.section, "version": one.version, "by": by, "at": at[:16], "approved": approved}
            begins = one.effective_from.astimezone(zone).date()
            since = words("settings.since", day=begins) if one.effective_from > one.at else ""
            say(words("settings.history", number=one.number, note=one.note, since=since, **facts))
        if not versions:
            say(words("settings.no-history"))


@app.command()
def rollback(number: Number, config: Config = DEFAULT) -> None:
    """让历史里的一版重新生效 | put an earlier version in force again, as a new one."""
    with _kept(config) as (settings, words):
        now = datetime.now(UTC)

        def unit(uow: UnitOfWork) -> SettingsVersion | None:
            kept = uow.settings_of(home_of(settings, uow))
            kept.lock()
            wanted = _version(kept.get(number), number, words)
            if wanted.section == API:
                raise Failed(words("settings.token-no-way-back"), WRONG_USAGE)
            if kept.current(now)[wanted.section].document == wanted.document:
                return None
            note = words("settings.back-to", number=number)
            version = SettingsVersion(wanted.section, 0, wanted.document, now, now, account(), note=note)
            require_right(settings, words, uow, [version])
            uow.commit()
            return make(uow, kept.home, Kind.SETTINGS_ROLLED_BACK, version, {"back_to": number})

        with acting(settings) as database:
            made = database.write_now(unit)
        if made is None:
            say(words("settings.in-force", number=number))
        else:
            say(words("settings.rolled-back", number=number, section=made.section, version=made.version))


def _begin_of(day: date, settings: Settings, words: Words, now: datetime) -> datetime | None:
    """The instant at which that day begins; None: it has begun. Raises Failed of a day that is over."""
    today = now.astimezone(settings.zone).date()
    if day < today:
        raise Failed(words("refusal.settings-past", day=day, today=today), WRONG_USAGE)
    return end_of(day - timedelta(days=1), settings.zone) if day > today else None


@contextmanager
def _kept(config: Path) -> Iterator[tuple[Settings, Words]]:
    """Raises Failed where the file keeps all."""
    with started(config) as (settings, words):
        if settings.settings.source == "file":
            raise Failed(words("settings.file-keeps", file=config), WRONG_USAGE)
        ready_tables(settings, words, migrate=False)
        yield settings, words


@contextmanager
def _reading(settings: Settings) -> Iterator[tuple[UnitOfWork, str]]:
    with reading(settings.database.url.get_secret_value(), settings.plan.id) as uow:
        yield uow, home_of(settings, uow)


def _version(found: SettingsVersion | None, number: int, words: Words) -> SettingsVersion:
    if found is None:
        raise Failed(words("settings.no-version", number=number), WRONG_USAGE)
    return found


def _sides(section: str, before: object, after: object) -> tuple[dict[str, object], dict[str, object]]:
    return ({section: before} if before is not None else {}), {section: after}
