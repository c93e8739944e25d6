"""The simulated WeCom as one object: its app to serve, its people's words and clicks, its doors for tests."""

import contextlib
from collections import Counter
from collections.abc import AsyncIterator, Iterable, Mapping
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.routing import BaseRoute, WebSocketRoute

from sandbox import sockets
from sandbox.contacts import Contacts
from sandbox.directory import one_to_one
from sandbox.faults import Faults
from sandbox.media import Media
from sandbox.wecom.aibot import AibotSocket
from sandbox.wecom.aibot_callback import AibotCallback
from sandbox.wecom.aibot_voice import Voice
from sandbox.wecom.api import Api
from sandbox.wecom.app import AppBot
from sandbox.wecom.app_callback import AppCallback
from sandbox.wecom.app_cards import AppCards
from sandbox.wecom.app_messages import AppMessages
from sandbox.wecom.contacts import DirectoryApi
from sandbox.wecom.limits import Limits
from sandbox.wecom.log_in import LogIn
from sandbox.wecom.receivers import Directory
from sandbox.wecom.refusal import OK
from sandbox.wecom.settings import App, Bot
from sandbox.wecom.signed import Signed
from sandbox.wecom.tokens import Tokens
from sandbox.wecom.uploads import Uploads
from sandbox.world import Card, ClickOutcome, Conversation, Person, Platform, Quote, World


