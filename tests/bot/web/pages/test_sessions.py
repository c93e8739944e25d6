"""Sessions: seven days of idleness, ended everywhere at once, and never more than what somebody may today."""

from dataclasses import replace

import pytest
from fastapi import FastAPI

from bot.current import Current
from bot.web.pages.cookies import SESSION
from bot.web.pages.render import TABS
from bot.web.pages.visit import Visit
from bot.web.platform.dependencies import Desk
from planning.people.organisation import Organisation, Person, Role
from planning.people.web_access import hash_of
from planning.trail.audit import Kind
from tests.bot.web.pages.conftest import site_of
from tests.bot.web.pages.visitor import Visitor, fields_of, link, room_of
from tests.handlers.company import Company

SQLITE = pytest.mark.parametrize("backend", ["sqlite"])
COOKIE = f"__Host-{SESSION}"


@SQLITE
async def test_nobody_sees_anything_without_one(visitor: Visitor) -> None:
    one = "/changes/CR-20261123-001"
    for path in (*(f"/{tab}" for tab in TABS), one, f"{one}/picture.svg", "/live"):
        answer = await visitor.open(path)
        assert answer.status_code == 401, path
        assert "MO-1" not in answer.text
        assert "一厂" not in answer.text


@SQLITE
async def test_the_way_in_names_the_page_one_wanted(visitor: Visitor) -> None:
    assert "链接 CR-20261123-001" in (await visitor.open("/changes/CR-20261123-001")).text


@SQLITE
async def test_the_cookie_is_for_this_site_alone(company: Company, visitor: Visitor) -> None:
    entered = await visitor.enter(await link(company, "boss"))
    (session,) = [one for one in entered.headers.get_list("set-cookie") if one.startswith(COOKIE)]
    assert {part.strip().lower() for part in session.split(";")[1:]} == {
        "httponly", "secure", "samesite=lax", "path=/", "max-age=604800",
    }  # fmt: skip


@SQLITE
async def test_without_encryption_it_has_its_plain_name(company: Company) -> None:
    """As at a demo's own address."""
    company.environment = replace(company.environment, pages_at="http://127.0.0.1:8080")
    async with Visitor.of(site_of(company)) as visitor:
        entered = await visitor.open("/in/x.y")
        assert "__Host-" not in entered.headers["set-cookie"]
        assert "Secure" not in entered.headers["set-cookie"]


@pytest.mark.both_databases
async def test_it_is_over_after_seven_idle_days(company: Company, visitor: Visitor) -> None:
    await visitor.log_in(company, "boss")
    for _ in range(5):
        company.clock.move(days=6)
        await visitor.page("/overview")
    company.clock.move(days=7)
    assert "登录已经失效" in (await visitor.open("/overview")).text


@SQLITE
async def test_reading_pages_writes_nothing_for_an_hour(company: Company, visitor: Visitor) -> None:
    await visitor.log_in(company, "boss")
    seen = await seen_at(company, visitor)
    company.clock.move(minutes=59)
    await visitor.page("/overview")
    assert await seen_at(company, visitor) == seen
    company.clock.move(minutes=2)
    await visitor.page("/overview")
    assert await seen_at(company, visitor) > seen


@SQLITE
async def test_as_long_as_it_is_kept_the_browser_keeps_its_cookie(company: Company, visitor: Visitor) -> None:
    """Whoever comes each day is never logged out, be it by their browser."""
    await visitor.log_in(company, "boss")
    for path in ("/overview", "/items/MO-1", "/gantt/rows"):
        company.clock.move(minutes=59)
        assert "set-cookie" not in (await visitor.open(path)).headers
        company.clock.move(minutes=2)
        kept = (await visitor.open(path)).headers["set-cookie"]
        assert kept.startswith(f"{COOKIE}={visitor.cookies[COOKIE]};")
        assert "Max-Age=604800" in kept


@SQLITE
async def test_an_open_page_that_only_listens_uses_nothing(company: Company, visitor: Visitor) -> None:
    """Its answer began long ago: a use that it noted would renew no cookie, nor let the next page."""
    await visitor.log_in(company, "boss")
    here = Visit(Desk(Current(company.environment), company.clock, company.database, {}), visitor.cookies[COOKIE][5:])
    company.clock.move(hours=2)
    assert await here.stands()
    assert "set-cookie" in (await visitor.open("/overview")).headers
    await company.types("boss", "退出", room_of(company, "boss"), single=True)
    assert not await here.stands()


