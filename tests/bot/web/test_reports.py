"""Another system reports what has happened: each accepted or refused with its reason, and booked once."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from itertools import permutations
from typing import Any

import pytest

from bot.clock import MovableClock
from bot.web.api import reports
from bot.web.platform.dependencies import Desk
from bot.web.platform.problem import Problem
from handlers.lifecycle.record_fact import Booked
from handlers.turn import Turn
from planning.plan.item import Status
from storage.database import Database
from storage.unit_of_work import UnitOfWork
from tests.bot.web.factory import PLAN, write_plan
from tests.bot.web.system import System, problem

REPORTS = "/api/v1/reports"
FLOOR = System.TOKENS["floor"]
COUNT = {"item": "MO-1023", "kind": "quantity", "good": 150, "scrap": 2.5}


async def sent(system: System, *rows: object, key: str | None = None) -> dict[str, Any]:
    answer = await system.post(REPORTS, list(rows), token=FLOOR, key=key)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    assert found["accepted"] + found["refused"] == len(rows)
    return found


async def refused(system: System, row: object) -> tuple[str, str]:
    (one,) = (await sent(system, row))["results"]
    assert one["no"] == ""
    return one["code"], one["detail"]


async def test_each_is_accepted_or_refused_with_its_reason(system: System, factory: Database) -> None:
    found = await sent(system, COUNT, COUNT | {"item": "MO-9"}, COUNT | {"good": -1}, {"kind": "nonsense"}, COUNT)
    assert [one["code"] for one in found["results"]] == ["", "unknown-item", "report-number", "invalid", ""]
    assert [one["no"] for one in found["results"]][::4] == ["RP-20261130-001", "RP-20261130-002"]
    assert found["results"][1]["detail"].startswith("计划里没有“MO-9”")
    assert found["results"][3]["detail"].startswith("kind")
    item = await factory.read(lambda uow: uow.plans.load().items["MO-1023"])
    assert item.status is Status.IN_PROGRESS
    rows = (await system.found(REPORTS))["items"]
    assert [(row["item"], row["good"], row["scrap"], row["by"]) for row in rows] == [
        ("MO-1023", 150, 2.5, "api:floor")
    ] * 2  # fmt: skip


async def test_what_is_sent_again_is_booked_once(system: System, factory: Database) -> None:
    rows = [COUNT, COUNT | {"item": "MO-9"}]
    first = await sent(system, *rows, key="k1")
    assert await sent(system, *rows, key="k1") == first
    assert len(await factory.read(lambda uow: list(uow.reports.all()))) == 1
    answer = await system.post(REPORTS, [COUNT], token=FLOOR, key="k1")
    assert "k1" in problem(answer, 422, "idempotency-key-reused")


async def test_the_scope_is_needed(system: System) -> None:
    answer = await system.post(REPORTS, [COUNT])
    assert "report" in problem(answer, 403, "forbidden")
    assert (await system.get(REPORTS, token=System.TOKENS["intake"])).status_code == 403


async def test_a_thousand_a_call_and_no_more(system: System) -> None:
    answer = await system.post(REPORTS, [COUNT] * 1001, token=FLOOR)
    assert problem(answer, 422, "invalid")
    rows = [{"item": "MO-1023" if n % 10 else f"MO-{n}", "kind": "quantity", "good": 1} for n in range(1000)]
    assert (await sent(system, *[row for row in rows if row["item"] != "MO-1023"], *rows[:900]))["accepted"] == 810


async def test_rows_in_any_order_give_the_same_state(empty: System, database: Database, clock: MovableClock) -> None:
    """Three rows in all six orders, each about an item of its own."""
    made = PLAN.items["MO-1023"]
    copies = {f"MO-{n}": replace(made, code=f"MO-{n}") for n in range(6)}
    write_plan(database, replace(PLAN, items=copies, links=()), clock.now())
    clock.move_to(clock.now() + timedelta(days=14))
    said: list[dict[str, Any]] = [
        {"kind": "percent", "percent": 40, "day": "2026-12-10", "at": "2026-12-10T20:00:00+08:00"},
        {"kind": "start", "day": "2026-12-09", "at": "2026-12-09T09:00:00+08:00"},
        {"kind": "quantity", "good": 50, "day": "2026-12-09", "at": "2026-12-09T18:00:00+08:00"},
    ]
    for code, rows in zip(copies, permutations(said), strict=True):
        found = await sent(empty, *[row | {"item": code} for row in rows])
        assert found["accepted"] == 3
    items = await database.read(lambda uow: uow.plans.load().items)
    first = items["MO-0"]
    assert (str(first.start), first.status) == ("2026-12-09", Status.IN_PROGRESS)
    assert {code: replace(item, code="MO-0") for code, item in items.items()} == dict.fromkeys(copies, first)
    told = await database.read(lambda uow: [_told(uow, code) for code in copies])
    assert told == [told[0]] * 6
    assert [kind for kind, *_ in told[0]] == ["start", "quantity", "percent"]


def _told(uow: UnitOfWork, item: str) -> list[tuple[object, ...]]:
    return [(one.kind.value, one.day, one.at, one.good, one.percent) for one in uow.reports.words_of([item])[item]]


async def test_bad_rows(system: System) -> None:
    assert await refused(system, {"item": "MO-1023", "kind": "quantity"}) == (
        "report-lacks", "kind 为 quantity 时要有 good，没有记。"
    )  # fmt: skip
    assert (await refused(system, COUNT | {"good": 9000}))[0] == "report-slip"
    assert (await refused(system, COUNT | {"good": 2400}))[0] == "report-over"
    assert (await refused(system, COUNT | {"day": "2026-12-25"}))[0] == "report-day"
    assert (await refused(system, COUNT | {"day": "昨天"}))[0] == "invalid"
    assert (await refused(system, COUNT | {"colour": "red"}))[0] == "invalid"
    assert (await refused(system, COUNT | {"good": "1e999999"}))[0] == "invalid"
    assert (await refused(system, {"kind": "stop", "department": "nowhere"}))[0] == "unknown-department"
    assert (await refused(system, {"kind": "correction", "corrects": "RP-20261130-009", "good": 1}))[0] == (
        "unknown-report"
    )  # fmt: skip
    bodies: list[object] = [{}, "x", [1]]
    for body in bodies:
        assert (await system.post(REPORTS, body, token=FLOOR)).status_code == 422


@pytest.mark.parametrize("row", [
    {"kind": "expected", "expected": "9999-12-31"}, {"kind": "expected", "expected": "0001-01-01"},
    {"kind": "remaining", "remaining_days": 10**7}, {"kind": "quantity", "good": 1, "day": "0001-01-01"},
    {"kind": "quantity", "good": 1, "day": "9999-12-31"},
])  # fmt: skip
async def test_days_beyond_every_plan_are_refused_with_a_sentence(system: System, row: dict[str, object]) -> None:
    code, detail = await refused(system, {"item": "MO-1023"} | row)
    assert code.startswith("report-") or code == "invalid"
    assert detail.endswith("。")


async def test_only_a_correction_withdraws_and_only_a_count_counts(system: System, factory: Database) -> None:
    await sent(system, COUNT)
    first = "RP-20261130-001"
    for row in (
        COUNT | {"corrects": first}, {"item": "MO-1023", "kind": "start", "corrects": first, "void": True},
        {"item": "MO-1023", "kind": "percent", "percent": 5, "good": 9},
        {"item": "MO-1023", "kind": "finish", "good": 5},
        {"kind": "stop", "department": "production", "corrects": first, "void": True},
    ):  # fmt: skip
        assert (await refused(system, row))[0] == "report-values"
    assert await refused(system, {"item": "MO-1023", "kind": "start", "good": 5}) == (
        "report-values", "kind 为 start 时不能有 good，没有记。请去掉 good，或另发一条有它的。"
    )  # fmt: skip
    assert len(await factory.read(lambda uow: list(uow.reports.all()))) == 1


async def test_a_stop_of_a_department_is_of_a_day_that_may_be_reported(system: System) -> None:
    stop = {"kind": "stop", "department": "production"}
    assert (await refused(system, stop | {"day": "2026-12-25"}))[0] == "report-day"
    assert (await sent(system, stop | {"day": "2026-11-29"}))["accepted"] == 1


async def test_corrections_and_stops(system: System) -> None:
    await sent(system, COUNT, {"kind": "stop", "department": "production", "expected": "2026-12-03"})
    found = await sent(system, {"kind": "correction", "corrects": "RP-20261130-001", "good": 140})
    assert found["accepted"] == 1
    rows = (await system.found(f"{REPORTS}?item=MO-1023"))["items"]
    assert [(row["kind"], row["corrects"], row["good"]) for row in rows] == [
        ("quantity", "", 150), ("correction", "RP-20261130-001", 140)
    ]  # fmt: skip


async def test_the_ledger_page_by_page(system: System) -> None:
    await sent(system, *[COUNT | {"good": n} for n in range(1, 6)])
    first = await system.found(f"{REPORTS}?limit=2")
    second = await system.found(f"{REPORTS}?limit=2&cursor={first['next_cursor']}")
    assert [row["good"] for row in first["items"] + second["items"]] == [1, 2, 3, 4]
    assert len((await system.found(f"{REPORTS}?since=2026-11-30T00:00:00Z"))["items"]) == 5
    assert (await system.found(f"{REPORTS}?since=2026-12-30T00:00:00Z"))["items"] == []


MANY: list[dict[str, Any]] = [
    {"item": "MO-1023", "kind": "start"},
    {"item": "MO-1023", "kind": "quantity", "good": 100},
    {"item": "PO-2001", "kind": "expected", "expected": "2026-12-20"},
    {"item": "MO-1023", "kind": "quantity", "good": -1},
    {"item": "MO-1023", "kind": "expected", "expected": "2026-12-22"},
    {"item": "MO-1023", "kind": "quantity", "good": 20},
    {"item": "PO-2001", "kind": "expected", "expected": "2026-12-21"},
]


def booked(uow: UnitOfWork) -> list[str]:
    return [one.no for one in uow.reports.all()]


def rows_heard(uow: UnitOfWork) -> int:
    return uow.sources.all()["api:floor"].rows


@pytest.fixture
def in_pieces(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reports, "PIECE", request.param)


EXPECTED = [f"RP-20261130-{n:03}" if n else "" for n in (1, 2, 3, 0, 4, 5, 6)]


@pytest.mark.parametrize("in_pieces", [1, 2, 3, 1000], indirect=True)
@pytest.mark.usefixtures("in_pieces")
async def test_a_call_in_pieces_says_and_does_the_same(
    system: System, factory: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of an item that several pieces speak of its last word is asked, once."""
    asked = list[str]()

    def drafts(turn: Turn, facts: Iterable[Booked]) -> None:
        asked.extend(one.report.no for one in facts)

    monkeypatch.setattr(reports, "draft_from_facts", drafts)
    found = await sent(system, *MANY, key="k1")
    assert [one["no"] for one in found["results"]] == EXPECTED
    assert await factory.read(booked) == [no for no in EXPECTED if no]
    assert await factory.read(rows_heard) == 6
    assert sorted(asked) == EXPECTED[-2:]


