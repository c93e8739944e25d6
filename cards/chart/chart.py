"""A chart before it is drawn: sections of rows with their words, and bars over days where it is a Gantt chart."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bar:
    """In days from the first that is drawn."""

    x: float
    width: float
    milestone: bool


@dataclass(frozen=True, slots=True)
class Share:
    """Parts of a whole, 0 to 1: what is done, and what should be."""

    actual: float
    planned: float


@dataclass(frozen=True, slots=True)
class Row:
    """`mark` is red, amber, green or grey: a colour and a shape, beside `status` in words."""

    code: str
    title: str
    mark: str
    dates: str
    status: str
    more: str
    """What else is told of it: its department, its quantity."""
    late: str
    """晚 3 天; empty: in time."""
    bar: Bar | None = None
    off: str = ""
    """Days on which its calendar does not work, as a path, a day wide and one high."""
    was: Bar | None = None
    """Where it stood in the baseline."""
    to_come: Bar | None = None
    """Days that the forecast adds."""
    share: Share | None = None
    """How far it is, drawn below its words."""


@dataclass(frozen=True, slots=True)
class Section:
    name: str
    """Empty: the rows need no heading."""
    count: str
    late: str
    rows: tuple[Row, ...]
    more: str
    """…另有 3 项; empty: all are there."""


@dataclass(frozen=True, slots=True)
class Chart:
    title: str
    subtitle: str
    sections: tuple[Section, ...]
    legend: tuple[tuple[str, str], ...]
    """Each mark with its words."""
    foot: str
    """How many are left out, and where they stand; empty: none."""
    days: int = 0
    """Days of a Gantt chart; 0: a board."""
    today: float | None = None
    today_name: str = ""
    ticks: tuple[tuple[float, str], ...] = ()
    """Labels over the days, each at a share of them."""
    note: str = ""
    """What thin bars and stripes are."""

    @property
    def rows(self) -> tuple[Row, ...]:
        return tuple(row for section in self.sections for row in section.rows)
