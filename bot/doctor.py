"""Doctor: settings, database, plan and every platform credential, each with what to do about it."""

import asyncio
import secrets
from collections.abc import Iterator, Sequence
from typing import Any

import structlog

from bot.channels.common.platform import Platform
from bot.channels.common.proxies import BadProxy
from bot.clock import SystemClock
from bot.environment import environment_of
from bot.finding import Finding, Mark
from bot.kept_settings import told
from bot.language_model import check as language_model_check
from bot.settings import Settings
from bot.settings.copied import copied
from bot.settings.mistake import key_path
from bot.settings.plans import of_each_plan
from cards.words import Words
from handlers.call_budget import budgets
from handlers.govern.sources import ages
from handlers.language_budget import language_budget
from handlers.language_budget import told as language_told
from handlers.notify.budget_warning import state
from handlers.notify.facts.source_lines import standing
from handlers.reads.trail.proof import faults
from handlers.turn import Turn
from planning.facts.source import Freshness
from storage.connection.compatibility import Tables
from storage.connection.engine import sqlite_concern, sqlite_module
from storage.connection.lock import file_of
from storage.connection.private import open_to_others
from storage.delivery.dead_letters import DeadLetter
from storage.maintenance.inspect import BadAddress, Unreachable, reading, tables_of
from storage.unit_of_work import UnitOfWork

log = structlog.get_logger()


def examine(
    settings: Settings, words: Words, file: str, place: str, *, ask_model: bool = False
) -> list[Finding]:
    """Examine everything, in the order it is set up. `file` and `place` name the settings and the database for people.
    `ask_model`: put a question to the language model, which costs a call.

    Changes nothing, and may run beside the service. Raises `storage.maintenance.inspect.BadAddress`.
    """
    told = words("doctor.settings", file=file, departments=len(settings.departments), people=len(settings.people))
    return [
        Finding(Mark.FINE, told),
        *(Finding(Mark.HINT, warning) for warning in settings.warnings),
        *_kept(settings, words),
        *_copied(settings, words),
        *_pages(settings, words),
        *_database(settings, words, place),
        *asyncio.run(_platforms(settings, words)),
        *asyncio.run(language_model_check.findings(settings, words, ask=ask_model)),
    ]


def _kept(settings: Settings, words: Words) -> Iterator[Finding]:
    """Which settings the database keeps, and where the file says otherwise."""
    if not settings.kept:
        if settings.settings.source == "database":
            yield Finding(Mark.FINE, words("settings.to_import", sections=words.list([*settings.file.sections])))
        return
    with reading(settings.database.url.get_secret_value(), settings.plan.id) as uow:
        kept, changed = told(settings, uow)
    yield Finding(Mark.FINE, kept)
    if changed:
        yield Finding(Mark.HINT, changed)


def _copied(settings: Settings, words: Words) -> Iterator[Finding]:
    """What was copied with the example and is of nobody."""
    file = settings.file
    paths = copied(file.document.values, settings.platforms) if file else []
    kept = set(settings.kept)
    for path in paths:
        if path[0] not in kept:
            facts = {"file": file.path, "line": file.document.line_of(path), "key": key_path(path)}
            yield Finding(Mark.WRONG, words("doctor.copied", **facts))


def _pages(settings: Settings, words: Words) -> Iterator[Finding]:
    """Where people open the pages; to nobody outside this machine without an address."""
    address = settings.server.public_url
    if not address:
        yield Finding(Mark.HINT, words("doctor.no-pages"))
        return
    is_sealed = address.startswith("https://")
    told = words("doctor.pages" if is_sealed else "doctor.pages-open", url=address)
    yield Finding(Mark.FINE if is_sealed else Mark.HINT, told)
    if is_sealed and not settings.server.trusted_proxies:  # a proxy unseals it, and all visitors have its address
        yield Finding(Mark.HINT, words("doctor.no-proxies"))


