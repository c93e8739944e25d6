"""What two requests want of the same items, and who says which of them stands."""

from contextlib import nullcontext
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.change.change import Change, ChangeState
from planning.change.conflict import (
    ARBITER,
    MERGE,
    MOOT,
    Conflict,
    agreed,
    arbiters_of,
    can_be_at_odds,
    can_give_way,
    less_late,
    settle,
    speaks_for,
    take_stance,
    unheard,
)
from planning.change.contested_fields import Contested, Field, contested, merged, summed_up
from planning.change.overlap import Nearness, nearness
from planning.people.delegation import Deputies
from planning.people.organisation import Organisation, Role
from planning.plan.impact import Impact, LateOrder
from planning.plan.operation import Op, Operation, Value
from planning.refusal import Refused
from planning.schedule.network import Network
from planning.schedule.reachability import upstream
from tests.planning.build import item, link, plan_of
from tests.small_company import NOW, organisation

TENTH, EIGHTH = date(2026, 12, 10), date(2026, 12, 8)
FS, SS = {"successor": "B"}, {"successor": "B", "kind": "SS"}


def op(kind: Op, to: Value = None, item: str = "A", pull: bool = False) -> Operation:
    return Operation(item, kind, to, pull)


def change(no: str, proposer: str, *operations: Operation, late: tuple[int, ...] = ()) -> Change:
    orders = tuple(LateOrder("SO-1", "星河订单", TENTH, TENTH, days) for days in late)
    return Change("main", no, proposer, operations, Impact(1, late_orders=orders), 1, NOW)


CONTESTS = [
    ("two shifts", op(Op.SHIFT, 2), op(Op.SHIFT, 3), Field.DATES),
    ("the same shift", op(Op.SHIFT, 2), op(Op.SHIFT, 2), Field.DATES),
    ("the same shift, one of them pulling", op(Op.SHIFT, -2), op(Op.SHIFT, -2, pull=True), Field.DATES),
    ("a shift and a date", op(Op.SHIFT, 2), op(Op.SET_FINISH, TENTH), Field.DATES),
    ("two ends", op(Op.SET_START, EIGHTH), op(Op.SET_FINISH, TENTH), Field.DATES),
    ("a date and a duration", op(Op.SET_START, EIGHTH), op(Op.SET_DURATION, 3), Field.DATES),
    ("the same date", op(Op.SET_FINISH, TENTH), op(Op.SET_FINISH, TENTH), None),
    ("two quantities", op(Op.SET_QUANTITY, Decimal(5)), op(Op.SET_QUANTITY, Decimal(6)), Field.QUANTITY),
    ("a quantity and a date", op(Op.SET_QUANTITY, Decimal(5)), op(Op.SHIFT, 1), None),
    ("a cancellation and a date", op(Op.CANCEL), op(Op.SHIFT, 1), Field.ITEM),
    ("a cancellation and a quantity", op(Op.SET_QUANTITY, Decimal(5)), op(Op.CANCEL), Field.ITEM),
    ("two cancellations", op(Op.CANCEL), op(Op.CANCEL), None),
    ("a cancellation and a link to it", op(Op.CANCEL, item="B"), op(Op.LINK, FS), Field.ITEM),
    ("two new ones of one code", op(Op.ADD, {"title": "a"}), op(Op.ADD, {"title": "b"}), Field.ITEM),
    ("two owners", op(Op.REASSIGN, "sales"), op(Op.REASSIGN, "production"), Field.OWNER),
    ("pinned and not", op(Op.PIN), op(Op.UNPIN), Field.MODE),
    ("one link, two kinds", op(Op.LINK, FS), op(Op.LINK, SS), Field.LINK),
    ("links to two items", op(Op.LINK, FS), op(Op.LINK, {"successor": "C"}), None),
    ("two items", op(Op.SHIFT, 1), op(Op.SHIFT, 2, item="B"), None),
]


@pytest.mark.parametrize(("what", "one", "other", "field"), CONTESTS, ids=[row[0] for row in CONTESTS])
def test_what_two_operations_contest(what: str, one: Operation, other: Operation, field: Field | None) -> None:
    found = contested([one], [other])
    assert [where.field for where in found] == ([field] if field else [])


def test_wanting_all_of_the_other_and_more_is_not_against_it() -> None:
    one = [op(Op.SET_START, EIGHTH)]
    assert contested(one, [*one, op(Op.SET_DURATION, 3)]) == ()


