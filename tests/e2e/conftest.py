"""The real demo, and a browser in front of it."""

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser

from tests.browser import open_browser
from tests.scenarios.conftest import play

__all__ = ["play"]


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with open_browser() as opened:
        yield opened
