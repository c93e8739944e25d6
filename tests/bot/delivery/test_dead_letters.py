"""A message that was given up and is sent again has all its tries before it."""

from bot.channels.common.channel import TryLater, Undeliverable
from bot.delivery.retry_policy import TRIES
from handlers.actions.delivery.dead_letters import drop, replay
from handlers.turn import Turn
from storage.unit_of_work import UnitOfWork
from tests.bot.delivery.office import ENVIRONMENT, Office


async def test_one_that_is_sent_again_arrives_where_the_cause_is_gone(office: Office) -> None:
    await office.say("g", "hello")
    office.channel.script["g"].append(Undeliverable("the group is gone"))
    await office.deliver()
    assert await office.counts() == {"dead": 1}
    assert await replayed(office) == 1
    await office.deliver()
    assert office.channel.said_in("g") == ["hello"]
    assert await office.counts() == {"sent": 1}
    assert await replayed(office) == 0, "what arrived is not sent again"


async def test_one_that_is_sent_again_is_not_given_up_at_its_first_failure(office: Office) -> None:
    await office.say("g", "hello")
    office.channel.script["g"].append(Undeliverable("the group is gone"))
    await office.deliver()
    office.clock.move(days=3)
    await replayed(office)
    for _ in range(TRIES - 1):
        office.channel.script["g"].append(TryLater("away"))
        await office.deliver()
        office.clock.move(minutes=31)
    await office.deliver()
    assert office.channel.said_in("g") == ["hello"]


async def test_a_card_is_sent_again_as_it_is_now(office: Office) -> None:
    change = office.begin()
    card = await office.card(change)
    office.channel.script["g"].append(Undeliverable("the group is gone"))
    await office.deliver()
    await office.change_to(change.no, "another reason")
    await replayed(office)
    await office.deliver()
    (shown,) = office.channel.cards
    assert "another reason" in str(shown)
    assert (await office.row(card)).shown_version == 1


async def test_one_that_was_dropped_is_never_sent(office: Office) -> None:
    await office.say("g", "hello")
    office.channel.script["g"].append(Undeliverable("the group is gone"))
    await office.deliver()

    def drop_it(uow: UnitOfWork) -> None:
        (letter,) = uow.dead_letters.all()
        drop(Turn(uow, office.clock.now(), ENVIRONMENT), letter.dedupe, "ops")

    await office.write(drop_it)
    office.clock.move(days=1)
    await office.deliver()
    assert office.channel.said_in("g") == []
    assert await office.counts() == {"dropped": 1}


async def test_whoever_was_told_is_told_again_when_it_fails_again(office: Office) -> None:
    change = office.begin()
    await office.card(change)
    for _ in range(2):
        office.channel.script["g"].append(Undeliverable("the group is gone"))
        await office.deliver()
        await replayed(office)
    told = await office.database.read(lambda uow: uow.outbox.counts())
    assert told == {"new": 1, "sent": 2}, "two notices to the coordinators, and the card on its way for the third time"


async def replayed(office: Office) -> object:
    return await office.write(lambda uow: replay(Turn(uow, office.clock.now(), ENVIRONMENT), None, "ops"))
