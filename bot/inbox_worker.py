"""The way in: an event is written down, then handled in one unit of work, then it is done.

A message is acknowledged to its platform once its row is durable and handled afterwards, after those that were said
before it in the same conversation. What only asks is answered on a snapshot, and holds nobody up; its answer alone is
written. A click is written down and handled in one transaction, before what waits to be written, because its answer is
due within seconds and comes from local state alone. What a limit refuses is refused before anything is written.

Free words may be put to a language model, between two units of work: meanwhile nobody waits but who said them.
"""

import asyncio
import secrets
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from typing import Any

import structlog
from pydantic import TypeAdapter, ValidationError

from bot.clock import Clock
from bot.current import Current
from bot.language_model.asking import Asking
from bot.refusal_cache import RefusalCache
from bot.retrying_database import RetryingDatabase
from bot.spans import span
from handlers.actions.people.directory_by_itself import hear as hear_of_directory
from handlers.events import Answer, Clicked, DirectoryChanged, Said
from handlers.inbound.clicks import click, show_again, unexpected
from handlers.inbound.floods import TooMuch, buckets_of, too_much
from handlers.inbound.messages import Response, answer, hear
from handlers.inbound.speech.proposals import Inquiry
from handlers.notify.card_updates import answered as shown_by_answer
from handlers.platforms import prefix_of
from handlers.turn import Turn
from storage.connection.database_trouble import is_trouble
from storage.database import Database
from storage.delivery.inbox import MAX_FALLS, EventKey, InboxEvent
from storage.trace import continued, traced
from storage.unit_of_work import UnitOfWork

log = structlog.get_logger()
GOODBYE_SECONDS = 10.0
"""Seconds that a database in trouble gets once the end is asked for."""
SAID = TypeAdapter(Said)
CLICKED = TypeAdapter(Clicked)


