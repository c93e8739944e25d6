"""What changes do to a plan: who moves, who is asked, what is late, what is refused."""

from decimal import Decimal

import pytest

from planning.plan.item import Mode, Status
from planning.plan.link import Drives, Link, LinkKind
from planning.plan.operation import Operation
from planning.plan.plan import Plan
from tests.planning.build import change, dates, effect, item, link, plan_of, refusals

BACK = Drives.PREDECESSOR


def chain(*more: Link) -> Plan:
    """A, then B with two days of slack before C, then C and D at once; D is promised for the 11th."""
    return plan_of(
        item("A", "12-01", 2),
        item("B", "12-03", 2),
        item("C", "12-09"),
        item("D", "12-10", due="12-11", also_informs=("finance", "dept-c")),
        link("A B"),
        link("B C"),
        link("C D"),
        *more,
    )


def test_a_later_predecessor_pushes_only_as_far_as_needed() -> None:
    assert dates(effect(chain(), change("A", "set_duration", 3))) == {"A": "12-01~12-03", "B": "12-04~12-07"}
    assert dates(effect(chain(), change("A", "shift", 3))) == {
        "A": "12-04~12-07",
        "B": "12-08~12-09",
        "C": "12-10~12-10",
        "D": "12-11~12-11",
    }


def test_an_earlier_predecessor_pulls_nothing() -> None:
    assert dates(effect(chain(), change("A", "set_start", "11-30"))) == {"A": "11-30~12-01"}


def test_unless_the_change_pulls() -> None:
    assert dates(effect(chain(), change("A", "set_start", "11-30", pull=True))) == {
        "A": "11-30~12-01",
        "B": "12-02~12-03",
        "C": "12-04~12-04",
        "D": "12-07~12-07",
    }


def test_pulling_stops_at_constraints_and_at_today() -> None:
    plan = plan_of(
        item("A", "12-02", 2),
        item("B", "12-08", not_before="12-07"),
        item("C", "12-08"),
        link("A B"),
        link("A C", lag=-9),
    )
    assert dates(effect(plan, change("A", "set_duration", 1, pull=True))) == {
        "A": "12-02~12-02",
        "B": "12-07~12-07",
        "C": "11-30~11-30",
    }


def test_a_line_for_each_changed_field_with_its_path_and_slack() -> None:
    impact = effect(chain(), change("A", "shift", 3))
    told = [(line.item, line.field, line.before, line.after, line.days) for line in impact.lines]
    assert told == [
        ("A", "start", "2026-12-01", "2026-12-04", 3),
        ("A", "finish", "2026-12-02", "2026-12-07", 3),
        ("B", "start", "2026-12-03", "2026-12-08", 3),
        ("B", "finish", "2026-12-04", "2026-12-09", 3),
        ("C", "start", "2026-12-09", "2026-12-10", 1),
        ("C", "finish", "2026-12-09", "2026-12-10", 1),
        ("D", "start", "2026-12-10", "2026-12-11", 1),
        ("D", "finish", "2026-12-10", "2026-12-11", 1),
    ]
    ends = [line for line in impact.lines if line.field == "finish"]
    assert [line.path for line in ends] == [("A",), ("A", "B"), ("A", "B", "C"), ("A", "B", "C", "D")]
    assert [(line.slack_before, line.slack_after) for line in ends] == [(3, 0), (3, 0), (1, 0), (1, 0)]


def test_the_path_of_a_diamond_is_the_critical_one() -> None:
    plan = plan_of(
        item("A", "12-01"), item("B", days=1), item("C", days=4), item("D"), *map(link, ("A B", "A C", "B D", "C D"))
    )
    impact = effect(plan, change("A", "shift", 2))
    assert {line.path for line in impact.lines if line.item == "D"} == {("A", "C", "D")}
    assert {line.days for line in impact.lines} == {2}


def test_what_a_cancelled_item_held_moves_because_of_it() -> None:
    plan = plan_of(
        item("A", "12-07", 0),
        item("B", "12-08", 0, mode=Mode.ALAP),
        item("C", "12-07", 0, status=Status.IN_PROGRESS),
        link("A B", lag=1),
        link("B C", drives=Drives.PREDECESSOR),
    )
    impact = effect(plan, change("A", "cancel"))
    assert dates(impact)["B"] == "12-07~12-07"
    assert {line.path for line in impact.lines if line.item == "B"} == {("A", "B")}


