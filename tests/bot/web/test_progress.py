"""Another system asks how far each department is: the same numbers as in the chat."""

import re
from datetime import timedelta

import pytest

from bot.clock import MovableClock
from tests.bot.web.system import System, problem

PROGRESS = "/api/v1/progress"


async def test_every_department_that_has_work(system: System) -> None:
    found = await system.found(PROGRESS, by="department")
    assert [one["department"] for one in found["departments"]]
    assert (found["baseline"], found["from"] < found["to"]) == (None, True)
    for one in found["departments"]:
        assert (one["planned"] is None) == (one["planned_percent"] is None)
        assert one["reached"] <= one["milestones"] <= one["items"]


async def test_of_a_week_in_which_nothing_is_planned_there_is_none(system: System) -> None:
    found = await system.found(PROGRESS, **{"from": "2019-01-07"})
    assert (found["from"], found["to"]) == ("2019-01-07", "2019-01-13")
    assert {(one["items"], one["planned"], one["actual"], one["spi"]) for one in found["departments"]} == {
        (0, None, None, None)
    }


@pytest.mark.parametrize(("first", "last"), [("9999-12-31", ""), ("9999-12-31", "9999-12-31"), ("0001-01-01", "")])
async def test_days_at_the_ends_of_the_calendar(system: System, first: str, last: str) -> None:
    assert (await system.found(PROGRESS, **{"from": first} | ({"to": last} if last else {})))["departments"]


async def test_of_one_item_what_was_reported_and_when_it_will_be_over(system: System, clock: MovableClock) -> None:
    clock.move_to(clock.now() + timedelta(days=7))
    told = [{"item": "MO-1023", "kind": "start"}, {"item": "MO-1023", "kind": "quantity", "good": "300", "scrap": "2"}]
    assert (await system.post("/api/v1/reports", told, token=System.TOKENS["floor"])).json()["refused"] == 0
    found = await system.found(PROGRESS, item="MO-1023")
    assert (found["item"], found["status"], found["done"], found["scrap"]) == ("MO-1023", "in_progress", "300", "2")
    assert found["part"] == pytest.approx(300 / float(found["quantity"]), abs=1e-6)
    assert found["forecast"]["finish"] >= found["forecast"]["start"]
    assert (found["late_days"] > 0) is (found["forecast"]["finish"] > found["planned"]["finish"])
    assert (found["late_days"] > 0) or not found["pushes"]
    problem(await system.get(PROGRESS, item="NO-1"), 404, "unknown-item")


async def test_by_something_else_and_no_scope(system: System) -> None:
    assert (await system.get(PROGRESS, by="moon")).status_code == 422
    problem(await system.get(PROGRESS, token=System.TOKENS["intake"]), 403, "forbidden")


async def test_no_masked_value_is_among_it(system: System) -> None:
    answer = await system.get(PROGRESS)
    assert answer.status_code == 200
    assert not re.search("客户|成本|customer|cost", answer.text)


async def test_a_report_counts_at_once(system: System, clock: MovableClock) -> None:
    clock.move_to(clock.now() + timedelta(days=7))
    before = {one["department"]: one["actual"] for one in (await system.found(PROGRESS))["departments"]}
    done = await system.post("/api/v1/reports", [{"item": "MO-1023", "kind": "start"},
                                                 {"item": "MO-1023", "kind": "percent", "percent": 50}],
                             token=System.TOKENS["floor"])  # fmt: skip
    assert done.json()["refused"] == 0
    after = {one["department"]: one["actual"] for one in (await system.found(PROGRESS))["departments"]}
    assert [id for id in before if before[id] != after[id]] == ["production"]
