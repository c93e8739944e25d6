"""Settings change under open requests: each keeps what it was submitted under, but for stricter rules that say
otherwise (edge case 11)."""

from collections.abc import Callable
from dataclasses import replace
from itertools import product

import pytest

from handlers.actions.change.withdraw import drop
from handlers.lifecycle.after_change import look_again, rules_moved
from handlers.turn import Turn
from planning.change.change import Change, ChangeState
from planning.control.authority import Grant
from planning.control.fences import Scope
from planning.control.policy import AFFECTED, EVERYONE, Terms
from planning.control.rules import Class, Rule
from storage.delivery.cards import Purpose
from storage.unit_of_work import UnitOfWork
from tests.handlers.govern.test_classify import STRICT, cards, rule, ruled
from tests.handlers.govern.test_fences import approve, submitted
from tests.handlers.office import Office

MORE = rule("more-eyes", approvals=(AFFECTED, "purchasing"), inform=("warehouse",), applies_to_open=True)
RULES: tuple[tuple[Rule, ...], ...] = (
    (), (rule("nobody", klass=Class.STANDARD, approvals=()),), (rule("other", approvals=("purchasing",)),),
    (rule("faster", deadline_hours=1),), (replace(MORE, enabled=False),), (STRICT, MORE),
)  # fmt: skip
"""Of the last the first holds, and that is the one it was submitted under."""
NOBODY = Grant("role:admin", Scope(), ("dates",))


def test_nothing_that_is_set_later_reaches_what_was_submitted(office: Office) -> None:
    """Whatever rules, grants, deadlines and modes of approval are in force then."""
    before = office.environment
    firm = replace(before.organisation.departments["production"], approval=EVERYONE)
    strict = replace(before.organisation, departments={**before.organisation.departments, "production": firm})
    for rules, grants, days, organisation in product(
        RULES, (before.grants, (NOBODY,)), (1, 9), (before.organisation, strict)
    ):
        office.environment = before
        ruled(office, STRICT)
        change = submitted(office)
        office.environment = replace(
            before, rules=rules, grants=grants, expires_working_days=days, organisation=organisation
        )
        look(office)
        assert now(office, change) == change
        end(office, change)


def test_a_stricter_rule_that_says_so_asks_more_people_at_once(office: Office) -> None:
    ruled(office, STRICT)
    change = submitted(office)
    approve(office, change.no, "production")
    ruled(office, MORE)
    look(office)
    found = now(office, change)
    assert [step.department for step in found.steps] == ["sales", "production", "role:coordinator", "purchasing"]
    assert [step.department for step in found.waiting] == ["sales", "role:coordinator", "purchasing"]
    assert (found.klass, found.policy.rule) == ("normal", "machine-down + more-eyes")
    assert found.policy.deadline_hours == STRICT.deadline_hours
    asked = [card.department for card in cards(office, found) if card.purpose is Purpose.APPROVAL]
    assert sorted(asked) == ["production", "purchasing", "role:coordinator", "sales"]
    look(office)
    assert now(office, change) == found, "nobody is asked twice"
    ended = approve(office, change.no, "sales", "role:coordinator", "purchasing")
    assert ended.state is ChangeState.APPLIED


def test_it_is_asked_at_the_last_word_at_the_latest(office: Office) -> None:
    """Nobody has looked again in between: the last approval finds it."""
    ruled(office, STRICT)
    change = submitted(office)
    approve(office, change.no, "production", "sales")
    ruled(office, MORE)
    still = approve(office, change.no, "role:coordinator")
    assert still.state is ChangeState.IN_APPROVAL
    assert [step.department for step in still.waiting] == ["purchasing"]


def test_firmer_terms_wait_for_more_of_those_who_are_asked(office: Office) -> None:
    ruled(office, rule("light", approvals=("production", "sales"), terms=(Terms("sales", optional=True),)))
    change = submitted(office)
    assert [step.optional for step in change.steps] == [False, True]
    ruled(office, replace(MORE, approvals=("production", "sales"), inform=()))
    look(office)
    assert [step.optional for step in now(office, change).steps] == [False, False]
    ruled(office, rule("light", approvals=("production",), applies_to_open=True))
    look(office)
    assert [step.optional for step in now(office, change).steps] == [False, False], "nothing is softened"


@pytest.mark.parametrize("text", ["规则 详情", "规则"])
def test_the_list_of_rules_tells_it(office: Office, text: str) -> None:
    ruled(office, MORE)
    assert "已提交未结的变更也要" in office.say("boss", text)


def look(office: Office) -> None:
    """As when other settings come into force."""
    for work in (rules_moved, look_again):
        written(office, work)


def end(office: Office, change: Change) -> None:
    written(office, lambda turn: drop(turn, change, change.proposer))


def written(office: Office, work: Callable[[Turn], object]) -> None:
    def unit(uow: UnitOfWork) -> None:
        work(office.turn(uow))
        uow.commit()

    office.database.write_now(unit)


def now(office: Office, change: Change) -> Change:
    found = office.database.look(lambda uow: uow.changes.get(change.no))
    assert found is not None
    return found
