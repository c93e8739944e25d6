"""The conditions of a plan that are wrong, found item by item: thirteen codes, and what rules say."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction

from planning.exceptions.finding import Code, Finding, Key, Severity
from planning.exceptions.latest import latest_finishes, slack
from planning.exceptions.situation import Situation, Unacked
from planning.facts.progress import PAYMENTS, RECEIVED, Progress
from planning.facts.relation import Dates, Relation, days_between, finish_from, is_milestone, moves_start
from planning.facts.report import BOOKS_NOTHING
from planning.facts.silence import last_word, silence
from planning.facts.source import Freshness, SourceAge
from planning.plan.amount import plain
from planning.plan.calendar import WorkCalendar
from planning.plan.goods import PURCHASE
from planning.plan.item import Item, Status
from planning.plan.link import Link, LinkKind
from planning.readiness.goods import PRODUCTION
from planning.readiness.line import Colour, Line, Order

UNSTARTED = (*RECEIVED, *PAYMENTS, "milestone", "sales_order", "forecast", "promotion")
"""Types that nobody begins by hand."""
WAS_THERE = 3
"""Working days of slack that were enough."""
URGENT = 1
"""Working days before a start from which what it lacks is worse."""
SCRAP_LEAST = Decimal(20)
SEAT_WORSE = 2
"""Times the hours of a seat's silence."""
STALE_HIGH = 3


@dataclass(slots=True)
class Found:
    """The outcome of a scan: what was found, and what can neither be said to hold nor to be over."""

    findings: dict[Key, Finding] = field(default_factory=dict)
    undecided: set[Key] = field(default_factory=set)
    latest: Mapping[str, date] = field(default_factory=dict)
    """The latest finish of what leads to a promise."""


def find(situation: Situation, among: Collection[str] | None = None, others: Collection[str] = ()) -> Found:
    """`among`: items that are looked at, and `others` change requests and sources; None: all of them."""
    return Conditions(situation).found(among, others)


