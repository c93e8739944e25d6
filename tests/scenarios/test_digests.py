"""The morning digest: on working days, once per conversation, whatever restarts; and on demand."""

from datetime import UTC, datetime, timedelta

from tests.scenarios.play import Play


def digests(play: Play, room: str) -> list[str]:
    return [row.text for row in play.world.timeline(room) if row.sender == "bot" and "早会" in row.text]


async def test_every_conversation_has_its_digest_on_the_next_working_morning(play: Play) -> None:
    said = await play.stage.next_morning()
    assert said == "现在是 11-24（周二）08:30"
    await play.quiet()
    for department in play.stage.service.environment.organisation.departments:
        (text,) = digests(play, play.room(department))
        assert "2026-11-24 周二" in text
        assert "计划第 1 版" in text


async def test_a_digest_is_said_once_however_often_the_bell_rings(play: Play) -> None:
    await play.stage.next_morning()
    for _ in range(3):
        await play.stage.service.scheduler.ring()
    await play.quiet()
    assert len(digests(play, play.room("production"))) == 1


async def test_holidays_and_weekends_are_silent_and_make_up_days_are_not(play: Play) -> None:
    friday = datetime(2026, 2, 13, 1, tzinfo=UTC)
    assert await mornings_after(play, friday, 4) == [
        "2026-02-14",  # Saturday, worked for the Spring Festival
        "2026-02-24",  # the holiday lasts from the 15th to the 23rd
        "2026-02-25",
        "2026-02-26",
    ]


async def test_the_digest_tells_what_changed_and_who_is_waited_for(play: Play) -> None:
    room = play.room("production")
    preview = await play.propose(room, "zhang.haifeng", "改期 MO-2442 推迟3天 因为 点胶机故障，等备件")
    await play.press(preview, "zhang.haifeng", "提交")
    no = play.number(preview)
    await play.stage.next_morning()
    await play.quiet()
    waiting = digests(play, room)[-1]
    assert "等待决定" in waiting
    assert no in waiting
    for step in (await play.change(no)).steps:
        await play.press(await play.asked(step.department, no), step.approvers[0], "同意")
    await play.stage.next_morning()
    await play.quiet()
    changed = digests(play, room)[-1]
    assert "计划变更" in changed
    assert "点胶机故障" in changed
    assert "计划第 2 版" in changed


async def test_a_digest_comes_on_demand(play: Play) -> None:
    text = await play.say(play.room("production"), "zhang.haifeng", "早会")
    assert "生产部 早会" in text
    other = await play.say(play.room("production"), "zhang.haifeng", "早会 采购部")
    assert "采购部 早会" in other


async def mornings_after(play: Play, moment: datetime, count: int) -> list[str]:
    from handlers.inbound.timers_due import next_morning
    from handlers.turn import Turn

    environment = play.stage.service.environment
    found = []
    for _ in range(count):
        after = moment
        moment = await play.stage.service.database.read(
            lambda uow, after=after: next_morning(  # type: ignore[misc]
                Turn(uow, after, environment), environment.organisation.departments["production"], after
            )
        )
        found.append(moment.astimezone(environment.zone).date().isoformat())
        moment += timedelta(seconds=1)
    return found
