"""The five stories, each begun on either platform and decided on both, down to 为什么."""

import pytest

from bot.company import Story, load_stories
from planning.change.change import ChangeState
from tests.scenarios.play import Play, written

STORIES = {story.id: story for story in load_stories()}
COORDINATOR = "lin.jing"
"""Reads every group on both platforms and may propose for anybody."""
GROUPS = {"dingtalk": "planning", "wecom": "purchasing"}


def told_on(play: Play, story: Story, platform: str) -> tuple[str, str]:
    """Room and person: the story's own when its group is on that platform, else the coordinator in one that is."""
    own = play.room(story.department)
    return (own, story.person) if own.startswith(f"{platform}:") else (play.room(GROUPS[platform]), COORDINATOR)


@pytest.mark.parametrize("platform", ["dingtalk", "wecom"])
@pytest.mark.parametrize("story", STORIES.values(), ids=STORIES)
async def test_a_change_is_told_decided_applied_and_explained(play: Play, story: Story, platform: str) -> None:
    room, person = told_on(play, story, platform)
    preview = await play.propose(room, person, story.command)
    assert "预览 · 待你提交" in play.read(preview)

    await play.press(preview, person, "提交")
    no = play.number(preview)
    change = await play.change(no)
    departments = [step.department for step in change.steps]
    assert len(departments) >= 3, "a story touches at least three departments"
    assert {play.room(d).partition(":")[0] for d in departments} >= {"dingtalk", "wecom"}

    for step in change.steps:
        card = await play.asked(step.department, no)
        face = await play.press(card, step.approvers[0], "同意")
        assert "已同意" in written(face) or "已生效" in written(face)
        assert not face.buttons, "a decided card has no buttons"

    applied = await play.change(no)
    assert applied.state is ChangeState.APPLIED
    assert applied.applied_revision == 2
    for department in departments:
        final = await play.shows(play.room(department), no, "已生效 第2版")
        assert not final.face("").buttons

    why = await play.say(room, person, f"为什么 {story.item}")
    assert no in why
    assert change.reason in why
    assert "第 2 版" in why
    for step in change.steps:
        assert play.name(step.approvers[0]) in why

    who = await play.say(room, person, f"谁知道 {no} 全部")
    assert who.count("已决定：") == len(departments)
    assert "未发" not in who


@pytest.mark.parametrize("story", STORIES.values(), ids=STORIES)
async def test_only_the_departments_it_touches_are_asked(play: Play, story: Story) -> None:
    room = play.room(story.department)
    preview = await play.propose(room, story.person, story.command)
    await play.press(preview, story.person, "提交")
    no = play.number(preview)
    change = await play.change(no)
    asked = {step.department for step in change.steps}
    assert asked == {line.department for line in change.impact.lines}
    for department in asked:
        await play.asked(department, no)
    await play.quiet()
    for department in play.stage.service.environment.organisation.departments.keys() - asked:
        if play.room(department) != room:
            assert play.find(play.room(department), no) is None, f"{department} was not to be asked"
