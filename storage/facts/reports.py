"""The ledger of reports: rows are added, and never changed or taken away."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, insert, select

from planning.facts.ledger import Chain, Ledger
from planning.facts.report import Report, ReportKind
from planning.facts.tally import Tally
from storage.repository import Repository, in_parts
from storage.tables.facts import reports

BATCH = 2000
MANY = 10_000
NEWEST = "newest"
_ROWS = select(*(reports.c[name] for name in Report.__slots__))
"""A report's values in the order in which it takes them."""


class Reports(Repository):
    """Rows that were read in a unit of work are kept for it: a call of a thousand reports reads each item once."""

    @property
    def _ledgers(self) -> dict[str, Ledger]:
        return self._once("ledgers", dict)

    @property
    def _asked(self) -> set[str]:
        """The items that were read, also those of which nothing was said."""
        return self._once("asked", set)

    def next_no(self, day: date) -> str:
        """Next number RP-YYYYMMDD-nnn of the day it is said on. The plan is locked, so no two get the same."""
        prefix = f"RP-{day:%Y%m%d}-"
        last = self._newest()[1]
        if last.startswith(prefix):
            return f"{prefix}{int(last.removeprefix(prefix)) + 1:03d}"
        of_day = self._of_plan(reports) & reports.c.no.startswith(prefix)
        return f"{prefix}{(self._connection.scalar(select(func.count()).where(of_day)) or 0) + 1:03d}"

    def add(self, report: Report) -> None:
        number = self._newest()[0] + 1
        row = {name: getattr(report, name) for name in Report.__slots__} | {"kind": report.kind.value}
        self._connection.execute(insert(reports), {"plan_id": self._plan_id, "number": number, **row})
        self._remember(NEWEST, (number, report.no))
        if report.item in self._asked:
            self._ledgers.setdefault(report.item, Ledger()).add(report)

    def _newest(self) -> tuple[int, str]:
        """Number of the last row, and of its report."""
        return self._once(NEWEST, self._read_newest)

    def _read_newest(self) -> tuple[int, str]:
        row = self._last_row(reports)
        return (row.number, row.no) if row else (0, "")

    def last(self) -> int:
        """The number of the newest row; 0 without one."""
        return self._newest()[0]

    def items_since(self, number: int) -> list[str]:
        """The items that were reported on after this row, read by its place: the index by items is as long as the
        ledger."""
        query = select(reports.c.item).where(self._of_plan(reports), reports.c.number > number)
        return list(dict.fromkeys(self._connection.scalars(query.order_by(reports.c.number))))

    def get(self, no: str) -> Report | None:
        row = self._connection.execute(_ROWS.where(self._of_plan(reports, no=no))).one_or_none()
        return report_of(row) if row else None

    def keyed(self, key: str) -> Report | None:
        """The report that a call with this key has brought."""
        keyed = self._of_plan(reports, key=key) & (reports.c.key != "")
        row = self._connection.execute(_ROWS.where(keyed)).first()
        return report_of(row) if row else None

    def of_item(self, item: str) -> list[Report]:
        """All rows about an item, in the order they came."""
        self._read([item])
        return list(self._ledgers[item].rows) if item in self._ledgers else []

    def chain_of(self, report: Report) -> Chain:
        """The report with its corrections."""
        self._read([report.item])
        return self._ledgers.get(report.item, Ledger()).chain_of(report)

    def words_of(self, items: Collection[str]) -> Mapping[str, Sequence[Report]]:
        """What counts of the reports of these items, in its order; without items that nobody has reported on."""
        return {code: ledger.words for code, ledger in self._of(items)}

    def tallies_of(self, items: Collection[str]) -> Mapping[str, Tally]:
        """What those come to."""
        return {code: ledger.tally for code, ledger in self._of(items)}

    def _of(self, items: Collection[str]) -> Iterator[tuple[str, Ledger]]:
        self._read(items)
        ledgers = self._ledgers
        return ((code, ledgers[code]) for code in items if code in ledgers)

    def _read(self, items: Collection[str]) -> None:
        """Of many items the whole ledger is read at once: naming each of them costs more than rows of others."""
        ledgers, asked = self._ledgers, self._asked
        codes = {code for code in items if code not in asked}
        if not codes:
            return
        of_plan = _ROWS.where(self._of_plan(reports)).order_by(reports.c.number)
        named = (of_plan.where(reports.c.item.in_(part)) for part in in_parts(codes))
        for query in [of_plan] if len(codes) > MANY else named:
            for report in map(report_of, self._connection.execute(query)):
                if report.item in codes:
                    ledgers.setdefault(report.item, Ledger()).add(report)
        asked |= codes

    def all(self) -> Iterator[Report]:
        """In the order they came, row by row: a ledger may be longer than memory."""
        query = _ROWS.where(self._of_plan(reports)).order_by(reports.c.number)
        with self._connection.execute(query, execution_options={"yield_per": BATCH}) as rows:
            for row in rows:
                yield report_of(row)

    def newest_of(self, person: str) -> Report | None:
        """The last thing somebody reported."""
        theirs = self._of_plan(reports, by=person)
        query = _ROWS.where(theirs).order_by(reports.c.number.desc()).limit(1)
        row = self._connection.execute(query).one_or_none()
        return report_of(row) if row else None

    def page(
        self, limit: int, after: int = 0, item: str = "", since: datetime | None = None
    ) -> list[tuple[int, Report]]:
        """Some of them with the number of their row, in the order they came."""
        query = _ROWS.add_columns(reports.c.number).where(self._of_plan(reports), reports.c.number > after)
        if item:
            query = query.where(reports.c.item == item)
        if since is not None:
            query = query.where(reports.c.at >= since)
        rows = self._connection.execute(query.order_by(reports.c.number).limit(limit))
        return [(row.number, report_of(row[:-1])) for row in rows]


def report_of(row: Sequence[Any]) -> Report:
    no, item, kind, *others = row
    return Report(no, item, _KINDS[kind], *others)


_KINDS = {kind.value: kind for kind in ReportKind}
