"""`python run.py people import FILE`: people from a sheet; says who is new first, and asks."""

import asyncio
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.cli.account import account
from bot.cli.common import DEFAULT, Config, Failed, acting, ready_tables, require_right, say, started
from bot.kept_settings import home_of
from bot.settings import Settings
from cards.words import Words
from handlers.govern.kept_settings import PEOPLE, Entry, free_id, is_active, roles_of
from handlers.settings import make
from planning.control.settings_version import SettingsVersion
from planning.people.organisation import Role
from planning.people.people_sheet import Compared, KeptPerson, SheetRow, compare
from planning.trail.audit import Kind
from storage.maintenance.inspect import reading
from storage.unit_of_work import UnitOfWork

app = typer.Typer(help="人员 | people", no_args_is_help=True, rich_markup_mode=None)
NAMED = 20
"""Most who are named in a line."""


@app.callback()
def people() -> None:
    """人员 | people."""


@app.command(name="import")
def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE", dir_okay=False, help="姓名、部门、手机、角色 | people")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只看会改什么 | only say what would change")] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="不再问 | do not ask")] = False,
    phones: Annotated[
        bool, typer.Option("--phones/--no-phones", help="用手机号找平台账号，用完就忘 | look accounts up by number")
    ] = True,
    config: Config = DEFAULT,
) -> None:
    """表格里的人加进来：先说会改什么，再问 | take in people from a sheet: first says what changes, then asks."""
    from bot.tables.people import read_people

    with started(config) as (settings, words):
        ready_tables(settings, words, migrate=not dry_run)
        _require_database(settings, words)
        lines = read_people(file, settings.organisation(), settings.locale, settings.zone)
        found = asyncio.run(_accounts(settings, words, [line.mobile for line in lines])) if phones else {}
        rows = [
            SheetRow(one.line, one.name, one.department, one.roles, found.get(one.mobile, {})) for one in lines
        ]
        with reading(settings.database.url.get_secret_value(), settings.plan.id) as uow:
            entries = _entries(settings, uow)
        compared = compare(rows, _kept(settings, entries))
        for sentence in _summary(settings, words, compared, entries):
            say(sentence)
        if compared.is_empty or dry_run:
            say(words("cli.people-same" if compared.is_empty else "cli.people-dry"))
            return
        if not yes and not (sys.stdin.isatty() and typer.confirm(words("cli.import-ask"))):
            raise Failed(words("cli.people-unasked"))
        version = _keep(settings, words, rows, file)
        say(words("cli.people-done", version=version.version, new=len(compared.new), gets=len(compared.gets)))


def _require_database(settings: Settings, words: Words) -> None:
    """Raises Failed where the file keeps people, or the database keeps none yet."""
    if settings.settings.source == "file":
        raise Failed(words("refusal.settings-in-file"))
    if PEOPLE not in settings.kept:
        raise Failed(words("cli.people-not-kept"))


async def _accounts(settings: Settings, words: Words, mobiles: Sequence[str]) -> Mapping[str, Mapping[str, str]]:
    """Accounts by number and platform. What cannot be looked up is said, and left out."""
    from bot.phone_lookup import looked_up

    found: dict[str, dict[str, str]] = {}
    wanted = [*dict.fromkeys(filter(None, mobiles))]
    site = settings.site(lambda: datetime.now(UTC))
    for platform, section in settings.set_up():
        reader = platform.directory(section, site) if wanted else None
        if reader is None:
            continue
        users, trouble = await looked_up(reader, wanted)
        for mobile, user in users.items():
            found.setdefault(mobile, {})[platform.name] = user
        name = words(f"{platform.name}.name")
        say(words("cli.people-phones", platform=name, n=len(users), of=len(wanted)))
        if trouble:
            say(words("cli.people-phones-not", platform=name, why=trouble))
    return found


def _entries(settings: Settings, uow: UnitOfWork) -> list[Entry]:
    version = uow.settings_of(home_of(settings, uow)).current(datetime.now(UTC)).get(PEOPLE)
    return [{**one} for one in version.document] if version else []


def _kept(settings: Settings, entries: list[Entry]) -> Iterator[KeptPerson]:
    names = [platform.name for platform in settings.platforms]
    for one in entries:
        accounts = {name: one[name] for name in names if one.get(name)}
        yield KeptPerson(
            one["id"], one["name"], one["department"], tuple(roles_of(one)), accounts, is_active(one)
        )


def _summary(settings: Settings, words: Words, compared: Compared, entries: list[Entry]) -> Iterator[str]:
    organisation, names = settings.organisation(), {one["id"]: one["name"] for one in entries}

    def at(row: SheetRow) -> str:
        return f"{row.name}（{organisation.department_name(row.department)}）"

    def roles(given: Sequence[Role]) -> str:
        return words.list([words(f"setting.role.{role}") for role in given])

    parts = {
        "new": [f"{at(row)}：{roles(row.given)}" for row in compared.new],
        "gets": [
            f"{names[one.person]}：{words.list([*([roles(one.roles)] if one.roles else []), *one.accounts.values()])}"
            for one in compared.gets
        ],
        "doubtful": [f"{row.line} {at(row)}" for row in compared.doubtful],
        "of-admins": [
            words("cli.people-say", name=row.name, role=words(f"setting.role.{role}"))
            for row, role in compared.asked_of_admins
        ],
    }
    for key, told in parts.items():
        if told:
            more = words("directory.more", n=len(told)) if len(told) > NAMED else ""
            yield words(f"cli.people-{key}", n=len(told), who=words.list(told[:NAMED]) + more)
    if compared.same:
        yield words("cli.people-as-is", n=compared.same)


def _keep(settings: Settings, words: Words, rows: Sequence[SheetRow], file: Path) -> SettingsVersion:
    """Compare anew with the newest there is, and make that the next version. Raises Failed."""
    now = datetime.now(UTC)

    def unit(uow: UnitOfWork) -> SettingsVersion:
        kept = uow.settings_of(home_of(settings, uow))
        kept.lock()
        entries = _entries(settings, uow)
        document = _document(entries, compare(rows, _kept(settings, entries)))
        version = SettingsVersion(PEOPLE, 0, document, now, now, account(), note=file.name)
        require_right(settings, words, uow, [version])
        uow.commit()
        told: dict[str, Any] = {"platform": "", "change": words("cli.people-from", file=file.name)}
        return make(uow, kept.home, Kind.PEOPLE_SYNCED, version, told)

    with acting(settings) as database:
        return database.write_now(unit)


def _document(entries: list[Entry], compared: Compared) -> list[Entry]:
    gets = {one.person: one for one in compared.gets}
    document = list[Entry]()
    for entry in entries:
        got = gets.get(entry["id"])
        if got:
            roles = [*roles_of(entry), *got.roles]
            entry = {**entry, "roles": [role.value for role in roles], **got.accounts}
        document.append(entry)
    taken = {one["id"] for one in document}
    for row in compared.new:
        id = free_id(next(iter(row.accounts.values()), row.name), "p", taken)
        taken.add(id)
        begun = {"id": id, "name": row.name, "department": row.department}
        document.append({**begun, "roles": [role.value for role in row.given], **row.accounts})
    return document
