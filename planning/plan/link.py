"""A link: the demand of one item's dates or quantity on another's."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from planning.plan.ratio import Ratio


class LinkKind(StrEnum):
    """The end of the predecessor and the end of the successor it holds: finish-start, start-start, and so on."""

    FS = "FS"
    SS = "SS"
    FF = "FF"
    SF = "SF"


class LagKind(StrEnum):
    WORKING = "working"
    CALENDAR = "calendar"


class Drives(StrEnum):
    """The end the link moves: the successor forwards, or (an `alap`) predecessor backwards."""

    SUCCESSOR = "successor"
    PREDECESSOR = "predecessor"


@dataclass(frozen=True, slots=True)
class Link:
    """A link; `lag` is in days of `lag_kind` and may be negative, `ratio` is successor per predecessor quantity."""

    predecessor: str
    successor: str
    kind: LinkKind = LinkKind.FS
    lag: int = 0
    lag_kind: LagKind = LagKind.WORKING
    drives: Drives = Drives.SUCCESSOR
    ratio: Ratio | None = None
    scrap: Decimal = Decimal(0)
    """Share of the supplied quantity that is lost, e.g. 0.02."""
    hard: bool = True
    """A soft lag is a wish: it is reported when broken, and pushes nothing; an item driven backwards aims for it.
    The order of the two items holds all the same, as with a lag of 0."""
    calendar: str = ""
    """The calendar whose working days the lag counts; empty: the driven item's."""

    @property
    def ends(self) -> tuple[str, str]:
        return self.predecessor, self.successor

    @property
    def way(self) -> tuple[str, str]:
        """Its ends from the driving item to the driven one."""
        return self.ends[::-1] if self.drives is Drives.PREDECESSOR else self.ends
