"""The one door for a fact: a report is kept here, and what it makes of its own item becomes a revision."""

from dataclasses import dataclass, replace

from handlers.govern.facts import progress_of, touched_by
from handlers.govern.rules import stands_still
from handlers.lifecycle.after_change import plan_moved
from handlers.lifecycle.hear_sources import heard
from handlers.lifecycle.new_revision import append_revision
from handlers.lifecycle.scan import touch
from handlers.lifecycle.sync import facts_moved
from handlers.notify.audit import record
from handlers.turn import Turn
from planning.facts.planned import FACT_FIELDS
from planning.facts.progress import Progress
from planning.facts.report import Report, ReportKind
from planning.facts.source import id_of
from planning.plan.difference import differences
from planning.plan.impact import Impact
from planning.plan.item import Item
from planning.plan.plan import Plan
from planning.plan.timetable import Timetable
from planning.schedule.effect import hash_of
from planning.trail.audit import Kind


@dataclass(frozen=True, slots=True)
class Booked:
    """A report that was kept, and the item before and after it."""

    report: Report
    plan: Plan
    """The plan after it."""
    before: Item | None
    progress: Progress | None
    """None of a department that stands still, and of what has left the plan."""
    revision: int = 0
    """0: it made none."""


def record_fact(turn: Turn, plan: Plan, report: Report) -> Booked:
    """Keep a report that was found good, with its event in the trail. A fact changes status and dates of its own item
    only (and of the purchase whose goods it is): nothing else moves. The plan is locked."""
    report = replace(report, no=turn.uow.reports.next_no(turn.today))
    turn.uow.reports.add(report)
    heard(turn, id_of(report.source), 1)
    kind = Kind.CORRECTED if report.kind is ReportKind.CORRECTION else Kind.REPORTED
    record(turn, kind, report.by, report.no, report.told())
    if report.kind is ReportKind.ARRIVAL:
        facts_moved(turn)
    still = (one.code for one in plan.items.values() if stands_still(one, report.department))
    touch(turn, [report.item] if report.item in plan.items else still)
    if report.item not in plan.items:
        return Booked(report, plan, None, None)
    before, stands, revision = plan.items[report.item], progress_of(turn, plan, report.item), 0
    for code in touched_by(turn, plan, report.item):
        theirs = stands if code == report.item else progress_of(turn, plan, code)
        plan, made = _restate(turn, plan, theirs, report)
        revision = made or revision
    return Booked(report, plan, before, stands, revision)


def _restate(turn: Turn, plan: Plan, stands: Progress, report: Report) -> tuple[Plan, int]:
    """Make the item what its reports say; the plan after it, and the number of the revision, 0 where all is so."""
    code = stands.item.code
    item = plan.items[code]
    after = replace(item, **{name: getattr(stands.item, name) for name in FACT_FIELDS})
    if after == item:
        return plan, 0
    told = differences(item, after, Timetable(plan).of(item))
    lines = tuple(difference.line(after, (code,)) for difference in told)
    impact = Impact(revision=plan.revision, lines=lines, changed={code: after})
    number = append_revision(turn, plan.id, report.no, report.by, replace(impact, hash=hash_of(impact)))
    plan_moved(turn)
    return replace(plan.with_items([after]), revision=number), number
