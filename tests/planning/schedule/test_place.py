"""The first placement of a plan."""

from dataclasses import replace

import pytest

from planning.plan.item import Item, Mode, Status
from planning.plan.link import Drives, Link
from planning.plan.plan import Plan
from planning.refusal import Refused
from planning.schedule.schedule import place
from tests.planning.build import MONDAY, dates, day, item, link, plan_of

BACK = Drives.PREDECESSOR


def test_what_nothing_places_begins_today() -> None:
    assert dates(plan_of(item("A", days=2), item("B"), link("A B"))) == {"A": "11-30~12-01", "B": "12-02~12-02"}


def test_a_given_start_is_kept_unless_something_pushes_it() -> None:
    plan = plan_of(item("A", "12-01", 3), item("B", "12-10"), item("C", "12-01"), link("A B"), link("A C"))
    assert dates(plan) == {"A": "12-01~12-03", "B": "12-10~12-10", "C": "12-04~12-04"}


def test_a_given_start_on_a_day_off_moves_to_the_next_working_day() -> None:
    assert dates(plan_of(item("A", "11-28", 2)))["A"] == "11-30~12-01"


def test_constraints_hold_from_below() -> None:
    plan = plan_of(item("A"), item("B", not_before="12-08"), item("C", not_before="12-05"), link("A B"))
    assert dates(plan) == {"A": "11-30~11-30", "B": "12-08~12-08", "C": "12-07~12-07"}


def test_an_alap_item_waits_for_its_need() -> None:
    need = link("PO MO", lag=1, drives=BACK)
    plan = plan_of(item("PO", days=3, mode=Mode.ALAP), item("MO", "12-15", 2), need)
    assert dates(plan)["PO"] == "12-09~12-11"


def test_an_alap_item_is_ready_for_the_first_of_its_needs_and_for_its_promise() -> None:
    needs = link("PO M1", drives=BACK), link("PO M2", drives=BACK)
    plan = plan_of(item("PO", mode=Mode.ALAP), item("M1", "12-15"), item("M2", "12-10"), *needs)
    assert dates(plan)["PO"] == "12-09~12-09"
    promised = plan_of(item("PO", mode=Mode.ALAP, due="12-04"), item("M1", "12-15"), needs[0])
    assert dates(promised)["PO"] == "12-04~12-04"


def test_a_need_without_a_place_begins_when_its_supply_can_be_there() -> None:
    plan = plan_of(item("PO", days=3, mode=Mode.ALAP), item("MO"), link("PO MO", drives=BACK))
    assert dates(plan) == {"PO": "11-30~12-02", "MO": "12-03~12-03"}


def test_a_need_waits_for_a_supply_that_cannot_be_earlier() -> None:
    """Driven backwards, but held by its own constraint: what needs it is pushed."""
    need = link("PO MO", drives=BACK)
    plan = plan_of(item("PO", days=3, mode=Mode.ALAP, not_before="12-10"), item("MO", "12-07"), need)
    assert dates(plan) == {"PO": "12-10~12-14", "MO": "12-15~12-15"}


def test_what_cannot_move_stays() -> None:
    fixed = {
        "P": item("P", "12-01", 2, mode=Mode.PINNED),
        "W": item("W", "11-27", 5, status=Status.IN_PROGRESS),
        "D": item("D", "11-23", 2, status=Status.DONE),
        "X": item("X", "12-01", 2, status=Status.CANCELLED),
    }
    pushes = [link(f"A {code}") for code in fixed]
    assert dates(plan_of(item("A", "12-14"), *fixed.values(), *pushes)) == {
        "A": "12-14~12-14",
        "P": "12-01~12-02",
        "W": "11-27~12-03",
        "D": "11-23~11-24",
        "X": "12-01~12-02",
    }


def test_a_cancelled_item_holds_nobody() -> None:
    plan = plan_of(item("A", "12-01", 9, status=Status.CANCELLED), item("B", "12-02"), link("A B"))
    assert dates(plan)["B"] == "12-02~12-02"


@pytest.mark.parametrize("drives", Drives)
def test_a_loop_is_printed_item_by_item(drives: Drives) -> None:
    loop = [link("C A", drives=drives), link("A B", drives=drives), link("B C"), link("Z C")]
    with pytest.raises(Refused) as refused:
        plan_of(item("A"), item("B"), item("C"), item("Z"), *loop)
    assert refused.value.refusal.code == "loop"
    assert refused.value.refusal.facts == {"path": "A → B → C → A"}


def test_of_several_loops_the_first_in_the_alphabet_is_printed_whatever_the_order() -> None:
    links = [link("A C"), link("C A"), link("A B"), link("B A")]
    for order in (links, links[::-1]):
        with pytest.raises(Refused) as refused:
            plan_of(item("C"), item("B"), item("A"), *order)
        assert refused.value.refusal.facts == {"path": "A → B → A"}


