"""The thirteen codes, each with what opens it, what does not, and how bad it is."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from planning.exceptions.conditions import find
from planning.exceptions.finding import Code, Key, Severity
from planning.exceptions.policy import Thresholds
from planning.exceptions.situation import Unacked
from planning.facts.report import Report
from planning.facts.source import SourceAge
from planning.plan.item import Item, Status
from planning.plan.link import Drives, Link
from planning.plan.plan import Stock
from tests.planning.build import item, link
from tests.planning.exceptions.situations import found, said, situation

WORK = {"type": "production", "quantity": Decimal(100)}
Parts = tuple[Item | Link | Report, ...]


@pytest.mark.parametrize(
    ("start", "days", "fields", "today", "expected"),
    [
        ("12-01", 5, WORK, "12-01", {}),
        ("12-01", 5, WORK, "12-02", {"late-start A": "WARN"}),
        ("12-01", 5, WORK, "12-03", {"late-start A": "HIGH"}),
        ("12-04", 5, WORK, "12-07", {"late-start A": "WARN"}),  # a Friday's start is one working day ago on Monday
        ("12-01", 5, {"type": "task", "status": Status.ON_HOLD}, "12-03", {}),
        ("12-01", 5, {"type": "purchase"}, "12-03", {"unpegged A": "INFO"}),
        ("12-01", 5, {"type": "receipt"}, "12-03", {}),
        ("12-01", 5, {"type": "payment"}, "12-03", {}),
        ("12-01", 5, {"type": "finance"}, "12-03", {}),
        ("12-01", 5, {"type": "sales_order"}, "12-03", {}),
        ("12-01", 5, {"type": "forecast"}, "12-03", {}),
        ("12-01", 5, {"type": "promotion"}, "12-03", {}),
        ("12-01", 5, {"type": "milestone"}, "12-03", {}),
        ("12-01", 5, WORK, "12-07", {"late-start A": "HIGH"}),  # its last day is no delay yet
        ("12-01", 5, WORK, "12-08", {"overdue A": "HIGH"}),  # and takes the place of the late start
        ("12-01", 5, {"type": "task", "status": Status.ON_HOLD}, "12-08", {"overdue A": "HIGH"}),
        ("12-01", 5, {"type": "receipt"}, "12-08", {"overdue A": "HIGH"}),
        ("12-01", 5, {"type": "task", "status": Status.DONE}, "12-08", {}),
        ("12-01", 5, {"type": "task", "status": Status.CANCELLED}, "12-08", {}),
        ("12-01", 0, {"type": "task"}, "12-02", {"overdue A": "HIGH"}),
        ("12-01", 5, {"type": "task", "status": Status.IN_PROGRESS}, "12-02", {}),
        ("12-01", 5, {"type": "task", "status": Status.IN_PROGRESS}, "12-03", {}),
        ("12-01", 5, {"type": "task", "status": Status.IN_PROGRESS}, "12-04", {"silent A": "WARN"}),
        ("12-01", 5, {"type": "payment", "status": Status.IN_PROGRESS}, "12-04", {}),
    ],
)
def test_an_item_alone(start: str, days: int, fields: Any, today: str, expected: dict[str, str]) -> None:
    seen = found(situation(item("A", start, days, **fields), today=today))
    assert {key: severity.name for key, severity in seen.items()} == expected


def test_a_late_start_that_costs_a_promise_is_worse() -> None:
    chain = item("A", "12-01", 5, **WORK), item("DL", "12-08", type="delivery"), link("A DL")
    assert found(situation(*chain, today="12-02", promised={"DL": "12-10"}))["late-start A"].name == "WARN"
    assert found(situation(*chain, today="12-02", promised={"DL": "12-08"}))["late-start A"].name == "HIGH"


@pytest.mark.parametrize(
    ("finish", "changing", "expected"),
    [
        ("12-11", (), {}),
        ("12-15", (), {"slack-eaten A": "WARN"}),
        ("12-17", (), {"slack-eaten A": "WARN", "forecast-late DL": "HIGH"}),
        ("12-17", ("DL",), {"slack-eaten A": "WARN", "forecast-late DL": "HIGH"}),
    ],
)
def test_a_promise_and_the_slack_before_it(finish: str, changing: tuple[str, ...], expected: dict[str, str]) -> None:
    seen = found(situation(*_chain(finish), today="12-07", changing=changing, **PROMISED))
    assert {key: severity.name for key, severity in seen.items()} == expected


PROMISED = {"promised": {"DL": "12-18"}, "baseline": {"A": "12-11", "DL": "12-18"}}


def _chain(finish: str) -> Parts:
    """Slack of three days between the forecast finish of A on 12-11 and the promise of 12-18."""
    expected = said("A", "expected", "12-07", expected=item("x", finish).start)
    return (
        item("A", "12-07", 5, **WORK), item("QA", "12-14"), item("DL", "12-15", type="delivery"),
        link("A QA"), link("QA DL"), expected, said("A", "begin", "12-07"),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("today", "changing", "severity"),
    [("12-10", (), "HIGH"), ("12-11", (), "CRITICAL"), ("12-11", ("DL",), "HIGH")],
)
def test_five_days_before_a_promise_without_a_change_it_is_critical(
    today: str, changing: tuple[str, ...], severity: str
) -> None:
    seen = found(situation(*_chain("12-17"), today=today, changing=changing, **PROMISED))
    assert seen["forecast-late DL"].name == severity


BUYS = (
    item("MO", "12-07", 5, **WORK), item("PO", "12-02", 3, type="purchase", quantity=Decimal(100), product="steel"),
    Link("PO", "MO", ratio=Decimal(1), drives=Drives.PREDECESSOR),
)  # fmt: skip
LATE = replace(said("PO", "expected", "11-30"), expected=item("x", "12-10").start)


@pytest.mark.parametrize(
    ("today", "severity"),
    [("12-01", None), ("12-02", "HIGH"), ("12-03", "HIGH"), ("12-04", "CRITICAL"), ("12-08", "CRITICAL")],
)
def test_an_order_that_lacks_material(today: str, severity: str | None) -> None:
    seen = found(situation(*BUYS, LATE, today=today)).get("short MO")
    assert (seen.name if seen else None) == severity


def test_a_shortage_is_not_over_on_an_old_count() -> None:
    counted = {"steel": Stock("steel", Decimal(100), as_of=datetime(2026, 12, 1, tzinfo=UTC))}
    there = situation(*BUYS, LATE, today="12-03", stock=counted, old_stock={"steel"})
    assert "short MO" not in found(there)
    assert find(there).undecided == {Key(Code.SHORT, "MO")}


@pytest.mark.parametrize(
    ("start", "ratio", "status", "severity"),
    [
        ("12-07", None, Status.CONFIRMED, "WARN"),
        ("12-03", None, Status.CONFIRMED, "HIGH"),
        ("12-01", None, Status.CONFIRMED, "HIGH"),
        ("12-08", None, Status.CONFIRMED, None),  # more than three days away
        ("12-07", Decimal(1), Status.CONFIRMED, None),  # readiness knows
        ("12-07", None, Status.ON_HOLD, None),
        ("12-07", None, Status.IN_PROGRESS, None),
    ],
)
def test_blocked_by_what_comes_first(start: str, ratio: Any, status: Status, severity: str | None) -> None:
    drawing = item("DWG", "12-01", 1, type="task", status=Status.IN_PROGRESS)
    late = said("DWG", "expected", "12-02", expected=item("x", "12-09").start)
    parts = item("MO", start, 5, type="task", status=status), Link("DWG", "MO", ratio=ratio)
    seen = found(situation(drawing, late, *parts, today="12-02")).get("blocked MO DWG")
    assert (seen.name if seen else None) == severity


@pytest.mark.parametrize(
    ("good", "scrap", "planned", "found_it"),
    [(18, 2, "0.02", True), (18, 1, "0.02", False), (93, 7, "0.02", False), (92, 8, "0.02", True), (90, 10, "0", True),
     (95, 5, "0", False)],
)  # fmt: skip
def test_scrap_above_what_was_planned(good: int, scrap: int, planned: str, found_it: bool) -> None:
    asks = Link("A", "DL", ratio=Decimal(1), drives=Drives.PREDECESSOR, scrap=Decimal(planned))
    parts = item("A", "12-01", 9, **WORK), item("DL", "12-20", type="delivery"), asks
    seen = found(situation(*parts, said("A", "quantity", "12-02", good, scrap), today="12-02"))
    assert ("scrap A" in seen) is found_it


@pytest.mark.parametrize(("silent", "severity"), [(7.9, None), (8, "WARN"), (15.9, "WARN"), (16, "HIGH")])
def test_a_seat_that_was_told(silent: float, severity: str | None) -> None:
    told = Unacked("CR-1", "purchasing", silent)
    seen = found(situation(item("A", "12-07"), today="12-01", unacked=[told])).get("unacked CR-1 purchasing")
    assert (seen.name if seen else None) == severity


@pytest.mark.parametrize(("age", "severity"), [(13.5, None), (13.6, "WARN"), (26.9, "WARN"), (27, "HIGH")])
def test_a_source_that_says_nothing(age: float, severity: str | None) -> None:
    source = SourceAge("erp", "ERP", age, 9)
    seen = found(situation(item("A", "12-07"), today="12-01", sources=[source])).get("stale erp")
    assert (seen.name if seen else None) == severity


def test_a_fact_that_broke_a_link_is_named() -> None:
    parts = item("A", "12-01", 2, **WORK), item("B", "12-03", type="task"), link("A B")
    seen = find(situation(*parts, said("A", "done", "12-04"), today="12-04"))
    assert seen.findings[Key(Code.BROKEN, "B", "A")].facts["report"] == "RP-20261204-001"


def test_a_pinned_item_that_cannot_follow() -> None:
    parts = replace(item("B", "12-03", type="task"), mode=item("x").mode.PINNED), item("A", "12-01", 4, **WORK)
    assert "broken B A" in found(situation(*parts, link("A B"), today="11-30"))
    assert "broken B A" not in found(situation(*parts, Link("A", "B", hard=False), today="11-30"))


@pytest.mark.parametrize(
    ("fields", "known", "is_found"),
    [
        ({"type": "purchase"}, {}, True),
        ({"type": "purchase"}, {"reasoned": {"A"}}, False),
        ({"type": "production"}, {}, False),
        ({"type": "production"}, {"added": {"A"}}, True),
        ({"type": "production"}, {"added": {"A"}, "reasoned": {"A"}}, False),
    ],
)
def test_nobody_asks_for_it(fields: Any, known: Any, is_found: bool) -> None:
    alone = item("A", "12-07", **fields)
    assert ("unpegged A" in found(situation(alone, today="12-01", **known))) is is_found
    asked = Link("A", "B", ratio=Decimal(1))
    assert "unpegged A" not in found(situation(alone, item("B", "12-20"), asked, today="12-01", **known))


def test_nobody_owns_it() -> None:
    assert found(situation(item("A", "12-07"), today="12-01", is_owned=lambda one: False)) == {"orphan A": 1}


def test_where_it_begins_can_be_set() -> None:
    told = Unacked("CR-1", "purchasing", 12)
    silence = [Thresholds(unacked_hours=hours) for hours in (4, 6, 8, 13)]
    seen = [found(situation(item("A", "12-07"), today="12-01", unacked=[told], thresholds=one)) for one in silence]
    assert [one.get("unacked CR-1 purchasing") for one in seen] == [
        Severity.HIGH, Severity.HIGH, Severity.WARN, None,
    ]  # fmt: skip
    late = item("B", "11-30", 9, type="task")
    for days, severity in ((1, Severity.HIGH), (2, Severity.WARN)):
        limits = Thresholds(late_start_days=days)
        assert found(situation(late, today="12-01", thresholds=limits))["late-start B"] is severity
