"""分享: it leads people of the company to a page, and shows nobody more than they may see."""

import re
from dataclasses import replace
from urllib.parse import quote

import httpx
import pytest
from fastapi import FastAPI

from planning.people.organisation import Organisation
from planning.trail.audit import Kind
from tests.bot.channels.conftest import Logged, logged
from tests.bot.web.pages.conftest import site_of
from tests.bot.web.pages.test_links import everything, rows_of
from tests.bot.web.pages.visitor import SITE, Visitor, fields_of
from tests.handlers.company import Company

__all__ = ["logged"]
SQLITE = pytest.mark.parametrize("backend", ["sqlite"])
MADE = re.compile(rf'value="{SITE}(/s/[\w.-]+)"')
PAGE = "/board?by=department"


async def shared(visitor: Visitor, path: str = PAGE, audience: str = "all", days: str = "1") -> str:
    """The address that a page gets, as a path."""
    asked = await visitor.open(f"/share?to={quote(path, safe='')}")
    assert asked.status_code == 200, asked.text
    made = await visitor.send("/share", **fields_of(asked), audience=audience, days=days)
    found = MADE.search(made.text)
    assert found, made.text
    return found[1]


@pytest.mark.both_databases
async def test_it_leads_whoever_logs_in_to_the_page(company: Company, visitor: Visitor, site: FastAPI) -> None:
    await visitor.log_in(company, "lin")
    assert f'href="/share?to={quote(PAGE, safe="/")}"' in await visitor.page(PAGE)
    path = await shared(visitor)
    async with Visitor.of(site) as other:
        asked = await other.open(path)
        assert asked.status_code == 401
        await other.log_in(company, "wang")
        led = await other.open(path)
        assert (led.status_code, led.headers["location"]) == (303, PAGE)
        assert "王五" in await other.page(led.headers["location"])
    assert "打开过 1 次" in await visitor.page("/share")


@pytest.mark.both_databases
async def test_every_address_that_leads_nowhere_is_one_page(
    company: Company, visitor: Visitor, site: FastAPI
) -> None:
    """Old, taken back, meant for others, of another plan, or made up; without a log-in all are the page to log in."""
    await visitor.log_in(company, "lin")
    foreign = await shared(visitor, audience="department:sales")
    taken_back = await shared(visitor)
    old = await shared(visitor)
    ids = await rows_of(company, "shared_pages", "id")
    asked = fields_of(await visitor.open("/share"))
    for id in ids:
        if id != await id_of(company, foreign):
            await visitor.send("/share/end", csrf=asked["csrf"], id=str(id))
    late = await shared(visitor)
    company.clock.move(days=1)
    good = await shared(visitor)
    made_up, elsewhere = good[:-4] + "aaaa", good.replace("main.", "south.")
    paths = (foreign, taken_back, old, late, made_up, elsewhere, "/s/x", "/s/main.", "/s/%2e%2e")
    async with Visitor.of(site) as stranger:
        pages = {re.sub(r"to=[^\"]*", "", (await stranger.open(path)).text) for path in (*paths, good)}
        assert len(pages) == 1
    async with Visitor.of(site) as other:
        await other.log_in(company, "wang")
        answers = [await other.open(path) for path in paths]
        assert {answer.status_code for answer in answers} == {410}
        assert len({answer.text for answer in answers}) == 1
        assert (await other.open(good)).status_code == 303


async def id_of(company: Company, path: str) -> str:
    from planning.people.web_access import hash_of

    found = await company.look(lambda turn: turn.uow.shared_pages.of(hash_of(path.rpartition(".")[2])))
    assert found
    return found.id


@SQLITE
async def test_nothing_of_the_page_stands_in_the_address(company: Company, visitor: Visitor) -> None:
    await visitor.log_in(company, "lin")
    path = await shared(visitor, "/gantt?department=sales", "role:approver")
    assert re.fullmatch(r"/s/main\.[\w-]{43}", path)


@SQLITE
async def test_the_address_stands_nowhere_but_on_the_page_that_made_it(
    company: Company, visitor: Visitor, logged: Logged
) -> None:
    await visitor.log_in(company, "lin")
    secret = (await shared(visitor)).rpartition(".")[2]
    await visitor.open(f"/s/main.{secret}")
    rows = await everything(company) + str(await rows_of(company, "shared_pages"))
    assert secret not in rows
    said = [line for line in str(logged).splitlines() if f" {SITE}" not in line]
    assert secret not in "".join(said), "somebody else than this browser wrote it down"
    answer = await visitor.open("/share")
    assert secret not in answer.text
    assert answer.headers["Referrer-Policy"] == "no-referrer"


