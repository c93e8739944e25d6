"""对比: two states of a plan side by side."""

from dataclasses import replace
from decimal import Decimal

from planning.plan.compare import compare
from tests.planning.build import change, effect, item, link, plan_of

BEFORE = plan_of(item("A", "12-01", 2), item("B", "12-03"), item("C", "12-10"), link("A B"))


def test_equal_plans_differ_in_nothing() -> None:
    same = compare(BEFORE, replace(BEFORE, revision=9))
    assert (same.before, same.after, same.lines, same.added, same.removed) == (7, 9, (), (), ())


def test_what_moved_since_a_baseline() -> None:
    impact = effect(BEFORE, change("A", "set_duration", 4), change("C", "set_quantity", Decimal(5)))
    found = compare(BEFORE, replace(BEFORE.with_items(impact.changed.values()), revision=8))
    assert [(line.item, line.field, line.before, line.after, line.days) for line in found.lines] == [
        ("A", "finish", "2026-12-02", "2026-12-04", 2),
        ("A", "duration", "2", "4", 2),
        ("B", "start", "2026-12-03", "2026-12-07", 2),
        ("B", "finish", "2026-12-03", "2026-12-07", 2),
        ("C", "quantity", "", "5", None),
    ]


def test_what_came_and_what_went() -> None:
    after = plan_of(item("A", "12-01", 2), item("B", "12-03"), item("D", "12-07"), link("A B"), link("B D"))
    found = compare(BEFORE, after)
    assert (found.added, found.removed) == (("D",), ("C",))
    assert (found.links_added, found.links_removed) == ((link("B D"),), ())
    assert [(line.item, line.field, line.before, line.after) for line in found.lines] == [
        ("D", "start", "", "2026-12-07"),
        ("D", "finish", "", "2026-12-07"),
        ("D", "status", "", "confirmed"),
        ("C", "start", "2026-12-10", ""),
        ("C", "finish", "2026-12-10", ""),
        ("C", "status", "confirmed", ""),
    ]
    assert compare(after, BEFORE).links_removed == (link("B D"),)
