"""Another system is a source: each call is a word of it, also one with nothing to say; what is refused is trouble."""

from datetime import timedelta
from typing import Any

from bot.clock import MovableClock
from tests.bot.web.system import System, problem

SOURCES, REPORTS, STOCK = "/api/v1/sources", "/api/v1/reports", "/api/v1/stock"
FLOOR = System.TOKENS["floor"]
STARTED = {"item": "MO-1023", "kind": "start"}


async def source(system: System, id: str) -> dict[str, Any]:
    found = await system.everything(SOURCES)
    return next(one for one in found if one["id"] == id)


async def test_a_call_is_a_word(system: System, clock: MovableClock) -> None:
    await system.post(REPORTS, [STARTED], token=FLOOR)
    at = clock.now()
    clock.move_to(at + timedelta(hours=2))
    told = await source(system, "api:floor")
    assert (told["name"], told["last_rows"], told["age_hours"], told["freshness"]) == ("floor", 1, 2, "fresh")
    assert (told["last_trouble"], told["expected_hours"]) == ("", 0)


async def test_so_is_one_with_nothing_to_say(system: System, clock: MovableClock) -> None:
    await system.post(REPORTS, [STARTED], token=FLOOR)
    for path in (REPORTS, STOCK):
        clock.move_to(clock.now() + timedelta(hours=1))
        answer = await system.post(path, [], token=FLOOR)
        assert answer.json() == {"accepted": 0, "refused": 0, "results": []}
        assert (await source(system, "api:floor"))["age_hours"] == 0


async def test_what_is_refused_is_trouble_and_no_word(system: System, clock: MovableClock) -> None:
    await system.post(REPORTS, [STARTED], token=FLOOR)
    clock.move_to(clock.now() + timedelta(hours=1))
    await system.post(REPORTS, [{"item": "XX-1", "kind": "start"}, {"item": "XX-2", "kind": "start"}], token=FLOOR)
    told = await source(system, "api:floor")
    assert (told["age_hours"], told["last_rows"]) == (1, 1)
    assert told["last_trouble"].startswith("2 条里 2 条没有记：")
    assert "XX-1" in told["last_trouble"]


async def test_a_part_of_a_call_is_both(system: System, clock: MovableClock) -> None:
    count = {"product": "steel", "on_hand": 5, "as_of": clock.now().isoformat()}
    await system.post(STOCK, [count, {"product": "glass"}], token=FLOOR)
    token, stock = await source(system, "api:floor"), await source(system, "stock")
    assert (token["last_rows"], stock["last_rows"]) == (1, 1)
    assert token["last_trouble"].startswith("2 条里 1 条没有记：")
    assert stock["name"] == "库存"


async def test_the_scope_is_needed(system: System) -> None:
    problem(await system.get(SOURCES, token=System.TOKENS["intake"]), 403, "forbidden")
