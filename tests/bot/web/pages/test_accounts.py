"""Log-in with a platform's account: four ways to be known, and none to be taken for somebody else."""

import asyncio
import re
from collections.abc import AsyncIterator
from dataclasses import replace
from urllib.parse import parse_qs, quote, urlencode, urlsplit

import pytest

from bot.channels.common.log_in import ClientScript, NotAccepted
from bot.web.pages.attempts import ALL_A_DAY, EACH_A_DAY
from bot.web.pages.cookies import AWAY, SESSION
from planning.people.organisation import Organisation, Role
from planning.trail.audit import Kind
from sandbox.wecom.refusal import Refusal
from storage.delivery.calls import CallKind
from tests.bot.channels.conftest import Logged, logged
from tests.bot.web.pages.platforms import HTML, INSIDE, NEW, OUTSIDER, SECRET, Accounts, with_accounts
from tests.bot.web.pages.test_links import everything, rows_of
from tests.bot.web.pages.visitor import SITE, Visitor, fields_of, link
from tests.handlers.company import PRODUCTION, Company

__all__ = ["logged"]
SQLITE = pytest.mark.parametrize("backend", ["sqlite"])
HOLDS, GOES = f"__Host-{SESSION}", f"__Host-{AWAY}"
PLATFORMS = ("dingtalk", "wecom")
BOTH = pytest.mark.parametrize("platform", PLATFORMS)
EVIL = [
    "//evil.example", "https://evil.example", "/\\evil.example", "\\\\evil.example", "/%5Cevil.example\\", "@evil",
    "/overview\r\nSet-Cookie: a=b", "/overview\x00", "http:evil.example", "///evil.example", "/\t/evil.example",
    "javascript:1", "/login/dingtalk?to=/login/wecom", "/in/main.abc", "/out",
]  # fmt: skip


@pytest.fixture
async def accounts(company: Company) -> AsyncIterator[Accounts]:
    async with with_accounts(company) as served:
        yield served


@pytest.fixture
async def visitor(accounts: Accounts) -> AsyncIterator[Visitor]:
    async with Visitor.of(accounts.site) as browser:
        yield browser


# -- the four ways --------------------------------------------------------------------------------------------


@pytest.mark.both_databases
@BOTH
async def test_a_scanned_code_logs_in(accounts: Accounts, visitor: Visitor, platform: str) -> None:
    back = await accounts.scanned(visitor, platform, accounts.person("lin"), "/gantt?days=56")
    entered = await visitor.open(back)
    assert (entered.status_code, entered.headers["location"]) == (303, "/gantt?days=56")
    assert "林静" in await visitor.page("/overview")
    (newest,) = await accounts.company.look(lambda turn: turn.uow.audit.newest_first(1))
    assert (newest.kind, newest.actor) == (Kind.LOGGED_IN, "lin")


@SQLITE
async def test_inside_wecom_it_takes_no_tap(accounts: Accounts, visitor: Visitor) -> None:
    agent = {"user-agent": INSIDE["wecom"], **HTML}
    sent = await visitor.open("/changes?page=2", **agent)
    begun = await visitor.open(sent.headers["location"], **agent)
    back = accounts.wecom.log_in.open_inside(begun.headers["location"], accounts.person("lin"))
    entered = await visitor.open(back.removeprefix(SITE), **agent)
    assert entered.headers["location"] == "/changes?page=2"
    assert "林静" in await visitor.page("/overview")


@pytest.mark.both_databases
async def test_inside_dingtalk_its_script_asks(accounts: Accounts, visitor: Visitor) -> None:
    """What the script does is done here by hand; a browser runs it in tests/e2e."""
    agent = {"user-agent": INSIDE["dingtalk"], **HTML}
    sent = await visitor.open("/board", **agent)
    shown = await visitor.open(sent.headers["location"], **agent)
    data = dict(re.findall(r'data-(\w+)="([^"]*)"', shown.text))
    code = accounts.dingtalk.log_in.code(accounts.person("boss"), data["corp"], data["client"])
    entered = await visitor.send("/login/dingtalk/back", **{**fields_of(shown), "code": code})
    assert (entered.status_code, entered.headers["location"]) == (303, "/board")
    assert "高总" in await visitor.page("/overview")


