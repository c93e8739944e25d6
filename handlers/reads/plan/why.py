"""为什么: the chain of revisions that moved an item, and what it comes to."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import groupby

from cards.faces import ChangeView
from cards.lines.item import footnote, item_dates
from cards.lines.report import told
from cards.markdown import body
from cards.path import explain, in_one
from cards.words.dates import moment as written
from handlers.language import Why, find_item
from handlers.reads.plan.plan_states import Point, item_at, reference
from handlers.reads.plan.why_changed import DAYS, changed
from handlers.reads.rhythm.announcements import said_first
from handlers.reads.rhythm.records import rows_about
from handlers.reply import Reply
from handlers.turn import Ask, Turn
from planning.change.change import Decision, Step, Verdict
from planning.facts.report import Report
from planning.plan.item import Item, Status
from planning.plan.plan import Plan
from planning.plan.timetable import Timetable
from planning.schedule.cause_steps import Passing
from storage.plan.revisions import PastLine

SHOWN = 8
AGREEMENTS = 5
"""So many of the newest records stand below."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """One revision that moved an item: what it did to it, who wanted it and why, who approved."""

    revision: int
    at: str
    no: str
    proposer: str
    reason: str
    trigger: str
    path: str
    text: str
    approvals: tuple[str, ...]
    announced: str = ""
    """Who said it before it was proposed; empty: nobody."""


def why_moved(turn: Turn, ask: Ask, command: Why) -> str | Reply:
    """Of a department the changes that moved its items, of anything else what moved the item."""
    if department := turn.organisation.find_department(command.words):
        return changed(turn, command.days or DAYS, department)
    return why(turn, ask, command)


def why(turn: Turn, ask: Ask, command: Why) -> str:
    """The chain of revisions that moved an item, newest first, and the net shift against the newest promise, or the
    first plan."""
    plan = turn.plan()
    item = find_item(plan, command.words)
    since = turn.now - timedelta(days=command.days) if command.days else None
    past, count = turn.uow.revisions.newest_of_item(item.code, SHOWN, since)
    told = [list(lines) for _, lines in groupby(past, key=lambda line: line.revision)][::-1]
    measured = reference(turn)
    dates = item_dates(item, turn.today, Timetable(plan).of(item))
    chapters = [_chapter(turn, plan, lines) for lines in told]
    return body(
        turn.words.locale,
        "why",
        item=item,
        dates=dates,
        days=command.days,
        chapters=chapters,
        note=footnote(turn.words, (dates, *(chapter.text for chapter in chapters))),
        more=turn.words("card.more", n=count - SHOWN) if count > SHOWN else "",
        against=_since(turn, measured),
        net=_net(turn, plan, item, measured),
        revision=turn.uow.plans.head(),
        agreements=rows_about(turn, item.code, AGREEMENTS),
    )


def _chapter(turn: Turn, plan: Plan, lines: list[PastLine]) -> Chapter:
    first = lines[0]
    change = turn.uow.changes.get(first.change)
    row = _text(turn, lines)
    if report := turn.uow.reports.get(first.change):
        return _of_report(turn, first, report, row)
    if change is None:  # brought by an import
        return Chapter(first.revision, _at(turn, first.applied_at), first.change, "", "", "", "", row, ())
    view = turn.view(change)
    return Chapter(
        revision=first.revision,
        at=_at(turn, first.applied_at),
        no=change.no,
        proposer=view.proposer,
        reason=view.reason,
        trigger=view.headline,
        path=_passed_on(turn, Passing(plan, change.impact), lines),
        text=row,
        approvals=tuple(text for step in change.steps for text in _approvals(view, step)),
        announced=said_first(turn, change.no),
    )


def _of_report(turn: Turn, first: PastLine, report: Report, row: str) -> Chapter:
    """What a fact made of it: who reported what; nobody approves that."""
    item = turn.plan().items.get(report.item)
    said = told(turn.words, report, turn.today, item.unit if item else "")
    trigger = turn.words("report.said-by", name=turn.organisation.name_of(report.by), what=said)
    return Chapter(first.revision, _at(turn, first.applied_at), report.no, "", "", trigger, "", row, ())


def _text(turn: Turn, lines: list[PastLine]) -> str:
    return turn.words.clauses(row.text for row in turn.rows().rows(past.line for past in lines))


def _passed_on(turn: Turn, passing: Passing, lines: list[PastLine]) -> str:
    """Explain how it came from the cause to these lines; start and finish mostly tell the same."""
    writer = turn.rows()
    told = [in_one(explain(past.line, passing, writer)) for past in lines]
    return turn.words.clauses(filter(None, dict.fromkeys(told)))


def _at(turn: Turn, moment: datetime) -> str:
    return written(moment, turn.environment.zone, turn.today)


def _approvals(view: ChangeView, step: Step) -> list[str]:
    return [_approval(view, step.department, d) for d in step.decisions if d.verdict is Verdict.APPROVE]


def _approval(view: ChangeView, department: str, decision: Decision) -> str:
    return f"{view.department(department)} {view.organisation.name_of(decision.person)} {view.at(decision.at)}"


def _net(turn: Turn, plan: Plan, item: Item, since: Point) -> str:
    """Net of all of it, in the item's own working days."""
    was = item_at(turn, item.code, since)
    if was is None:
        return turn.words("compare.net.new")
    calendar = Timetable(plan).of(item)
    parts = []
    for field, before, now in (("start", was.start, item.start), ("finish", was.finish, item.finish)):
        if before != now:
            shift = _shift(turn, calendar.between(before, now))
            parts.append(turn.words("compare.net.date", field=turn.words(f"value.field.{field}"), shift=shift))
    if was.quantity != item.quantity:
        more = (item.quantity or Decimal(0)) - (was.quantity or Decimal(0))
        parts.append(turn.words("compare.net.quantity", shift=f"{more.normalize():+f}{item.unit}"))
    if item.status is Status.CANCELLED and was.status is not item.status:
        parts.append(turn.words("value.status.cancelled"))
    return turn.words.list(parts) or turn.words("compare.net.none")


def _since(turn: Turn, there: Point) -> str:
    if there.baseline:
        return turn.words("compare.baseline", name=there.baseline, revision=there.revision)
    return turn.words("compare.first" if there.revision == 1 else "compare.revision", revision=there.revision)


def _shift(turn: Turn, days: int) -> str:
    if days == 0:  # Another day off: the same working day.
        return turn.words("value.days.none")
    return turn.words("value.days.later" if days > 0 else "value.days.earlier", n=abs(days))