class WeCom:
    """See the package's docstring for what each part does and which doors there are."""

    def __init__(
        self,
        world: World,
        *,
        corp_id: str,
        app: App,
        aibot: Bot,
        parties: Mapping[str, Iterable[str]] | None = None,
        limits: Limits | None = None,
        contacts: Contacts | None = None,
        contacts_secret: str = "",
    ) -> None:
        """`contacts`: the company's directory; None: as the world's people are when it is looked at first.
        `contacts_secret`: that of 通讯录同步, for whoever asks for a token by it."""
        self.world, self.corp_id, self.app_settings, self.bot_settings = world, corp_id, app, aibot
        self.limits = limits or Limits()
        self.tokens = Tokens(corp_id, app.secret, self.limits, world.now)
        self._contacts, self._contacts_secret = contacts, contacts_secret
        self.tokens_of_contacts = Tokens(corp_id, contacts_secret, self.limits, world.now)
        self.directory = DirectoryApi(lambda: self.contacts, self.tokens_of_contacts)
        self.api = Api(world, self.tokens, self.limits, self.tokens_of_contacts)
        self.app_cards = AppCards(world, self.limits)
        directory = Directory(world, parties or {})
        self.media = Media(world.now)
        self.uploads = Uploads(self.media, self.limits)
        self.messages = AppMessages(world, app, self.limits, directory, self.app_cards, self.media)
        self.callback = AppCallback(world, corp_id, app, self.limits)
        self.self_built = AppBot(world, corp_id, app, self.app_cards, self.callback, self.limits)
        self.voice = Voice(world, self.limits, Media(world.now))
        self.aibot = AibotSocket(world, aibot, self.voice, self.limits)
        self.aibot_callback = AibotCallback(world, aibot, self.voice, self.limits)
        self.log_in = LogIn(world, corp_id, app, self.api)
        self.app = Starlette(routes=self._routes(), lifespan=self._lifespan)
        world.route(Platform.WECOM, self._say, self._click)
        world.route(Platform.WECOM_APP, self.self_built.say, self.self_built.click)

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
    def contacts(self) -> Contacts:
        """The company's directory, to be changed by tests."""
        if self._contacts is None:
            self._contacts = Contacts.of_world(self.world, Platform.WECOM)
        return self._contacts

    @property
    def connected(self) -> bool:
        """Check whether the aibot is subscribed."""
        return self.aibot.socket is not None

    # -- doors for hostile tests ------------------------------------------------------------------------

    async def verify_callback(self) -> bool:
        """The console's check of the app's callback address."""
        return await self.callback.verify()

    async def push_raw(self, frame: object) -> None:
        """Send any JSON to the aibot's connection, or any text or bytes as they are."""
        if self.aibot.socket is not None:
            await sockets.send(self.aibot.socket, frame)

    async def replay(self, times: int = 1) -> None:
        """Send the last aibot callback again, as it was."""
        for _ in range(times):
            await self.push_raw(self.aibot.delivered[-1])

    async def replay_callback(self, times: int = 1) -> list[int]:
        """POST the last app callback again, byte for byte; the HTTP statuses."""
        return [(await self.callback.post(self.callback.sent[-1])).status_code for _ in range(times)]

    async def post_callback(self, callback: Signed) -> int:
        """POST any callback once, e.g. a forged one; the HTTP status."""
        return (await self.callback.post(callback)).status_code

    async def enter_chat(self, person: Person) -> bool:
        """A person opens the one-to-one chat with the aibot; whether it greeted them in time."""
        window = one_to_one(self.world, Platform.WECOM, person.wecom or "")
        return window is not None and await self.aibot.enter(window, person)

    async def cut(self) -> None:
        """Cut the aibot's connection without a word."""
        if self.aibot.socket is not None:
            await sockets.abort(self.aibot.socket)

    def stall(self) -> None:
        """The aibot's connection becomes half-open: it looks alive, and nothing goes through. End it with `cut`."""
        if self.aibot.socket is not None:
            sockets.stall(self.aibot.socket)

    async def hang_up(self) -> None:
        """Close the aibot's connection with a handshake."""
        if self.aibot.socket is not None:
            await sockets.close(self.aibot.socket)

    def expire_tokens(self) -> None:
        self.tokens.expire()

    async def close(self) -> None:
        """End background work. Served alone the app does this itself; a parent app must call it."""
        await self.aibot.stop()

    # -- people -----------------------------------------------------------------------------------------

    @property
    def _mode(self) -> AibotSocket | AibotCallback:
        return self.aibot_callback if self.bot_settings.callback_url else self.aibot

    async def _say(
        self, conversation: Conversation, person: Person, words: str, quote: Quote | None = None
    ) -> None:
        await self._mode.say(conversation, person, words, quote)

    async def _click(
        self, conversation: Conversation, person: Person, card: Card, action: str, inputs: Mapping[str, str]
    ) -> ClickOutcome:
        return await self._mode.click(conversation, person, card, action, inputs)

    # -- HTTP -------------------------------------------------------------------------------------------

    def _routes(self) -> list[BaseRoute]:
        api, messages, directory = self.api, self.messages, self.directory
        return [
            api.get("/cgi-bin/gettoken", "gettoken", self._token, token=False),
            api.get("/cgi-bin/getcallbackip", "getcallbackip", lambda _: OK | {"ip_list": ["127.0.0.1"]}),
            api.upload("/cgi-bin/media/upload", "upload", self.uploads.upload),
            api.post("/cgi-bin/message/send", "send", messages.send),
            api.post("/cgi-bin/message/update_template_card", "update", messages.update),
            api.post("/cgi-bin/message/recall", "recall", messages.recall),
            api.directory_get("/cgi-bin/department/simplelist", "unitIds", directory.units),
            api.directory_get("/cgi-bin/department/get", "unit", directory.unit),
            api.directory_get("/cgi-bin/user/simplelist", "usersOf", directory.people),
            api.directory_get("/cgi-bin/user/get", "user", directory.user),
            api.directory_post("/cgi-bin/user/list_id", "userIds", directory.ids),
            api.post("/cgi-bin/user/getuserid", "userByMobile", directory.by_mobile),
            api.post("/cgi-bin/batch/openuserid_to_userid", "plainIds", directory.plain),
            api.open_post("/cgi-bin/aibot/response", "aibotResponse", self._respond),
            *self.log_in.routes,
            WebSocketRoute("/", self.aibot.serve),
            WebSocketRoute("/ws", self.aibot.serve),
        ]

    def _token(self, request: Request) -> Mapping[str, Any]:
        asked = request.query_params
        is_of_contacts = self._contacts_secret and asked.get("corpsecret") == self._contacts_secret
        tokens = self.tokens_of_contacts if is_of_contacts else self.tokens
        return tokens.issue(asked.get("corpid"), asked.get("corpsecret"))

    def _respond(self, request: Request, body: Mapping[str, Any]) -> Mapping[str, Any]:
        return self.aibot_callback.respond(request.query_params.get("response_code", ""), body)

    @contextlib.asynccontextmanager
    async def _lifespan(self, _: Starlette) -> AsyncIterator[None]:
        yield
        await self.close()