@SQLITE
async def test_only_that_page_may_load_the_platforms_script(accounts: Accounts, visitor: Visitor) -> None:
    agent = {"user-agent": INSIDE["dingtalk"]}
    shown = await visitor.open("/login/dingtalk", **agent)
    assert f"script-src 'self' {accounts.address};" in shown.headers["Content-Security-Policy"] + ";"
    assert f'<script src="{accounts.address}/dingtalk.open.js">' in shown.text
    await visitor.log_in(accounts.company, "boss")
    for path in ("/overview", "/login", "/login/wecom/back", "/login/dingtalk/client.js"):
        policy = (await visitor.open(path, **agent)).headers["Content-Security-Policy"]
        assert accounts.address not in policy
        assert "unsafe" not in policy


@SQLITE
async def test_without_a_company_a_client_has_the_page_of_browsers(
    accounts: Accounts, visitor: Visitor, company: Company
) -> None:
    """Where the settings do not name it and nobody's message has pinned it yet."""
    way = accounts.ways["dingtalk"]
    way._corp_id = ""  # type: ignore[attr-defined]
    agent = {"user-agent": INSIDE["dingtalk"]}
    begun = await visitor.open("/login/dingtalk", **agent)
    assert begun.headers["location"].startswith(f"{accounts.address}/oauth2/auth?")

    await company.office.write(lambda uow: uow.companies.pin("dingtalk", "dingcorp", company.clock.now()))
    assert 'data-corp="dingcorp"' in (await visitor.open("/login/dingtalk", **agent)).text


@SQLITE
@BOTH
async def test_whoever_has_no_session_is_offered_every_way(accounts: Accounts, visitor: Visitor, platform: str) -> None:
    asked = await visitor.open("/changes/CR-20261123-001?plan=main")
    assert asked.status_code == 401
    assert f'href="/login/{platform}?to={quote("/changes/CR-20261123-001?plan=main", safe="")}"' in asked.text
    assert "链接 CR-20261123-001" in asked.text


@SQLITE
async def test_where_no_app_is_set_up_there_is_the_link_alone(company: Company) -> None:
    from tests.bot.web.pages.conftest import site_of

    async with Visitor.of(site_of(company)) as visitor:
        asked = await visitor.open("/overview", **{"user-agent": INSIDE["wecom"], **HTML})
        assert asked.status_code == 401
        assert "/login/" not in asked.text
        assert (await visitor.open("/login/wecom")).status_code == 404
        assert (await visitor.open("/login/wecom/back?code=a&state=b")).status_code == 400


# -- in the chat ----------------------------------------------------------------------------------------------


@SQLITE
async def test_in_a_group_the_address_is_the_same_for_all(accounts: Accounts, visitor: Visitor) -> None:
    """Where people log in with their accounts: nothing that is only one's stands there."""
    environment = accounts.company.environment
    traits = {
        name: replace(one, logs_in=one.prefix == "dingtalk") for name, one in environment.platforms.by_prefix.items()
    }
    known = replace(environment, platforms=replace(environment.platforms, by_prefix=traits))
    company = Company(accounts.company.database, accounts.company.clock, known)
    told = {await company.types(person, "链接 看板", PRODUCTION) for person in ("wang", "han")}
    assert len(told) == 1
    assert f"({SITE}/board)" in told.pop()
    assert await rows_of(company, "one_time_links", "id") == []
    assert "/in/" in await link(company, "wang")


# -- what is not let in ---------------------------------------------------------------------------------------


@SQLITE
@BOTH
async def test_outsiders_are_nobody_whatever_their_id(accounts: Accounts, visitor: Visitor, platform: str) -> None:
    refused = await visitor.open(await accounts.scanned(visitor, platform, OUTSIDER))
    assert refused.status_code == 403
    assert "不是本公司的成员" in refused.text
    assert "吴凡" not in refused.text
    assert HOLDS not in visitor.cookies


@SQLITE
async def test_dingtalks_client_gives_outsiders_no_code(accounts: Accounts) -> None:
    with pytest.raises(Exception, match="corpId"):
        accounts.dingtalk.log_in.code(OUTSIDER, "dingcorp", "ding1")


