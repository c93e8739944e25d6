"""What decides leaves first, and no conversation is spoken to faster than it takes."""

import asyncio
from datetime import timedelta

from bot.channels.common.channel import TryLater
from bot.delivery.delivery import FOR_DECISIONS, SIDE_BY_SIDE
from storage.database import Database
from storage.delivery.outbox import KEPT_FREE, Priority
from storage.unit_of_work import UnitOfWork
from tests.bot.delivery.office import Office
from tests.bot.delivery.scripted import StandingClock

TAKES = 30
"""Of a WeCom conversation in a minute (rule W10)."""
IN_AN_HOUR = 1000
"""The same in an hour."""


async def chat(office: Office, conversation: str, count: int) -> None:
    for number in range(count):
        await office.write(
            lambda uow, number=number: uow.outbox.say(  # type: ignore[misc]
                conversation, f"help {number}", office.clock.now(), priority=Priority.CHATTER
            )
        )
        office.clock.move(milliseconds=1)


async def test_a_card_that_asks_goes_before_answers_that_wait_longer(office: Office) -> None:
    change = office.begin()
    await chat(office, "dingtalk:g", 12)
    await office.say("g", "a digest")
    await office.card(change, "dingtalk:g", "production")
    order: list[str] = []
    posted, shown = office.channel.post, office.channel.put_card

    async def post(conversation: str, markdown: str, key: str) -> None:
        await posted(conversation, markdown, key)
        order.append(markdown)

    async def put_card(delivery: object) -> object:
        order.append("the card")
        return await shown(delivery)  # type: ignore[arg-type]

    office.channel.post, office.channel.put_card = post, put_card  # type: ignore[method-assign, assignment]
    await office.deliver()
    assert order == ["the card", "a digest", *(f"help {number}" for number in range(12))]


async def test_a_card_that_asks_passes_an_answer_that_was_put_off(office: Office) -> None:
    change = office.begin()
    office.channel.script["g"].append(TryLater("busy", 600))
    await chat(office, "dingtalk:g", 2)
    await office.deliver()
    card = await office.card(change, "dingtalk:g", "production")
    await chat(office, "dingtalk:g", 1)
    await office.deliver()
    assert [delivery.card_id for delivery in office.channel.cards] == [card.card_id]
    assert office.channel.posts == []
    office.clock.move(seconds=601)
    await office.deliver()
    assert office.channel.said_in("g") == ["help 0", "help 1", "help 0"]


async def test_chatter_leaves_a_part_of_the_minute_to_what_decides(database: Database) -> None:
    """Two processes, one conversation: what the first has sent counts for the second."""
    clock = StandingClock()
    office, other = Office(database, clock), Office(database, clock)
    change = office.begin()
    answers = TAKES - round(TAKES * KEPT_FREE[Priority.CHATTER])
    await chat(office, "wecom:g", 90)
    await office.deliver()
    assert len(office.wecom.posts) == answers
    await other.deliver()
    assert other.wecom.posts == []
    await office.card(change, "wecom:g", "production")
    await other.deliver()
    assert len(other.wecom.cards) == 1, "the card does not wait for the minute's end"
    for minute in range(4):
        clock.move(seconds=61)
        await other.deliver()
        assert len(other.wecom.posts) == min(90, answers * (minute + 2)) - answers
    assert [*office.wecom.posts, *other.wecom.posts] == [("g", f"help {number}") for number in range(90)]


async def test_no_window_of_a_minute_sees_more_than_a_conversation_takes(database: Database) -> None:
    clock = StandingClock()
    offices, sent = [Office(database, clock), Office(database, clock)], list[object]()
    for step in range(40):
        await chat(offices[0], "wecom:g", 3)
        await offices[0].write(lambda uow: uow.outbox.say("wecom:g", "notice", clock.now()))
        for office in offices[:: 1 if step % 2 else -1]:
            before = len(office.wecom.posts)
            await office.deliver()
            sent += [clock.now()] * (len(office.wecom.posts) - before)
        clock.move(seconds=7)
    for moment in sent:
        within = [one for one in sent if timedelta(0) <= one - moment < timedelta(minutes=1)]  # type: ignore[operator]
        assert len(within) <= TAKES


async def test_no_hour_sees_more_than_a_conversation_takes(database: Database) -> None:
    """As much as a minute takes, minute after minute: the hour ends it, and leaves a part to what decides."""
    clock = StandingClock()
    offices = [Office(database, clock), Office(database, clock)]
    change, begun = offices[0].begin(), clock.now()

    def wait_in_line(uow: UnitOfWork) -> None:
        for number in range(IN_AN_HOUR + 100):
            uow.outbox.say("wecom:g", f"notice {number}", clock.now())
        uow.commit()

    await offices[0].write(wait_in_line)
    while clock.now() - begun < timedelta(minutes=58):
        for office in offices:
            await office.deliver()
        clock.move(seconds=61)
    notices = IN_AN_HOUR - round(IN_AN_HOUR * KEPT_FREE[Priority.NOTICE])
    assert sum(len(office.wecom.posts) for office in offices) == notices
    await offices[0].card(change, "wecom:g", "production")
    await offices[1].deliver()
    assert len(offices[1].wecom.cards) == 1, "the card does not wait for the hour's end"
    clock.move(minutes=5)
    await offices[0].deliver()
    assert sum(len(office.wecom.posts) for office in offices) > notices, "the first of them are an hour old"


async def test_conversations_that_hang_leave_places_for_what_decides(office: Office) -> None:
    change, answers = office.begin(), asyncio.Event()
    for number in range(SIDE_BY_SIDE):
        office.channel.script[f"hangs {number}"].append(answers)
        await office.say(f"hangs {number}", "hello")
    while await office.delivery.deliver_due():
        pass
    assert len(office.channel.calls) <= FOR_DECISIONS
    await office.card(change, "dingtalk:asked", "production")
    await office.delivery.deliver_due()
    await office.until(lambda: office.channel.cards)
    answers.set()
    await office.delivery.drain()
    await office.deliver()
    assert len(office.channel.posts) == SIDE_BY_SIDE
