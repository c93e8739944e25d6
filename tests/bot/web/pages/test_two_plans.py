"""Two plans behind one address: a session is of one, and of the other only for who takes part in it."""

import re
from collections.abc import AsyncIterator
from dataclasses import replace
from html import unescape

import pytest
from fastapi import FastAPI

from bot.current import Current
from bot.platforms import PLATFORMS
from bot.settings import settings_of
from bot.web import Served, create_web
from bot.web.pages.cookies import SESSION
from planning.people.organisation import Organisation
from storage.database import Database
from tests.bot.delivery.office import ENVIRONMENT
from tests.bot.web.pages.visitor import SITE, Visitor, fields_of, link, room_of
from tests.handlers.company import Company
from tests.small_company import plan

pytestmark = pytest.mark.parametrize("backend", ["sqlite"])
COOKIE = f"__Host-{SESSION}"
PLANS = ("main", "south")


@pytest.fixture
def main(database: Database) -> Company:
    environment = replace(ENVIRONMENT, pages_at=SITE, plans=PLANS, plan_name="一厂")
    return Company(database, environment=environment).opens()


@pytest.fixture
def south(main: Company) -> Company:
    """Without the boss."""
    known = main.environment.organisation
    people = [one for one in known.people.values() if one.id != "boss"]
    environment = replace(
        main.environment, plan_name="二厂", organisation=Organisation.of(known.departments.values(), people)
    )
    company = Company(main.database.of_plan("south"), main.clock, environment)
    return company.opens(replace(plan(), id="south", name="二厂"))


@pytest.fixture
def site(main: Company, south: Company) -> FastAPI:
    settings = settings_of(PLATFORMS).model_validate({})
    beside = [Served(Current(south.environment), south.database)]
    return create_web(settings, Current(main.environment), main.clock, main.database, {}, others=beside)


@pytest.fixture
async def visitor(site: FastAPI) -> AsyncIterator[Visitor]:
    async with Visitor.of(site) as browser:
        yield browser


async def test_a_link_opens_the_plan_it_was_asked_of(main: Company, south: Company, visitor: Visitor) -> None:
    entered = await visitor.enter(await link(south, "lin"))
    assert entered.headers["location"] == "/overview?plan=south"
    assert "二厂" in await visitor.page("/overview")
    entered = await visitor.enter(await link(main, "lin"))
    assert entered.headers["location"] == "/overview?plan=main"
    assert "二厂" not in await visitor.page("/overview")


async def test_an_address_of_the_other_plan_shows_nothing_of_this_one(main: Company, visitor: Visitor) -> None:
    no = await main.proposes("han")
    await visitor.log_in(main, "lin")
    other = await visitor.open(f"/changes/{no}?plan=south")
    assert other.status_code == 409
    assert "设备故障" not in other.text
    assert (await visitor.open("/overview?plan=west")).status_code == 404
    assert f"/changes/{no}?plan=main" in await visitor.page("/changes?plan=main")


async def test_whatever_goes_wrong_the_way_back_leads_home(south: Company, visitor: Visitor) -> None:
    await visitor.log_in(south, "lin")
    for path in ("/overview?plan=main", "/overview?plan=west", "/items/NO-1", "/gantt/rows?at=x"):
        answer = await visitor.open(path)
        (home,) = re.findall(r'<a class="button" href="([^"]+)">', answer.text)
        assert "二厂" in await visitor.page(unescape(home)), path
    forged = await visitor.send("/out", csrf="made-up")
    assert 'href="/overview?plan=south"' in forged.text


@pytest.mark.parametrize("plan", ["main", "south", "west"])
async def test_which_plans_there_are_is_told_to_nobody(visitor: Visitor, plan: str) -> None:
    visitor.hold({COOKIE: "main.made-up"})
    answer = await visitor.open(f"/overview?plan={plan}")
    assert answer.status_code == 401
    assert "另一个计划" not in answer.text


async def test_one_changes_to_a_plan_one_takes_part_in(main: Company, visitor: Visitor) -> None:
    await visitor.log_in(main, "lin")
    before = visitor.cookies
    changed = await visitor.send("/plan", to="south", **fields_of(await visitor.open("/overview")))
    assert changed.headers["location"] == "/overview?plan=south"
    assert "二厂" in await visitor.page("/overview?plan=south")
    visitor.hold(before)
    assert (await visitor.open("/overview")).status_code == 401, "the session before is over"


async def test_and_to_no_other(main: Company, visitor: Visitor) -> None:
    await visitor.log_in(main, "boss")
    sign = fields_of(await visitor.open("/overview"))
    for to in ("south", "west", ""):
        assert (await visitor.send("/plan", to=to, **sign)).status_code == 404
    assert (await visitor.send("/plan", to="south", csrf="made-up")).status_code == 403
    assert "高总" in await visitor.page("/overview")


async def test_to_log_out_ends_the_sessions_of_every_plan(
    main: Company, south: Company, visitor: Visitor, site: FastAPI
) -> None:
    """Whoever has lost a phone does not know what it showed last."""
    async with Visitor.of(site) as phone:
        await phone.log_in(south, "lin")
        await visitor.log_in(main, "lin")
        left = await visitor.send("/out", **fields_of(await visitor.open("/overview")))
        assert "所有设备都要重新登录" in left.text
        assert (await phone.open("/overview")).status_code == 401
        await phone.log_in(south, "lin")
        await visitor.log_in(main, "han")
        told = await main.types("lin", "退出", room_of(main, "lin"), single=True)
        assert "已退出网页：1 处" in told
        assert (await phone.open("/overview")).status_code == 401
    assert "韩冬" in await visitor.page("/overview"), "and nobody else's"


async def test_a_browser_has_one_session(main: Company, south: Company, visitor: Visitor) -> None:
    await visitor.log_in(main, "lin")
    before = visitor.cookies
    await visitor.log_in(south, "lin")
    visitor.hold(before)
    assert (await visitor.open("/overview")).status_code == 401


async def test_a_session_of_one_plan_is_none_of_the_other(main: Company, visitor: Visitor) -> None:
    await visitor.log_in(main, "lin")
    visitor.hold({COOKIE: visitor.cookies[COOKIE].replace("main.", "south.")})
    assert (await visitor.open("/overview")).status_code == 401
