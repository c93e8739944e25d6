"""Tokens that the database keeps: those of the file go on, and one that is revoked opens nothing at the next call."""

from collections.abc import Iterator
from contextlib import closing
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from bot.kept_settings import opened
from bot.platforms import PLATFORMS
from bot.settings import settings_of
from bot.settings.file import SettingsFile
from bot.settings.kinds import hashed
from bot.web import create_web
from handlers.settings import make
from planning.control.settings_version import SettingsVersion
from planning.trail.audit import Kind
from storage.database import Database
from storage.unit_of_work import UnitOfWork
from tests.bot.delivery.scripted import StandingClock
from tests.bot.test_kept_settings import file
from tests.handlers.governed import sections
from tests.small_company import organisation

pytestmark = pytest.mark.both_databases
COMPANY: dict[str, Any] = {
    **sections(organisation()), "wecom": {"corp_id": "ww", "aibot": {"bot_id": "b", "secret": "s"}},
}  # fmt: skip
ERP = {"name": "erp", "token": "the-secret-of-the-erp", "scopes": ["read"]}
BI = {"name": "bi", "token": hashed("the-secret-of-bi"), "scopes": ["read"]}


@pytest.fixture
def database(migrated_url: str) -> Iterator[Database]:
    with closing(Database(migrated_url, "main")) as found:
        yield found


def app_of(database: Database, url: str, *tokens: dict[str, Any], source: str | None = "database") -> FastAPI:
    clock = StandingClock()
    known = file(url, source, api={"tokens": [*tokens]}, **COMPANY)
    settings = known.settings(clock.now())
    found = opened(settings, database, clock.now())
    assert found is not None
    return create_web(found.settings, found.current["main"], clock, database, {})


def keeps(database: Database, *tokens: dict[str, Any]) -> None:
    def unit(uow: UnitOfWork) -> None:
        now = StandingClock().now()
        make(uow, "main", Kind.TOKEN_MADE, SettingsVersion("api", 0, {"tokens": [*tokens]}, now, now, "ops"))
        uow.commit()

    database.write_now(unit)


async def status(app: FastAPI, token: str) -> int:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://here") as client:
        answer = await client.get("/api/v1/plan/revisions", headers={"Authorization": f"Bearer {token}"})
    return answer.status_code


async def test_those_of_the_file_go_on_and_the_database_has_their_hashes(migrated_url: str, database: Database) -> None:
    app = app_of(database, migrated_url, ERP)
    assert await status(app, "the-secret-of-the-erp") != 401
    assert await status(app, "another") == 401
    (kept,) = database.look(lambda uow: uow.settings_of("main").of_section("api"))
    assert kept.document == {"tokens": [ERP | {"token": hashed("the-secret-of-the-erp")}]}
    assert await status(app, kept.document["tokens"][0]["token"]) == 401, "whoever reads the database is not let in"


async def test_made_and_revoked_without_a_restart(migrated_url: str, database: Database) -> None:
    app = app_of(database, migrated_url, ERP)
    kept = ERP | {"token": hashed(str(ERP["token"]))}
    assert await status(app, "the-secret-of-bi") == 401
    keeps(database, kept, BI)
    assert await status(app, "the-secret-of-bi") != 401, "at the next call"
    keeps(database, kept, BI | {"revoked": "true"})
    assert await status(app, "the-secret-of-bi") == 401
    assert await status(app, "the-secret-of-the-erp") != 401


async def test_a_database_of_an_older_program_takes_over_the_files(migrated_url: str, database: Database) -> None:
    """It keeps settings and no tokens yet: those of the file are read until they are brought in, at the next start."""
    before = file(migrated_url, **COMPANY)
    assert opened(before.settings(StandingClock().now()), database, StandingClock().now()) is not None
    assert database.look(lambda uow: uow.settings_of("main").of_section("api")) == []
    kept = database.look(lambda uow: uow.settings_of("main").current(StandingClock().now()))
    again = file(migrated_url, None, api={"tokens": [ERP]}, wecom=COMPANY["wecom"])
    assert [one.name for one in again.settings(StandingClock().now(), kept).api.tokens] == ["erp"]
    app = app_of(database, migrated_url, ERP, source=None)
    assert await status(app, "the-secret-of-the-erp") != 401
    assert len(database.look(lambda uow: uow.settings_of("main").of_section("api"))) == 1


@pytest.mark.parametrize("value", ["the-secret-of-the-erp", hashed("the-secret-of-the-erp")])
def test_a_token_says_the_same_by_value_and_by_hash(value: str) -> None:
    files = [SettingsFile.of({"api": {"tokens": [ERP | {"token": one}]}}, PLATFORMS) for one in (ERP["token"], value)]
    assert files[0].sections == files[1].sections
    assert files[0].hash_of("api") == files[1].hash_of("api")


def test_where_the_file_keeps_all_its_tokens_are_the_files() -> None:
    found = settings_of(PLATFORMS).model_validate({"api": {"tokens": [ERP]}})
    assert found.api.tokens[0].token.get_secret_value() == ERP["token"]