def _database(settings: Settings, words: Words, place: str) -> Iterator[Finding]:
    url = settings.database.url.get_secret_value()
    if url.startswith("sqlite") and sqlite_concern():
        yield Finding(Mark.WRONG, words("doctor.sqlite-fault", version=sqlite_module().sqlite_version))
    try:
        tables = tables_of(url)
        if not tables.are_usable:
            yield Finding(Mark.WRONG, words(f"cli.tables-{tables}", place=place))
            return
        if tables is Tables.BESIDE:
            yield Finding(Mark.HINT, words("doctor.beside", place=place))
        else:
            yield Finding(Mark.FINE, words("doctor.database", place=place))
        file = file_of(url)
        if others := open_to_others(file) if file else []:
            yield Finding(Mark.HINT, words("doctor.open-to-others", paths=" ".join(map(str, others))))
        for one in of_each_plan(settings):
            mark = environment_of(one).plan_mark
            with reading(url, one.plan.id) as uow:
                found = [
                    *_plan(uow, words),
                    *_sources(uow, one),
                    *_proof(uow, one),
                    *_companies(uow, one, words),
                    *_budgets(uow, one),
                    *_language_budget(uow, one),
                    *_dead_letters(uow, words),
                ]
            yield from (Finding(finding.mark, f"{mark}{finding.sentence}") for finding in found)
    except Unreachable as error:
        yield Finding(Mark.WRONG, words("cli.unreachable", place=place, why=error))
    except BadAddress:
        raise
    except Exception:
        ref = secrets.token_hex(4)
        log.exception("a check failed", action="doctor.failed", ref=ref, what="database")
        yield Finding(Mark.WRONG, words("doctor.unexpected", what="database", ref=ref))


def _plan(uow: UnitOfWork, words: Words) -> Iterator[Finding]:
    if not uow.plans.exists():
        yield Finding(Mark.WRONG, words("refusal.no-plan"))
        return
    plan = uow.plans.load()
    counts = {"items": len(plan.items), "links": len(plan.links)}
    yield Finding(Mark.FINE, words("doctor.plan", name=plan.name, revision=plan.revision, **counts))


def _sources(uow: UnitOfWork, settings: Settings) -> Iterator[Finding]:
    """How old the last word of each source is; a hint where it should have spoken since."""
    turn = Turn(uow, SystemClock().now(), environment_of(settings))
    known = uow.sources.all() if uow.plans.exists() else {}
    for one in ages(turn) if known else ():
        mark = Mark.FINE if one.freshness is Freshness.FRESH else Mark.HINT
        yield Finding(mark, standing(turn, one, known.get(one.id)))


def _proof(uow: UnitOfWork, settings: Settings) -> Iterator[Finding]:
    """Whether trail, revisions, plan, requests and votes are what was written."""
    turn = Turn(uow, SystemClock().now(), environment_of(settings))
    if found := faults(turn):
        yield from (Finding(Mark.WRONG, sentence) for sentence in found)
        return
    if chain := uow.revisions.chain():
        yield Finding(Mark.FINE, turn.words("doctor.chain", count=len(chain)))
    yield Finding(Mark.FINE, turn.words("doctor.audit", count=uow.audit.head().number))
    requests, votes = (sum(1 for _ in kept) for kept in (uow.proof.states(), uow.proof.votes()))
    yield Finding(Mark.FINE, turn.words("proof.holds", requests=requests, votes=votes))


def _companies(uow: UnitOfWork, settings: Settings, words: Words) -> Iterator[Finding]:
    """Companies that were taken for ours where the settings name none: whoever is not theirs is nobody."""
    named = {platform.name for platform, section in settings.set_up() if getattr(section, "corp_id", "")}
    for platform, company in sorted(uow.companies.all().items()):
        if platform in named:
            continue
        yield Finding(Mark.FINE, words("doctor.company", platform=words(f"{platform}.name"), company=company))


def _budgets(uow: UnitOfWork, settings: Settings) -> Iterator[Finding]:
    """Calls of the month that are left."""
    turn = Turn(uow, SystemClock().now(), environment_of(settings))
    for budget in budgets(turn):
        runs_short = budget.is_short or budget.ends_on is not None
        yield Finding(Mark.HINT if runs_short else Mark.FINE, " ".join(state(turn, budget)))


def _language_budget(uow: UnitOfWork, settings: Settings) -> Iterator[Finding]:
    turn = Turn(uow, SystemClock().now(), environment_of(settings))
    if model := language_budget(turn):
        yield Finding(Mark.FINE if model.left else Mark.HINT, " ".join(language_told(turn, model)))


def _dead_letters(uow: UnitOfWork, words: Words) -> Iterator[Finding]:
    if dead := uow.dead_letters.all():
        yield Finding(Mark.HINT, words("dead.doctor", n=len(dead), places=words.list(sorted(_places(dead)))))


def _places(dead: Sequence[DeadLetter]) -> set[str]:
    return {letter.conversation for letter in dead}


async def _platforms(settings: Settings, words: Words) -> list[Finding]:
    site = settings.site(SystemClock().now)

    async def examined(platform: Platform[Any], section: Any) -> list[Finding]:
        try:
            return await platform.checks(section, site, words)
        except BadProxy as bad:
            return [Finding(Mark.WRONG, words("cli.proxy", variable=bad.variable, found=bad.found))]

    found = await asyncio.gather(*(examined(platform, section) for platform, section in settings.set_up()))
    return [finding for findings in found for finding in findings]

