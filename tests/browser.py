"""A real browser for tests: Debian's Chromium, driven by Playwright."""

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from playwright.async_api import Browser, BrowserContext, Page, async_playwright, expect

DESKTOP = (1440, 900)
PHONE = (390, 844)
PATIENCE = 15_000
"""Milliseconds until something awaited on the page counts as missing: only a failing test waits so long."""
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@asynccontextmanager
async def open_browser() -> AsyncIterator[Browser]:
    """A headless Chromium. Without one the test is skipped with the reason; where `CI` is set, it fails."""
    expect.set_options(timeout=PATIENCE)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=_chromium(), args=QUIET)
        try:
            yield browser
        finally:
            await browser.close()


@asynccontextmanager
async def open_page(
    browser: Browser, address: str, size: tuple[int, int] = DESKTOP, *, expects: tuple[str, ...] = ()
) -> AsyncIterator[Page]:
    """One window on an address. Anything the page complains about in its console fails the test at the end, but lines
    with a word of `expects`: of a server that is killed under it the browser itself writes lines there."""
    context = await browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        has_touch=size == PHONE,
        is_mobile=size == PHONE,
        reduced_motion="reduce",
    )
    context.set_default_timeout(PATIENCE)
    complaints: list[str] = []
    _listen(context, complaints)
    try:
        page = await context.new_page()
        await page.goto(address)
        yield page
    finally:
        await context.close()
    left = [line for line in complaints if not any(word in line for word in expects)]
    assert left == [], left


def _listen(context: BrowserContext, complaints: list[str]) -> None:
    context.on("weberror", lambda error: complaints.append(str(error.error)))
    context.on(
        "console",
        lambda line: complaints.append(line.text)
        # A refused click is an HTTP error by design, and the browser writes each one down.
        if line.type == "error" and "the server responded with a status of" not in line.text
        else None,
    )


def _chromium() -> str:
    """Where the browser is: `CHROMIUM`, or the usual names on the path."""
    found = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if found:
        return found
    reason = "no Chromium here: install it (Debian: apt-get install chromium) or set CHROMIUM to its path"
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)