def test_a_move_is_told_from_what_let_go_not_from_what_moved_beside_it() -> None:
    """X holds B neither before nor after, though it comes first by code."""
    plan = plan_of(
        item("X", "12-01", 0),
        item("Y", "12-07", 0),
        item("Z", "12-08", 0, mode=Mode.ALAP),
        item("ZZ", "12-04", 0, status=Status.IN_PROGRESS),
        link("X Z"),
        link("Y Z", lag=1),
        link("Z ZZ", drives=Drives.PREDECESSOR),
    )
    impact = effect(plan, change("X", "shift", 1), change("Y", "cancel"))
    assert {line.path for line in impact.lines if line.item == "Z"} == {("Y", "Z")}


def test_what_only_the_item_itself_can_change_has_no_other_cause() -> None:
    plan = plan_of(item("A", "12-01", 3), item("B"), link("A B"))
    impact = effect(plan, change("A", "shift", 2), change("B", "set_duration", 4))
    paths = {line.field: line.path for line in impact.lines if line.item == "B"}
    assert paths == {"start": ("A", "B"), "finish": ("A", "B"), "duration": ("B",)}


def test_who_is_asked_and_who_is_told() -> None:
    impact = effect(chain(), change("A", "shift", 3))
    assert impact.departments == ("dept-a", "dept-b", "dept-c", "dept-d")
    assert impact.informed == ("finance",)
    assert effect(chain(), change("A", "set_duration", 3)).departments == ("dept-a", "dept-b")


def test_slack_absorbs_and_nobody_downstream_is_asked() -> None:
    impact = effect(chain(), change("B", "shift", 2))
    assert dates(impact) == {"B": "12-07~12-08"}
    assert impact.departments == ("dept-b",)


def test_who_loses_all_slack_is_asked_though_nothing_of_theirs_moves() -> None:
    """B grows; A would have to be earlier for the promise to hold."""
    impact = effect(chain(), change("B", "set_duration", 6))
    assert dates(impact) == {"B": "12-03~12-10", "C": "12-11~12-11", "D": "12-14~12-14"}
    assert impact.departments == ("dept-a", "dept-b", "dept-c", "dept-d")
    assert [(late.item, late.days, str(late.due)) for late in impact.late_orders] == [("D", 1, "2026-12-11")]


def test_items_that_nobody_owns_ask_no_department() -> None:
    impact = effect(plan_of(item("A", "12-01", department="")), change("A", "shift", 1))
    assert impact.departments == ()
    assert impact.unowned


def test_an_alap_item_follows_its_need_both_ways() -> None:
    plan = plan_of(item("PO", days=2, mode=Mode.ALAP), item("MO", "12-10"), link("PO MO", drives=BACK))
    assert dates(effect(plan, change("MO", "shift", 2)))["PO"] == "12-10~12-11"
    assert dates(effect(plan, change("MO", "shift", -2)))["PO"] == "12-04~12-07"


def test_an_alap_item_pushed_past_its_need_pushes_what_needs_it() -> None:
    plan = plan_of(
        item("OK", "12-01"), item("PO", days=2, mode=Mode.ALAP), item("MO", "12-10"), link("OK PO"),
        link("PO MO", drives=BACK),
    )  # fmt: skip
    impact = effect(plan, change("OK", "shift", 8))
    assert dates(impact) == {"OK": "12-11~12-11", "PO": "12-14~12-15", "MO": "12-16~12-16"}
    assert {line.path for line in impact.lines if line.item == "MO"} == {("OK", "PO", "MO")}
    assert impact.exceptions == ()


def test_a_supplier_s_delay_makes_the_purchase_a_fact_that_others_wait_for() -> None:
    plan = plan_of(item("PO", days=2, mode=Mode.ALAP), item("MO", "12-10"), link("PO MO", drives=BACK))
    impact = effect(plan, change("PO", "set_finish", "12-11"))
    assert dates(impact) == {"PO": "12-10~12-11", "MO": "12-14~12-14"}
    assert [(line.before, line.after) for line in impact.lines if line.field == "mode"] == [("alap", "pinned")]
    later = plan.with_items(impact.changed.values())
    assert dates(effect(later, change("MO", "shift", 5))) == {"MO": "12-21~12-21"}
    unpinned = effect(later, change("MO", "shift", 5), change("PO", "unpin"))
    assert dates(unpinned) == {"MO": "12-21~12-21", "PO": "12-17~12-18"}


def test_pinned_items_never_move_and_what_they_break_is_told() -> None:
    pinned = item("P", "12-02", mode=Mode.PINNED)
    plan = plan_of(item("A", "12-01"), pinned, item("B", "12-03"), link("A P"), link("P B"))
    impact = effect(plan, change("A", "shift", 3))
    assert dates(impact) == {"A": "12-04~12-04"}
    assert [(e.code, dict(e.facts)) for e in impact.exceptions] == [
        ("link-broken", {"predecessor": "A", "successor": "P", "days": "3"})
    ]


