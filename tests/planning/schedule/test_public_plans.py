"""Dates equal to those of independent programs: TaskJuggler's of Fedora 20, PSPLIB's critical-path lengths."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from planning.plan.calendar import calendar_named
from planning.plan.item import Constraint
from planning.plan.operation import Op, Operation
from planning.plan.plan import Plan
from planning.schedule.assess import assess
from planning.schedule.network import Network
from planning.schedule.schedule import place
from tests.planning.shared import TODAY, fedora, fedora_expected, needs_data, psplib

WEEKDAYS = calendar_named("weekdays")
pytestmark = needs_data


def positions(plan: Plan, code: str, zero: date) -> tuple[int, int]:
    """Start, and end as the moment after the last day, in working days since `zero`."""
    item = plan.items[code]
    start = WEEKDAYS.between(zero, item.start)
    return start, start if item.is_milestone else WEEKDAYS.between(zero, item.finish) + 1


def test_fedora_stands_where_taskjuggler_puts_it() -> None:
    plan, unplaced = fedora()
    placed = place(plan, unplaced, TODAY)
    comparable = [expected for expected in fedora_expected() if expected.comparable]
    assert len(comparable) == 365
    ours = {expected.code: positions(placed, expected.code, date(2013, 4, 1)) for expected in comparable}
    assert ours == {expected.code: (expected.start, expected.finish) for expected in comparable}


@pytest.mark.parametrize(("name", "networks"), [("j30", 480), ("j120", 600)])
def test_the_last_finish_is_the_published_critical_path(name: str, networks: int) -> None:
    seen = 0
    for project in psplib(name):
        plan = project.plan()
        placed = place(plan, plan.items.keys(), TODAY)
        assert max(positions(placed, code, TODAY)[1] for code in plan.items) == project.mpm_time, project.name
        seen += 1
    assert seen == networks


@pytest.mark.parametrize("name", ["j30", "j120"])
def test_a_delay_costs_what_exceeds_the_slack(name: str) -> None:
    """For a job delayed by d, the new length is max(MPM, MPM - slack + d), with slack from a backward pass of ours."""
    for turn, project in enumerate(psplib(name)):
        jobs, days = len(project.durations), 1 + turn % 9
        job = 1 + turn % jobs
        slack = project.slack_of(job)
        promised = replace(project.plan().items[project.job(jobs)], **due(project.mpm_time))
        plan = project.plan().with_items([promised])
        plan = place(plan, plan.items.keys(), TODAY)
        impact = assess(plan, [Operation(project.job(job), Op.SHIFT, days)], TODAY)
        ends = [positions(plan.with_items(impact.changed.values()), code, TODAY)[1] for code in plan.items]
        assert max(ends) == max(project.mpm_time, project.mpm_time - slack + days), project.name
        line = next(line for line in impact.lines if line.item == project.job(job))
        assert (line.slack_before, line.slack_after) == (slack, slack - days)
        assert [late.days for late in impact.late_orders] == ([days - slack] if days > slack else [])


def due(position: int) -> dict[str, Any]:
    day = WEEKDAYS.day(WEEKDAYS.position(TODAY) + position)
    return {"constraint": Constraint.FINISH_NO_LATER_THAN, "constraint_date": day}


@pytest.mark.parametrize("more", [1, 7])
def test_a_longer_item_moves_what_a_new_schedule_would_move(more: int) -> None:
    """Every item of Fedora 20 in turn: the what-if on the placed plan equals placing the changed plan from scratch."""
    raw, unplaced = fedora()
    placed = place(raw, unplaced, TODAY)
    network = Network.of(placed)
    for code in sorted(unplaced):
        longer = raw.items[code].duration + more
        impact = assess(placed, [Operation(code, Op.SET_DURATION, longer)], date(2013, 1, 1), network)
        scratch = place(raw.with_items([replace(raw.items[code], duration=longer)]), unplaced, TODAY)
        moved = {other for other, item in scratch.items.items() if item != placed.items[other]}
        assert impact.changed == {other: scratch.items[other] for other in moved}, code
        owners = {scratch.items[other].department for other in moved} - {""}
        assert impact.departments == tuple(sorted(owners)), code
