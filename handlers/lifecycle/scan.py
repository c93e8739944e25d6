"""Scans for exceptions: full ones at their times, and after an event one of what it touches."""

from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from dataclasses import replace
from datetime import datetime
from fractions import Fraction
from math import ceil
from typing import cast

from handlers.govern.exceptions import situation_of, touched_in
from handlers.kept import Seen
from handlers.kept_scan import KnownScan
from handlers.notify.audit import record
from handlers.notify.exception_news import go_round, show_ended, tell_exceptions
from handlers.timers import RULE
from handlers.turn import Turn
from planning.control.events import word_of
from planning.exceptions.conditions import Found, find
from planning.exceptions.episode import BACK_WITHIN, Episode, State, Step, is_of_place, steps
from planning.exceptions.episode import Turn as Became
from planning.exceptions.finding import CAUSES, Code, Key
from planning.exceptions.pushes import Open, Pushes, folded_into
from planning.exceptions.situation import Situation
from planning.exceptions.touched import behind
from planning.facts.relation import days_between
from planning.plan.plan import Plan
from planning.trail.audit import Kind
from storage.timers import Timer

TOUCHED = "exceptions"
"""What a unit of work has touched so far."""


def full_scan(turn: Turn, due_at: datetime, *, is_round: bool = False) -> None:
    """Look at the whole plan, once for each time it is due; `is_round`: a time at which warnings are told."""
    exceptions, plan = turn.uow.exceptions, turn.plan()
    situation = situation_of(turn, plan, None)
    found = _found_ahead(turn, plan) or find(situation)
    made = _steps(turn, plan, situation, found, full=True)
    opened, closed = (sum(step.turn in wanted for step in made) for wanted in (_OPENS, (Became.CLOSED,)))
    exceptions.scanned(due_at, turn.now, opened, closed)
    _record(turn, made)
    _show_ended(turn, made)
    (go_round if is_round else tell_exceptions)(turn)


def look_ahead(turn: Turn) -> None:
    """Find on a snapshot what a full scan will: on a large plan whoever clicks would wait for it."""
    plan = turn.plan()
    found = find(situation_of(turn, plan, None))
    turn.environment.scans.keep(KnownScan(Seen.of(turn.uow), plan, turn.uow.audit.head(), turn.now, found))


def _found_ahead(turn: Turn, plan: Plan) -> Found | None:
    known = turn.environment.scans.of(plan.id)
    return known.found if known and known.serves(plan.revision, turn.uow.audit.head(), turn.now) else None


def touch(turn: Turn, subjects: Iterable[str]) -> None:
    """Have these items, products and change requests looked at at the end of the unit of work; not before the first
    full scan, which finds what was wrong already."""
    if not turn.environment.exceptions.enabled or turn.uow.exceptions.since() is None:
        return
    worked_out = turn.uow.worked_out
    cast(set[str], worked_out.setdefault(TOUCHED, set[str]())).update(subjects)
    turn.uow.at_end(TOUCHED, lambda: _scan_touched(turn))


def _scan_touched(turn: Turn) -> None:
    subjects: Set[str] = turn.uow.worked_out.pop(TOUCHED, set[str]())
    if not turn.uow.plans.exists():
        return
    plan = turn.plan()
    among = touched_in(turn, plan, subjects)
    situation = situation_of(turn, plan, among, subjects)
    found = find(situation, among, subjects)
    hanging, looked_at = behind(situation.network, among), {*among, *subjects}
    if made := _steps(turn, plan, situation, found, full=False, looked_at=looked_at, among=hanging):
        _record(turn, made)
        _show_ended(turn, made)
        tell_exceptions(turn)


def _show_ended(turn: Turn, made: Sequence[Step]) -> None:
    """The end, on the cards there are: before new ones are put up."""
    show_ended(turn, [step.episode for step in made if step.turn in (Became.CLOSED, Became.REOPENED)])


_OPENS = (Became.OPENED, Became.REOPENED, Became.BACK_WORSE)
_KINDS: Mapping[Became, Kind] = {
    **dict.fromkeys(_OPENS, Kind.EXCEPTION_OPENED),
    Became.CLOSED: Kind.EXCEPTION_CLOSED,
}


