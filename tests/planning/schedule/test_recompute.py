"""A newer list of holidays: the plan is counted again."""

from dataclasses import replace

from planning.plan.calendar import calendar_named, with_exceptions
from planning.plan.item import Mode, Status
from planning.plan.link import Drives
from planning.schedule.recompute import recompute
from tests.planning.build import MONDAY, dates, day, item, link, plan_of

KNOWN = with_exceptions("ours", calendar_named("weekdays"), {})
NEWER = with_exceptions("ours", KNOWN, {day("12-03"): False, day("12-04"): False, day("12-12"): True})

PLAN = plan_of(
    item("A", "12-01", 3),
    item("B", "12-04", 2),
    item("C", "12-04"),
    item("PO", mode=Mode.ALAP, days=2),
    item("MO", "12-15"),
    item("P", "12-03", 2, mode=Mode.PINNED),
    item("W", "11-27", 5, status=Status.IN_PROGRESS),
    link("A B"),
    link("PO MO", drives=Drives.PREDECESSOR),
    calendar="ours",
    calendars={"ours": KNOWN},
)


def test_nothing_changes_while_the_days_are_what_they_were() -> None:
    assert recompute(PLAN, MONDAY).lines == ()


def test_new_holidays_and_make_up_days_move_what_they_touch() -> None:
    impact = recompute(replace(PLAN, calendars={"ours": NEWER}), MONDAY)
    assert dates(impact) == {
        "A": "12-01~12-07",
        "B": "12-08~12-09",
        "C": "12-07~12-07",
        "PO": "12-12~12-14",
        "W": "11-27~12-07",
    }
    assert impact.revision == PLAN.revision
    assert next(line.path for line in impact.lines if line.item == "B") == ("A", "B")


def test_counted_again_it_stays() -> None:
    plan = replace(PLAN, calendars={"ours": NEWER})
    again = plan.with_items(recompute(plan, MONDAY).changed.values())
    assert recompute(again, MONDAY).lines == ()
