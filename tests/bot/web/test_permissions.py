"""The same guard for other systems: every path in one table, grants for what a token proposes, a scope for what is
masked."""

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import httpx
import pytest
from fastapi import APIRouter, FastAPI

from bot.clock import MovableClock
from bot.current import Current
from bot.settings import Settings
from bot.settings.model import ApiToken
from bot.web import create_web
from handlers.turn import Environment
from planning.change.change import ChangeState
from planning.control.authority import Grant
from planning.control.fences import Scope
from planning.control.permissions import API, SCOPES
from storage.database import Database
from tests.bot.web.factory import PLAN, approve, settings, write_plan
from tests.bot.web.system import Channel, System, problem

pytestmark = pytest.mark.parametrize("backend", ["sqlite"])

SECRET = "机密4711"
COLUMNS = {"cost": SECRET, "客户": SECRET}
SHOWN = {"cost": "＊＊＊", "客户": "＊＊＊", "颜色": "红"}
BI = "bi-token-77aa"
GRANTS = (Grant("role:coordinator"), Grant("api:erp", Scope(types=("purchase",)), ("start", "finish", "new")))


@pytest.fixture
def configured() -> Settings:
    """The factory's tokens, and one that may see what is masked."""
    known = settings()
    bi = ApiToken.model_validate({"name": "bi", "token": BI, "scopes": ["read", "masked", "audit"]})
    return known.model_copy(update={"api": known.api.model_copy(update={"tokens": (*known.api.tokens, bi)})})


@pytest.fixture
def factory(database: Database, clock: MovableClock) -> Database:
    items = {code: replace(item, attributes=COLUMNS | {"颜色": "红"}) for code, item in PLAN.items.items()}
    write_plan(database, replace(PLAN, items=items), clock.now())
    return database


# -- the table ---------------------------------------------------------------------------------------------


@pytest.fixture
def app(
    configured: Settings, environment: Environment, clock: MovableClock, database: Database, channel: Channel
) -> FastAPI:
    return create_web(configured, Current(environment), clock, database, {"dingtalk": channel})


def test_every_path_of_the_api_is_in_the_table(app: FastAPI) -> None:
    described = {f"{m.upper()} {path}" for path, known in app.openapi()["paths"].items() for m in known}
    of_the_api = {path for path in described if " /api/" in path}
    assert of_the_api == {path.replace("{code:path}", "{code}") for path in API}
    assert set(API.values()) <= set(SCOPES)


async def test_a_path_the_table_does_not_have_is_refused_whatever_the_token_may(app: FastAPI) -> None:
    router = APIRouter(prefix="/api/v1")
    router.add_api_route("/secrets", lambda: SECRET)
    app.include_router(router)
    async with System.of(app) as system:
        answer = await system.get("/api/v1/secrets")
    sentence = "GET /api/v1/secrets 没有设定需要哪种权限，所以不能用。请联系管理员。"
    assert problem(answer, 403, "not-permitted") == sentence


# -- what a token proposes ---------------------------------------------------------------------------------


@pytest.fixture
async def limited(
    configured: Settings, environment: Environment, clock: MovableClock, factory: Database, channel: Channel
) -> AsyncIterator[System]:
    app = create_web(configured, Current(replace(environment, grants=GRANTS)), clock, factory, {"dingtalk": channel})
    async with System.of(app) as system:
        yield system


def wish(item: str, op: str, to: object = None, **more: Any) -> dict[str, Any]:
    return {"operations": [{"item": item, "op": op, "to": to}], "reason": "供应商延期", **more}


async def test_a_token_proposes_what_it_is_granted(limited: System) -> None:
    answer = await limited.post("/api/v1/changes", wish("PO-2001", "shift", 1))
    assert (answer.status_code, answer.json()["proposer"]) == (201, "api:erp")


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (wish("MO-1023", "shift", 1),
         "令牌“erp” 没有权限改开始日期：MO-1023 生产 音箱（开放区）。有权限的有：计划协调员。"),
        (wish("PO-2001", "set_quantity", 3000),
         "令牌“erp” 没有权限改数量：PO-2001 采购 外壳（开放区）。有权限的有：计划协调员。"),
        (wish("N-1", "add", {"title": "急单", "type": "production", "start": "2026-12-10"}),
         "令牌“erp” 没有权限新增：N-1 急单（开放区）。有权限的有：计划协调员。"),
        (wish("PO-2001", "shift", 1) | {"operations": [{"item": "PO-2001", "op": "shift", "to": 1},
                                                       {"item": "MO-1023", "op": "cancel"}]},
         "令牌“erp” 没有权限取消：MO-1023 生产 音箱（开放区）。有权限的有：计划协调员。"),
    ],
)  # fmt: skip
async def test_what_a_token_is_not_granted_is_refused_whole(limited: System, body: object, sentence: str) -> None:
    answer = await limited.post("/api/v1/changes", body)
    ask = "请由他们提出，或请管理员在设置的 authority 里授权。"
    assert problem(answer, 422, "not-authorised") == sentence + ask
    assert (await limited.found("/api/v1/changes"))["items"] == []