def test_a_new_link_that_does_not_hold_is_told_though_nothing_moves() -> None:
    plan = plan_of(item("A", "12-04"), item("P", "12-02", mode=Mode.PINNED))
    impact = effect(plan, change("A", "link", {"successor": "P"}))
    assert dates(impact) == {}
    assert [(e.code, dict(e.facts)) for e in impact.exceptions] == [
        ("link-broken", {"predecessor": "A", "successor": "P", "days": "3"})
    ]


def test_a_pinned_item_moves_when_it_is_told_to() -> None:
    plan = plan_of(item("P", "12-02", 2, mode=Mode.PINNED), item("B", "12-04"), link("P B"))
    impact = effect(plan, change("P", "shift", 1))
    assert dates(impact) == {"P": "12-03~12-04", "B": "12-07~12-07"}
    assert impact.changed["P"].mode is Mode.PINNED


@pytest.mark.parametrize("told", [change("M", "set_finish", "12-02"), change("M", "shift", 2)])
def test_a_milestone_that_has_begun_ends_where_it_is_told(told: Operation) -> None:
    plan = plan_of(item("M", "11-30", 0, status=Status.IN_PROGRESS))
    assert dates(effect(plan, told)) == {"M": "11-30~12-02"}
    assert dates(effect(plan, change("M", "set_finish", "11-30"))) == {}


def test_work_in_progress_keeps_its_start() -> None:
    plan = plan_of(item("W", "11-26", 5, status=Status.IN_PROGRESS), item("B", "12-03"), link("W B"))
    for operation in (change("W", "shift", 2), change("W", "set_finish", "12-04"), change("W", "set_duration", 7)):
        impact = effect(plan, operation)
        assert dates(impact) == {"W": "11-26~12-04", "B": "12-07~12-07"}
        assert impact.changed["W"].duration == 7


def test_a_broken_wish_is_told_and_moves_nothing() -> None:
    plan = plan_of(item("A", "12-01"), item("B", "12-04"), link("A B", lag=2, hard=False))
    impact = effect(plan, change("A", "shift", 1))
    assert dates(impact) == {"A": "12-02~12-02"}
    assert [(e.code, dict(e.facts)) for e in impact.exceptions] == [
        ("wish-broken", {"predecessor": "A", "successor": "B", "days": "1"})
    ]


def test_work_that_would_have_had_to_begin_in_the_past_is_told() -> None:
    plan = plan_of(item("PO", days=3, mode=Mode.ALAP), item("MO", "12-04"), link("PO MO", drives=BACK))
    impact = effect(plan, change("PO", "set_duration", 6))
    assert [(e.code, dict(e.facts)) for e in impact.exceptions] == [
        ("start-in-the-past", {"item": "PO", "start": "2026-11-26", "today": "2026-11-30"})
    ]


def test_a_cancelled_item_lets_go() -> None:
    impact = effect(chain(), change("B", "cancel"), change("A", "shift", 9))
    assert dates(impact) == {"A": "12-14~12-15", "B": "12-03~12-04"}
    assert [(line.item, line.after) for line in impact.lines if line.field == "status"] == [("B", "cancelled")]


def test_reassigning_asks_both() -> None:
    impact = effect(chain(), change("A", "reassign", "dept-new"))
    assert impact.departments == ("dept-a", "dept-new")
    assert [line.field for line in impact.lines_of("dept-a")] == ["department"]
    assert [line.field for line in impact.lines_of("dept-new")] == ["department"]


def test_adding_an_item_with_its_links() -> None:
    impact = effect(
        chain(),
        change("N", "add", {"title": "Rework", "duration_days": "4", "department": "quality", "quantity": "12.50"}),
        change("B", "link", {"successor": "N"}),
        change("N", "link", {"successor": "C", "lag_days": "1"}),
    )
    assert dates(impact) == {"N": "12-07~12-10", "C": "12-14~12-14", "D": "12-15~12-15"}
    assert [(line.field, line.before, line.after) for line in impact.lines if line.item == "N"] == [
        ("start", "", "2026-12-07"),
        ("finish", "", "2026-12-10"),
        ("quantity", "", "12.5"),
        ("status", "", "confirmed"),
        ("link", "", "B"),
    ]
    assert impact.links_added == (link("B N"), link("N C", lag=1))
    assert "quality" in impact.departments


