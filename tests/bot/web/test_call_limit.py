"""A token that calls too often is told when it may again; others are answered meanwhile."""

import pytest

from bot.settings import Settings
from bot.settings.limits import LimitSettings
from tests.bot.web.factory import settings
from tests.bot.web.system import System


@pytest.fixture
def configured() -> Settings:
    return settings().model_copy(update={"limits": LimitSettings(api_per_minute=3)})


async def test_a_token_calls_so_often_in_a_minute(system: System) -> None:
    answers = [await system.get("/api/v1/plan/revisions") for _ in range(5)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429, 429]
    assert answers[-1].headers["retry-after"] == "20"
    assert answers[-1].json()["detail"] == "令牌“erp”一分钟最多 3 次请求，请按 Retry-After 稍后再发。"
    assert (await system.get("/api/v1/plan/revisions", token=System.TOKENS["mes"])).status_code == 200
    assert (await system.get("/healthz", token="")).status_code == 200
