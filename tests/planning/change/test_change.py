"""What a change request shows to whom, by its steps and its policy."""

from dataclasses import replace

import pytest

from planning.control.fences import Breach, Zone
from planning.control.policy import AFFECTED, Policy, Terms, approver_key
from planning.plan.impact import Line
from tests.planning.change.test_approval import IMPACT, LINES, a_change

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


def test_a_department_answers_for_its_items_and_for_those_it_gives_away() -> None:
    given = Line("MO-1", "耳机组装", "warehouse", "department", "production", "warehouse")
    quantity = Line("SO-1", "星河订单", "sales", "quantity", "production", "20")  # no department, whatever it says
    impact = replace(IMPACT, lines=(given, quantity))
    assert [impact.lines_of(who) for who in ("warehouse", "production", "sales", "planning")] == [
        (given,), (given,), (quantity,), (),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("policy", "who", "affected", "terms"),
    [
        (Policy(), "sales", True, Terms("sales")),
        (Policy(terms=(Terms(AFFECTED, 2),)), "sales", True, Terms("sales", 2)),
        (Policy(terms=(Terms(AFFECTED, 2), Terms("sales", 3))), "sales", True, Terms("sales", 3)),
        (Policy(terms=(Terms("sales", optional=True),)), "sales", True, Terms("sales")),  # touched, so required
        (Policy(terms=(Terms("sales", optional=True),)), "sales", False, Terms("sales", optional=True)),
        (Policy(terms=(Terms(AFFECTED, optional=True),)), "sales", True, Terms("sales", optional=True)),
        (Policy(approvals=("sales",), terms=(Terms("sales", optional=True),)), "sales", True,
         Terms("sales", optional=True)),
        (Policy(terms=(Terms("role:coordinator", optional=True),), breaches=(NEAR,)), "role:coordinator", False,
         Terms("role:coordinator")),  # a fence requires them
        (Policy(approvals=(AFFECTED, "planning"), terms=(Terms(AFFECTED, 2),)), "planning", False, Terms("planning")),
    ],
)  # fmt: skip
def test_how_somebody_is_asked(policy: Policy, who: str, affected: bool, terms: Terms) -> None:
    assert policy.terms_of(who, affected) == terms


def test_whom_nothing_says_is_affected_is_not() -> None:
    opinion = Policy(terms=(Terms("sales", optional=True),))
    assert opinion.terms_of("sales") == Terms("sales", optional=True)
