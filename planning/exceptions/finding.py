"""A finding: one condition that holds at a scan, by its code and what it is about."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from typing import NamedTuple


class Severity(IntEnum):
    """The better first."""

    INFO = 0
    WARN = 1
    HIGH = 2
    CRITICAL = 3


class Code(StrEnum):
    """What can be wrong; of two that are equally bad the one that comes first leads a card."""

    LATE_START = "late-start"
    OVERDUE = "overdue"
    FORECAST_LATE = "forecast-late"
    SLACK_EATEN = "slack-eaten"
    SHORT = "short"
    BLOCKED = "blocked"
    SILENT = "silent"
    SCRAP = "scrap"
    UNACKED = "unacked"
    STALE = "stale"
    BROKEN = "broken"
    UNPEGGED = "unpegged"
    ORPHAN = "orphan"
    RULE = "rule"


RANK = {code: rank for rank, code in enumerate(Code)}
OF_NO_ITEM = (Code.UNACKED, Code.STALE)
"""Codes whose rows are about a change request or a source."""
BY_FORECAST = (Code.FORECAST_LATE, Code.SLACK_EATEN, Code.BLOCKED, Code.SCRAP)
"""Codes that follow a number which is computed: they end when two full scans in a row do not find them."""
FOLDED = (
    Code.LATE_START, Code.OVERDUE, Code.FORECAST_LATE, Code.SLACK_EATEN, Code.SHORT, Code.BLOCKED, Code.BROKEN,
)  # fmt: skip
"""Codes that stand on the card of their cause."""
CAUSES = (*FOLDED, Code.SILENT, Code.SCRAP)


class Key(NamedTuple):
    code: Code
    item: str
    """An item's code, a change request's number or a source's id."""
    second: str = ""
    """The other end of a link, a seat, a rule's id."""


@dataclass(frozen=True, slots=True)
class Finding:
    key: Key
    severity: Severity
    facts: Mapping[str, str] = field(default_factory=dict)
    """What its sentence tells: days in ISO, counts as digits."""
