"""Another system asks whether what orders need is there before they start."""

import pytest

from storage.database import Database
from tests.bot.web.system import System, problem

READINESS = "/api/v1/readiness"


async def test_the_orders_that_start_on_these_days(system: System, factory: Database) -> None:
    plan = await factory.read(lambda uow: uow.plans.load())
    wanted = sorted(item.code for item in plan.items.values() if item.type == "production")
    found = await system.found(READINESS, **{"from": "2026-11-30", "to": "2027-12-31"})
    assert sorted(one["item"] for one in found["items"]) == wanted
    assert {one["colour"] for one in found["items"]} <= {"green", "yellow", "red", "none"}


async def test_page_by_page_in_the_order_of_their_starts(system: System) -> None:
    whole = (await system.found(READINESS, **{"from": "2026-11-30", "to": "2027-12-31"}))["items"]
    every = await system.everything(f"{READINESS}?from=2026-11-30&to=2027-12-31&limit=1")
    assert every == whole == sorted(whole, key=lambda one: (one["start"], one["item"]))


async def test_no_day_and_no_scope(system: System) -> None:
    assert (await system.get(READINESS, **{"from": "soon"})).status_code == 422
    problem(await system.get(READINESS, token=System.TOKENS["intake"]), 403, "forbidden")


@pytest.mark.parametrize(("first", "last"), [("9999-12-31", ""), ("9999-12-31", "9999-12-31"), ("0001-01-01", "")])
async def test_days_at_the_ends_of_the_calendar(system: System, first: str, last: str) -> None:
    found = await system.found(READINESS, **{"from": first} | ({"to": last} if last else {}))
    assert found["items"] == []
