"""The audit trail over HTTP: who may read it, what of the API is in it, and what never is."""

import asyncio
from collections.abc import Mapping
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from sqlalchemy import text

from bot.clock import MovableClock
from handlers.notify.audit import record
from handlers.turn import Environment, Turn
from planning.trail.audit import Kind
from storage.connection.engine import open_engine
from storage.database import Database
from storage.unit_of_work import UnitOfWork
from tests.bot.web.system import System, problem

pytestmark = pytest.mark.both_databases

WISH = {"operations": [{"item": "MO-1023", "op": "shift", "to": 1}], "reason": "急单"}
AUDITOR = System.TOKENS["auditor"]


async def trail(system: System, **query: Any) -> list[Any]:
    """Newest first."""
    answer = await system.get("/api/v1/audit", token=AUDITOR, **query)
    assert answer.status_code == 200, answer.text
    items: list[Any] = answer.json()["items"]
    return items


def told(event: Mapping[str, Any]) -> tuple[str, str, str]:
    return event["kind"], event["actor"], event["subject"]


async def test_only_an_auditor_reads_it(system: System) -> None:
    for name in ("erp", "mes", "intake"):
        answer = await system.get("/api/v1/audit", token=System.TOKENS[name])
        assert problem(answer, 403, "forbidden").startswith(f"令牌“{name}”没有 audit 权限")
    problem(await system.get("/api/v1/audit", token=""), 401, "unauthorized")


async def test_an_auditor_reads_nothing_else(system: System) -> None:
    for path in ("/api/v1/plan/items", "/api/v1/changes"):
        problem(await system.get(path, token=AUDITOR), 403, "forbidden")


async def test_a_proposal_of_another_system_is_in_it(system: System) -> None:
    no = (await system.post("/api/v1/changes", WISH)).json()["no"]
    await system.post(f"/api/v1/changes/{no}/withdraw")
    events = await trail(system)
    assert [told(event) for event in reversed(events)] == [
        ("change.drafted", "api:erp", no),
        ("change.submitted", "api:erp", no),
        ("change.withdrawn", "api:erp", no),
    ]
    drafted = events[-1]
    assert drafted["facts"]["operations"] == "MO-1023 shift 1"
    assert drafted["text"] == f"api:erp 起草 {no}：MO-1023 推迟1天（急单）"
    assert drafted["at"].startswith("2026-11-30T02:00:00")


async def test_a_repeated_request_is_not_recorded_twice(system: System) -> None:
    for _ in range(2):
        await system.post("/api/v1/changes", WISH, key="k1")
    assert len(await trail(system)) == 2


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"operations": [{"item": "QA-0001", "op": "shift", "to": 1}], "reason": "x"}, "item-is-over"),
        ({"operations": [{"item": "NO-1", "op": "shift", "to": 1}], "reason": "x"}, "unknown-item"),
    ],
)
async def test_a_refused_wish_is_in_it(system: System, body: object, code: str) -> None:
    refused = await system.post("/api/v1/changes", body)
    (event,) = await trail(system)
    assert told(event) == ("api.refused", "api:erp", "/api/v1/changes")
    assert event["facts"]["code"] == code
    assert event["text"] == f"api:erp 的请求 POST /api/v1/changes 被拒绝：{refused.json()['detail']}"


async def test_a_preview_that_became_another_is_a_refusal_too(system: System, clock: MovableClock) -> None:
    no = (await system.post("/api/v1/changes", WISH | {"submit": False})).json()["no"]
    answer = await system.post(f"/api/v1/changes/{no}/submit", token=System.TOKENS["intake"])
    problem(answer, 404, "unknown-change")
    assert told((await trail(system))[0]) == ("api.refused", "api:intake", f"/api/v1/changes/{no}/submit")


async def test_a_caller_outside_its_scopes_is_in_it(system: System) -> None:
    problem(await system.post("/api/v1/changes", WISH, token=System.TOKENS["mes"]), 403, "forbidden")
    (event,) = await trail(system)
    assert told(event) == ("api.refused", "api:mes", "/api/v1/changes")
    assert (event["facts"]["code"], event["facts"]["scope"], event["facts"]["http"]) == ("forbidden", "write", "403")


