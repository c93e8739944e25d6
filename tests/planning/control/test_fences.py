"""Time fences: which zone an item is in on a day, and which fences a change touches."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.control.fences import Breach, Fence, FenceKind, Scope, Zone, breaches, closed, special_approvals, zone_of
from planning.plan.calendar import calendar_named
from planning.plan.item import Item, Status
from tests.planning.build import change, day, effect, item, link, plan_of

CALENDAR = calendar_named("weekdays")
TODAY = day("11-30")
"""A Monday."""
ROLLING = Fence("near", "开工前3天", FenceKind.ROLLING, days=3, approvals=("role:coordinator",))
SOFT = Fence("soon", "开工前10天", FenceKind.ROLLING, Zone.SLUSHY, days=10)
RELEASED = Fence("released", "已下达", FenceKind.STATUS, statuses=(Status.RELEASED,))
SALE = Fence("sale", "大促", FenceKind.WINDOW, first=day("12-10"), last=day("12-12"), approvals=("planning",))


def at(start: str, days: int = 1, **fields: object) -> Item:
    return plan_of(item("A", start, days, **fields)).items["A"]


@pytest.mark.parametrize(
    ("fence", "start", "days", "zone"),
    [
        (ROLLING, "11-27", 1, Zone.FROZEN),  # its start has passed
        (ROLLING, "11-30", 1, Zone.FROZEN),
        (ROLLING, "12-03", 1, Zone.FROZEN),  # three working days from Monday
        (ROLLING, "12-04", 1, Zone.LIQUID),
        (SOFT, "12-14", 1, Zone.SLUSHY),  # ten working days, over two weekends
        (SOFT, "12-15", 1, Zone.LIQUID),
        (SALE, "12-07", 3, Zone.LIQUID),  # until Wednesday the 9th
        (SALE, "12-07", 4, Zone.FROZEN),  # its last day is the window's first
        (SALE, "12-14", 1, Zone.LIQUID),
    ],
)
def test_a_date_decides(fence: Fence, start: str, days: int, zone: Zone) -> None:
    assert zone_of(at(start, days), [fence], TODAY, CALENDAR) is zone


def test_the_firmest_fence_counts() -> None:
    assert zone_of(at("12-02"), [SOFT, ROLLING], TODAY, CALENDAR) is Zone.FROZEN
    assert zone_of(at("12-08"), [SOFT, ROLLING], TODAY, CALENDAR) is Zone.SLUSHY
    assert zone_of(at("12-02"), [], TODAY, CALENDAR) is Zone.LIQUID


@pytest.mark.parametrize("status", list(Status))
def test_a_status_decides_and_what_is_over_is_in_no_zone(status: Status) -> None:
    there = replace(at("12-02"), status=status)
    wanted = Zone.FROZEN if status is Status.RELEASED else Zone.LIQUID
    assert zone_of(there, [RELEASED], TODAY, CALENDAR) is wanted
    near = zone_of(there, [ROLLING], TODAY, CALENDAR)
    assert near is (Zone.LIQUID if status in (Status.DONE, Status.CLOSED, Status.CANCELLED) else Zone.FROZEN)


@pytest.mark.parametrize(
    ("scope", "held"),
    [
        (Scope(), True),
        (Scope(types=("task",)), True),
        (Scope(types=("purchase",)), False),
        (Scope(departments=("dept-a",)), True),
        (Scope(types=("task",), departments=("dept-b",)), False),
        (Scope(products=("P-1",)), True),
        (Scope(products=("P-2",)), False),
    ],
)
def test_a_scope_narrows_a_fence(scope: Scope, held: bool) -> None:
    found = zone_of(at("12-01", product="P-1"), [replace(ROLLING, scope=scope)], TODAY, CALENDAR)
    assert found is (Zone.FROZEN if held else Zone.LIQUID)


def test_a_window_that_has_passed_holds_nothing() -> None:
    long = at("12-07", 10)
    assert zone_of(long, [SALE], day("12-12"), CALENDAR) is Zone.FROZEN
    assert zone_of(long, [SALE], day("12-13"), CALENDAR) is Zone.LIQUID


def test_a_change_touches_the_fence_it_leaves_and_the_one_it_enters() -> None:
    plan = plan_of(item("IN", "12-02"), item("OUT", "12-20"))
    leaving = breaches(effect(plan, change("IN", "shift", 20)), plan, [ROLLING], TODAY)
    assert leaving == (
        Breach("near", "开工前3天", Zone.FROZEN, ("role:coordinator",), "IN", "item IN", None, stands=True),
    )
    entering = breaches(effect(plan, change("OUT", "set_start", "12-02")), plan, [ROLLING], TODAY)
    assert [breach.item for breach in entering] == ["OUT"]
    assert breaches(effect(plan, change("OUT", "shift", 3)), plan, [ROLLING], TODAY) == ()


def test_what_a_change_pushes_is_looked_at_too() -> None:
    plan = plan_of(item("A", "12-07", 2), item("B", "12-09"), link("A B"))
    found = breaches(effect(plan, change("A", "shift", 1)), plan, [SALE], TODAY)
    assert [(breach.item, breach.earliest) for breach in found] == [("B", day("12-14"))]


@pytest.mark.parametrize(("days", "touched"), [(8, ("near", "sale")), (5, ("near",))])
def test_the_earliest_date_is_outside_every_fence_also_those_one_would_come_into(
    days: int, touched: tuple[str, ...]
) -> None:
    """Five days from 12-04, where the first fence ends, reach into the second."""
    plan = plan_of(item("A", "12-21", days))
    found = breaches(effect(plan, change("A", "set_start", "12-03")), plan, [ROLLING, SALE], TODAY)
    assert tuple(breach.fence for breach in found) == touched
    assert {breach.earliest for breach in found} == {day("12-14")}


def test_windows_that_follow_each_other_are_all_passed() -> None:
    later = replace(SALE, id="later", first=day("12-14"), last=day("12-16"))
    shown = replace(later, id="shown", zone=Zone.SLUSHY, approvals=(), first=day("12-17"), last=day("12-30"))
    plan = plan_of(item("A", "12-21"))
    found = breaches(effect(plan, change("A", "set_start", "12-10")), plan, [later, SALE, shown], TODAY)
    assert {breach.fence: breach.earliest for breach in found} == {"sale": day("12-17"), "shown": day("12-17")}


def test_what_stands_inside_is_a_matter_of_its_fence_whatever_the_date() -> None:
    plan = plan_of(item("A", "12-02", 8))
    found = breaches(effect(plan, change("A", "shift", 20)), plan, [ROLLING, SALE], TODAY)
    assert {(breach.earliest, breach.stands) for breach in found} == {(None, True)}
    assert special_approvals(found) == ("role:coordinator", "planning")


def test_what_was_asked_for_goes_before_what_it_moves() -> None:
    plan = plan_of(item("B", "12-04", 2), item("A", "12-08"), link("B A"))
    found = breaches(effect(plan, change("B", "shift", 3)), plan, [SALE, ROLLING], TODAY)
    assert [(breach.item, breach.fence) for breach in found] == [("B", "sale"), ("A", "sale")]


def test_no_date_helps_what_its_status_holds() -> None:
    plan = plan_of(item("A", "12-20", status=Status.RELEASED))
    found = breaches(effect(plan, change("A", "shift", 1)), plan, [RELEASED, ROLLING], TODAY)
    assert [(breach.fence, breach.earliest) for breach in found] == [("released", None)]


DAYS = st.integers(0, 60).map(lambda n: date(2026, 11, 1) + timedelta(n))
SCOPED = st.sampled_from([Scope(), Scope(types=("task",)), Scope(departments=("elsewhere",))])


@st.composite
def fences(draw: st.DrawFn) -> Fence:
    kind, zone = draw(st.sampled_from(FenceKind)), draw(st.sampled_from([Zone.SLUSHY, Zone.FROZEN]))
    first = draw(DAYS)
    last = first + timedelta(draw(st.integers(0, 20)))
    statuses = tuple(draw(st.sets(st.sampled_from(Status))))
    return Fence("f", "f", kind, zone, draw(SCOPED), draw(st.integers(0, 20)), statuses, first, last)


@given(DAYS, st.integers(0, 9), st.lists(fences(), max_size=4), DAYS, st.integers(0, 30), st.sampled_from(Status))
def test_time_alone_only_makes_firmer_except_where_a_window_ends(
    start: date, duration: int, known: list[Fence], today: date, later: int, status: Status
) -> None:
    there = Item("A", "a", start, CALENDAR.finish_of(start, duration), duration, status=status)
    lasting = [fence for fence in known if fence.kind is not FenceKind.WINDOW]
    now = zone_of(there, lasting, today, CALENDAR)
    assert zone_of(there, lasting, today + timedelta(later), CALENDAR).rank >= now.rank


@given(DAYS, st.lists(fences(), max_size=4), fences(), DAYS)
def test_another_fence_never_makes_softer(start: date, known: list[Fence], more: Fence, today: date) -> None:
    there = Item("A", "a", start, start)
    assert zone_of(there, [*known, more], today, CALENDAR).rank >= zone_of(there, known, today, CALENDAR).rank


@given(fences(), DAYS, st.integers(0, 3))
def test_the_earliest_date_outside_is_outside_and_the_earliest(fence: Fence, today: date, days: int) -> None:
    outside = fence.earliest_outside(today, CALENDAR)
    if outside is None:
        assert fence.kind is FenceKind.STATUS
        return
    there = Item("A", "a", outside, CALENDAR.finish_of(outside, days), days, type="task", department="elsewhere")
    assert not fence.holds(there, today, CALENDAR)
    before = CALENDAR.add(outside, -1)
    if fence.kind is FenceKind.ROLLING:
        assert fence.holds(replace(there, start=before, finish=before), today, CALENDAR)


def test_only_a_frozen_fence_that_asks_nobody_lets_nothing_through() -> None:
    soft, shut = replace(SOFT, approvals=()), replace(ROLLING, id="shut", approvals=())
    plan = plan_of(item("A", "12-01"))
    found = breaches(effect(plan, change("A", "shift", 1)), plan, [ROLLING, soft, shut], TODAY)
    assert {breach.fence for breach in found} == {"near", "soon", "shut"}
    assert [breach.fence for breach in closed(found)] == ["shut"]


def test_a_new_item_is_looked_at_where_it_would_come() -> None:
    plan = plan_of(item("A", "12-01"))
    inside, outside = ({"title": "加单", "start": start} for start in ("2026-12-02", "2026-12-08"))
    (breach,) = breaches(effect(plan, change("N", "add", inside)), plan, [ROLLING], TODAY)
    assert (breach.item, breach.title, breach.earliest, breach.stands) == ("N", "加单", day("12-04"), False)
    assert breaches(effect(plan, change("N", "add", outside)), plan, [ROLLING], TODAY) == ()
