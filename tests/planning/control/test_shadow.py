"""Shadow mode: what of a change is asked and refused, and what is only shown."""

from collections.abc import Iterable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planning.control.fences import Fence, FenceKind, Scope, Zone, breaches
from planning.control.policy import AFFECTED, ORDINARY, Policy, Terms
from planning.control.rules import Class
from planning.control.shading import STAND_IN, Observation, Outcome, firmed, shaded
from planning.control.shadow import ENFORCED, Shade, Shadow, Touched, enforced
from planning.people.organisation import Department, Organisation
from planning.plan.impact import Impact
from planning.plan.operation import Operation
from planning.plan.plan import Plan
from planning.refusal import Refusal
from planning.schedule.assess import assess
from tests.planning.build import change, day, effect, item, link, plan_of
from tests.planning.plans import TODAY as THEN
from tests.planning.plans import operations, placed_plans

TODAY = day("11-30")
SOON = Fence("soon", "开工前", FenceKind.ROLLING, days=400, approvals=("dept-f",))
CLOSED = replace(SOON, id="closed", name="封板", approvals=())
SHOWN = replace(CLOSED, id="shown", name="提醒", zone=Zone.SLUSHY)
EVERYTHING = Shadow(everything=True)
COMPANY = Organisation.of([Department(f"dept-{letter}", letter.upper()) for letter in "abcdef"], [])
PLAN = plan_of(
    item("A", "12-01"), item("B"), item("C", product="P-1"), item("N", department=""),
    item("D", "12-01", product="P-1"),
    link("A B"), link("B C"), link("C N"),
)  # fmt: skip
ALL_ALONG = (change("A", "shift", 2),)
"""Moves A, B, C and N."""


def under(
    shadow: Shadow, *asked_for: Operation, policy: Policy = ORDINARY, klass: Class = Class.NORMAL,
    fences: Iterable[Fence] = (),
) -> tuple[Class, Policy, list[str]]:
    """What becomes of class and policy, and who is asked."""
    impact = effect(PLAN, *(asked_for or ALL_ALONG), today=TODAY)
    assert impact.lines
    found = breaches(impact, PLAN, tuple(fences), TODAY)
    policy = replace(policy, shade=Shade(shadow), breaches=found)
    klass, ruled = shaded(klass, policy, PLAN, impact, COMPANY)
    return klass, ruled, ruled.asks(impact, COMPANY)


@pytest.mark.parametrize(
    ("shadow", "asked", "unasked"),
    [
        (ENFORCED, ["dept-a", "dept-b", "dept-c", ""], []),
        (Shadow(("dept-b",)), ["dept-a", "dept-c", ""], ["dept-b"]),
        (Shadow(("dept-a", "dept-c")), ["dept-b", ""], ["dept-a", "dept-c"]),
        (Shadow((), ("P-1",)), ["dept-a", "dept-b", ""], ["dept-c"]),  # all it would decide on is of that line
        (Shadow(("dept-f",), ("P-2",)), ["dept-a", "dept-b", "dept-c", ""], []),
        (EVERYTHING, [], ["dept-a", "dept-b", "dept-c", ""]),
    ],
)
def test_who_is_in_shadow_is_shown_what_the_others_decide(shadow: Shadow, asked: list[str], unasked: list[str]) -> None:
    _, policy, who = under(shadow)
    assert (who, list(policy.shadowed)) == (asked, unasked)


def test_when_no_enforced_one_is_left_nobody_is_asked() -> None:
    _, policy, asked = under(Shadow(("dept-d",)), change("D", "shift", 1))
    assert (asked, policy.shadowed, policy.shade.places) == ([], ("dept-d",), ("department:dept-d",))


@pytest.mark.parametrize(
    ("shadow", "wanted", "asked", "unasked"),
    [
        # a role named by a rule is asked while anything enforced is touched
        (Shadow(("dept-b",)), (AFFECTED, "role:admin"), ["dept-a", "dept-c", "", "role:admin"], ["dept-b"]),
        (EVERYTHING, (AFFECTED, "role:admin"), [], ["dept-a", "dept-b", "dept-c", "", "role:admin"]),
        # a department named by a rule is in shadow like any other
        (Shadow(("dept-e",)), (AFFECTED, "dept-e"), ["dept-a", "dept-b", "dept-c", ""], ["dept-e"]),
        # one that is named decides, also where all of its own lines are in shadow
        (Shadow((), ("P-1",)), ("dept-c",), ["dept-c"], []),
        # what is enforced goes nowhere without a word
        (Shadow(("dept-e",)), ("dept-e",), [STAND_IN], ["dept-e"]),
    ],
)
def test_whom_a_rule_names(shadow: Shadow, wanted: tuple[str, ...], asked: list[str], unasked: list[str]) -> None:
    _, policy, who = under(shadow, policy=Policy("r", approvals=wanted))
    assert (who, list(policy.shadowed)) == (asked, unasked)


