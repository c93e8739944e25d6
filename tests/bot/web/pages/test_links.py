"""Links from the chat: yours alone, once, for ten minutes; opened by anybody's scanner without harm."""

import re
from dataclasses import replace
from hashlib import sha256

import pytest
from fastapi import FastAPI
from sqlalchemy import select, update

from bot.web.pages.cookies import SESSION
from handlers.turn import Turn
from planning.trail.audit import Kind
from storage.tables import metadata
from storage.tables.web import one_time_links
from storage.unit_of_work import UnitOfWork
from tests.bot.web.pages.conftest import site_of
from tests.bot.web.pages.visitor import SITE, Visitor, fields_of, link, path_in, room_of
from tests.handlers.company import PRODUCTION, SALES, Company

SQLITE = pytest.mark.parametrize("backend", ["sqlite"])
SESSION_COOKIE = f"__Host-{SESSION}"


@pytest.mark.both_databases
async def test_a_link_logs_in_whoever_asked_for_it(company: Company, visitor: Visitor) -> None:
    opened = await visitor.log_in(company, "boss")
    assert opened.status_code == 200
    assert "高总" in opened.text


async def test_it_leads_to_the_page_that_was_asked_for(company: Company, visitor: Visitor) -> None:
    entered = await visitor.enter(await link(company, "boss", "链接 CR-20261123-001"))
    assert entered.headers["location"] == "/changes/CR-20261123-001"
    entered = await visitor.enter(await link(company, "boss", "link changes"))
    assert entered.headers["location"] == "/changes"


@pytest.mark.both_databases
async def test_only_hashes_are_kept(company: Company, visitor: Visitor) -> None:
    """Neither what is in the address nor what the browser holds stands in any table: messages and the trail neither."""
    path = await link(company, "boss")
    await visitor.enter(path)
    secret, token = path.rpartition(".")[2], visitor.cookies[SESSION_COOKIE].rpartition(".")[2]
    rows = await everything(company)
    assert sha256(secret.encode()).hexdigest() in rows
    assert sha256(token.encode()).hexdigest() in rows
    assert secret not in rows
    assert token not in rows


async def test_previews_do_not_use_it_up(company: Company, visitor: Visitor, site: FastAPI) -> None:
    path = await link(company, "boss")
    for _ in range(10):
        async with Visitor.of(site) as previewer:
            assert (await previewer.open(path)).status_code == 200
    assert (await visitor.enter(path)).status_code == 303


@pytest.mark.both_databases
async def test_a_link_works_once(company: Company, visitor: Visitor, site: FastAPI) -> None:
    path = await link(company, "boss")
    form = fields_of(await visitor.open(path))
    held = visitor.cookies
    assert (await visitor.send(path, **form)).status_code == 303
    async with Visitor.of(site) as replayed:
        replayed.hold(held)
        assert (await replayed.send(path, **form)).status_code == 410
        assert SESSION_COOKIE not in replayed.cookies


async def test_an_expired_a_used_and_a_made_up_link_are_one_page(
    company: Company, visitor: Visitor
) -> None:
    used = await link(company, "boss")
    await visitor.enter(used)
    made_up = used[:-4] + "aaaa"
    again = await visitor.enter(used)
    foreign = await visitor.enter(made_up)
    elsewhere = await visitor.enter("/in/no-plan.abc")
    expired = await link(company, "boss")
    company.clock.move(minutes=10)
    late = await visitor.enter(expired)
    assert {answer.status_code for answer in (again, foreign, elsewhere, late)} == {410}
    assert again.text == foreign.text == elsewhere.text == late.text
    assert await once_opened(visitor, used) == await once_opened(visitor, made_up)


async def once_opened(visitor: Visitor, path: str) -> str:
    """The page behind a link, without what differs for each: its own address, and the sign of the browser."""
    answer = await visitor.open(path)
    return re.sub(r'(action|value)="[^"]*"', "", answer.text)


@SQLITE
@pytest.mark.parametrize(("seconds", "status"), [(599, 303), (600, 410)])
async def test_ten_minutes_count_from_when_it_is_sent(
    company: Company, visitor: Visitor, seconds: int, status: int
) -> None:
    """A platform that is down for an hour takes nothing of them."""
    room = room_of(company, "boss")
    await company.inbox_worker.said(replace(company.said("boss", "链接", room), single=True))
    await company.inbox_worker.stop()
    company.clock.move(hours=1)
    await company.office.deliver()
    company.clock.move(seconds=seconds)
    assert (await visitor.enter(path_in(company.told(room)[-1]))).status_code == status


