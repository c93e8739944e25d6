"""The ladder: when its rungs come, what is taken of several that were missed, and who is asked."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planning.change.approval import approve, call_in, transfer
from planning.change.approvers import approvers_of
from planning.change.change import Change, Verdict
from planning.change.escalation import (
    DEFAULT,
    EMERGENCY,
    LATEST,
    Climb,
    Do,
    Escalation,
    EscalationPolicy,
    Rung,
    called,
    capacity,
    handed_on,
    highest_due,
    next_at,
    rungs_at,
)
from planning.people.delegation import NO_DEPUTIES, Deputies
from planning.plan.calendar import calendar_named
from planning.plan.hours import Window
from planning.refusal import Refused
from tests.planning.change.test_approval import ORG, refusal, says, step, submitted

SHANGHAI = ZoneInfo("Asia/Shanghai")
UNTIMED = settings(deadline=None)
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 6, 1), timezones=st.just(UTC))  # noqa: DTZ001 - zone given


def local(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-{text}").replace(tzinfo=SHANGHAI)


def opened(at: datetime, policy: EscalationPolicy = DEFAULT, rung: int = 0) -> Escalation:
    return Escalation("CR-20261123-001", "production", 1, policy, at, rung)


def times(at: str, deadline: str) -> list[str]:
    return [f"{t.astimezone(SHANGHAI):%m-%d %H:%M}" for t in rungs_at(opened(local(at)), local(deadline), SHANGHAI)]


@pytest.mark.parametrize(
    ("at", "deadline", "rungs"),
    [
        ("11-23 09:00", "11-26 18:00", ["11-23 13:00", "11-23 17:00", "11-24 16:00", "11-25 15:00"]),
        ("11-27 16:00", "12-02 18:00", ["11-30 11:00", "11-30 15:00", "12-01 14:00", "12-02 13:00"]),
        ("11-28 10:00", "12-03 18:00", ["11-30 13:00", "11-30 17:00", "12-01 16:00", "12-02 15:00"]),
        ("09-30 09:00", "10-12 18:00", ["09-30 13:00", "09-30 17:00", "10-08 16:00", "10-09 15:00"]),
    ],
    ids=["from Monday", "over a weekend", "said on a Saturday", "over a holiday"],
)
def test_rungs_come_after_working_hours(at: str, deadline: str, rungs: list[str]) -> None:
    assert times(at, deadline) == rungs


def test_a_deadline_that_is_near_shortens_the_ladder() -> None:
    rungs = times("11-23 09:00", "11-23 18:00")
    assert rungs == ["11-23 10:21", "11-23 11:42", "11-23 14:24", "11-23 17:06"]


@UNTIMED
@given(MOMENTS, st.integers(0, 200))
def test_the_whole_ladder_lies_before_the_deadline_where_people_work_at_all(moment: datetime, hours: int) -> None:
    escalation, working = opened(moment), DEFAULT.working(SHANGHAI)
    deadline = moment + timedelta(hours=hours)
    rungs = rungs_at(escalation, deadline, SHANGHAI)
    assert rungs == sorted(rungs)
    assert rungs[0] >= moment
    if working.between(moment, deadline):
        assert rungs[-1] < deadline


@UNTIMED
@given(MOMENTS, st.integers(1, 200), st.sampled_from(["normal", EMERGENCY]))
def test_nobody_is_silent_before_there_was_time_to_speak(moment: datetime, hours: int, klass: str) -> None:
    """At night, over holidays, in a department that is closed until the deadline: the ladder never rings at once."""
    deadline = moment + timedelta(hours=hours)
    policy = DEFAULT.of(klass, DEFAULT.calendar).before(deadline, moment, SHANGHAI)
    rungs = rungs_at(opened(moment, policy), deadline, SHANGHAI)
    assert moment < rungs[0] < rungs[1] < rungs[2] < rungs[3] < deadline
    if klass == EMERGENCY:
        assert rungs[3] - moment == min(timedelta(hours=24), (deadline - moment) * LATEST)


@UNTIMED
@given(MOMENTS, st.integers(0, 5))
def test_no_rung_comes_in_quiet_hours_except_for_an_emergency(moment: datetime, rung: int) -> None:
    night_shift = EscalationPolicy(hours=Window.of("00:00-23:59"), calendar=calendar_named("every-day"))
    deadline = moment + timedelta(days=9)
    escalation = opened(moment, night_shift.of("normal", night_shift.calendar), rung)
    due = next_at(escalation, deadline, SHANGHAI)
    assert (due is None) == (rung >= len(DEFAULT.ladder))
    assert due is None or not DEFAULT.quiet.holds(due.astimezone(SHANGHAI).time())
    urgent = replace(escalation, policy=night_shift.of(EMERGENCY, night_shift.calendar))
    expected = rungs_at(urgent, deadline, SHANGHAI)[rung:]
    assert next_at(urgent, deadline, SHANGHAI) == (expected[0] if expected else None)


@pytest.mark.parametrize(
    ("rung", "now", "deadline", "left"),
    [
        (0, "11-23 10:00", "11-26 18:00", ["remind 13:00", "deputy 17:00", "manager 16:00", "coordinator 15:00"]),
        (1, "11-23 14:00", "11-26 18:00", ["deputy 17:00", "remind 18:00", "manager 16:00", "coordinator 15:00"]),
        (1, "11-23 13:00", "11-26 18:00", ["remind 17:00", "deputy 17:00", "manager 16:00", "coordinator 15:00"]),
        (4, "11-25 17:00", "11-26 18:00", ["remind 12:00"]),
        (4, "11-26 13:00", "11-26 18:00", ["remind 14:24"]),
        (4, "11-26 17:00", "11-26 18:00", ["remind 14:24"]),
        (4, "11-23 17:10", "11-23 18:00", ["remind 17:06"]),
        (1, "11-23 11:00", "11-23 18:00", ["deputy 11:42", "remind 12:21", "manager 14:24", "coordinator 17:06"]),
    ],
    ids=["one comes anyway", "between", "before what comes with it", "at its end", "a near deadline", "overdue at once",
         "a shortened ladder", "halfway up a shortened ladder"],
)  # fmt: skip
def test_who_is_handed_a_step_is_reminded(rung: int, now: str, deadline: str, left: list[str]) -> None:
    until = local(deadline)
    before = opened(local("11-23 09:00"), rung=rung)
    after = handed_on(before, local(now), until, SHANGHAI)
    found = zip(after.policy.ladder, rungs_at(after, until, SHANGHAI), strict=True)
    assert [f"{one.do.value} {at.astimezone(SHANGHAI):%H:%M}" for one, at in found][rung:] == left


def test_an_empty_ladder_never_rings() -> None:
    nothing = opened(local("11-23 09:00"), replace(DEFAULT, ladder=()))
    assert rungs_at(nothing, local("11-26 18:00"), SHANGHAI) == []
    assert next_at(nothing, local("11-26 18:00"), SHANGHAI) is None


@pytest.mark.parametrize(
    ("rung", "now", "taken"),
    [(0, "11-23 12:59", None), (0, "11-23 13:00", 0), (0, "11-24 08:30", 1), (0, "12-24 09:00", 3),
     (2, "11-24 08:30", None), (2, "11-24 16:00", 2), (4, "12-24 09:00", None)],
)  # fmt: skip
def test_of_missed_rungs_only_the_highest_is_taken(rung: int, now: str, taken: int | None) -> None:
    escalation = opened(local("11-23 09:00"), rung=rung)
    assert highest_due(escalation, rungs_at(escalation, local("11-26 18:00"), SHANGHAI), local(now)) == taken


def asked(
    do: Do, change: Change, department: str, deputies: Deputies = NO_DEPUTIES, before: tuple[str, ...] = ()
) -> tuple[str, ...]:
    return called(do, change, step(change, department), ORG, deputies, before)


STANDING = Deputies({}, {"su": "he", "wang": "han", "lin": "li"})


@pytest.mark.parametrize(
    ("do", "department", "people"),
    [
        (Do.REMIND, "sales", ()),
        (Do.DEPUTY, "sales", ("he",)),
        (Do.DEPUTY, "production", ()),  # han is asked already
        (Do.MANAGER, "sales", ()),  # su is asked already
        (Do.COORDINATOR, "sales", ("lin",)),
    ],
)
def test_who_is_asked_by_each_rung(do: Do, department: str, people: tuple[str, ...]) -> None:
    assert asked(do, submitted("zhao"), department, STANDING) == people


@pytest.mark.parametrize(
    ("manager", "deputies", "people"),
    [
        ("he", NO_DEPUTIES, ("he",)),
        ("he", Deputies({"he": "li"}), ("li",)),  # away
        ("he", Deputies({}, {"zhao": "he"}), ()),  # the proposer's hand
        ("zhao", NO_DEPUTIES, ()),  # the proposer
        ("", NO_DEPUTIES, ()),
        ("left", NO_DEPUTIES, ()),
    ],
)
def test_a_rung_asks_the_departments_manager(manager: str, deputies: Deputies, people: tuple[str, ...]) -> None:
    sales = replace(ORG.departments["sales"], manager=manager)
    company = replace(ORG, departments={**ORG.departments, "sales": sales})
    change = submitted("zhao")
    assert called(Do.MANAGER, change, step(change, "sales"), company, deputies, ()) == people
    assert called(Do.MANAGER, change, step(change, "sales"), company, deputies, people) == ()


def test_the_deputy_named_for_a_leave_comes_before_the_standing_one() -> None:
    """And where they act already, nobody is asked twice."""
    deputies = Deputies({"su": "li"}, {"su": "he"})
    assert asked(Do.DEPUTY, submitted(), "sales", deputies) == ()


def test_who_is_away_is_skipped_for_who_acts_for_them() -> None:
    assert asked(Do.COORDINATOR, submitted(), "sales", Deputies({"lin": "boss"})) == ("boss",)
    assert asked(Do.DEPUTY, submitted(), "sales", Deputies({"he": "li"}, {"su": "he"})) == ("li",)
    nobody = Deputies({"lin": "boss", "boss": "lin"})
    assert asked(Do.COORDINATOR, submitted(), "sales", nobody) == ("admin",), "past a circle to the next who is there"


def test_the_proposer_and_their_deputy_are_never_asked() -> None:
    assert asked(Do.DEPUTY, submitted("he"), "sales", STANDING) == ()
    assert asked(Do.COORDINATOR, submitted("lin"), "production", STANDING) == ("boss",)
    assert asked(Do.DEPUTY, submitted("qian"), "sales", Deputies({}, {"su": "he", "qian": "he"})) == ()


def test_the_top_goes_on_to_whoever_was_not_asked_yet() -> None:
    change = submitted()
    assert asked(Do.COORDINATOR, change, "sales", before=("lin",)) == ("boss",)
    assert asked(Do.COORDINATOR, change, "sales", before=("lin", "boss")) == ("admin",)
    assert asked(Do.COORDINATOR, change, "sales", before=("lin", "boss", "admin")) == ()


def test_a_step_that_was_handed_on_does_not_come_back() -> None:
    handed = transfer(submitted(), "sales", says("su", Verdict.TRANSFER, to="lin"), ORG)
    assert asked(Do.MANAGER, handed, "sales") == (), "su is the manager, and gave it away"
    assert asked(Do.COORDINATOR, handed, "sales") == ("boss",)


def test_who_is_called_in_may_decide_beside_those_asked_before() -> None:
    change = call_in(submitted(), "sales", ("lin", "su"))
    assert step(change, "sales").approvers == ("su", "lin")
    assert refusal(lambda: call_in(submitted(), "warehouse", ("lin",))) == "not-asked"


def test_only_who_has_not_voted_gets_a_deputy() -> None:
    """Of a step that several have to approve."""
    change = submitted()
    two = replace(step(change, "production"), needs=2)
    change = replace(change, steps=tuple(two if s.department == "production" else s for s in change.steps))
    change = approve(change, "production", says("wang"))
    deputies = Deputies(standing={"wang": "li", "han": "zhao"})
    assert called(Do.DEPUTY, change, step(change, "production"), ORG, deputies, ()) == ("zhao",)


PEOPLE = st.sampled_from(sorted(ORG.people))


@UNTIMED
@given(PEOPLE, st.dictionaries(PEOPLE, PEOPLE), st.dictionaries(PEOPLE, PEOPLE))
def test_nobody_is_asked_twice_nobody_of_the_proposers_and_nobody_who_is_away(
    proposer: str, leaves: dict[str, str], standing: dict[str, str]
) -> None:
    deputies = Deputies(leaves, standing)
    hands = deputies.hands_of(proposer)
    change = submitted(proposer)
    try:
        able = approvers_of("production", ORG, (proposer,), deputies)[0]
    except Refused:  # nobody is left at all: it could not have been submitted
        return
    change = replace(change, steps=tuple(replace(s, approvers=able) for s in change.steps))
    escalation = opened(local("11-23 09:00"))
    for rung in DEFAULT.ladder:
        waiting = step(change, "production")
        people = called(rung.do, change, waiting, ORG, deputies, escalation.asked())
        assert not set(people) & {*waiting.approvers, *escalation.asked(), *hands, *leaves}
        change = call_in(change, "production", people) if people else change
        escalation = replace(escalation, climbs=(*escalation.climbs, Climb(rung.do, people, local("11-23 13:00"))))


def test_the_default_is_the_documented_ladder() -> None:
    assert DEFAULT.ladder == (Rung(4, Do.REMIND), Rung(8, Do.DEPUTY), Rung(16, Do.MANAGER), Rung(24, Do.COORDINATOR))


@pytest.mark.parametrize(
    ("do", "people", "asked_as"),
    [
        (Do.REMIND, (), "remind"),
        (Do.DEPUTY, ("he",), "deputy"),
        (Do.MANAGER, ("su",), "manager"),
        (Do.MANAGER, ("lin",), "manager"),  # a manager who is a coordinator as well is asked as the manager
        (Do.COORDINATOR, ("lin",), "coordinator"),
        (Do.COORDINATOR, ("boss",), "superior"),
        (Do.COORDINATOR, ("admin",), "admin"),
        (Do.COORDINATOR, ("he",), "coordinator"),  # who acts for one of them
        (Do.COORDINATOR, (), "coordinator"),
    ],
)
def test_people_are_told_as_what_they_are_asked(do: Do, people: tuple[str, ...], asked_as: str) -> None:
    assert capacity(Climb(do, people, local("11-23 09:00")), ORG) == asked_as
