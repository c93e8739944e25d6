"""Another system counts the warehouse: the newest of a product counts, and what comes after it is added."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from bot.clock import MovableClock
from planning.readiness.shelf import Count
from storage.database import Database
from storage.facts.counts import Counted
from tests.bot.web.system import System, problem

STOCK, REPORTS = "/api/v1/stock", "/api/v1/reports"
FLOOR = System.TOKENS["floor"]
STEEL = {"product": "steel", "on_hand": 500, "safety": 50}


async def sent(system: System, *rows: object) -> list[dict[str, Any]]:
    answer = await system.post(STOCK, list(rows), token=FLOOR)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    assert found["accepted"] + found["refused"] == len(rows)
    results: list[dict[str, Any]] = found["results"]
    return results


async def test_each_is_kept_or_refused_with_its_reason(system: System, factory: Database, clock: MovableClock) -> None:
    tomorrow = (clock.now() + timedelta(days=1)).isoformat()
    now = clock.now()
    good, early = STEEL | {"as_of": now.isoformat()}, STEEL | {"as_of": tomorrow}
    found = await sent(system, good, early, {"product": "glass"}, {"product": "", "on_hand": 1})
    assert [one["code"] for one in found] == ["", "count-future", "invalid", "invalid"]
    assert found[1]["detail"].startswith("steel 的库存截至 12-01 10:00")
    assert found[1]["detail"].endswith("还没有到，没有记。请写盘点或导出的时间。")
    (kept,) = await factory.read(lambda uow: uow.counts.of_product("steel"))
    wanted = Count("steel", Decimal(500), now, Decimal(50), "api:floor")
    assert kept == Counted(wanted, "api:floor", kept.at)


async def test_the_same_once_more_is_kept_once(system: System, factory: Database, clock: MovableClock) -> None:
    row = STEEL | {"as_of": clock.now().isoformat()}
    await sent(system, row)
    await sent(system, row)
    assert len(await factory.read(lambda uow: uow.counts.of_product("steel"))) == 1


async def test_a_list_with_several_counts_of_a_product_is_kept_once(
    system: System, factory: Database, clock: MovableClock
) -> None:
    """A day's counts in any order, sent twice: of those at one instant the last counts, and stays."""
    morning, noon = clock.now() - timedelta(hours=4), clock.now()
    said = [(noon, 480), (morning, 500), (noon, 470)]
    rows = [{"product": "MO-1023", "on_hand": on_hand, "as_of": at.isoformat()} for at, on_hand in said]
    first = await sent(system, *rows)
    assert [one["difference"] for one in first] == [None, None, -30]
    assert [one["difference"] for one in await sent(system, *rows)] == [None, None, None]
    kept = await factory.read(lambda uow: uow.counts.of_product("MO-1023"))
    assert [(one.count.as_of, one.count.on_hand) for one in kept] == [(morning, Decimal(500)), (noon, Decimal(470))]
    newest = await factory.read(lambda uow: uow.counts.newest()["MO-1023"])
    assert newest.on_hand == 470


async def test_a_newer_count_keeps_the_safety_and_tells_the_difference(
    system: System, factory: Database, clock: MovableClock
) -> None:
    """08:00 says 500, then 200 come and 100 are made: 590 in the evening are 10 fewer than there should be."""
    await sent(system, {"product": "MO-1023", "on_hand": 500, "safety": 20})
    clock.move_to(clock.now() + timedelta(hours=2))
    count = {"item": "MO-1023", "kind": "quantity", "good": 100}
    await system.post(REPORTS, [count], token=FLOOR)
    clock.move_to(clock.now() + timedelta(hours=1))
    found = await sent(system, {"product": "MO-1023", "on_hand": 590})
    assert found == [{"index": 0, "product": "MO-1023", "difference": -10, "code": "", "detail": ""}]
    newest = await factory.read(lambda uow: uow.counts.newest()["MO-1023"])
    assert (newest.on_hand, newest.safety) == (Decimal(590), Decimal(20))


async def test_less_than_nothing_is_kept_as_it_was_said(system: System, factory: Database) -> None:
    await sent(system, {"product": "steel", "on_hand": -3})
    assert (await factory.read(lambda uow: uow.counts.newest()["steel"])).on_hand == -3


async def test_the_scope_is_needed(system: System) -> None:
    assert "report" in problem(await system.post(STOCK, [STEEL]), 403, "forbidden")
