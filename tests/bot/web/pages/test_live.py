"""An open page hears of what happened since it was drawn, and of nothing that already stands on it."""

import asyncio
import re
from pathlib import Path

import pytest

from bot.current import Current
from bot.platforms import PLATFORMS
from bot.settings import settings_of
from bot.web import create_web
from bot.web.pages.live import Lookout, _stream, last_heard
from bot.web.pages.visit import Visit
from bot.web.platform.dependencies import Desk
from tests.bot.web.pages.visitor import SITE, Visitor, fields_of
from tests.databases import filled_database, opened
from tests.handlers.company import PLANNING, Company
from tests.handlers.conftest import opens
from tests.handlers.governed import governed

FAR = 10**6
"""A stamp that no trail here comes to."""
SQLITE = pytest.mark.parametrize("backend", ["sqlite"])
STAMP = re.compile(r'data-stamp="(\d+)"')


def stamp_in(page: str) -> int:
    found = STAMP.search(page)
    assert found
    return int(found[1])


@pytest.fixture
def desk(company: Company) -> Desk:
    return Desk(Current(company.environment), company.clock, company.database, {})


@SQLITE
async def test_what_was_pressed_is_no_news_to_the_page_that_tells_of_it(
    company: Company, visitor: Visitor, desk: Desk
) -> None:
    """The process has not looked since: what it knows is older than the page."""
    no = await company.proposes("han")
    await visitor.log_in(company, "wang")
    opened = await visitor.open(f"/changes/{no}")
    lookout = Lookout(desk, stamp=stamp_in(opened.text))
    pressed = await visitor.send(f"/changes/{no}", verb="approve", comment="", **fields_of(opened))
    assert stamp_in(pressed.text) > lookout.stamp
    waits = asyncio.create_task(lookout.newer(stamp_in(pressed.text)))
    await asyncio.sleep(0)
    assert not waits.done()
    await company.proposes("lin", "改期 RC-1 到 2027-01-20 因为 停机")
    assert await waits > stamp_in(pressed.text)


@pytest.mark.parametrize(("named", "heard"), [("17", 17), ("", 0), ("-1", 0), ("²", 0), ("x", 0), ("9" * 5000, 0)])
def test_a_browser_that_comes_again_names_what_it_heard_last(named: str, heard: int) -> None:
    assert last_heard({"last-event-id": named}) == heard


@SQLITE
async def test_a_word_carries_the_stamp_that_the_page_then_has(company: Company, visitor: Visitor, desk: Desk) -> None:
    await visitor.log_in(company, "boss")
    token = next(iter(visitor.cookies.values())).rpartition(".")[2]
    before = stamp_in(await visitor.page("/overview"))
    await company.proposes("han")
    stream = _stream(Visit(desk, token), Lookout(desk), before)
    word = await anext(stream)
    assert (word.event, int(str(word.id))) == ("plan", stamp_in(await visitor.page("/overview")))


async def test_other_settings_look_at_the_visitor_again(tmp_path: Path) -> None:
    """Whatever brings them into force: here their day, of which the trail says nothing."""
    with filled_database("sqlite", tmp_path, opens) as url, opened(url) as database:
        company = governed(database, server={"public_url": SITE})
        app = create_web(
            settings_of(PLATFORMS).model_validate({}), company.current, company.clock, database, {}
        )
        async with Visitor.of(app) as visitor:
            await visitor.log_in(company, "boss")
            token = next(iter(visitor.cookies.values())).rpartition(".")[2]
            stream = _stream(
                Visit(Desk(company.current, company.clock, database, {}), token),
                Lookout(Desk(company.current, company.clock, database, {}), stamp=FAR), FAR,
            )  # fmt: skip
            waits = asyncio.ensure_future(anext(stream))
            await asyncio.sleep(0)
            await asyncio.sleep(0)
            await company.types("admin", "人员 高总 停用", PLANNING)
            assert (await waits).event == "over"