class Conditions:
    def __init__(self, situation: Situation) -> None:
        self._situation, self._today = situation, situation.today
        self._thresholds = situation.thresholds
        self._outlook, self._network = situation.outlook, situation.network
        self._latest: Mapping[str, date] = latest_finishes(self._network, self._outlook, situation.promised)
        self._found = Found(latest=self._latest)

    def found(self, among: Collection[str] | None, others: Collection[str]) -> Found:
        items, index = self._network.items, self._network.index
        looked_at: Iterable[Item] = items if among is None else (items[index[code]] for code in among if code in index)
        for item in looked_at:
            progress = self._outlook.progress_of(item.code)
            wrong = list(self._of(progress)) if progress.lives else []
            for finding in (*wrong, *self._by_rules(progress, wrong)):
                self._found.findings[finding.key] = finding
        unacked = (_unacked(one, self._thresholds.unacked_hours) for one in self._situation.unacked)
        silent = (*unacked, *map(_stale, self._situation.sources))
        self._found.findings |= {one.key: one for one in silent if one and (among is None or one.key.item in others)}
        return self._found

    def slack(self, code: str) -> int | None:
        return slack(self._outlook, self._latest, code)

    def _of(self, progress: Progress) -> Iterator[Finding]:
        item, today = progress.item, self._today
        calendar = self._outlook.calendar_of(item)
        held = item.status is Status.ON_HOLD
        waits = not progress.begun and not held
        if item.finish < today:
            forecast, days = self._outlook[item.code].dates.finish, days_between(calendar, item.finish, today)
            yield _finding(Code.OVERDUE, item, Severity.HIGH, finish=item.finish, days=days, forecast=forecast)
        elif item.start < today and waits and not (item.type in UNSTARTED or is_milestone(item)):
            yield self._late_start(item, calendar)
        yield from self._promise(item, calendar)
        yield from self._eaten(item)
        if waits and item.type == PRODUCTION:
            yield from self._short(item, calendar)
        if waits and self._network.holders[self._network.index[item.code]]:
            yield from self._blocked(item, calendar)
        yield from self._silent(progress, calendar)
        if progress.scrap and progress.begun and progress.good + progress.scrap >= SCRAP_LEAST:
            yield from self._scrap(progress)
        yield from self._broken(item)
        if self._is_unpegged(item):
            yield _finding(Code.UNPEGGED, item, Severity.INFO)
        if not self._situation.is_owned(item):
            yield _finding(Code.ORPHAN, item, Severity.WARN, department=item.department)

    def _by_rules(self, progress: Progress, wrong: Sequence[Finding]) -> Iterator[Finding]:
        """What rules say of it, with the dates that would help."""
        if self._situation.reminders is None:
            return
        helps = helping(wrong)
        for one in self._situation.reminders(progress, {finding.key.code for finding in wrong}):
            yield Finding(Key(Code.RULE, progress.item.code, one.rule), one.severity, {**helps, **one.facts})

    def _late_start(self, item: Item, calendar: WorkCalendar) -> Finding:
        days, left = days_between(calendar, item.start, self._today), self.slack(item.code)
        is_high = days >= self._thresholds.late_start_days or (left is not None and left < 0)
        severity = Severity.HIGH if is_high else Severity.WARN
        forecast = self._outlook[item.code].dates.finish
        return _finding(Code.LATE_START, item, severity, start=item.start, days=days, forecast=forecast)

    def _promise(self, item: Item, calendar: WorkCalendar) -> Iterator[Finding]:
        promise = self._situation.promised.get(item.code)
        if promise is None or (forecast := self._outlook[item.code].dates.finish) <= promise:
            return
        left = days_between(calendar, self._today, promise)
        is_critical = left <= self._thresholds.near_promise_days and item.code not in self._situation.changing
        severity = Severity.CRITICAL if is_critical else Severity.HIGH
        days = days_between(calendar, promise, forecast)
        yield _finding(Code.FORECAST_LATE, item, severity, promise=promise, forecast=forecast, days=days)

    def _eaten(self, item: Item) -> Iterator[Finding]:
        baseline = self._situation.baseline.get(item.code)
        if baseline is None or item.code not in self._latest:
            return
        was = slack(self._outlook, self._latest, item.code, baseline)
        left = self.slack(item.code) if was is not None and was >= WAS_THERE else None
        if left is not None and left <= self._thresholds.slack_days:
            yield _finding(Code.SLACK_EATEN, item, Severity.WARN, slack=left, was=was)

    def _short(self, item: Item, calendar: WorkCalendar) -> Iterator[Finding]:
        readiness, before = self._situation.readiness, self._situation.days_before(item)
        if readiness is None or calendar.add(item.start, -before) > self._today:
            return
        order = readiness.order(item.code)
        if order is None:
            return
        if order.colour is not Colour.RED:
            if any(line.name in self._situation.old_stock for line in order.lines):
                self._found.undecided.add(Key(Code.SHORT, item.code))
            return
        is_critical = days_between(calendar, self._today, item.start) <= URGENT
        severity = Severity.CRITICAL if is_critical else Severity.HIGH
        yield _finding(Code.SHORT, item, severity, start=order.start, **_lacks(order))

    def _blocked(self, item: Item, calendar: WorkCalendar) -> Iterator[Finding]:
        """By what has to be done first and is forecast too late; of goods the readiness says what is missing."""
        if days_between(calendar, self._today, item.start) > self._thresholds.blocked_days:
            return
        start = max(item.start, calendar.on_or_after(self._today))
        stands = Dates(item.start, item.finish)
        if start > item.start:
            stands = Dates(start, max(item.finish, finish_from(calendar, start, item.duration)))
        severity = Severity.HIGH if days_between(calendar, self._today, start) <= URGENT else Severity.WARN
        for relation in self._outlook.relations_into(item.code):
            predecessor = relation.predecessor
            if relation.link.ratio is not None or not self._outlook.progress_of(predecessor.code).lives:
                continue
            allowed = relation.allows(self._outlook[predecessor.code].dates)
            if allowed > (stands.start if moves_start(relation.link) else stands.finish):
                key = Key(Code.BLOCKED, item.code, predecessor.code)
                yield Finding(key, severity, _texts(start=start, allowed=allowed))

    def _silent(self, progress: Progress, calendar: WorkCalendar) -> Iterator[Finding]:
        days = silence(progress, calendar, self._today)
        if days >= self._thresholds.silent_days:
            yield _finding(Code.SILENT, progress.item, Severity.WARN, since=last_word(progress), days=days)

    def _scrap(self, progress: Progress) -> Iterator[Finding]:
        planned = max((link.scrap for link in self._asking(progress.item.code)), default=Decimal(0))
        if progress.scrap_rate > Fraction(planned) + Fraction(self._thresholds.scrap_points, 100):
            facts = {"rate": _percent(progress.scrap_rate), "planned": _percent(Fraction(planned))}
            yield _finding(Code.SCRAP, progress.item, Severity.WARN, **facts)

    def _asking(self, code: str) -> Iterator[Link]:
        """Links by which others ask for this item: those that drive it."""
        for number in self._network.touching[self._network.index[code]]:
            link = self._network.links[number]
            if link.way[1] == code:
                yield link

    def _broken(self, item: Item) -> Iterator[Finding]:
        network, outlook = self._network, self._outlook
        start, links, ends, items = item.start, network.links, network.ends, network.items
        for number in network.holders[network.index[item.code]]:
            link, before = links[number], items[ends[number][0]]
            if link.lag <= 0 and link.kind is LinkKind.FS:
                said = outlook.said_of(before.code)
                if (said.item if said else before).finish < start:
                    continue  # nearly all of them
            theirs = outlook.progress_of(before.code)
            if theirs.item.status is Status.CANCELLED:
                continue
            relation = outlook.relation(number)
            end = relation.behind.on_or_after(item.start if moves_start(link) else item.finish)
            allowed = relation.allows(Dates(theirs.item.start, theirs.item.finish))
            if allowed > end:
                facts = _texts(end=end, allowed=allowed, report=_brought_by(theirs, relation, end))
                yield Finding(Key(Code.BROKEN, item.code, theirs.item.code), Severity.WARN, facts)

    def _is_unpegged(self, item: Item) -> bool:
        if item.type != PURCHASE and item.code not in self._situation.added:
            return False
        if item.code in self._situation.reasoned:
            return False
        links = self._network.touching[self._network.index[item.code]]
        return all(self._network.links[number].ratio is None for number in links)


