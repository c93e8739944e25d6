"""DingTalk's own SDK, with the parts replaced that could hang, leak or fall silent (rule D4)."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import httpx
import structlog
from dingtalk_stream import (
    AckMessage,
    CallbackHandler,
    CallbackMessage,
    Credential,
    DingTalkStreamClient,
    EventHandler,
    EventMessage,
    SystemHandler,
    SystemMessage,
)
from dingtalk_stream.frames import Headers

from bot.channels.common.http import cause, json_object, post_now
from bot.channels.common.proxies import proxy_for
from bot.channels.common.tamed import tamed_logger

Ack = tuple[int, dict[str, Any]]
"""A status (200: done; anything else asks for another delivery) and the object of the answer."""
Callback = Callable[[CallbackMessage], Awaitable[Ack]]
Hear = Callable[[EventMessage], Awaitable[bool]]
OK, BAD, FAILED = AckMessage.STATUS_OK, AckMessage.STATUS_BAD_REQUEST, AckMessage.STATUS_SYSTEM_EXCEPTION

OPEN = "/v1.0/gateway/connections/open"

log = structlog.get_logger()
# Without a handler on the way up the SDK would print to the terminal by itself.
logging.getLogger("dingtalk_stream").addHandler(logging.NullHandler())


class Gateway(DingTalkStreamClient):  # type: ignore[misc]
    """One stream connection, made again by the SDK whenever it breaks. `refusal`: why the last opening failed."""

    def __init__(
        self,
        endpoint: str,
        client_id: str,
        client_secret: str,
        callbacks: Mapping[str, Callback],
        leave: Callable[[], Awaitable[None]],
        acknowledged: Callable[[str], None] = lambda message_id: None,
        pong_seconds: float = 20.0,
        hear: Hear | None = None,
    ) -> None:
        """`leave` is awaited when the platform announces the end of this connection; after it the socket closes.
        `acknowledged` is told the id of each push whose answer has left. `hear` is told of each event, and says whether
        it is settled; None: none are asked for."""
        tamed = tamed_logger("tongpan.dingtalk_sdk")
        options = {"ping_interval": pong_seconds, "ping_timeout": pong_seconds, "close_timeout": 2, "logger": tamed}
        super().__init__(Credential(client_id, client_secret), logger=tamed, websocket_connect_options=options)
        self._endpoint = endpoint
        self.connected = asyncio.Event()
        self.refusal = ""
        self._acknowledged = acknowledged
        self.system_handler = _System(leave)
        self._hears_events = hear is not None
        if hear:
            self.register_all_event_handler(_Events(hear))
        for topic, callback in callbacks.items():
            self.register_callback_handler(topic, _Handler(callback))

    def open_connection(self) -> dict[str, Any] | None:
        """Ask for an endpoint and a ticket. Runs in the SDK's worker thread; None makes it try again later."""
        body = {
            "clientId": self.credential.client_id,
            "clientSecret": self.credential.client_secret,
            "ua": "tongpan/1",
            "subscriptions": [
                *({"type": "CALLBACK", "topic": topic} for topic in self.callback_handler_map),
                *([{"type": "EVENT", "topic": "*"}] if self._hears_events else []),
            ],
        }
        try:
            reply = post_now(self._endpoint + OPEN, body)
            answer = json_object(reply)
        except (httpx.HTTPError, ValueError) as error:
            self._refused(cause(error))
            return None
        if reply.is_error or not {"endpoint", "ticket"} <= answer.keys():
            self._refused(f"HTTP {reply.status_code} {answer.get('code', '')}".strip())
            return None
        self.websocket_connect_options["proxy"] = proxy_for(str(answer["endpoint"]))
        return answer

    def _refused(self, why: str) -> None:
        self.refusal = why
        log.warning("DingTalk's stream gateway did not open", action="dingtalk_open_failed", why=why)

    async def _send_ack(self, ack: AckMessage | None, target_websocket: Any) -> None:
        """The SDK's own, which tells nobody whether it got that far."""
        await super()._send_ack(ack, target_websocket)
        if ack is not None and target_websocket is not None:
            self._acknowledged(str(ack.headers.message_id))

    async def keepalive(self, ws: Any, ping_interval: float = 60) -> None:
        """The SDK starts this on each new connection. The pinging is left to websockets, which waits for the pong."""
        self.connected.set()
        log.info("connected to DingTalk's stream", action="dingtalk_connected")
        try:
            await ws.wait_closed()
        finally:
            self.connected.clear()


class _Handler(CallbackHandler):  # type: ignore[misc]
    def __init__(self, callback: Callback) -> None:
        super().__init__()
        self._callback = callback

    async def process(self, message: CallbackMessage) -> Ack:
        return await self._callback(message)


class _Events(EventHandler):  # type: ignore[misc]
    def __init__(self, hear: Hear) -> None:
        super().__init__()
        self._hear = hear

    async def raw_process(self, event_message: EventMessage) -> AckMessage:
        """What is not settled comes again."""
        settled = await self._hear(event_message)
        ack = AckMessage()
        ack.code, ack.message = OK if settled else FAILED, "OK"  # the SDK answers a second one as it did with OK
        ack.headers.message_id = event_message.headers.message_id
        ack.headers.content_type = Headers.CONTENT_TYPE_APPLICATION_JSON
        ack.data = {"status": "SUCCESS" if settled else "LATER", "message": "ok"}
        return ack


class _System(SystemHandler):  # type: ignore[misc]
    def __init__(self, leave: Callable[[], Awaitable[None]]) -> None:
        super().__init__()
        self._leave = leave

    async def process(self, message: SystemMessage) -> tuple[int, str]:
        if message.headers.topic == SystemMessage.TOPIC_DISCONNECT:
            await self._leave()
        return OK, "OK"
