"""Progress of the departments in a week, by the newest weekly baseline and by what was reported."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from handlers.govern.facts import baselines_by_now, outlook_of_all
from handlers.kept import Seen
from handlers.turn import Turn
from planning.facts.departments import DepartmentProgress, Measure, Moment, Share, by_department, shares
from planning.facts.relation import Dates
from planning.plan.calendar import ONE_DAY
from planning.plan.item import Item, Status
from planning.plan.plan import Plan
from planning.plan.revision import Baseline, BaselineKind
from storage.plan.plans import NotKept

A_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class WeekProgress:
    span: Dates
    baseline: Baseline | None
    """What the planned part is measured by; None: the plan."""
    shares: tuple[Share, ...]
    departments: Mapping[str, DepartmentProgress]
    """All that have an item in the plan; those without one in the span with nothing in it."""


def week_progress(turn: Turn, plan: Plan, span: Dates | None = None) -> WeekProgress:
    """`span`: None: this week, Monday to Sunday."""
    span, moment = span or this_week(turn.today), _moment(turn)

    def work() -> WeekProgress:
        return _week_progress(turn, plan, span, moment)

    if plan is not turn.plan():
        return work()
    return turn.once("week", [span, moment, Seen.of(turn.uow), baselines_by_now(turn)], work)


def _week_progress(turn: Turn, plan: Plan, span: Dates, moment: Moment) -> WeekProgress:
    baseline, frozen = weekly_baseline(turn)
    measure = Measure(frozen, _held(turn, plan), turn.environment.exceptions.thresholds.silent_days)
    found = tuple(shares(outlook_of_all(turn, plan), plan.items.values(), span, moment, measure))
    known = dict.fromkeys(item.department for item in plan.items.values())
    listed = [*(id for id in turn.organisation.departments if id in known), *known]
    sums = by_department(found)
    return WeekProgress(span, baseline, found, {id: sums.get(id, DepartmentProgress()) for id in listed})


def this_week(today: date) -> Dates:
    monday = today - timedelta(days=today.weekday())
    return Dates(monday, monday + A_WEEK - ONE_DAY)


def _moment(turn: Turn) -> Moment:
    """A working day is over when its hours are; one without an end at midnight."""
    window, now = turn.hours.window, turn.now.astimezone(turn.environment.zone)
    has_closed = window.start < window.end <= now.time()
    return Moment(turn.today, turn.today if has_closed else turn.today - ONE_DAY)


def weekly_baseline(turn: Turn) -> tuple[Baseline | None, Mapping[str, Item]]:
    """The newest weekly baseline of which the items are still known."""
    for baseline in turn.uow.baselines.newest_first():
        if baseline.kind is BaselineKind.WEEKLY:
            try:
                return baseline, turn.uow.plans.items_at(baseline.revision)
            except NotKept:
                break
    return None, {}


def _held(turn: Turn, plan: Plan) -> Mapping[str, date]:
    """The days since which items have been on hold; of what came in so the day the plan came in."""
    codes = [item.code for item in plan.items.values() if item.status is Status.ON_HOLD]
    if not codes:
        return {}
    came = turn.uow.revisions.get(turn.uow.plans.oldest()).applied_at
    since = dict.fromkeys(codes, came)
    for code, past in turn.uow.revisions.history_of(codes).items():
        for one in past:
            if one.line.field == "status" and one.line.after == Status.ON_HOLD.value and one.revision <= plan.revision:
                since[code] = one.applied_at
    return {code: _day(turn, at) for code, at in since.items()}


def _day(turn: Turn, at: datetime) -> date:
    return at.astimezone(turn.environment.zone).date()
