"""The way out: claim due messages, have them taken to their channels, try again what failed.

Letters of one conversation go in order, conversations go side by side, and what decides goes first. Delivery is at
least once; ids chosen by us make its effect exactly once.
"""

import asyncio
import contextlib
import threading
from collections import deque
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import groupby

import structlog

from bot.channels.common.channel import Channel, TryLater, Undeliverable
from bot.clock import Clock
from bot.current import Current
from bot.delivery.retry_policy import Broken, is_hopeless, pause
from bot.delivery.sender import SEND_SECONDS, Sender
from bot.retrying_database import RetryingDatabase
from bot.spans import span
from bot.supervised import Supervised
from handlers.call_budget import short_prefixes
from handlers.notify.rhythm.digest import unsaid
from handlers.turn import Turn
from storage.connection.database_trouble import is_trouble
from storage.database import Database
from storage.delivery.outbox import HOUR, MINUTE, OutboxMessage, Priority
from storage.trace import traced
from storage.unit_of_work import UnitOfWork

log = structlog.get_logger()
SIDE_BY_SIDE = 50
"""Conversations served at once."""
FOR_DECISIONS = 25
"""Of these, kept for cards on which somebody decides: the rest never stands before them at a platform's pace."""
IDLE = 0.5
"""Seconds between looks when nobody wakes us: another process may have written."""
SPARE = timedelta(seconds=5)
GOODBYE_SECONDS = 10.0
"""Seconds that messages on their way may take once the end is asked for."""