async def test_a_token_without_a_grant_proposes_nothing(limited: System) -> None:
    answer = await limited.post("/api/v1/changes", wish("PO-2001", "shift", 1), token=System.TOKENS["intake"])
    assert problem(answer, 422, "not-authorised") == (
        "令牌“intake” 没有权限改开始日期：PO-2001 采购 外壳（开放区）。有权限的有：计划协调员、令牌“erp”。"
        "请由他们提出，或请管理员在设置的 authority 里授权。"
    )


async def test_a_draft_is_guarded_again_when_it_is_submitted(
    system: System,
    environment: Environment,
    configured: Settings,
    clock: MovableClock,
    factory: Database,
    channel: Channel,
) -> None:
    no = (await system.post("/api/v1/changes", wish("MO-1023", "shift", 1, submit=False))).json()["no"]
    app = create_web(configured, Current(replace(environment, grants=GRANTS)), clock, factory, {"dingtalk": channel})
    async with System.of(app) as later:
        problem(await later.post(f"/api/v1/changes/{no}/submit"), 422, "not-authorised")
        assert (await later.found(f"/api/v1/changes/{no}"))["state"] == "draft"


async def test_what_if_needs_no_grant(limited: System) -> None:
    body = {"operations": [{"item": "MO-1023", "op": "shift", "to": 1}]}
    assert (await limited.post("/api/v1/impact", body)).status_code == 200


# -- what a token sees -------------------------------------------------------------------------------------


async def test_an_item_tells_its_further_columns_masked(system: System) -> None:
    assert (await system.found("/api/v1/plan/items/MO-1023"))["attributes"] == SHOWN


async def test_with_the_scope_masked_they_are_told(system: System) -> None:
    answer = await system.get("/api/v1/plan/items/MO-1023", token=BI)
    assert answer.json()["attributes"] == COLUMNS | {"颜色": "红"}


async def test_a_column_that_was_proposed_is_told_masked_even_to_who_proposed_it(system: System) -> None:
    columns = {"title": "急单", "department": "production", "start": "2026-12-10", **COLUMNS}
    proposed = await system.post("/api/v1/changes", wish("N-1", "add", columns))
    no = proposed.json()["no"]
    assert proposed.json()["operations"][0]["to"]["cost"] == "＊＊＊"
    assert (await system.get(f"/api/v1/changes/{no}", token=BI)).json()["operations"][0]["to"] == columns


PATHS = (
    "/api/v1/plan/items", "/api/v1/plan/items?department=production", "/api/v1/plan/items/N-1",
    "/api/v1/plan/revisions", "/api/v1/plan/compare", "/api/v1/plan/compare?format=csv", "/api/v1/plan/baselines",
    "/api/v1/changes", "/api/v1/changes/{no}", "/api/v1/changes/{no}/lines", "/api/v1/changes/{no}/picture.svg",
    "/api/v1/audit", "/api/v1/reports", "/api/v1/progress", "/api/v1/readiness", "/api/v1/exceptions",
    "/api/v1/issues", "/api/v1/sync-cards", "/api/v1/sources", "/openapi.json", "/docs", "/metrics",
)  # fmt: skip


async def test_no_answer_holds_a_masked_value_without_the_scope(
    system: System, environment: Environment, clock: MovableClock, factory: Database
) -> None:
    """All that can be got, as the tokens that may read and that may audit, of a change that is in effect."""
    columns = {"title": "急单", "department": "production", "start": "2026-12-10", **COLUMNS}
    no = (await system.post("/api/v1/changes", wish("N-1", "add", columns))).json()["no"]
    assert approve(factory, environment, clock, no).state is ChangeState.APPLIED
    answers = [
        await system.get(path.format(no=no), token=System.TOKENS[name])
        for path in PATHS
        for name in ("erp", "mes", "auditor")
    ]
    answers += [
        await system.post(path, {"operations": [{"item": "N-2", "op": "add", "to": columns}]})
        for path in ("/api/v1/impact", "/api/v1/impact/picture.svg")
    ]
    other = (await system.post("/api/v1/changes", wish("N-3", "add", columns, submit=False))).json()["no"]
    answers += [await system.post(f"/api/v1/changes/{other}/{verb}") for verb in ("submit", "withdraw")]
    assert sum(answer.status_code == 200 for answer in answers) > 20
    assert [str(answer.url) for answer in answers if SECRET in _whole(answer)] == []


def _whole(answer: httpx.Response) -> str:
    return answer.content.decode() + answer.text


def test_every_read_of_the_table_is_among_them(app: FastAPI) -> None:
    """A path that is new is to be looked at, too; a PNG holds no words."""
    reads = {path.removeprefix("GET ") for path in API if path.startswith("GET ") and not path.endswith(".png")}
    tried = {path.partition("?")[0].replace("N-1", "{code:path}") for path in PATHS}
    assert reads <= tried