def test_every_contested_field_is_named_once_in_order() -> None:
    one = [op(Op.SHIFT, 2, "B"), op(Op.SET_QUANTITY, Decimal(1)), op(Op.SET_DURATION, 9, "B")]
    other = [op(Op.SET_QUANTITY, Decimal(2)), op(Op.SHIFT, 3, "B")]
    assert contested(one, other) == (Contested("A", Field.QUANTITY), Contested("B", Field.DATES))


WISHES = st.lists(
    st.one_of(
        st.builds(op, st.just(Op.SHIFT), st.integers(-3, 3), st.sampled_from("AB"), st.booleans()),
        st.builds(op, st.sampled_from([Op.SET_START, Op.SET_FINISH]), st.sampled_from([EIGHTH, TENTH]),
                  st.sampled_from("AB")),
        st.builds(op, st.just(Op.SET_DURATION), st.integers(0, 3), st.sampled_from("AB")),
        st.builds(op, st.just(Op.SET_QUANTITY), st.sampled_from([Decimal(1), Decimal(2)]), st.sampled_from("AB")),
        st.builds(op, st.sampled_from([Op.CANCEL, Op.PIN, Op.UNPIN]), st.none(), st.sampled_from("AB")),
        st.builds(op, st.sampled_from([Op.LINK, Op.UNLINK]), st.sampled_from([FS, SS]), st.just("A")),
    ),
    min_size=1, max_size=4,
)  # fmt: skip


@given(WISHES, WISHES)
def test_it_does_not_matter_who_is_named_first(one: list[Operation], other: list[Operation]) -> None:
    assert contested(one, other) == contested(other, one)


@given(WISHES)
def test_nobody_is_against_oneself(one: list[Operation]) -> None:
    """Except that to move something twice is to move it further."""
    twice = {wish.item for wish in one if wish.op is Op.SHIFT}
    assert {where.item for where in contested(one, one)} <= twice
    assert {where.field for where in contested(one, one)} <= {Field.DATES, Field.ITEM}


@given(WISHES, WISHES)
def test_merged_is_all_of_the_newer_after_what_is_left_of_the_older(
    older: list[Operation], newer: list[Operation]
) -> None:
    both = merged(older, newer)
    left = both[: len(both) - len(newer)]
    assert list(both[len(left) :]) == newer
    assert all(operation in older for operation in left)
    cancelled = {wish.item for wish in newer if wish.op is Op.CANCEL}
    assert all(operation.item not in cancelled for operation in left), "nothing is done to what is cancelled after"


MERGED = [
    ("shifts add up", [op(Op.SHIFT, 2)], [op(Op.SHIFT, 3)], [op(Op.SHIFT, 2), op(Op.SHIFT, 3)]),
    ("a newer date wins over a shift", [op(Op.SHIFT, 2)], [op(Op.SET_FINISH, TENTH)], [op(Op.SET_FINISH, TENTH)]),
    ("a newer shift goes on from a date", [op(Op.SET_FINISH, TENTH)], [op(Op.SHIFT, 2)],
     [op(Op.SET_FINISH, TENTH), op(Op.SHIFT, 2)]),
    ("dates and durations stand side by side", [op(Op.SET_DURATION, 3)], [op(Op.SET_START, EIGHTH)],
     [op(Op.SET_DURATION, 3), op(Op.SET_START, EIGHTH)]),
    ("the newer quantity", [op(Op.SET_QUANTITY, Decimal(5))], [op(Op.SET_QUANTITY, Decimal(6))],
     [op(Op.SET_QUANTITY, Decimal(6))]),
    ("the same shift, once", [op(Op.SHIFT, 2)], [op(Op.SHIFT, 2)], [op(Op.SHIFT, 2)]),
    ("no longer cancelled", [op(Op.CANCEL)], [op(Op.SHIFT, 1)], [op(Op.SHIFT, 1)]),
    ("a cancellation leaves other items alone", [op(Op.SHIFT, 1, "B"), op(Op.SHIFT, 1)], [op(Op.CANCEL)],
     [op(Op.SHIFT, 1, "B"), op(Op.CANCEL)]),
    ("what both want, once", [op(Op.PIN)], [op(Op.PIN), op(Op.SHIFT, 1)], [op(Op.PIN), op(Op.SHIFT, 1)]),
]  # fmt: skip


