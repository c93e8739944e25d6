"""The pages of the plan: the chat's numbers, what an address means, and nothing that somebody must not see."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from html import escape
from urllib.parse import quote, quote_plus

import httpx
import pytest

from bot.web.pages.gantt import WINDOW
from bot.web.pages.lists import MOST_DAYS
from bot.web.pages.render import TABS
from handlers.lifecycle.scan import full_scan
from handlers.turn import Turn
from planning.plan.item import Item
from planning.plan.plan import Plan
from storage.unit_of_work import UnitOfWork
from tests.bot.web.pages.visitor import Visitor, room_of
from tests.handlers.company import Company
from tests.handlers.reads.test_ready import TODAY, worked
from tests.small_company import plan

SQLITE = pytest.mark.parametrize("backend", ["sqlite"])
SECRETS = {"客户": "绝密客户甲", "成本": "98765.43", "unit price": "31415.92"}
OPEN_TO = {"lin", "admin"}
"""By the masks of settings that say nothing: coordinators and admins."""


@pytest.fixture
def secrets(company: Company) -> Company:
    """The plan, with columns that are masked, and everything that could tell of them."""
    known = plan()
    items = {code: replace(item, attributes={**SECRETS, "机型": "B2"}) for code, item in known.items.items()}
    return company.opens(replace(known, items=items))


def paths(no: str) -> Iterator[str]:
    yield from (f"/{tab}" for tab in TABS)
    yield from ("/board?by=department", "/board?status=all", "/gantt/rows?at=0", "/readiness?when=next_week")
    yield from ("/gantt/paper", "/gantt?days=365", "/exceptions?show=muted", "/readiness?when=this_week")
    yield from (f"/board?text={value}" for value in SECRETS.values())
    yield from (f"/items/{code}" for code in plan().items)
    yield from (f"/changes/{no}", f"/changes/{no}/picture.svg")


@pytest.mark.parametrize("person", ["boss", "wang", "han", "li", "lin", "admin"])
async def test_a_masked_value_reaches_those_alone_who_may_see_it(
    secrets: Company, visitor: Visitor, person: str
) -> None:
    no = await secrets.proposes("han")
    await visitor.log_in(secrets, person)
    seen = {path: everything(await visitor.open(path)) for path in paths(no)}
    told = {
        value for value in SECRETS.values() for path, text in seen.items()
        if "?text=" not in path and any(form in text for form in spelt(value))
    }  # fmt: skip
    assert told == (set(SECRETS.values()) if person in OPEN_TO else set())
    assert "机型：B2" in seen["/items/MO-1"]
    if person not in OPEN_TO:  # a search does not tell either: what one typed comes back, and no item with it
        assert not [path for path, text in seen.items() if "?text=" in path and 'href="/items/' in text]


def everything(answer: httpx.Response) -> str:
    """Every byte of an answer: its head, and its body as it went over the wire."""
    head = "\n".join(f"{name}: {value}" for name, value in answer.headers.items())
    return f"{head}\n{answer.content.decode()}"


def spelt(value: str) -> Iterator[str]:
    """A value, and the ways in which addresses, pages and scripts write it."""
    yield from (value, quote(value), quote_plus(value), escape(value), json.dumps(value)[1:-1])
    yield "".join(f"&#{ord(c)};" for c in value)


@pytest.mark.both_databases
async def test_the_overview_has_the_chats_numbers(company: Company, visitor: Visitor) -> None:
    company.clock.move(days=30)
    await company.proposes("lin", "改期 RC-1 到 2027-01-20 因为 停机")
    told = await company.types("boss", "总览", room_of(company, "boss"), single=True)
    await visitor.log_in(company, "boss")
    page = await visitor.page("/overview")
    told_late = await company.types("boss", "晚单", room_of(company, "boss"), single=True)
    late = re.search(r"会晚、已逾期 (\d+) 项", told_late)
    assert late
    assert int(late[1]) > 0
    assert "待批 1 张" in told
    assert re.search(r"最近 \d+ 天计划没有变过", told)
    shown = re.findall(r'<span class="number">([^<]*)</span>\n<span class="says"><b>([^<]*)</b>', page)
    assert {label: number for number, label in shown}.items() >= {"会晚或已逾期": late[1], "等决定": "1"}.items()


@SQLITE
@pytest.mark.parametrize(
    ("path", "there", "gone"),
    [
        ("/board?department=production", ["MO-1"], ["PO-1", "RC-1"]),
        ("/board?type=delivery", ["DL-1"], ["MO-1"]),
        ("/board?text=星河 订单", ["SO-1"], ["DL-1", "MO-1"]),
        ("/board?text=ｍｏ－1", ["MO-1"], ["PO-1"]),
        ("/board?late=1", [], ["MO-1"]),
        ("/board?status=done", [], ["MO-1"]),
        ("/gantt?from=2026-12-21&days=14", ["RC-1"], ["MO-1"]),
        ("/gantt?from=2026-12-21&days=14&text=x", [], ["RC-1"]),
        ("/gantt?days=731", ["RC-1", "MO-1"], []),
    ],
)
async def test_an_address_says_what_is_shown(
    company: Company, visitor: Visitor, path: str, there: list[str], gone: list[str]
) -> None:
    await visitor.log_in(company, "boss")
    text = await visitor.page(path)
    assert [code for code in there if f"/items/{code}" not in text] == []
    assert [code for code in gone if f"/items/{code}" in text] == []
    assert "没有用上" not in text


@SQLITE
@pytest.mark.parametrize(
    ("path", "what"),
    [
        ("/board?colour=red", "colour"),
        ("/board?department=nobody", "department=nobody"),
        ("/board?status=lost", "status=lost"),
        ("/board?by=shape", "by=shape"),
        ("/gantt?from=yesterday", "from=yesterday"),
        ("/gantt?from=0001-01-01", "from=0001-01-01"),
        ("/gantt?days=-3", "days=-3"),
        ("/gantt?days=9e9", "days=9e9"),
        ("/readiness?when=never", "when=never"),
        ("/readiness?department=<b>", "department=&lt;b&gt;"),
        ("/gantt?days=0", "days=0"),
        ("/gantt?row=abc", "row=abc"),
        ("/gantt?row=-1", "row=-1"),
        ("/board?column=lost", "column=lost"),
        ("/readiness?colour=red", "colour"),
        ("/exceptions?show=all", "show=all"),
        ("/exceptions?severity=high", "severity"),
        ("/changes?before=yesterday", "before=yesterday"),
        ("/changes?state=open", "state"),
    ],
)
async def test_what_an_address_does_not_mean_is_left_out_and_said(
    company: Company, visitor: Visitor, path: str, what: str
) -> None:
    await visitor.log_in(company, "boss")
    text = await visitor.page(path)
    assert f"没有用上：{what}" in text


@SQLITE
@pytest.mark.parametrize(("days", "is_cut"), [(365, False), (MOST_DAYS, False), (MOST_DAYS + 1, True), (9999, True)])
async def test_a_span_is_told_as_cut_where_it_is(company: Company, visitor: Visitor, days: int, is_cut: bool) -> None:
    await visitor.log_in(company, "boss")
    assert ("跨度太长" in await visitor.page(f"/gantt?days={days}")) is is_cut


@SQLITE
@pytest.mark.parametrize(
    "path",
    ["/gantt?row=99999999999", "/gantt?row=-1", "/gantt?days=99999999", "/gantt/rows?at=-5", "/gantt/rows?at=999999",
     "/board?column=%00", "/changes?before='", "/board?text=" + "长" * 5000],
)  # fmt: skip
async def test_strange_numbers_break_nothing(company: Company, visitor: Visitor, path: str) -> None:
    await visitor.log_in(company, "boss")
    assert (await visitor.open(path)).status_code == 200


@SQLITE
@pytest.mark.parametrize("path", ["/items/NO-1", "/items/%2e%2e/x", "/items/" + "x" * 4000, "/gantt/rows?at=x"])
async def test_what_is_not_there_is_said(company: Company, visitor: Visitor, path: str) -> None:
    await visitor.log_in(company, "boss")
    assert (await visitor.open(path)).status_code in (400, 404)


@SQLITE
async def test_exceptions_are_those_of_the_chat(company: Company, visitor: Visitor) -> None:
    company.clock.move(days=30)
    for _ in range(2):  # a warning waits for a second one
        company.clock.move(hours=3)
        await company.office.write(lambda uow: full_scan(_turn(company, uow), company.clock.now()))
    told = await company.types("boss", "异常 全部", room_of(company, "boss"), single=True)
    await visitor.log_in(company, "boss")
    page = await visitor.page("/exceptions")
    shown = re.findall(r"<b>([^<]+)</b> · ([A-Z]+-[0-9]+)", page)
    assert shown
    assert [f"{name} {item}" for name, item in shown if item not in told] == []
    assert "MO-1" not in await visitor.page("/exceptions?department=warehouse")
    assert "没有异常" in await visitor.page("/exceptions?show=muted")


@SQLITE
async def test_what_goes_wrong_for_one_cause_is_one_card(company: Company, visitor: Visitor) -> None:
    """The cause is its head, and what goes with it is told there and nowhere else."""
    company.clock.move(days=30)
    for _ in range(2):
        company.clock.move(hours=3)
        await company.office.write(lambda uow: full_scan(_turn(company, uow), company.clock.now()))
    known = await company.look(lambda turn: turn.uow.exceptions.open_ones())
    roots = {one.key.item for one in known if not one.root}
    folded = {one.key.item for one in known if one.root} - roots
    assert folded
    await visitor.log_in(company, "boss")
    page = await visitor.page("/exceptions")
    heads = re.findall(r"<b>[^<]+</b> · ([A-Z]+-[0-9]+)", page)
    assert set(heads) == roots
    assert len(heads) == len({one.place for one in known})
    for item in folded:
        assert re.search(rf"<details[^>]*>.*<p>[^<]*{item}", page, re.DOTALL)


@SQLITE
async def test_readiness_shows_the_orders_that_start_the_worst_first(company: Company, visitor: Visitor) -> None:
    company.clock.move(seconds=(TODAY - company.clock.now()).total_seconds())
    company.opens(worked())
    await visitor.log_in(company, "boss")
    page = await visitor.page("/readiness")
    shown = re.findall(r'<li class="request order (\w+)">.*?/items/([^"?]+)', page, re.DOTALL)
    told = await company.types("boss", "齐套", room_of(company, "boss"), single=True)
    assert sorted(item for _, item in shown) == ["MO-A", "MO-B"]
    assert [mark for mark, _ in shown] == sorted((mark for mark, _ in shown), key=["red", "amber", "green"].index)
    for mark, sign in (("red", "🔴"), ("amber", "🟡"), ("green", "🟢")):
        assert [item for colour, item in shown if colour == mark] == re.findall(rf"{sign} (MO-\w)", told)
    assert "/items/MO-A" not in await visitor.page("/readiness?department=purchasing")


@SQLITE
async def test_an_item_tells_what_it_hangs_on(company: Company, visitor: Visitor) -> None:
    await visitor.log_in(company, "boss")
    text = await visitor.page("/items/MO-1")
    for told in ("耳机组装", "要等它们", "/items/PO-1", "它们在等", "/items/SO-1", "自导入以来没有变过"):
        assert told in text


def many(count: int) -> Plan:
    """Items of a day each, many at a time, in one year."""
    first = date(2026, 12, 1)
    days = [first + timedelta(days=n % 300) for n in range(count)]
    items = [Item(f"T-{n:06}", f"活 {n}", day, day, 1, "task", "production") for n, day in enumerate(days)]
    return Plan("main", "一厂", 0, {item.code: item for item in items}, (), "every-day")


@SQLITE
async def test_a_long_list_is_asked_for_in_windows(company: Company, visitor: Visitor) -> None:
    company.opens(many(1000))
    await visitor.log_in(company, "boss")
    first = await visitor.page("/gantt?days=365")
    assert 'data-total="1000"' in first
    assert first.count("data-row=") == WINDOW
    last = await visitor.page("/gantt/rows?days=365&at=900")
    assert last.count("data-row=") == 100
    assert 'data-row="999"' in last
    again = await visitor.page("/gantt?days=365&row=500")
    assert 'data-from="500"' in again


@SQLITE
async def test_a_new_revision_is_another_list(company: Company, visitor: Visitor) -> None:
    await visitor.log_in(company, "boss")
    assert "12-07~12-11" in await visitor.page("/gantt")
    no = await company.proposes("han")
    await company.approves(no)
    assert "12-09~12-15" in await visitor.page("/gantt")


def _turn(company: Company, uow: UnitOfWork) -> Turn:
    return Turn(uow, company.clock.now(), company.environment)
