"""The steps a change passes on by, from item to item: links of every kind, room, either direction."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from planning.plan.impact import Impact, Line
from planning.plan.item import Mode, Status
from planning.plan.link import Drives, LagKind, LinkKind
from planning.plan.plan import Plan
from planning.schedule.cause_steps import Passing, Step
from tests.planning.build import change, effect, item, link, plan_of


def line_of(impact: Impact, code: str, field: str = "finish") -> Line:
    return next(line for line in impact.lines if (line.item, line.field) == (code, field))


def steps(plan: Plan, impact: Impact, code: str, field: str = "finish") -> tuple[Step, ...]:
    return Passing(plan, impact).steps(line_of(impact, code, field))


def told(found: tuple[Step, ...]) -> list[tuple[str, str, int | None, int]]:
    return [(step.item, step.field, step.days, step.absorbed) for step in found]


def test_a_chain_of_finish_to_start_links_is_told_by_what_each_hands_on() -> None:
    plan = plan_of(item("A", "11-30", 3), item("B", days=2), item("C"), link("A B"), link("B C", lag=1))
    found = steps(plan, effect(plan, change("A", "shift", 2)), "C", "start")
    assert told(found) == [("A", "finish", 2, 0), ("B", "finish", 2, 0), ("C", "start", 2, 0)]
    assert [step.link and step.link.lag for step in found] == [None, 0, 1]
    assert not any(step.backwards for step in found)


def test_what_was_changed_directly_is_its_own_cause() -> None:
    plan = plan_of(item("A", "11-30", 3))
    (step,) = steps(plan, effect(plan, change("A", "set_duration", 5)), "A", "duration")
    assert (step.item, step.field, step.before, step.after, step.link) == ("A", "duration", "3", "5", None)


def test_a_longer_duration_hands_on_the_finish() -> None:
    plan = plan_of(item("A", "11-30", 3), item("B"), link("A B"))
    found = steps(plan, effect(plan, change("A", "set_duration", 5)), "B", "start")
    assert told(found) == [("A", "finish", 2, 0), ("B", "start", 2, 0)]


def test_room_between_two_items_absorbs_days() -> None:
    plan = plan_of(item("A", "11-30", 2), item("B", "12-04"), item("C", "12-07"), link("A B"), link("B C"))
    found = steps(plan, effect(plan, change("A", "shift", 5)), "C")
    assert told(found) == [("A", "finish", 5, 0), ("B", "finish", 3, 2), ("C", "finish", 3, 0)]


@pytest.mark.parametrize(
    ("kind", "ends"),
    [
        ("FS", ("finish", "start")),
        ("SS", ("start", "start")),
        ("FF", ("finish", "finish")),
        ("SF", ("start", "finish")),
    ],
)
def test_every_kind_of_link_names_its_own_ends(kind: str, ends: tuple[str, str]) -> None:
    plan = plan_of(item("A", "11-30", 3), item("B", days=3), link("A B", kind))
    impact = effect(plan, change("A", "shift", 4))
    cause, moved = steps(plan, impact, "B", ends[1])
    assert (cause.field, moved.field) == ends
    assert moved.link is not None
    assert moved.link.kind is LinkKind(kind)


def test_of_two_links_the_one_that_holds_is_named() -> None:
    plan = plan_of(item("A", "11-30", 3), item("B", days=3), link("A B", "SS", 1), link("A B", "FF", 4))
    _, moved = steps(plan, effect(plan, change("A", "shift", 2)), "B")
    assert moved.link is not None
    assert (moved.link.kind, moved.link.lag) == (LinkKind.FF, 4)


def test_a_need_moves_what_has_to_be_ready_for_it_backwards() -> None:
    buy = item("P", days=2, mode=Mode.ALAP)
    plan = plan_of(item("A", "12-14", 2), buy, link("P A", drives=Drives.PREDECESSOR, lag=1))
    cause, moved = steps(plan, effect(plan, change("A", "shift", 3)), "P")
    assert told((cause, moved)) == [("A", "start", 3, 0), ("P", "finish", 3, 0)]
    assert moved.backwards


def test_days_lost_to_a_weekend_are_not_called_room() -> None:
    plan = plan_of(
        item("A", "12-01", 1), item("B", days=1), link("A B", lag=15, lag_kind=LagKind.CALENDAR)
    )  # Wednesday 2 December + 15 days: Thursday the 17th; from the 4th it is Saturday, so Monday the 21st.
    found = steps(plan, effect(plan, change("A", "shift", 3)), "B")
    assert found[1].after == "2026-12-21"
    assert [step.absorbed for step in found] == [0, 0]


def test_quantities_are_followed_along_their_pegs() -> None:
    plan = plan_of(
        item("S", "11-30", quantity=Decimal(100), product="box"),
        item("M", "12-01", quantity=Decimal(200), product="part"),
        link("S M", ratio=Decimal(2)),
    )
    found = steps(plan, effect(plan, change("S", "set_quantity", Decimal(150))), "M", "quantity")
    assert [(step.item, step.before, step.after) for step in found] == [("S", "100", "150"), ("M", "200", "300")]


def test_the_way_of_an_applied_change_is_still_told_when_the_plan_has_moved_on() -> None:
    plan = plan_of(item("A", "11-30", 2), item("B", "12-04"), item("C", days=1), link("A B"), link("B C"))
    impact = effect(plan, change("A", "shift", 5))
    applied = plan.with_items(impact.changed.values())
    later = applied.with_items(
        replace(thing, start=date(2027, 3, 1), finish=date(2027, 3, 1)) for thing in applied.items.values()
    )
    assert steps(applied, impact, "C") == steps(later, impact, "C") == steps(plan, impact, "C")


def test_a_link_that_is_gone_leaves_the_step_without_one() -> None:
    plan = plan_of(item("A", "11-30", 2), item("B"), link("A B"))
    impact = effect(plan, change("A", "shift", 1))
    cause, moved = steps(replace(plan, links=()), impact, "B")
    assert (moved.link, moved.days, cause.item) == (None, 1, "A")


def test_what_a_cancelled_item_held_is_released() -> None:
    plan = plan_of(
        item("A", "12-07", 1),
        item("B", mode=Mode.ALAP),
        item("C", "12-07", 1, status=Status.IN_PROGRESS),
        link("A B", lag=1),
        link("B C", drives=Drives.PREDECESSOR),
    )
    cause, moved = steps(plan, effect(plan, change("A", "cancel")), "B")
    assert (cause.item, cause.field, cause.after) == ("A", "status", "cancelled")
    assert (moved.item, moved.days, moved.released, moved.absorbed) == ("B", -3, True, 0)


def test_a_new_link_passes_on_though_its_first_item_stands_still() -> None:
    plan = plan_of(item("A", "12-07", 2), item("B", "12-01"))
    impact = effect(plan, change("A", "link", {"successor": "B"}))
    cause, moved = steps(plan, impact, "B")
    assert (cause.item, cause.days) == ("A", None)
    assert moved.link is not None
    assert (moved.item, moved.field, moved.link.ends) == ("B", "finish", ("A", "B"))