@pytest.mark.parametrize(("what", "older", "newer", "both"), MERGED, ids=[row[0] for row in MERGED])
def test_what_becomes_of_two_in_one(
    what: str, older: list[Operation], newer: list[Operation], both: list[Operation]
) -> None:
    assert list(merged(older, newer)) == both


NEARBY = [
    ("contested", op(Op.SHIFT, 1), op(Op.SHIFT, 2), Nearness.CONTESTED),
    ("the same shift", op(Op.SHIFT, 1), op(Op.SHIFT, 1), Nearness.AGAIN),
    ("the same date", op(Op.SET_FINISH, TENTH), op(Op.SET_FINISH, TENTH), Nearness.SAME),
    ("another field", op(Op.SHIFT, 1), op(Op.SET_QUANTITY, Decimal(3)), Nearness.ITEM),
    ("further up", op(Op.SHIFT, 1, item="C"), op(Op.SHIFT, 1), Nearness.BELOW),
    ("further down", op(Op.SHIFT, 1), op(Op.SHIFT, 1, item="C"), None),
    ("elsewhere", op(Op.SHIFT, 1), op(Op.SHIFT, 1, item="D"), None),
]


@pytest.mark.parametrize(("what", "mine", "theirs", "near"), NEARBY, ids=[row[0] for row in NEARBY])
def test_how_close_another_request_comes(what: str, mine: Operation, theirs: Operation, near: Nearness | None) -> None:
    network = Network.of(plan_of(item("A"), item("B"), item("C"), link("A B"), link("B C")))
    assert nearness([mine], [theirs], upstream({mine.item}, network)) is near


def test_an_item_that_is_only_wished_for_hangs_on_nothing() -> None:
    assert upstream({"NEW"}, Network.of(plan_of(item("A", "12-01")))) == set()


# -- who says which stands ------------------------------------------------------------------------------------

HAN, QIAN = change("CR-1", "han", op(Op.SHIFT, 2)), change("CR-2", "qian", op(Op.SHIFT, 3))
OPENED = Conflict("CR-1", "CR-2", (Contested("A", Field.DATES),), NOW)

SAID = [
    ("nothing said", {}, ""),
    ("one keeps to their own", {"CR-1": "CR-1"}, ""),
    ("both keep to their own", {"CR-1": "CR-1", "CR-2": "CR-2"}, ""),
    ("one keeps, the other gives way", {"CR-1": "CR-1", "CR-2": "CR-1"}, "CR-1"),
    ("the older gives way at once", {"CR-1": "CR-2"}, "CR-2"),
    ("the newer gives way at once", {"CR-2": "CR-1"}, "CR-1"),
    ("one would merge", {"CR-2": MERGE}, ""),
    ("one would merge, the other not", {"CR-1": "CR-1", "CR-2": MERGE}, ""),
    ("both would merge", {"CR-1": MERGE, "CR-2": MERGE}, MERGE),
    ("the arbiter has the last word", {"CR-1": "CR-1", "CR-2": "CR-2", ARBITER: "CR-2"}, "CR-2"),
    ("the arbiter merges", {ARBITER: MERGE}, MERGE),
]


@pytest.mark.parametrize(("what", "stances", "stands"), SAID, ids=[row[0] for row in SAID])
def test_what_the_stances_come_to(what: str, stances: dict[str, str], stands: str) -> None:
    assert agreed(replace(OPENED, stances=stances)) == stands


def test_who_proposed_both_speaks_for_both() -> None:
    both = take_stance(OPENED, ("CR-1", "CR-2"), "CR-1")
    assert agreed(both) == "CR-1"


def test_a_stance_may_be_changed_while_it_is_open() -> None:
    firm = take_stance(OPENED, ["CR-1"], "CR-1")
    tied = take_stance(firm, ["CR-2"], "CR-2")
    assert tied.is_tied()
    assert tied.silent == ()
    assert agreed(take_stance(tied, ["CR-1"], "CR-2")) == "CR-2"


STEPS = st.lists(
    st.tuples(st.sampled_from(["CR-1", "CR-2", ARBITER]), st.sampled_from(["CR-1", "CR-2", MERGE, MOOT])), max_size=8
)


