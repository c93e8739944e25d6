"""The sender: takes one message to its channel and writes down what came of it."""

import asyncio
from collections.abc import Awaitable, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

import structlog

from bot.channels.common.channel import CardDelivery, Channel, Delivered, NotUploaded, TryLater, Undeliverable
from bot.channels.common.tally import tally
from bot.clock import Clock
from bot.current import Current
from bot.delivery.painter import Painter
from bot.rasterising import NoPicture
from bot.retrying_database import RetryingDatabase
from cards.card import Card
from cards.chart import UnknownPicture, Wanted, svg_of
from cards.markdown import without_signs
from handlers.notify.budget_warning import count_calls
from handlers.notify.links import has_link, with_links
from handlers.notify.render_card import draw, effect_on
from handlers.notify.undelivered import report_undelivered
from handlers.reads.plan.pictures import chart_of, in_words
from handlers.turn import Turn
from planning.refusal import Refused
from storage.delivery.calls import CallKind
from storage.delivery.cards import CardRow
from storage.delivery.outbox import OutboxMessage
from storage.unit_of_work import UnitOfWork

T = TypeVar("T")
log = structlog.get_logger()
SEND_SECONDS = 40.0
"""Seconds a channel may take for one message: less than a lease, so that nobody else sends it meanwhile."""

UPLOADS = 3
"""Tries in which a picture can be uploaded; then the same is said in words."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A card as it is wanted now."""

    row: CardRow
    card: Card
    effect: str
    """Hash of the effect it shows; empty: it is not about a change request."""


