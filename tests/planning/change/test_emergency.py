"""An emergency in effect: ratified, or fallen through and taken back."""

from dataclasses import replace
from datetime import timedelta

import pytest

from planning.change.approval import approve, discard, expire, reject
from planning.change.approval_steps import submit
from planning.change.change import Change, ChangeState, Decision, StepState, Verdict
from planning.change.emergency import approved_first, fell_through, is_due_at_once, put_in_effect, ratify, revert
from planning.control.fences import Breach, Zone
from planning.control.policy import Policy
from planning.control.rules import Class, Event, Rule
from planning.plan.impact import Impact
from planning.plan.operation import Op, Operation
from tests.small_company import NOW, organisation

COMPANY = organisation()
LATER, MUCH_LATER = NOW + timedelta(hours=4), NOW + timedelta(hours=9)


def submitted(policy: Policy) -> Change:
    impact = Impact(1, departments=("sales", "production"), hash="h1")
    change = Change("main", "CR-1", "qian", (Operation("MO-1", Op.SHIFT, 2),), impact, 1, NOW, policy=policy)
    return submit(change, COMPANY, NOW, LATER)


def emergency() -> Change:
    return put_in_effect(submitted(Policy(ratify_hours=4)), 2)


def word(verdict: Verdict, person: str, comment: str = "") -> Decision:
    return Decision(person, verdict, NOW, "h1", comment)


def approved(change: Change) -> Change:
    change = approve(change, "sales", word(Verdict.APPROVE, "su"))
    return approve(change, "production", word(Verdict.APPROVE, "wang"))


def test_only_what_is_to_be_ratified_is_in_effect_before_it_is_approved() -> None:
    assert is_due_at_once(submitted(Policy(ratify_hours=4)))
    assert not is_due_at_once(submitted(Policy()))
    assert not is_due_at_once(emergency()), "it is already"
    assert not is_due_at_once(approved(submitted(Policy(ratify_hours=4)))), "nothing is left to be ratified"


def test_people_decide_on_it_while_the_plan_carries_it() -> None:
    change = emergency()
    assert (change.state.is_deciding, change.state.is_in_effect, change.applied_revision) == (True, True, 2)
    assert [step.department for step in change.waiting] == ["sales", "production"]


def test_ratified_it_is_applied_as_the_revision_it_was() -> None:
    change = ratify(approved(emergency()), LATER)
    assert (change.state, change.applied_revision, change.ended_at) == (ChangeState.APPLIED, 2, LATER)
    assert not fell_through(change)


def test_each_way_to_end_unratified_falls_through() -> None:
    change = emergency()
    rejected = reject(change, "sales", word(Verdict.REJECT, "su", "客户不同意"))
    assert all(map(fell_through, (rejected, expire(change, LATER), discard(change, "qian", LATER))))


def test_what_was_never_in_effect_falls_through_nowhere() -> None:
    change = submitted(Policy())
    rejected = reject(change, "sales", word(Verdict.REJECT, "su", "客户不同意"))
    assert not any(map(fell_through, (change, rejected, expire(change, LATER), discard(change, "qian", LATER))))


def test_taken_back_nobody_is_asked_any_more_and_what_was_said_stays() -> None:
    change = approve(emergency(), "sales", word(Verdict.APPROVE, "su"))
    for fallen in (change, expire(change, LATER)):
        reverted = revert(fallen, MUCH_LATER)
        assert (reverted.state, reverted.ended_at) == (ChangeState.REVERTED, MUCH_LATER)
        assert [step.state for step in reverted.steps] == [StepState.APPROVED, StepState.NOT_REQUIRED]
        assert reverted.applied_revision == 2


def test_inside_a_fence_that_asks_somebody_an_emergency_waits_too() -> None:
    asks = Breach("near", "盘点前", Zone.FROZEN, ("role:coordinator",), "MO-1", "耳机组装")
    shows = replace(asks, zone=Zone.SLUSHY, approvals=())
    assert approved_first(Policy(ratify_hours=4, breaches=(asks,))) == Policy(breaches=(asks,))
    assert approved_first(Policy(ratify_hours=4, breaches=(shows,))).ratify_hours == 4
    assert approved_first(Policy(ratify_hours=4)).ratify_hours == 4


def rule(**fields: object) -> Rule:
    return replace(Rule("r", Event.ANY, None, Class.EMERGENCY), **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("fields", "hours"),
    [
        ({}, 24),
        ({"deadline_hours": 4}, 4),
        ({"deadline_hours": 4, "ratify_hours": 8}, 8),
        ({"klass": Class.NORMAL, "deadline_hours": 4}, None),
        ({"klass": Class.STANDARD, "approvals": ()}, None),
    ],
)
def test_how_long_an_emergency_has_to_be_ratified(fields: dict[str, object], hours: int | None) -> None:
    assert rule(**fields).policy().ratify_hours == hours
