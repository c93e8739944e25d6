"""Scans for exceptions: full ones at their times, and after an event one of what it touches."""

from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from dataclasses import replace
from datetime import date, datetime
from fractions import Fraction
from math import ceil
from typing import NamedTuple, cast

from handlers.govern.exceptions import situation_of, touched_in
from handlers.govern.facts import changed_since
from handlers.kept import Seen
from handlers.kept_scan import BEARS_ON_NOTHING, KnownScan, Stand
from handlers.notify.audit import record
from handlers.notify.facts.exception_lines import worst_first
from handlers.notify.facts.exception_news import go_round, is_trial, show_ended, tell_exceptions
from handlers.timers import RULE
from handlers.turn import Turn
from planning.control.events import word_of
from planning.exceptions.conditions import Found, find
from planning.exceptions.episode import BACK_WITHIN, Episode, State, Step, is_of_place, steps
from planning.exceptions.episode import Turn as Became
from planning.exceptions.finding import CAUSES, OF_NO_ITEM, Code, Key
from planning.exceptions.pushes import Open, Pushes, folded_into
from planning.exceptions.situation import Situation
from planning.exceptions.touched import behind
from planning.facts.relation import days_between
from planning.plan.plan import Plan
from planning.trail.audit import Kind
from storage.timers import Timer

TOUCHED = "exceptions"
"""What a unit of work has touched so far."""
PART = 250
"""Rows that a full scan writes before it lets others have the plan."""


def full_scan(turn: Turn, due_at: datetime, *, is_round: bool = False) -> None:
    """Look at the whole plan, once for each time it is due; `is_round`: a time at which warnings are told. What was
    found ahead is only written, and what parts of it have written is not looked at again."""
    plan = turn.plan()
    if ahead := _ahead(turn, plan, due_at):
        _write(turn, ahead.known, [key for key in ahead.known.rows if key.item not in ahead.again])
        if ahead.again:
            _scan_among(turn, plan, {code for code in ahead.again if code in plan.items}, ahead.again, due_at)
    else:
        looked = _looked(turn, plan, due_at)
        _write(turn, looked, looked.rows)
    turn.uow.exceptions.scanned(due_at, turn.now, 0, 0)
    (go_round if is_round else tell_exceptions)(turn)


def look_ahead(turn: Turn, due_at: datetime) -> int:
    """Find on a snapshot what a full scan will: on a large plan whoever clicks would wait for it. Gives how many rows
    it will write."""
    looked = _looked(turn, turn.plan(), due_at)
    turn.environment.scans.keep(looked)
    return len(looked.rows)


def scan_part(turn: Turn, due_at: datetime, first: int, most: int = PART) -> int | None:
    """Write some of what was found ahead, from row `first`, and all that stands on a card with it: whoever clicks waits
    for no more. Gives the row that comes next, `first` itself where all was written and kept; None: something has
    happened since, look again."""
    plan = turn.plan()
    ahead = _ahead(turn, plan, due_at)
    if ahead is None:
        return None
    known = ahead.known
    if first == len(known.rows):
        rest = [key for key in known.rows if key.code in OF_NO_ITEM]
        turn.environment.scans.keep(replace(known, rows=rest, found=Found(), stands={}, over=()))
        return first
    after = _end_of_card(known, first + most)
    _write(turn, known, [key for key in known.rows[first:after] if key.item not in ahead.again])
    if is_trial(turn):
        tell_exceptions(turn)
    return after


def _end_of_card(known: KnownScan, end: int) -> int:
    """The first row from there on that stands on another card than the one before it."""
    rows, stands = known.rows, known.stands
    while 0 < end < len(rows) and _place(rows[end - 1], stands) == _place(rows[end], stands):
        end += 1
    return min(end, len(rows))


def _place(key: Key, stands: Mapping[Key, Stand]) -> str:
    return (stands[key].root if key in stands else "") or key.item


class _Ahead(NamedTuple):
    known: KnownScan
    again: Set[str]
    """What was touched since, requests and sources: looked at again."""


def _ahead(turn: Turn, plan: Plan, due_at: datetime) -> _Ahead | None:
    """What was found on a snapshot, as far as it stands; None: too much has happened since."""
    known, uow = turn.environment.scans.of(plan.id), turn.uow
    if known is None or not known.serves(due_at, turn.now):
        return None
    said = uow.reports.items_since(known.seen.reports)
    if any(code not in plan.items for code in said) or uow.audit.has_since(known.end, BEARS_ON_NOTHING):
        return None
    changed = changed_since(turn, known, plan, turn.environment.networks.of(plan))
    touched = touched_in(turn, plan, changed) if changed else set[str]()
    return _Ahead(known, touched | {key.item for key in known.rows if key.code in OF_NO_ITEM})


