"""A message is delivered in the trace it follows from, however late and however often it is tried."""

from collections.abc import Iterator

import pytest
from structlog.contextvars import merge_contextvars
from structlog.testing import capture_logs
from structlog.typing import EventDict

from bot.channels.common.channel import TryLater, Undeliverable
from storage.trace import current, traced
from tests.bot.delivery.office import Office

A, B = "a" * 32, "b" * 32


@pytest.fixture
def log() -> Iterator[list[EventDict]]:
    with capture_logs(processors=[merge_contextvars]) as entries:
        yield entries


def told(log: list[EventDict]) -> list[tuple[str, str]]:
    return [(entry["action"], entry["trace"]) for entry in log if entry.get("action", "").startswith("delivery.")]


async def test_each_has_its_own(office: Office, log: list[EventDict]) -> None:
    for trace in (A, B):
        with traced(trace):
            await office.say("g", trace)
    await office.deliver()
    assert told(log) == [("delivery.sent", A), ("delivery.sent", B)]


async def test_the_channel_is_called_in_it(office: Office) -> None:
    seen: list[str] = []

    async def note() -> None:
        seen.append(current())

    with traced(A):
        await office.say("g", "hello")
    office.channel.script["g"].append(note)
    await office.deliver()
    assert seen == [A]


async def test_what_was_put_off_and_what_was_given_up(office: Office, log: list[EventDict]) -> None:
    with traced(A):
        await office.say("g", "hello")
    office.channel.script["g"].extend([TryLater("away"), Undeliverable("the group is gone")])
    await office.deliver()
    office.clock.move(hours=1)
    await office.deliver()
    assert told(log) == [("delivery.later", A), ("delivery.dead", A)]


async def test_one_of_an_earlier_version_gets_a_trace_of_its_own(office: Office, log: list[EventDict]) -> None:
    await office.say("g", "one", "two")
    await office.deliver()
    (first, second) = (trace for _, trace in told(log))
    assert first != second
    assert len(first) == 32


async def test_versions_that_leave_as_one_are_found_by_either_trace(office: Office, log: list[EventDict]) -> None:
    change = office.begin()
    with traced(A):
        card = await office.card(change)
    with traced(B):
        await office.change_to(change.no, "another reason", card.card_id)
    await office.deliver()
    assert told(log) == [("delivery.sent", A)]
    assert [entry["also"] for entry in log if entry.get("action") == "delivery.sent"] == [[B]]
