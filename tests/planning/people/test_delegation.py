"""Who acts for whom: leave, who accepts it, circles of it, and four eyes."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.change.approval import (
    approve,
    colleagues,
    reject,
    require_transferable,
    step_for,
    still_theirs,
    transfer,
)
from planning.change.approvers import approvers_of, awaited, hands_over_to, may_decide, owes, to_stand_in
from planning.change.change import Decision, StepState, Verdict
from planning.people.delegation import NO_DEPUTIES, Delegation, Deputies
from planning.people.organisation import Organisation
from planning.refusal import Refused
from tests.planning.change.test_approval import ORG, refusal, says, step, submitted
from tests.small_company import NOW, TODAY

NAMES = ("a", "b", "c", "d")
LEAVES = st.dictionaries(st.sampled_from(NAMES), st.sampled_from(NAMES))
PEOPLES_LEAVES = st.dictionaries(st.sampled_from(sorted(ORG.people)), st.sampled_from(sorted(ORG.people)))


def away(**deputies: str) -> Deputies:
    return Deputies(deputies)


def test_a_leave_lasts_from_its_first_day_to_its_last() -> None:
    leave = Delegation("wang", "li", date(2026, 12, 1), date(2026, 12, 5))
    covered = [day for day in range(1, 8) if leave.covers(date(2026, 12, day))]
    assert covered == [1, 2, 3, 4, 5]
    assert leave.overlaps(replace(leave, first=date(2026, 12, 5), last=date(2026, 12, 9)))
    assert not leave.overlaps(replace(leave, first=date(2026, 12, 6), last=date(2026, 12, 9)))


def test_only_todays_leave_counts_that_was_accepted_and_a_deputy_who_left_is_none() -> None:
    tomorrow = TODAY + timedelta(days=1)
    leaves = [
        Delegation("wang", "li", TODAY, TODAY, NOW),
        Delegation("han", "li", TODAY, TODAY),
        Delegation("su", "he", tomorrow, tomorrow, NOW),
        Delegation("zhao", "gone", TODAY, TODAY, NOW),
    ]
    people = (*ORG.people.values(), replace(ORG.people["li"], id="x", deputy="wang"))
    deputies = Deputies.on(TODAY, leaves, Organisation.of(ORG.departments.values(), people))
    assert deputies.away == {"wang": "li"}
    assert deputies.of("wang") == "li"
    assert deputies.of("x") == "wang"
    assert deputies.acting("x") == "x", "a standing deputy is asked when it takes too long, not before"


@pytest.mark.parametrize(
    ("leaves", "acting"),
    [
        ({}, "a"),
        ({"a": "b"}, "b"),
        ({"a": "b", "b": "c"}, ""),
        ({"a": "b", "b": "a"}, ""),
        ({"a": "b", "b": "c", "c": "b"}, ""),
        ({"a": "a"}, ""),
    ],
)
def test_who_is_there_for_somebody(leaves: dict[str, str], acting: str) -> None:
    assert Deputies(leaves).acting("a") == acting


@given(LEAVES, st.sampled_from(NAMES))
def test_who_acts_is_never_away_and_everybody_acts_for_themselves_when_there(
    leaves: dict[str, str], person: str
) -> None:
    deputies = Deputies(leaves)
    acting = deputies.acting(person)
    assert acting not in leaves
    assert (acting == person) == (person not in leaves)
    assert {person, acting} - {""} <= deputies.hands_of(person)


def test_the_deputy_decides_and_it_is_written_for_whom() -> None:
    change = approve(submitted(), "sales", says("li"), away(su="li"))
    decision = step(change, "sales").decisions[-1]
    assert (decision.person, decision.acting_for) == ("li", "su")


def test_who_is_away_still_decides_until_the_deputy_has() -> None:
    leave = away(su="li")
    own = approve(submitted(), "sales", says("su"), leave)
    assert step(own, "sales").decisions[-1].acting_for == ""
    assert refusal(lambda: approve(own, "sales", says("li"), leave)) == "already-decided"
    theirs = approve(submitted(), "sales", says("li"), leave)
    assert refusal(lambda: reject(theirs, "sales", says("su", Verdict.REJECT, "不行"), leave)) == "already-decided"


def test_a_leave_that_is_over_gives_no_right() -> None:
    assert refusal(lambda: approve(submitted(), "sales", says("li"))) == "not-an-approver"


def test_a_colleague_who_is_asked_anyway_speaks_for_themselves() -> None:
    change = approve(submitted(), "production", says("han"), away(wang="han"))
    assert step(change, "production").decisions[-1].acting_for == ""


def test_one_person_has_one_vote_however_many_they_act_for() -> None:
    leave = away(wang="li", han="li")
    once = approve(submitted(), "production", says("li"), leave)
    assert approve(once, "production", says("li"), leave) == once
    assert len(step(once, "production").decisions) == 1


@pytest.mark.parametrize("deputies", [Deputies({"qian": "wang"}), Deputies({}, {"qian": "wang"})])
def test_the_proposers_deputy_is_not_asked_and_cannot_decide(deputies: Deputies) -> None:
    assert approvers_of("production", ORG, ("qian",), deputies) == (("han",), False)
    assert refusal(lambda: approve(submitted("qian"), "production", says("wang"), deputies)) == "proposers-deputy"
    assert "wang" not in colleagues(submitted("qian"), "production", "han", ORG, deputies)


def test_the_proposers_deputy_does_not_decide_for_somebody_else_either() -> None:
    deputies = away(qian="li", su="li")
    assert refusal(lambda: approve(submitted("qian"), "sales", says("li"), deputies)) == "proposers-deputy"
    assert hands_over_to(step(submitted("qian"), "sales"), ("qian",), deputies) == ()


def test_the_proposer_does_not_decide_for_an_approver_who_is_away() -> None:
    deputies = away(su="qian")
    assert refusal(lambda: approve(submitted("qian"), "sales", says("qian"), deputies)) == "own-change"
    assert approvers_of("sales", ORG, ("qian",), deputies) == (("su", "lin"), True), "the coordinator stands in"


def test_a_department_where_all_are_away_in_a_circle_falls_back() -> None:
    deputies = away(wang="han", han="wang")
    assert approvers_of("production", ORG, ("qian",), deputies) == (("wang", "han", "lin"), True)


def test_who_acts_is_shown_what_waits_and_finds_the_step_by_word() -> None:
    deputies = away(su="li")
    assert hands_over_to(step(submitted(), "sales"), ("qian",), deputies) == ("li",)
    assert may_decide(step(submitted(), "sales"), "li", deputies)
    assert step_for(submitted(), "li", Verdict.APPROVE, deputies).department == "sales"
    with pytest.raises(Refused):
        step_for(submitted(), "li", Verdict.APPROVE)


def test_the_deputy_transfers_a_step_as_the_approver_would() -> None:
    handed = transfer(submitted(), "sales", says("li", Verdict.TRANSFER, to="lin"), ORG, away(su="li"))
    last: Decision = step(handed, "sales").decisions[-1]
    assert (step(handed, "sales").approvers, step(handed, "sales").state) == (("lin",), StepState.OPEN)
    assert last.acting_for == "su"


def test_nobody_is_waited_for_who_may_not_decide() -> None:
    sales, deputies = step(submitted("qian"), "sales"), away(su="qian")
    assert awaited(sales, ("qian",), ORG, deputies) == {}
    assert not owes(sales, "qian", ("qian",), deputies)
    assert owes(sales, "su", ("qian",), deputies), "who is away still may"
    assert awaited(sales, ("he",), ORG, deputies) == {"su": "qian"}
    assert awaited(replace(sales, approvers=("gone", "su")), ("he",), ORG, NO_DEPUTIES) == {"su": "su"}


@pytest.mark.parametrize(
    ("proposer", "leaves", "needs", "called"),
    [
        ("qian", {}, 1, ()),
        ("qian", {"su": "li"}, 1, ()),
        ("qian", {"su": "qian"}, 1, ("lin",)),
        ("qian", {"qian": "su"}, 1, ("lin",)),
        ("qian", {"su": "qian", "lin": "li"}, 1, ("lin",)),
        ("lin", {"su": "lin"}, 1, ("boss",)),
        ("qian", {"su": "qian", "lin": "qian"}, 1, ("boss",)),
        ("qian", {"su": "qian"}, 2, ("lin", "boss")),
    ],
)
def test_too_few_who_are_left_call_in_whom_a_submission_would_ask(
    proposer: str, leaves: dict[str, str], needs: int, called: tuple[str, ...]
) -> None:
    asked = replace(step(submitted(proposer), "sales"), needs=needs)
    assert to_stand_in(asked, (proposer,), ORG, Deputies(leaves)) == called


def test_who_handed_a_step_on_is_asked_again_only_when_nobody_else_is_left() -> None:
    change = transfer(submitted("qian"), "sales", says("su", Verdict.TRANSFER, to="lin"), ORG)
    handed = replace(step(change, "sales"), approvers=("lin",))
    assert to_stand_in(handed, ("qian",), ORG, away(lin="qian")) == ("boss",)
    alone = away(lin="qian", boss="qian", admin="qian")
    assert to_stand_in(handed, ("qian",), ORG, alone) == ("su",)


@given(st.sampled_from(sorted(ORG.people)), PEOPLES_LEAVES, st.integers(1, 3))
def test_those_who_are_called_in_are_there_and_enough_or_all_there_are(
    proposer: str, leaves: dict[str, str], needs: int
) -> None:
    deputies = Deputies(leaves)
    asked = replace(step(submitted("api:erp"), "production"), needs=needs)
    called = to_stand_in(asked, (proposer,), ORG, deputies)
    after = replace(asked, approvers=(*asked.approvers, *called))
    there = awaited(after, (proposer,), ORG, deputies)
    assert set(called) <= set(there)
    assert not {*there.values()} & deputies.hands_of(proposer)
    everybody = replace(asked, approvers=tuple(dict.fromkeys((*asked.approvers, "lin", "boss", "admin"))))
    able = set(awaited(everybody, (proposer,), ORG, deputies).values())
    assert len({*there.values()}) >= min(needs, len(able))
    assert to_stand_in(after, (proposer,), ORG, deputies) == ()


def test_what_of_a_leave_lies_beyond_another() -> None:
    def leave(first: int, last: int) -> Delegation:
        return Delegation("han", "wang", date(2026, 12, first), date(2026, 12, last))

    assert leave(1, 10).beyond(leave(5, 6)) == (leave(1, 4), leave(7, 10))
    assert leave(5, 10).beyond(leave(1, 6)) == (leave(7, 10),)
    assert leave(5, 6).beyond(leave(1, 10)) == ()


def test_a_step_is_still_theirs_who_act_for_somebody_until_they_have_spoken() -> None:
    leave = away(su="he")
    assert [step.department for step in still_theirs(submitted(), "he", leave)] == ["sales"]
    assert still_theirs(submitted(), "he") == []
    more = replace(submitted(), steps=tuple(replace(s, needs=2) for s in submitted().steps))
    assert still_theirs(approve(more, "sales", says("he"), leave), "he", leave) == []


def test_the_deputy_may_transfer_while_nobody_has_spoken() -> None:
    leave = away(su="he")
    require_transferable(submitted(), "sales", "he", leave)
    assert refusal(lambda: require_transferable(submitted(), "sales", "he")) == "not-an-approver"
    more = replace(submitted(), steps=tuple(replace(s, needs=2) for s in submitted().steps))
    spoken = approve(more, "sales", says("he"), leave)
    assert refusal(lambda: require_transferable(spoken, "sales", "he", leave)) == "voted-already"


def test_a_word_said_again_after_the_leave_means_the_same_step() -> None:
    spoken = approve(submitted(), "sales", says("he"), away(su="he"))
    assert step_for(spoken, "he", Verdict.APPROVE).department == "sales"
    assert refusal(lambda: step_for(submitted(), "he", Verdict.APPROVE)) == "not-an-approver"
