"""Checks of a report before it is booked: of this item, this day and these numbers."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal

from planning.facts.progress import PAYMENTS, RECEIVED, Progress
from planning.facts.report import BOOKS_NOTHING, NAMED, NONE, Report, ReportKind
from planning.plan.amount import plain
from planning.plan.item import Item, Status
from planning.plan.limits import FIRST_DAY, LAST_DAY
from planning.plan.plan import Plan
from planning.plan.timetable import Timetable
from planning.refusal import Refused

OLDEST = timedelta(31)
"""So far back a report may speak of."""
SLIP = 3
"""More than so many times the planned quantity is a slip of the hand."""
AGAIN = timedelta(minutes=2)
"""Within this time the same from the same person may be a repetition."""
SHORT = ("report-short", "report-short-counted")
"""Codes of a completion that asks whether it is enough."""
WORK = (ReportKind.START, ReportKind.QUANTITY, ReportKind.PERCENT)
_CARRIED: Mapping[ReportKind, tuple[str, ...]] = {
    ReportKind.START: (),
    ReportKind.QUANTITY: ("good", "scrap"),
    ReportKind.PERCENT: ("percent",),
    ReportKind.REMAINING: ("remaining_days",),
    ReportKind.EXPECTED: ("expected",),
    ReportKind.FINISH: (),
    ReportKind.ARRIVAL: ("good", "expected"),
    ReportKind.STOP: ("expected", "department"),
    ReportKind.HOLD: ("expected", "department"),
    ReportKind.CORRECTION: (*NAMED, "corrects", "void", "department"),
}
"""What a report of each kind may say; how much a completion books is worked out, and may be put right."""
_CORRECTABLE = {**_CARRIED, ReportKind.FINISH: ("good",)}


def require_open(item: Item, kind: ReportKind) -> None:
    """Raises Refused: "report-not-open", "report-done", "report-finish-only", "report-by-arrival", "report-by-work"."""
    named = {"item": item.code, "title": item.title}
    if item.status in (Status.CANCELLED, Status.CLOSED) or (
        item.status is Status.ON_HOLD and kind not in BOOKS_NOTHING
    ):
        raise Refused("report-not-open", status=item.status.value, **named)
    if kind in BOOKS_NOTHING:
        return
    if item.status is Status.DONE:
        raise Refused("report-done", **named)
    if (item.is_milestone or item.type in PAYMENTS) and kind is not ReportKind.FINISH:
        raise Refused("report-finish-only", offers=(f"完成 {item.code}",), **named)
    if item.type in RECEIVED and kind in WORK:
        raise Refused("report-by-arrival", offers=(f"到货 {item.code} <数量>",), **named)
    if item.type not in RECEIVED and kind is ReportKind.ARRIVAL:
        raise Refused("report-by-work", offers=(f"报工 {item.code} <数量>",), **named)


def require_its_own(report: Report) -> None:
    """Raises Refused("report-values") for what its kind does not say: only a correction withdraws anything, and only a
    count counts."""
    for name in _CARRIED[ReportKind.CORRECTION]:
        value = getattr(report, name)
        is_said = value is not None and value is not False and value != ""
        if is_said and name not in _CARRIED[report.kind]:
            raise Refused("report-values", kind=report.kind.value, field=name)


def require_day(day: date, today: date) -> None:
    """Raises Refused("report-day")."""
    if not today - OLDEST <= day <= today:
        raise Refused("report-day", day=day, first=today - OLDEST, last=today)


def require_worked(item: Item, plan: Plan, day: date, today: date) -> None:
    """Raises Refused("report-day-before") for a day on which nothing of the item's department had begun, by the plan or
    in fact. What begins a working day early, or on the days off before, is no slip; of today anything may be said, and
    goods come when they come."""
    if day >= min(item.start, today) or item.type in RECEIVED:
        return
    begins = min(one.start for one in plan.items.values() if one.department == item.department)
    early = Timetable(plan).of(item).on_or_before(begins - timedelta(1))
    if day < early:
        first = max(min(early, today), today - OLDEST)
        raise Refused("report-day-before", day=day, item=item.code, begins=begins, first=first, last=today)


def require_numbers(report: Report) -> None:
    """Raises Refused("report-number"): nothing below zero, no count of nothing, no more than a hundred per cent; a day
    on which only scrap was made is a day's work. Refused("report-expected"): a finish beyond every plan."""
    for name in ("good", "scrap", "percent", "remaining_days"):
        value = getattr(report, name)
        if value is not None and value < 0:
            raise Refused("report-number", found=value)
    corrects = report.kind is ReportKind.CORRECTION
    if report.percent is not None and report.percent > 100:
        raise Refused("report-number", found=f"{report.percent}%")
    if report.good == 0 and not (report.scrap or corrects):
        raise Refused("report-number", found=0)
    if report.expected and not FIRST_DAY <= report.expected <= LAST_DAY:
        raise Refused("report-expected", day=report.expected, first=FIRST_DAY, last=LAST_DAY)


