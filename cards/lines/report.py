"""A report, and the progress of an item, as people read them."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import floor

from cards.lines.amount import share
from cards.words import Words
from cards.words.dates import day
from planning.facts.progress import Progress
from planning.facts.report import Report, ReportKind
from planning.plan.amount import plain

NOTHING = Fraction(0)


def told(words: Words, report: Report, today: date, unit: str = "") -> str:
    """What it says, in a few words: `今日 160（报废 10）`, `12-01 开工`."""
    when = day(report.day, today) if report.day else ""
    when = words("report.today") if report.day == today else when
    facts = {
        "day": when,
        "good": f"{plain(report.good or Decimal(0))}{unit}",
        "percent": plain(report.percent or Decimal(0)),
        "n": report.remaining_days or 0,
        "expected": day(report.expected, today) if report.expected else "",
        "corrects": report.corrects,
    }
    said = words(f"report.what.{report.kind.value}", **facts)
    if report.kind is ReportKind.CORRECTION:
        return f"{said}{_corrected(words, report, facts)}"
    if report.scrap is not None:
        said += words("report.scrap", scrap=plain(report.scrap))
    if report.kind in (ReportKind.ARRIVAL, ReportKind.STOP, ReportKind.HOLD) and report.expected:
        said += words(f"report.expected.{report.kind.value}", expected=facts["expected"])
    return said + (words("report.over") if report.over else "")


def _corrected(words: Words, report: Report, facts: dict[str, object]) -> str:
    if report.void:
        return words("report.to.void")
    named = [("good", report.good), ("percent", report.percent), ("remaining", report.remaining_days)]
    parts = [words(f"report.to.{name}", **facts) for name, value in named if value is not None]
    if report.scrap is not None:
        parts.append(words("report.to.scrap", scrap=plain(report.scrap)))
    if report.expected is not None:
        parts.append(words("report.to.expected", expected=facts["expected"]))
    if report.day is not None:
        parts.append(words("report.to.day", day=facts["day"]))
    return words.list(parts)


def _expected(due: Fraction, quantity: Decimal) -> str:
    """So much of it; of whole pieces whole ones."""
    exact = due * Fraction(quantity)
    return str(floor(exact)) if quantity == int(quantity) else share(exact, 1)


def done(words: Words, progress: Progress, due: Fraction = NOTHING) -> str:
    """累计 450 / 2000（22.5%） · 今日应到 600. `due`: the share that is planned to be done by this evening. Of what is
    over an estimate is worth nothing where it was counted."""
    item, quantity = progress.planned, progress.planned.quantity
    is_counted = progress.good > 0 and not progress.lives
    scrap = words("report.scrap", scrap=plain(progress.scrap)) if progress.scrap else ""
    estimated = words("report.estimated") if progress.estimated and not is_counted else ""
    if not quantity:
        late = words("report.due", due=f"{share(due)}%") if due else ""
        return words("report.part", part=share(progress.part), estimated=estimated) + late
    amount = Fraction(progress.good) if is_counted else progress.done
    facts = {"done": share(amount, 1), "quantity": f"{plain(quantity)}{item.unit}"}
    late = words("report.due", due=f"{_expected(due, quantity)}{item.unit}") if due else ""
    return words("report.done", part=share(progress.part), scrap=scrap, estimated=estimated, **facts) + late