@SQLITE
async def test_it_gives_no_right(company: Company, visitor: Visitor, site: FastAPI) -> None:
    """A page that is not for the opener refuses them as it does without the address."""
    await visitor.log_in(company, "lin")
    path = await shared(visitor, "/items/NO-SUCH")
    async with Visitor.of(site) as other:
        await other.log_in(company, "boss")
        led = await other.open(path)
        assert (await other.open(led.headers["location"])).status_code == 404


@SQLITE
async def test_whoever_moves_away_is_led_nowhere(company: Company, visitor: Visitor) -> None:
    await visitor.log_in(company, "lin")
    path = await shared(visitor, audience="department:production")
    known = company.environment.organisation
    moved = [replace(one, department="sales") if one.id == "wang" else one for one in known.people.values()]
    organisation = Organisation.of(known.departments.values(), moved)
    after = Company(company.database, company.clock, replace(company.environment, organisation=organisation))
    async with Visitor.of(site_of(after)) as other:
        await other.log_in(after, "wang")
        assert (await other.open(path)).status_code == 410


@pytest.mark.both_databases
async def test_only_who_made_it_or_an_admin_sees_it_and_takes_it_back(
    company: Company, visitor: Visitor, site: FastAPI
) -> None:
    await visitor.log_in(company, "lin")
    path = await shared(visitor)
    id = await id_of(company, path)
    async with Visitor.of(site) as other:
        await other.log_in(company, "wang")
        listed = await other.open("/share")
        assert id not in listed.text
        refused = await other.send("/share/end", csrf=fields_of(await other.open("/overview"))["csrf"], id=id)
        assert refused.status_code == 422
        assert (await other.open(path)).status_code == 303
    async with Visitor.of(site) as admin:
        await admin.log_in(company, "admin")
        listed = await admin.open("/share")
        assert "林静" in listed.text
        assert (await admin.send("/share/end", csrf=fields_of(listed)["csrf"], id=id)).status_code == 303
    assert (await visitor.open(path)).status_code == 410
    told = await company.look(lambda turn: [one.kind for one in turn.uow.audit.newest_first(9)])
    assert Kind.PAGE_SHARED in told
    assert told[0] == Kind.PAGE_UNSHARED


@SQLITE
@pytest.mark.parametrize(
    ("wrong", "says"),
    [({"audience": "department:nowhere"}, "没有选给谁"), ({"audience": ""}, "没有选给谁"),
     ({"days": "8"}, "最多分享 7 天"), ({"days": "x"}, "最多分享 7 天"),
     ({"path": "//evil.example/board"}, "能分享的是"), ({"path": "/out"}, "能分享的是")],
)  # fmt: skip
async def test_what_is_wrong_is_said_and_nothing_is_made(
    company: Company, visitor: Visitor, wrong: dict[str, str], says: str
) -> None:
    await visitor.log_in(company, "lin")
    asked = fields_of(await visitor.open(f"/share?to={quote(PAGE, safe='')}"))
    sent: httpx.Response = await visitor.send("/share", **{**asked, "audience": "role:approver", "days": "3", **wrong})
    assert sent.status_code == 422
    assert says in sent.text
    if "path" not in wrong:
        kept = "3" if "audience" in wrong else "role:approver"
        assert f'<option value="{kept}" selected>' in sent.text
    assert await rows_of(company, "shared_pages", "id") == []


@SQLITE
async def test_no_other_site_shares_or_takes_back(company: Company, visitor: Visitor) -> None:
    await visitor.log_in(company, "lin")
    id = await id_of(company, await shared(visitor))
    for form in ({}, {"csrf": "made-up"}):
        assert (await visitor.send("/share", path=PAGE, audience="all", days="1", **form)).status_code == 403
        assert (await visitor.send("/share/end", id=id, **form)).status_code == 403
    assert len(await rows_of(company, "shared_pages", "id")) == 1
    assert await rows_of(company, "shared_pages", "revoked_at") == [None]


@SQLITE
async def test_what_cannot_be_shared_offers_it_not(company: Company, visitor: Visitor) -> None:
    await visitor.log_in(company, "lin")
    assert "/share?to=" not in await visitor.page("/share")
    assert (await visitor.open("/share?to=//evil.example")).status_code == 422
