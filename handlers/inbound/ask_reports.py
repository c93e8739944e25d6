"""Reports that are asked for: what should begin today, and in the evening what was not reported on; each one tap."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, time
from decimal import Decimal
from fractions import Fraction
from math import floor

from cards.lines.report import done
from cards.markdown import plain as escaped
from handlers.govern.facts import planned_of, progress_of
from handlers.govern.reporters import owner_of, reporters_of
from handlers.inbound.questions import question_of
from handlers.notify.question_cards import put_up
from handlers.timers import ASK_REPORTS, ASK_STARTS
from handlers.turn import Ask, Turn
from planning.facts.progress import PAYMENTS, RECEIVED
from planning.people.organisation import Department
from planning.plan.amount import plain
from planning.plan.hours import next_at
from planning.plan.item import Item, Status
from planning.plan.plan import Plan
from planning.plan.unit import is_counted
from storage.timers import Timer

HUNDREDTH = Decimal("0.01")
MOST = 5
"""Items on one card."""


def set_asks(turn: Turn) -> None:
    """Give every department its next asking of each kind, where the settings have a time for it."""
    for kind in (ASK_STARTS, ASK_REPORTS):
        asked = {one.id: one for one in turn.organisation.departments.values() if one.conversation and _at(turn, kind)}
        turn.uow.timers.keep_only(kind, set(asked))
        for department in asked.values():
            if turn.uow.timers.get(kind, department.id) is None:
                _set_next(turn, kind, department)


def ask(turn: Turn, timer: Timer) -> None:
    """One card for each person, of all their items. What was missed while nothing ran is not asked on a later day."""
    department = turn.organisation.departments.get(timer.subject)
    if department is None or not _at(turn, timer.kind):
        return
    if turn.day_of(timer.due_at) == turn.today and turn.uow.plans.exists():
        _ask_all(turn, turn.plan(), department, timer.kind)
    _set_next(turn, timer.kind, department)


def _ask_all(turn: Turn, plan: Plan, department: Department, kind: str) -> None:
    wanted = _starting if kind == ASK_STARTS else _running
    items = [one for one in plan.items.values() if one.department == department.id and wanted(turn, one)]
    told = turn.uow.reports.words_of([one.code for one in items]) if kind == ASK_REPORTS else {}
    theirs: defaultdict[str, list[Item]] = defaultdict(list)
    for item in sorted(items, key=lambda one: (one.finish, one.code)):
        is_told = any(word.day == turn.today for word in told.get(item.code, ()))
        if not is_told and (asked := _asked_of(turn, item)):
            theirs[asked].append(item)
    for person, items in theirs.items():
        said = Ask(turn.organisation.people[person], department.conversation, "", department=department)
        found = question_of(turn, said, _sentence(turn, plan, kind, items), list(_COMMANDS[kind](turn, plan, items)))
        if found:
            put_up(turn, found)


def _starting(turn: Turn, item: Item) -> bool:
    """Check whether somebody begins it by hand today."""
    by_hand = item.type not in (*RECEIVED, *PAYMENTS) and not item.is_milestone
    return by_hand and item.start == turn.today and not item.status.has_started and not item.status.is_over


def _running(turn: Turn, item: Item) -> bool:
    """Check whether it runs, or is due by now."""
    if item.status.is_over or item.status is Status.ON_HOLD or item.type in PAYMENTS:
        return False
    return item.finish <= turn.today or (item.status.has_started and item.type not in RECEIVED)


def _asked_of(turn: Turn, item: Item) -> str:
    """Its owner, else the nearest who may report of it; on leave whoever acts for them; empty: nobody is there."""
    able = [owner] if (owner := owner_of(turn, item)) else reporters_of(turn, item)
    deputies = turn.deputies()
    return next((there for one in able if (there := deputies.acting(one.id))), "")


def _sentence(turn: Turn, plan: Plan, kind: str, items: Sequence[Item]) -> str:
    lines = [_line(turn, plan, kind, item) for item in items[:MOST]]
    if len(items) > MOST:
        lines.append(turn.words("card.more", n=len(items) - MOST))
    return "\n- ".join([turn.words(f"ask.{kind}"), *lines])


def _line(turn: Turn, plan: Plan, kind: str, item: Item) -> str:
    said = [f"{item.code} {escaped(item.title)}"]
    if kind == ASK_REPORTS:
        said.append(done(turn.words, progress_of(turn, plan, item.code)))
    if owner_of(turn, item) is None:
        said.append(turn.words("ask.nobodys"))
    return " · ".join(said)


def _to_begin(turn: Turn, plan: Plan, items: Sequence[Item]) -> Iterator[str]:
    yield from (f"开工 {item.code}" for item in items[:MOST])
    yield f"改期 {items[0].code} 推迟 <天数> 因为 <原因>"


def _to_report(turn: Turn, plan: Plan, items: Sequence[Item]) -> Iterator[str]:
    """As planned for the day, or finished where it is due; another number is typed."""
    yield from filter(None, (_as_planned(turn, plan, item) for item in items[:MOST]))
    counted = next((item for item in items if item.quantity), None)
    if counted:
        yield f"{'到货' if counted.type in RECEIVED else '报工'} {counted.code} <数量>"


def _as_planned(turn: Turn, plan: Plan, item: Item) -> str:
    if item.type in RECEIVED:
        return f"到货 {item.code} 全部" if item.quantity else f"完成 {item.code}"
    if item.finish <= turn.today:
        return f"完成 {item.code}"
    pieces = _planned_today(turn, plan, item)
    return f"报工 {item.code} {plain(pieces)}{item.unit}" if pieces > 0 else ""


def _planned_today(turn: Turn, plan: Plan, item: Item) -> Decimal:
    """Whole pieces of a day at the planned rate, or hundredths of what is measured and takes longer than a day to be
    one; no more than are left. Nothing without a quantity."""
    planned, progress = planned_of(turn, plan, [item.code])[item.code], progress_of(turn, plan, item.code)
    rate = Fraction(planned.quantity or 0) / max(planned.duration, 1)
    step = HUNDREDTH if rate < 1 and not is_counted(item.unit) else Decimal(1)
    return min(floor(rate / Fraction(step)) * step, max((item.quantity or Decimal(0)) - progress.good, Decimal(0)))


_COMMANDS: dict[str, Callable[[Turn, Plan, Sequence[Item]], Iterator[str]]] = {
    ASK_STARTS: _to_begin,
    ASK_REPORTS: _to_report,
}


def _at(turn: Turn, kind: str) -> str:
    return turn.environment.ask_starts_at if kind == ASK_STARTS else turn.environment.ask_reports_at


def _set_next(turn: Turn, kind: str, department: Department) -> None:
    calendar, zone = turn.environment.calendar_of(department.id), turn.environment.zone
    due: datetime = next_at(turn.now, time.fromisoformat(_at(turn, kind)), calendar, zone)
    turn.uow.timers.start(Timer(kind, department.id, due))