def helping(wrong: Iterable[Finding]) -> dict[str, str]:
    """The dates that would help an item, by what is wrong with it."""
    return {name: value for one in wrong for name, value in one.facts.items() if name in ("forecast", "eta")}


def _lacks(order: Order) -> Mapping[str, object]:
    """The line that comes last: what it is, how much, and when."""
    worst = max(order.red, key=lambda one: (one.eta is None, one.eta or date.min))
    short = plain(worst.short) if isinstance(worst, Line) else ""
    return {"product": worst.name, "short": short, "eta": order.eta, "lines": len(order.red)}


def _brought_by(theirs: Progress, relation: Relation, end: date) -> str:
    """The report that broke the link; empty: it did not hold as planned."""
    planned = relation.allows(Dates(theirs.planned.start, theirs.planned.finish))
    words = [one for one in theirs.words if one.kind not in BOOKS_NOTHING]
    return words[-1].no if words and planned <= end else ""


def _unacked(one: Unacked, hours: int) -> Finding | None:
    if one.silent < hours:
        return None
    severity = Severity.HIGH if one.silent >= hours * SEAT_WORSE else Severity.WARN
    facts = _texts(hours=int(one.silent), department=one.seat)
    return Finding(Key(Code.UNACKED, one.change, one.seat), severity, facts)


def _stale(one: SourceAge) -> Finding | None:
    if one.freshness is not Freshness.STALE:
        return None
    severity = Severity.HIGH if one.age_wh >= STALE_HIGH * one.expected_wh else Severity.WARN
    facts = _texts(name=one.name, hours=int(one.age_wh), expected=f"{one.expected_wh:g}", owner=one.owner)
    return Finding(Key(Code.STALE, one.id), severity, facts)


def _finding(code: Code, item: Item, severity: Severity, **facts: object) -> Finding:
    return Finding(Key(code, item.code), severity, _texts(**facts))


def _texts(**facts: object) -> dict[str, str]:
    return {name: _text(value) for name, value in facts.items() if value not in (None, "")}


def _text(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def _percent(share: Fraction) -> str:
    return plain(Decimal(round(share * 1000)) / 10)
