"""axe-core's rules on every page in each of its states, light and dark: nothing that breaks one."""

import re

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Page

from tests.browser import open_page
from tests.e2e.looks import LINK, PATHS, PERSON, ROOM, SCHEMES, SIZES, begun, logged_in
from tests.scenarios.play import Play

RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
TWICE = "document.documentElement.style.fontSize = '200%'"
CUT_OFF = """() => [...document.querySelectorAll("main *, header *, nav *")].filter((one) =>
  [...one.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim()) && one.checkVisibility() &&
  !one.closest("svg") && getComputedStyle(one).overflow !== "visible" && getComputedStyle(one).clipPath === "none" &&
  one.scrollHeight > one.clientHeight + 2 && getComputedStyle(one).webkitLineClamp === "none"
).map((one) => one.outerHTML.slice(0, 120))"""
"""Words whose lower half is cut away."""


@pytest.mark.parametrize("size", [SIZES[0], SIZES[-1]], ids=["a phone", "a screen"])
async def test_no_page_keeps_anybody_out(play: Play, browser: Browser, size: tuple[int, int]) -> None:
    paths = {**PATHS, **await begun(play)}
    async with logged_in(browser, play, size) as page:
        found = {name: await broken(page, f"{play.stage.address}{path}") for name, path in paths.items()}
    assert {name: each for name, each in found.items() if each} == {}


async def test_the_way_in_keeps_nobody_out(play: Play, browser: Browser) -> None:
    link = LINK.search(await play.say(ROOM, PERSON, "链接"))
    assert link
    async with open_page(browser, link[1], SIZES[0]) as page:
        for path in (link[1], re.sub(r"/in/.*", "/overview", link[1])):
            assert await broken(page, path) == [], path


async def test_what_keeps_people_out_is_found(play: Play, browser: Browser) -> None:
    """The rules are in force: a field without a name, and words as pale as their ground."""
    async with logged_in(browser, play, SIZES[0]) as page:
        await page.goto(f"{play.stage.address}/exceptions")
        await page.evaluate("document.querySelector('label').replaceWith(document.querySelector('label select'))")
        await page.evaluate("document.querySelector('h1').style.color = '#ddd'")
        told = " ".join(await rules_broken(page))
    assert "select-name" in told
    assert "color-contrast" in told


@pytest.mark.parametrize("size", [SIZES[1], SIZES[-1]], ids=["a phone", "a screen"])
async def test_words_twice_as_large_are_all_there(play: Play, browser: Browser, size: tuple[int, int]) -> None:
    paths = {**PATHS, **await begun(play)}
    async with logged_in(browser, play, size) as page:
        for name, path in paths.items():
            await page.goto(f"{play.stage.address}{path}")
            await page.evaluate(TWICE)
            assert await page.evaluate("document.documentElement.scrollWidth") <= size[0], name
            assert await page.evaluate(CUT_OFF) == [], name


async def broken(page: Page, address: str) -> list[str]:
    """What axe-core finds there in either scheme."""
    await page.goto(address)
    found = []
    for scheme in SCHEMES:
        await page.emulate_media(color_scheme=scheme)
        found += [f"{scheme}: {one}" for one in await rules_broken(page)]
    return found


async def rules_broken(page: Page) -> list[str]:
    """Each rule with its weight and what breaks it."""
    told = await Axe().run(page, options=RULES)
    return [
        f"{rule['id']} ({rule['impact']}): {node['html'][:160]}"
        for rule in told.response["violations"]
        for node in rule["nodes"]
    ]
