"""What a change request shows to whom, by its steps and its policy."""

from dataclasses import replace

import pytest

from planning.control.fences import Breach, Zone
from planning.control.policy import AFFECTED, Policy, approver_key
from planning.plan.impact import Line
from tests.planning.change.test_approval import LINES, a_change

ALL = ("MO-1", "SO-1")
NEAR = Breach("near", "盘点前", Zone.FROZEN, ("role:coordinator",), "SO-1", "星河订单")


def items(lines: tuple[Line, ...]) -> tuple[str, ...]:
    return tuple(line.item for line in lines)


@pytest.mark.parametrize(
    ("policy", "department", "shown"),
    [
        (Policy(), "sales", ("SO-1",)),
        (Policy(), "warehouse", ()),  # told only
        (Policy(approvals=(AFFECTED, "planning")), "planning", ALL),  # who is named answers for the whole
        (Policy(breaches=(NEAR,)), "role:coordinator", ("SO-1",)),  # a fence's: the items inside
        (Policy(approvals=("sales",), breaches=(replace(NEAR, approvals=("sales",), item="MO-1"),)), "sales",
         ("SO-1",)),  # their own lines come first
        (Policy(breaches=(NEAR,)), "role:admin", ()),
    ],
)  # fmt: skip
def test_who_is_asked_sees_what_they_decide_on(policy: Policy, department: str, shown: tuple[str, ...]) -> None:
    change = replace(a_change(), policy=policy)
    assert items(change.lines_for(department)) == shown
    assert items(change.impact.lines) == items(LINES) == ALL


@pytest.mark.parametrize(
    ("word", "key"),
    [("department:sales", "sales"), ("sales", "sales"), ("role:admin", "role:admin"), (AFFECTED, AFFECTED)],
)
def test_an_approval_is_kept_by_the_bare_id(word: str, key: str) -> None:
    assert approver_key(word) == key