def require_in_bounds(progress: Progress, report: Report, total: Decimal, tolerance: Decimal, sure: bool) -> bool:
    """Check a count against what is planned; True where it is more. `total`: the good of the item with it. Raises
    Refused: "report-slip", and "report-over" unless it is confirmed."""
    quantity = progress.planned.quantity
    if not quantity or report.good is None:
        return False
    facts = {"item": progress.item.code, "unit": progress.item.unit, "quantity": plain(quantity)}
    if total > SLIP * quantity:
        raise Refused("report-slip", good=plain(report.good), total=plain(total), **facts)
    if total <= quantity * (1 + tolerance):
        return False
    if not sure:
        raise Refused("report-over", total=plain(total), **facts)
    return True


def require_whole(progress: Progress, tolerance: Decimal, enough: bool) -> None:
    """Raises Refused for an item that is called finished and lacks more than the tolerance: "report-short", and
    "report-short-counted" where a percent was said of it since, which counts nothing."""
    quantity = progress.planned.quantity
    if not quantity or not _was_counted(progress) or enough or progress.good >= quantity * (1 - tolerance):
        return
    facts = {"item": progress.item.code, "unit": progress.item.unit, "quantity": plain(quantity)}
    facts |= {"good": plain(progress.good), "rest": plain(quantity - progress.good)}
    if progress.estimated:
        raise Refused("report-short-counted", percent=plain(Decimal(round(progress.part * 1000)) / 10), **facts)
    raise Refused("report-short", **facts)


def booked_by_finish(progress: Progress) -> Decimal | None:
    """What a completion books in its own row: all of it, where no quantity was ever reported."""
    return None if _was_counted(progress) else progress.planned.quantity or None


def _was_counted(progress: Progress) -> bool:
    """Check whether a quantity was ever reported, of a purchase also on the receipts of its goods."""
    return progress.good > NONE or any(one.good is not None for one in progress.words)


def repeats(last: Report | None, report: Report) -> bool:
    """Check whether the same person has just said the same."""
    if last is None or last.by != report.by or not timedelta(0) <= report.at - last.at <= AGAIN:
        return False
    alike = ("item", "kind", "day", "department", *NAMED)
    return all(getattr(last, name) == getattr(report, name) for name in alike)


def require_correctable(first: Report, correction: Report) -> None:
    """Raises Refused("report-correction") for a value that this kind of report does not have."""
    named = [name for name in NAMED if getattr(correction, name) is not None]
    others = [name for name in named if name not in _CORRECTABLE.get(first.kind, ())]
    if others:
        raise Refused("report-correction", no=first.no)


def total_with(progress: Progress, good: Decimal | None, corrected: Iterable[Report] = ()) -> Decimal:
    """The good of an item once this is booked, in the place of what it corrects."""
    before = sum((one.good or NONE for one in corrected), NONE)
    return progress.good - before + (good or NONE)