@pytest.mark.both_databases
@BOTH
async def test_a_member_who_is_not_among_the_people_is_told_whom_to_ask(
    accounts: Accounts, visitor: Visitor, platform: str
) -> None:
    refused = await visitor.open(await accounts.scanned(visitor, platform, NEW))
    assert refused.status_code == 403
    assert "吴凡" in refused.text
    assert f"账号 {NEW.dingtalk if platform == 'dingtalk' else NEW.wecom}）" in refused.text
    assert "MO-1" not in refused.text
    assert HOLDS not in visitor.cookies


@SQLITE
@BOTH
async def test_a_code_is_used_once(accounts: Accounts, visitor: Visitor, platform: str) -> None:
    """By whoever has begun for themselves, with the code that somebody else has used."""
    back = await accounts.scanned(visitor, platform, accounts.person("lin"))
    assert (await visitor.open(back)).status_code == 303
    async with Visitor.of(accounts.site) as thief:
        theirs = await accounts.scanned(thief, platform, OUTSIDER)
        assert (await thief.open(with_code_of(back, theirs))).status_code == 400
        assert HOLDS not in thief.cookies


@SQLITE
@BOTH
async def test_a_code_lives_for_five_minutes(accounts: Accounts, visitor: Visitor, platform: str) -> None:
    back = await accounts.scanned(visitor, platform, accounts.person("lin"))
    accounts.company.clock.move(minutes=5)
    late = await visitor.open(back)
    assert late.status_code == 400
    assert "已经用过或过期" in late.text


@SQLITE
async def test_a_code_of_another_way_or_app_is_none(accounts: Accounts, visitor: Visitor) -> None:
    """What the client gives is no code of the page for browsers, and the other way round."""
    log_in, boss = accounts.dingtalk.log_in, accounts.person("boss")
    back = await accounts.scanned(visitor, "dingtalk", OUTSIDER)
    of_client = log_in.code(boss, "dingcorp", "ding1")
    assert (await visitor.open(with_code(back, of_client))).status_code == 400
    shown = await visitor.open("/login/dingtalk", **{"user-agent": INSIDE["dingtalk"]})
    of_browser = code_in(await accounts.scanned(visitor, "dingtalk", boss))
    fields = {**fields_of(shown), "code": of_browser}
    assert (await visitor.send("/login/dingtalk/back", **fields)).status_code == 400
    with pytest.raises(Exception, match="clientId"):
        log_in.code(boss, "dingcorp", "ding-of-another")
    assert HOLDS not in visitor.cookies


@pytest.mark.both_databases
@BOTH
async def test_a_state_is_used_once(accounts: Accounts, visitor: Visitor, platform: str) -> None:
    """Even by a browser that kept it, with a code that is good."""
    back = await accounts.scanned(visitor, platform, accounts.person("lin"))
    held = visitor.cookies
    assert (await visitor.open(back)).status_code == 303
    visitor.hold(held)
    simulator = accounts.dingtalk if platform == "dingtalk" else accounts.wecom
    fresh = simulator.log_in._codes.issue(accounts.person("lin"), "browser" if platform == "dingtalk" else "app")
    asked = sum(simulator.calls.values())
    assert (await visitor.open(with_code(back, fresh))).status_code == 400
    assert sum(simulator.calls.values()) == asked, "the platform is not even asked"
    assert HOLDS not in visitor.cookies


@SQLITE
@BOTH
async def test_a_state_is_of_one_browser(accounts: Accounts, visitor: Visitor, platform: str) -> None:
    """Whoever sends somebody their own way back would have them log in as themselves: two browsers, and swapped."""
    mallory = await accounts.scanned(visitor, platform, accounts.person("he"))
    async with Visitor.of(accounts.site) as victim:
        assert (await victim.open(mallory)).status_code == 400
        await victim.open(f"/login/{platform}")
        assert (await victim.open(mallory)).status_code == 400
        assert HOLDS not in victim.cookies
        own = await accounts.scanned(victim, platform, accounts.person("lin"))
        swapped = own.replace(state_in(own), state_in(mallory))
        assert (await victim.open(swapped)).status_code == 400
        assert HOLDS not in victim.cookies
    assert (await visitor.open(mallory)).status_code == 303


