"""The way out: claim due letters, draw what they show now, hand them to their channel, try again what failed.

Letters of one conversation go in order, conversations go side by side. Delivery is at least once; ids chosen by us
make its effect exactly once.
"""

import asyncio
import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby

import structlog

from bot.channels.channel import CardDelivery, Channel, Delivered, TryLater, Undeliverable
from bot.clock import Clock
from cards.card import Card
from handlers.announcing import report_undelivered
from handlers.drawing import draw
from handlers.turn import House, Turn
from storage.cards import CardRow
from storage.database import Database
from storage.outbox import Letter
from storage.unit import UnitOfWork

log = structlog.get_logger()
CLAIMED = 50
IDLE = 0.5
"""Seconds between looks when nobody wakes us: another process may have written."""
BUDGET = timedelta(hours=24)
LONGEST_PAUSE = 600.0


@dataclass(frozen=True, slots=True)
class Drawn:
    row: CardRow
    card: Card


class Delivery:
    def __init__(self, database: Database, house: House, clock: Clock, channels: Mapping[str, Channel]) -> None:
        self._database, self._house, self._clock, self._channels = database, house, clock, channels
        self._due = asyncio.Event()
        self._stopping = False
        self._lanes: dict[str, asyncio.Lock] = {}
        self._at_work: set[asyncio.Task[None]] = set()

    def wake(self) -> None:
        """Something was written: look now."""
        self._due.set()

    async def run(self) -> None:
        """Until `stop`. A failure of the database is logged and outlasted."""
        while not self._stopping:
            self._due.clear()
            try:
                claimed = await self.deliver_due()
            except Exception:
                log.exception("looking for letters failed", action="outbox.failed")
                claimed = 0
            if claimed < CLAIMED:
                await self._wait()

    async def deliver_due(self) -> int:
        """Start the delivery of what is due; returns how many letters that is."""
        now = self._clock.now()

        def claim(uow: UnitOfWork) -> list[Letter]:
            letters = uow.outbox.claim(now, CLAIMED)
            if letters:
                uow.commit()
            return letters

        letters = sorted(await self._database.write(claim), key=lambda letter: letter.conversation)
        for conversation, group in groupby(letters, key=lambda letter: letter.conversation):
            self._start(conversation, sorted(group, key=lambda letter: letter.created_at))
        return len(letters)

    async def stop(self) -> None:
        """Finish what is on its way; the rest waits in the outbox."""
        self._stopping = True
        self.wake()
        if self._at_work:
            await asyncio.wait(self._at_work, timeout=10)

    async def _wait(self) -> None:
        try:
            async with asyncio.timeout(IDLE):
                await self._due.wait()
        except TimeoutError:
            pass

    def _start(self, conversation: str, letters: list[Letter]) -> None:
        task = asyncio.create_task(self._deliver_all(conversation, letters))
        self._at_work.add(task)
        task.add_done_callback(self._at_work.discard)

    async def _deliver_all(self, conversation: str, letters: list[Letter]) -> None:
        """One after the other; when the platform says not now, the rest waits as well."""
        async with self._lanes.setdefault(conversation, asyncio.Lock()):
            for number, letter in enumerate(letters):
                try:
                    await self._deliver(letter)
                except TryLater as later:
                    await self._put_off(letters[number:], later)
                    return
                except Undeliverable as refused:
                    await self._give_up(letter, str(refused))
                except Exception:
                    log.exception("delivery failed", action="delivery.failed", letter=letter.dedupe)
                    await self._put_off([letter], TryLater("unexpected error, see the log"))

    async def _deliver(self, letter: Letter) -> None:
        prefix, _, address = letter.conversation.partition(":")
        channel = self._channels.get(prefix)
        if channel is None:
            raise Undeliverable(f"no channel is configured for {prefix}")
        if letter.card_id is None:
            await channel.post(address, letter.body or "", letter.dedupe)
            await self._sent(letter, None, Delivered())
            return
        drawn = await self._database.read(lambda uow: self._draw(uow, letter))
        if drawn is None:
            await self._sent(letter, None, Delivered())
            return
        row = drawn.row
        delivery = CardDelivery(
            card_id=row.card_id,
            version=row.wanted_version,
            conversation=address,
            card=drawn.card,
            handle=row.handle,
            shown=row.shown_version > 0,
            notice=f"{drawn.card.title} · {drawn.card.status}",
        )
        await self._sent(letter, row, await channel.put_card(delivery))

    def _draw(self, uow: UnitOfWork, letter: Letter) -> Drawn | None:
        """The card as it is wanted now; None when this letter is out of date: a newer version is or was sent."""
        row = uow.cards.get(letter.card_id or "")
        if row is None or row.shown_version >= row.wanted_version:
            return None
        return Drawn(row, draw(Turn(uow, self._clock.now(), self._house), row))

    async def _sent(self, letter: Letter, row: CardRow | None, delivered: Delivered) -> None:
        now = self._clock.now()

        def record(uow: UnitOfWork) -> None:
            uow.outbox.sent(letter, now)
            if row is not None:
                uow.cards.shown(row.card_id, row.wanted_version, delivered.wire_id, delivered.handle, now)
                uow.outbox.drop_older(row.card_id, row.wanted_version, now)
            uow.commit()

        await self._database.write(record)

    async def _put_off(self, letters: list[Letter], later: TryLater) -> None:
        """Full jitter, doubling; after a day of trying a letter is dead and counted."""
        now = self._clock.now()
        seconds = later.seconds or random.uniform(0.5, min(LONGEST_PAUSE, 2.0 ** letters[0].attempts))

        def record(uow: UnitOfWork) -> None:
            for letter in letters:
                if now - letter.created_at > BUDGET:
                    uow.outbox.give_up(letter, str(later))
                else:
                    uow.outbox.put_off(letter, now + timedelta(seconds=seconds), str(later))
            uow.commit()

        await self._database.write(record)
        log.warning("delivery put off", action="delivery.later", seconds=round(seconds, 1), reason=str(later))

    async def _give_up(self, letter: Letter, reason: str) -> None:
        def record(uow: UnitOfWork) -> None:
            uow.outbox.give_up(letter, reason)
            if letter.card_id:
                uow.cards.failed(letter.card_id, reason)
                report_undelivered(Turn(uow, self._clock.now(), self._house), letter.card_id, reason)
            uow.commit()

        await self._database.write(record)
        log.error("delivery given up", action="delivery.dead", conversation=letter.conversation, reason=reason)
