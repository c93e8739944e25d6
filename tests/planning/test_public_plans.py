"""Dates equal to those of independent programs: TaskJuggler's of Fedora 20, PSPLIB's critical-path lengths."""

from datetime import date

import pytest

from planning.calendar import calendar_named
from planning.plan import Plan
from planning.schedule import place
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