@SQLITE
@BOTH
async def test_a_state_of_one_platform_is_none_of_another(accounts: Accounts, visitor: Visitor, platform: str) -> None:
    """Not even with a code that is good there."""
    other = "wecom" if platform == "dingtalk" else "dingtalk"
    state = state_in(await accounts.scanned(visitor, other, accounts.person("lin")))
    simulator = accounts.dingtalk if platform == "dingtalk" else accounts.wecom
    code = simulator.log_in._codes.issue(accounts.person("lin"), "browser" if platform == "dingtalk" else "app")
    query = urlencode({"authCode" if platform == "dingtalk" else "code": code, "state": state})
    assert (await visitor.open(f"/login/{platform}/back?{query}")).status_code == 400
    assert HOLDS not in visitor.cookies


@SQLITE
@BOTH
async def test_a_state_lives_for_ten_minutes(accounts: Accounts, visitor: Visitor, platform: str) -> None:
    await accounts.scanned(visitor, platform, accounts.person("lin"))
    held = visitor.cookies
    accounts.company.clock.move(minutes=10, seconds=1)
    simulator = accounts.dingtalk if platform == "dingtalk" else accounts.wecom
    code = simulator.log_in._codes.issue(accounts.person("lin"), "browser" if platform == "dingtalk" else "app")
    query = urlencode({"authCode" if platform == "dingtalk" else "code": code, "state": held[GOES].split(".")[1]})
    assert (await visitor.open(f"/login/{platform}/back?{query}")).status_code == 400


@SQLITE
@pytest.mark.parametrize("query", ["", "?code=a", "?state=b", "?code=&state=", "?code=a&state=é", "?state=" + "a" * 99])
async def test_what_is_made_up_asks_no_platform(accounts: Accounts, visitor: Visitor, query: str) -> None:
    await visitor.open("/login/wecom")
    for platform in (*PLATFORMS, "nowhere"):
        assert (await visitor.open(f"/login/{platform}/back{query}")).status_code == 400
    assert sum(accounts.wecom.calls.values()) + sum(accounts.dingtalk.calls.values()) == 0


@SQLITE
async def test_a_preview_of_the_way_back_spends_nothing(accounts: Accounts, visitor: Visitor) -> None:
    back = await accounts.scanned(visitor, "wecom", accounts.person("lin"))
    for _ in range(10):
        async with Visitor.of(accounts.site) as previewer:
            assert (await previewer.open(back)).status_code == 400
    assert (await visitor.open(back)).status_code == 303


@SQLITE
@BOTH
@pytest.mark.parametrize("to", EVIL)
async def test_nobody_is_sent_elsewhere(accounts: Accounts, visitor: Visitor, platform: str, to: str) -> None:
    entered = await visitor.open(await accounts.scanned(visitor, platform, accounts.person("lin"), to))
    assert entered.status_code == 303
    wanted = entered.headers["location"]
    assert wanted == "/overview" or (wanted.startswith("/%5C") and not urlsplit(wanted).netloc)
    assert len(entered.headers.get_list("set-cookie")) == 2


@SQLITE
async def test_the_way_back_is_ours_whatever_host_is_asked(accounts: Accounts, visitor: Visitor) -> None:
    for path in ("/login/wecom", "/login/dingtalk", "/login", "/overview"):
        answer = await visitor.open(path, host="evil.example", **{"x-forwarded-host": "evil.example"})
        assert "evil.example" not in f"{answer.headers}{answer.text}"
    begun = await visitor.open("/login/wecom", host="evil.example")
    asked = parse_qs(urlsplit(begun.headers["location"]).query)
    assert asked["redirect_uri"] == [f"{SITE}/login/wecom/back"]
    assert re.fullmatch("[a-zA-Z0-9]{43,128}", asked["state"][0])


@SQLITE
async def test_wecom_sends_nobody_back_to_a_domain_it_does_not_trust(accounts: Accounts, visitor: Visitor) -> None:
    begun = await visitor.open("/login/wecom")
    for trusted in ("", "plan.example.com:8443", "example.com"):
        accounts.wecom.log_in.trusted = trusted
        with pytest.raises(Refusal) as refusal:
            accounts.wecom.log_in.scan(begun.headers["location"], accounts.person("lin"))
        assert refusal.value.errcode == 50001