class Delivery:
    def __init__(
        self,
        database: Database,
        current: Current,
        clock: Clock,
        channels: Mapping[str, Channel],
        send_seconds: float = SEND_SECONDS,
        elsewhere: Callable[[], Collection[str]] = frozenset,
    ) -> None:
        """`elsewhere`: prefixes of the conversations that another process sends to."""
        self._elsewhere = elsewhere
        self._database, self._current, self._clock = database, current, clock
        self._lasting = RetryingDatabase(database)
        """For what is on its way: trouble of ours uses up no message's tries."""
        self._sender = Sender(self._lasting, current, clock, channels, send_seconds)
        self._enough = timedelta(seconds=send_seconds) + SPARE
        self._in_doubt: list[OutboxMessage] = []
        """Claimed in transactions of whose end nobody was told: they may be ours."""
        self._promised, self._promising = 0, threading.Lock()
        """Messages claimed in units of work whose end is not heard yet: they are claimed in other threads."""
        self._due = asyncio.Event()
        self.looking = Supervised("looking for messages failed", "outbox.failed")
        self._running = self._stopping = False
        self._lanes: dict[str, asyncio.Lock] = {}
        self._at_work: set[asyncio.Task[None]] = set()

    def wake(self) -> None:
        """Look now: something was written."""
        self._due.set()

    async def run(self) -> None:
        """Deliver until `stop`, whatever fails."""
        self._running = True
        while not self._stopping:
            self._due.clear()
            started = await self.looking.attempt(self.deliver_due) or 0
            if started < FOR_DECISIONS:  # else more may be due than one look takes
                await self._wait(self.looking.pause or IDLE)

    async def deliver_due(self) -> int:
        """Start the delivery of what is due; returns how many messages that is."""
        in_doubt, self._in_doubt = self._in_doubt, []
        claimed: list[OutboxMessage] = []

        def look(uow: UnitOfWork) -> list[OutboxMessage]:
            now = self._clock.now()
            if in_doubt or uow.outbox.is_anything_due(now):
                uow.commit()
                uow.outbox.release(in_doubt, now)
                claimed[:] = self._claim_due(self._current.turn(uow, now))
            return claimed

        try:
            messages = await self._database.write(look)
        except Exception:
            self._in_doubt += [*in_doubt, *claimed]
            raise
        self._begin(messages)
        return len(messages)

    def claim(self, uow: UnitOfWork) -> list[OutboxMessage] | None:
        """Claim for the unit of work that left something, in its transaction, by the settings from before it: its own
        are not kept yet. None: not now, somebody else claims, or it failed, for which nobody's work is to blame."""
        if not self._running or self._stopping:
            return None
        now = self._clock.now()
        try:
            with uow.apart():
                if not uow.outbox.take_turn():
                    return None
                claimed = self._claim_due(Turn(uow, now, self._current.latest))
        except Exception as error:
            if is_trouble(error):
                raise
            log.exception("nothing was claimed", action="outbox.unclaimed")
            return None
        self._promise(len(claimed))
        return claimed

    def left(self, claimed: Sequence[OutboxMessage] | None) -> None:
        if claimed is None:
            self.wake()
        else:
            self._begin(claimed)
            self._promise(-len(claimed))

    def unheard(self, claimed: Sequence[OutboxMessage] | None) -> None:
        self._in_doubt.extend(claimed or ())
        self._promise(-len(claimed or ()))
        self.wake()

    def _promise(self, messages: int) -> None:
        with self._promising:
            self._promised += messages

    def _claim_due(self, turn: Turn) -> list[OutboxMessage]:
        uow, now = turn.uow, turn.now
        free = SIDE_BY_SIDE - len(self._at_work) - self._promised
        if free <= 0:
            return []
        least, limit = (Priority.DECISION, free) if free <= FOR_DECISIONS else (Priority.CHATTER, free - FOR_DECISIONS)
        for dedupe in uow.outbox.drop_stale(now):
            unsaid(uow, dedupe)
            log.info("too late to be said", action="outbox.stale", dedupe=dedupe)
        short = short_prefixes(turn)
        messages = uow.outbox.claim(now, limit, self._limits_of, least, short, self._elsewhere())
        if messages and not self._database.is_alone:
            uow.processes.beat(uow.owner, now)
        return messages

    def _begin(self, messages: Iterable[OutboxMessage]) -> None:
        there = sorted(messages, key=lambda message: message.conversation)  # keeps the order within each
        for conversation, group in groupby(there, key=lambda message: message.conversation):
            task = asyncio.create_task(self._walk(conversation, list(group)))
            self._at_work.add(task)
            task.add_done_callback(self._at_work.discard)

    def _limits_of(self, conversation: str) -> Mapping[timedelta, int]:
        traits = self._current.latest.platforms.serving(conversation)
        return {MINUTE: traits.messages_a_minute, HOUR: traits.messages_an_hour}

    async def drain(self) -> None:
        """Wait until everything that is on its way has come to its end."""
        while self._at_work:
            await asyncio.wait(self._at_work)

    async def stop(self) -> None:
        """Finish the messages that are on their way; the rest waits in the outbox."""
        self._stopping = True
        self.wake()
        try:
            async with asyncio.timeout(GOODBYE_SECONDS):
                await self.drain()
        except TimeoutError:
            for task in self._at_work:
                task.cancel()
            await asyncio.gather(*self._at_work, return_exceptions=True)

    async def _wait(self, seconds: float) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._due.wait()

    async def _walk(self, conversation: str, messages: Sequence[OutboxMessage]) -> None:
        """One message after the other; behind one that cannot go now the others wait as well."""
        async with self._lanes.setdefault(conversation, asyncio.Lock()):
            try:
                await self._deliver_all(messages)
            except Exception:  # every message comes back when its lease is over
                log.exception("delivery not written down", action="delivery.failed", conversation=conversation)
        self.wake()

    async def _deliver_all(self, messages: Sequence[OutboxMessage]) -> None:
        rest, until = deque(messages), messages[0].leased_until
        while rest and not self._stopping:
            until = await self._lease(rest, until)
            if not await self._deliver(rest.popleft()):
                break
        if rest:
            await self._lasting.write(lambda uow: self._release(uow, rest))

    async def _lease(self, messages: Iterable[OutboxMessage], until: datetime) -> datetime:
        """Time until which they are ours: always long enough for the next one."""
        if until - self._clock.now() > self._enough:
            return until

        def renew(uow: UnitOfWork) -> datetime:
            uow.commit()
            return uow.outbox.renew(messages, self._clock.now())

        return await self._lasting.write(renew)

    def _release(self, uow: UnitOfWork, messages: Iterable[OutboxMessage]) -> None:
        uow.outbox.release(messages, self._clock.now())
        uow.commit()

    async def _deliver(self, message: OutboxMessage) -> bool:
        """False when it was put off."""
        with traced(message.trace), span("deliver", conversation=message.conversation, attempt=message.attempts):
            return await self._tried(message)

    async def _tried(self, message: OutboxMessage) -> bool:
        try:
            await self._sender.deliver(message)
        except Undeliverable as refused:
            await self._sender.give_up(message, str(refused))
        except TryLater as later:
            return await self._try_again(message, later)
        except Exception:
            log.exception("delivery failed", action="delivery.broken", dedupe=message.dedupe)
            return await self._try_again(message, Broken("unexpected error, see the log"))
        return True

    async def _try_again(self, message: OutboxMessage, later: TryLater) -> bool:
        now = self._clock.now()
        if is_hopeless(message, later, now):
            await self._sender.give_up(message, str(later))
            return True
        wait = pause(message, later)

        def put_off(uow: UnitOfWork) -> None:
            uow.outbox.put_off(message, now + wait, str(later))
            uow.commit()

        await self._lasting.write(put_off)
        seconds = round(wait.total_seconds(), 1)
        log.warning("delivery put off", action="delivery.later", seconds=seconds, reason=str(later))
        return False