class InboxWorker:
    """`bot.channels.common.channel.Inbound`, for every channel."""

    def __init__(self, database: Database, current: Current, clock: Clock, asking: Asking | None = None) -> None:
        """`asking`: a language model that may be asked; None: there is none."""
        self._database, self._current, self._clock, self._asking = database, current, clock, asking
        self._lasting = RetryingDatabase(database)
        """For what is written down already: trouble of ours uses up no message's tries."""
        self._refusals = RefusalCache()
        self._at_work: set[asyncio.Task[None]] = set()
        self._last_said: dict[str, asyncio.Task[None]] = {}
        """By conversation, what is being handled there."""
        self._asked_for: dict[tuple[str, str], asyncio.Task[None]] = {}
        """By speaker, for whom the language model is being asked, and what waits behind it."""

    def refused_unwritten(self) -> int:
        """How many messages left no row, since the process began."""
        return self._refusals.refused

    async def said(self, event: Said) -> None:
        if self._refusals.refuse(buckets_of(self._current.latest, event), self._clock.now()):
            return
        with continued(), span("receive", platform=prefix_of(event.conversation), event_id=event.event_id):
            await self._said(event)

    async def clicked(self, event: Clicked) -> Answer | None:
        with continued(), span("receive", platform=prefix_of(event.conversation), event_id=event.event_id):
            return await self._clicked(event)

    async def _said(self, event: Said) -> None:
        key, payload = _key(event.conversation, event.bot, event.event_id), SAID.dump_python(event, mode="json")
        now, is_received = self._clock.now(), False

        def write_down(uow: UnitOfWork) -> tuple[str, TooMuch | None]:
            nonlocal is_received
            uow.commit()
            if not uow.inbox.receive(key, "said", payload, now, event.delivery_id):
                return "inbox.repeat", None
            if excess := too_much(self._current.turn(uow, now), event):
                uow.inbox.refuse(key, now)
                return "inbox.refused", excess
            is_received = True
            return "", None

        try:
            ignored, excess = await self._database.write(write_down)
        except Exception as error:
            if is_received and is_trouble(error) and not self._database.is_alone:
                self._take_up(key, event)  # the commit's answer was lost, perhaps nothing else; SQLite loses none
            raise
        if excess and excess.bucket and excess.until:
            self._refusals.add(excess.bucket, excess.until, now)
        log.info("message received", action=ignored or "message.received", platform=key.platform, event_id=key.event_id)
        if not ignored:
            self._take_up(key, event)

    async def _clicked(self, event: Clicked) -> Answer | None:
        platform = prefix_of(event.conversation)
        log.info("click received", action="click.received", platform=platform, event_id=event.event_id)
        try:
            with span("handle", kind="clicked"):
                answer = await self._database.write(lambda uow: self._click(uow, event), first=True)
        except Exception as error:
            if is_trouble(error):
                raise  # nothing of it is written down: the platform delivers it again
            ref = secrets.token_hex(4)
            log.exception("click failed", action="click.failed", ref=ref)
            return unexpected(self._current.latest, event, ref)
        log.info("click handled", action="click.handled", platform=platform, event_id=event.event_id)
        return answer

    async def answered(self, event: Clicked, answer: Answer) -> None:
        """The platform took it: what it shows need not be sent as a card any more."""

        def note(uow: UnitOfWork) -> None:
            shown_by_answer(self._turn(uow), answer.card_id, answer.version, answer.effect)
            uow.commit()

        await self._lasting.write(note)

    async def directory_changed(self, event: DirectoryChanged) -> None:
        def unit(uow: UnitOfWork) -> None:
            uow.plans.lock()
            hear_of_directory(self._turn(uow), event)
            uow.commit()

        log.info("directory changed", action="directory.changed", platform=event.platform, people=len(event.users))
        await self._database.write(unit)

    async def sweep(self) -> None:
        """Handle what was written down and never finished: after a crash, or after an error."""
        now = self._clock.now()

        def claim(uow: UnitOfWork) -> list[InboxEvent]:
            uow.commit()
            return uow.inbox.claim_due(now)

        while claimed := await self._database.write(claim):
            for left in claimed:
                with traced(left.trace):
                    await self._pick_up(left)

    async def stop(self) -> None:
        """Let what is being handled end. While the database is in trouble that may be never: it is left lying."""
        while self._at_work:
            await asyncio.wait(self._at_work, timeout=GOODBYE_SECONDS)
            if self._lasting.in_trouble:
                for task in self._at_work:
                    task.cancel()

    def _click(self, uow: UnitOfWork, event: Clicked) -> Answer | None:
        turn = self._turn(uow)
        key = _key(event.conversation, event.bot, event.event_id)
        fresh = uow.inbox.receive(key, "clicked", CLICKED.dump_python(event, mode="json"), turn.now)
        answer = click(turn, event) if fresh else show_again(turn, event)
        uow.inbox.done(key, turn.now)
        uow.commit()
        return answer

    async def _pick_up(self, left: InboxEvent) -> None:
        """One that cannot be read any more is passed over, so that it stops nobody else's."""
        try:
            event = SAID.validate_python(left.payload)
        except ValidationError:
            log.exception("unreadable event", action="inbox.unreadable", event_id=left.key.event_id)
            await self._failed(left.key, None)
            return
        if left.attempts > MAX_FALLS:
            log.error("event never finished", action="inbox.spent", event_id=left.key.event_id)
            await self._failed(left.key, event)
        else:
            await self._handle(left.key, event)

    async def _handle_in_order(self, key: EventKey, event: Said, earlier: asyncio.Task[None] | None) -> None:
        """Handle a message after the earlier one: whoever asks after doing something sees it done."""
        if earlier is not None:
            await asyncio.wait([earlier])
        if before := self._asked_for.get(_speaker(event)):
            self._aside(event, self._handle_behind(key, event, before))
        else:
            await self._handle(key, event, may_ask=True)

    async def _handle_behind(self, key: EventKey, event: Said, before: asyncio.Task[None]) -> None:
        """What somebody says while the model is asked for them comes after its answer, and waits for no second one."""
        await asyncio.wait([before])
        await self._handle(key, event)

    async def _handle(self, key: EventKey, event: Said, *, may_ask: bool = False) -> None:
        async with self._caring_for(key, event):
            with span("handle", kind="said"):
                response = await self._lasting.read(lambda uow: answer(self._turn(uow), event))
                if may_ask and self._asking and self._asking.is_open() and response and response.inquiry:
                    self._aside(event, self._ask_first(self._asking, key, event, response, response.inquiry))
                    return
                await self._write_answer(key, event, response)

    async def _ask_first(
        self, asking: Asking, key: EventKey, event: Said, response: Response, inquiry: Inquiry
    ) -> None:
        """Ask the language model, and answer with what it proposes; without, as it was."""
        async with self._caring_for(key, event):
            with span("handle", kind="said"):
                if proposed := await asking.proposals(event, inquiry):
                    again = await self._lasting.read(lambda uow: answer(self._turn(uow), event, proposed))
                    response = again or response
                await self._write_answer(key, event, response)

    async def _write_answer(self, key: EventKey, event: Said, response: Response | None) -> None:
        await self._lasting.write(lambda uow: self._hear(uow, key, event, response))
        log.info("message handled", action="message.handled", platform=key.platform, event_id=key.event_id)

    @asynccontextmanager
    async def _caring_for(self, key: EventKey, event: Said) -> AsyncIterator[None]:
        """What goes wrong is noted, and the message is tried again later."""
        try:
            yield
        except Exception:
            ref = secrets.token_hex(4)
            log.exception("message failed", action="message.failed", ref=ref, event_id=key.event_id)
            await self._failed(key, event, ref)

    def _hear(self, uow: UnitOfWork, key: EventKey, event: Said, response: Response | None) -> None:
        if not uow.inbox.take(key):
            return
        turn = self._turn(uow)
        hear(turn, event, response)
        uow.inbox.done(key, turn.now)
        uow.commit()

    async def _failed(self, key: EventKey, event: Said | None, ref: str = "") -> None:
        """Tried again later; when that is over, the person is told."""
        ref = ref or secrets.token_hex(4)

        def record(uow: UnitOfWork) -> None:
            now = self._clock.now()
            if uow.inbox.failed(key, now, f"see log {ref}") and event is not None:
                uow.outbox.say(event.conversation, self._current.latest.words("answer.trouble", ref=ref), now)
            uow.commit()

        await self._lasting.write(record)

    def _take_up(self, key: EventKey, event: Said) -> None:
        self._start(self._handle_in_order(key, event, self._last_said.get(event.conversation)), event.conversation)

    def _aside(self, event: Said, work: Coroutine[Any, Any, None]) -> None:
        """Go on with a message beside its conversation, whose next ones do not wait for it."""
        task, speaker = asyncio.create_task(work), _speaker(event)
        self._at_work.add(task)
        self._asked_for[speaker] = task

        def ended(done: asyncio.Task[None]) -> None:
            self._ended(done, event.conversation)
            if self._asked_for.get(speaker) is done:
                del self._asked_for[speaker]

        task.add_done_callback(ended)

    def _start(self, work: Coroutine[Any, Any, None], conversation: str) -> None:
        task = asyncio.create_task(work)
        self._at_work.add(task)
        self._last_said[conversation] = task
        task.add_done_callback(lambda done: self._ended(done, conversation))

    def _ended(self, task: "asyncio.Task[None]", conversation: str) -> None:
        self._at_work.discard(task)
        if not task.cancelled() and (error := task.exception()):
            log.error("message not handled to its end", action="message.broken", exc_info=error)
        if self._last_said.get(conversation) is task:
            del self._last_said[conversation]

    def _turn(self, uow: UnitOfWork) -> Turn:
        return self._current.turn(uow, self._clock.now())


def _speaker(event: Said) -> tuple[str, str]:
    return event.conversation, event.user_id


def _key(conversation: str, bot: str, event_id: str) -> EventKey:
    return EventKey(prefix_of(conversation), bot, event_id)
