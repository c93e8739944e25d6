"""Three-way comparison: a table, and what holds of any three values."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.neighbours.canonical import Value, value_hash
from planning.neighbours.ownership import Standing
from planning.neighbours.three_way import Compared, Outcome, outcome

OWNER, PROPOSER, OTHER = Standing


@pytest.mark.parametrize(
    ("name", "base", "theirs", "ours", "standing", "follows"),
    [
        ("finish", 1, 1, 2, OTHER, Outcome.NOTHING),
        ("finish", 1, 2, 2, OTHER, Outcome.NOTHING),
        ("finish", 1, 3, 2, OWNER, Outcome.REQUEST),
        ("finish", 1, 3, 2, PROPOSER, Outcome.DRAFT),
        ("finish", 1, 3, 2, OTHER, Outcome.DIFFERENCE),
        ("done_quantity", 1, 3, 2, OWNER, Outcome.FACT),
        ("done_quantity", 1, 3, 2, PROPOSER, Outcome.DIFFERENCE),
        ("done_quantity", 1, 3, 2, OTHER, Outcome.DIFFERENCE),
    ],
)
def test_what_follows(name: str, base: int, theirs: int, ours: int, standing: Standing, follows: Outcome) -> None:
    assert outcome(Compared(name, Decimal(base), Decimal(theirs), Decimal(ours)), standing) is follows


def test_a_word_that_takes_work_away_is_a_draft_whoever_says_it() -> None:
    for word, follows in (("cancelled", Outcome.DRAFT), ("closed", Outcome.DRAFT), ("running", Outcome.FACT)):
        assert outcome(Compared("status", "released", word, "released"), OWNER) is follows


def test_the_first_sight_of_a_row_is_a_sheet_and_no_cards() -> None:
    first = Compared("finish", None, Decimal(3), Decimal(2), is_known=False)
    assert [outcome(first, one) for one in Standing] == [
        Outcome.REQUEST, Outcome.FIRST_COMPARE, Outcome.FIRST_COMPARE,
    ]  # fmt: skip


def test_our_own_write_comes_back_late_rounded_or_not_at_all() -> None:
    ours = (value_hash(Decimal("33.33")),)
    assert outcome(Compared("quantity", Decimal(30), Decimal("33.330"), Decimal(40), True, ours), OTHER) is Outcome.ECHO
    assert outcome(Compared("quantity", Decimal(30), Decimal(30), Decimal(40), True, ours), OTHER) is Outcome.NOT_YET
    somebody = Compared("quantity", Decimal(30), Decimal(31), Decimal(40), True, ours)
    assert outcome(somebody, OTHER) is Outcome.DIFFERENCE


VALUES = st.sampled_from([None, "", "a", Decimal(1), Decimal(2), Decimal(3)])


@given(VALUES, VALUES, st.sampled_from(list(Standing)), st.sampled_from(["finish", "done_quantity", "status"]))
def test_what_was_said_before_says_nothing_new(base: Value, ours: Value, standing: Standing, name: str) -> None:
    """A poll does not undo a decision, and a stale sheet does not revert what is newer."""
    assert outcome(Compared(name, base, base, ours), standing) is Outcome.NOTHING


@given(VALUES, VALUES, VALUES, st.sampled_from(["finish", "done_quantity", "status"]))
def test_nobody_but_an_owner_gets_anything_through(base: Value, theirs: Value, ours: Value, name: str) -> None:
    through = {Outcome.FACT, Outcome.REQUEST}
    for standing in (PROPOSER, OTHER):
        assert outcome(Compared(name, base, theirs, ours), standing) not in through


@given(VALUES, VALUES, st.booleans())
def test_an_echo_never_becomes_an_event(base: Value, written: Value, is_known: bool) -> None:
    field = Compared("finish", base, written, "else", is_known, (value_hash(written),))
    assert {outcome(field, standing) for standing in Standing} == {Outcome.ECHO}
