"""Effects over the API: what the card tells beside the lines, lines in pages, paths by their ends."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest

from bot.clock import MovableClock
from planning.plan.item import Item, Mode, Status
from planning.plan.link import Drives, Link
from planning.plan.plan import Plan
from planning.schedule.schedule import place
from storage.database import Database
from tests.bot.web.factory import PLAN, write_plan
from tests.bot.web.system import System, problem

IMPACT, CHANGES = "/api/v1/impact", "/api/v1/changes"
DAY = date(2026, 12, 1)
LONG = 1203
"""Items of the long chain, each with a start and a finish."""
SHIFT = {"item": "C-0000", "op": "shift", "to": 1}


def chain() -> Plan:
    codes = [f"C-{n:04}" for n in range(LONG)]
    items = {code: Item(code, code, DAY, DAY, department="production") for code in codes}
    links = tuple(Link(one, then) for one, then in pairwise(codes))
    return place(replace(PLAN, items=items, links=links, calendar="every-day"), codes, DAY)


@pytest.fixture
def long(database: Database, clock: MovableClock) -> None:
    write_plan(database, chain(), clock.now())


@pytest.fixture
def noted(database: Database, clock: MovableClock) -> None:
    """A released purchase that is more than needed then, and a pinned delivery that will not wait."""
    bought = Item(
        "PO", "外壳", DAY, DAY, type="purchase", department="purchasing", quantity=Decimal(100), unit="套",
        status=Status.RELEASED,
    )  # fmt: skip
    made = Item("MO", "音箱", date(2026, 12, 3), date(2026, 12, 3), department="production", quantity=Decimal(100))
    sent = Item("DL", "发货", date(2026, 12, 4), date(2026, 12, 4), department="sales", mode=Mode.PINNED)
    links = (Link("PO", "MO", ratio=Decimal(1), drives=Drives.PREDECESSOR), Link("MO", "DL"))
    write_plan(database, replace(PLAN, items={i.code: i for i in (bought, made, sent)}, links=links), clock.now())


LESS = [{"item": "MO", "op": "set_quantity", "to": 60}, {"item": "MO", "op": "shift", "to": 2}]
NOTES = [
    {"code": "link-broken", "facts": {"predecessor": "MO", "successor": "DL", "days": "2"}},
    {"code": "supplier-must-confirm", "facts": {"item": "PO", "before": "100", "after": "60"}},
]


def bare(effect: dict[str, Any]) -> list[dict[str, Any]]:
    return [{name: note[name] for name in ("code", "facts")} for note in effect["notes"]]


@pytest.mark.usefixtures("noted")
async def test_the_notes_of_the_card_are_told(empty: System) -> None:
    effect = (await empty.post(IMPACT, {"operations": LESS})).json()
    assert bare(effect) == NOTES
    assert ["DL" in effect["notes"][0]["text"], "PO" in effect["notes"][1]["text"]] == [True, True]
    assert effect["unconfirmed"] is False
    proposed = (await empty.post(CHANGES, {"operations": LESS, "reason": "客户减量"})).json()
    assert bare(proposed["impact"]) == NOTES
    assert bare((await empty.found(f"{CHANGES}/{proposed['no']}"))["impact"]) == NOTES


@pytest.mark.usefixtures("long")
async def test_lines_come_in_pages(empty: System) -> None:
    body = {"operations": [SHIFT]}
    first = (await empty.post(IMPACT, body)).json()
    assert (len(first["lines"]), first["line_count"]) == (1000, 2 * LONG)
    pages, cursor = [first["lines"]], first["next_cursor"]
    while cursor:
        following = await empty.ask("POST", IMPACT, json=body, params={"cursor": cursor, "limit": 900})
        pages.append(following.json()["lines"])
        cursor = following.json()["next_cursor"]
    told = [line for page in pages for line in page]
    assert [len(page) for page in pages] == [1000, 900, 506]
    assert len({(line["item"], line["field"]) for line in told}) == 2 * LONG

    proposed = (await empty.post(CHANGES, {"operations": [SHIFT], "reason": "停机"})).json()
    assert proposed["impact"]["lines"] == first["lines"]
    assert await empty.everything(f"{CHANGES}/{proposed['no']}/lines", limit=700) == told
    (listed,) = (await empty.found(CHANGES))["items"]
    assert listed["impact"] == proposed["impact"]


@pytest.mark.usefixtures("long")
async def test_a_path_is_told_by_its_ends_and_in_full_on_demand(empty: System) -> None:
    body = {"operations": [SHIFT]}
    last = f"C-{LONG - 1:04}"
    asked = [{"item": last}, {"item": last, "paths": "full"}, {"item": "C-0002"}]
    answers = [(await empty.ask("POST", IMPACT, json=body, params=query)).json() for query in asked]
    assert [answer["line_count"] for answer in answers] == [2, 2, 2]
    short, full, near = (answer["lines"][0]["path"] for answer in answers)
    assert short == ["C-0000", f"C-{LONG - 2:04}", last]
    assert (len(full), full[0], full[-2:]) == (200, "C-0000", short[1:])
    assert near == ["C-0000", "C-0001", "C-0002"]


@pytest.mark.usefixtures("long")
async def test_a_page_of_another_effect_is_not_the_next_one(empty: System) -> None:
    cursor = (await empty.post(IMPACT, {"operations": [SHIFT]})).json()["next_cursor"]
    other = {"operations": [{**SHIFT, "to": 2}]}
    problem(await empty.ask("POST", IMPACT, json=other, params={"cursor": cursor}), 409, "effect-changed")
    problem(await empty.ask("POST", IMPACT, json=other, params={"cursor": "W10"}), 422, "bad-cursor")
    same, items = {"operations": [SHIFT]}, ("C-0001", "C-0002")
    of_one = (await empty.ask("POST", IMPACT, json=same, params={"item": items[0], "limit": 1})).json()["next_cursor"]
    following = await empty.ask("POST", IMPACT, json=same, params={"item": items[0], "cursor": of_one})
    assert [line["item"] for line in following.json()["lines"]] == [items[0]]
    asked = {"item": items[0], "cursor": of_one}
    problem(await empty.ask("POST", IMPACT, json=other, params=asked), 409, "effect-changed")
    for not_asked in ({"cursor": of_one}, {**asked, "item": items[1]}):
        problem(await empty.ask("POST", IMPACT, json=same, params=not_asked), 422, "bad-cursor")
    problem(await empty.ask("POST", IMPACT, json=other, params={"limit": 1001}), 422, "invalid")


@pytest.mark.usefixtures("noted")
async def test_a_ratio_may_be_a_fraction(empty: System) -> None:
    link = {"item": "PO", "op": "link", "to": {"successor": "DL", "ratio": "1/3"}}
    assert (await empty.post(IMPACT, {"operations": [link]})).json()["refused"] == []
    link["to"] = {"successor": "DL", "ratio": "a/3"}
    problem(await empty.post(IMPACT, {"operations": [link]}), 422, "invalid")
