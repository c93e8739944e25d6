"""Four eyes: no arrangement of the proposer's gives their side a vote, and none takes away the others'."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.change.approval import approve, ask_to_modify, reject, transfer
from planning.change.approval_steps import submit
from planning.change.change import Change, Verdict
from planning.people.delegation import Delegation, Deputies
from planning.refusal import Refused
from tests.planning.change.test_approval import ORG, a_change, says
from tests.small_company import NOW, TODAY

HOUR = timedelta(hours=1)
BEFORE, AFTER = NOW - HOUR, NOW + HOUR
"""The change is submitted NOW."""
STAFF = sorted(ORG.people)
NOES = {Verdict.REJECT: reject, Verdict.MODIFY: ask_to_modify}


def leave(person: str, deputy: str, accepted_at: datetime | None) -> Delegation:
    return Delegation(person, deputy, TODAY, TODAY, accepted_at)


def deputies(*leaves: Delegation, until: datetime = AFTER) -> Deputies:
    """As they are at this moment."""
    accepted = [one for one in leaves if one.accepted_at and one.accepted_at <= until]
    return Deputies.on(TODAY, accepted, ORG)


def asked(*leaves: Delegation, proposer: str = "qian") -> Change:
    return submit(a_change(proposer), ORG, NOW, NOW + 72 * HOUR, deputies(*leaves, until=NOW))


def may(change: Change, person: str, verdict: Verdict, *leaves: Delegation, department: str = "sales") -> bool:
    now, said = deputies(*leaves), says(person, verdict, "不行", "lin")
    try:
        if verdict is Verdict.TRANSFER:
            transfer(change, department, said, ORG, now)
        else:
            {Verdict.APPROVE: approve, **NOES}[verdict](change, department, said, now)
    except Refused:
        return False
    return True


def who_may_approve(change: Change, leaves: Iterable[Delegation], department: str = "sales") -> set[str]:
    return {person for person in STAFF if may(change, person, Verdict.APPROVE, *leaves, department=department)}


@dataclass(frozen=True)
class Situation:
    about: str
    leaves: tuple[Delegation, ...]
    person: str
    approves: bool
    says_no: bool


SITUATIONS = [
    Situation("asked, then named by the proposer", (leave("qian", "su", AFTER),), "su", True, True),
    Situation("named by the proposer, then asked nothing, and still heard", (leave("qian", "su", BEFORE),), "su",
              False, True),
    Situation("named by the proposer and not accepted", (leave("qian", "su", None),), "su", True, True),
    Situation("the proposer's clerk, named by the approver", (leave("qian", "li", BEFORE), leave("su", "li", AFTER)),
              "li", False, True),
    Situation("acts for the approver, then named by the proposer, too",
              (leave("su", "li", BEFORE), leave("qian", "li", AFTER)), "li", True, True),
    Situation("the clerk of the approver's deputy", (leave("su", "li", BEFORE), leave("li", "zhao", BEFORE)), "zhao",
              False, False),
    Situation("the proposer, named by the approver", (leave("su", "qian", AFTER),), "qian", False, False),
    Situation("an approver's deputy with the role", (leave("su", "li", AFTER),), "li", True, True),
    Situation("an approver's deputy without it", (leave("su", "he", AFTER),), "he", False, False),
    Situation("the proposer's deputy whom nobody would ask", (leave("qian", "he", BEFORE),), "he", False, False),
]  # fmt: skip


@pytest.mark.parametrize("situation", SITUATIONS, ids=lambda situation: situation.about)
def test_whose_word_counts(situation: Situation) -> None:
    change = asked(*situation.leaves)
    assert may(change, situation.person, Verdict.APPROVE, *situation.leaves) is situation.approves
    for verdict in NOES:
        assert may(change, situation.person, verdict, *situation.leaves) is situation.says_no


def test_the_rule_may_say_that_whoever_was_named_suffices() -> None:
    away = leave("su", "he", AFTER)
    change = asked()
    named = replace(change, steps=tuple(replace(one, any_deputy=True) for one in change.steps))
    assert may(named, "he", Verdict.APPROVE, away)


def test_who_lost_their_vote_hands_no_seat_on() -> None:
    away = (leave("qian", "li", BEFORE), leave("su", "li", AFTER))
    assert not may(asked(*away), "li", Verdict.TRANSFER, *away)


INSTANTS = st.sampled_from((BEFORE, NOW + HOUR / 2, AFTER, None))
LEAVES = st.lists(st.builds(leave, st.sampled_from(STAFF), st.sampled_from(STAFF), INSTANTS), max_size=5)


@given(st.sampled_from(STAFF), LEAVES, st.sampled_from(("sales", "production")))
def test_no_arrangement_gives_the_proposers_side_a_vote(
    proposer: str, leaves: list[Delegation], department: str
) -> None:
    """A deputy of the proposer's decides only where they were asked before they became that: by the company, or by
    somebody who is away."""
    try:
        change = asked(*leaves, proposer=proposer)
    except Refused:
        return  # nobody is left to be asked: it is not submitted
    voters = who_may_approve(change, leaves, department)
    assert proposer not in voters
    now = deputies(*leaves)
    if (hand := now.away.get(proposer, "")) in voters:
        without = [one for one in leaves if one.person != proposer]
        assert hand in who_may_approve(change, without, department)
        assert now.since[proposer] > NOW


@given(st.sampled_from(STAFF), LEAVES, st.sampled_from(STAFF), st.sampled_from(("sales", "production")))
def test_what_the_proposer_arranges_takes_nobody_away(
    proposer: str, leaves: list[Delegation], deputy: str, department: str
) -> None:
    """Of a request that is being decided: whoever could decide it still can, for or against."""
    others = [one for one in leaves if one.person != proposer]
    try:
        change = asked(*others, proposer=proposer)
    except Refused:
        return
    before = who_may_approve(change, others, department)
    arranged = [*others, leave(proposer, deputy, AFTER + HOUR)]
    now = Deputies.on(TODAY, arranged, ORG)
    for person in before - {proposer}:
        approve(change, department, says(person), now)
        reject(change, department, says(person, Verdict.REJECT, "不行"), now)
