"""The ledger of one item: its reports in the order they came, and what they come to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from planning.facts.report import Report, amended, chains, left_by
from planning.facts.tally import Tally


@dataclass(slots=True)
class Chain:
    """A report with its corrections."""

    first: Report
    word: Report
    """What they make of it."""
    void: bool = False
    """It was withdrawn."""
    last: tuple[datetime, int, str] | None = None
    """The place of the last correction."""

    @classmethod
    def of(cls, rows: Sequence[Report]) -> "Chain":
        return cls(rows[0], left_by(rows), rows[-1].void, rows[-1].said if len(rows) > 1 else None)


class Ledger:
    """What is added is looked at alone, also where it corrects something."""

    def __init__(self, rows: Iterable[Report] = ()) -> None:
        self.rows = list(rows)
        self._chains: dict[str, Chain] = {}
        self._firsts: dict[str, str] = {}
        """The number of the report that each row's chain began with."""
        self._awaited: set[str] = set()
        """Numbers that are corrected and are not here."""
        self._tally: Tally | None = None

    @property
    def tally(self) -> Tally:
        return self._read() if self._tally is None else self._tally

    @property
    def words(self) -> Sequence[Report]:
        """What counts, in the order (day, at, no): each chain of corrections as its newest leaves it, in the place,
        with the kind and the instant of the first; what was withdrawn is left out."""
        return self.tally.words

    def chain_of(self, report: Report) -> Chain:
        """The chain a report belongs to; of one that corrects what is not here itself."""
        if self._tally is None:
            self._read()
        first = self._firsts.get(report.no)
        return Chain(report, report) if first is None else self._chains[first]

    def add(self, report: Report) -> None:
        self.rows.append(report)
        if self._tally is None:
            return
        if report.no in self._awaited:
            self._tally = None
        elif not report.corrects:
            self._firsts[report.no] = report.no
            self._chains[report.no] = Chain(report, report)
            self._tally = self._tally.plus(report)
        elif report.corrects not in self._firsts:
            self._awaited.add(report.corrects)
        else:
            self._tally = self._corrected(self._tally, report)

    def _corrected(self, tally: Tally, report: Report) -> Tally | None:
        """None where it was said before a correction that is here already."""
        first = self._firsts[report.no] = self._firsts[report.corrects]
        chain = self._chains[first]
        if chain.last is not None and report.said < chain.last:
            return None
        if not chain.void:
            tally = tally.minus(chain.word)
        word = amended(chain.word, report)
        self._chains[first] = Chain(chain.first, word, report.void, report.said)
        return tally if report.void else tally.plus(word)

    def _read(self) -> Tally:
        found = chains(self.rows)
        self._chains = {first: Chain.of(rows) for first, rows in found.items()}
        self._firsts = {row.no: first for first, rows in found.items() for row in rows}
        self._awaited = {row.corrects for row in self.rows if row.corrects} - self._firsts.keys()
        self._tally = Tally.of(chain.word for chain in self._chains.values() if not chain.void)
        return self._tally