@given(STEPS)
def test_it_is_settled_at_most_once(steps: list[tuple[str, str]]) -> None:
    """Whatever people press, whichever request ends: the first that settles it is the last word."""
    conflict, ends = OPENED, list[Conflict]()
    for name, wanted in steps:
        was_open = conflict.is_open
        with nullcontext() if was_open else pytest.raises(Refused):
            conflict = settle(conflict, MOOT, "", NOW) if wanted == MOOT else take_stance(conflict, [name], wanted)
            if stands := agreed(conflict) if conflict.is_open else "":
                conflict = settle(conflict, "CR-3" if stands == MERGE else stands, name, NOW)
        if was_open and not conflict.is_open:
            ends.append(conflict)
    assert len(ends) <= 1
    assert [conflict] == ends or conflict.is_open


SETTLED = [("CR-1", "conflict-settled"), ("CR-3", "conflict-merged"), (MOOT, "conflict-moot")]


@pytest.mark.parametrize(("stands", "code"), SETTLED)
def test_what_is_settled_says_how(stands: str, code: str) -> None:
    over = settle(OPENED, stands, "han", NOW)
    assert not over.is_open
    assert not over.is_tied()
    assert over.is_merged == (stands == "CR-3")
    with pytest.raises(Refused) as no:
        take_stance(over, ["CR-2"], "CR-2")
    assert no.value.refusal.code == code
    assert no.value.refusal.facts == {"no": "CR-1", "other": "CR-2", "stands": stands, "person": "han"}
    assert over.settled_at == NOW


AT_ODDS = [
    (ChangeState.IN_APPROVAL, ChangeState.IN_APPROVAL, True),
    (ChangeState.PROVISIONAL, ChangeState.IN_APPROVAL, True),
    (ChangeState.PROVISIONAL, ChangeState.ON_HOLD, True),
    (ChangeState.PROVISIONAL, ChangeState.PROVISIONAL, False),
    (ChangeState.IN_APPROVAL, ChangeState.APPLIED, False),
    (ChangeState.DRAFT, ChangeState.IN_APPROVAL, False),
]


def test_of_two_requests_each_is_the_others_other() -> None:
    assert (OPENED.other("CR-1"), OPENED.other("CR-2")) == ("CR-2", "CR-1")


@pytest.mark.parametrize(("one", "other", "there"), AT_ODDS)
def test_between_which_two_there_is_something_to_choose(one: ChangeState, other: ChangeState, there: bool) -> None:
    assert can_be_at_odds(one, other) == can_be_at_odds(other, one) == there


@pytest.mark.parametrize("state", ChangeState)
def test_only_what_is_pending_and_not_in_effect_gives_way(state: ChangeState) -> None:
    assert can_give_way(state) == (state in (ChangeState.IN_APPROVAL, ChangeState.ON_HOLD))


def test_the_coordinator_is_the_arbiter() -> None:
    assert [p.id for p in arbiters_of(HAN, QIAN, organisation())] == ["lin"]
    assert speaks_for("lin", HAN, QIAN, organisation()) == (ARBITER,)
    assert speaks_for("han", HAN, QIAN, organisation()) == ("CR-1",)
    assert speaks_for("qian", HAN, QIAN, organisation()) == ("CR-2",)


@pytest.mark.parametrize("person", ["boss", "su", "wang"])
def test_nobody_else_has_a_say(person: str) -> None:
    with pytest.raises(Refused) as no:
        speaks_for(person, HAN, QIAN, organisation())
    assert no.value.refusal.code == "not-in-conflict"


def test_a_coordinator_who_proposed_one_of_them_is_a_proposer_only() -> None:
    """Four eyes: then it is the manager of the coordinator's department who decides."""
    own = replace(HAN, proposer="lin")
    assert speaks_for("lin", own, QIAN, organisation()) == ("CR-1",)
    assert [p.id for p in arbiters_of(own, QIAN, organisation())] == ["boss"]
    assert speaks_for("boss", own, QIAN, organisation()) == (ARBITER,)


def test_another_coordinator_comes_before_the_manager() -> None:
    known = organisation()
    second = replace(known.people["admin"], id="ma", roles=frozenset({Role.COORDINATOR}))
    people = Organisation(known.departments, {**known.people, "ma": second})
    assert [p.id for p in arbiters_of(replace(HAN, proposer="lin"), QIAN, people)] == ["ma"]


