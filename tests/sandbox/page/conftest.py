"""A served page over a scripted town, and a browser to look at it."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
from fastapi import FastAPI
from playwright.async_api import Browser

from sandbox.page import create_page
from sandbox.server import serving
from tests.browser import open_browser
from tests.sandbox.page.town import EXAMPLES, Town


@dataclass(frozen=True)
class Stage:
    """The page with everything behind it."""

    town: Town
    app: FastAPI
    address: str

    def seen_by(self, person: str) -> str:
        return f"{self.address}/?as={person}"


@pytest.fixture
def town() -> Town:
    return Town()


@pytest.fixture
def app(town: Town) -> FastAPI:
    return create_page(
        town,
        next_morning=town.next_morning,
        title="星河电子（示例公司）",
        examples=EXAMPLES,
        open_plan=town.open_plan,
    )


@pytest.fixture
async def stage(town: Town, app: FastAPI) -> AsyncIterator[Stage]:
    async with serving(app) as address:
        yield Stage(town, app, address)
        app.state.close()


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with open_browser() as opened:
        yield opened
