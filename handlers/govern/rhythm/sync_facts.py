"""The facts of a morning: what changed, what came, what starts, what waits, what is open."""

from datetime import date, datetime
from itertools import islice
from typing import Any

from handlers.govern.readiness import in_turn, readiness_of, starting
from handlers.govern.sources import ages
from handlers.turn import Turn
from planning.facts.progress import RECEIVED
from planning.facts.report import ReportKind
from planning.plan.lateness import late_items
from planning.plan.plan import Plan
from planning.plan.timetable import Timetable

MOST = 10_000
"""Reports of one day that are read."""
NAMED = 2
"""Of several things, so many are named."""


def facts_of(turn: Turn, since: datetime) -> dict[str, Any]:
    """What the card of today holds: numbers and names, in a form that is stored and hashed."""
    plan = turn.plan()
    return {
        "revisions": [turn.uow.revisions.number_at(since), plan.revision],
        "changes": _changes(turn, plan, since),
        "arrivals": _arrivals(turn, plan, since),
        "starts": _starts(turn, plan),
        "risks": _risks(turn, plan),
        "waiting": _waiting(turn),
        "issues": _issues(turn),
        "sources": [
            {"name": one.name, "at": one.heard_at.isoformat() if one.heard_at else ""}
            for one in ages(turn) if one.expected_wh
        ],
    }  # fmt: skip


def _changes(turn: Turn, plan: Plan, since: datetime) -> dict[str, Any]:
    """Requests that took effect, and the finish that moved farthest by them."""
    lines = [one for one in turn.uow.revisions.lines_since(since) if turn.uow.changes.get(one.change)]
    finishes = [one for one in lines if one.line.field == "finish" and one.line.before and one.line.after]
    calendars = Timetable(plan)
    moved = [
        (calendars.for_columns("", one.line.department).between(
            date.fromisoformat(one.line.before or ""), date.fromisoformat(one.line.after or "")), one)
        for one in finishes
    ]  # fmt: skip
    worst = max(moved, key=lambda one: (abs(one[0]), one[1].line.item), default=None)
    found: dict[str, Any] = {
        "n": len({one.change for one in lines}), "items": len({one.line.item for one in lines}), "worst": None,
    }  # fmt: skip
    if worst is not None:
        found["worst"] = {"item": worst[1].line.item, "days": worst[0], "change": worst[1].change}
    return found


def _arrivals(turn: Turn, plan: Plan, since: datetime) -> dict[str, Any]:
    """Reported since; what should have come before today and has not, the longest overdue first; what is due today."""
    reports = (report for _, report in turn.uow.reports.page(MOST, since=since))
    arrived = sum(1 for one in reports if one.kind is ReportKind.ARRIVAL and not one.void)
    awaited = [one for one in plan.items.values() if one.type in RECEIVED and not one.status.is_over]
    late = sorted((one for one in awaited if one.finish < turn.today), key=lambda one: (one.finish, one.code))
    due = sum(1 for one in awaited if one.finish == turn.today)
    return {"arrived": arrived, "late": len(late), "named": [one.code for one in late[:NAMED]], "due": due}


def _starts(turn: Turn, plan: Plan) -> dict[str, Any]:
    """Orders that start today or on the next working day, by their readiness."""
    codes = starting(turn, plan, turn.today, turn.calendar.add(turn.today, 1))
    colours = [order.colour.value for order in in_turn(readiness_of(turn, plan, codes), codes)]
    return {"n": len(codes), "colours": {colour: colours.count(colour) for colour in sorted({*colours})}}


def _risks(turn: Turn, plan: Plan) -> dict[str, Any]:
    """What will be later than was promised; the latest is named."""
    late = [one for one in late_items(plan, turn.today) if one.past_promise > 0]
    worst = max(late, key=lambda one: (one.past_promise, one.item.code), default=None)
    named = {"item": worst.item.code, "days": worst.past_promise} if worst else None
    return {"n": len(late), "worst": named}


def _waiting(turn: Turn) -> dict[str, Any]:
    """Decisions that are waited for, the longest first."""
    steps = [
        (step.opened_at or turn.now, change.no, step)
        for change in turn.uow.changes.open_ones() if change.state.is_deciding for step in change.waiting
    ]  # fmt: skip
    steps.sort(key=lambda one: (one[0], one[1], one[2].department))
    named = [
        {"no": no, "department": step.department, "person": next(iter(step.approvers), ""), "since": since.isoformat()}
        for since, no, step in islice(steps, NAMED)
    ]
    return {"n": len(steps), "named": named}


def _issues(turn: Turn) -> dict[str, Any]:
    found = turn.uow.issues.unsettled()
    return {"n": len(found), "oldest": found[0].no if found else ""}