@pytest.mark.parametrize("in_pieces", [1, 2, 3], indirect=True)
@pytest.mark.parametrize("killed", [1, 2])
@pytest.mark.usefixtures("in_pieces")
async def test_a_call_that_breaks_off_goes_on_when_it_is_sent_again(
    system: System, factory: Database, monkeypatch: pytest.MonkeyPatch, killed: int
) -> None:
    """What was kept is answered as before, what was not is booked now; the key is that of this call alone."""
    write, left = Desk.write, [killed]

    async def breaks_off(desk: Desk, work: Any, *, first: bool = False) -> Any:
        if not left[0]:
            raise Problem(503, "not-ready", "gone")
        left[0] -= 1
        return await write(desk, work, first=first)

    with monkeypatch.context() as broken:
        broken.setattr(Desk, "write", breaks_off)
        assert (await system.post(REPORTS, MANY, token=FLOOR, key="k1")).status_code == 503
    found = await sent(system, *MANY, key="k1")
    assert [one["no"] for one in found["results"]] == EXPECTED
    assert await sent(system, *MANY, key="k1") == found
    assert await factory.read(booked) == [no for no in EXPECTED if no]
    assert problem(await system.post(REPORTS, [COUNT], token=FLOOR, key="k1"), 422, "idempotency-key-reused")


