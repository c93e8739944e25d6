"""The five stories under the rules, fences, grants, masks and the ladder of config.example.yaml: one department keeps
silent until the ladder has asked somebody else, the others decide, and everything is told."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import yaml

from bot.clock import MovableClock
from bot.company import Story, load_stories
from bot.demo import stage
from planning.change.change import Change, ChangeState, Step
from planning.subject import Subject
from sandbox.world import Card
from storage.delivery.cards import CardRow, Purpose
from tests import ROOT
from tests.databases import fresh_database
from tests.scenarios.conftest import MONDAY, connected, refused
from tests.scenarios.play import Play, written

STORIES = {story.id: story for story in load_stories()}
EXAMPLE = ROOT / "config.example.yaml"
GOVERNING = ("approval", "escalation", "rules", "fences", "shadow", "authority", "masked")
RULES = {
    "promotion": ("late-promotion", "emergency", ChangeState.PROVISIONAL),
    "supplier": ("", "normal", ChangeState.IN_APPROVAL),
    "quantity": ("big-order", "normal", ChangeState.IN_APPROVAL),
    "machine": ("machine-down", "emergency", ChangeState.IN_APPROVAL),
    "quality": ("quality-hold", "normal", ChangeState.IN_APPROVAL),
}
"""Which rule fires, what class that is, and what the request is once it is submitted: the emergency inside a fence is
approved first."""


@pytest.fixture
async def play(tmp_path: Path) -> AsyncIterator[Play]:
    example = yaml.safe_load(EXAMPLE.read_text(encoding="utf-8"))
    extra = {section: example[section] for section in GOVERNING}
    with fresh_database("sqlite", tmp_path, migrated=True) as url:
        async with stage(url, clock=MovableClock(MONDAY), extra=extra) as set_up:
            await connected(set_up)
            yield Play(set_up)
            assert refused(set_up) == [], "a platform refused something"


@pytest.mark.parametrize("story", STORIES.values(), ids=STORIES)
async def test_a_story_under_rules_fences_and_escalation(play: Play, story: Story) -> None:
    change = await submitted(play, story)
    rule, klass, state = RULES[story.id]
    assert (change.policy.rule, change.klass, change.state) == (rule, klass, state)
    inside = {breach.fence for breach in change.policy.breaches}
    assert inside == ({"production-3d"} if story.id == "machine" else set())

    stand_in = await ladder_asks_somebody_else(play, change, change.steps[0])
    face = await decide(play, change.no, Purpose.ESCALATION, "", stand_in)
    assert play.name(stand_in) in face
    # Days have passed: whose lines are others by now is asked again, and who guards a fence it has come into.
    while waiting := (await play.change(change.no)).waiting:
        await decide(play, change.no, Purpose.APPROVAL, waiting[0].department, waiting[0].approvers[0])

    applied = await play.change(change.no)
    assert applied.state is ChangeState.APPLIED
    assert applied.applied_revision == 2
    assert {step.department for step in applied.steps} >= {step.department for step in change.steps}
    await everything_is_told(play, story, applied)


async def submitted(play: Play, story: Story) -> Change:
    preview = await play.propose(play.room(story.department), story.person, story.command)
    await play.press(preview, story.person, preview.face(story.person).buttons[0].text)
    await play.quiet()
    return await play.change(play.number(preview))


async def ladder_asks_somebody_else(play: Play, change: Change, silent: Step) -> str:
    """The clock goes from rung to rung until one is asked who was not; gives who that is."""
    department = silent.department
    while (known := await still_open(play, change.no, department)).approvers == silent.approvers:
        ladder = await play.stage.service.database.read(lambda uow: uow.escalations.get(change.no, department))
        assert ladder is not None
        assert ladder.next_at is not None, f"nobody was asked for {department} before it ended"
        play.stage.clock.move_to(ladder.next_at)
        await play.stage.service.scheduler.ring()
        await play.quiet()
    return next(person for person in known.approvers if person not in silent.approvers)


async def still_open(play: Play, no: str, department: str) -> Step:
    change = await play.change(no)
    assert change.state.is_deciding
    step = change.step_of(department)
    assert step is not None
    return step


async def decide(play: Play, no: str, purpose: Purpose, department: str, person: str) -> str:
    """Press the first button of the newest card, which approves; what it shows then. `department`: empty for any."""
    await play.quiet()
    rows = await play.stage.service.database.read(lambda uow: uow.cards.about(Subject.of_change(no)))
    mine = [row for row in rows if row.purpose is purpose and department in ("", row.department)]
    card = await play.world.until(lambda: shown(play, mine, person))
    return written(await play.press(card, person, card.face(person).buttons[0].text))


def shown(play: Play, rows: list[CardRow], person: str) -> Card | None:
    """The newest of these that can still be pressed, in a room the person reads."""
    rooms = [room.key for room in play.world.conversations.values() if person in room.members]
    cards = [card for room in rooms for card in play.world.cards_in(room)]
    ids = tuple(row.card_id for row in rows)
    return next((card for card in reversed(cards) if card.id.startswith(ids) and card.face(person).buttons), None)


async def everything_is_told(play: Play, story: Story, change: Change) -> None:
    """No card can be pressed any more, and who decided what can be asked."""
    await play.quiet()
    for row in await play.stage.service.database.read(lambda uow: uow.cards.about(change.subject)):
        assert row.shown_version == row.wanted_version
    who = await play.say(play.room(story.department), story.person, f"谁知道 {change.no} 全部")
    assert who.count("已决定：") == len({said.person for step in change.steps for said in step.decisions})
    assert "未发" not in who
    why = await play.say(play.room(story.department), story.person, f"为什么 {story.item}")
    assert change.no in why
    assert change.reason in why
