"""A bot on the real DingTalk SDK: what it got, and what it answers."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import dingtalk_stream
from dingtalk_stream import AckMessage, CallbackMessage, Credential, DingTalkStreamClient

from sandbox.dingtalk import DingTalk

Answer = tuple[int, Any]
logging.getLogger("sdk").addHandler(logging.NullHandler())
logging.getLogger("sdk").propagate = False


class SdkBot:
    def __init__(self) -> None:
        self.messages: list[dict[str, Any]] = []
        self.clicks: list[dict[str, Any]] = []
        self.events: list[Any] = []
        self.on_message: Callable[[], Answer] = lambda: (AckMessage.STATUS_OK, "OK")
        self.on_click: Callable[[], Answer] = lambda: (AckMessage.STATUS_OK, {})
        self.click_pause = 0.0


class _Messages(dingtalk_stream.CallbackHandler):  # type: ignore[misc]
    def __init__(self, bot: SdkBot) -> None:
        super().__init__()
        self.bot = bot

    async def process(self, message: CallbackMessage) -> Answer:
        self.bot.messages.append(message.data)
        return self.bot.on_message()


class _Clicks(_Messages):
    async def process(self, message: CallbackMessage) -> Answer:
        self.bot.clicks.append(message.data)
        await asyncio.sleep(self.bot.click_pause)
        return self.bot.on_click()


class _Events(dingtalk_stream.EventHandler):  # type: ignore[misc]
    def __init__(self, bot: SdkBot) -> None:
        super().__init__()
        self.bot = bot

    async def process(self, event: Any) -> Answer:
        self.bot.events.append(event)
        return AckMessage.STATUS_OK, "OK"


class _Client(DingTalkStreamClient):  # type: ignore[misc]
    RECONNECT_BASE_DELAY_SECONDS = 0.02
    RECONNECT_JITTER_SECONDS = 0.01


@asynccontextmanager
async def connected(sim: DingTalk, secret: str = "s3cret") -> AsyncIterator[SdkBot]:
    """A running SDK client; its address is the class attribute that the `endpoint` fixture set."""
    bot, before = SdkBot(), sim.connected
    client = _Client(Credential("ding1", secret), logging.getLogger("sdk"))
    client.register_callback_handler("/v1.0/im/bot/messages/get", _Messages(bot))
    client.register_callback_handler("/v1.0/card/instances/callback", _Clicks(bot))
    client.register_all_event_handler(_Events(bot))
    running = asyncio.create_task(client.start())
    try:
        await until(lambda: sim.connected > before)
        yield bot
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


async def until(true: Callable[[], Any], seconds: float = 5.0) -> None:
    """Poll until it holds; TimeoutError otherwise."""
    for _ in range(int(seconds / 0.01)):
        if true():
            return
        await asyncio.sleep(0.01)
    raise TimeoutError("nothing satisfied the wait")
