"""Who may come in."""

import pytest

from tests.bot.web.system import System, problem

pytestmark = pytest.mark.parametrize("backend", ["sqlite"])
"""The door stands before the database."""

READS = (
    ("GET", "/api/v1/plan/items"),
    ("GET", "/api/v1/plan/items/MO-1023"),
    ("GET", "/api/v1/plan/revisions"),
    ("GET", "/api/v1/changes"),
    ("GET", "/api/v1/changes/CR-20261130-001"),
    ("POST", "/api/v1/impact"),
)
WRITES = (
    ("POST", "/api/v1/changes"),
    ("POST", "/api/v1/changes/CR-20261130-001/submit"),
    ("POST", "/api/v1/changes/CR-20261130-001/withdraw"),
)
BODY = {"operations": [{"item": "MO-1023", "op": "shift", "to": 1}]}


@pytest.mark.parametrize(("method", "path"), [*READS, *WRITES, ("GET", "/api/v1/nothing")])
@pytest.mark.parametrize("body", [b"{}", b"{ not json"])
async def test_nobody_comes_in_without_a_token(system: System, method: str, path: str, body: bytes) -> None:
    answer = await system.ask(method, path, token="", content=body, headers={"Content-Type": "application/json"})
    assert "Authorization: Bearer" in problem(answer, 401, "unauthorized")
    assert answer.headers["www-authenticate"].startswith("Bearer")


@pytest.mark.parametrize("token", ["wrong", "mes-token-91c", "mes-token-91c22", "erp", "é", " "])
async def test_a_wrong_token_is_no_token(system: System, token: str) -> None:
    problem(await system.get("/api/v1/plan/items", token=token), 401, "unauthorized")


@pytest.mark.parametrize(
    "header", ["mes-token-91c2", "Basic mes-token-91c2", "Bearer", "Bearer mes-token-91c2, Bearer mes-token-91c2"]
)
async def test_only_bearer_opens_the_door(system: System, header: str) -> None:
    answer = await system.ask("GET", "/api/v1/plan/items", token="", headers={"Authorization": header})
    problem(answer, 401, "unauthorized")


@pytest.mark.parametrize("header", ["Bearer mes-token-91c2", "bearer  mes-token-91c2 "])
async def test_the_scheme_is_read_kindly(system: System, header: str) -> None:
    answer = await system.ask("GET", "/api/v1/plan/items", token="", headers={"Authorization": header})
    assert answer.status_code == 200


@pytest.mark.parametrize(("method", "path"), READS)
async def test_reading_needs_the_scope_read(system: System, method: str, path: str) -> None:
    answer = await system.ask(method, path, token=System.TOKENS["intake"], json=BODY)
    assert problem(answer, 403, "forbidden").startswith("令牌“intake”没有 read 权限")


@pytest.mark.parametrize(("method", "path"), WRITES)
async def test_proposing_needs_the_scope_write(system: System, method: str, path: str) -> None:
    answer = await system.ask(method, path, token=System.TOKENS["mes"], json=BODY | {"reason": "急单"})
    assert problem(answer, 403, "forbidden").startswith("令牌“mes”没有 write 权限")


async def test_a_token_that_may_only_write_proposes(system: System) -> None:
    answer = await system.post("/api/v1/changes", BODY | {"reason": "急单"}, token=System.TOKENS["intake"])
    assert answer.json()["proposer"] == "api:intake"


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics", "/docs", "/openapi.json"])
async def test_health_and_description_need_no_token(system: System, path: str) -> None:
    assert (await system.get(path, token="")).status_code == 200
