"""A thousand steps replayed through the ladder with waiting times as people have them: does any end unanswered?

Half of the decisions come within 1.3 hours and one in ten after more than 110 (clock hours, nights and weekends
included): a log-normal wait with these two quantiles. Everybody who is asked, and everybody who is reminded, draws a
wait of their own; the step is answered by the earliest.
"""

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest

from planning.change.approval import call_in
from planning.change.change import Change
from planning.change.deadline import deadline
from planning.change.escalation import DEFAULT, Climb, Escalation, called, highest_due, next_at, rungs_at
from planning.people.delegation import Deputies
from planning.plan.calendar import calendar_named
from tests.planning.change.test_approval import IMPACT, ORG, step, submitted
from tests.telling import Tell

SHANGHAI = ZoneInfo("Asia/Shanghai")
MEDIAN, TENTH = 1.3, 110.0
SIGMA = math.log(TENTH / MEDIAN) / 1.2815515655446004
STEPS = 1000
STANDING = Deputies({}, {"su": "he", "wang": "li", "han": "li"})


@dataclass
class Story:
    """What happened to one step: who was asked when, who answered."""

    opened: datetime
    expires: datetime
    asked: list[tuple[datetime, str, tuple[str, ...]]] = field(default_factory=list)
    answered: tuple[datetime, str] | None = None
    alone: bool = False
    """Whether those asked first would have answered in time without the ladder."""

    @property
    def reached(self) -> str:
        """The last thing the ladder did before the answer."""
        return self.asked[-1][1]


def wait(random: Random) -> timedelta:
    return timedelta(hours=random.lognormvariate(math.log(MEDIAN), SIGMA))


def openings(random: Random) -> Iterator[datetime]:
    """Moments at which people work, over a year with its holidays."""
    china, day = calendar_named("china"), datetime(2026, 1, 5, tzinfo=SHANGHAI).date()
    for _ in range(STEPS):
        work = china.add(day, random.randrange(240))
        at = datetime.combine(work, time(9), SHANGHAI) + timedelta(minutes=random.randrange(9 * 60))
        yield at.astimezone(UTC)


def play(opened: datetime, random: Random, department: str, *, deaf: bool = False) -> Story:
    """Ask, climb and answer as the product would, the clock moved from one event to the next.

    `deaf`: a reminder moves nobody, only who is asked for the first time draws a wait.
    """
    expires = deadline(replace(IMPACT, lines=()), opened, SHANGHAI, calendar_named("china"), 3)
    change = replace(submitted(), expires_at=expires)
    first = step(change, department).approvers
    story = Story(opened, expires, [(opened, "ask", first)])
    answers = {person: opened + wait(random) for person in first}
    story.alone = min(answers.values()) <= expires
    escalation = Escalation(change.no, department, 1, DEFAULT.of("normal", calendar_named("china")), opened)
    while (due := next_at(escalation, expires, SHANGHAI)) is not None and due < min(min(answers.values()), expires):
        change, escalation = climb(story, change, escalation, due)
        for person in story.asked[-1][2] if deaf else step(change, department).approvers:
            answers[person] = min(answers.get(person, expires + timedelta(days=99)), due + wait(random))
    at, who = min((at, person) for person, at in answers.items())
    story.answered = (at, who) if at <= expires else None
    return story


def climb(story: Story, change: Change, escalation: Escalation, now: datetime) -> tuple[Change, Escalation]:
    waiting = step(change, escalation.department)
    rung = highest_due(escalation, rungs_at(escalation, story.expires, SHANGHAI), now)
    assert rung == escalation.rung, "one after the other while nothing is down"
    do = escalation.policy.ladder[rung].do
    people = called(do, change, waiting, ORG, STANDING, escalation.asked())
    story.asked.append((now, do.value, people))
    climbs = (*escalation.climbs, Climb(do, people, now))
    changed = call_in(change, escalation.department, people) if people else change
    return changed, replace(escalation, rung=rung + 1, climbs=climbs)


def stories(seed: int, *, deaf: bool = False) -> list[Story]:
    random = Random(seed)
    return [play(opened, random, random.choice(("sales", "production")), deaf=deaf) for opened in openings(random)]


def report(told: list[Story]) -> str:
    """Who was asked when, and how it ended."""
    reached = Counter(story.reached for story in told)
    lines = [f"{len(told)} steps; {sum(not story.alone for story in told)} of them unanswered without the ladder"]
    for do in ("ask", *(rung.do.value for rung in DEFAULT.ladder)):
        lines.append(f"  answered after {do:12}: {reached[do]:4}")
    lines.append(f"  ended unanswered          : {sum(story.answered is None for story in told):4}")
    for story in max(told, key=lambda story: len(story.asked)), told[0]:
        lines += [f"    {at.astimezone(SHANGHAI):%a %m-%d %H:%M} {do}: {', '.join(who)}" for at, do, who in story.asked]
        at, who = story.answered or (story.expires, "nobody")
        lines.append(f"    {at.astimezone(SHANGHAI):%a %m-%d %H:%M} answered by {who}")
    return "\n".join(lines)


def test_the_waits_are_those_that_were_measured() -> None:
    random = Random(1)
    waits = sorted(wait(random) / timedelta(hours=1) for _ in range(20_000))
    assert waits[10_000] == pytest.approx(MEDIAN, rel=0.1)
    assert waits[18_000] == pytest.approx(TENTH, rel=0.15)


@pytest.mark.parametrize("seed", range(3))
def test_no_step_ends_unanswered(seed: int, tell: Tell) -> None:
    told = stories(seed)
    tell(report(told))
    assert sum(not story.alone for story in told) > STEPS // 20, "without the ladder many would"
    assert [story for story in told if story.answered is None] == []


def test_where_reminders_move_nobody_only_a_whole_ladder_of_silence_expires() -> None:
    told = stories(0, deaf=True)
    unanswered = [story for story in told if story.answered is None]
    assert len(unanswered) <= STEPS // 100
    for story in unanswered:
        assert [do for _, do, _ in story.asked[1:]] == [rung.do.value for rung in DEFAULT.ladder]


def test_everybody_on_the_ladder_is_asked_before_a_step_could_expire() -> None:
    """Whatever people do: with nobody ever answering, each rung comes once, in order, in working hours."""
    random = Random(7)
    for opened in openings(random):
        expires = deadline(replace(IMPACT, lines=()), opened, SHANGHAI, calendar_named("china"), 3)
        escalation = Escalation("CR", "sales", 1, DEFAULT, opened)
        rungs = rungs_at(escalation, expires, SHANGHAI)
        assert opened < rungs[0] < rungs[1] < rungs[2] < rungs[3] < expires
        assert all(time(9) <= at.astimezone(SHANGHAI).time() <= time(18) for at in rungs)
