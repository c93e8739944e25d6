"""Who may propose to change what: grants over types, departments, products, fields and zones."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.control.authority import (
    DEFAULT_GRANTS,
    FIELDS,
    FIELDS_OF,
    Grant,
    Touch,
    denied,
    held,
    touches,
)
from planning.control.fences import Scope, Zone
from planning.people.organisation import Person, Role
from planning.plan.item import Item
from planning.plan.operation import Op, Operation, Value
from planning.schedule.assess import assess
from tests.planning.build import MONDAY, day, item, link, plan_of

PRODUCTION = Scope(types=("production",))
PLANNER = Person("he", "何佳", "sales", frozenset({Role.PLANNER}))
APPROVER = Person("wang", "王五", "production", frozenset({Role.APPROVER}))
COORDINATOR = Person("lin", "林静", "planning", frozenset({Role.COORDINATOR}))
VIEWER = Person("fan", "范磊", "sales", frozenset({Role.VIEWER}))
PEOPLE = {person.id: person for person in (PLANNER, APPROVER, COORDINATOR, VIEWER)}
WORK = item("MO", "12-01", type="production", department="production", product="X1")


def touch(field: str = "start", zone: Zone = Zone.LIQUID, wanted: Item = WORK) -> Touch:
    return Touch(wanted, field, zone)


def may(grants: tuple[Grant, ...], proposer: str, *wanted: Touch) -> bool:
    return denied(grants, proposer, PEOPLE.get(proposer), wanted) is None


@pytest.mark.parametrize(
    ("proposer", "allowed"),
    [("he", True), ("lin", True), ("wang", False), ("api:erp", True), ("nobody", False), ("system", True)],
)
def test_without_settings_planners_coordinators_and_systems_change_everything(proposer: str, allowed: bool) -> None:
    assert all(may(DEFAULT_GRANTS, proposer, touch(f, zone)) is allowed for f in FIELDS for zone in Zone)


@pytest.mark.parametrize(
    ("who", "holders"),
    [
        ("role:planner", {"he"}),
        ("role:approver", {"wang"}),
        ("sales", {"he"}),
        ("department:sales", {"he"}),
        ("production", set()),  # whose approver plans nothing
        ("role:viewer", set()),
        ("fan", {"fan"}),
        ("wang", {"wang"}),
        ("person:wang", {"wang"}),
        ("department:wang", set()),
        ("person:sales", set()),
        ("api:erp", {"api:erp"}),
        ("api:*", {"api:erp", "api:mes"}),
        ("he,wang", set()),
    ],
)
def test_a_grant_is_held_by_a_role_a_department_a_person_or_a_token(who: str, holders: set[str]) -> None:
    everybody = [*PEOPLE, "api:erp", "api:mes", "erp", ""]
    assert {one for one in everybody if held([Grant(who)], one, PEOPLE.get(one))} == holders


@pytest.mark.parametrize(
    ("grant", "wanted", "covered"),
    [
        (Grant("he"), touch(), True),
        (Grant("he", PRODUCTION), touch(), True),
        (Grant("he", Scope(types=("purchase",))), touch(), False),
        (Grant("he", Scope(departments=("production",))), touch(), True),
        (Grant("he", Scope(departments=("sales",))), touch(), False),
        (Grant("he", Scope(products=("X1",))), touch(), True),
        (Grant("he", Scope(products=("X2",))), touch(), False),
        (Grant("he", fields=("start", "finish")), touch("finish"), True),
        (Grant("he", fields=("start", "finish")), touch("quantity"), False),
        (Grant("he", zones=(Zone.LIQUID, Zone.SLUSHY)), touch(zone=Zone.SLUSHY), True),
        (Grant("he", zones=(Zone.LIQUID, Zone.SLUSHY)), touch(zone=Zone.FROZEN), False),
        (Grant("he", PRODUCTION, ("start",), (Zone.LIQUID,)), touch("start"), True),
        (Grant("he", PRODUCTION, ("start",), (Zone.LIQUID,)), touch("start", Zone.FROZEN), False),
    ],
)
def test_a_grant_covers_what_all_its_limits_let_through(grant: Grant, wanted: Touch, covered: bool) -> None:
    assert may((grant,), "he", wanted) is covered


def test_two_grants_do_not_add_up_to_what_neither_covers() -> None:
    grants = (
        Grant("he", fields=("start",), zones=(Zone.LIQUID,)),
        Grant("he", fields=("finish",), zones=(Zone.FROZEN,)),
    )
    assert not may(grants, "he", touch("start", Zone.FROZEN))
    assert may(grants, "he", touch("start"), touch("finish", Zone.FROZEN))


def test_a_denial_names_the_first_wish_that_fails_and_who_could() -> None:
    grants = (Grant("role:planner", fields=("start",)), Grant("role:coordinator"), Grant("production", PRODUCTION))
    denial = denied(grants, "he", PLANNER, [touch("start"), touch("quantity", Zone.SLUSHY)])
    assert denial is not None
    assert (denial.item.code, denial.field, denial.zone) == ("MO", "quantity", Zone.SLUSHY)
    assert denial.holders == ("role:coordinator", "production")


def test_what_nobody_is_granted_names_nobody() -> None:
    denial = denied((Grant("he", PRODUCTION),), "he", PLANNER, [touch(wanted=item("PO", "12-01", type="purchase"))])
    assert denial is not None
    assert denial.holders == ()


GRANTS = st.builds(
    Grant,
    who=st.sampled_from(["role:planner", "role:admin", "he", "wang", "sales", "production", "api:*"]),
    scope=st.builds(Scope, types=st.sampled_from([(), ("production",), ("purchase",)])),
    fields=st.sampled_from([(), ("start",), ("quantity", "finish")]),
    zones=st.sampled_from([(), (Zone.LIQUID,), (Zone.SLUSHY, Zone.FROZEN)]),
)
WISHES = st.lists(st.builds(Touch, st.just(WORK), st.sampled_from(FIELDS), st.sampled_from(list(Zone))), max_size=4)
PROPOSERS = st.sampled_from([*PEOPLE, "api:erp", "gone"])


@given(st.lists(GRANTS, max_size=4), WISHES, PROPOSERS)
def test_nothing_is_allowed_that_no_grant_of_the_proposer_covers(
    grants: list[Grant], wishes: list[Touch], proposer: str
) -> None:
    mine = held(grants, proposer, PEOPLE.get(proposer))
    covered = all(any(grant.covers(wish) for grant in mine) for wish in wishes)
    assert (denied(grants, proposer, PEOPLE.get(proposer), wishes) is None) == covered


@given(st.lists(GRANTS, max_size=4), GRANTS, WISHES, PROPOSERS)
def test_another_grant_never_takes_anything_away(
    grants: list[Grant], more: Grant, wishes: list[Touch], proposer: str
) -> None:
    if denied(grants, proposer, PEOPLE.get(proposer), wishes) is None:
        assert denied([*grants, more], proposer, PEOPLE.get(proposer), wishes) is None


# -- what an operation touches -----------------------------------------------------------------------------

PLAN = plan_of(item("A", "12-07", 2, quantity=Decimal(5)), item("B", "12-09", 2), link("A B"))


@pytest.mark.parametrize(
    ("op", "to", "fields"),
    [
        (Op.SET_START, day("12-08"), ["A start"]),
        (Op.SET_FINISH, day("12-09"), ["A finish"]),
        (Op.SHIFT, 1, ["A start", "A finish"]),
        (Op.SET_DURATION, 3, ["A duration"]),
        (Op.SET_QUANTITY, Decimal(9), ["A quantity"]),
        (Op.CANCEL, None, ["A status"]),
        (Op.PIN, None, ["A mode"]),
        (Op.UNPIN, None, ["A mode"]),
        (Op.REASSIGN, "sales", ["A department"]),
        (Op.UNLINK, {"successor": "B"}, ["A link", "B link"]),
        (Op.LINK, {"successor": "B", "kind": "SS"}, ["A link", "B link"]),
    ],
)
def test_the_fields_an_operation_states_not_those_that_follow(op: Op, to: Value, fields: list[str]) -> None:
    assert stated(Operation("A", op, to)) == fields


def stated(operation: Operation) -> list[str]:
    impact = assess(PLAN, [operation], MONDAY)
    return [f"{t.item.code} {t.field}" for t in touches(PLAN, [operation], impact, lambda item: Zone.LIQUID)]


def test_a_new_item_is_touched_as_it_would_be() -> None:
    operation = Operation("N", Op.ADD, {"title": "急单", "type": "production", "start": "2026-12-10"})
    impact = assess(PLAN, [operation], MONDAY)
    (found,) = touches(PLAN, [operation], impact, lambda item: Zone.SLUSHY)
    assert (found.item.type, found.field, found.zone) == ("production", "new", Zone.SLUSHY)


def test_an_item_that_is_not_there_is_left_to_the_rules_of_the_plan() -> None:
    operation = Operation("NO", Op.SHIFT, 1)
    assert not list(touches(PLAN, [operation], assess(PLAN, [operation], MONDAY), lambda item: Zone.LIQUID))


def test_an_item_is_touched_in_the_zone_it_leaves_and_in_the_one_it_comes_into() -> None:
    operation = Operation("A", Op.SET_START, day("12-21"))
    impact = assess(PLAN, [operation], MONDAY)
    zones = [t.zone for t in touches(PLAN, [operation], impact, _frozen_from_the_20th)]
    assert zones == [Zone.LIQUID, Zone.FROZEN]


def _frozen_from_the_20th(item: Item) -> Zone:
    return Zone.FROZEN if item.start >= day("12-20") else Zone.LIQUID


def test_every_operation_states_something_but_taking_back() -> None:
    assert set(FIELDS_OF) == set(Op)
    assert [op for op, fields in FIELDS_OF.items() if not fields] == [Op.RESTORE]
