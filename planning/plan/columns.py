"""An item or a link from its import columns, as the operations `add`, `link` and `unlink` bring them.

Words are the English ones, dates ISO, departments ids. Unknown columns of an item are kept as attributes.
Everything wrong is Refused("bad-column", column, found, wanted).
"""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import NoReturn, TypeVar

from planning.plan.amount import plain
from planning.plan.calendar import WorkCalendar
from planning.plan.item import Constraint, Item, Mode, Status
from planning.plan.limits import FIRST_DAY, LAST_DAY, MAX_DAYS, MAX_QUANTITY
from planning.plan.link import Drives, LagKind, Link, LinkKind
from planning.plan.ratio import Ratio, fraction_of, written
from planning.refusal import Refused

E = TypeVar("E", bound=StrEnum)
T = TypeVar("T")

LINK_COLUMNS = frozenset(
    ("predecessor", "successor", "kind", "lag_days", "lag_kind", "drives", "ratio", "scrap", "hard", "calendar")
)


class Columns:
    """The cells of one row; those not read by the end are attributes."""

    def __init__(self, cells: Mapping[str, object]) -> None:
        self._cells = {name: str(value).strip() for name, value in cells.items() if value is not None}
        self._read: set[str] = set()

    def text(self, name: str, default: str = "") -> str:
        self._read.add(name)
        return self._cells.get(name) or default

    def needed(self, name: str) -> str:
        found = self.text(name)
        if not found:
            self._refuse(name, "", "a value")
        return found

    def word(self, name: str, words: type[E], default: E) -> E:
        found = self.text(name)
        try:
            return words(found) if found else default
        except ValueError:
            self._refuse(name, found, " | ".join(words))

    def truth(self, name: str, default: bool) -> bool:
        found = self.text(name).lower()
        if found in ("", "true", "yes", "1", "false", "no", "0"):
            return found in ("true", "yes", "1") if found else default
        self._refuse(name, found, "true | false")

    def day(self, name: str) -> date | None:
        day = self._parsed(name, date.fromisoformat, "YYYY-MM-DD")
        if day and not FIRST_DAY <= day <= LAST_DAY:
            self._refuse(name, str(day), f"{FIRST_DAY} … {LAST_DAY}")
        return day

    def whole(self, name: str, least: int) -> int | None:
        number = self._parsed(name, int, f"{least} … {MAX_DAYS}")
        if number is not None and not least <= number <= MAX_DAYS:
            self._refuse(name, str(number), f"{least} … {MAX_DAYS}")
        return number

    def amount(self, name: str, most: Decimal = MAX_QUANTITY) -> Decimal | None:
        number = self._parsed(name, Decimal, f"0 … {most}")
        if number is not None and not (number.is_finite() and 0 <= number <= most):
            self._refuse(name, str(number), f"0 … {most}")
        return number

    def ratio(self, name: str) -> Ratio | None:
        """A number, or a fraction such as `1/3`."""
        fraction = fraction_of(self.text(name))
        return self.amount(name) if fraction is None or fraction > MAX_QUANTITY else fraction

    def rest(self) -> dict[str, str]:
        return {name: value for name, value in self._cells.items() if name not in self._read and value}

    def _parsed(self, name: str, parse: Callable[[str], T], wanted: str) -> T | None:
        found = self.text(name)
        try:
            return parse(found) if found else None
        except (ValueError, InvalidOperation):
            self._refuse(name, found, wanted)

    def _refuse(self, name: str, found: str, wanted: str) -> NoReturn:
        raise Refused("bad-column", column=name, found=found, wanted=wanted)


def item_of(
    code: str, cells: Mapping[str, object], calendar_of: Callable[[str, str], WorkCalendar], today: date
) -> Item:
    """A new item. `calendar_of` gives the calendar for an own calendar's name and a department.

    Without dates it begins today and its links push it from there; with a finish only, it starts its duration before.
    """
    row = Columns(cells)
    row.text("code")
    department, own = row.text("department"), row.text("calendar")
    calendar = calendar_of(own, department)
    start, finish, duration = row.day("start"), row.day("finish"), row.whole("duration_days", 0)
    kind = row.text("type", "task")
    if duration is None:
        duration = calendar.between(start, finish) + 1 if start and finish else int(kind != "milestone")
    if duration < 0 or (start and finish and finish < start):
        raise Refused("finish-before-start", item=code, start=start, finish=finish)
    begin = start or (calendar.start_of(finish, duration) if finish else today)
    begin = calendar.on_or_after(begin)
    constraint = row.text("constraint")
    return Item(
        code=code,
        title=row.needed("title"),
        start=begin,
        finish=calendar.finish_of(begin, duration),
        duration=duration,
        type=kind,
        department=department,
        also_informs=tuple(filter(None, row.text("also_informs").split("|"))),
        owner=row.text("owner"),
        quantity=row.amount("quantity"),
        unit=row.text("unit"),
        mode=row.word("mode", Mode, Mode.ASAP),
        constraint=row.word("constraint", Constraint, Constraint.START_NO_EARLIER_THAN) if constraint else None,
        constraint_date=row.day("constraint_date"),
        status=row.word("status", Status, Status.CONFIRMED),
        product=row.text("product"),
        lot_minimum=row.amount("lot_minimum"),
        lot_multiple=row.amount("lot_multiple"),
        calendar=own,
        attributes=row.rest(),
    )


def link_of(predecessor: str, cells: Mapping[str, object], natural: Drives = Drives.SUCCESSOR) -> Link:
    """A link from `predecessor`; `natural` is the end it drives when the columns say none."""
    row = Columns(cells)
    unknown = sorted(set(cells) - LINK_COLUMNS)
    if unknown:
        raise Refused("bad-column", column=unknown[0], found=unknown[0], wanted=", ".join(sorted(LINK_COLUMNS)))
    return Link(
        predecessor=predecessor,
        successor=row.needed("successor"),
        kind=row.word("kind", LinkKind, LinkKind.FS),
        lag=row.whole("lag_days", -MAX_DAYS) or 0,
        lag_kind=row.word("lag_kind", LagKind, LagKind.WORKING),
        drives=row.word("drives", Drives, natural),
        ratio=row.ratio("ratio"),
        scrap=row.amount("scrap", Decimal("0.99")) or Decimal(0),
        hard=row.truth("hard", default=True),
        calendar=row.text("calendar"),
    )


def link_cells(link: Link, successor: str = "") -> dict[str, str]:
    """The columns of a link as `link_of` reads them, to another successor if one is given."""
    return {
        "successor": successor or link.successor, "kind": link.kind.value, "lag_days": str(link.lag),
        "lag_kind": link.lag_kind.value, "drives": link.drives.value, "ratio": written(link.ratio),
        "scrap": plain(link.scrap), "hard": "true" if link.hard else "false", "calendar": link.calendar,
    }  # fmt: skip
