"""What stands in the way of an act on a change request: the first guard that does, and what its sentence names."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from planning.change.approval import (
    apply,
    approve,
    ask_to_modify,
    call_in,
    discard,
    expire,
    fail,
    reject,
    require_transferable,
    step_for,
    supersede,
    transfer,
)
from planning.change.approval_steps import submit
from planning.change.change import Change, ChangeState, StepState, Verdict
from planning.control.policy import AFFECTED, Policy, Terms
from planning.people.delegation import Deputies
from planning.people.organisation import Organisation, Person
from planning.refusal import Refusal, Refused
from tests.planning.change.test_approval import IMPACT, ORG, a_change, says, submitted
from tests.small_company import NOW

NO = "CR-20261123-001"
LATER = NOW + timedelta(hours=5)
ENDED = (
    ChangeState.APPLIED, ChangeState.REJECTED, ChangeState.WITHDRAWN, ChangeState.EXPIRED, ChangeState.SUPERSEDED,
    ChangeState.REVERTED, ChangeState.FAILED,
)  # fmt: skip
Act = Callable[[Change], object]


def refused(act: Act, change: Change) -> tuple[str, dict[str, str]]:
    with pytest.raises(Refused) as caught:
        act(change)
    return caught.value.refusal.code, dict(caught.value.refusal.facts)


def modify(change: Change) -> Change:
    return ask_to_modify(change, "sales", says("su", Verdict.MODIFY, "改到周五"))


DECIDE: dict[str, Act] = {
    "approve": lambda change: approve(change, "sales", says("su")),
    "reject": lambda change: reject(change, "sales", says("su", Verdict.REJECT, "不行")),
    "modify": modify,
    "transfer": lambda change: transfer(change, "sales", says("su", Verdict.TRANSFER, to="lin"), ORG),
    "ask who may transfer": lambda change: require_transferable(change, "sales", "su"),
}
END: dict[str, Act] = {
    "withdraw": lambda change: discard(change, "qian", NOW),
    "expire": lambda change: expire(change, NOW),
    "supersede": lambda change: supersede(change, "CR-2", NOW),
    "submit": lambda change: submit(change, ORG, NOW, LATER),
    "say a word": lambda change: step_for(change, "su", Verdict.APPROVE),
}


@pytest.mark.parametrize("state", ENDED)
@pytest.mark.parametrize("act", [*DECIDE, *END])
def test_what_has_ended_says_how(act: str, state: ChangeState) -> None:
    ended = replace(submitted(), state=state)
    assert refused({**DECIDE, **END}[act], ended) == ("change-ended", {"no": NO, "state": state.value})


@pytest.mark.parametrize("act", DECIDE)
def test_nobody_decides_on_a_draft_or_on_what_is_held(act: str) -> None:
    held = replace(submitted(), state=ChangeState.ON_HOLD, held_by=("F-001", "F-002"))
    assert refused(DECIDE[act], a_change()) == ("not-submitted", {"no": NO})
    assert refused(DECIDE[act], held) == ("on-hold", {"no": NO, "windows": "F-001, F-002"})


BOTH = replace(submitted(), also_by=("su",))
SU_IS_QIANS_HAND = Deputies({}, {"qian": "su"})
APPROVED = approve(submitted(), "production", says("wang"))
TWO = replace(submitted(), steps=tuple(replace(step, needs=2) for step in submitted().steps))
IN_EFFECT = replace(submitted(), state=ChangeState.PROVISIONAL)


@pytest.mark.parametrize(
    ("act", "change", "code", "facts"),
    [
        (lambda c: discard(c, "wang", NOW), submitted(), "not-the-proposer", {}),
        (lambda c: approve(c, "purchasing", says("zhao")), submitted(), "not-asked", {}),
        (lambda c: approve(c, "sales", says("qian")), submitted(), "own-change", {}),
        (DECIDE["approve"], BOTH, "own-wish", {}),
        (lambda c: approve(c, "sales", says("su"), SU_IS_QIANS_HAND), submitted(), "proposers-deputy",
         {"person": "qian"}),
        (lambda c: step_for(c, "su", Verdict.APPROVE), replace(BOTH, steps=()), "own-wish", {}),
        (lambda c: step_for(c, "boss", Verdict.APPROVE), submitted(), "not-an-approver", {}),
        (lambda c: approve(c, "production", says("han")), APPROVED, "already-decided", {"person": "wang"}),
        (lambda c: reject(c, "production", says("wang", Verdict.REJECT, "不行")), APPROVED, "already-decided",
         {"person": "wang"}),
        (lambda c: approve(c, "sales", says("boss")), submitted(), "not-an-approver", {}),
        (lambda c: approve(c, "sales", says("su", seen="h0")), submitted(), "impact-changed", {}),
        (lambda c: reject(c, "sales", says("su", Verdict.REJECT, "  ")), submitted(), "reject-needs-reason", {}),
        (lambda c: ask_to_modify(c, "sales", says("su", Verdict.MODIFY, "  ")), submitted(), "modify-needs-reason", {}),
        (modify, IN_EFFECT, "modify-in-effect", {}),
        (lambda c: transfer(c, "production", says("wang", Verdict.TRANSFER, to="lin"), ORG),
         approve(TWO, "production", says("wang")), "voted-already", {}),
        (lambda c: require_transferable(c, "production", "wang"), approve(TWO, "production", says("wang")),
         "voted-already", {}),
        (lambda c: submit(c, ORG, NOW, LATER), submitted(), "already-submitted", {}),
        (lambda c: call_in(c, "purchasing", ("zhao",)), submitted(), "not-asked", {}),
        (lambda c: call_in(c, "production", ("lin",)), APPROVED, "not-asked", {}),
    ],
)  # fmt: skip
def test_the_first_guard_in_the_way_is_named(act: Act, change: Change, code: str, facts: dict[str, str]) -> None:
    assert refused(act, change) == (code, {"no": NO, **facts})


def test_a_transfer_to_somebody_unfit_names_them() -> None:
    def to(person: str) -> Act:
        return lambda change: transfer(change, "sales", says("su", Verdict.TRANSFER, to=person), ORG)

    assert refused(to("qian"), submitted()) == ("cannot-transfer", {"name": "钱波"})
    assert refused(to("api:erp"), submitted()) == ("cannot-transfer", {"name": "api:erp"})


def test_an_impossible_effect_is_refused_with_its_own_reason() -> None:
    impossible = replace(IMPACT, refused=(Refusal("loop", {"items": "A → B → A"}), Refusal("other")))
    assert refused(lambda change: submit(change, ORG, NOW, LATER), a_change(impact=impossible)) == (
        "loop", {"items": "A → B → A"}
    )  # fmt: skip


def test_a_rule_that_requires_nobody_is_named() -> None:
    optional = Policy("opinions", approvals=("sales",), terms=(Terms("sales", optional=True),))
    change = replace(a_change(), policy=optional)
    assert refused(lambda change: submit(change, ORG, NOW, LATER), change) == ("nobody-required", {"rule": "opinions"})


def test_a_department_nobody_can_decide_for_is_called_by_its_name() -> None:
    alone = Organisation.of(ORG.departments.values(), [ORG.people["qian"]])
    assert refused(lambda change: submit(change, alone, NOW, LATER), a_change()) == (
        "no-approver", {"department": "销售部"}
    )  # fmt: skip


def test_too_few_approvers_are_counted() -> None:
    few = Organisation.of(ORG.departments.values(), [ORG.people["su"], Person("qian", "钱波", "purchasing")])
    change = replace(a_change(), policy=Policy("two", terms=(Terms(AFFECTED, needs=2),)))
    assert refused(lambda change: submit(change, few, NOW, LATER), change) == (
        "too-few-approvers", {"needs": "2", "there": "1", "department": "销售部"}
    )  # fmt: skip


# -- how it ends ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("end", "state"),
    [
        (lambda change: discard(change, "qian", LATER), ChangeState.WITHDRAWN),
        (lambda change: expire(change, LATER), ChangeState.EXPIRED),
        (lambda change: fail(change, LATER), ChangeState.FAILED),
        (lambda change: apply(change, 8, LATER), ChangeState.APPLIED),
        (lambda change: supersede(change, "CR-2", LATER), ChangeState.SUPERSEDED),
        (lambda change: reject(change, "sales", replace(says("su", Verdict.REJECT, "不行"), at=LATER)),
         ChangeState.REJECTED),
    ],
)  # fmt: skip
def test_each_end_says_when_and_leaves_nobody_to_be_waited_for(
    end: Callable[[Change], Change], state: ChangeState
) -> None:
    ended = end(APPROVED)
    assert (ended.state, ended.ended_at, ended.waiting) == (state, LATER, ())
    decided = StepState.REJECTED if state is ChangeState.REJECTED else StepState.NOT_REQUIRED
    assert {step.department: step.state for step in ended.steps} == {
        "production": StepState.APPROVED,
        "sales": decided,
    }
    assert ended.applied_revision == (8 if state is ChangeState.APPLIED else None)
    assert ended.superseded_by == ("CR-2" if state is ChangeState.SUPERSEDED else "")
