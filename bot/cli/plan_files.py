"""A plan from files into the database, and out again."""

import getpass
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.environment import environment_of
from bot.settings import Settings
from bot.tables import read_plan, write_plan
from bot.tables.sheet import TEXT_SUFFIXES
from handlers.actions.import_plan import Imported, bring_in, differences
from handlers.notify.audit import record
from handlers.turn import Environment, Turn
from planning.plan.impact import Line
from planning.plan.plan import Plan
from planning.refusal import Refusal, Refused
from planning.trail.audit import Kind
from storage.database import Database
from storage.inspect import answering, reading
from storage.unit_of_work import UnitOfWork

WRITABLE = (*TEXT_SUFFIXES, ".xlsx")


@dataclass(frozen=True, slots=True)
class BroughtIn:
    imported: Imported
    lines: Sequence[Line]
    """Differences from the plan there was, field by field."""


def bring_in_files(settings: Settings, items: Path, links: Path | None, now: datetime) -> BroughtIn:
    """Make these files the plan, as its next revision. The tables must be up to date.

    Raises TableError when a row is wrong, Refused when the file was exported from an older revision,
    `storage.lock.InUse` while another process owns the SQLite file. Then nothing was changed.
    """
    environment = environment_of(settings)
    plan = _read(settings, environment, items, links, now)
    source = " + ".join(file.name for file in (items, links) if file)

    def unit(uow: UnitOfWork) -> BroughtIn:
        before = uow.plans.load().items if uow.plans.exists() else None
        imported = bring_in(Turn(uow, now, environment), plan, source, _user())
        uow.commit()
        return BroughtIn(imported, differences(before, plan.items) if before is not None else ())

    with answering():
        database = Database(settings.database.url.get_secret_value(), settings.plan.id)
        try:
            return database.write_now(unit)
        except Refused as refused:
            refusal = refused.refusal
            database.write_now(lambda uow: _note_refusal(Turn(uow, now, environment), source, refusal))
            raise
        finally:
            database.close()


def take_out(settings: Settings, path: Path) -> tuple[Plan, tuple[Path, ...]]:
    """Write the plan at its head beside whatever process serves it; the files carry its revision.

    `path` ends in one of WRITABLE. Raises OSError when it cannot be written.
    """
    with reading(settings.database.url.get_secret_value(), settings.plan.id) as uow:
        plan = uow.plans.load()
    return plan, write_plan(plan, path, organisation=settings.organisation(), locale=settings.locale)


def _read(settings: Settings, environment: Environment, items: Path, links: Path | None, now: datetime) -> Plan:
    return read_plan(
        items,
        links,
        organisation=environment.organisation,
        calendar=settings.calendar,
        calendars=environment.calendars,
        today=now.astimezone(environment.zone).date(),
        plan_id=settings.plan.id,
        plan_name=settings.plan.name,
        locale=settings.locale,
    )


def _note_refusal(turn: Turn, source: str, refusal: Refusal) -> None:
    record(turn, Kind.IMPORT_REFUSED, _user(), "", {**refusal.facts, "code": refusal.code, "source": source})
    turn.uow.commit()


def _user() -> str:
    """The account that runs the command: who brought the plan in, for the record."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # a container's user without a name
        return "import"