def _looked(turn: Turn, plan: Plan, due_at: datetime) -> KnownScan:
    """What a full scan finds now, and of which rows it makes something else. None of which it has already."""
    seen, end, situation = Seen.of(turn.uow), turn.uow.audit.head(), situation_of(turn, plan, None)
    found = find(situation)
    known = _newest(turn)
    over = _over(situation, plan, known)
    made = _steps_once(turn, known, found, due_at, over)
    before = {one.key: one for one in known}
    after = before | {step.episode.key: step.episode for step in made}
    after |= _folded(turn, situation, found.latest, _open(after), None)
    others = [one for one in after.values() if one != before.get(one.key)]
    worst = dict[str, tuple[int, int, str, str]]()
    for one in others:
        worst[one.place] = min(worst.get(one.place, worst_first(one)), worst_first(one))
    others.sort(key=lambda one: (worst[one.place], one.place, worst_first(one)))
    stands = {one.key: Stand(one.root, one.facts) for one in others if one.state is State.OPEN}
    over &= {one.key.item for one in others}
    rows = [one.key for one in others]
    found = Found({key: found.findings[key] for key in rows if key in found.findings}, found.undecided)
    return KnownScan(seen, plan, due_at, end, turn.now, found, rows, stands, over)


def _write(turn: Turn, looked: KnownScan, keys: Sequence[Key]) -> None:
    """Make of these rows, as they are now, what the scan makes of them."""
    wanted = dict.fromkeys(keys)
    known = [one for one in _newest(turn, {key.item for key in keys}) if one.key in wanted]
    findings = looked.found.findings
    found = Found({key: findings[key] for key in keys if key in findings}, looked.found.undecided)
    made = _steps_once(turn, known, found, looked.due_at, looked.over)
    before = {one.key: one for one in known}
    after = before | {step.episode.key: step.episode for step in made}
    for one in _open(after):
        if one.key in looked.stands:
            after[one.key] = replace(one, **looked.stands[one.key]._asdict())
    _keep(turn, before, after, made, looked.due_at)


def _steps_once(
    turn: Turn, known: Sequence[Episode], found: Found, due_at: datetime, over: Collection[str]
) -> list[Step]:  # fmt: skip
    """What a full scan makes of rows of which it has made nothing yet."""
    done = {one.key for one in known if one.scanned == due_at}
    found = replace(found, findings={key: one for key, one in found.findings.items() if key not in done})
    fresh = [one for one in known if one.key not in done]
    return steps(fresh, found, turn.now, turn.hours.between, full=True, over=over)


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
    if turn.uow.plans.exists():
        plan = turn.plan()
        if _scan_among(turn, plan, touched_in(turn, plan, subjects), subjects):
            tell_exceptions(turn)


def _scan_among(
    turn: Turn, plan: Plan, among: Set[str], others: Set[str], due_at: datetime | None = None
) -> list[Step]:  # fmt: skip
    """Look at these items, and at `others`, requests and sources. It costs what those hang on, and what hangs on them.
    `due_at`: for the full scan of that time."""
    situation = situation_of(turn, plan, among, others)
    found = find(situation, among, others)
    hanging, looked_at = behind(situation.network, among), {*among, *others}
    known = _newest(turn, hanging | looked_at)
    over = _over(situation, plan, known)
    if due_at is None:
        made = steps(known, found, turn.now, turn.hours.between, full=False, looked_at=looked_at, over=over)
    else:
        here = [one for one in known if one.key.item in looked_at]
        made = _steps_once(turn, here, found, due_at, over)
    before = {one.key: one for one in known}
    after = before | {step.episode.key: step.episode for step in made}
    after |= _folded(turn, situation, found.latest, _open(after), hanging)
    return _keep(turn, before, after, made, due_at)


def _newest(turn: Turn, items: Collection[str] | None = None) -> list[Episode]:
    return turn.uow.exceptions.newest(turn.hours.before(turn.now, BACK_WITHIN), items)


def _open(rows: Mapping[Key, Episode]) -> list[Episode]:
    return [one for one in rows.values() if one.state is State.OPEN]


_OPENS = (Became.OPENED, Became.REOPENED, Became.BACK_WORSE)
_KINDS: Mapping[Became, Kind] = {
    **dict.fromkeys(_OPENS, Kind.EXCEPTION_OPENED),
    Became.CLOSED: Kind.EXCEPTION_CLOSED,
}


