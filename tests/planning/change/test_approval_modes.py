"""会签, 或签, k of n: a step closes exactly when enough different people approved what they saw."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from planning.change.approval import (
    apply,
    approve,
    ask_to_modify,
    call_in,
    colleagues,
    reject,
    step_for,
    still_theirs,
    supersede,
    transfer,
)
from planning.change.approval_steps import also_ask, next_round, submit
from planning.change.approvers import approvers_of, needed
from planning.change.change import Change, ChangeState, Decision, Step, StepState, Verdict
from planning.control.fences import Breach, Zone
from planning.control.policy import AFFECTED, EVERYONE, Policy, Terms
from planning.people.delegation import NO_DEPUTIES, Delegation, Deputies
from planning.people.organisation import Department, Organisation, Person, Role
from planning.plan.impact import Impact, Line
from planning.plan.operation import Op, Operation
from planning.refusal import Refused
from tests.small_company import NOW

APPROVER = frozenset({Role.APPROVER})
LINE = Line("MO-1", "耳机组装", "production", "start", "2026-12-07", "2026-12-09", 2)
IMPACT = Impact(1, (LINE,), ("production",), hash="h1")
UNTIL = NOW + timedelta(days=3)


def company(size: int = 3, approval: int = 1) -> Organisation:
    """Production with so many approvers a, b, c, …; a coordinator, their manager and an admin behind them."""
    people = [Person(name, name, "production", APPROVER) for name in "abcdefgh"[:size]]
    behind = (
        Person("lin", "林静", "planning", frozenset({Role.COORDINATOR})),
        Person("boss", "高总", "planning"),
        Person("root", "吴凡", "planning", frozenset({Role.ADMIN})),
    )
    departments = (
        Department("production", "生产部", manager="a", approval=approval),
        Department("planning", "计划部", manager="boss"),
        Department("sales", "销售部"),
    )
    return Organisation.of(departments, (*people, *behind))


def asked(
    organisation: Organisation, *terms: Terms, approvals: tuple[str, ...] = (AFFECTED,), proposer: str = "planner",
    deputies: Deputies = NO_DEPUTIES,
) -> Change:
    operation, policy = Operation("MO-1", Op.SHIFT, 2), Policy("r", approvals=approvals, terms=terms)
    change = Change("main", "CR-20261123-001", proposer, (operation,), IMPACT, 1, NOW, policy=policy)
    return submit(change, organisation, NOW, UNTIL, deputies)


def says(person: str, verdict: Verdict = Verdict.APPROVE, seen: str = "h1", to: str = "") -> Decision:
    return Decision(person, verdict, NOW, seen, "" if verdict is Verdict.APPROVE else "因为", "dingtalk", to)


def the(change: Change, department: str = "production") -> Step:
    found = change.step_of(department)
    assert found is not None
    return found


def refusal(call: Callable[[], object]) -> tuple[str, dict[str, str]]:
    with pytest.raises(Refused) as caught:
        call()
    return caught.value.refusal.code, dict(caught.value.refusal.facts)


@pytest.mark.parametrize(
    ("terms", "needs"),
    [
        ((), 1),
        ((Terms(AFFECTED, EVERYONE),), 3),
        ((Terms(AFFECTED, 2),), 2),
        ((Terms("production", 2), Terms(AFFECTED, EVERYONE)), 2),
        ((Terms(AFFECTED, optional=False),), 1),
    ],
)
def test_so_many_have_to_approve(terms: tuple[Terms, ...], needs: int) -> None:
    step = the(asked(company(), *terms))
    assert (step.needs, step.approvers, step.missing) == (needs, ("a", "b", "c"), needs)


@pytest.mark.parametrize(("ordinary", "terms", "needs"), [
    (EVERYONE, (), 3),
    (2, (), 2),
    (2, (Terms(AFFECTED, 1),), 1),
    (EVERYONE, (Terms("production", 2),), 2),
])  # fmt: skip
def test_a_departments_ordinary_mode_counts_where_the_rule_says_nothing(
    ordinary: int, terms: tuple[Terms, ...], needs: int
) -> None:
    assert the(asked(company(approval=ordinary), *terms)).needs == needs


def test_who_is_named_and_optional_keeps_the_departments_ordinary_mode() -> None:
    named = ("production", "role:coordinator")
    change = asked(company(approval=2), Terms("production", optional=True), approvals=named)
    assert (the(change).needs, the(change).optional) == (2, True)


def test_everyone_is_everyone_but_the_proposers_hands() -> None:
    standing = Deputies(standing={"a": "b"})
    assert needed("production", EVERYONE, company(), ("a",), standing) == 1
    assert the(asked(company(), Terms(AFFECTED, EVERYONE), proposer="a", deputies=standing)).approvers == ("c",)


def test_where_everybody_is_the_proposer_one_stand_in_decides() -> None:
    step = the(asked(company(1), Terms(AFFECTED, EVERYONE), proposer="a"))
    assert (step.approvers, step.needs, step.fallback) == (("lin",), 1, True)


@pytest.mark.parametrize(
    ("size", "approvers", "stand_in"),
    [
        (3, ("a", "b", "c"), False),
        (2, ("a", "b", "lin"), True),
        (1, ("a", "lin", "boss"), True),
        (0, ("lin", "boss", "root"), True),
    ],
)
def test_fewer_than_wanted_are_made_up_for_by_stand_ins(
    size: int, approvers: tuple[str, ...], stand_in: bool
) -> None:
    step = the(asked(company(size), Terms(AFFECTED, 3)))
    assert (step.approvers, step.fallback, step.needs) == (approvers, stand_in, 3)


def test_it_never_asks_for_fewer_than_were_wanted() -> None:
    assert refusal(lambda: asked(company(), Terms(AFFECTED, 9))) == (
        "too-few-approvers", {"department": "生产部", "needs": "9", "there": "6"},
    )  # fmt: skip


def test_a_policy_that_requires_nobody_is_refused() -> None:
    assert refusal(lambda: asked(company(), Terms(AFFECTED, optional=True))) == ("nobody-required", {"rule": "r"})


def test_who_the_effect_touches_is_required_though_a_rule_names_them_optional() -> None:
    change = asked(company(), Terms("production", optional=True), approvals=(AFFECTED, "production"))
    assert not the(change).optional


def test_a_fence_requires_whom_a_rule_only_asks_besides() -> None:
    change = asked(company(), Terms("sales", optional=True), approvals=(AFFECTED, "sales"))
    change = reject(change, "sales", says("lin", Verdict.REJECT))
    assert change.state is ChangeState.IN_APPROVAL
    breach = Breach("near", "冻结", Zone.FROZEN, ("sales",), "MO-1", "耳机组装")
    policy, later = replace(change.policy, breaches=(breach,)), UNTIL + timedelta(hours=1)
    again = also_ask(change, policy, company(), NOW, later)
    assert (again.policy, again.round, again.expires_at) == (policy, 2, later)
    step = the(again, "sales")
    assert (step.due_at, the(again).due_at) == (later, UNTIL), "who was asked before has the time they had"
    assert (step.optional, step.state, step.round) == (False, StepState.OPEN, 2)
    assert len(step.decisions) == 1, "what was said stays on record"
    assert not approve(again, "production", says("a")).is_fully_approved


def test_a_fence_that_asks_nobody_more_leaves_the_steps_and_their_time() -> None:
    change = asked(company(), approvals=(AFFECTED, "role:coordinator"))
    breach = Breach("near", "冻结", Zone.FROZEN, ("role:coordinator",), "MO-1", "耳机组装")
    policy = replace(change.policy, breaches=(breach,))
    assert also_ask(change, policy, company(), NOW, UNTIL + timedelta(days=1)) == replace(change, policy=policy)


def test_all_of_them_one_after_the_other() -> None:
    change = asked(company(), Terms(AFFECTED, EVERYONE))
    for number, person in enumerate("abc", 1):
        assert the(change).state is StepState.OPEN
        change = approve(change, "production", says(person))
        assert (the(change).taken, the(change).silent) == (tuple("abc"[:number]), tuple("abc"[number:]))
    assert the(change).state is StepState.APPROVED
    assert change.is_fully_approved


def test_the_same_person_twice_is_one_vote() -> None:
    once = approve(asked(company(), Terms(AFFECTED, 2)), "production", says("a"))
    assert approve(once, "production", says("a")) == once
    assert the(once).missing == 1


def test_a_changed_vote_counts_as_the_last_one() -> None:
    change = approve(asked(company(), Terms(AFFECTED, 2)), "production", says("a"))
    change = ask_to_modify(change, "production", says("a", Verdict.MODIFY))
    assert (the(change).state, the(change).voters) == (StepState.CHANGES_REQUESTED, ())
    change = approve(change, "production", says("b"))
    assert (the(change).state, the(change).missing) == (StepState.CHANGES_REQUESTED, 1)
    change = approve(change, "production", says("a"))
    assert the(change).state is StepState.APPROVED


def test_a_vote_taken_back_by_a_rejection_ends_it() -> None:
    change = approve(asked(company(), Terms(AFFECTED, EVERYONE)), "production", says("a"))
    assert reject(change, "production", says("a", Verdict.REJECT)).state is ChangeState.REJECTED


def test_enough_others_outvote_who_wants_it_modified() -> None:
    change = ask_to_modify(asked(company(), Terms(AFFECTED, 2)), "production", says("a", Verdict.MODIFY))
    for person in "bc":
        change = approve(change, "production", says(person))
    assert the(change).state is StepState.APPROVED


def test_a_request_sent_back_may_still_be_decided_or_replaced() -> None:
    returned = ask_to_modify(asked(company()), "production", says("a", Verdict.MODIFY))
    assert returned.returned == (the(returned),)
    assert returned.waiting == ()
    assert approve(returned, "production", says("a")).is_fully_approved
    assert reject(returned, "production", says("b", Verdict.REJECT)).state is ChangeState.REJECTED
    ended = supersede(returned, "CR-20261123-009", NOW)
    assert (ended.state, the(ended).state) == (ChangeState.SUPERSEDED, StepState.NOT_REQUIRED)
    assert ended.superseded_by == "CR-20261123-009"


def test_an_emergency_in_effect_cannot_be_sent_back() -> None:
    change = replace(asked(company()), state=ChangeState.PROVISIONAL)
    code, _ = refusal(lambda: ask_to_modify(change, "production", says("a", Verdict.MODIFY)))
    assert code == "modify-in-effect"


def test_what_to_change_has_to_be_said() -> None:
    silent = replace(says("a", Verdict.MODIFY), comment=" ")
    assert refusal(lambda: ask_to_modify(asked(company()), "production", silent))[0] == "modify-needs-reason"


# deputies: one person one vote, one seat one vote

AWAY = Deputies.on(NOW.date(), [Delegation("a", "d", date(2026, 1, 1), date(2027, 1, 1), NOW),
                                Delegation("c", "d", date(2026, 1, 1), date(2027, 1, 1), NOW)], company(4))  # fmt: skip


def test_a_deputy_of_two_has_one_vote() -> None:
    three = company(4)
    change = asked(three, Terms(AFFECTED, 2), deputies=AWAY)
    change = approve(change, "production", says("d"), AWAY)
    assert approve(change, "production", says("d"), AWAY) == change
    assert the(change).missing == 1


def test_a_deputy_and_who_came_back_fill_one_seat() -> None:
    two = Organisation.of(company().departments.values(), [p for p in company(4).people.values() if p.id != "d"])
    two = Organisation.of(two.departments.values(), [*two.people.values(), Person("d", "d", "sales", APPROVER)])
    change = approve(asked(two, Terms(AFFECTED, 2), deputies=AWAY), "production", says("d"), AWAY)
    assert the(change).decisions[-1].acting_for == "a"
    back = approve(change, "production", says("a"))
    assert (the(back).missing, the(back).state) == (1, StepState.OPEN)
    assert the(approve(back, "production", says("b"))).state is StepState.APPROVED


def test_two_away_with_one_deputy_get_a_stand_in_at_once() -> None:
    people = [*company(2).people.values(), Person("d", "d", "sales")]
    away = Deputies(away={"a": "d", "b": "d"})
    known = Organisation.of(company().departments.values(), people)
    able, stand_in = approvers_of("production", known, ("x",), away, 2)
    assert (able, stand_in) == (("a", "b", "lin"), True)


def test_two_roles_are_one_vote_in_a_step() -> None:
    """The coordinator is an approver of the department too, and is called in besides."""
    both = replace(company().people["a"], roles=frozenset({Role.APPROVER, Role.COORDINATOR}))
    known = Organisation.of(company().departments.values(), [both, *list(company().people.values())[1:]])
    change = call_in(asked(known, Terms(AFFECTED, 2)), "production", ("a", "lin"))
    assert the(change).approvers == ("a", "b", "c", "lin")
    once = approve(change, "production", says("a"))
    assert approve(once, "production", says("a")) == once
    assert the(once).missing == 1


def test_two_steps_are_decided_one_after_the_other_by_one_person() -> None:
    change = asked(company(), approvals=(AFFECTED, "role:coordinator"))
    change = call_in(change, "production", ("lin",))
    assert step_for(change, "lin", Verdict.APPROVE, here="production").department == "production"
    assert step_for(change, "lin", Verdict.REJECT, here="planning").department == "production", "the first of their own"
    change = approve(change, "production", says("lin"))
    assert [step.department for step in still_theirs(change, "lin")] == ["role:coordinator"]
    assert step_for(change, "lin", Verdict.APPROVE).department == "production", "the same word is no other word"
    assert step_for(change, "lin", Verdict.REJECT).department == "role:coordinator"


def test_a_word_after_another_step_was_opened_is_about_that_one() -> None:
    change = approve(asked(company(), approvals=("production",)), "production", says("a"))
    both = replace(the(change), department="sales", state=StepState.OPEN, decisions=(), opened_at=NOW)
    assert step_for(replace(change, steps=(*change.steps, both)), "a", Verdict.APPROVE).department == "production"
    later = replace(both, opened_at=NOW + timedelta(hours=1))
    assert step_for(replace(change, steps=(*change.steps, later)), "a", Verdict.APPROVE).department == "sales"


def test_rejecting_an_optional_step_twice_is_rejecting_it_once() -> None:
    change = asked(company(), Terms("sales", optional=True), approvals=(AFFECTED, "sales"))
    once = reject(change, "sales", says("lin", Verdict.REJECT))
    assert reject(once, "sales", says("lin", Verdict.REJECT)) == once
    assert step_for(once, "lin", Verdict.REJECT).department == "sales"


# handing on

def test_one_of_several_hands_on_the_own_vote_only() -> None:
    change = asked(company(), Terms(AFFECTED, EVERYONE))
    assert colleagues(change, "production", "a", company()) == ("lin",), "who is asked as it is has a vote"
    handed = transfer(change, "production", says("a", Verdict.TRANSFER, to="lin"), company())
    assert (the(handed).approvers, the(handed).needs) == (("lin", "b", "c"), 3)
    stranger = says("a", Verdict.TRANSFER, to="b")
    assert refusal(lambda: transfer(change, "production", stranger, company())) == ("cannot-transfer", {"name": "b"})


def test_where_one_of_several_is_enough_the_others_keep_theirs() -> None:
    change = call_in(asked(company(2)), "production", ("boss",))
    handed = transfer(change, "production", says("a", Verdict.TRANSFER, to="lin"), company(2))
    assert the(handed).approvers == ("lin", "b", "boss")
    to_b = transfer(change, "production", says("a", Verdict.TRANSFER, to="b"), company(2))
    assert the(to_b).approvers == ("b", "boss"), "who is asked already has one seat"


def test_a_deputy_hands_on_the_seat_of_who_is_away() -> None:
    two, away = company(2), Deputies(away={"a": "b"})
    own = transfer(asked(two, deputies=away), "production", says("b", Verdict.TRANSFER, to="lin"), two, away)
    assert the(own).approvers == ("a", "lin"), "the own seat before that of another"
    away = Deputies(away={"b": "x"})
    assert "b" not in colleagues(asked(two, deputies=away), "production", "x", two, away), "back to who is away"
    handed = transfer(asked(two, deputies=away), "production", says("x", Verdict.TRANSFER, to="lin"), two, away)
    assert the(handed).approvers == ("a", "lin")


def test_a_vote_that_was_given_is_not_handed_on() -> None:
    change = approve(asked(company(), Terms(AFFECTED, 2)), "production", says("a"))
    code, _ = refusal(lambda: transfer(change, "production", says("a", Verdict.TRANSFER, to="lin"), company()))
    assert code == "voted-already"


# optional steps

def test_an_opinion_is_asked_for_and_not_waited_for() -> None:
    change = asked(company(), Terms("sales", optional=True), approvals=(AFFECTED, "sales"))
    assert [step.department for step in change.required] == ["production"]
    change = approve(change, "production", says("a"))
    assert change.is_fully_approved
    applied = apply(change, 2, NOW)
    assert (the(applied, "sales").state, the(applied).state) == (StepState.NOT_REQUIRED, StepState.APPROVED)


def test_an_optional_objection_ends_nothing() -> None:
    change = asked(company(), Terms("sales", optional=True), approvals=(AFFECTED, "sales"))
    change = reject(change, "sales", says("lin", Verdict.REJECT))
    assert change.state is ChangeState.IN_APPROVAL
    assert refusal(lambda: approve(change, "sales", says("lin")))[0] == "already-decided"


# the effect became another

def test_votes_of_an_earlier_effect_do_not_count() -> None:
    change = approve(asked(company(), Terms(AFFECTED, 2)), "production", says("a"))
    fresh = Impact(2, (replace(LINE, after="2026-12-10", days=3),), ("production",), hash="h2")
    again = next_round(change, fresh, company(), NOW, UNTIL)
    assert (the(again).missing, the(again).voters) == (2, ())
    assert refusal(lambda: approve(again, "production", says("b")))[0] == "impact-changed"
    again = approve(again, "production", says("b", seen="h2"))
    assert the(again).state is StepState.OPEN
    assert the(approve(again, "production", says("a", seen="h2"))).state is StepState.APPROVED


def test_who_was_no_longer_touched_is_asked_when_touched_again() -> None:
    slack = Impact(1, (LINE,), ("production", "sales"), hash="h1")
    start = Change("main", "CR-1", "planner", (Operation("MO-1", Op.SHIFT, 2),), slack, 1, NOW)
    change = submit(start, company(), NOW, UNTIL)
    gone = next_round(change, replace(slack, departments=("production",), hash="h2"), company(), NOW, UNTIL)
    assert the(gone, "sales").state is StepState.NOT_REQUIRED
    back = next_round(gone, replace(slack, hash="h3"), company(), NOW, UNTIL)
    assert the(back, "sales").state is StepState.OPEN


# any sequence of votes

VOTES = st.lists(
    st.tuples(st.sampled_from(["a", "b", "c", "d", "e", "lin", "planner", "stranger"]),
              st.sampled_from([Verdict.APPROVE, Verdict.APPROVE, Verdict.MODIFY, Verdict.TRANSFER]),
              st.booleans()),
    max_size=14,
)  # fmt: skip


@given(st.integers(0, 5), st.integers(0, 8), VOTES)
def test_a_step_closes_exactly_when_enough_different_people_approved_what_they_saw(
    size: int, needs: int, votes: list[tuple[str, Verdict, bool]]
) -> None:
    organisation = company(size)
    assume(needs <= size + len(("lin", "boss", "root")))
    change = asked(organisation, Terms(AFFECTED, needs))
    wanted, able = the(change).needs, set(the(change).approvers)
    assert 1 <= wanted <= len(able)
    assert wanted == (needs or max(size, 1))
    standing: dict[str, Verdict] = {}
    for person, verdict, current in votes:
        said = says(person, verdict, seen="h1" if current else "h0", to="lin")
        before = change
        try:
            change = DO[verdict](change, said, organisation)
        except Refused:
            assert change is before
            continue
        assert current or change == before, "what somebody did not see they cannot decide"
        assert person in able
        if verdict is Verdict.TRANSFER:
            able = able - {person} | {"lin"}
        else:
            standing[person] = verdict
        approved = [name for name, last in standing.items() if last is Verdict.APPROVE]
        assert (the(change).state is StepState.APPROVED) == (len(approved) >= wanted)
        assert change.is_fully_approved == (len(approved) >= wanted)
        assert the(change).missing == max(0, wanted - len(approved))


DO: dict[Verdict, Callable[[Change, Decision, Organisation], Change]] = {
    Verdict.APPROVE: lambda change, said, _: approve(change, "production", said),
    Verdict.MODIFY: lambda change, said, _: ask_to_modify(change, "production", said),
    Verdict.TRANSFER: lambda change, said, organisation: transfer(change, "production", said, organisation),
}
