"""Who decides on a change request, and what follows."""

from dataclasses import replace
from datetime import timedelta

import pytest

from planning.change.approval import approve, colleagues, discard, expire, reject, step_for, transfer
from planning.change.approval_steps import next_round, submit
from planning.change.approvers import approvers_of
from planning.change.change import Change, ChangeState, Decision, Step, StepState, Verdict
from planning.people.organisation import Organisation, Role
from planning.plan.impact import Impact, Line
from planning.plan.operation import Op, Operation
from planning.refusal import Refused
from tests.small_company import NOW, organisation

ORG = organisation()
LINES = (
    Line("MO-1", "耳机组装", "production", "start", "2026-12-07", "2026-12-09", 2),
    Line("SO-1", "星河订单", "sales", "start", "2026-12-14", "2026-12-16", 2),
)
IMPACT = Impact(1, LINES, ("production", "sales"), ("warehouse",), hash="h1")


def a_change(proposer: str = "qian", impact: Impact = IMPACT) -> Change:
    operation = Operation("MO-1", Op.SHIFT, 2)
    return Change("main", "CR-20261123-001", proposer, (operation,), impact, 1, NOW, reason="设备故障")


def submitted(proposer: str = "qian") -> Change:
    return submit(a_change(proposer), ORG, NOW, NOW + timedelta(days=3))


def says(
    person: str, verdict: Verdict = Verdict.APPROVE, comment: str = "", to: str = "", seen: str = "h1"
) -> Decision:
    return Decision(person, verdict, NOW, seen, comment, "dingtalk", to)


def step(change: Change, department: str) -> Step:
    found = change.step_of(department)
    assert found is not None
    return found


def refusal(call: object) -> str:
    with pytest.raises(Refused) as caught:
        call()  # type: ignore[operator]
    return caught.value.refusal.code


def test_one_step_for_each_department_it_touches() -> None:
    change = submitted()
    assert [(s.department, s.approvers) for s in change.steps] == [("sales", ("su",)), ("production", ("wang", "han"))]
    assert change.state is ChangeState.IN_APPROVAL


def test_the_proposer_never_decides() -> None:
    change = submitted("han")
    assert step(change, "production").approvers == ("wang",)
    assert refusal(lambda: approve(change, "production", says("han"))) == "own-change"


@pytest.mark.parametrize(
    ("proposer", "expected", "stand_in"),
    [
        ("qian", ("su",), False),
        ("su", ("lin",), True),  # its only approver proposes: the coordinator stands in
    ],
)
def test_a_department_without_another_approver_falls_back(
    proposer: str, expected: tuple[str, ...], stand_in: bool
) -> None:
    assert approvers_of("sales", ORG, (proposer,)) == (expected, stand_in)


def test_nobodys_items_are_the_coordinators() -> None:
    assert approvers_of("", ORG, ("qian",)) == (("lin",), True)
    assert approvers_of("", ORG, ("lin",)) == (("boss",), True)


def test_never_passed_by_itself_when_there_is_nobody() -> None:
    everything = replace(ORG.people["lin"], department="sales", roles=frozenset(Role))
    alone = Organisation.of(ORG.departments.values(), [everything])
    assert refusal(lambda: approvers_of("sales", alone, ("lin",))) == "no-approver"


def test_the_last_approval_completes_it() -> None:
    change = approve(submitted(), "production", says("wang"))
    assert not change.is_fully_approved
    change = approve(change, "sales", says("su"))
    assert change.is_fully_approved


def test_approving_twice_is_approving_once() -> None:
    once = approve(submitted(), "production", says("wang"))
    assert approve(once, "production", says("wang")) == once


def test_a_second_approver_comes_too_late() -> None:
    once = approve(submitted(), "production", says("wang"))
    assert refusal(lambda: approve(once, "production", says("han"))) == "already-decided"


