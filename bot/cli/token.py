"""`python run.py token add | list | revoke`: tokens of the API, of which the database keeps the hashes."""

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.cli.account import account
from bot.cli.common import DEFAULT, WRONG_USAGE, Config, Failed, acting, ready_tables, require_right, say, started
from bot.kept_settings import bring_in, home_of
from bot.settings import Settings
from bot.settings.kinds import hashed
from bot.settings.model import API, ApiToken
from cards.words import Words
from handlers.settings import make
from planning.control.settings_version import SettingsVersion
from planning.trail.audit import Kind
from storage.maintenance.inspect import reading
from storage.unit_of_work import UnitOfWork

app = typer.Typer(help="API 令牌 | tokens of the API", no_args_is_help=True, rich_markup_mode=None)
Name = Annotated[str, typer.Argument(metavar="NAME", help="哪个系统 | which system")]
Entry = dict[str, Any]
PREFIX = "tp_"
"""By which whoever finds one knows whose it is."""


@app.command()
def add(
    name: Name,
    scope: Annotated[
        list[str] | None, typer.Option(help="read, write, report, audit, masked；可写几次，不写：read | repeat it")
    ] = None,
    plan: Annotated[list[str] | None, typer.Option(help="只给这些计划，不写：全部 | plans it is for")] = None,
    config: Config = DEFAULT,
) -> None:
    """建一个令牌，只显示一次 | make a token; it is shown once."""
    token = PREFIX + secrets.token_urlsafe(32)
    scopes = scope or ["read"]

    def with_it(tokens: list[Entry], words: Words) -> list[Entry]:
        if any(one["name"] == name and not _is_revoked(one) for one in tokens):
            raise Failed(words("settings.token-there", name=name), WRONG_USAGE)
        entry = {"name": name, "token": hashed(token), "scopes": scopes, **({"plans": plan} if plan else {})}
        return [*(one for one in tokens if one["name"] != name), entry]

    with _kept(config) as (settings, words):
        told = words.list(scopes)
        _change(settings, words, with_it, Kind.TOKEN_MADE, {"token": name, "scopes": told})
        typer.echo(words("settings.token-made", name=name, scopes=told, token=token))


@app.command(name="list")
def list_(config: Config = DEFAULT) -> None:
    """有哪些令牌 | which tokens there are."""
    with _kept(config) as (settings, words):
        with reading(settings.database.url.get_secret_value(), settings.plan.id) as uow:
            versions = uow.settings_of(home_of(settings, uow)).of_section(API)
        since: dict[tuple[str, str], datetime] = {}
        for version in versions:
            for one in version.document.get("tokens", ()):
                since.setdefault((one["name"], one["token"]), version.at)
        for entry in versions[-1].document.get("tokens", ()) if versions else ():
            at = since[entry["name"], entry["token"]].astimezone(settings.zone).date()
            plans = words.list(_listed(entry.get("plans"))) or words("settings.token-plans-all")
            scopes = words.list(_listed(entry.get("scopes")) or ["read"])
            revoked = words("settings.token-gone") if _is_revoked(entry) else ""
            say(words("settings.token", name=entry["name"], scopes=scopes, plans=plans, at=at, revoked=revoked))
        if not (versions and versions[-1].document.get("tokens")):
            say(words("settings.no-tokens"))


@app.command()
def revoke(name: Name, config: Config = DEFAULT) -> None:
    """作废一个令牌 | have a token open nothing any more."""
    was = False

    def without(tokens: list[Entry], words: Words) -> list[Entry]:
        nonlocal was
        found = next((one for one in tokens if one["name"] == name), None)
        if found is None:
            known = ", ".join(one["name"] for one in tokens) or "-"
            raise Failed(words("settings.token-unknown", name=name, known=known), WRONG_USAGE)
        was = _is_revoked(found)
        return [{**one, "revoked": "true"} if one is found else one for one in tokens]

    with _kept(config) as (settings, words):
        _change(settings, words, without, Kind.TOKEN_REVOKED, {"token": name})
        say(words("settings.token-was-revoked" if was else "settings.token-revoked", name=name))


def _change(
    settings: Settings, words: Words, work: Callable[[list[Entry], Words], list[Entry]], kind: Kind,
    facts: dict[str, str],
) -> None:  # fmt: skip
    """Make it the newest version of the section, in effect at once. Raises Failed."""
    now = datetime.now(UTC)

    def unit(uow: UnitOfWork) -> None:
        kept = uow.settings_of(home_of(settings, uow))
        kept.lock()
        if API in settings.file.sections and not kept.of_section(API):
            bring_in(uow, settings.file.only(API), kept.home, account(), now)
        known = kept.current(now).get(API)
        document = deepcopy(known.document) if known else {}
        tokens = list(document.get("tokens") or ())
        changed = work(tokens, words)
        if changed == tokens:
            return
        document["tokens"] = changed
        version = SettingsVersion(API, 0, document, now, now, account())
        require_right(settings, words, uow, [version], WRONG_USAGE)
        make(uow, kept.home, kind, version, facts)
        uow.commit()

    with acting(settings) as database:
        database.write_now(unit)


@contextmanager
def _kept(config: Path) -> Iterator[tuple[Settings, Words]]:
    """Raises Failed where the file keeps the tokens."""
    with started(config) as (settings, words):
        ready_tables(settings, words, migrate=False)
        if settings.settings.source == "file" or not settings.kept:
            raise Failed(words("settings.token-in-file", file=config), WRONG_USAGE)
        yield settings, words


def _is_revoked(entry: Entry) -> bool:
    return ApiToken.model_validate(entry).revoked


def _listed(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else [*(value or ())]
