"""The courier: takes one letter to its channel and writes down what came of it."""

import asyncio
from collections.abc import Awaitable, Mapping
from dataclasses import dataclass
from typing import TypeVar

import structlog

from bot.channels.common.channel import CardDelivery, Channel, Delivered, TryLater, Undeliverable
from bot.clock import Clock
from cards.card import Card
from handlers.notify.render_card import draw
from handlers.notify.undelivered import report_undelivered
from handlers.turn import House, Turn
from storage.cards import CardRow
from storage.database import Database
from storage.outbox import Letter
from storage.unit_of_work import UnitOfWork

T = TypeVar("T")
log = structlog.get_logger()
SEND_SECONDS = 40.0
"""How long a channel may take for one letter: less than a lease, so that nobody else sends it meanwhile."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A card as it is wanted now."""

    row: CardRow
    card: Card


class Courier:
    def __init__(
        self,
        database: Database,
        house: House,
        clock: Clock,
        channels: Mapping[str, Channel],
        seconds: float = SEND_SECONDS,
    ) -> None:
        self._database, self._house, self._clock, self._channels = database, house, clock, channels
        self._seconds = seconds

    async def deliver(self, letter: Letter) -> None:
        """Nothing when somebody else has the letter by now. Raises TryLater or Undeliverable."""
        ours, drawn = await self._database.read(lambda uow: (uow.outbox.holds(letter), self._draw(uow, letter)))
        if not ours:
            return
        delivered = await self._send(letter, drawn)
        await self._database.write(lambda uow: self._sent(uow, letter, drawn, delivered))

    async def give_up(self, letter: Letter, reason: str) -> None:
        """It is dead, and somebody is told."""

        def record(uow: UnitOfWork) -> None:
            if not uow.outbox.give_up(letter, reason):
                return
            if letter.card_id:
                uow.cards.failed(letter.card_id, reason)
            report_undelivered(Turn(uow, self._clock.now(), self._house), letter, reason)
            uow.commit()

        await self._database.write(record)
        log.error("delivery given up", action="delivery.dead", conversation=letter.conversation, reason=reason)

    async def _send(self, letter: Letter, drawn: Drawn | None) -> Delivered:
        if letter.card_id is None:
            channel, address = self._way(letter)
            await self._in_time(channel.post(address, letter.body or "", letter.dedupe))
        elif drawn is not None:
            channel, address = self._way(letter)
            return await self._in_time(channel.put_card(_delivery(drawn, address)))
        return Delivered()

    def _way(self, letter: Letter) -> tuple[Channel, str]:
        prefix, _, address = letter.conversation.partition(":")
        if prefix not in self._channels:
            raise Undeliverable(f"no channel is configured for {prefix}")
        return self._channels[prefix], address

    def _draw(self, uow: UnitOfWork, letter: Letter) -> Drawn | None:
        """The card as it is wanted now; None for a message, and when a newer version is out already."""
        row = uow.cards.get(letter.card_id) if letter.card_id else None
        if row is None or row.shown_version >= row.wanted_version:
            return None
        return Drawn(row, draw(Turn(uow, self._clock.now(), self._house), row))

    async def _in_time(self, sending: Awaitable[T]) -> T:
        try:
            async with asyncio.timeout(self._seconds):
                return await sending
        except TimeoutError:
            raise TryLater(f"no answer within {self._seconds:g} s") from None

    def _sent(self, uow: UnitOfWork, letter: Letter, drawn: Drawn | None, delivered: Delivered) -> None:
        now = self._clock.now()
        uow.outbox.sent(letter, now)
        if drawn is not None:
            row = drawn.row
            uow.cards.shown(row, row.wanted_version, delivered.wire_id, delivered.handle, now)
            uow.outbox.drop_older(row.card_id, row.wanted_version, now)
        uow.commit()


def _delivery(drawn: Drawn, address: str) -> CardDelivery:
    row, card = drawn.row, drawn.card
    return CardDelivery(
        card_id=row.card_id,
        version=row.wanted_version,
        conversation=address,
        card=card,
        handle=row.handle,
        shown=row.shown_version > 0,
        notice=f"{card.title} · {card.status}",
    )