def test_who_need_not_answer_is_not_left_alone_with_what_is_enforced() -> None:
    named = Policy("r", approvals=("dept-e", "dept-f"), terms=(Terms("dept-f", optional=True),))
    assert under(Shadow(("dept-e",)), policy=named)[2] == ["dept-f", STAND_IN]
    assert under(ENFORCED, policy=named)[2] == ["dept-e", "dept-f"]


def test_a_fence_holds_the_enforced_items_only() -> None:
    _, policy, asked = under(Shadow(("dept-a", "dept-b")), fences=[SOON])
    assert {breach.item for breach in policy.breaches} == {"C", "N"}
    assert {breach.item for breach in policy.shade.breaches} == {"A", "B"}
    assert asked == ["dept-c", "", "dept-f"]
    assert policy.shadowed == ("dept-a", "dept-b")


def test_whom_only_a_fence_in_shadow_names_is_shown_it() -> None:
    only_a = replace(SOON, scope=Scope(departments=("dept-a",)))
    _, policy, asked = under(Shadow(("dept-a",)), fences=[only_a])
    assert (asked, policy.breaches) == (["dept-b", "dept-c", ""], ())
    assert policy.shadowed == ("dept-a", "dept-f")


def test_for_a_department_in_shadow_the_coordinator_lets_a_change_through_an_enforced_fence() -> None:
    _, policy, asked = under(Shadow(("dept-f",)), fences=[SOON])
    assert policy.special == (STAND_IN,)
    assert asked == ["dept-a", "dept-b", "dept-c", "", STAND_IN]
    assert policy.shadowed == ("dept-f",)


def test_a_fence_asks_also_whose_own_lines_are_in_shadow() -> None:
    guarded = replace(SOON, scope=Scope(departments=("dept-a",)), approvals=("dept-c",))
    assert under(Shadow((), ("P-1",)), fences=[guarded])[2] == ["dept-a", "dept-b", "dept-c", ""]


def test_an_enforced_department_that_loses_its_slack_is_asked_though_all_that_moves_is_in_shadow() -> None:
    plan = plan_of(item("A", "12-01", 2), item("B", due="12-04"), link("A B"))
    grown = effect(plan, change("B", "set_duration", 3))
    assert grown.departments == ("dept-a", "dept-b")
    policy = replace(ORDINARY, shade=Shade(Shadow(("dept-b",))))
    _, policy = shaded(Class.NORMAL, policy, plan, grown, COMPANY)
    assert policy.asks(grown, COMPANY) == ["dept-a"]


def test_what_goes_over_to_an_enforced_department_is_asked_for() -> None:
    _, policy, asked = under(Shadow(("dept-d",)), change("D", "reassign", "dept-e"), fences=[CLOSED])
    assert asked == ["dept-e"]
    assert [breach.item for breach in policy.breaches] == ["D"]
    assert policy.shade.breaches == ()


def test_a_change_approved_beforehand_stays_so_inside_a_fence_in_shadow() -> None:
    small = Policy("small", approvals=())
    klass, policy, asked = under(Shadow(("dept-d",)), change("D", "shift", 1), policy=small, klass=Class.STANDARD,
                                 fences=[SHOWN])  # fmt: skip
    assert (klass, asked, policy.shadowed) == (Class.STANDARD, [], ("dept-d",))
    klass, policy, asked = under(ENFORCED, change("D", "shift", 1), policy=small, klass=Class.STANDARD, fences=[SHOWN])
    assert (klass, asked, policy.shadowed) == (Class.NORMAL, ["dept-d"], ())


