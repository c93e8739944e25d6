"""Progress, forecast and promises of generated companies, equal to those of the independent program every evening."""

import csv
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cached_property
from pathlib import Path

import pytest

from planning.facts.forecast import Outlook, as_it_is
from planning.facts.ledger import Ledger
from planning.facts.progress import Progress, progress
from planning.facts.promise import broken, delta, promises, push
from planning.facts.report import Report, ReportKind
from planning.facts.tally import NOTHING, together
from planning.plan.calendar import calendar_named
from planning.plan.item import Constraint, Item, Status
from planning.plan.link import Drives, LagKind, Link, LinkKind
from planning.plan.plan import Plan
from planning.plan.timetable import Timetable
from planning.schedule.network import Network
from tests.oracle.company import ZONE, Company
from tests.oracle.exceptions import View
from tests.oracle.generate import FIRST, LAST, company
from tests.oracle.pushes import delta as their_delta
from tests.oracle.pushes import push as their_push

LOOK = time(20)
Row = dict[str, str]


@dataclass
class Ours:
    """The same company as the product holds it."""

    folder: Path

    def rows(self, name: str) -> list[Row]:
        path = self.folder / f"{name}.csv"
        table = csv.DictReader(path.read_text(encoding="utf-8").splitlines()) if path.exists() else []
        return [defaultdict(str, row) for row in table]

    @cached_property
    def plan(self) -> Plan:
        calendars = {row["department"]: row["calendar"] for row in self.rows("departments") if row["calendar"]}
        items = {row["code"]: _item(row) for row in self.rows("items")}
        links, calendar = tuple(map(_link, self.rows("links"))), self.settings["calendar"]
        return Plan("p", "p", 1, items, links, calendar, department_calendars=calendars)

    @cached_property
    def settings(self) -> Mapping[str, str]:
        return {row["name"]: row["value"] for row in self.rows("settings")}

    @cached_property
    def network(self) -> Network:
        return Network.of(self.plan)

    @cached_property
    def reports(self) -> list[Report]:
        return [_report(row) for row in self.rows("reports")]

    def outlook(self, now: datetime) -> Outlook:
        said: defaultdict[str, list[Report]] = defaultdict(list)
        for one in self.reports:
            if one.at <= now:
                said[one.item].append(one)
        tallies = {code: Ledger(rows).tally for code, rows in said.items()}
        calendar_of, known = Timetable(self.plan).of, dict[str, Progress]()
        for code, item in self.plan.items.items():
            receipts = [tallies[one] for one in self.network.receipts.get(code, ()) if one in tallies]
            if code in tallies or receipts:
                own = tallies.get(code, NOTHING)
                known[code] = progress(item, own, together(receipts), calendar_of(item))
        planned = {code: as_it_is(one.planned) for code, one in known.items()}
        return Outlook(self.network, known, planned, now.date())


def _decimal(text: str) -> Decimal | None:
    return Decimal(text) if text else None


def _item(row: Row) -> Item:
    constraint = row.get("constraint", "")
    return Item(
        row["code"], row["code"], date.fromisoformat(row["start"]), date.fromisoformat(row["finish"]),
        int(row["duration_days"] or 0), row["type"], row["department"], quantity=_decimal(row["quantity"]),
        unit=row.get("unit", ""), lot_minimum=_decimal(row.get("lot_minimum", "")),
        lot_multiple=_decimal(row.get("lot_multiple", "")), status=Status(row["status"] or "confirmed"),
        product=row.get("product", ""), constraint=Constraint(constraint) if constraint else None,
        constraint_date=date.fromisoformat(row["constraint_date"]) if constraint else None,
    )  # fmt: skip


def _link(row: Row) -> Link:
    return Link(
        row["predecessor"], row["successor"], LinkKind(row.get("kind") or "FS"), int(row.get("lag_days") or 0),
        LagKind(row.get("lag_kind") or "working"), Drives(row.get("drives") or "successor"),
        _decimal(row.get("ratio", "")), _decimal(row.get("scrap", "")) or Decimal(0), row.get("hard") != "no",
    )  # fmt: skip


def _report(row: Row) -> Report:
    day, left, expected = row["day"], row["remaining_days"], row["expected"]
    return Report(
        row["no"], row["item"], ReportKind(row["kind"]), date.fromisoformat(day) if day else None,
        datetime.fromisoformat(row["at"]), _decimal(row["good"]), _decimal(row["scrap"]), _decimal(row["percent"]),
        int(left) if left else None, date.fromisoformat(expected) if expected else None,
        corrects=row["corrects"], void=row["void"] == "yes",
    )  # fmt: skip


@pytest.mark.timeout(900)
@pytest.mark.parametrize(
    ("seed", "every"), [(1, 6), pytest.param(1, 1, marks=pytest.mark.long), pytest.param(2, 1, marks=pytest.mark.long)]
)
def test_an_evening_is_as_the_independent_program_says(tmp_path: Path, seed: int, every: int) -> None:
    """More than 300 items and 2,000 reports over forty working days: leaves of calendars, make-up Saturdays,
    corrections, percent and stated dates; one evening in six in a short run."""
    company(tmp_path, seed)
    theirs, ours = Company(tmp_path), Ours(tmp_path)
    assert len(ours.plan.items) >= 300
    assert len(ours.reports) >= 2000
    day, seen = FIRST, 0
    while day <= LAST:
        if day.toordinal() % every == 0:
            _compare(View(theirs, datetime.combine(day, LOOK, ZONE)), ours)
            seen += 1
        day += timedelta(1)
    assert seen >= 60 // every - 1


def _compare(view: View, ours: Ours) -> None:
    outlook = ours.outlook(view.now)
    for code, item in view.company.items.items():
        known, wanted = outlook.progress_of(code), view.progress[code]
        where = (code, view.today)
        stands = (known.item.status.value, known.item.start, known.item.finish)
        assert stands == (wanted.status or "confirmed", *wanted.dates), where
        found = (known.done, known.part, known.good, known.scrap, known.begun)
        assert found == (wanted.done, wanted.part, wanted.good, wanted.scrap, wanted.begun), where
        expected, forecast = outlook[code].dates, view.forecast[code]
        assert (expected.start, expected.finish) == tuple(forecast), where
        assert outlook[code].unknown == (code in view.unknown), where
        assert delta(outlook, code) == their_delta(view, item), where
        if known.words:
            assert sorted(push(outlook, code)) == their_push(view, item), where
    assert _broken(outlook, ours, view) == {
        code: day for code, day in view.promised.items()
        if view.progress[code].lives and view.forecast[code].finish > day
    }  # fmt: skip


def _broken(outlook: Outlook, ours: Ours, view: View) -> dict[str, date]:
    """By the baseline, and as was agreed with customers, which takes the place of what else was promised."""
    promised = {**promises(ours.plan.items.values(), view.baseline)}
    for row in ours.rows("promises"):
        if row["source"] == "customer" and datetime.fromisoformat(row["at"]) <= view.now:
            promised[row["item"]] = date.fromisoformat(row["finish"])
    found = broken(outlook, promised, promised)
    assert all(one.forecast == outlook[one.item.code].dates.finish > one.promised for one in found)
    return {one.item.code: one.promised for one in found}


def test_the_calendar_of_both_is_one() -> None:
    assert calendar_named("china").is_working(date(2026, 10, 10)), "a make-up Saturday lies among the days"
