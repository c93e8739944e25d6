"""Requests are typed, submitted and decided on cards; everybody who is asked draws a wait of their own.

Half of the decisions come within 1.3 hours, one in ten after more than 110. Who is reminded draws again. The ladder,
its timers and its cards are the product's.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from random import Random
from typing import TypeVar

from cards.action import Verb
from handlers.turn import Turn
from planning.change.change import Change, Step
from planning.change.escalation import Climb, Do
from planning.plan.calendar import calendar_named
from planning.plan.plan import Plan
from storage.delivery.cards import Purpose
from storage.unit_of_work import UnitOfWork
from tests.machine import town
from tests.machine.works import Works
from tests.planning.change.test_waiting_times import wait
from tests.previews import newest_change

LATER = timedelta(days=700)
"""The plan lies so far ahead that nothing of it is over while the requests come in."""
WANTED = ("改期 PO-1 推迟1天 因为 缺料", "改期 MO-1 推迟1天 因为 设备检修", "改期 SO-1 推迟1天 因为 客户要求")
PLANNERS = ("he", "qian", "han")
T = TypeVar("T")


@dataclass
class Story:
    """What happened to one step: who was asked when and by which rung, and who answered."""

    no: str
    department: str
    asked: list[tuple[datetime, str, tuple[str, ...]]] = field(default_factory=list)
    answered: tuple[datetime, str] | None = None


def replay(requests: int, seed: int) -> list[Story]:
    """One request after the other, each begun while people work."""
    works = Works(replace(town.plain(), expires_working_days=3), plan=_ahead(town.plan()))
    try:
        random = Random(seed)
        return [story for _ in range(requests) for story in _request(works, random)]
    finally:
        works.close()


def report(stories: list[Story]) -> str:
    reached = Counter(story.asked[-1][1] for story in stories)
    names = town.people().name_of
    lines = [f"{len(stories)} steps of {len({story.no for story in stories})} requests"]
    lines += [f"  answered after {do:12}: {reached[do]:4}" for do in ("ask", *(one.value for one in Do))]
    lines.append(f"  ended unanswered          : {sum(story.answered is None for story in stories):4}")
    for story in sorted(stories, key=lambda story: -len(story.asked))[:2]:
        lines += [f"    {_local(at)} {do}: {', '.join(map(names, who))}" for at, do, who in story.asked]
        lines += [f"    {_local(story.answered[0])} answered by {names(story.answered[1])}"] if story.answered else []
    return "\n".join(lines)


def _request(works: Works, random: Random) -> Iterator[Story]:
    works.live(_to_work(works, random))
    change = _submitted(works, random)
    stories = {step.department: Story(change.no, step.department) for step in change.steps}
    waits = {step.department: _asked_first(works, random, stories, step) for step in change.steps}
    while change.state.is_deciding:
        due, department, person = min((at, d, who) for d in _open(change) for who, at in waits[d].items())
        if (ring := _next_ring(works, due)) is not None:
            works.live(max(ring - works.now, timedelta(0)))
            _listen(works, random, change, stories, waits)
        else:
            works.live(max(due - works.now, timedelta(0)))
            _answer(works, change, department, person)
            stories[department].answered = works.now, person
        change = _change(works, change.no)
    yield from stories.values()


def _submitted(works: Works, random: Random) -> Change:
    person = random.choice(PLANNERS)
    works.say(person, random.choice(WANTED))
    preview = _look(works, lambda turn: turn.uow.cards.about(newest_change(turn).subject)[0])
    works.click(works.pressed(person, preview, Verb.SUBMIT))
    return _look(works, newest_change)


def _change(works: Works, no: str) -> Change:
    return _look(works, lambda turn: turn.change(no))


def _asked_first(works: Works, random: Random, stories: dict[str, Story], step: Step) -> dict[str, datetime]:
    stories[step.department].asked.append((works.now, "ask", step.approvers))
    return {person: works.now + wait(random) for person in step.approvers}


def _listen(
    works: Works, random: Random, change: Change, stories: dict[str, Story], waits: dict[str, dict[str, datetime]]
) -> None:
    """Whoever a rung has just asked or reminded draws a wait."""
    ladders = _look(works, lambda turn: turn.uow.escalations.of_change(change.no))
    for step in _change(works, change.no).waiting:
        climbs: tuple[Climb, ...] = ladders[step.department].climbs
        for climb in climbs[len(stories[step.department].asked) - 1 :]:
            stories[step.department].asked.append((climb.at, climb.do.value, climb.people))
            for person in step.approvers:
                again = works.now + wait(random)
                waits[step.department][person] = min(waits[step.department].get(person, again), again)


def _answer(works: Works, change: Change, department: str, person: str) -> None:
    """On a card of the step that the person can read; else by word."""
    rows = _look(works, lambda turn: turn.uow.cards.about(change.subject))
    mine = [r for r in rows if r.department == department and r.purpose in (Purpose.APPROVAL, Purpose.ESCALATION)]
    readable = [row for row in mine if works.user(person, row.conversation)]
    if readable:
        works.click(works.pressed(person, readable[-1], Verb.APPROVE))
    else:
        works.say(person, f"同意 {change.no}")


def _open(change: Change) -> list[str]:
    return [step.department for step in change.waiting]


def _next_ring(works: Works, before: datetime) -> datetime | None:
    def due(uow: UnitOfWork) -> datetime | None:
        timers = [timer for timer in uow.timers.due(before) if timer.kind != "digest"]
        return timers[0].due_at if timers else None

    return works.database.look(due)


def _look(works: Works, what: Callable[[Turn], T]) -> T:
    return works.database.look(lambda uow: what(Turn(uow, works.now, works.environment)))


def _to_work(works: Works, random: Random) -> timedelta:
    """Until some moment of the next working day."""
    zone, china = works.environment.zone, calendar_named("china")
    day = china.add(works.now.astimezone(zone).date(), 1)
    return datetime.combine(day, time(9), zone) + timedelta(minutes=random.randrange(9 * 60)) - works.now


def _ahead(plan: Plan) -> Plan:
    moved = [replace(item, start=item.start + LATER, finish=item.finish + LATER, constraint=None, constraint_date=None)
             for item in plan.items.values()]  # fmt: skip
    return plan.with_items(moved)


def _local(at: datetime) -> str:
    return f"{at.astimezone(town.SHANGHAI):%a %m-%d %H:%M}"