async def test_reading_and_malformed_requests_are_not(system: System) -> None:
    await system.found("/api/v1/plan/items")
    problem(await system.get("/api/v1/plan/items/NO-1"), 404, "unknown-item")
    problem(await system.post("/api/v1/changes", {"reason": 1}), 422, "invalid")
    assert await trail(system) == []


async def test_knocks_without_a_token_are_counted_and_tell_no_secret(
    system: System, clock: MovableClock, database: Database
) -> None:
    for secret in ("guessed-1", "guessed-2", "guessed-3"):
        problem(await system.get("/api/v1/plan/items", token=secret, key="query-secret"), 401, "unauthorized")
    (event,) = await trail(system)
    assert told(event) == ("api.stranger", "http:127.0.0.1", "/api/v1/plan/items")
    assert event["facts"] == {"method": "GET", "path": "/api/v1/plan/items", "times": "1"}

    clock.move_to(clock.now() + timedelta(minutes=1))
    problem(await system.get("/api/v1/changes", token="guessed-4"), 401, "unauthorized")
    newest, before, _ = await trail(system)
    assert (newest["subject"], newest["facts"]["times"]) == ("/api/v1/changes", "1")
    assert (before["subject"], before["facts"]["times"]) == ("/api/v1/plan/items", "2"), "those in between"
    written = str(database.look(lambda uow: list(uow.audit.chain())))
    assert not [secret for secret in (*System.TOKENS.values(), "guessed", "query-secret") if secret in written]


async def test_a_trail_that_cannot_be_written_opens_no_door(empty: System, database: Database) -> None:
    engine = open_engine(database.url, writer=True)
    with engine.begin() as connection:
        connection.execute(text("DROP TABLE audit_heads"))
    engine.dispose()
    problem(await empty.get("/api/v1/plan/items", token="wrong"), 401, "unauthorized")


def many(database: Database, environment: Environment, clock: MovableClock) -> None:
    kinds = (Kind.DRAFTED, Kind.CLICK_LATE, Kind.SUBMITTED, Kind.APPLIED)

    def unit(uow: UnitOfWork) -> None:
        for number in range(10):
            turn = Turn(uow, clock.now() + timedelta(hours=number), environment)
            record(turn, kinds[number % 4], "wang", f"CR-{number}")
        uow.commit()

    database.write_now(unit)


async def test_pages_kinds_and_since(
    system: System, database: Database, environment: Environment, clock: MovableClock
) -> None:
    await asyncio.to_thread(many, database, environment, clock)
    first = (await system.get("/api/v1/audit", token=AUDITOR, limit=4)).json()
    second = (await system.get("/api/v1/audit", token=AUDITOR, limit=100, cursor=first["next_cursor"])).json()
    assert [e["number"] for e in first["items"] + second["items"]] == list(range(10, 0, -1))
    assert second["next_cursor"] is None
    assert [e["number"] for e in await trail(system, kind="click.late")] == [10, 6, 2]
    assert [e["number"] for e in await trail(system, kind="change", limit=2)] == [9, 8]
    assert [e["number"] for e in await trail(system, since="2026-11-30T19:00:00 08:00")] == [10]
    hashes = [(e["prev_hash"], e["hash"]) for e in first["items"]]
    assert all(newer[0] == older[1] for newer, older in pairwise(hashes))


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ({"kind": "changes"}, "kind：应为其中之一：change, decision,"),
        ({"since": "yesterday"}, "since：应为带时区的时刻"),
        ({"since": "2026-11-30T10:00:00"}, "since：应为带时区的时刻"),
        ({"kinds": "change"}, "kinds：没有这一项"),
    ],
)
async def test_a_filter_that_is_none_is_a_mistake(system: System, query: dict[str, str], wanted: str) -> None:
    answer = await system.get("/api/v1/audit", token=AUDITOR, **query)
    assert problem(answer, 422, "invalid").startswith(wanted)


async def test_a_cursor_of_another_list_is_refused(system: System) -> None:
    cursor = (await system.get("/api/v1/plan/items", limit=1)).json()["next_cursor"]
    problem(await system.get("/api/v1/audit", token=AUDITOR, cursor=cursor), 422, "bad-cursor")
