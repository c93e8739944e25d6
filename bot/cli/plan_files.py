"""A plan from files into the database, and out again."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from bot.cli.account import account
from bot.cli.common import acting, looking, turn_of
from bot.environment import environment_of
from bot.settings import Settings
from bot.tables import ReadPlan, read_plan, write_plan
from bot.tables.mapping import read_mapping
from bot.tables.sheet import TEXT_SUFFIXES
from handlers.actions.plan.import_plan import Imported, bring_in
from handlers.actions.plan.keep_wording import keep_wording
from handlers.notify.audit import record
from handlers.reads.plan.import_preview import Foreseen, foresee, refuse_much_gone
from handlers.stocks import as_counted
from handlers.turn import Turn
from planning.plan.plan import Plan
from planning.plan.wording import PLAIN, Wording
from planning.refusal import Refusal, Refused
from planning.trail.audit import Kind
from storage.database import Database
from storage.plan.wordings import KeptWording
from storage.unit_of_work import UnitOfWork

WRITABLE = (*TEXT_SUFFIXES, ".xlsx")


@dataclass(frozen=True, slots=True)
class UsedWords:
    """Other words that tables are read with: those of a file, which an import keeps, or those kept before."""

    wording: Wording = PLAIN
    source: str = ""
    kept: date | None = None
    """The day they were kept on; None: they are new, or there are none."""

    @property
    def are_new(self) -> bool:
        return bool(self.source) and self.kept is None


NO_WORDS = UsedWords()

@dataclass(frozen=True, slots=True)
class Tables:
    read: ReadPlan
    source: str
    """Names of the files."""
    words: UsedWords = NO_WORDS


def words_of(settings: Settings, mapping: Path | None) -> UsedWords:
    """Those of the file, else those kept with the plan. The tables must be CURRENT. Raises TableError."""
    kept = kept_words(settings)
    if mapping is None:
        day = kept.at.astimezone(environment_of(settings).zone).date() if kept else None
        return UsedWords(kept.wording, kept.source, day) if kept else NO_WORDS
    wording = read_mapping(mapping, settings.organisation(), settings.locale)
    return UsedWords(wording, mapping.name)


def kept_words(settings: Settings) -> KeptWording | None:
    with looking(settings) as turn:
        return turn.uow.wordings.get()


def read_files(
    settings: Settings,
    items: Path,
    links: Path | None,
    now: datetime,
    sheet: str = "",
    as_of: date | None = None,
    words: UsedWords = NO_WORDS,
) -> Tables:
    """Raises TableError when a row is wrong."""
    environment = environment_of(settings)
    read = read_plan(
        items,
        links,
        organisation=environment.organisation,
        calendar=settings.calendar,
        calendars=environment.calendars,
        zone=environment.zone,
        today=now.astimezone(environment.zone).date(),
        plan_id=settings.plan.id,
        plan_name=settings.plan.name,
        locale=settings.locale,
        sheet=sheet,
        as_of=as_of,
        wording=words.wording,
    )
    return Tables(read, " + ".join(file.name for file in (items, links) if file), words)


def foreseen_beside(settings: Settings, tables: Tables) -> Foreseen:
    """What these tables would do, seen beside whatever process serves the plan. Raises Refused."""
    with looking(settings) as turn:
        return foresee(turn, tables.read.plan, tables.source)


@dataclass(frozen=True, slots=True)
class Importer:
    """Tables on their way into a plan. What is refused is in the trail."""

    database: Database
    settings: Settings
    tables: Tables

    def foresee(self) -> Foreseen:
        with self._noting():
            return self.database.look(lambda uow: foresee(self._turn(uow), self.tables.read.plan, self.tables.source))

    def refuse_much_gone(self, foreseen: Foreseen) -> None:
        with self._noting():
            refuse_much_gone(foreseen)

    def bring_in(self, foreseen: Foreseen) -> Imported:
        """As it was foreseen; new words are kept with it. Raises Refused where the plan is another by now."""

        def unit(uow: UnitOfWork) -> Imported:
            turn = self._turn(uow)
            done = bring_in(turn, self.tables.read.plan, self.tables.source, account(), foreseen.head)
            self._keep_words(turn)
            uow.commit()
            return done

        with self._noting():
            return self.database.write_now(unit)

    def bring_same(self, foreseen: Foreseen) -> bool:
        """Note that tables came that say what the plan says, and keep new words. False where there are none, or they
        are what was kept."""

        def unit(uow: UnitOfWork) -> bool:
            turn = self._turn(uow)
            bring_in(turn, self.tables.read.plan, self.tables.source, account(), foreseen.head)
            uow.commit()
            return self._keep_words(turn)

        with self._noting():
            return self.database.write_now(unit)

    def _keep_words(self, turn: Turn) -> bool:
        words = self.tables.words
        return words.are_new and keep_wording(turn, words.wording, words.source, account())

    @contextmanager
    def _noting(self) -> Iterator[None]:
        try:
            yield
        except Refused as refused:
            refusal = refused.refusal
            self.database.write_now(lambda uow: self._note(uow, refusal))
            raise

    def _note(self, uow: UnitOfWork, refusal: Refusal) -> None:
        why = {**refusal.facts, "code": refusal.code, "source": self.tables.source}
        record(self._turn(uow), Kind.IMPORT_REFUSED, account(), "", why)
        uow.commit()

    def _turn(self, uow: UnitOfWork) -> Turn:
        return turn_of(uow, self.settings)


@contextmanager
def importing(settings: Settings, tables: Tables) -> Iterator[Importer]:
    """The plan's tables must be up to date. Raises `storage.connection.lock.InUse` while another process owns the
    SQLite file."""
    with acting(settings) as database:
        yield Importer(database, settings, tables)


def take_out(settings: Settings, path: Path) -> tuple[Plan, tuple[Path, ...]]:
    """Write the plan at its head beside whatever process serves it; the files carry its revision.

    `path` ends in one of WRITABLE. Raises OSError when it cannot be written.
    """
    with looking(settings) as turn:
        plan = as_counted(turn.uow, turn.plan())
    return plan, write_plan(plan, path, organisation=settings.organisation(), locale=settings.locale)