def _keep(
    turn: Turn, before: Mapping[Key, Episode], after: Mapping[Key, Episode], made: Sequence[Step],
    due_at: datetime | None,
) -> list[Step]:  # fmt: skip
    """Write rows that are others than before, with their events in the trail and the end on their cards, before new
    ones are put up; a warning that never opened leaves no row."""
    others = [one for one in after.values() if one != before.get(one.key)]
    if due_at:
        others = [replace(one, scanned=due_at) for one in others]
    exceptions = turn.uow.exceptions
    exceptions.forget([one.number for one in others if one.number and _was_never_open(one)])
    kept = {one.key: one for one in exceptions.keep(one for one in others if not _was_never_open(one))}
    made = [replace(step, episode=kept.get(step.episode.key, step.episode)) for step in made]
    _have_rules_act(turn, before, made, due_at)
    _record(turn, made)
    show_ended(turn, [step.episode for step in made if step.turn in (Became.CLOSED, Became.REOPENED)])
    if due_at:
        opened, closed = (sum(step.turn in wanted for step in made) for wanted in (_OPENS, (Became.CLOSED,)))
        exceptions.scanned(due_at, turn.now, opened, closed)
    return made


def _have_rules_act(
    turn: Turn, before: Mapping[Key, Episode], made: Iterable[Step], due_at: datetime | None
) -> None:  # fmt: skip
    """Rules act when their row opens, and on each new word that they are about; on one of a department once for all
    that stands still there."""
    together = _acted_on(turn, made, due_at) if due_at else set[tuple[str, str]]()
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


def _acted_on(turn: Turn, made: Iterable[Step], due_at: datetime) -> set[tuple[str, str]]:
    """Rules and words about a department on which other parts of the same scan have them act."""
    here = {step.episode.key for step in made if step.episode.key.code is Code.RULE and is_of_place(step.episode)}
    rows = [one for one in turn.uow.exceptions.open_ones() if one.key.code is Code.RULE] if here else []
    parts = [one for one in rows if one.scanned == due_at and one.key not in here and is_of_place(one)]
    return {(one.key.second, one.facts.get("report", "")) for one in parts}


def _record(turn: Turn, made: Iterable[Step]) -> None:
    for step in made:
        if kind := _KINDS.get(step.turn):
            one = step.episode
            facts = {"code": one.key.code.value, "item": one.key.item, "second": one.key.second,
                     "severity": one.severity.name.lower()}  # fmt: skip
            record(turn, kind, "", f"EX-{one.number}", facts)


def _was_never_open(one: Episode) -> bool:
    return one.state is State.CLOSED and one.opened_at is None


def _over(situation: Situation, plan: Plan, known: Iterable[Episode]) -> set[str]:
    """Items of these rows that are over, cancelled or gone."""
    codes = {one.key.item for one in known if one.key.code in CAUSES}
    return {code for code in codes if code not in plan.items or not situation.outlook.progress_of(code).lives}


def _folded(
    turn: Turn, situation: Situation, latest: Mapping[str, date], rows: Sequence[Episode], among: Set[str] | None
) -> Mapping[Key, Episode]:
    """Open rows on the card of their root, with what the root costs; `among`: rows of these items. None: of all."""
    pushes = Pushes(situation.network, situation.outlook)
    rows = rows if among is None else [one for one in rows if one.key.item in among]
    holding = rows if among is None else [*rows, *_above(turn, pushes, rows, among)]
    roots = folded_into(pushes, [Open(one.key, one.severity, one.is_quiet(turn.now)) for one in holding], among)
    return {one.key: replace(one, root=roots.get(one.key, ""), facts=_with_costs(situation, pushes, latest, one))
            for one in rows}  # fmt: skip


def _above(turn: Turn, pushes: Pushes, rows: Sequence[Episode], among: Set[str]) -> list[Episode]:
    """Open rows of what pushes these from elsewhere."""
    return turn.uow.exceptions.open_ones(pushes.above({one.key.item for one in rows if one.key.code in CAUSES}) - among)


def _with_costs(situation: Situation, pushes: Pushes, latest: Mapping[str, date], one: Episode) -> Mapping[str, str]:
    """With the item it comes from, what that pushes, and the day that would keep every promise."""
    if one.key.code not in CAUSES:
        return one.facts
    cause = next(iter(pushes.first_causes(one.key.item)))
    pushed, items, network = pushes.behind(cause), situation.network.items, situation.network
    departments = {items[network.index[code]].department for code in pushed}
    facts = {**one.facts, "cause": cause, "affects": str(len(pushed)), "departments": str(len(departments))}
    progress, last = situation.outlook.progress_of(cause), latest.get(cause)
    if last is None or last < situation.today:
        return facts
    facts["keep"] = last.isoformat()
    days = days_between(situation.outlook.calendar_of(progress.item), situation.today, last)
    left = Fraction(progress.planned.quantity or 0) - progress.done
    if progress.begun and days > 0 and left > 0:
        facts["daily"] = str(ceil(left / days))
    return facts
