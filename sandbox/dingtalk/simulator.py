"""The simulated DingTalk as one object: its app to serve, its people's words and clicks, its doors for tests."""

import contextlib
from collections import Counter
from collections.abc import AsyncIterator, Callable, Mapping
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.routing import BaseRoute, Route, WebSocketRoute

from sandbox import sockets
from sandbox.contacts import Contacts
from sandbox.dingtalk import frames
from sandbox.dingtalk.api import Api, Handle
from sandbox.dingtalk.cards import Cards
from sandbox.dingtalk.contacts import GRANTED, DirectoryApi
from sandbox.dingtalk.delivery import Delivery
from sandbox.dingtalk.frames import Frame, Identity
from sandbox.dingtalk.gateway import Gateway
from sandbox.dingtalk.limits import Limits
from sandbox.dingtalk.log_in import LogIn
from sandbox.dingtalk.messages import Messages
from sandbox.dingtalk.people import People
from sandbox.dingtalk.pushes import Push
from sandbox.dingtalk.sessions import Sessions
from sandbox.dingtalk.tokens import Tokens
from sandbox.dingtalk.uploads import Uploads
from sandbox.faults import Faults
from sandbox.world import Conversation, Person, Platform, World

Body = Mapping[str, Any]


class DingTalk:
    """See the package's docstring for what each part does and which doors there are."""

    def __init__(
        self,
        world: World,
        *,
        client_id: str,
        client_secret: str,
        robot_code: str = "",
        name: str = "通盘",
        template_ids: set[str],
        corp_id: str = "dingcorp",
        limits: Limits | None = None,
        contacts: Contacts | None = None,
    ) -> None:
        """`contacts`: the company's directory; None: as the world's people are when it is looked at first."""
        self.world, self.limits = world, limits or Limits()
        self.who = Identity(client_id, robot_code or client_id, corp_id, name)
        self.tokens = Tokens(client_id, client_secret, self.limits, world.now)
        self.api = Api(world, self.tokens, self.limits)
        self.gateway = Gateway(world, self.who, self.limits)
        self.cards = Cards(world, self.limits)
        self.delivery = Delivery(world, self.cards, self.who, template_ids)
        self.uploads = Uploads(client_id, client_secret, self.limits, world.now)
        self._contacts = contacts
        self.directory = DirectoryApi(lambda: self.contacts, self.uploads.tokens, self.limits)
        self.messages = Messages(world, self.who, self.limits, self.uploads.media)
        self.sessions = Sessions(world)
        self.people = People(
            world, self.who, self.limits, self.gateway, self.cards, self.sessions, self.api
        )
        self.log_in = LogIn(world, self.who, self.tokens, self.uploads.tokens, self.api)
        self.app = Starlette(routes=self._routes(), lifespan=self._lifespan)
        world.route(Platform.DINGTALK, self.people.say, self.people.click)

    # -- what tests look at -----------------------------------------------------------------------------

    @property
    def faults(self) -> Faults:
        return self.api.faults

    @property
    def calls(self) -> Counter[str]:
        return self.api.calls

    @property
    def contacts(self) -> Contacts:
        """The company's directory, to be changed by tests."""
        if self._contacts is None:
            self._contacts = Contacts.of_world(self.world, Platform.DINGTALK)
            self._contacts.permissions = {*GRANTED}
        return self._contacts

    @property
    def requests(self) -> list[tuple[str, Body]]:
        return self.api.requests

    @property
    def connected(self) -> int:
        """Connections that take pushes."""
        return sum(connection.takes_pushes for connection in self.gateway.connections)

    @property
    def taken(self) -> bool:
        """Check whether the last frame has been acknowledged with success."""
        return self.gateway.is_settled(self.gateway.delivered[-1]["headers"]["messageId"])

    # -- doors for hostile tests ------------------------------------------------------------------------

    async def push_raw(self, frame: Frame | str | bytes) -> None:
        """Send any text, bytes or frame to one connection; nothing is tracked. IndexError when nobody is connected."""
        await self.gateway.send_raw(frame)

    def message_frame(self, conversation: Conversation, person: Person, words: str) -> Frame:
        """The frame that a person's words would become, to be changed and pushed raw."""
        return self.people.message_frame(conversation, person, words)

    async def push_event(self, event_type: str, data: Body) -> Push | None:
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

    def stall(self) -> None:
        """Every connection becomes half-open: it looks alive, and nothing goes through. End it with `cut`."""
        for connection in self.gateway.connections:
            sockets.stall(connection.socket)

    async def ping(self, seconds: float = 5.0) -> int:
        """Count the connections that echo a SYSTEM ping in time."""
        connections = list(self.gateway.connections)
        return sum([await each.ping(self.world.now(), seconds) for each in connections])

    def expire_tokens(self) -> None:
        self.tokens.expire_all()
        self.uploads.tokens.expire_all()

    async def close(self) -> None:
        """End background work. Served alone the app does this itself; a parent app must call it."""
        await self.gateway.stop()

    # -- HTTP -------------------------------------------------------------------------------------------

    def _routes(self) -> list[BaseRoute]:
        def route(path: str, name: str, handle: Callable[[Body], Body], method: str = "POST") -> Route:
            return self.api.route(method, f"/v1.0{path}", name, lambda body, _: handle(body))

        def open_route(path: str, name: str, handle: Handle) -> Route:
            return self.api.route("POST", path, name, handle, token=False)

        return [
            open_route("/v1.0/oauth2/accessToken", "accessToken", self._access_token),
            open_route("/v1.0/gateway/connections/open", "openConnection", self._open),
            open_route("/robot/sendBySession", "sendBySession", self._by_session),
            route("/card/instances/createAndDeliver", "createAndDeliver", self.delivery.create_and_deliver),
            route("/card/instances/deliver", "deliverCard", self.delivery.deliver),
            route("/card/instances", "createCard", self.delivery.create),
            route("/card/instances", "updateCard", self.delivery.update, "PUT"),
            route("/robot/groupMessages/send", "groupMessage", self.messages.to_group),
            route("/robot/oToMessages/batchSend", "oToMessage", self.messages.to_people),
            self.api.old_route("GET", "/gettoken", "oldToken", self.uploads.token, counted=False),
            self.api.old_route("POST", "/media/upload", "upload", self.uploads.upload),
            *self.log_in.routes,
            self.api.old_route("POST", "/topapi/v2/department/listsub", "unitsBelow", self.directory.listsub),
            self.api.old_route("POST", "/topapi/v2/user/list", "usersOf", self.directory.users),
            self.api.old_route("POST", "/topapi/v2/user/get", "user", self.directory.user),
            self.api.old_route("POST", "/topapi/v2/user/getbymobile", "userByMobile", self.directory.by_mobile),
            WebSocketRoute("/connect", self.gateway.serve),
        ]

    def _access_token(self, body: Body, _: Request) -> Body:
        self.tokens.authenticate(body.get("appKey"), body.get("appSecret"))
        return self.tokens.issue()

    def _open(self, body: Body, request: Request) -> Body:
        self.tokens.authenticate(body.get("clientId"), body.get("clientSecret"))
        ticket = self.gateway.ticket(body.get("subscriptions"))
        # Not `base_url`: that is the outermost app's, and this one may be mounted in another.
        self.sessions.public_url = f"{request.url.scheme}://{request.url.netloc}{request.scope.get('root_path', '')}"
        endpoint = self.sessions.public_url.replace("http", "ws", 1)
        return {"endpoint": f"{endpoint}/connect", "ticket": ticket}

    def _by_session(self, body: Body, request: Request) -> Body:
        return self.sessions.send(request.query_params.get("session", ""), body)

    @contextlib.asynccontextmanager
    async def _lifespan(self, _: Starlette) -> AsyncIterator[None]:
        yield
        await self.close()
