"""Two states of the plan side by side: as JSON for systems, as a table for people."""

import csv
import io

import httpx
import pytest

from bot.clock import MovableClock
from handlers.actions.plan.name_baseline import freeze
from handlers.turn import Environment, Turn
from planning.plan.revision import BaselineKind
from storage.database import Database
from storage.unit_of_work import UnitOfWork
from tests.bot.web.factory import approve
from tests.bot.web.system import System, problem

COMPARE, BASELINES = "/api/v1/plan/compare", "/api/v1/plan/baselines"


def named(
    database: Database, environment: Environment, clock: MovableClock, name: str, revision: int, kind: BaselineKind
) -> None:
    def unit(uow: UnitOfWork) -> None:
        freeze(Turn(uow, clock.now(), environment), name, revision, kind, "li")
        uow.commit()

    database.write_now(unit)


@pytest.fixture
async def moved(system: System, factory: Database, environment: Environment, clock: MovableClock) -> System:
    """Revision 2 delays the purchase by two days, revision 3 cancels the spare work; Q4 was promised at 2."""
    operations = {"item": "PO-2001", "op": "shift", "to": 2}, {"item": "ZZ/备用", "op": "cancel"}
    for number, operation in enumerate(operations):
        answer = await system.post("/api/v1/changes", {"operations": [operation], "reason": "试"})
        approve(factory, environment, clock, answer.json()["no"])
        if number == 0:
            named(factory, environment, clock, "Q4", 2, BaselineKind.PROMISE)
    return system


def table(answer: httpx.Response) -> list[list[str]]:
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))


async def test_what_differs_is_told_line_by_line_and_in_sum(moved: System) -> None:
    found = await moved.found(COMPARE, **{"from": "1", "to": "2"})
    assert found["from"] == {"revision": 1, "baseline": ""}
    assert found["to"] == {"revision": 2, "baseline": ""}
    assert found["whole"] == {
        "items": 3, "added": 0, "dropped": 0, "later": 3, "earlier": 0, "days": 6, "late": 1,
    }  # fmt: skip
    assert {total["department"]: total["days"] for total in found["departments"]} == {
        "purchasing": 2, "production": 2, "sales": 2,
    }  # fmt: skip
    assert found["late_orders"] == [
        {"item": "DL-6411", "title": "发货 音箱", "due": "2026-12-18", "finish": "2026-12-21", "days": 1}
    ]
    assert {
        "item": "PO-2001", "title": "采购 外壳", "department": "purchasing", "field": "start",
        "before": "2026-12-03", "after": "2026-12-07", "days": 2,
    } in found["lines"]  # fmt: skip


@pytest.mark.parametrize(
    ("query", "sides"),
    [
        ({}, (2, "Q4", 3)),
        ({"from": "q4"}, (2, "Q4", 3)),
        ({"from": "1"}, (1, "", 3)),
        ({"to": "1"}, (2, "Q4", 1)),
        ({"from": "3", "to": "1"}, (3, "", 1)),
        ({"from": "now", "to": "now"}, (3, "", 3)),
        ({"from": "1", "to": "", "format": "", "department": ""}, (1, "", 3)),
    ],
)
async def test_states_go_by_number_or_name_or_now(
    moved: System, query: dict[str, str], sides: tuple[int, str, int]
) -> None:
    found = await moved.found(COMPARE, **query)
    assert (found["from"]["revision"], found["from"]["baseline"], found["to"]["revision"]) == sides


async def test_before_any_promise_it_is_compared_with_the_first_revision(system: System) -> None:
    found = await system.found(COMPARE)
    assert (found["from"], found["to"]["revision"], found["lines"]) == ({"revision": 1, "baseline": ""}, 1, [])


async def test_a_table_is_for_people(moved: System) -> None:
    answer = await moved.get(COMPARE, **{"from": "1", "format": "csv"})
    rows = table(answer)
    assert answer.headers["content-disposition"] == 'attachment; filename="compare-1-3.csv"'
    assert rows[0] == ["编码", "名称", "部门", "差在哪", "原来", "后来", "工作日差"]
    assert ["PO-2001", "采购 外壳", "采购部", "开始", "2026-12-03", "2026-12-07", "2"] in rows
    assert ["ZZ/备用", "没有部门的事", "", "状态", "已确认", "已取消", ""] in rows


async def test_a_table_never_holds_a_formula(
    system: System, factory: Database, environment: Environment, clock: MovableClock
) -> None:
    columns = {"title": "=HYPERLINK(\"http://evil.example\")", "start": "2026-12-21"}
    added = {"item": "QA-1", "op": "add", "to": columns}
    answer = await system.post("/api/v1/changes", {"operations": [added], "reason": "试"})
    approve(factory, environment, clock, answer.json()["no"])
    rows = table(await system.get(COMPARE, format="csv"))
    assert {row[1] for row in rows[1:]} == {"'=HYPERLINK(\"http://evil.example\")"}


async def test_of_one_department_only(moved: System) -> None:
    for word in ("purchasing", "采购部"):
        found = await moved.found(COMPARE, **{"from": "1", "department": word})
        assert {line["item"] for line in found["lines"]} == {"PO-2001"}
        assert [total["department"] for total in found["departments"]] == ["purchasing"]


@pytest.mark.parametrize(
    ("query", "status", "code"),
    [
        ({"from": "Q9"}, 404, "unknown-point"),
        ({"from": "7"}, 404, "unknown-revision"),
        ({"to": "0"}, 404, "unknown-revision"),
        ({"from": "9" * 60}, 404, "unknown-revision"),
        ({"from": "x" * 65}, 422, "invalid"),
        ({"department": "火星部"}, 422, "unknown-department"),
        ({"format": "pdf"}, 422, "invalid"),
        ({"form": "1"}, 422, "invalid"),
    ],
)
async def test_what_is_not_there_is_refused(moved: System, query: dict[str, str], status: int, code: str) -> None:
    assert problem(await moved.get(COMPARE, **query), status, code)


async def test_it_is_for_readers_of_a_plan_there_is(empty: System) -> None:
    assert problem(await empty.get(COMPARE), 404, "no-plan")
    assert (await empty.get(COMPARE, token="")).status_code == 401
    assert (await empty.get(COMPARE, token=System.TOKENS["intake"])).status_code == 403
    assert await empty.everything(BASELINES) == []


async def test_baselines_are_listed_newest_first(
    system: System, factory: Database, environment: Environment, clock: MovableClock
) -> None:
    for name in ("甲", "乙", "丙"):
        named(factory, environment, clock, name, 1, BaselineKind.WEEKLY)
    everything = await system.everything(BASELINES)
    assert [row["name"] for row in everything] == ["丙", "乙", "甲"]
    assert {(row["revision"], row["kind"], row["frozen_by"]) for row in everything} == {(1, "weekly", "li")}
    for limit in (1, 2):
        assert await system.everything(BASELINES, limit=limit) == everything
