"""A frame on its way to the bot, from its first delivery to its last."""

import asyncio
import copy
from dataclasses import dataclass, field

from sandbox.dingtalk.acks import Ack
from sandbox.dingtalk.frames import Frame


@dataclass(eq=False, slots=True)
class Push:
    frame: Frame
    settled: asyncio.Event = field(default_factory=asyncio.Event)
    answer: "asyncio.Future[Ack]" = field(default_factory=lambda: asyncio.get_running_loop().create_future())
    late: bool = False
    """The person who clicked has stopped waiting."""

    @property
    def id(self) -> str:
        return str(self.frame["headers"]["messageId"])

    @property
    def kind(self) -> str:
        return str(self.frame["type"])

    @property
    def topic(self) -> tuple[str, str]:
        return self.kind, str(self.frame["headers"]["topic"])

    def on(self, connection_id: str) -> Frame:
        """The frame as it leaves on a connection: same id and data each time."""
        sent = copy.deepcopy(self.frame)
        sent["headers"]["connectionId"] = connection_id
        return sent

    def take(self, ack: Ack) -> None:
        if ack.settles(self.kind):
            self.settled.set()
        if not self.answer.done():
            self.answer.set_result(ack)

    async def wait_answer(self, seconds: float) -> Ack | None:
        """The first acknowledgement; None when none came in time, and then a later one is late."""
        try:
            async with asyncio.timeout(seconds):
                return await asyncio.shield(self.answer)
        except TimeoutError:
            self.late = True
            return None

    async def wait_settled(self, seconds: float) -> bool:
        try:
            async with asyncio.timeout(seconds):
                await self.settled.wait()
        except TimeoutError:
            return False
        return True
