"""The small company at work, with its pages open to the world."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi import FastAPI

from bot.current import Current
from bot.platforms import PLATFORMS
from bot.settings import settings_of
from bot.web import create_web
from handlers.turn import Environment
from tests.bot.delivery.office import ENVIRONMENT
from tests.bot.web.pages.visitor import SITE, Visitor
from tests.databases import filled_database, opened
from tests.handlers.company import Company
from tests.handlers.conftest import opens


@pytest.fixture
def environment() -> Environment:
    return replace(ENVIRONMENT, pages_at=SITE)


@pytest.fixture
def company(backend: str, tmp_path: Path, environment: Environment) -> Iterator[Company]:
    with filled_database(backend, tmp_path, opens) as url, opened(url) as database:
        yield Company(database, environment=environment)


@pytest.fixture
def site(company: Company) -> FastAPI:
    return site_of(company)


def site_of(company: Company) -> FastAPI:
    """A process that serves the pages; several on one company share their database."""
    settings = settings_of(PLATFORMS).model_validate({})
    return create_web(settings, Current(company.environment), company.clock, company.database, {})


@pytest.fixture
async def visitor(site: FastAPI) -> AsyncIterator[Visitor]:
    async with Visitor.of(site) as browser:
        yield browser
