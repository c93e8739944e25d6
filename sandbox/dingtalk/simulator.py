"""The simulated DingTalk as one object: its app to serve, its people's words and clicks, its doors for tests."""

import contextlib
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from datetime import timedelta
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.routing import WebSocketRoute

from sandbox import sockets
from sandbox.dingtalk import frames
from sandbox.dingtalk.api import Api
from sandbox.dingtalk.cards import Cards
from sandbox.dingtalk.delivery import Delivery
from sandbox.dingtalk.frames import Frame, Identity
from sandbox.dingtalk.gateway import Gateway
from sandbox.dingtalk.limits import Limits
from sandbox.dingtalk.messages import Messages, Sessions
from sandbox.dingtalk.pushes import Push
from sandbox.dingtalk.refusal import Refusal
from sandbox.dingtalk.tokens import Tokens
from sandbox.faults import Faults
from sandbox.world import Card, ClickOutcome, Conversation, Person, Platform, World


class DingTalk:
    """See the package's docstring for what each part does and which doors there are."""

    def __init__(
        self,
        world: World,
        *,
        client_id: str,
        client_secret: str,
        robot_code: str = "",
        template_ids: set[str],
        corp_id: str = "dingcorp",
        limits: Limits | None = None,
    ) -> None:
        self.world, self.limits = world, limits or Limits()
        self.who = Identity(client_id, robot_code or client_id, corp_id)
        self.tokens = Tokens(client_id, client_secret, self.limits, world.now)
        self.api = Api(world, self.tokens, self.limits)
        self.gateway = Gateway(world, self.who, self.limits)
        self.cards = Cards(world, self.limits)
        self.delivery = Delivery(world, self.cards, self.who, template_ids)
        self.messages = Messages(world, self.who, self.limits)
        self.sessions = Sessions(world)
        self.public_url = ""
        """Where the app is reached; learned from the client's first call when not set."""
        self.app = Starlette(routes=self._routes(), lifespan=self._lifespan)
        world.route(Platform.DINGTALK, self._say, self._click)

    # -- what tests look at -----------------------------------------------------------------------------

    @property
    def faults(self) -> Faults:
        return self.api.faults

    @property
    def calls(self) -> Counter[str]:
        return self.api.calls

    @property
    def requests(self) -> list[tuple[str, Mapping[str, Any]]]:
        return self.api.requests

    @property
    def connected(self) -> int:
        """Connections that take pushes."""
        return sum(connection.takes_pushes for connection in self.gateway.connections)

    # -- doors for hostile tests ------------------------------------------------------------------------

    async def push_raw(self, frame: Frame | str) -> None:
        """Send any text or frame to one connection; nothing is tracked. IndexError when nobody is connected."""
        await self.gateway.send_raw(frame)

    async def push_event(self, event_type: str, data: Mapping[str, Any]) -> Push | None:
        return await self.gateway.push(frames.event(event_type, data, self.who, self.world.now()))

    async def replay(self, times: int = 1) -> None:
        """Deliver the last frame again, same messageId, acknowledged or not."""
        last = self.gateway.delivered[-1]["headers"]["messageId"]
        for _ in range(times):
            await self.gateway.again(last)

    async def disconnect(self, reason: str = "connection is expired") -> None:
        """Announce to every connection that it ends."""
        for connection in list(self.gateway.connections):
            await self.gateway.disconnect(connection, reason)

    async def cut(self) -> None:
        """Cut every connection without a word."""
        for connection in list(self.gateway.connections):
            await sockets.abort(connection.socket)

    async def ping(self, seconds: float = 5.0) -> int:
        """How many connections echo a SYSTEM ping in time."""
        connections = list(self.gateway.connections)
        return sum([await each.ping(self.world.now(), seconds) for each in connections])

    def expire_tokens(self) -> None:
        self.tokens.expire_all()

    async def close(self) -> None:
        """End background work. Served alone the app does this itself; a parent app must call it."""
        await self.gateway.stop()

    # -- people -----------------------------------------------------------------------------------------

    def message_frame(self, conversation: Conversation, person: Person, words: str) -> Frame:
        """The frame that a person's words become."""
        now = self.world.now()
        until = now + timedelta(seconds=self.limits.session_webhook_seconds)
        webhook = f"{self.public_url}/robot/sendBySession?session={self.sessions.grant(conversation, until)}"
        data = frames.message(conversation, person, words, self.who, now, webhook, until)
        if self.api.exhausted:  # protocol 1.7; the spelling of the fields is unconfirmed
            del data["text"]
            data |= {"errorCode": "20001", "errMsg": "企业本月 API 调用次数已用完"}
        return frames.frame("CALLBACK", frames.MESSAGE_TOPIC, data, self.who, now)

    async def _say(self, conversation: Conversation, person: Person, words: str) -> None:
        if conversation.bot_present:
            await self.gateway.push(self.message_frame(conversation, person, words))

    async def _click(
        self, conversation: Conversation, person: Person, card: Card, action: str, inputs: Mapping[str, str]
    ) -> ClickOutcome:
        data = frames.click(conversation, person, card.id, action, inputs, self.who)
        push = await self.gateway.push(
            frames.frame("CALLBACK", frames.CARD_TOPIC, data, self.who, self.world.now())
        )
        if push is None:
            return ClickOutcome.OFFLINE
        ack = await push.wait_answer(self.limits.click_seconds)
        if ack is None or ack.code != 200:
            return ClickOutcome.UNANSWERED
        return self._redraw(card, person, str(data["userId"]), ack.response)

    def _redraw(self, card: Card, person: Person, user_id: str, response: Any) -> ClickOutcome:
        try:
            if not isinstance(response, dict):
                raise Refusal("callback.responseInvalid", f"response must be an object, found {response!r}")
            self.cards.answer(card.id, person.id, user_id, response)
        except Refusal as refusal:
            self.world.refuse("dingtalk", "card callback answer", refusal.message, refusal.code)
            return ClickOutcome.UNANSWERED
        return ClickOutcome.ANSWERED

    # -- HTTP -------------------------------------------------------------------------------------------

    def _routes(self) -> list[Any]:
        route, delivery, messages = self.api.route, self.delivery, self.messages
        instances = "/v1.0/card/instances"
        return [
            route("POST", "/v1.0/oauth2/accessToken", "accessToken", self._access_token, token=False),
            route("POST", "/v1.0/gateway/connections/open", "openConnection", self._open, token=False),
            WebSocketRoute("/connect", self.gateway.serve),
            route(
                "POST",
                f"{instances}/createAndDeliver",
                "createAndDeliver",
                lambda body, _: delivery.create_and_deliver(body),
            ),
            route("POST", f"{instances}/deliver", "deliverCard", lambda body, _: delivery.deliver(body)),
            route("POST", instances, "createCard", lambda body, _: delivery.create(body)),
            route("PUT", instances, "updateCard", lambda body, _: delivery.update(body)),
            route(
                "POST", "/v1.0/robot/groupMessages/send", "groupMessage", lambda body, _: messages.to_group(body)
            ),
            route(
                "POST", "/v1.0/robot/oToMessages/batchSend", "oToMessage", lambda body, _: messages.to_people(body)
            ),
            route("POST", "/robot/sendBySession", "sendBySession", self._by_session, token=False),
        ]

    def _access_token(self, body: Mapping[str, Any], _: Request) -> Mapping[str, Any]:
        self.tokens.authenticate(body.get("appKey"), body.get("appSecret"))
        return self.tokens.issue()

    def _open(self, body: Mapping[str, Any], request: Request) -> Mapping[str, Any]:
        self.tokens.authenticate(body.get("clientId"), body.get("clientSecret"))
        ticket = self.gateway.ticket(body.get("subscriptions"))
        self.public_url = self.public_url or str(request.base_url).rstrip("/")
        endpoint = str(request.base_url).replace("http", "ws", 1).rstrip("/")
        return {"endpoint": f"{endpoint}/connect", "ticket": ticket}

    def _by_session(self, body: Mapping[str, Any], request: Request) -> Mapping[str, Any]:
        return self.sessions.send(request.query_params.get("session", ""), body)

    @contextlib.asynccontextmanager
    async def _lifespan(self, _: Starlette) -> AsyncIterator[None]:
        yield
        await self.close()
