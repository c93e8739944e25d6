"""The API, described: for programs and for people without internet."""

import re
from typing import Any

import pytest

from planning.plan.operation import Op
from tests.bot.web.system import System

pytestmark = pytest.mark.parametrize("backend", ["sqlite"])
PROMISED = {
    "/healthz": {"get"},
    "/readyz": {"get"},
    "/metrics": {"get"},
    "/api/v1/plan/items": {"get"},
    "/api/v1/plan/items/{code}": {"get"},
    "/api/v1/plan/revisions": {"get"},
    "/api/v1/plan/baselines": {"get"},
    "/api/v1/plan/compare": {"get"},
    "/api/v1/changes": {"get", "post"},
    "/api/v1/changes/{no}": {"get"},
    "/api/v1/changes/{no}/lines": {"get"},
    "/api/v1/changes/{no}/submit": {"post"},
    "/api/v1/changes/{no}/withdraw": {"post"},
    "/api/v1/changes/{no}/undo": {"post"},
    "/api/v1/changes/{no}/picture.svg": {"get"},
    "/api/v1/changes/{no}/picture.png": {"get"},
    "/api/v1/impact": {"post"},
    "/api/v1/impact/picture.svg": {"post"},
    "/api/v1/audit": {"get"},
    "/api/v1/reports": {"get", "post"},
    "/api/v1/stock": {"post"},
    "/api/v1/progress": {"get"},
    "/api/v1/readiness": {"get"},
    "/api/v1/sources": {"get"},
    "/api/v1/exceptions": {"get"},
    "/api/v1/issues": {"get", "post"},
    "/api/v1/sync-cards": {"get"},
}


@pytest.fixture
async def api(empty: System) -> Any:
    return (await empty.get("/openapi.json", token="")).json()


async def test_everything_the_contract_promises_is_described(api: Any) -> None:
    described = {path: set(methods) for path, methods in api["paths"].items() if not path.startswith("/callback")}
    assert described == PROMISED


async def test_the_api_asks_for_a_token_and_the_rest_does_not(api: Any) -> None:
    for path, methods in api["paths"].items():
        for operation in methods.values():
            assert bool(operation.get("security")) == path.startswith("/api/"), path


async def test_every_error_is_a_problem(api: Any) -> None:
    for methods in (methods for path, methods in api["paths"].items() if path.startswith("/api/")):
        for operation in methods.values():
            errors = {status: answer for status, answer in operation["responses"].items() if status >= "400"}
            assert {"401", "403"} <= set(errors)
            for answer in errors.values():
                assert set(answer["content"]) == {"application/problem+json"}
    assert "HTTPValidationError" not in api["components"]["schemas"]


async def test_every_operation_has_its_own_shape(api: Any) -> None:
    shapes = api["components"]["schemas"]["WhatIf"]["properties"]["operations"]["items"]["discriminator"]["mapping"]
    assert set(shapes) == set(Op) - {Op.RESTORE}, "which nobody can ask for"


async def test_no_reference_leads_nowhere(api: Any) -> None:
    references = set(re.findall(r"#/components/schemas/([\w]+)", str(api)))
    assert references <= set(api["components"]["schemas"])


async def test_the_page_tells_the_same_and_needs_nothing_from_elsewhere(empty: System, api: Any) -> None:
    answer = await empty.get("/docs", token="")
    assert answer.headers["content-type"].startswith("text/html")
    for path in PROMISED:
        assert f"<code>{path}</code>" in answer.text
    for name in api["components"]["schemas"]:
        assert f'id="{name}"' in answer.text
    anchors = set(re.findall(r'href="#(\w+)"', answer.text))
    assert anchors <= set(api["components"]["schemas"])
    assert "<script" not in answer.text
    assert not re.search(r"(src|href)=\"(https?:)?//", answer.text)
    assert "default-src 'none'" in answer.headers["content-security-policy"]


async def test_whatever_reads_a_body_says_how_it_refuses_one(api: Any) -> None:
    paths = api["paths"].items()
    with_body = [(path, one) for path, methods in paths for one in methods.values() if "requestBody" in one]
    lacking = [(path, {"400", "413", "415", "422"} - one["responses"].keys()) for path, one in with_body]
    assert with_body
    assert [(path, missing) for path, missing in lacking if missing] == []
