"""Doctor: settings, database, plan and every platform credential, each with what to do about it."""

import asyncio
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

import structlog

from bot.channels.common.channel import Channel
from bot.clock import SystemClock
from bot.connections import channels_of
from bot.environment import environment_of
from bot.settings import Settings
from cards.words import Words
from handlers.reads.audit_sentences import told_break
from handlers.turn import Turn
from planning.plan.revision import first_broken
from storage.engine import sqlite_concern, sqlite_module
from storage.inspect import BadAddress, Tables, Unreachable, reading, tables_of
from storage.unit_of_work import UnitOfWork

CHECK_SECONDS = 15

log = structlog.get_logger()


class Mark(StrEnum):
    FINE = "✓"
    WRONG = "✗"
    HINT = "!"
    """Works, but is probably not meant."""


@dataclass(frozen=True, slots=True)
class Finding:
    mark: Mark
    sentence: str

    def __str__(self) -> str:
        return f"{self.mark} {self.sentence}"


def examine(settings: Settings, words: Words, file: str, place: str) -> list[Finding]:
    """Everything, in the order it is set up. `file` and `place` name the settings and the database for people.

    Changes nothing, and may run beside the service. Raises `storage.inspect.BadAddress`.
    """
    told = words("doctor.settings", file=file, departments=len(settings.departments), people=len(settings.people))
    return [
        Finding(Mark.FINE, told),
        *(Finding(Mark.HINT, warning) for warning in settings.warnings),
        *_database(settings, words, place),
        *asyncio.run(_channels(settings, words)),
        *_callbacks(settings, words),
    ]


def _database(settings: Settings, words: Words, place: str) -> Iterator[Finding]:
    url = settings.database.url.get_secret_value()
    if url.startswith("sqlite") and sqlite_concern():
        yield Finding(Mark.WRONG, words("doctor.sqlite-fault", version=sqlite_module().sqlite_version))
    try:
        tables = tables_of(url)
        if tables is not Tables.CURRENT:
            yield Finding(Mark.WRONG, words(f"cli.tables-{tables}", place=place))
            return
        yield Finding(Mark.FINE, words("doctor.database", place=place))
        with reading(url, settings.plan.id) as uow:
            yield from _plan(uow, words)
            yield _trail(uow, settings)
    except Unreachable as error:
        yield Finding(Mark.WRONG, words("cli.unreachable", place=place, why=error))
    except BadAddress:
        raise
    except Exception:
        yield Finding(Mark.WRONG, _unexpected(words, "database"))


def _plan(uow: UnitOfWork, words: Words) -> Iterator[Finding]:
    if not uow.plans.exists():
        yield Finding(Mark.WRONG, words("refusal.no-plan"))
        return
    plan = uow.plans.load()
    counts = {"items": len(plan.items), "links": len(plan.links)}
    yield Finding(Mark.FINE, words("doctor.plan", name=plan.name, revision=plan.revision, **counts))
    chain = uow.revisions.chain()
    if broken := first_broken(chain):
        yield Finding(Mark.WRONG, words("doctor.chain-broken", revision=broken.number, change=broken.change))
    elif not chain or chain[-1].number != plan.revision:
        last = chain[-1].number if chain else 0
        yield Finding(Mark.WRONG, words("doctor.head-differs", head=plan.revision, last=last))
    else:
        yield Finding(Mark.FINE, words("doctor.chain", count=len(chain)))


def _trail(uow: UnitOfWork, settings: Settings) -> Finding:
    turn = Turn(uow, SystemClock().now(), environment_of(settings))
    if broken := uow.audit.first_break():
        return Finding(Mark.WRONG, told_break(turn, broken))
    return Finding(Mark.FINE, turn.words("doctor.audit", count=uow.audit.head().number))


async def _channels(settings: Settings, words: Words) -> list[Finding]:
    channels = channels_of(settings, SystemClock()).values()
    return await asyncio.gather(*(_channel(channel, settings, words) for channel in channels))


async def _channel(channel: Channel, settings: Settings, words: Words) -> Finding:
    platform = words(f"doctor.platform.{channel.prefix}")
    trouble = await _trouble(channel, words)
    if trouble:
        return Finding(Mark.WRONG, words("doctor.channel-wrong", platform=platform, why=trouble))
    return Finding(Mark.FINE, words(_proven(channel.prefix, settings), platform=platform))


async def _trouble(channel: Channel, words: Words) -> str:
    try:
        async with asyncio.timeout(CHECK_SECONDS):
            return await channel.check()
    except TimeoutError:
        return words("doctor.channel-slow", seconds=CHECK_SECONDS)
    except Exception:
        return _unexpected(words, channel.prefix)
    finally:
        await channel.stop()


def _unexpected(words: Words, what: str) -> str:
    ref = secrets.token_hex(4)
    log.exception("a check failed", action="doctor.failed", ref=ref, what=what)
    return words("doctor.unexpected", what=what, ref=ref)


def _proven(prefix: str, settings: Settings) -> str:
    """What a check without complaint has shown."""
    if prefix != "wecom" or settings.wecom is None or settings.wecom.aibot is None:
        return "doctor.channel"
    return "doctor.channel-address" if settings.wecom.aibot.mode == "websocket" else "doctor.channel-callback"


def _callbacks(settings: Settings, words: Words) -> Iterator[Finding]:
    """Where WeCom has to reach us: what the operator types into its console."""
    wecom = settings.wecom
    ways = {
        "wecom-app": ("/wecom/app/callback", wecom and wecom.app),
        "wecom": ("/wecom/aibot/callback", wecom and wecom.aibot and wecom.aibot.mode == "callback"),
    }
    for prefix, (path, used) in ways.items():
        platform = words(f"doctor.platform.{prefix}")
        if used and settings.server.public_url:
            url = settings.server.public_url + path
            yield Finding(Mark.FINE, words("doctor.callback", platform=platform, url=url))
        elif used:
            yield Finding(Mark.WRONG, words("doctor.no-public-url", platform=platform))
