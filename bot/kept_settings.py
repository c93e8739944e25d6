"""Settings that the database keeps: brought in at the first start, looked up by commands, renewed while we run."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from threading import Lock
from typing import Any

import structlog

from bot.current import Current
from bot.environment import environment_of, kept_up
from bot.settings import Settings, SettingsError
from bot.settings.file import SettingsFile
from bot.settings.model import API
from bot.settings.plans import of_each_plan
from bot.settings.write import unwritten
from cards.words import Words
from handlers.settings import Mistaken, Tried, make
from handlers.turn import Environment
from planning.control.settings_version import SettingsVersion, in_force
from planning.trail.audit import Kind
from storage.database import Database
from storage.maintenance.inspect import Unreachable, reading, tables_of
from storage.unit_of_work import UnitOfWork

log = structlog.get_logger()
FIRST, LAST = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)


def home_of(settings: Settings, uow: UnitOfWork) -> str:
    """The plan that keeps the settings for all: the first by its id, unless another has them already."""
    plans = sorted(one.plan.id for one in of_each_plan(settings))
    return next((plan for plan in plans if uow.settings_of(plan).last()), plans[0])


def looked_up(bare: Settings, now: datetime) -> Mapping[str, SettingsVersion]:
    """What the database keeps, if it can be asked: whoever needs it finds out by themselves that it cannot."""
    url = bare.database.url.get_secret_value()
    try:
        if not tables_of(url).are_usable:
            return {}
        with reading(url, bare.plan.id) as uow:
            return uow.settings_of(home_of(bare, uow)).current(now)
    except (Unreachable, ValueError):
        return {}


def told(settings: Settings, uow: UnitOfWork) -> tuple[str, str]:
    """Which sections the database keeps, and which of them the file says otherwise since; empty: none."""
    words, file = Words(settings.locale), settings.file
    kept = [words("settings.version", section=name, version=one.version) for name, one in settings.kept.items()]
    of_file = uow.settings_of(home_of(settings, uow)).of_file()
    read = {*file.sections} - ({API} - settings.kept.keys())
    other = [name for name in read if name not in of_file or of_file[name].file_hash != file.hash_of(name)]
    changed = words("settings.not_read", sections=words.list(other), file=file.path) if other else ""
    return words("settings.kept", sections=words.list(kept)), changed


def bring_in(
    uow: UnitOfWork, file: SettingsFile, home: str, by: str, now: datetime, since: datetime | None = None
) -> list[SettingsVersion]:
    """Make what a file says the newest versions, of the sections in which it says something else; in effect from
    `since` on (None: at once). Raises `planning.control.settings_merge.Clash` as `handlers.settings.make` does."""
    wanted = to_bring_in(uow, file, home, by, now, since)
    return [make(uow, home, Kind.SETTINGS_IMPORTED, version) for version in wanted]


def to_bring_in(
    uow: UnitOfWork, file: SettingsFile, home: str, by: str, now: datetime, since: datetime | None = None
) -> list[SettingsVersion]:
    """What `bring_in` makes. Of tokens only those of new names: the others are changed by `run.py token` alone."""
    at = since or now
    known = uow.settings_of(home).current(at)
    wanted = []
    for section, document in file.sections.items():
        before, of_file = known.get(section), file.hash_of(section)
        if section == API and before and (both := _with_new_tokens(before.document, document)) != document:
            document, of_file = both, ""
        if before and before.document == document and (before.is_from_file or not of_file):
            continue
        note = str(file.path)
        wanted.append(SettingsVersion(section, 0, document, at, now, by, note=note, file_hash=of_file))
    return wanted


def _with_new_tokens(kept: Mapping[str, Any], file: Mapping[str, Any]) -> Mapping[str, Any]:
    """Tokens that are there already stay as they are: what was revoked is not brought back by an old file."""
    tokens = list(kept.get("tokens") or ())
    names = {one["name"] for one in tokens}
    new = [one for one in file.get("tokens") or () if one["name"] not in names]
    return {**kept, **file, "tokens": [*tokens, *new]}


class SettingsInForce:
    """`handlers.settings.KeptSettings`; it renews the environment of each plan when there are newer versions, or when
    one takes effect."""

    def __init__(self, settings: Settings, home: str) -> None:
        """`settings`: as they were loaded."""
        self.home = home
        self._file: SettingsFile = settings.file
        self._lock = Lock()
        self._last, self._since, self._until = -1, LAST, FIRST
        self.settings = settings
        self.current = {one.plan.id: Current(self._environment(one), self.renew) for one in of_each_plan(settings)}

    def renew(self, uow: UnitOfWork, now: datetime) -> None:
        """Cheap where nothing is new. Settings that this program cannot read leave those in force that it can."""
        kept = uow.settings_of(self.home)
        last = kept.last()
        if self._knows(last, now):
            return
        with self._lock:
            if self._knows(last, now) or (uow.is_snapshot and last < self._last):
                return  # by another thread, or of an older snapshot
            standing = kept.standing(now)
            try:
                self._use(self._file.settings(now, in_force(standing, now)))
                log.info("settings in force", action="settings.renewed", number=last)
            except SettingsError as error:
                log.error("settings cannot be used", action="settings.unusable", number=last, mistakes=str(error))
            # Last of all: whoever sees this goes on with what is in use.
            self._last, self._since, self._until = last, *_span(standing, now)

    def _knows(self, last: int, now: datetime) -> bool:
        return last == self._last and self._since <= now < self._until

    def mistakes(self, uow: UnitOfWork, now: datetime, documents: Mapping[str, Any]) -> list[str]:
        return [mistake.sentence for mistake in self.tried(uow, now, documents).mistakes]

    def tried(self, uow: UnitOfWork, at: datetime, documents: Mapping[str, Any]) -> Tried:
        there = dict(uow.settings_of(self.home).current(at))
        there |= {name: SettingsVersion(name, 0, document, at, at, "") for name, document in documents.items()}
        try:
            settings = self._file.settings(at, there)
        except SettingsError as error:
            told = (Mistaken(one.key, one.found, one.wanted, str(one)) for one in error.mistakes)
            return Tried(tuple(told))
        own = next(one for one in of_each_plan(settings) if one.plan.id == uow.plan_id)
        return Tried((), settings.warnings, self._environment(own))

    def unwritten(self, section: str) -> Any:
        return unwritten(section)

    def _use(self, settings: Settings) -> None:
        self.settings = settings
        for one in of_each_plan(settings):
            current = self.current[one.plan.id]
            current.latest = kept_up(self._environment(one), current.latest)

    def _environment(self, settings: Settings) -> Environment:
        return replace(environment_of(settings), settings=self)


def _span(standing: list[SettingsVersion], now: datetime) -> tuple[datetime, datetime]:
    """From when and until when the same versions are in force."""
    dated = [one for one in standing if one.effective_from != one.at]
    since = max((one.effective_from for one in dated if one.is_in_force(now)), default=FIRST)
    return since, min((one.effective_from for one in dated if not one.is_in_force(now)), default=LAST)


def opened(settings: Settings, database: Database, now: datetime) -> SettingsInForce | None:
    """The settings in force, once the first start has brought them in; None: the file keeps all."""
    file: SettingsFile | None = settings.file
    if file is None or settings.settings.source == "file":
        return None

    def unit(uow: UnitOfWork) -> SettingsInForce | None:
        home = home_of(settings, uow)
        uow.settings_of(home).lock()
        if not uow.settings_of(home).last():
            if settings.settings.source is None:
                return None
            file.settings(now)  # what cannot be read is not brought in
            bring_in(uow, file, home, "", now)
            log.info("settings brought in", action="settings.imported", sections=sorted(file.sections))
            uow.commit()
        elif API in file.sections and not uow.settings_of(home).of_section(API):
            bring_in(uow, file.only(API), home, "", now)
            log.info("settings brought in", action="settings.imported", sections=[API])
            uow.commit()
        found = SettingsInForce(file.settings(now, uow.settings_of(home).current(now)), home)
        found.renew(uow, now)
        return found

    found = database.write_now(unit)
    if found:
        kept, changed = database.look(lambda uow: told(found.settings, uow))
        log.info(kept, action="settings.kept")
        if changed:
            log.warning(changed, action="settings.not-read")
    return found