async def seen_at(company: Company, visitor: Visitor) -> float:
    digest = hash_of(visitor.cookies[COOKIE].rpartition(".")[2])
    session = await company.look(lambda turn: turn.uow.web_sessions.of(digest))
    assert session
    return session.seen_at.timestamp()


async def test_a_log_in_begins_another_one_and_ends_the_one_before(
    company: Company, visitor: Visitor, site: FastAPI
) -> None:
    await visitor.log_in(company, "boss")
    before = visitor.cookies
    await visitor.log_in(company, "boss")
    assert visitor.cookies[COOKIE] != before[COOKIE]
    async with Visitor.of(site) as stolen:
        stolen.hold(before)
        assert (await stolen.open("/overview")).status_code == 401


@pytest.mark.both_databases
async def test_to_log_out_ends_them_in_every_browser(company: Company, visitor: Visitor, site: FastAPI) -> None:
    async with Visitor.of(site) as phone:
        await phone.log_in(company, "boss")
        await visitor.log_in(company, "boss")
        left = await visitor.send("/out", **fields_of(await visitor.open("/overview")))
        assert left.status_code == 200
        assert "所有设备都要重新登录" in left.text
        assert (await phone.open("/overview")).status_code == 401
        assert (await visitor.open("/overview")).status_code == 401
    (newest,) = await company.look(lambda turn: turn.uow.audit.newest_first(1))
    assert (newest.kind, newest.actor) == (Kind.LINK_REVOKED, "boss")


async def test_the_chat_logs_out_as_well(company: Company, visitor: Visitor) -> None:
    """Whoever has lost a phone has no page to press on."""
    await visitor.log_in(company, "boss")
    told = await company.types("boss", "退出", room_of(company, "boss"), single=True)
    assert told.startswith("已退出网页：1 处")
    assert (await visitor.open("/overview")).status_code == 401
    assert (await company.types("boss", "退出", room_of(company, "boss"), single=True)).startswith("你没有登录网页")


@SQLITE
async def test_whoever_leaves_is_out(company: Company, visitor: Visitor, site: FastAPI) -> None:
    await visitor.log_in(company, "boss")
    people = [one for one in company.environment.organisation.people.values() if one.id != "boss"]
    async with Visitor.of(_with(company, people)) as after:
        after.hold(visitor.cookies)
        assert (await after.open("/overview")).status_code == 401
    opened = await link(company, "boss")
    async with Visitor.of(_with(company, people)) as after:
        assert (await after.enter(opened)).status_code == 410


@SQLITE
@pytest.mark.parametrize(
    "now", [{"roles": frozenset()}, {"roles": frozenset({Role.ADMIN})}, {"department": "sales"}], ids=str
)
async def test_whoever_becomes_something_else_logs_in_again(
    company: Company, visitor: Visitor, now: dict[str, object]
) -> None:
    await visitor.log_in(company, "lin")
    known = company.environment.organisation.people
    people = [replace(one, **now) if one.id == "lin" else one for one in known.values()]  # type: ignore[arg-type]
    async with Visitor.of(_with(company, people)) as after:
        after.hold(visitor.cookies)
        answer = await after.open("/overview")
        assert answer.status_code == 401
        assert "角色变了" in answer.text


@SQLITE
@pytest.mark.parametrize("sign", ["", "made-up", None])
async def test_a_form_of_another_site_does_nothing(company: Company, visitor: Visitor, sign: str | None) -> None:
    await visitor.log_in(company, "boss")
    answer = await visitor.send("/out", **({} if sign is None else {"csrf": sign}))
    assert answer.status_code == 403
    assert await visitor.page("/overview")


@SQLITE
async def test_the_sign_of_one_session_is_nothing_in_another(
    company: Company, visitor: Visitor, site: FastAPI
) -> None:
    async with Visitor.of(site) as mallory:
        await mallory.log_in(company, "han")
        theirs = fields_of(await mallory.open("/overview"))["csrf"]
    await visitor.log_in(company, "boss")
    assert (await visitor.send("/out", csrf=theirs)).status_code == 403


@SQLITE
@pytest.mark.parametrize("value", ["", "main.", "main.aa", "other.aa", ".", "main", "ma\x7fin.x", "main." + "a" * 5000])
async def test_made_up_cookies_are_nobody(visitor: Visitor, value: str) -> None:
    visitor.hold({COOKIE: value})
    assert (await visitor.open("/overview")).status_code == 401


def _with(company: Company, people: list[Person]) -> FastAPI:
    """The pages after the settings name these people."""
    departments = company.environment.organisation.departments
    environment = replace(company.environment, organisation=Organisation.of(departments.values(), people))
    return site_of(Company(company.database, company.clock, environment))
