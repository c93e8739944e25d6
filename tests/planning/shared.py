"""The public plans beside the repository, read into values."""

import csv
import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pytest

from planning.plan.item import Constraint, Item, Mode
from planning.plan.link import Drives, Link, LinkKind
from planning.plan.plan import Plan
from tests import ROOT

DATA = ROOT.parent / "shared" / "data"
TODAY = date(2026, 11, 25)

needs_data = pytest.mark.skipif(not DATA.exists(), reason=f"the shared data is not at {DATA}")


@dataclass(frozen=True)
class Expected:
    """Where an independent program puts an item, in working days since 2013-04-01."""

    code: str
    start: float
    finish: float
    comparable: bool


def fedora() -> tuple[Plan, set[str]]:
    """The Fedora 20 plan as published, and the codes of the items that came without dates."""
    rows = list(_rows("fedora20/items.csv"))
    items = {row["code"]: _item(row) for row in rows}
    links = tuple(_link(row) for row in _rows("fedora20/links.csv"))
    return Plan("f20", "Fedora 20", 1, items, links, "weekdays"), {row["code"] for row in rows if not row["start"]}


def fedora_expected() -> list[Expected]:
    return [
        Expected(row["code"], float(row["start_position"]), float(row["finish_position"]), row["comparable"] == "yes")
        for row in _rows("fedora20/expected.csv")
    ]


@dataclass(frozen=True)
class Project:
    """One PSPLIB network; jobs are numbered from 1, the first and last are the dummy source and sink."""

    name: str
    durations: list[int]
    successors: list[list[int]]
    mpm_time: int

    def plan(self) -> Plan:
        job = self.job
        items = {job(n): Item(job(n), f"job {n}", TODAY, TODAY, d) for n, d in enumerate(self.durations, 1)}
        links = tuple(Link(job(n), job(s)) for n, after in enumerate(self.successors, 1) for s in after)
        return Plan(self.name, self.name, 1, items, links, "weekdays")

    @staticmethod
    def job(number: int) -> str:
        return f"J{number:03}"

    def slack_of(self, job: int) -> int:
        """By longest paths through the job, worked out without the product: what the whole has more than they need."""
        before: dict[int, int] = {}
        after: dict[int, int] = {}
        return self.mpm_time - self._longest_to(job, before) - self._longest_from(job, after)

    def _longest_from(self, job: int, known: dict[int, int]) -> int:
        if job not in known:
            rest = (self._longest_from(following, known) for following in self.successors[job - 1])
            known[job] = self.durations[job - 1] + max(rest, default=0)
        return known[job]

    def _longest_to(self, job: int, known: dict[int, int]) -> int:
        if job not in known:
            leading = (n for n, after in enumerate(self.successors, 1) if job in after)
            ways = (self._longest_to(n, known) + self.durations[n - 1] for n in leading)
            known[job] = max(ways, default=0)
        return known[job]


def psplib(name: str) -> Iterator[Project]:
    with gzip.open(DATA / "psplib" / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            yield Project(**json.loads(line))


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _item(row: dict[str, str]) -> Item:
    return Item(
        row["code"],
        row["title"],
        _day(row["start"]) or TODAY,
        _day(row["finish"]) or TODAY,
        int(row["duration_days"]),
        type=row["type"],
        department=row["department"],
        also_informs=tuple(filter(None, row["also_informs"].split("|"))),
        mode=Mode(row["mode"]),
        constraint=Constraint(row["constraint"]) if row["constraint"] else None,
        constraint_date=_day(row["constraint_date"]),
    )


def _link(row: dict[str, str]) -> Link:
    kind, drives = LinkKind(row["kind"]), Drives(row["drives"])
    return Link(row["predecessor"], row["successor"], kind, int(row["lag_days"]), drives=drives)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