def _steps(
    turn: Turn, plan: Plan, situation: Situation, found: Found, *, full: bool, looked_at: Collection[str] = (),
    among: Set[str] | None = None,
) -> list[Step]:  # fmt: skip
    """What the scan makes of the episodes there are, each on the card of its root, kept with its events in the trail;
    `among`: what these items hang on together."""
    known = turn.uow.exceptions.newest(turn.hours.before(turn.now, BACK_WITHIN))
    over = {one.key.item for one in known if one.key.code in CAUSES and _is_over(situation, plan, one.key.item)}
    made = steps(known, found, turn.now, turn.hours.between, full=full, looked_at=looked_at, over=over)
    before = {one.key: one for one in known}
    after = before | {step.episode.key: step.episode for step in made}
    after |= _folded(turn, situation, found, [one for one in after.values() if one.state is State.OPEN], among)
    kept = _keep(turn, before, after)
    made = [replace(step, episode=kept.get(step.episode.key, step.episode)) for step in made]
    _have_rules_act(turn, before, made)
    return made


def _have_rules_act(turn: Turn, before: Mapping[Key, Episode], made: Iterable[Step]) -> None:
    """Rules act when their row opens, and on each new word that they are about; on one of a department once for all
    that stands still there."""
    together = set[tuple[str, str]]()
    for step in made:
        one, report = step.episode, step.episode.facts.get("report", "")
        if one.key.code is not Code.RULE or one.state is not State.OPEN:
            continue
        was = before.get(one.key)
        word = word_of(one.facts)
        is_new_word = bool(word) and (was is None or word_of(was.facts) != word)
        if not (step.turn is Became.OPENED or is_new_word):
            continue
        if not (is_of_place(one) and (one.key.second, report) in together):
            turn.uow.timers.start(Timer(RULE, str(one.number), turn.now))
        together.add((one.key.second, report))


def _keep(turn: Turn, before: Mapping[Key, Episode], after: Mapping[Key, Episode]) -> Mapping[Key, Episode]:
    """Write those that are others than before; a warning that never opened leaves no row."""
    others = [one for one in after.values() if one != before.get(one.key)]
    turn.uow.exceptions.forget([one.number for one in others if one.number and _was_never_open(one)])
    kept = turn.uow.exceptions.keep(one for one in others if not _was_never_open(one))
    return {one.key: one for one in kept}


def _record(turn: Turn, made: Iterable[Step]) -> None:
    for step in made:
        if kind := _KINDS.get(step.turn):
            one = step.episode
            facts = {"code": one.key.code.value, "item": one.key.item, "second": one.key.second,
                     "severity": one.severity.name.lower()}  # fmt: skip
            record(turn, kind, "", f"EX-{one.number}", facts)


def _was_never_open(one: Episode) -> bool:
    return one.state is State.CLOSED and one.opened_at is None


def _is_over(situation: Situation, plan: Plan, code: str) -> bool:
    return code not in plan.items or not situation.outlook.progress_of(code).lives


def _folded(
    turn: Turn, situation: Situation, found: Found, rows: Sequence[Episode], among: Set[str] | None
) -> Mapping[Key, Episode]:
    """Open rows on the card of their root, with what the root costs; `among`: rows of these items only."""
    pushes = Pushes(situation.network, situation.outlook)
    roots = folded_into(pushes, [Open(one.key, one.severity, one.is_quiet(turn.now)) for one in rows])
    here = [one for one in rows if among is None or one.key.item in among]
    return {one.key: replace(one, root=roots.get(one.key, ""), facts=_with_costs(situation, pushes, found, one))
            for one in here}  # fmt: skip


def _with_costs(situation: Situation, pushes: Pushes, found: Found, one: Episode) -> Mapping[str, str]:
    """With the item it comes from, what that pushes, and the day that would keep every promise."""
    if one.key.code not in CAUSES:
        return one.facts
    cause = next(iter(pushes.first_causes(one.key.item)))
    pushed, items, network = pushes.behind(cause), situation.network.items, situation.network
    departments = {items[network.index[code]].department for code in pushed}
    facts = {**one.facts, "cause": cause, "affects": str(len(pushed)), "departments": str(len(departments))}
    progress, latest = situation.outlook.progress_of(cause), found.latest.get(cause)
    if latest is None or latest < situation.today:
        return facts
    facts["keep"] = latest.isoformat()
    days = days_between(situation.outlook.calendar_of(progress.item), situation.today, latest)
    left = Fraction(progress.planned.quantity or 0) - progress.done
    if progress.begun and days > 0 and left > 0:
        facts["daily"] = str(ceil(left / days))
    return facts
