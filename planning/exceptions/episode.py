"""An episode: one exception from its opening to its closing, told at both and at each step up, and not in between."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum

from planning.exceptions.conditions import Found
from planning.exceptions.finding import BY_FORECAST, OF_NO_ITEM, Code, Finding, Key, Severity

IN_A_ROW = 2
"""Full scans that open what is only a warning, and close what follows a computed number."""
BACK_WITHIN = timedelta(hours=9)
"""Of work: what is back so soon is the same row."""
WorkedBetween = Callable[[datetime, datetime], timedelta]


class State(StrEnum):
    SEEN = "seen"
    """A warning that one full scan found."""
    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Episode:
    key: Key
    state: State
    severity: Severity
    worst: Severity
    seen_at: datetime
    opened_at: datetime | None = None
    closed_at: datetime | None = None
    critical_at: datetime | None = None
    """Since when it is critical, or was; None: it never was."""
    facts: Mapping[str, str] = field(default_factory=dict)
    root: str = ""
    """The item on whose card it stands; empty: its own."""
    owner: str = ""
    """Whom its card went to; empty: it has none."""
    card: int = 0
    """Number of the row that its card is about; 0: it has none."""
    told: Severity | None = None
    """The worst that was told of it; None: nothing yet."""
    told_at: datetime | None = None
    climbed: int = 0
    """Rungs of the ladder that its card went up."""
    reopened: int = 0
    missed: int = 0
    """Full scans in a row that did not find it; none yet of one that a fact closed: the next may bring it back."""
    snoozed_until: datetime | None = None
    snoozed_at: Severity = Severity.INFO
    muted_until: datetime | None = None
    taken_by: str = ""
    taken_until: datetime | None = None
    scanned: datetime | None = field(default=None, compare=False)
    """When the last full scan was due that made something of it: none does so twice."""
    number: int = field(default=0, compare=False)
    """Of its row; 0: it has none yet."""

    def is_snoozed(self, now: datetime) -> bool:
        """Check whether it is put off; worse than it was then wakes it."""
        return self.snoozed_until is not None and now < self.snoozed_until and self.severity <= self.snoozed_at

    def is_muted(self, now: datetime) -> bool:
        return self.muted_until is not None and now < self.muted_until

    def is_taken(self, now: datetime) -> bool:
        """Check whether somebody said that they see to it."""
        return self.taken_until is not None and now < self.taken_until

    @property
    def place(self) -> str:
        """The item on whose card it stands; of a request or a source that itself."""
        return self.root or self.key.item

    @property
    def is_told(self) -> bool:
        return self.told is not None and self.told >= self.worst

    def is_quiet(self, now: datetime) -> bool:
        return self.is_snoozed(now) or self.is_muted(now)


def by_place(rows: Iterable[Episode]) -> dict[str, list[Episode]]:
    """The rows that stand on one card together, by its item."""
    found: dict[str, list[Episode]] = {}
    for one in rows:
        found.setdefault(one.place, []).append(one)
    return found


def is_of_place(one: Episode) -> bool:
    """Check whether it was said of a whole department, for a rule that acts."""
    return "place" in one.facts


class Turn(StrEnum):
    """What a scan makes of an episode."""

    OPENED = "opened"
    REOPENED = "reopened"
    WORSE = "worse"
    BACK_WORSE = "back-worse"
    """Open again, and worse than it ever was."""
    CLOSED = "closed"
    KEPT = "kept"
    """Nothing that is told."""


@dataclass(frozen=True, slots=True)
class Step:
    turn: Turn
    episode: Episode


def steps(
    known: Iterable[Episode], found: Found, now: datetime, worked: WorkedBetween, *,
    full: bool, looked_at: Collection[str] = (), over: Collection[str] = (),
) -> list[Step]:  # fmt: skip
    """What a scan makes of the newest episode of each key. A scan after an event (`full` false, of the items
    `looked_at`) opens what is high and closes on facts; it is none of two in a row. `over`: items that are over,
    cancelled or gone: their rows end at once."""
    made, unknown = list[Step](), dict(found.findings)
    for one in known:
        finding = unknown.pop(one.key, None)
        if finding is not None:
            made += _seen(one, finding, now, worked, full)
        elif one.key not in found.undecided and (full or one.key.item in looked_at or one.key.item in over):
            made += _missed(one, now, full, one.key.item in over and one.key.code not in OF_NO_ITEM)
    made += [step for finding in unknown.values() for step in _new(finding, now, full)]
    return [replace(step, episode=_since_when_critical(step.episode, now)) for step in made]


def _since_when_critical(one: Episode, now: datetime) -> Episode:
    first = one.severity is Severity.CRITICAL and one.critical_at is None
    return replace(one, critical_at=now) if first else one


def _new(finding: Finding, now: datetime, full: bool) -> list[Step]:
    severity = finding.severity
    fresh = Episode(finding.key, State.SEEN, severity, severity, now, facts=finding.facts)
    if _opens_at_once(finding):
        return [Step(Turn.OPENED, replace(fresh, state=State.OPEN, opened_at=now))]
    return [Step(Turn.KEPT, fresh)] if full else []


def _opens_at_once(finding: Finding) -> bool:
    """What is high; and what a rule acts on, which says itself when that is."""
    return finding.severity >= Severity.HIGH or finding.key.code is Code.RULE


def _seen(one: Episode, finding: Finding, now: datetime, worked: WorkedBetween, full: bool) -> list[Step]:
    severity = finding.severity
    here = replace(one, severity=severity, facts=finding.facts, missed=0)
    if one.state is State.OPEN:
        here = replace(here, missed=0 if full else one.missed)
        if severity > one.worst:
            return [Step(Turn.WORSE, replace(here, worst=severity))]
        return [Step(Turn.KEPT, here)] if here != one else []
    if one.state is State.CLOSED:
        return _again(one, finding, now, worked, full)
    if _opens_at_once(finding) or (full and now > one.seen_at):
        return [_opened(here, now)]
    return []


def _again(one: Episode, finding: Finding, now: datetime, worked: WorkedBetween, full: bool) -> list[Step]:
    """Back so soon it is the same row, else a new one; a mute goes on."""
    if one.closed_at is None or worked(one.closed_at, now) > BACK_WITHIN:
        muted = one.muted_until if one.is_muted(now) else None
        return [replace(step, episode=replace(step.episode, muted_until=muted)) for step in _new(finding, now, full)]
    back = replace(one, severity=finding.severity, facts=finding.facts, missed=0, seen_at=now)
    if _opens_at_once(finding) or (full and not one.missed):
        return [_opened(back, now)]
    return [Step(Turn.KEPT, replace(back, state=State.SEEN))] if full else []


def _opened(one: Episode, now: datetime) -> Step:
    """For the first time, or again: then there is a new card only where it is worse than ever before."""
    worst = max(one.worst, one.severity)
    if one.opened_at is None:
        return Step(Turn.OPENED, replace(one, state=State.OPEN, opened_at=now, worst=worst))
    back = replace(one, state=State.OPEN, closed_at=None, reopened=one.reopened + 1, worst=worst)
    return Step(Turn.BACK_WORSE if one.severity > one.worst else Turn.REOPENED, back)


def _missed(one: Episode, now: datetime, full: bool, is_over: bool) -> list[Step]:
    missed = one.missed + 1 if full else one.missed
    counted = replace(one, missed=missed)
    if one.state is State.SEEN:
        return [Step(Turn.KEPT, replace(counted, state=State.CLOSED))] if full else []
    if one.state is State.CLOSED:  # the next full scan has to know whether this one found it
        return [Step(Turn.KEPT, counted)] if full and not one.missed else []
    if is_over or one.key.code not in BY_FORECAST or missed >= IN_A_ROW:
        return [Step(Turn.CLOSED, replace(counted, state=State.CLOSED, closed_at=now))]
    return [Step(Turn.KEPT, counted)] if missed != one.missed else []
