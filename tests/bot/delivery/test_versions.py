"""A card ends at its newest version, and an older one is never sent after a newer."""

import asyncio

from bot.channels.common.channel import TryLater
from storage.unit_of_work import UnitOfWork
from tests.bot.delivery.office import Office


async def test_versions_that_wait_are_sent_as_one(office: Office) -> None:
    change = office.begin()
    card = await office.card(change)
    for number in range(4):
        await office.change_to(change.no, f"r{number}", card.card_id)
    await office.deliver()
    (only,) = office.channel.cards
    assert only.version == 5
    assert "r3" in only.card.body
    assert await office.counts() == {"sent": 5}


async def test_what_changes_while_it_is_being_sent_is_sent_after_it(office: Office) -> None:
    change = office.begin()
    card = await office.card(change)
    answers = asyncio.Event()
    office.channel.script["g"].append(answers)
    await office.delivery.deliver_due()
    await office.until(lambda: office.channel.calls)
    await office.change_to(change.no, "newer", card.card_id)
    await office.delivery.deliver_due()
    answers.set()
    await office.delivery.drain()
    await office.deliver()
    assert [delivery.version for delivery in office.channel.cards] == [1, 2]
    assert office.channel.cards[1].shown
    assert (await office.row(card)).shown_version == 2


async def test_a_lost_answer_sends_the_same_version_again(office: Office) -> None:
    change = office.begin()
    card = await office.card(change)
    office.channel.script["g"].append("lost")
    await office.deliver()
    office.clock.move(minutes=1)
    await office.deliver()
    assert [(d.card_id, d.version) for d in office.channel.cards] == [(card.card_id, 1)] * 2


async def test_a_card_that_was_put_off_shows_what_is_so_when_it_goes(office: Office) -> None:
    change = office.begin()
    card = await office.card(change)
    office.channel.script["g"].append(TryLater("away", 60))
    await office.deliver()
    await office.change_to(change.no, "meanwhile", card.card_id)
    office.clock.move(minutes=2)
    await office.deliver()
    (only,) = office.channel.cards
    assert only.version == 2
    assert "meanwhile" in only.card.body


async def test_a_permission_that_a_click_brought_meanwhile_is_kept(office: Office) -> None:
    """WeCom's app gives one per send and one per click, each good for one update."""
    change = office.begin()
    card = await office.card(change)
    office.channel.handles.append("from the send")
    await office.deliver()
    await office.change_to(change.no, "newer", card.card_id)

    async def pressed() -> None:
        def note(uow: UnitOfWork) -> None:
            uow.cards.set_handle(card.card_id, "from the click")

        await office.write(note)

    office.channel.script["g"].append(pressed)
    await office.deliver()
    assert office.channel.cards[-1].handle == "from the send"
    assert (await office.row(card)).handle == "from the click"


async def test_a_permission_that_was_used_is_gone(office: Office) -> None:
    change = office.begin()
    card = await office.card(change)
    office.channel.handles.append("once")
    await office.deliver()
    await office.change_to(change.no, "newer", card.card_id)
    await office.deliver()
    assert (await office.row(card)).handle is None