@SQLITE
async def test_a_new_link_takes_the_place_of_the_one_before(company: Company, visitor: Visitor) -> None:
    before, after = await link(company, "boss"), await link(company, "boss")
    assert (await visitor.enter(before)).status_code == 410
    assert (await visitor.enter(after)).status_code == 303


@SQLITE
async def test_in_a_group_it_is_sent_to_the_one_who_asked(company: Company, visitor: Visitor) -> None:
    answer = await company.types("wang", "链接")
    assert answer == "王五，链接已经单独发给你。"
    assert "/in/" not in "".join(company.told(PRODUCTION))
    (own,) = company.told(room_of(company, "wang"))
    assert (await visitor.enter(path_in(own))).status_code == 303
    assert "王五" in await visitor.page("/overview")


@SQLITE
async def test_where_the_bot_cannot_begin_a_conversation_it_says_so(company: Company) -> None:
    assert await company.types("su", "链接", SALES) == "链接只有你能用，不在群里发。请私聊我发送：链接"
    assert "/in/" not in "".join(company.told(SALES))


@SQLITE
async def test_a_mark_that_somebody_types_opens_nothing(company: Company) -> None:
    """A link of somebody else cannot be had by typing what stands for it in a message that waits."""
    await link(company, "boss")
    (id,) = await rows_of(company, "one_time_links", "id")
    told = await company.types("admin", f"[[link:{id}]]", room_of(company, "admin"), single=True)
    assert SITE not in told
    assert "/in/" not in told


@SQLITE
async def test_without_an_address_there_are_no_links(company: Company) -> None:
    closed = Company(company.database, company.clock, replace(company.environment, pages_at=""))
    told = await closed.types("boss", "链接", room_of(closed, "boss"), single=True)
    assert told.startswith("网页还没有开放")
    assert await rows_of(closed, "one_time_links", "id") == []


@SQLITE
async def test_no_link_is_used_from_another_site(company: Company, visitor: Visitor, site: FastAPI) -> None:
    """A form elsewhere that sends somebody in as somebody else lacks the sign of their browser: nothing is used up."""
    path = await link(company, "boss")
    for form in ({}, {"login": ""}, {"login": "made-up"}):
        async with Visitor.of(site) as victim:
            assert (await victim.send(path, **form)).status_code == 403
            assert SESSION_COOKIE not in victim.cookies
    assert (await visitor.enter(path)).status_code == 303


@SQLITE
@pytest.mark.parametrize("path", ["//evil.example", "https://evil.example", "/\\evil.example", "/overview\r\nX: 1", ""])
async def test_nobody_is_sent_elsewhere(company: Company, visitor: Visitor, path: str) -> None:
    secret = await link(company, "boss")
    await company.office.write(lambda uow: _lead(uow, path))
    assert (await visitor.enter(secret)).headers["location"] == "/overview"


@SQLITE
async def test_what_is_not_to_be_kept_says_so(company: Company, visitor: Visitor) -> None:
    path = await link(company, "boss")
    for answer in (await visitor.open(path), await visitor.enter(path), await visitor.open("/overview")):
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    assert "'unsafe" not in answer.headers["Content-Security-Policy"]


@pytest.mark.both_databases
async def test_the_trail_tells_of_it(company: Company, visitor: Visitor) -> None:
    path = await link(company, "boss")
    await visitor.enter(path)
    told = await company.look(lambda turn: [(e.kind, e.actor) for e in turn.uow.audit.newest_first(2)][::-1])
    assert told == [(Kind.LINK_MADE, "boss"), (Kind.LINK_USED, "boss")]


@pytest.mark.both_databases
async def test_another_process_knows_the_session(company: Company, visitor: Visitor) -> None:
    await visitor.log_in(company, "boss")
    async with Visitor.of(site_of(company)) as elsewhere:
        elsewhere.hold(visitor.cookies)
        assert "高总" in await elsewhere.page("/overview")


async def everything(company: Company) -> str:
    """All rows of the database, as text."""
    tables = ("outbox", "inbox", "audit_events", "one_time_links", "web_sessions", "questions", "cards")
    return "".join([str(await rows_of(company, table)) for table in tables])


async def rows_of(company: Company, table: str, column: str = "") -> list[object]:
    found = metadata.tables[table]
    wanted = select(found.c[column]) if column else select(found)

    def read(turn: Turn) -> list[object]:
        rows = turn.uow.plans._connection.execute(wanted).all()
        return [row[0] if column else row for row in rows]

    return await company.look(read)


def _lead(uow: UnitOfWork, path: str) -> None:
    uow.plans._connection.execute(update(one_time_links).values(path=path))