def test_whom_a_rule_names_in_shadow_is_a_place_it_touches_and_a_role_is_none() -> None:
    named = Policy("r", approvals=(AFFECTED, "dept-e", "role:admin"))
    for shadow, places in (
        (Shadow(("dept-e",)), ("department:dept-e",)),
        (Shadow(("dept-b", "dept-e")), ("department:dept-b", "department:dept-e")),
        (Shadow(("dept-b",)), ("department:dept-b",)),
    ):
        assert under(shadow, policy=named)[1].shade.places == places


@pytest.mark.parametrize(
    ("shadow", "left"),
    [
        (ENFORCED, ["A", "B", "C", "N"]),
        (Shadow(("dept-b",)), ["A", "C", "N"]),
        (Shadow((), ("P-1",)), ["A", "B", "N"]),
        (EVERYTHING, []),
    ],
)
def test_of_the_fences_it_touches_those_of_items_in_shadow_only_show(shadow: Shadow, left: list[str]) -> None:
    impact = effect(PLAN, *ALL_ALONG, today=TODAY)
    found = breaches(impact, PLAN, [SOON], TODAY)
    assert [breach.item for breach in enforced(found, shadow, PLAN, impact)] == left


def test_looked_at_again_it_is_the_same() -> None:
    """When it is applied the fences are looked up again: everything else is kept with the request."""
    impact = effect(PLAN, *ALL_ALONG, today=TODAY)
    found = breaches(impact, PLAN, [SOON], TODAY)
    for shadow in (ENFORCED, EVERYTHING, Shadow(("dept-a", "dept-f")), Shadow((), ("P-1",))):
        klass, policy, _ = under(shadow, fences=[SOON])
        assert shaded(klass, replace(policy, breaches=found), PLAN, impact, COMPANY) == (klass, policy)


@pytest.mark.parametrize(
    ("shade", "outcome"),
    [
        (Shade(places=("department:a",)), Outcome.SAME),
        (Shade(places=("department:a",), unasked=("a",)), Outcome.WAITED),
        (Shade(refused=(Refusal("fence-closed", {"fence": "封板", "item": "A"}),), unasked=("a",)), Outcome.REFUSED),
        (Shade(refused=(Refusal("not-authorised", {"item": "A"}),)), Outcome.REFUSED),
    ],
)
def test_what_would_have_become_of_it(shade: Shade, outcome: Outcome) -> None:
    assert Observation.of(shade).outcome is outcome


def test_an_observation_is_kept_with_one_fact_for_each() -> None:
    closed = Refusal("fence-closed", {"fence": "封板", "item": "A"})
    late = Refusal("not-authorised", {"item": "A"})
    shade = Shade(places=("department:a",), refused=(closed, late, late), unasked=("b", "role:admin"))
    seen = Observation.of(shade)
    assert seen == Observation(("department:a",), ("封板",), ("not-authorised",), ("b", "role:admin"))
    assert seen.facts() == {
        "department:a": "1",
        "fence:封板": "1",
        "refused:not-authorised": "1",
        "asked:b": "1",
        "asked:role:admin": "1",
        "would": "refused",
    }


NAMES = st.lists(st.text(st.characters(codec="utf-8", categories=("L", "N", "P")), min_size=1), max_size=4, unique=True)


@given(NAMES, NAMES, NAMES, NAMES)
def test_an_observation_is_read_as_it_was_written(
    places: list[str], fences: list[str], codes: list[str], asked: list[str]
) -> None:
    in_shadow = sorted(f"product:{place}" for place in places)
    seen = Observation(*(tuple(sorted(names)) for names in (in_shadow, fences, codes, asked)))
    assert Observation.read(seen.facts()) == seen
    assert seen.and_later(seen) == seen
    assert Observation().and_later(seen) == seen


# what holds for every plan, change, rule and fence

FENCES = st.lists(st.sampled_from([SOON, CLOSED, SHOWN]), max_size=3, unique=True)
DEPARTMENTS = Organisation.of([Department(f"d{n}", f"D{n}") for n in range(5)], [])
POLICIES = st.sampled_from([
    (Class.NORMAL, Policy()), (Class.STANDARD, Policy("s", approvals=())),
    (Class.NORMAL, Policy("n", approvals=(AFFECTED, "role:admin", "d3"))),
    (Class.EMERGENCY, Policy("e", approvals=("d1", STAND_IN))),
])  # fmt: skip
SHADOWS = st.builds(Shadow, st.lists(st.sampled_from(["d0", "d1", "d2", "d3", "d4"]), unique=True).map(tuple))


