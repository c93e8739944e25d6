"""Records: every act in every state, the clock in working hours, and random clicks of random people."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from planning.plan.calendar import calendar_named
from planning.plan.hours import Window, WorkingHours
from planning.refusal import Refused
from planning.rhythm.record import Record, RecordState
from planning.rhythm.record_acts import TABLE, Act, acted, next_act

SHANGHAI = ZoneInfo("Asia/Shanghai")
HOURS = WorkingHours(Window(time(9), time(18)), calendar_named("china"), SHANGHAI)
MONDAY = datetime(2026, 11, 30, 9, tzinfo=SHANGHAI).astimezone(UTC)
RECORD = Record("JL-20261130-001", "和 赵敏 约定 PO-1 12-09 到", "he", "zhao", "", ("PO-1",), "room", MONDAY)


def at(day: int, hour: int, minute: int = 0, month: int = 12) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=SHANGHAI).astimezone(UTC)


def become(record: Record, *acts: Act, now: datetime = MONDAY, by: str = "zhao") -> Record:
    for act in acts:
        record = acted(record, act, now, by=by, text="我说的是 12-12" if act is Act.DISPUTE else "")
    return record


WAYS = {
    RecordState.WAITING: (), RecordState.CONFIRMED: (Act.CONFIRM,), RecordState.DISPUTED: (Act.DISPUTE,),
    RecordState.ONE_SIDED: (Act.REMIND, Act.LAPSE), RecordState.LATE_CONFIRMED: (Act.LAPSE, Act.CONFIRM),
    RecordState.LATE_DISPUTED: (Act.LAPSE, Act.DISPUTE),
}  # fmt: skip
EXPECTED = """
waiting        confirm>confirmed      dispute>disputed      remind>waiting lapse>one-sided
confirmed      confirm>no             dispute>no            remind>no      lapse>no
disputed       confirm>no             dispute>no            remind>no      lapse>no
one-sided      confirm>late-confirmed dispute>late-disputed remind>no      lapse>no
late-confirmed confirm>no             dispute>no            remind>no      lapse>no
late-disputed  confirm>no             dispute>no            remind>no      lapse>no
"""


@pytest.mark.parametrize(
    ("state", "act", "becomes"),
    [(line.split()[0], *cell.split(">")) for line in EXPECTED.split("\n") if line for cell in line.split()[1:]],
)
def test_every_act_in_every_state(state: str, act: str, becomes: str) -> None:
    record = become(RECORD, *WAYS[RecordState(state)])
    assert record.state == state
    if becomes == "no":
        with pytest.raises(Refused, match="record-answered"):
            become(record, Act(act), by="li")
    else:
        assert become(record, Act(act), by="li").state == becomes


def test_it_stays_one_sided_whatever_is_said_later() -> None:
    late = become(RECORD, Act.LAPSE, Act.CONFIRM, now=at(4, 10))
    assert (late.lapsed_at, late.answered_at) == (at(4, 10), at(4, 10))
    assert late.state.is_agreed


def test_the_same_answer_again_changes_nothing_and_another_is_refused() -> None:
    confirmed = become(RECORD, Act.CONFIRM)
    assert acted(confirmed, Act.CONFIRM, at(4, 10), by="zhao") is confirmed
    with pytest.raises(Refused, match="record-answered"):
        become(confirmed, Act.DISPUTE)


@pytest.mark.parametrize("text", ["", "  ", "！？"])
def test_not_so_says_what_is_so(text: str) -> None:
    with pytest.raises(Refused, match="record-text-missing"):
        acted(RECORD, Act.DISPUTE, MONDAY, by="zhao", text=text)


@pytest.mark.parametrize(
    ("made", "reminded", "expected"),
    [
        (MONDAY, None, (Act.REMIND, at(30, 17, month=11))),
        (MONDAY, at(30, 17, month=11), (Act.LAPSE, at(1, 16))),
        (MONDAY, at(2, 11), (Act.LAPSE, at(3, 10))),  # reminded late: the whole time to answer is left
        (at(4, 17), None, (Act.REMIND, at(7, 16))),  # Friday evening: over the weekend
        (at(5, 11), None, (Act.REMIND, at(7, 17))),  # on a Saturday
    ],
)
def test_the_clock_counts_working_hours(made: datetime, reminded: datetime | None, expected: object) -> None:
    assert next_act(replace(RECORD, made_at=made, reminded_at=reminded), HOURS) == expected


@pytest.mark.parametrize("state", [state for state in RecordState if state is not RecordState.WAITING])
def test_no_clock_runs_once_it_is_settled(state: RecordState) -> None:
    assert next_act(replace(RECORD, state=state), HOURS) is None


@pytest.mark.parametrize(
    ("other", "same"),
    [({}, True), ({"text": "和 赵敏 约定 PO-1 12-10 到"}, False), ({"by": "lin"}, False), ({"other": "qian"}, False),
     ({"replaces": "JL-20261129-001"}, False), ({"made_at": MONDAY + timedelta(minutes=11)}, False),
     ({"made_at": MONDAY + timedelta(minutes=10)}, True)],
)  # fmt: skip
def test_the_same_words_within_ten_minutes_are_the_same(other: dict[str, object], same: bool) -> None:
    assert RECORD.is_same(replace(RECORD, **other)) is same  # type: ignore[arg-type]


class Clicks(RuleBasedStateMachine):
    """Random acts of random people at random times: what was said first is never lost or altered."""

    def __init__(self) -> None:
        super().__init__()
        self.record, self.now = RECORD, MONDAY
        self.said: list[tuple[datetime, str]] = []

    @rule(act=st.sampled_from(Act), by=st.sampled_from(["zhao", "li"]), wait=st.integers(0, 6000))
    def click(self, act: Act, by: str, wait: int) -> None:
        self.now += timedelta(minutes=wait)
        before = self.record
        try:
            self.record = become(before, act, now=self.now, by=by)
        except Refused:
            assert act not in TABLE[before.state]
            return
        if self.record is before:
            assert before.answered_by == by
            return
        assert self.record.state is TABLE[before.state][act]
        if act in (Act.CONFIRM, Act.DISPUTE):
            self.said.append((self.now, by))

    @rule()
    def the_clock_rings(self) -> None:
        if wanted := next_act(self.record, HOURS):
            act, due = wanted
            self.now = max(self.now, due)
            self.record = acted(self.record, act, self.now)

    @invariant()
    def at_most_one_answer_counts(self) -> None:
        assert len(self.said) <= 1
        assert ([(self.record.answered_at, self.record.answered_by)] if self.record.answered_at else []) == self.said

    @invariant()
    def one_sided_is_for_ever(self) -> None:
        late = (RecordState.ONE_SIDED, RecordState.LATE_CONFIRMED, RecordState.LATE_DISPUTED)
        assert (self.record.lapsed_at is not None) is (self.record.state in late)

    @invariant()
    def what_was_written_down_never_changes(self) -> None:
        written = ("no", "text", "by", "other", "party", "about", "room", "made_at", "replaces")
        assert [getattr(self.record, name) for name in written] == [getattr(RECORD, name) for name in written]

    @invariant()
    def a_clock_runs_while_it_waits(self) -> None:
        assert (next_act(self.record, HOURS) is not None) is (self.record.state is RecordState.WAITING)


TestClicks = Clicks.TestCase
TestClicks.settings = settings(max_examples=60, stateful_step_count=20, deadline=None, derandomize=True)
