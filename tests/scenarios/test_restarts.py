"""What a crash leaves lying is picked up: nothing acknowledged is lost, nothing is done or said twice."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.clock import MovableClock
from bot.demo import stage
from planning.change.change import ChangeState
from storage.delivery.inbox import EventKey
from storage.unit_of_work import UnitOfWork
from tests.scenarios.conftest import MONDAY, connected
from tests.scenarios.play import Play


async def test_a_message_written_down_before_a_crash_is_handled_after_it(play: Play) -> None:
    service, room = play.stage.service, play.room("production")
    payload = {
        "conversation": room,
        "bot": "dingdemo",
        "event_id": "lost-1",
        "user_id": play.user("zhang.haifeng").dingtalk,
        "text": "查计划 MO-2442",
        "at": datetime.now(UTC).isoformat(),
    }

    def written_and_then_crashed(uow: UnitOfWork) -> None:
        uow.inbox.receive(EventKey("dingtalk", "dingdemo", "lost-1"), "said", payload, service.clock.now())
        uow.commit()

    await service.database.write(written_and_then_crashed)
    play.stage.clock.move_to(service.clock.now() + timedelta(minutes=1))
    await service.scheduler.ring()
    await play.quiet()
    answers = [row.text for row in play.world.timeline(room) if row.sender == "bot"]
    assert len(answers) == 1
    assert answers[0].startswith("**MO-2442")


async def test_a_letter_whose_answer_was_lost_shows_one_card(play: Play) -> None:
    play.stage.dingtalk.faults.lose_reply(1, api="createAndDeliver")
    room = play.room("production")
    await play.propose(room, "zhang.haifeng", "改期 MO-2442 推迟3天 因为 停机")
    await play.quiet()
    assert len(play.world.cards_in(room)) == 1
    assert max(play.stage.dingtalk.delivery.creates.values()) == 2, "it was sent again, under the same id"


async def test_a_platform_that_fails_is_tried_again(play: Play) -> None:
    play.stage.dingtalk.faults.fail(3, api="groupMessage", status=503, code="ServiceUnavailable")
    assert "MO-2442" in await play.say(play.room("production"), "zhang.haifeng", "查计划 MO-2442")


@pytest.mark.parametrize("play", ["postgresql"], indirect=True)
async def test_the_whole_loop_runs_on_postgresql(play: Play) -> None:
    preview = await play.propose(play.room("production"), "zhang.haifeng", "改期 MO-2442 推迟3天 因为 停机")
    await play.press(preview, "zhang.haifeng", "提交")
    no = play.number(preview)
    for step in (await play.change(no)).steps:
        await play.press(await play.asked(step.department, no), step.approvers[0], "同意")
    change = await play.change(no)
    assert change.state is ChangeState.APPLIED
    await play.shows(play.room("production"), no, "已生效 第2版")
    assert no in await play.say(play.room("production"), "zhang.haifeng", "为什么 MO-2442")
    await play.stage.next_morning()
    await play.quiet()


async def test_a_restart_keeps_the_plan_and_says_the_digest_once(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'plan.db'}"
    clock = MovableClock(MONDAY)
    async with stage(url, clock=clock) as first:
        await connected(first)
        await first.next_morning()
        await Play(first).quiet()
    async with stage(url, clock=clock) as second:
        await connected(second)
        await second.service.scheduler.ring()
        await Play(second).quiet()
        said = [entry.text for entry in second.world.entries if "早会" in entry.text]
        assert said == [], "this morning's digests were said before the restart"
        assert await second.service.database.read(lambda uow: uow.plans.head()) == 1
