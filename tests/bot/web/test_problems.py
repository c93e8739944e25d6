"""Whatever goes wrong is answered in the same form."""

import pytest
from structlog.testing import capture_logs

from bot.clock import MovableClock
from bot.current import Current
from bot.environment import environment_of
from bot.settings import Settings
from bot.web import create_web
from storage.database import Database
from tests.bot.web.system import Channel, System, problem

pytestmark = pytest.mark.parametrize("backend", ["sqlite"])


@pytest.mark.parametrize("path", ["/nope", "/api/v1/nope", "/docs/", "/healthz/x"])
async def test_a_path_that_is_not_there(system: System, path: str) -> None:
    assert problem(await system.get(path), 404, "not-found").startswith(f"没有这个地址：{path}")


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("DELETE", "/api/v1/plan/items", "GET"),
        ("GET", "/api/v1/impact", "POST"),
        ("OPTIONS", "/api/v1/reports", "GET, POST"),
    ],
)
async def test_a_method_that_a_path_does_not_take(system: System, method: str, path: str, allowed: str) -> None:
    answer = await system.ask(method, path)
    assert problem(answer, 405, "method-not-allowed").startswith(f"{path} 不支持 {method}")
    assert answer.headers["allow"] == allowed


async def test_what_nobody_expected_has_a_number_and_no_traceback(system: System, channel: Channel) -> None:
    def broken() -> str:
        raise RuntimeError("密码是 hunter2")

    channel.trouble = broken  # type: ignore[method-assign]
    with capture_logs() as entries:
        answer = await system.get("/readyz")
    sentence = problem(answer, 500, "trouble")
    [entry] = entries
    reference = answer.json()["reference"]
    assert reference in sentence
    assert entry["ref"] == reference
    assert (entry["action"], entry["path"], entry["log_level"]) == ("http.failed", "/readyz", "error")
    assert "hunter2" not in answer.text
    assert "Traceback" not in answer.text


async def test_problems_speak_the_installations_language(
    configured: Settings, clock: MovableClock, database: Database
) -> None:
    english = configured.model_copy(update={"locale": "en"})
    async with System.of(create_web(english, Current(environment_of(english)), clock, database, {})) as system:
        answer = await system.post("/api/v1/impact", {"operations": []})
        assert problem(answer, 422, "invalid") == "operations: at least 1 entries are needed."
        assert answer.json()["title"] == "Cannot be done"