# -- sessions -------------------------------------------------------------------------------------------------


@SQLITE
@BOTH
async def test_a_session_from_before_is_none_afterwards(accounts: Accounts, visitor: Visitor, platform: str) -> None:
    """Neither one that somebody planted nor one's own lives on in the new one."""
    await visitor.log_in(accounts.company, "boss")
    before = visitor.cookies
    await visitor.open(await accounts.scanned(visitor, platform, accounts.person("lin")))
    assert visitor.cookies[HOLDS] != before[HOLDS]
    assert "林静" in await visitor.page("/overview")
    async with Visitor.of(accounts.site) as fixed:
        fixed.hold(before)
        assert (await fixed.open("/overview")).status_code == 401


@SQLITE
async def test_a_planted_session_is_not_taken_over(accounts: Accounts, visitor: Visitor) -> None:
    planted = f"main.{'A' * 43}"
    visitor.hold({HOLDS: planted})
    await visitor.open(await accounts.scanned(visitor, "wecom", accounts.person("lin")))
    assert visitor.cookies[HOLDS] != planted
    async with Visitor.of(accounts.site) as mallory:
        mallory.hold({HOLDS: planted})
        assert (await mallory.open("/overview")).status_code == 401


@SQLITE
@BOTH
async def test_the_account_that_leaves_opens_nothing(accounts: Accounts, platform: str) -> None:
    known = accounts.company.environment.organisation
    people = [one for one in known.people.values() if one.id != "lin"]
    left = replace(accounts.company.environment, organisation=Organisation.of(known.departments.values(), people))
    gone = Company(accounts.company.database, accounts.company.clock, left)
    async with with_accounts(gone) as after, Visitor.of(after.site) as visitor:
        lin = accounts.person("lin")
        after.world.people["lin"] = lin
        assert (await visitor.open(await after.scanned(visitor, platform, lin))).status_code == 403


@SQLITE
async def test_somebody_demoted_with_an_open_page_logs_in_as_what_they_are_now(
    accounts: Accounts, visitor: Visitor
) -> None:
    """In a platform's client the next page is theirs again, by their new role, without a tap."""
    await visitor.open(await accounts.scanned(visitor, "wecom", accounts.person("lin")))
    known = accounts.company.environment.organisation
    people = [
        replace(one, roles=frozenset({Role.VIEWER})) if one.id == "lin" else one for one in known.people.values()
    ]
    now = replace(accounts.company.environment, organisation=Organisation.of(known.departments.values(), people))
    async with with_accounts(Company(accounts.company.database, accounts.company.clock, now)) as after:
        async with Visitor.of(after.site) as same:
            same.hold(visitor.cookies)
            assert "角色变了" in (await same.open("/overview")).text
            same.hold(visitor.cookies)
            agent = {"user-agent": INSIDE["wecom"], **HTML}
            sent = await same.open("/overview", **agent)
            assert sent.headers["location"] == "/login/wecom?to=%2Foverview"
            begun = await same.open(sent.headers["location"], **agent)
            back = after.wecom.log_in.open_inside(begun.headers["location"], after.person("lin"))
            await same.open(back.removeprefix(SITE), **agent)
            assert "林静" in await same.page("/overview")


# -- trouble, and what is told --------------------------------------------------------------------------------


@SQLITE
@BOTH
async def test_while_the_platform_is_away_there_is_the_link(
    accounts: Accounts, visitor: Visitor, platform: str
) -> None:
    simulator = accounts.dingtalk if platform == "dingtalk" else accounts.wecom
    back = await accounts.scanned(visitor, platform, accounts.person("lin"))
    simulator.faults.fail(20, status=502)
    answer = await visitor.open(back)
    assert answer.status_code == 503
    assert "改用机器人发的链接" in answer.text
    assert HOLDS not in visitor.cookies


@SQLITE
async def test_a_permission_that_the_app_lacks_is_the_operators_affair(
    accounts: Accounts, visitor: Visitor, logged: Logged
) -> None:
    accounts.dingtalk.log_in.may_read_contact = False
    answer = await visitor.open(await accounts.scanned(visitor, "dingtalk", accounts.person("lin")))
    assert answer.status_code == 503
    assert "Contact.User.Read" in str(logged)
    assert "Contact.User.Read" not in answer.text


