"""The trace of what comes in: one that is picked up by another process goes on in it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from pydantic import TypeAdapter
from structlog.contextvars import merge_contextvars
from structlog.testing import capture_logs

from bot.clock import MovableClock
from bot.current import Current
from bot.environment import environment_of
from bot.inbox_worker import InboxWorker
from handlers.events import Said
from storage.database import Database
from storage.delivery.inbox import LEASE, EventKey
from storage.trace import current, traced
from storage.unit_of_work import UnitOfWork
from tests.bot.test_not_ready import SAID
from tests.bot.web.factory import settings
from tests.small_company import NOW

A = "a" * 32


@pytest.mark.both_databases
async def test_what_another_process_left_is_handled_in_its_trace(database: Database) -> None:
    clock = MovableClock(NOW)
    worker = InboxWorker(database, Current(environment_of(settings())), clock)
    payload = TypeAdapter(Said).dump_python(SAID, mode="json")

    def left(uow: UnitOfWork) -> None:
        uow.inbox.receive(EventKey("dingtalk", SAID.bot, SAID.event_id), "said", payload, NOW)
        uow.commit()

    with traced(A):
        await database.write(left)
    clock.move_to(NOW + LEASE + timedelta(seconds=1))
    with capture_logs(processors=[merge_contextvars]) as log:
        await worker.sweep()
    assert [(line["action"], line["trace"]) for line in log] == [("message.handled", A)]
    traces = await database.write(lambda uow: [m.trace for m in uow.outbox.claim(clock.now(), 9)])
    assert traces == [A], "and so is its answer"


async def test_two_messages_are_two_traces(database: Database) -> None:
    worker = InboxWorker(database, Current(environment_of(settings())), MovableClock(NOW))
    with capture_logs(processors=[merge_contextvars]) as log:
        for event in ("1", "2"):
            await worker.said(replace(SAID, event_id=event))
        await worker.stop()
    by_event: dict[str, set[str]] = {}
    for line in log:
        by_event.setdefault(line["event_id"], set()).add(line["trace"])
    (first,), (second,) = by_event["1"], by_event["2"]
    assert first != second
    assert current() == ""