class Sender:
    def __init__(
        self,
        database: RetryingDatabase,
        current: Current,
        clock: Clock,
        channels: Mapping[str, Channel],
        seconds: float = SEND_SECONDS,
    ) -> None:
        self._database, self._current, self._clock, self._channels = database, current, clock, channels
        self._seconds, self._painter = seconds, Painter()

    async def deliver(self, message: OutboxMessage) -> None:
        """Deliver the message, unless somebody else has it by now. Raises TryLater or Undeliverable."""
        ours, drawn = await self._database.read(lambda uow: (uow.outbox.holds(message), self._draw(uow, message)))
        if not ours:
            return
        with tally() as made:
            try:
                delivered = await self._send(message, drawn)
            except Exception:
                await self._count(message, made.calls)
                raise
        also = await self._database.write(lambda uow: self._sent(uow, message, drawn, delivered, made.calls))
        told = {"conversation": message.conversation, "dedupe": message.dedupe, **({"also": also} if also else {})}
        log.info("delivered", action="delivery.sent", **told)

    async def give_up(self, message: OutboxMessage, reason: str) -> None:
        """Give the message up as dead, and tell somebody."""

        def record(uow: UnitOfWork) -> None:
            if not uow.outbox.give_up(message, reason):
                return
            if message.card_id:
                uow.cards.failed(message.card_id, reason)
            report_undelivered(self._turn(uow), message, reason)
            uow.commit()

        await self._database.write(record)
        log.error("delivery given up", action="delivery.dead", conversation=message.conversation, reason=reason)

    async def _send(self, message: OutboxMessage, drawn: Drawn | None) -> Delivered:
        if message.card_id is None:
            channel, address = self._way(message)
            saying = self._show(channel, address, message) if message.picture else self._say(channel, address, message)
            await self._in_time(saying)
        elif drawn is not None:
            channel, address = self._way(message)
            named = replace(drawn, card=replace(drawn.card, plan=self._current.latest.plan_name))
            return await self._in_time(channel.put_card(_delivery(message, named, address)))
        return Delivered()

    async def _say(self, channel: Channel, address: str, message: OutboxMessage) -> None:
        await channel.post(address, self._of_plan(await self._text(message)), message.dedupe)

    async def _show(self, channel: Channel, address: str, message: OutboxMessage) -> None:
        """Show a picture; the same in words, with the reason, where none can be drawn or none is taken."""
        try:
            wanted = Wanted.read(message.picture)
        except UnknownPicture:
            await self._say(channel, address, message)
            return
        if why := await self._not_shown(channel, address, message, wanted):
            text = await self._database.read(lambda uow: in_words(self._turn(uow), wanted, why))
            await channel.post(address, self._of_plan(text), message.dedupe)

    async def _not_shown(self, channel: Channel, address: str, message: OutboxMessage, wanted: Wanted) -> str:
        """Show it: empty, or why it cannot be. Raises TryLater."""
        if not channel.traits.picture_bytes:
            return "no-way"
        try:
            chart = await self._database.read(lambda uow: chart_of(self._turn(uow), wanted))
            png = await self._painter.painted(await asyncio.to_thread(svg_of, chart), channel.traits.picture_bytes)
            await channel.show(address, png, message.dedupe)
        except NoPicture as nothing:
            return nothing.reason
        except Undeliverable as refused:
            log.warning("a picture was refused", action="picture.refused", reason=str(refused))
            return "refused"
        except NotUploaded:
            if message.attempts < UPLOADS:
                raise
            return "refused"
        return ""

    async def _text(self, message: OutboxMessage) -> str:
        """The text of a message; one with a link to the pages gets its secret now."""
        text = without_signs(message.body or "")
        if not has_link(text):
            return text

        def linked(uow: UnitOfWork) -> str:
            uow.commit()
            return with_links(self._turn(uow), message.conversation, text)

        return await self._database.write(linked)

    def _of_plan(self, text: str) -> str:
        """Where there are several plans, whose numbers are alike, each text says which one speaks."""
        mark = self._current.latest.plan_mark
        return f"{mark}\n\n{text}" if mark else text

    def _way(self, message: OutboxMessage) -> tuple[Channel, str]:
        prefix, _, address = message.conversation.partition(":")
        if prefix not in self._channels:
            raise Undeliverable(f"no channel is configured for {prefix}")
        return self._channels[prefix], address

    def _draw(self, uow: UnitOfWork, message: OutboxMessage) -> Drawn | None:
        """The card as it is wanted now; None for a message, and when a newer version is out already.

        Raises Undeliverable of one that only a newer program draws: the conversation does not wait for that.
        """
        row = uow.cards.get(message.card_id) if message.card_id else None
        if row is None or row.shown_version >= row.wanted_version:
            return None
        turn = self._turn(uow)
        try:
            return Drawn(row, draw(turn, row), effect_on(turn, row))
        except Refused as refused:
            raise Undeliverable(self._current.latest.words.refusal(refused.refusal)) from refused

    async def _in_time(self, sending: Awaitable[T]) -> T:
        try:
            async with asyncio.timeout(self._seconds):
                return await sending
        except TimeoutError:
            raise TryLater(f"no answer within {self._seconds:g} s") from None

    async def _count(self, message: OutboxMessage, calls: int) -> None:
        """Count calls that came to nothing: the platform counts them as well."""
        if not calls:
            return

        def note(uow: UnitOfWork) -> None:
            count_calls(self._turn(uow), message.conversation, CallKind.of(message), calls)
            uow.commit()

        await self._database.write(note)

    def _turn(self, uow: UnitOfWork) -> Turn:
        return self._current.turn(uow, self._clock.now())

    def _sent(
        self, uow: UnitOfWork, message: OutboxMessage, drawn: Drawn | None, delivered: Delivered, calls: int
    ) -> list[str]:
        """Traces of the versions that left with it."""
        now, also = self._clock.now(), list[str]()
        uow.outbox.sent(message, now)
        count_calls(self._turn(uow), message.conversation, CallKind.of(message), calls)
        if drawn is not None:
            row = drawn.row
            uow.cards.shown(row, row.wanted_version, delivered.wire_id, delivered.handle, now)
            if drawn.effect:
                uow.showings.note(row, drawn.effect, now)
            also = uow.outbox.drop_older(row.card_id, row.wanted_version, now)
        uow.commit()
        return also


def _delivery(message: OutboxMessage, drawn: Drawn, address: str) -> CardDelivery:
    row, card = drawn.row, drawn.card
    return CardDelivery(
        card_id=row.card_id,
        version=row.wanted_version,
        conversation=address,
        card=card,
        handle=row.handle,
        shown=row.shown_version > 0,
        tried=message.attempts > 1 or message.version != 1,
        notice=" · ".join(filter(None, (card.plan, card.title, card.status))),
    )
