"""One callback frame that the bot was given, and what it may still answer."""

import asyncio
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum

from sandbox.world import Conversation, Entry


class Kind(Enum):
    MESSAGE = "message"
    """Replies for a day."""
    CARD = "card"
    """One update within five seconds."""
    WELCOME = "welcome"
    """One greeting within five seconds."""


@dataclass(slots=True)
class Stream:
    row: Entry
    since: datetime
    finished: bool = False


@dataclass(eq=False, slots=True)
class Told:
    req_id: str
    kind: Kind
    conversation: Conversation
    at: datetime
    task_id: str = ""
    answered: asyncio.Event = field(default_factory=asyncio.Event)
    open: bool = True
    """The person is still waiting."""
    in_flight: bool = False
    """A reply was taken and not yet acknowledged."""
    streams: dict[str, Stream] = field(default_factory=dict)

    async def wait_answer(self, seconds: float) -> bool:
        """Wait for the answer and tell whether it came in time; afterwards it cannot be answered any more."""
        try:
            async with asyncio.timeout(seconds):
                await self.answered.wait()
        except TimeoutError:
            return False
        finally:
            self.open = False
        return True
