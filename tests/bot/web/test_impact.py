"""What if: every kind of operation, and nothing written."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from bot.clock import MovableClock
from bot.current import Current
from bot.settings import Settings
from bot.web import create_web
from handlers.turn import Environment
from planning.control.fences import Fence, FenceKind, Scope
from storage.database import Database
from tests.bot.web.factory import approve
from tests.bot.web.system import Channel, System, problem

IMPACT = "/api/v1/impact"


def lines(effect: dict[str, Any]) -> set[tuple[str, str, str, str]]:
    return {(line["item"], line["field"], line["before"], line["after"]) for line in effect["lines"]}


async def assess(system: System, *operations: Mapping[str, object]) -> dict[str, Any]:
    answer = await system.post(IMPACT, {"operations": operations}, token=System.TOKENS["mes"])
    assert answer.status_code == 200, answer.text
    effect: dict[str, Any] = answer.json()
    return effect


async def test_a_delay_reaches_the_departments_down_the_chain(system: System) -> None:
    effect = await assess(system, {"item": "PO-2001", "op": "shift", "to": 2})
    assert effect["revision"] == 1
    assert len(effect["hash"]) == 64
    assert effect["lines"][0] == {
        "item": "PO-2001",
        "department": "purchasing",
        "field": "start",
        "before": "2026-12-03",
        "after": "2026-12-07",
        "days": 2,
        "path": ["PO-2001"],
    }
    last = [line for line in effect["lines"] if line["item"] == "DL-6411" and line["field"] == "finish"]
    assert [(line["after"], line["path"]) for line in last] == [("2026-12-21", ["PO-2001", "MO-1023", "DL-6411"])]
    assert set(effect["departments"]) == {"purchasing", "production", "sales"}
    assert effect["late_orders"] == [
        {"item": "DL-6411", "title": "发货 音箱", "due": "2026-12-18", "finish": "2026-12-21", "days": 1}
    ]
    assert effect["refused"] == []
    assert effect["shortages"] == []
    assert effect["informed"] == []


FREE = "ZZ/备用"
START, FINISH = "2026-12-21", "2026-12-22"
OPERATIONS: list[tuple[dict[str, object], set[tuple[str, str, str]]]] = [
    ({"op": "set_start", "to": "2026-12-23"}, {("start", START, "2026-12-23"), ("finish", FINISH, "2026-12-24")}),
    ({"op": "set_finish", "to": "2026-12-23"}, {("start", START, "2026-12-22"), ("finish", FINISH, "2026-12-23")}),
    ({"op": "shift", "to": -1}, {("start", START, "2026-12-18"), ("finish", FINISH, "2026-12-21")}),
    ({"op": "set_duration", "to": 3}, {("duration", "2", "3"), ("finish", FINISH, "2026-12-23")}),
    ({"op": "set_quantity", "to": 12.5}, {("quantity", "", "12.5")}),
    ({"op": "set_quantity", "to": "0.1"}, {("quantity", "", "0.1")}),
    ({"op": "cancel"}, {("status", "confirmed", "cancelled")}),
    ({"op": "pin"}, {("mode", "asap", "pinned")}),
    ({"op": "reassign", "to": "采购部"}, {("department", "", "purchasing")}),
    ({"op": "link", "to": {"successor": "QA-0001", "lag_days": 1}}, {("link", "", FREE)}),
    ({"op": "unpin"}, set()),
]


@pytest.mark.parametrize(("operation", "expected"), OPERATIONS)
async def test_every_operation_does_what_it_says(
    system: System, operation: dict[str, object], expected: set[tuple[str, str, str]]
) -> None:
    effect = await assess(system, {"item": FREE, **operation})
    assert effect["refused"] == []
    assert {(field, before, after) for _, field, before, after in lines(effect)} == expected


async def test_an_item_is_added_by_its_import_columns(system: System) -> None:
    columns = {
        "title": "加急检验",
        "department": "生产部",
        "also_informs": ["销售部", "purchasing"],
        "start": "2026-12-21",
        "duration_days": 2,
        "quantity": 30,
        "unit": "台",
        "colour": "红",
    }
    effect = await assess(system, {"item": "QA-0002", "op": "add", "to": columns})
    assert ("QA-0002", "finish", "", "2026-12-22") in lines(effect)
    assert ("QA-0002", "quantity", "", "30") in lines(effect)
    assert effect["departments"] == ["production"]
    assert set(effect["informed"]) == {"sales", "purchasing"}


async def test_a_link_is_taken_away_by_its_ends(system: System) -> None:
    unlink = {"item": "PO-2001", "op": "unlink", "to": {"successor": "MO-1023"}}
    effect = await assess(system, unlink, {"item": "PO-2001", "op": "shift", "to": 5})
    assert {item for item, field, *_ in lines(effect) if field == "start"} == {"PO-2001"}


async def test_pulling_takes_what_follows_along(system: System) -> None:
    unpulled = await assess(system, {"item": "PO-2001", "op": "set_duration", "to": 2})
    pulled = await assess(system, {"item": "PO-2001", "op": "set_duration", "to": 2, "pull": True})
    assert {item for item, *_ in lines(unpulled)} == {"PO-2001"}
    assert {item for item, *_ in lines(pulled)} == {"PO-2001", "MO-1023", "DL-6411"}


async def test_what_cannot_be_done_is_told_in_sentences_beside_what_can(system: System) -> None:
    effect = await assess(
        system,
        {"item": "NOPE", "op": "shift", "to": 1},
        {"item": "QA-0001", "op": "cancel"},
        {"item": FREE, "op": "shift", "to": 1},
    )
    assert len(effect["refused"]) == 2
    assert any("NOPE" in sentence for sentence in effect["refused"])
    assert any("QA-0001" in sentence for sentence in effect["refused"])
    assert {item for item, *_ in lines(effect)} == {FREE}


async def test_nothing_is_written(system: System, factory: Database) -> None:
    before = await system.everything("/api/v1/plan/items")
    await assess(system, {"item": "PO-2001", "op": "shift", "to": 2})
    assert await system.everything("/api/v1/plan/items") == before
    assert await system.everything("/api/v1/changes") == []
    counts = await factory.read(lambda uow: (uow.changes.counts(), uow.outbox.counts(), uow.plans.head()))
    assert counts == ({}, {}, 1)


async def test_it_is_computed_on_the_plan_as_it_is_now(
    system: System, factory: Database, environment: Environment, clock: MovableClock
) -> None:
    operation = {"item": FREE, "op": "shift", "to": 1}
    proposed = await system.post("/api/v1/changes", {"operations": [operation], "reason": "让路"})
    approve(factory, environment, clock, proposed.json()["no"])
    effect = await assess(system, operation)
    assert effect["revision"] == 2
    assert (FREE, "start", "2026-12-22", "2026-12-23") in lines(effect)


async def test_without_a_plan_there_is_nothing_to_ask_about(empty: System) -> None:
    answer = await empty.post(IMPACT, {"operations": [{"item": "A", "op": "pin"}]})
    assert "还没有导入计划" in problem(answer, 404, "no-plan")


async def test_a_fence_that_refuses_is_said_before_anybody_proposes(
    configured: Settings, environment: Environment, clock: MovableClock, factory: Database, channel: Channel
) -> None:
    fence = Fence("near", "开工前冻结", FenceKind.ROLLING, scope=Scope(types=("purchase",)), days=15)
    app = create_web(configured, Current(replace(environment, fences=(fence,))), clock, factory, {"dingtalk": channel})
    wish = {"item": "PO-2001", "op": "shift", "to": 2}
    async with System.of(app) as system:
        (refused,) = (await assess(system, wish))["refused"]
        assert refused.startswith("PO-2001 采购 外壳 在冻结窗“开工前冻结”内，不能改")
        answer = await system.post("/api/v1/changes", {"operations": [wish], "reason": "供应商延期"})
        assert refused in problem(answer, 422, "fence-closed-inside")


async def test_an_item_in_two_parts(system: System) -> None:
    parts = {"first": 1200, "finish": "2026-12-11", "rest": "MO-1023/2", "start": "2026-12-14", "days": 2}
    effect = await assess(system, {"item": "MO-1023", "op": "split", "to": parts})
    told = lines(effect)
    assert ("MO-1023", "quantity", "2000.5", "1200") in told
    assert ("MO-1023/2", "quantity", "", "800.5") in told
    assert not effect["refused"]
    too_much = await assess(system, {"item": "MO-1023", "op": "split", "to": parts | {"first": 5000}})
    assert too_much["refused"] == ["前一段的数量要大于 0、小于 MO-1023 的 2000.5台。"]


async def test_parts_say_how_much_and_until_when(system: System) -> None:
    answer = await system.post(
        IMPACT, {"operations": [{"item": "MO-1023", "op": "split", "to": {"first": 1200}}]}, token=System.TOKENS["mes"]
    )
    assert problem(answer, 422, "invalid")