async def guess(visitor: Visitor) -> int:
    """Begin, and come back with a code that is none."""
    shown = await visitor.open("/login/dingtalk", **{"user-agent": INSIDE["dingtalk"]})
    return (await visitor.send("/login/dingtalk/back", **{**fields_of(shown), "code": "made-up"})).status_code


@SQLITE
async def test_whoever_guesses_codes_shuts_the_door_for_themselves_alone(
    accounts: Accounts, logged: Logged
) -> None:
    async with Visitor.of(accounts.site, "203.0.113.9") as eve, Visitor.of(accounts.site, "198.51.100.7") as lin:
        assert [await guess(eve) for _ in range(EACH_A_DAY + 5)] == [400] * EACH_A_DAY + [429] * 5
        assert accounts.dingtalk.calls["getuserinfo"] == EACH_A_DAY
        back = await accounts.scanned(eve, "dingtalk", accounts.person("lin"))
        refused = await eve.open(back)
        assert (refused.status_code, "改用机器人发的链接" in refused.text) == (429, True)
        assert (await eve.log_in(accounts.company, "boss")).status_code == 200, "a link asks no platform"
        assert (await lin.open(await accounts.scanned(lin, "dingtalk", accounts.person("lin")))).status_code == 303
    assert "203.0.113.9" not in str(logged)


@SQLITE
async def test_after_a_day_it_is_open_again(accounts: Accounts, visitor: Visitor) -> None:
    assert [await guess(visitor) for _ in range(EACH_A_DAY + 1)][-1] == 429
    accounts.company.clock.move(hours=23, minutes=59)
    assert await guess(visitor) == 429
    accounts.company.clock.move(minutes=1)
    assert await guess(visitor) == 400


@SQLITE
@BOTH
async def test_an_outsider_is_asked_about_no_more_often(accounts: Accounts, visitor: Visitor, platform: str) -> None:
    simulator = accounts.dingtalk if platform == "dingtalk" else accounts.wecom
    for _ in range(EACH_A_DAY):
        assert (await visitor.open(await accounts.scanned(visitor, platform, OUTSIDER))).status_code == 403
    asked = sum(simulator.calls.values())
    for _ in range(3):
        assert (await visitor.open(await accounts.scanned(visitor, platform, OUTSIDER))).status_code == 429
    assert sum(simulator.calls.values()) == asked


@SQLITE
async def test_who_gets_in_takes_no_place(accounts: Accounts, visitor: Visitor) -> None:
    """A whole office has one address."""
    for _ in range(EACH_A_DAY * 2):
        entered = await visitor.open(await accounts.scanned(visitor, "wecom", accounts.person("lin")))
        assert entered.status_code == 303


@SQLITE
async def test_a_platform_that_is_away_takes_no_place(accounts: Accounts, visitor: Visitor) -> None:
    for _ in range(EACH_A_DAY + 1):
        back = await accounts.scanned(visitor, "dingtalk", accounts.person("lin"))
        accounts.dingtalk.faults.fail(1, status=502)
        assert (await visitor.open(back)).status_code == 503
    back = await accounts.scanned(visitor, "dingtalk", accounts.person("lin"))
    assert (await visitor.open(back)).status_code == 303


class Slow:
    """A platform that answers when it is told to; it refuses every code."""

    platform, code_field = "wecom", "code"

    def __init__(self) -> None:
        self.asked, self.answers = 0, asyncio.Event()

    def is_client(self, agent: str) -> bool:
        return False

    def script(self, company: str) -> ClientScript | None:
        return None

    def address(self, back: str, state: str, inside: bool) -> str:
        return f"https://platform.example/?state={state}"

    async def user(self, code: str, by_script: bool) -> str:
        self.asked += 1
        await self.answers.wait()
        raise NotAccepted

    async def stop(self) -> None: ...


