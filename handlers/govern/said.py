"""What a command reports, as rows that are still to be kept: built from its words, checked against the item."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from cards.lines.report import told
from handlers.govern.facts import progress_of
from handlers.language.commands.reporting import (
    ReportArrival,
    ReportFinish,
    ReportHold,
    ReportStart,
    ReportStop,
    ReportWork,
)
from handlers.language.values.numbers import plain
from handlers.turn import Ask, Turn
from planning.facts.booking import (
    booked_by_finish,
    repeats,
    require_day,
    require_in_bounds,
    require_its_own,
    require_numbers,
    require_open,
    require_whole,
    require_worked,
    total_with,
)
from planning.facts.report import Report, ReportKind
from planning.plan.item import Item
from planning.plan.plan import Plan
from planning.refusal import Refused

OfItem = ReportWork | ReportArrival | ReportStart | ReportFinish
OfPlace = ReportStop | ReportHold


@dataclass(frozen=True, slots=True)
class Confirmed:
    """What was asked before and is confirmed."""

    over: bool = False
    again: bool = False
    enough: bool = False


NOTHING = Confirmed()


def reports_in(turn: Turn, ask: Ask, plan: Plan, item: Item, command: OfItem) -> list[Report]:
    """A count first, then what is said beside it: each is a report of its own. Raises
    Refused("report-nothing-missing")."""
    match command:
        case ReportWork():
            return list(_of_work(_said(turn, ask, item.code, ReportKind.QUANTITY, command.day), command))
        case ReportArrival():
            good = _missing(turn, plan, item) if command.good is None else command.good
            said = _said(turn, ask, item.code, ReportKind.ARRIVAL, command.day)
            return [replace(said, good=good, expected=command.rest)]
        case ReportStart():
            return [_said(turn, ask, item.code, ReportKind.START, command.day)]
        case ReportFinish():
            return [_said(turn, ask, item.code, ReportKind.FINISH, command.day)]


def report_of_place(turn: Turn, ask: Ask, item: Item | None, department: str, command: OfPlace) -> Report:
    """Of an item, or of a whole department."""
    kind = ReportKind.STOP if isinstance(command, ReportStop) else ReportKind.HOLD
    said = _said(turn, ask, item.code if item else "", kind, None)
    return replace(said, expected=command.expected, reason=command.reason, department="" if item else department)


def _of_work(said: Report, command: ReportWork) -> Iterator[Report]:
    if command.good is not None or command.scrap is not None:
        yield replace(said, good=command.good or Decimal(0), scrap=command.scrap)
    if command.percent is not None:
        yield replace(said, kind=ReportKind.PERCENT, percent=command.percent)
    if command.remaining is not None:
        yield replace(said, kind=ReportKind.REMAINING, remaining_days=command.remaining)
    if command.expected is not None:
        yield replace(said, kind=ReportKind.EXPECTED, expected=command.expected)


def check(turn: Turn, plan: Plan, draft: Report, today: date, sure: Confirmed = NOTHING) -> Report:
    """The report as it can be kept. Raises Refused: codes of `planning.facts.booking`."""
    item = plan.items[draft.item]
    require_its_own(draft)
    require_open(item, draft.kind)
    require_day(draft.day or today, today)
    require_worked(item, plan, draft.day or today, today)
    require_numbers(draft)
    if not sure.again and repeats(turn.uow.reports.newest_of(draft.by), draft):
        raise Refused("report-again", item=item.code, what=told(turn.words, draft, today, item.unit))
    if draft.kind not in (ReportKind.QUANTITY, ReportKind.ARRIVAL, ReportKind.FINISH):
        return draft
    progress, tolerance = progress_of(turn, plan, item.code), turn.environment.over_tolerance
    if draft.kind is ReportKind.FINISH:
        require_whole(progress, tolerance, sure.enough)
        return replace(draft, good=booked_by_finish(progress))
    total = total_with(progress, draft.good)
    return replace(draft, over=require_in_bounds(progress, draft, total, tolerance, sure.over))


def check_of_place(report: Report, today: date) -> Report:
    """The same of a department that stands still."""
    require_its_own(report)
    require_day(report.day or today, today)
    require_numbers(report)
    return report


def said_at(turn: Turn, ask: Ask) -> datetime:
    return min(ask.said_at or turn.now, turn.now)


def _missing(turn: Turn, plan: Plan, item: Item) -> Decimal:
    """What has not come yet. Raises Refused("report-nothing-missing")."""
    progress = progress_of(turn, plan, item.code)
    missing = (item.quantity or Decimal(0)) - progress.good
    if item.quantity is None or missing <= 0:
        raise Refused("report-nothing-missing", item=item.code, good=plain(progress.good))
    return missing


def _said(turn: Turn, ask: Ask, item: str, kind: ReportKind, day: date | None) -> Report:
    spoken = day or turn.day_of(ask.said_at)
    return Report("", item, kind, spoken, said_at(turn, ask), by=ask.person.id, channel=ask.channel)
