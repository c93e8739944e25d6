"""Letters of one conversation go in order; conversations do not wait for each other."""

import asyncio

from bot.channels.common.channel import TryLater, Undeliverable
from bot.delivery.delivery import SIDE_BY_SIDE
from storage.database import Database
from storage.delivery.outbox import LEASE
from storage.unit_of_work import UnitOfWork
from tests.bot.delivery.office import Office
from tests.bot.delivery.scripted import StandingClock


async def test_in_the_order_they_were_written(office: Office) -> None:
    await office.say("g", *map(str, range(20)))
    await office.deliver()
    assert office.channel.said_in("g") == [str(number) for number in range(20)]


async def test_letters_of_one_moment_keep_their_order(office: Office) -> None:
    def three(uow: UnitOfWork) -> None:
        for number in range(12):
            uow.outbox.say("dingtalk:g", str(number), office.clock.now())

    await office.write(three)
    await office.deliver()
    assert office.channel.said_in("g") == [str(number) for number in range(12)]


async def test_what_comes_later_does_not_overtake_what_was_put_off(office: Office) -> None:
    office.channel.script["g"].append(TryLater("too fast", 30))
    await office.say("g", "one", "two")
    await office.deliver()
    await office.say("g", "three")
    office.clock.move(seconds=10)
    await office.deliver()
    assert office.channel.calls == ["g"], "the platform said not now: nothing is tried in between"
    office.clock.move(seconds=21)
    await office.deliver()
    assert office.channel.said_in("g") == ["one", "two", "three"]


async def test_a_slow_conversation_holds_up_nobody_else(office: Office) -> None:
    answers = asyncio.Event()
    office.channel.script["slow"].append(answers)
    await office.say("slow", *map(str, range(SIDE_BY_SIDE + 20)))
    await office.say("quick", "hello")
    while await office.delivery.deliver_due():
        pass
    await office.until(lambda: office.channel.said_in("quick"))
    assert office.channel.said_in("slow") == []
    answers.set()
    await office.delivery.drain()
    await office.deliver()
    assert office.channel.said_in("slow") == [str(number) for number in range(SIDE_BY_SIDE + 20)]


async def test_a_blocked_conversation_is_not_even_looked_at(office: Office) -> None:
    office.channel.script["blocked"].append(TryLater("muted", 600))
    await office.say("blocked", *map(str, range(3 * SIDE_BY_SIDE)))
    await office.deliver()
    for number in range(5):
        await office.say("other", str(number))
        await office.deliver()
    assert office.channel.said_in("other") == list("01234")
    assert office.channel.calls.count("blocked") == 1


async def test_a_letter_that_waits_long_in_its_lane_is_said_once(database: Database) -> None:
    """Every message takes most of a lease: the ones behind must not be taken for abandoned."""
    office = Office(database)

    async def dawdle() -> None:
        office.clock.move(seconds=LEASE.total_seconds() * 0.6)
        await office.delivery.deliver_due()  # the loop looks for messages all the while

    office.channel.script["g"].extend([dawdle] * 5)
    await office.say("g", *"abcde")
    await office.deliver()
    assert office.channel.said_in("g") == list("abcde")


async def test_two_processes_keep_the_order_of_a_conversation(database: Database, migrated_url: str) -> None:
    clock = StandingClock()
    first = Office(database, clock)
    second = Office(database if migrated_url.startswith("sqlite") else Database(migrated_url, "main"), clock)
    second.channel.posts = first.channel.posts
    answers = asyncio.Event()
    first.channel.script["g"].append(answers)
    await first.say("g", "one", "two")
    await first.delivery.deliver_due()
    await first.say("g", "three")
    await second.deliver()
    assert second.channel.calls == []
    answers.set()
    await first.delivery.drain()
    await second.deliver()
    assert first.channel.said_in("g") == ["one", "two", "three"]
    if second.database is not database:
        second.database.close()


async def test_what_cannot_be_delivered_is_passed_over(office: Office) -> None:
    office.channel.script["g"].append(Undeliverable("the robot is not in the group"))
    await office.say("g", "one", "two")
    await office.deliver()
    assert office.channel.said_in("g") == ["two"]
    assert await office.counts() == {"dead": 1, "sent": 1}


async def test_at_the_end_what_is_on_its_way_arrives_and_the_rest_waits(office: Office) -> None:
    answers = asyncio.Event()
    office.channel.script["g"].append(answers)
    await office.say("g", "one", "two")
    await office.delivery.deliver_due()
    await office.until(lambda: office.channel.calls)
    stopping = asyncio.create_task(office.delivery.stop())
    await asyncio.sleep(0)
    answers.set()
    await stopping
    assert office.channel.said_in("g") == ["one"]
    next_start = Office(office.database, office.clock)
    await next_start.deliver()
    assert next_start.channel.said_in("g") == ["two"], "at once, not when a lease is over"