REFUSED_AT_LAST: list[dict[str, Any]] = [
    {"item": "MO-1023", "kind": "quantity", "good": 100},
    {"item": "PO-2001", "kind": "expected", "expected": "2026-12-20"},
    {"item": "PO-2001", "kind": "expected", "expected": "2026-12-21"},
    {"item": "MO-1023", "kind": "quantity", "good": -1},
    {"item": "PO-2001", "kind": "arrival"},
]


@pytest.mark.parametrize("in_pieces", [1, 2], indirect=True)
@pytest.mark.parametrize("killed", range(1, 5))
@pytest.mark.usefixtures("in_pieces")
async def test_what_a_broken_call_booked_is_drafted_when_it_is_sent_again(
    system: System, monkeypatch: pytest.MonkeyPatch, killed: int
) -> None:
    """Also where the later row of the same item, for which the draft waited, is refused; and only until it is kept."""
    asked, write, left = list[str](), Desk.write, [killed]

    def drafts(turn: Turn, facts: Iterable[Booked]) -> None:
        asked.extend(one.report.no for one in facts)

    async def breaks_off(desk: Desk, work: Any, *, first: bool = False) -> Any:
        if not left[0]:
            raise Problem(503, "not-ready", "gone")
        left[0] -= 1
        return await write(desk, work, first=first)

    monkeypatch.setattr(reports, "draft_from_facts", drafts)
    with monkeypatch.context() as broken:
        broken.setattr(Desk, "write", breaks_off)
        await system.post(REPORTS, REFUSED_AT_LAST, token=FLOOR, key="k1")
    await sent(system, *REFUSED_AT_LAST, key="k1")
    assert {"RP-20261130-001", "RP-20261130-003"} <= set(asked)
    asked.clear()
    await sent(system, *REFUSED_AT_LAST, key="k1")
    assert asked == []