@st.composite
def cases(draw: st.DrawFn) -> tuple[Class, Policy, Plan, Impact]:
    """A change that can be done, under some rule and fences; nothing is in shadow yet."""
    plan = draw(placed_plans())
    impact = assess(plan, (draw(operations(plan)),), THEN)
    klass, policy = draw(POLICIES)
    return klass, replace(policy, breaches=breaches(impact, plan, tuple(draw(FENCES)), THEN)), plan, impact


def in_shadow(shadow: Shadow, case: tuple[Class, Policy, Plan, Impact]) -> tuple[Class, Policy]:
    klass, policy, plan, impact = case
    return shaded(klass, replace(policy, shade=Shade(shadow)), plan, impact, DEPARTMENTS)


@settings(deadline=None)
@given(cases())
def test_with_nothing_in_shadow_nothing_differs(case: tuple[Class, Policy, Plan, Impact]) -> None:
    klass, policy, *_ = case
    assert in_shadow(ENFORCED, case) == firmed(klass, policy)


@settings(deadline=None)
@given(cases())
def test_with_everything_in_shadow_nobody_is_asked_and_no_fence_refuses(
    case: tuple[Class, Policy, Plan, Impact],
) -> None:
    *_, impact = case
    enforced = firmed(*case[:2])[1]
    _, policy = in_shadow(EVERYTHING, case)
    assert policy.asks(impact, DEPARTMENTS) == []
    assert policy.breaches == ()
    assert policy.shade.breaches == case[1].breaches
    assert list(policy.shadowed) == enforced.asks(impact, DEPARTMENTS)


@settings(deadline=None)
@given(cases(), SHADOWS)
def test_nobody_in_shadow_is_asked_and_nobody_is_forgotten(
    case: tuple[Class, Policy, Plan, Impact], shadow: Shadow
) -> None:
    *_, plan, impact = case
    _, policy = in_shadow(shadow, case)
    asked, would = policy.asks(impact, DEPARTMENTS), firmed(*case[:2])[1].asks(impact, DEPARTMENTS)
    assert not set(asked) & set(shadow.departments)
    assert not set(asked) & set(policy.shadowed)
    assert {*asked, *policy.shadowed} - {STAND_IN} == set(would) - {STAND_IN}
    held = {breach.item for breach in policy.breaches}
    assert all(not shadow.holds(plan.items.get(code) or impact.changed[code]) for code in held)


@settings(deadline=None)
@given(cases(), SHADOWS)
def test_what_is_enforced_never_goes_without_a_word_because_of_shadow(
    case: tuple[Class, Policy, Plan, Impact], shadow: Shadow
) -> None:
    klass, _, plan, impact = case
    _, policy = in_shadow(shadow, case)
    touched = [plan.items.get(code) or impact.changed[code] for code in impact.changed]
    if klass is not Class.STANDARD and touched and not all(map(shadow.holds, touched)):
        assert policy.asks(impact, DEPARTMENTS)
    for breach in policy.breaches:
        for who in breach.approvals:
            assert who in policy.asks(impact, DEPARTMENTS)


@pytest.mark.parametrize(
    ("shadow", "places"),
    [
        (ENFORCED, []),
        (Shadow(("dept-a", "dept-c")), ["department:dept-c"]),
        (Shadow(("dept-c",), ("P-1", "P-2")), ["department:dept-c", "product:P-1"]),
        (EVERYTHING, ["department:dept-c", "product:P-1"]),
    ],
)
def test_what_of_the_settings_puts_an_item_in_shadow(shadow: Shadow, places: list[str]) -> None:
    assert list(shadow.places_of(PLAN.items["C"])) == places
    assert shadow.holds(PLAN.items["C"]) == bool(places)


def test_what_is_given_away_is_in_shadow_only_where_both_sides_are() -> None:
    impact = effect(PLAN, change("D", "reassign", "dept-b"), today=TODAY)
    for departments, held in ((("dept-b",), False), (("dept-d",), False), (("dept-b", "dept-d"), True)):
        assert Touched(Shadow(departments), PLAN, impact).holds("D") is held


def test_an_item_without_a_product_is_of_no_product_line() -> None:
    assert list(EVERYTHING.places_of(PLAN.items["A"])) == ["department:dept-a"]
    assert not Shadow((), ("",)).holds(PLAN.items["A"])
