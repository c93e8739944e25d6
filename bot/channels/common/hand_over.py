"""Handing an event over again where the platform would not deliver it a second time."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar

import structlog

E = TypeVar("E")
T = TypeVar("T")
log = structlog.get_logger()


async def tried(call: Callable[[E], Awaitable[T]], event: E, pauses: Sequence[float]) -> T:
    """Try the call until it gives something; each pause (in seconds) is followed by one more try. The last error is
    raised."""
    for pause in pauses:
        try:
            return await call(event)
        except Exception as error:
            log.warning("event not saved, trying again", action="event_again", error=type(error).__name__)
            await asyncio.sleep(pause)
    return await call(event)