def test_a_new_link_pushes_at_once_and_removing_it_pulls_only_on_demand() -> None:
    plan = chain(link("A D", "FS", 8))
    assert dates(plan)["D"] == "12-15~12-15"
    without = change("A", "unlink", {"successor": "D"})
    assert dates(effect(plan, without)) == {}
    assert effect(plan, without).links_removed == (link("A D", "FS", 8),)
    assert dates(effect(plan, change("A", "unlink", {"successor": "D"}, pull=True)))["D"] == "12-10~12-10"


def test_the_links_of_an_alap_item_drive_it_unless_they_say_otherwise() -> None:
    plan = plan_of(item("PO", "12-01", mode=Mode.ALAP), item("MO", "12-10"))
    impact = effect(plan, change("PO", "link", {"successor": "MO"}))
    assert dates(impact) == {"PO": "12-09~12-09"}
    assert impact.links_added[0].drives is BACK


def test_a_link_that_closes_a_loop_is_refused_and_the_loop_printed() -> None:
    impact = effect(chain(), change("D", "link", {"successor": "A"}))
    assert refusals(impact) == [("loop", {"path": "A → B → C → D → A"})]
    assert impact.links_added == ()


def test_a_refused_operation_leaves_the_effect_of_the_others() -> None:
    impact = effect(chain(), change("A", "shift", 1), change("C", "set_start", "12-02"), change("Q", "cancel"))
    assert dates(impact) == {"A": "12-02~12-03", "B": "12-04~12-07"}
    assert [code for code, _ in refusals(impact)] == ["unknown-item", "predecessor-later"]


def test_moving_with_the_predecessor_in_one_change_is_not_refused() -> None:
    impact = effect(chain(), change("C", "set_start", "12-04"), change("B", "shift", -1), change("A", "shift", -1))
    assert dates(impact) == {"A": "11-30~12-01", "B": "12-02~12-03", "C": "12-04~12-04"}
    assert impact.refused == ()


def test_an_overdue_item_may_be_moved_though_still_in_the_past() -> None:
    plan = plan_of(item("A", "11-23"))
    assert dates(effect(plan, change("A", "shift", 2))) == {"A": "11-25~11-25"}
    assert refusals(effect(plan, change("A", "shift", -1)))[0][0] == "in-the-past"


@pytest.mark.parametrize(
    ("operation", "then"),
    [
        (change("A", "set_start", "12-05"), "12-07~12-08"),
        (change("A", "set_finish", "12-05"), "12-03~12-04"),
        (change("A", "set_finish", "12-07"), "12-04~12-07"),
    ],
)
def test_a_day_off_gives_way(operation: Operation, then: str) -> None:
    assert dates(effect(plan_of(item("A", "12-01", 2)), operation)) == {"A": then}


def test_a_change_that_changes_nothing_has_no_lines() -> None:
    for operation in (change("A", "shift", 0), change("A", "set_duration", 2), change("A", "unpin")):
        impact = effect(chain(), operation)
        assert (impact.lines, impact.changed, impact.departments) == ((), {}, ())


def test_dates_past_the_known_holidays_are_provisional() -> None:
    plan = plan_of(item("A", "12-30", 2), calendar="china")
    assert effect(plan, change("A", "set_duration", 3)).provisional
    assert not effect(plan, change("A", "set_start", "12-01")).provisional


def test_the_hash_tells_effects_apart_and_ignores_the_revision() -> None:
    one, other = effect(chain(), change("A", "shift", 3)), effect(chain(), change("A", "shift", 2))
    assert one.hash == effect(chain(), change("A", "shift", 3)).hash
    assert one.hash != other.hash
    assert len(one.hash) == 64
    later = Plan(**{**{f: getattr(chain(), f) for f in Plan.__slots__}, "revision": 99})
    assert effect(later, change("A", "shift", 3)).hash == one.hash
    assert (one.revision, effect(later, change("A", "shift", 3)).revision) == (7, 99)


def test_the_unlink_of_one_of_several_links_says_which() -> None:
    plan = chain(link("A B", "SS"))
    assert refusals(effect(plan, change("A", "unlink", {"successor": "B"})))[0][0] == "which-link"
    removed = effect(plan, change("A", "unlink", {"successor": "B", "kind": "SS"})).links_removed
    assert [gone.kind for gone in removed] == [LinkKind.SS]


def test_quantities_are_told_plainly() -> None:
    plan = plan_of(item("A", "12-01", quantity=Decimal("1000.00")))
    lines = effect(plan, change("A", "set_quantity", Decimal("3E+3"))).lines
    assert [(line.field, line.before, line.after) for line in lines] == [("quantity", "1000", "3000")]
