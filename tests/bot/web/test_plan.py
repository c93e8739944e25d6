"""The plan, item by item, and its revisions."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.clock import MovableClock
from bot.web.platform.paging import key_of, page
from handlers.turn import Environment
from planning.trail.chain import GENESIS
from storage.database import Database
from tests.bot.web.factory import ITEMS, approve
from tests.bot.web.system import System, problem

ITEMS_PATH = "/api/v1/plan/items"
SQLITE = pytest.mark.parametrize("backend", ["sqlite"])
"""For what is refused before the database is asked."""
CODES = sorted(item.code for item in ITEMS)


async def change(system: System, item: str, op: str, to: object) -> str:
    body = {"operations": [{"item": item, "op": op, "to": to}], "reason": "供应商延期"}
    answer = await system.post("/api/v1/changes", body)
    assert answer.status_code == 201, answer.text
    no: str = answer.json()["no"]
    return no


def codes(items: list[dict[str, str]]) -> list[str]:
    return [item["code"] for item in items]


async def test_an_item_is_told_in_the_contracts_words(system: System) -> None:
    assert await system.found(f"{ITEMS_PATH}/MO-1023") == {
        "code": "MO-1023",
        "type": "production",
        "title": "生产 音箱",
        "department": "production",
        "quantity": 2000.5,
        "unit": "台",
        "start": "2026-12-09",
        "finish": "2026-12-15",
        "status": "confirmed",
        "zone": "liquid",
        "revision": 1,
        "attributes": {},
    }


async def test_a_whole_quantity_is_a_whole_number_and_none_is_null(system: System) -> None:
    assert repr((await system.found(f"{ITEMS_PATH}/PO-2001"))["quantity"]) == "2000"
    assert (await system.found(f"{ITEMS_PATH}/SO-1042"))["quantity"] is None


async def test_a_code_may_hold_a_slash(system: System) -> None:
    assert (await system.found(f"{ITEMS_PATH}/ZZ/备用"))["title"] == "没有部门的事"


async def test_an_item_that_is_not_there(system: System) -> None:
    for code in ("NOPE", "mo-1023", "%00", "MO-1023/x"):
        assert "计划里没有" in problem(await system.get(f"{ITEMS_PATH}/{code}"), 404, "unknown-item")


async def test_every_item_comes_once_whatever_the_limit(system: System) -> None:
    for limit in range(1, len(ITEMS) + 2):
        assert codes(await system.everything(ITEMS_PATH, limit=limit)) == CODES


async def test_a_list_without_parameters_and_with_empty_ones(system: System) -> None:
    plain = await system.found(ITEMS_PATH)
    empty = await system.found(f"{ITEMS_PATH}?department=&changed_since=&limit=&cursor=")
    assert plain == empty
    assert codes(plain["items"]) == CODES
    assert plain["next_cursor"] is None


async def test_items_of_a_department_by_id_or_name(system: System) -> None:
    for department, found in {
        "purchasing": ["PO-2001"],
        "采购部": ["PO-2001"],
        "采购": ["PO-2001"],
        "sales": ["DL-6411", "SO-1042"],
        "财务部": [],
        "\0": [],
    }.items():
        assert codes(await system.everything(ITEMS_PATH, department=department, limit=1)) == found


async def test_only_what_changed_since(
    system: System, factory: Database, environment: Environment, clock: MovableClock
) -> None:
    before = clock.now()
    clock.move_to(before + timedelta(minutes=1))
    approve(factory, environment, clock, await change(system, "ZZ/备用", "shift", 2))
    since = {"revision": 1, "instant": before.isoformat(), "zulu": before.strftime("%Y-%m-%dT%H:%M:%S.%fZ")}
    for value in since.values():
        assert codes(await system.everything(ITEMS_PATH, changed_since=value)) == ["ZZ/备用"]
    assert (await system.found(f"{ITEMS_PATH}/ZZ/备用"))["revision"] == 2
    assert await system.everything(ITEMS_PATH, changed_since=2) == []
    assert await system.everything(ITEMS_PATH, changed_since=clock.now().isoformat()) == []
    assert len(await system.everything(ITEMS_PATH, changed_since=0)) == len(ITEMS)


async def test_a_plus_that_nobody_encoded_is_still_a_plus(system: System) -> None:
    found = await system.found(f"{ITEMS_PATH}?changed_since=2026-01-01T00:00:00+08:00")
    assert codes(found["items"]) == CODES


@SQLITE
@pytest.mark.parametrize(
    ("query", "at"),
    [
        ({"limit": "0"}, "limit"),
        ({"limit": "1001"}, "limit"),
        ({"limit": "ten"}, "limit"),
        ({"departement": "sales"}, "departement"),
        ({"changed_since": "yesterday"}, "changed_since"),
        ({"changed_since": "2026-12-01"}, "changed_since"),
        ({"changed_since": "2026-12-01T08:00:00"}, "changed_since"),
        ({"changed_since": "0001-01-01T00:00:00+14:00"}, "changed_since"),
        ({"changed_since": "-1"}, "changed_since"),
        ({"changed_since": "9" * 30}, "changed_since"),
    ],
)
async def test_a_parameter_that_makes_no_sense(system: System, query: dict[str, str], at: str) -> None:
    answer = await system.get(ITEMS_PATH, **query)
    assert problem(answer, 422, "invalid").startswith(f"{at}：")
    assert [wrong["at"] for wrong in answer.json()["errors"]] == [at]


FOREIGN = (
    "x",
    "AAAA",
    "\0",
    "eyJhIjoxfQ",
    "WyJyZXZpc2lvbnMiLDFd",  # of the revisions
    "WyJpdGVtcyIsMV0",  # the items' own, with a number
    "WyJpdGVtcyIsIlx1ZDgwMCJd",  # the items' own, with half a character
)


@SQLITE
@pytest.mark.parametrize("cursor", FOREIGN)
async def test_a_cursor_that_is_not_one_of_ours(system: System, cursor: str) -> None:
    assert "next_cursor" in problem(await system.get(ITEMS_PATH, cursor=cursor), 422, "bad-cursor")


async def test_before_the_first_import_there_is_no_plan(empty: System) -> None:
    assert "还没有导入计划" in problem(await empty.get(ITEMS_PATH), 404, "no-plan")
    assert await empty.everything("/api/v1/plan/revisions") == []


async def test_revisions_are_told_newest_first(
    system: System, factory: Database, environment: Environment, clock: MovableClock
) -> None:
    numbers = []
    for _ in range(3):
        numbers.append(await change(system, "ZZ/备用", "shift", 1))
        approve(factory, environment, clock, numbers[-1])
    everything = await system.everything("/api/v1/plan/revisions")
    assert [revision["revision"] for revision in everything] == [4, 3, 2, 1]
    assert [revision["change"] for revision in everything] == [*reversed(numbers), "import plan.csv"]
    assert [revision["applied_by"] for revision in everything] == ["api:erp"] * 3 + ["li"]
    assert len({revision["hash"] for revision in everything} - {GENESIS}) == 4
    for limit in (1, 2, 3, 4):
        assert await system.everything("/api/v1/plan/revisions", limit=limit) == everything


@given(st.lists(st.text("ab-1", min_size=1), unique=True), st.integers(1, 30))
def test_pages_put_together_are_the_list(entries: list[str], limit: int) -> None:
    entries.sort()
    found: list[str] = []
    cursor = ""
    while True:
        after = key_of(cursor, "list", str) or ""
        shown = page("list", (entry for entry in entries if entry > after), limit, str, str)
        found += shown.items
        if shown.next_cursor is None:
            break
        assert len(shown.items) == limit
        cursor = shown.next_cursor
    assert found == entries