def test_an_item_that_waits_for_itself_is_a_loop() -> None:
    with pytest.raises(Refused) as refused:
        plan_of(item("A"), link("A A"))
    assert refused.value.refusal.facts == {"path": "A → A"}


def test_a_loop_through_pinned_items_is_one_all_the_same() -> None:
    pinned = [item(code, "12-01", mode=Mode.PINNED) for code in "AB"]
    with pytest.raises(Refused) as refused:
        plan_of(*pinned, link("A B"), link("B A"))
    assert refused.value.refusal.facts == {"path": "A → B → A"}


def test_a_link_needs_both_ends() -> None:
    with pytest.raises(Refused) as refused:
        plan_of(item("A"), link("A B"))
    assert (refused.value.refusal.code, refused.value.refusal.facts) == ("unknown-item", {"item": "B"})


@pytest.mark.parametrize("fixed", [Mode.PINNED, Status.IN_PROGRESS, Status.DONE])
def test_what_never_moves_needs_a_date(fixed: Mode | Status) -> None:
    with pytest.raises(Refused) as refused:
        plan_of(item("A", mode=fixed) if isinstance(fixed, Mode) else item("A", status=fixed))
    assert refused.value.refusal.code == "no-date"


def test_the_order_of_rows_means_nothing() -> None:
    items = [item("A", days=3), item("B", days=0), item("C")]
    parts: list[Item | Link] = [*items, link("A B"), link("B C", lag=2), link("A C", "SS", 1)]
    forwards, backwards = plan_of(*parts), plan_of(*reversed(parts))
    assert dict(forwards.items) == dict(backwards.items)


def test_placing_again_moves_nothing() -> None:
    plan = plan_of(item("A", days=3), item("PO", mode=Mode.ALAP), item("C"), link("A C"), link("PO C", drives=BACK))
    assert place(plan, (), MONDAY) == plan


def test_an_unknown_unplaced_code_is_refused() -> None:
    with pytest.raises(Refused):
        place(Plan("p", "P", 1, {}), {"A"}, MONDAY)


# nothing before today


DONE = Status.DONE


@pytest.mark.parametrize(
    ("others", "living"),
    [
        ([item("P", "11-02", 3, status=DONE)], True),
        ([item("P", "11-02", 3, status=Status.IN_PROGRESS)], True),
        ([item("P", "11-02", 3), item("X", "12-10")], True),
        ([item("P", "11-02", 3), item("X", "11-30")], True),
        ([item("P", "11-02", 3), item("X", not_before="12-01")], True),
        ([item("P", "11-02", 3), item("X", due="12-01")], True),
        ([item("P", "11-02", 3)], False),
        ([item("P", not_before="11-02", days=3)], False),
        ([item("P", "11-02", 3), item("X", due="11-27")], False),
        ([item("P", "11-02", 3, status=Status.ON_HOLD), item("X", "11-03", mode=Mode.PINNED)], False),
    ],
)
def test_a_living_plan_has_nothing_new_before_today_and_history_follows_its_links(
    others: list[Item], living: bool
) -> None:
    placed = dates(plan_of(*others, item("B"), link("P B")))
    assert (placed["B"] >= "11-30") is living


def test_behind_work_that_is_done_it_begins_today() -> None:
    plan = plan_of(item("A", "11-02", 3, status=DONE), item("B", days=2), item("C"), link("A B"), link("B C"))
    assert dates(plan) == {"A": "11-02~11-04", "B": "11-30~12-01", "C": "12-02~12-02"}


def test_a_supply_as_late_as_possible_is_not_before_today_either() -> None:
    plan = plan_of(item("W", "11-23", 3, status=DONE), item("PO", days=5, mode=Mode.ALAP), item("MO", "12-02"),
                   link("PO MO", drives=BACK))  # fmt: skip
    assert dates(plan)["PO"] == "11-30~12-04"
    assert dates(plan)["MO"] == "12-07~12-07", "pushed, as by any supply that cannot be earlier"


def test_items_with_dates_stay_where_they_are() -> None:
    plan = plan_of(item("A", "11-02", 3, status=DONE), item("B", "11-05"), item("C"), link("A B"), link("B C"))
    assert dates(plan) == {"A": "11-02~11-04", "B": "11-05~11-05", "C": "11-30~11-30"}


def test_as_of_another_day() -> None:
    history = [item("A", "11-02", 3), item("B"), item("C"), link("A B")]
    plan = replace(plan_of(), items={part.code: part for part in history if isinstance(part, Item)},
                   links=(link("A B"),))  # fmt: skip
    plan = plan.with_items([replace(plan.items["A"], finish=day("11-04"))])
    starts = {code: it.start for code, it in place(plan, {"B", "C"}, MONDAY, day("11-16")).items.items()}
    assert starts == {"A": day("11-02"), "B": day("11-16"), "C": day("11-16")}
    starts = {code: it.start for code, it in place(plan, {"B", "C"}, MONDAY, day("11-03")).items.items()}
    assert starts == {"A": day("11-02"), "B": day("11-05"), "C": day("11-03")}
