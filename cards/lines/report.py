"""A report, and the progress of an item, as people read them."""

from datetime import date
from decimal import Decimal

from cards.lines.amount import share
from cards.words import Words
from cards.words.dates import day
from planning.facts.progress import Progress
from planning.facts.report import Report, ReportKind
from planning.plan.amount import plain


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


def done(words: Words, progress: Progress) -> str:
    """累计 450 / 2000（22.5%）."""
    item, quantity = progress.planned, progress.planned.quantity
    scrap = words("report.scrap", scrap=plain(progress.scrap)) if progress.scrap else ""
    estimated = words("report.estimated") if progress.estimated else ""
    if not quantity:
        return words("report.part", part=share(progress.part), estimated=estimated)
    facts = {"done": share(progress.done, 1), "quantity": f"{plain(quantity)}{item.unit}"}
    return words("report.done", part=share(progress.part), scrap=scrap, estimated=estimated, **facts)
