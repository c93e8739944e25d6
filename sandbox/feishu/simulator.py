"""The simulated Feishu as one object: its app to serve, its people's words and clicks, its doors for tests."""

import contextlib
import json
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.routing import WebSocketRoute

from sandbox import sockets
from sandbox.faults import Faults
from sandbox.feishu import events
from sandbox.feishu.api import Api, Body
from sandbox.feishu.cards import Pressed
from sandbox.feishu.events import Identity
from sandbox.feishu.gateway import SERVICE, Gateway
from sandbox.feishu.limits import Limits
from sandbox.feishu.messages import NAME, Messages
from sandbox.feishu.refusal import BAD_CARD, Refusal
from sandbox.feishu.tokens import Tokens
from sandbox.world import Card, ClickOutcome, Conversation, Person, World

TOASTS = frozenset({"success", "error", "info", "warning"})


class Feishu:
    """See the package's docstring for what it does and which doors there are."""

    def __init__(
        self, world: World, *, app_id: str, app_secret: str, name: str = "通盘", limits: Limits | None = None
    ) -> None:
        self.world, self.limits = world, limits or Limits()
        self.who = Identity(app_id, name=name)
        self.tokens = Tokens(app_id, app_secret, self.limits, world.now)
        self.api = Api(world, self.tokens, self.limits)
        self.gateway = Gateway(world, self.limits)
        self.messages = Messages(world, self.limits)
        self.toasts: list[tuple[str, str]] = []
        """Who was shown what for a moment, oldest first."""
        route, im = self.api.route, "/open-apis/im/v1/messages"
        token = "/open-apis/auth/v3/tenant_access_token/internal"
        routes = [
            route("POST", token, "token", self._token, token=False),
            route("POST", "/callback/ws/endpoint", "endpoint", self._endpoint, token=False),
            route("POST", im, "send", self.messages.send),
            route("PATCH", f"{im}/{{id}}", "patch", self.messages.patch),
            route("POST", "/open-apis/interactive/v1/card/update", "byToken", self.messages.by_token),
            WebSocketRoute("/ws", self.gateway.serve),
        ]
        self.app = Starlette(routes=routes, lifespan=self._lifespan)
        world.route(NAME, self.say, self.click)

    # -- what tests look at -----------------------------------------------------------------------------

    @property
    def faults(self) -> Faults:
        return self.api.faults

    @property
    def calls(self) -> Counter[str]:
        return self.api.calls

    @property
    def connected(self) -> int:
        return len(self.gateway.connections)

    @property
    def taken(self) -> bool:
        """Whether the last event was answered with success."""
        return self.gateway.delivered[-1].answered.is_set()

    # -- doors for hostile tests ------------------------------------------------------------------------

    async def push_raw(self, data: bytes | str) -> None:
        """Any bytes or text to every connection."""
        for socket in list(self.gateway.connections):
            await sockets.send(socket, data)

    async def replay(self, times: int = 1) -> None:
        """The last event once more, with its event_id, answered or not."""
        for _ in range(times):
            await self.gateway.deliver(self.gateway.delivered[-1])

    async def cut(self) -> None:
        """Cut every connection without a word."""
        for socket in list(self.gateway.connections):
            await sockets.abort(socket)

    def stall(self) -> None:
        """Every connection becomes half-open. End it with `cut`."""
        for socket in self.gateway.connections:
            sockets.stall(socket)

    async def close(self) -> None:
        """End background work. Served alone the app does this itself; a parent app must call it."""
        await self.gateway.tasks.stop()

    # -- what people do ---------------------------------------------------------------------------------

    async def say(self, room: Conversation, person: Person, words: str) -> None:
        if room.bot_present:
            mentioned = self.world.mentioned(words)
            await self.gateway.push(events.message(room, person, words, mentioned, self.who, self.world.now()))

    async def click(
        self, room: Conversation, person: Person, card: Card, action: str, inputs: Mapping[str, str]
    ) -> ClickOutcome:
        pressed = self.messages.drawn[card.id].buttons.get(action, Pressed())
        token, words = self.messages.click_token(card.id), next(iter(inputs.values()), "")
        now, value = self.world.now(), _value(action)
        event = events.click(room, person, card.id, value, pressed, words, token, self.who, now)
        push = await self.gateway.push(event, again=False)
        if push is None:
            return ClickOutcome.OFFLINE
        return self._shown(card, person, push.answer)

    def _shown(self, card: Card, person: Person, answer: Mapping[str, Any] | None) -> ClickOutcome:
        if answer is None:
            return ClickOutcome.UNANSWERED
        try:
            if toast := answer.get("toast"):
                if toast.get("type") not in TOASTS or not isinstance(toast.get("content"), str):
                    raise Refusal(BAD_CARD, f"no toast: {toast!r}")
                self.toasts.append((person.id, toast["content"]))
            if drawn := answer.get("card"):
                if drawn.get("type") != "raw":
                    raise Refusal(BAD_CARD, "the sandbox knows raw cards only")
                self.messages.redraw(card.id, drawn.get("data"))
        except (Refusal, AttributeError) as error:
            self.world.refuse(NAME, "answer to a click", str(error), BAD_CARD)
            return ClickOutcome.UNANSWERED
        return ClickOutcome.ANSWERED

    # -- HTTP -------------------------------------------------------------------------------------------

    def _token(self, body: Body, _: Request) -> Body:
        self.tokens.authenticate(body.get("app_id"), body.get("app_secret"))
        return self.tokens.issue()

    def _endpoint(self, body: Body, request: Request) -> Body:
        self.tokens.authenticate(body.get("AppID"), body.get("AppSecret"))
        scheme = "wss" if request.url.scheme == "https" else "ws"
        base = f"{scheme}://{request.url.netloc}{request.scope.get('root_path', '')}"
        query = f"device_id=1&service_id={SERVICE}&ticket={self.gateway.ticket()}"
        return {"data": {"URL": f"{base}/ws?{query}", "ClientConfig": self.gateway.config()}}

    @contextlib.asynccontextmanager
    async def _lifespan(self, _: Starlette) -> AsyncIterator[None]:
        yield
        await self.close()


def _value(action: str) -> object:
    """What a button sends; a phone can send anything."""
    try:
        return json.loads(action)
    except ValueError:
        return action
