"""The situation that is scanned: the plan as reports leave it, and what is known of people and sources."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from planning.exceptions.finding import Code, Severity
from planning.exceptions.policy import DEFAULT_THRESHOLDS, Thresholds
from planning.facts.forecast import Outlook
from planning.facts.progress import Progress
from planning.facts.source import SourceAge
from planning.plan.item import Item
from planning.readiness.readiness import Readiness
from planning.schedule.network import Network


@dataclass(frozen=True, slots=True)
class Unacked:
    """A change request of which a seat was told, and that seat's silence in working hours since its card was shown."""

    change: str
    seat: str
    silent: float


class Reminder(NamedTuple):
    """What a rule has found of an item."""

    rule: str
    severity: Severity
    facts: Mapping[str, str]


def _is_owned(item: Item) -> bool:
    return bool(item.owner)


def _three_days(_: Item) -> int:
    return 3


@dataclass(frozen=True, slots=True)
class Situation:
    network: Network
    outlook: Outlook
    today: date
    promised: Mapping[str, date] = field(default_factory=dict)
    """Last day of what was promised."""
    baseline: Mapping[str, date] = field(default_factory=dict)
    """Each item's finish in the oldest promise baseline that has it."""
    readiness: Readiness | None = None
    """None: nothing is made."""
    days_before: Callable[[Item], int] = _three_days
    """Working days before its start from which an order is looked at."""
    old_stock: Collection[str] = ()
    """Products whose last count is older than a working day."""
    changing: Collection[str] = ()
    """Items that an open change request touches."""
    added: Collection[str] = ()
    """Items that were added by a change request."""
    reasoned: Collection[str] = ()
    """Items that came with a reason code."""
    is_owned: Callable[[Item], bool] = _is_owned
    """Check whether somebody owns it, or its department has an approver."""
    unacked: Collection[Unacked] = ()
    sources: Collection[SourceAge] = ()
    reminders: Callable[[Progress, Collection[Code]], Iterable[Reminder]] | None = None
    """What rules find of an item, and of what is wrong with it; None: there are none that act."""
    thresholds: Thresholds = DEFAULT_THRESHOLDS
