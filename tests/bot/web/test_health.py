"""Does it live, can it work."""

from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url

from bot.clock import MovableClock
from bot.current import Current
from bot.settings import Settings
from bot.web import create_web
from handlers.turn import Environment
from storage.database import Database
from storage.maintenance.migrate import downgrade
from tests.bot.web.system import Channel, System, problem
from tests.databases import fresh_database, postgres_url
from tests.tomorrow import migrated_tomorrow

pytestmark = pytest.mark.both_databases


async def test_it_lives_and_is_ready_before_there_is_a_plan(empty: System) -> None:
    assert (await empty.get("/healthz", token="")).json() == {"status": "ok"}
    assert (await empty.get("/readyz", token="")).json() == {"status": "ready"}


async def test_a_channel_in_trouble_is_named(system: System, channel: Channel) -> None:
    channel.wrong = "钉钉拒绝了 client_secret，请检查。"
    answer = await system.get("/readyz", token="")
    assert problem(answer, 503, "not-ready") == channel.wrong
    assert answer.json()["errors"] == [{"at": "dingtalk", "detail": channel.wrong}]
    assert (await system.get("/healthz")).status_code == 200
    channel.wrong = ""
    assert (await system.get("/readyz")).status_code == 200


async def test_tables_that_are_not_the_newest_are_named_with_the_rest(
    migrated_url: str, configured: Settings, environment: Environment, clock: MovableClock, channel: Channel
) -> None:
    downgrade(migrated_url)
    channel.wrong = "连不上。"
    database = Database(migrated_url, "main")
    web = create_web(configured, Current(environment), clock, database, {"dingtalk": channel})
    async with System.of(web) as system:
        answer = await system.get("/readyz")
        assert "python run.py migrate" in problem(answer, 503, "not-ready")
        assert [missing["at"] for missing in answer.json()["errors"]] == ["migrations", "dingtalk"]
        assert "tongpan_database_up 0.0" in (await system.get("/metrics")).text
    database.close()


@pytest.mark.parametrize("compatible", [True, False])
async def test_tables_of_a_newer_program_are_ready_when_they_are_marked_as_fit(
    system: System, migrated_url: str, tmp_path: Path, compatible: bool
) -> None:
    migrated_tomorrow(migrated_url, tmp_path, compatible=compatible)
    answer = await system.get("/readyz")
    if compatible:
        assert answer.json() == {"status": "ready", "tables": "beside"}
    else:
        assert "请更新程序" in problem(answer, 503, "not-ready")


async def test_a_database_that_does_not_answer(
    tmp_path: Path, configured: Settings, environment: Environment, clock: MovableClock
) -> None:
    with fresh_database("postgresql", tmp_path, migrated=True) as url:
        database = Database(url, "main")
        async with System.of(create_web(configured, Current(environment), clock, database, {})) as system:
            assert (await system.get("/readyz")).status_code == 200
            _close_the_door(url)
            answer = await system.get("/readyz")
            assert "数据库没有应答" in problem(answer, 503, "not-ready")
            assert str(make_url(url).database) not in answer.text
            assert (await system.get("/healthz")).status_code == 200
            assert "tongpan_database_up 0.0" in (await system.get("/metrics")).text
            assert "编号" in problem(await system.get("/api/v1/plan/items"), 500, "trouble")
        database.close()


def _close_the_door(url: str) -> None:
    """Nobody may connect to this database any more, and who is, is thrown out."""
    name = make_url(url).database
    assert name is not None
    admin = make_url(postgres_url()).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(admin, autocommit=True) as connection:
        connection.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false".encode())
        connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])


@pytest.mark.parametrize("path", ["/callback/router", "/callback/route"])
async def test_a_channels_callbacks_are_served(system: System, path: str) -> None:
    answer = await system.ask("POST" if path.endswith("router") else "GET", path, token="")
    assert answer.text in ("success", "routed")
