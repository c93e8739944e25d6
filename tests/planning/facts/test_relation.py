"""The first day that a link allows behind a milestone, where that falls on days off (docs/rules.md, T5)."""

from datetime import date

import pytest

from planning.facts.relation import Dates, Relation
from planning.plan.calendar import calendar_named
from planning.plan.item import Item
from planning.plan.link import LagKind, Link, LinkKind

SUNDAY, FRIDAY_BEFORE, MONDAY_AFTER = date(2026, 12, 6), date(2026, 12, 4), date(2026, 12, 7)
EVERY_DAY, WEEKDAYS = calendar_named("every-day"), calendar_named("weekdays")


@pytest.mark.parametrize(
    ("kind", "allowed"), [(LinkKind.FF, FRIDAY_BEFORE), (LinkKind.FS, MONDAY_AFTER), (LinkKind.SS, MONDAY_AFTER)]
)
def test_a_milestone_on_a_day_off_lets_a_milestone_follow(kind: LinkKind, allowed: date) -> None:
    first, then = (Item(code, code, SUNDAY, SUNDAY, 0) for code in "AB")
    link = Link("A", "B", kind, 0, LagKind.CALENDAR)
    assert Relation(link, first, then, EVERY_DAY, WEEKDAYS, WEEKDAYS).allows(Dates(SUNDAY, SUNDAY)) == allowed


def test_work_that_ends_on_a_day_off_lets_the_end_of_other_work_follow() -> None:
    first, then = (Item(code, code, SUNDAY, SUNDAY, 1) for code in "AB")
    link = Link("A", "B", LinkKind.FF, 0, LagKind.CALENDAR)
    relation = Relation(link, first, then, EVERY_DAY, WEEKDAYS, WEEKDAYS)
    assert relation.allows(Dates(SUNDAY, SUNDAY)) == MONDAY_AFTER