@SQLITE
async def test_many_at_once_are_no_more_than_one_after_the_other(accounts: Accounts, visitor: Visitor) -> None:
    """And who is one too many is told so at once, while the others still wait for the platform."""
    ways = accounts.site.state.accounts.ways
    ways["wecom"] = slow = Slow()
    begun = await visitor.open("/login/wecom")
    back = f"/login/wecom/back?code=x&state={state_in(begun.headers['location'])}"
    held = visitor.cookies

    async def comes_back() -> int:
        async with Visitor.of(accounts.site) as same:
            same.hold(held)
            return (await same.open(back)).status_code

    coming = {asyncio.create_task(comes_back()) for _ in range(EACH_A_DAY * 3)}
    waiting = coming
    async with asyncio.timeout(60):
        while len(waiting) > EACH_A_DAY:
            _, waiting = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
    assert {one.result() for one in coming - waiting} == {429}
    slow.answers.set()
    assert set(await asyncio.gather(*waiting)) == {400}
    assert slow.asked == EACH_A_DAY


@SQLITE
async def test_behind_a_proxy_that_no_setting_names_nobody_stands_for_all(company: Company) -> None:
    async with with_accounts(company, proxies=[]) as accounts:
        async with Visitor.of(accounts.site, "172.17.0.1") as eve, Visitor.of(accounts.site, "172.17.0.1") as lin:
            assert {await guess(eve) for _ in range(EACH_A_DAY * 3)} == {400}
            assert (await lin.open(await accounts.scanned(lin, "dingtalk", accounts.person("lin")))).status_code == 303
            while await guess(eve) == 400:
                pass
            assert accounts.dingtalk.calls["getuserinfo"] == ALL_A_DAY


@pytest.mark.both_databases
async def test_its_calls_are_counted_as_the_platform_does(accounts: Accounts, visitor: Visitor) -> None:
    environment = accounts.company.environment
    traits = {
        name: replace(one, calls_a_month=5000 if one.prefix == "dingtalk" else 0)
        for name, one in environment.platforms.by_prefix.items()
    }
    known = replace(environment, platforms=replace(environment.platforms, by_prefix=traits))
    async with with_accounts(Company(accounts.company.database, accounts.company.clock, known)) as counted:
        async with Visitor.of(counted.site) as visitor:
            await visitor.open(await counted.scanned(visitor, "dingtalk", counted.person("lin")))
            shown = await visitor.open("/login/dingtalk", **{"user-agent": INSIDE["dingtalk"]})
            code = counted.dingtalk.log_in.code(counted.person("lin"), "dingcorp", "ding1")
            await visitor.send("/login/dingtalk/back", **{**fields_of(shown), "code": code})
        spent = await counted.company.look(lambda turn: turn.uow.calls.of("2026-11"))
        assert spent["dingtalk"] == {CallKind.ANSWER: counted.dingtalk.api.spent.total()} == {CallKind.ANSWER: 3}


@pytest.mark.both_databases
@BOTH
async def test_no_code_state_or_token_is_written_down(
    accounts: Accounts, visitor: Visitor, logged: Logged, platform: str
) -> None:
    """Neither in a log line of anybody, nor in a table; and no page tells another site where one came from."""
    back = await accounts.scanned(visitor, platform, accounts.person("lin"))
    entered = await visitor.open(back)
    again = await visitor.open(back)
    token = visitor.cookies[HOLDS].rpartition(".")[2]
    rows, said = await everything(accounts.company), str(logged)
    for secret in (code_in(back), state_in(back), token, SECRET):
        assert secret not in rows
        assert secret not in said
        assert secret not in again.text
    for answer in (entered, again):
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["Cache-Control"] == "no-store"


@SQLITE
@BOTH
async def test_the_cookie_of_the_way_is_for_this_site_alone(
    accounts: Accounts, visitor: Visitor, platform: str
) -> None:
    begun = await visitor.open(f"/login/{platform}")
    (kept,) = begun.headers.get_list("set-cookie")
    assert kept.startswith(f"{GOES}={platform}.")
    parts = {part.strip().lower() for part in kept.split(";")[1:]}
    assert parts == {"httponly", "secure", "samesite=lax", "path=/", "max-age=600"}


def code_in(back: str) -> str:
    asked = parse_qs(urlsplit(back).query)
    return (asked.get("authCode") or asked["code"])[0]


def state_in(back: str) -> str:
    return parse_qs(urlsplit(back).query)["state"][0]


def with_code(back: str, code: str) -> str:
    return back.replace(code_in(back), code)


def with_code_of(back: str, theirs: str) -> str:
    return with_code(theirs, code_in(back))