def test_a_rejection_needs_its_reason_and_ends_it() -> None:
    assert refusal(lambda: reject(submitted(), "sales", says("su", Verdict.REJECT))) == "reject-needs-reason"
    ended = reject(submitted(), "sales", says("su", Verdict.REJECT, "客户不同意"))
    assert ended.state is ChangeState.REJECTED
    assert {s.department: s.state for s in ended.steps} == {
        "production": StepState.NOT_REQUIRED,
        "sales": StepState.REJECTED,
    }
    assert refusal(lambda: approve(ended, "production", says("wang"))) == "change-ended"


def test_a_verdict_counts_only_for_the_effect_that_was_seen() -> None:
    assert refusal(lambda: approve(submitted(), "sales", says("su", seen="h0"))) == "impact-changed"


@pytest.mark.parametrize("person", ["zhao", "he", "boss"])
def test_only_an_approver_of_the_department_decides(person: str) -> None:
    assert refusal(lambda: approve(submitted(), "sales", says(person))) == "not-an-approver"


def test_a_step_is_handed_to_a_colleague_or_a_coordinator() -> None:
    change = submitted()
    assert colleagues(change, "production", "wang", ORG) == ("han", "lin")
    handed = transfer(change, "production", says("wang", Verdict.TRANSFER, to="lin"), ORG)
    assert step(handed, "production").approvers == ("lin", "han")
    assert refusal(lambda: approve(handed, "production", says("wang"))) == "not-an-approver"
    assert step(approve(handed, "production", says("lin")), "production").state is StepState.APPROVED
    stranger = says("wang", Verdict.TRANSFER, to="qian")
    assert refusal(lambda: transfer(change, "production", stranger, ORG)) == "cannot-transfer"


def test_a_typed_decision_finds_its_step() -> None:
    assert step_for(submitted(), "su", Verdict.APPROVE).department == "sales"
    assert refusal(lambda: step_for(submitted(), "qian", Verdict.APPROVE)) == "own-change"
    assert refusal(lambda: step_for(submitted(), "boss", Verdict.APPROVE)) == "not-an-approver"


def test_only_the_proposer_takes_it_back() -> None:
    assert discard(submitted(), "qian", NOW).state is ChangeState.WITHDRAWN
    assert refusal(lambda: discard(submitted(), "wang", NOW)) == "not-the-proposer"


def test_what_has_expired_cannot_be_decided() -> None:
    assert refusal(lambda: approve(expire(submitted(), NOW), "sales", says("su"))) == "change-ended"


def test_a_new_effect_asks_only_whom_it_concerns_again() -> None:
    change = approve(submitted(), "production", says("wang"))
    moved = replace(LINES[1], after="2026-12-17", days=3)
    fresh = Impact(2, (LINES[0], moved), ("production", "sales", "purchasing"), hash="h2")
    later, until = NOW + timedelta(days=1), NOW + timedelta(days=2)
    again = next_round(change, fresh, ORG, later, until)
    assert {s.department: (s.state, s.round) for s in again.steps} == {
        "production": (StepState.APPROVED, 1),
        "sales": (StepState.OPEN, 2),
        "purchasing": (StepState.OPEN, 2),
    }
    assert (again.round, again.expires_at, again.impact, again.base_revision) == (2, until, fresh, 2)
    kept, asked = step(again, "production"), step(again, "sales")
    assert (kept.opened_at, kept.due_at) == (NOW, NOW + timedelta(days=3)), "a step that is kept keeps its time"
    assert (asked.opened_at, asked.due_at) == (later, until)


def test_a_department_no_longer_touched_is_not_required() -> None:
    again = next_round(submitted(), Impact(2, LINES[:1], ("production",), hash="h2"), ORG, NOW, NOW)
    assert [(s.department, s.state) for s in again.steps] == [
        ("production", StepState.OPEN),
        ("sales", StepState.NOT_REQUIRED),
    ]


def test_the_coordinator_is_asked_for_items_nobody_owns() -> None:
    loose = Line("X-1", "无主", "", "start", "2026-12-07", "2026-12-09", 2)
    change = submit(a_change(impact=Impact(1, (*LINES, loose), ("production", "sales"), hash="h1")), ORG, NOW, NOW)
    assert [s.department for s in change.steps] == ["sales", "production", ""]
    assert step(change, "").approvers == ("lin",)