def test_the_deputy_of_a_proposer_is_no_arbiter() -> None:
    deputies = Deputies(standing={"han": "lin"})
    assert [p.id for p in arbiters_of(HAN, QIAN, organisation(), deputies)] == ["boss"]


def test_who_acts_for_somebody_on_leave_speaks_for_them() -> None:
    deputies = Deputies(away={"han": "wang"})
    assert speaks_for("wang", HAN, QIAN, organisation(), deputies) == ("CR-1",)
    deputies = Deputies(away={"lin": "su"})
    assert speaks_for("su", HAN, QIAN, organisation(), deputies) == (ARBITER,)


ACTING = [
    ("the deputy is the other one", {"han": "qian"}, "qian", ("CR-2",), ("CR-1",)),
    ("the deputy acts for both", {"han": "wang", "qian": "wang"}, "wang", None, ("CR-1", "CR-2")),
    ("each acts for the other", {"han": "qian", "qian": "han"}, "qian", ("CR-2",), ("CR-1", "CR-2")),
    ("a deputy of one", {"han": "wang"}, "wang", ("CR-1",), ()),
    ("both have their own", {"han": "wang", "qian": "zhao"}, "zhao", ("CR-2",), ()),
]


@pytest.mark.parametrize(("what", "away", "person", "names", "silent"), ACTING, ids=[row[0] for row in ACTING])
def test_nobody_speaks_for_both_sides(
    what: str, away: dict[str, str], person: str, names: tuple[str, ...] | None, silent: tuple[str, ...]
) -> None:
    deputies = Deputies(away=away)
    assert unheard(HAN, QIAN, organisation(), deputies) == silent
    with nullcontext() if names else pytest.raises(Refused):
        assert speaks_for(person, HAN, QIAN, organisation(), deputies) == names


def test_another_systems_request_has_no_voice() -> None:
    erp = replace(HAN, proposer="api:erp")
    assert unheard(erp, QIAN, organisation()) == ("CR-1",)
    assert unheard(erp, replace(QIAN, proposer="api:erp"), organisation()) == ("CR-1", "CR-2")
    assert replace(OPENED, stances={"CR-2": "CR-2"}).is_tied(["CR-1"])


def test_who_proposed_both_and_is_away_has_a_deputy_for_both() -> None:
    both = replace(QIAN, proposer="han")
    assert speaks_for("wang", HAN, both, organisation(), Deputies(away={"han": "wang"})) == ("CR-1", "CR-2")
    assert unheard(HAN, both, organisation(), Deputies(away={"han": "wang"})) == ()


def test_where_nobody_is_left_the_two_are_by_themselves() -> None:
    known = organisation()
    people = {who: known.people[who] for who in ("han", "qian")}
    assert arbiters_of(HAN, QIAN, Organisation(known.departments, people)) == []


LATENESS = [
    ("none late", (), (), ""),
    ("fewer orders", (3,), (1, 1), "CR-1"),
    ("no order", (1,), (), "CR-2"),
    ("as many, fewer days", (4,), (2,), "CR-2"),
    ("alike", (2, 1), (1, 2), ""),
]


@pytest.mark.parametrize(("what", "one", "other", "better"), LATENESS, ids=[row[0] for row in LATENESS])
def test_the_one_with_fewer_orders_late_is_suggested(
    what: str, one: tuple[int, ...], other: tuple[int, ...], better: str
) -> None:
    assert less_late(change("CR-1", "han", late=one), change("CR-2", "qian", late=other)) == better


def shift(days: int, item: str = "MO-1") -> Operation:
    return Operation(item, Op.SHIFT, days)


@pytest.mark.parametrize(
    ("operations", "told"),
    [
        ((shift(2), shift(4)), (shift(6),)),
        ((shift(2), shift(-2)), (shift(2), shift(-2))),
        ((shift(2), shift(4, "PO-1")), (shift(2), shift(4, "PO-1"))),
        ((shift(2), Operation("MO-1", Op.SET_DURATION, 3), shift(4)),
         (shift(2), Operation("MO-1", Op.SET_DURATION, 3), shift(4))),
    ],
)  # fmt: skip
def test_shifts_of_one_item_are_counted_together(
    operations: tuple[Operation, ...], told: tuple[Operation, ...]
) -> None:
    assert summed_up(operations) == told
