"""Pushes: their keys by vectors, their states by a table, and that nothing is ever written twice."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planning.neighbours.canonical import Value
from planning.neighbours.push import (
    APART,
    GIVEN_UP,
    MOST,
    SETTLED,
    Answer,
    Push,
    PushState,
    Seen,
    Verb,
    answered,
    hex_key,
    intent_key,
    looked_up,
    restarted,
    sent,
    short_key,
    uuid_key,
    wait,
)

NOW = datetime(2026, 12, 5, tzinfo=UTC)
NEW = Push("r17:MO-1024:k3:change:6c1a26e6f4af", PushState.QUEUED, NOW)


def test_keys_are_those_of_the_vector() -> None:
    values: dict[str, Value] = {"quantity": Decimal("800.0"), "finish": date(2026, 12, 10)}
    key = intent_key(17, "MO-1024", "k3", Verb.CHANGE, values)
    assert key == "r17:MO-1024:k3:change:6c1a26e6f4af"
    assert intent_key(17, "MO-1024", "k3", Verb.CHANGE, values, "D-17") == f"{key}:D-17"
    assert short_key(key) == "TP1290643691"
    assert hex_key(key)[:32] == "129064369114bfaf1b2ca6c8c13a3488"
    assert uuid_key(key) == "9fe8ed66-c00b-551d-ace8-c94f2f5ff99c"


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        (Answer.DONE, PushState.DONE), (Answer.REFUSED, PushState.REFUSED), (Answer.PENDING, PushState.PENDING),
        (Answer.UNKNOWN, PushState.UNKNOWN), (Answer.NOT_SENT, PushState.QUEUED),
        (Answer.UNAUTHORISED, PushState.HELD),
    ],
)  # fmt: skip
def test_what_an_answer_makes_of_it(answer: Answer, state: PushState) -> None:
    after = answered(sent(NEW, NOW), answer, NOW, "words", "TASK-1")
    assert (after.state, after.words, after.remote) == (state, "words", "TASK-1")
    assert after.attempts == (0 if answer in (Answer.NOT_SENT, Answer.UNAUTHORISED) else 1)


def test_what_a_process_left_as_sent_may_have_happened() -> None:
    assert restarted(sent(NEW, NOW), NOW).state is PushState.UNKNOWN
    assert restarted(NEW, NOW) == NEW


def test_nothing_counts_only_when_it_is_found_twice_late_and_apart() -> None:
    push = answered(sent(NEW, NOW), Answer.UNKNOWN, NOW)
    assert push.due_at == NOW + timedelta(seconds=5)
    push = looked_up(push, Seen.NOTHING, NOW + timedelta(seconds=5))
    assert (push.state, push.missed_at) == (PushState.UNKNOWN, None)
    push = looked_up(push, Seen.NOTHING, NOW + SETTLED)
    push = looked_up(push, Seen.NOTHING, NOW + SETTLED + APART / 2)
    assert push.state is PushState.UNKNOWN
    push = looked_up(push, Seen.NOTHING, NOW + SETTLED + APART)
    assert push.state is PushState.QUEUED


@pytest.mark.parametrize(("seen", "state"), [(Seen.OURS, PushState.DONE), (Seen.OTHERS, PushState.HELD)])
def test_what_is_found_ends_it(seen: Seen, state: PushState) -> None:
    assert looked_up(answered(sent(NEW, NOW), Answer.UNKNOWN, NOW), seen, NOW).state is state


def test_a_day_without_an_answer_is_a_persons() -> None:
    push = looked_up(answered(sent(NEW, NOW), Answer.UNKNOWN, NOW), Seen.FAILED, NOW)
    assert looked_up(push, Seen.FAILED, NOW + GIVEN_UP).state is PushState.BY_HAND


def test_waits_grow_to_an_hour() -> None:
    assert [wait(n).total_seconds() for n in range(7)] == [5, 30, 120, 600, 1800, 3600, 3600]


@pytest.mark.parametrize("state", [one for one in PushState if one is not PushState.QUEUED])
def test_nothing_leaves_twice(state: PushState) -> None:
    with pytest.raises(ValueError, match=state.value):
        sent(Push("x", state, NOW), NOW)


@given(st.data())
@settings(max_examples=300, deadline=None)
def test_a_remote_that_keeps_what_it_takes_has_it_once(data: st.DataObject) -> None:
    """The remote takes a write or not, answers or loses the answer, and look-ups fail now and then; the process is
    restarted at any point. A write shows up at once, as SETTLED promises at the latest."""
    push, now, copies = NEW, NOW, 0
    for _ in range(60):
        now = max(now, push.due_at)
        if push.state is PushState.QUEUED:
            push = sent(push, now)
            takes, answers = data.draw(st.booleans()), data.draw(st.booleans())
            copies += takes
            if data.draw(st.booleans()):
                push = restarted(push, now)
            else:
                told = Answer.DONE if takes else data.draw(st.sampled_from([Answer.REFUSED, Answer.NOT_SENT]))
                push = answered(push, told if answers else Answer.UNKNOWN, now)
        elif push.state is PushState.UNKNOWN:
            seen = Seen.FAILED if data.draw(st.booleans()) else Seen.OURS if copies else Seen.NOTHING
            push = looked_up(push, seen, now)
        else:
            break
        assert copies <= 1
        assert push.attempts <= MOST
    assert (push.state is PushState.DONE) <= (copies == 1)
