"""Security headers stand on every answer, whoever asked and whatever it is."""

import pytest

from bot.web.platform.headers import HEADERS
from tests.bot.web.system import System


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/healthz", 200),
        ("GET", "/readyz", 200),
        ("GET", "/metrics", 200),
        ("GET", "/openapi.json", 200),
        ("GET", "/docs", 200),
        ("GET", "/api/v1/plan/items", 401),
        ("GET", "/nowhere", 404),
        ("POST", "/healthz", 405),
    ],
)
async def test_every_answer_has_them(system: System, method: str, path: str, status: int) -> None:
    answer = await system.ask(method, path, token="")
    assert answer.status_code == status
    own = {"Content-Security-Policy"} if path == "/docs" else set()
    assert {name for name, value in HEADERS.items() if answer.headers.get(name) != value} == own
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


async def test_a_refused_body_has_them(system: System) -> None:
    answer = await system.ask("POST", "/api/v1/impact", content=b"x" * 2_000_000)
    assert answer.status_code == 413
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
