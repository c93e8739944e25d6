"""DingTalk: messages and clicks come in by its stream connection, cards and messages go out by its HTTP API."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from bot.channels.common.channel import CardDelivery, Delivered, Inbound, TryLater, Undeliverable
from bot.channels.common.pieces import Parts
from bot.channels.common.platform import Site, Turn
from bot.channels.common.uploaded import Uploaded
from bot.channels.dingtalk import messages as bodies
from bot.channels.dingtalk.api import DingTalkApi
from bot.channels.dingtalk.events import QUOTA_USED_UP
from bot.channels.dingtalk.gateway import Gateway
from bot.channels.dingtalk.inbox import Inbox
from bot.channels.dingtalk.older import OlderApi
from bot.channels.dingtalk.settings import DingTalkSettings
from bot.channels.dingtalk.stream import Leave, Stream
from bot.channels.dingtalk.traits import DINGTALK
from cards.words import Words

CARDS = "/v1.0/card/instances"


class DingTalk:
    """Conversations: `cid…` (a group's openConversationId) and `user:<staff id>` (one person, one-to-one).

    A card is called `card_id` on the wire at every version, so sending it again updates it and never doubles it.
    """

    traits = DINGTALK

    def __init__(
        self,
        *,
        client_id: str,
        client_secret: str,
        card_template_id: str,
        robot_code: str = "",
        corp_id: str = "",
        endpoint: str = "https://api.dingtalk.com",
        locale: str = "zh-CN",
        click_seconds: float = DINGTALK.click_seconds,
        pong_seconds: float = 20.0,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        turn: Turn | None = None,
    ) -> None:
        """`corp_id`: whose messages and clicks count; without it the product pins one. `turn` of its calls where other
        processes make some, too."""
        self._client_id, self._client_secret, self._endpoint = client_id, client_secret, endpoint
        self._robot, self._template = robot_code or client_id, card_template_id
        self._pong_seconds = pong_seconds
        self._words = Words(locale)
        self._api = DingTalkApi(endpoint, client_id, client_secret, self._words, turn)
        self._inbox = Inbox(self._robot, corp_id, click_seconds, self._quota_used_up, clock)
        self._stream: Stream | None = None
        self._older = OlderApi(endpoint, client_id, client_secret, self._words)
        self._parts, self._uploaded = Parts(), Uploaded()

    async def start(self, inbound: Inbound) -> None:
        callbacks = self._inbox.callbacks(inbound)

        def gateway(leave: Leave) -> Gateway:
            way = self._endpoint, self._client_id, self._client_secret
            return Gateway(*way, callbacks, leave, self._inbox.acknowledged, self._pong_seconds, self._inbox.hear)

        self._stream = Stream(gateway, self._inbox.work.drain)
        self._stream.start()

    async def stop(self) -> None:
        """Stops taking events, lets those under way finish, and closes."""
        if self._stream:
            await self._stream.stop()
        await self._inbox.work.stop()
        await self._api.close()
        await self._older.close()

    def trouble(self) -> str:
        platform = self._words("dingtalk.name")
        if self._stream is None:
            return self._words("channel.not-started", platform=platform)
        if not self._stream.connected:
            why = self._stream.refusal or self._words("channel.no-answer-yet")
            return self._words("channel.connecting", platform=platform, why=why)
        return self._api.trouble

    async def check(self) -> str:
        return await self._api.check()

    async def put_card(self, delivery: CardDelivery) -> Delivered:
        """Raises TryLater or Undeliverable."""
        if not delivery.shown:
            await self._create(delivery)
        # A create that was tried before, whose reply got lost, keeps the card of that try: say what it shows now.
        if delivery.shown or (delivery.tried and delivery.version > 1):
            await self._api.call("PUT", CARDS, bodies.update(delivery))
        return Delivered(wire_id=delivery.card_id)

    async def post(self, conversation: str, markdown: str, key: str) -> None:
        """Raises TryLater or Undeliverable."""

        async def say(part: str) -> None:
            path, body = bodies.message(conversation, part, self._robot)
            self._look_for_strangers(await self._api.call("POST", path, body))

        await self._parts.send(key, bodies.message_parts(markdown), say)

    async def show(self, conversation: str, png: bytes, key: str) -> None:
        """Raises NotUploaded, TryLater or Undeliverable."""
        media_id = await self._uploaded.of(key, lambda: self._upload(png))
        path, body = bodies.picture(conversation, media_id, self._robot)
        self._look_for_strangers(await self._api.call("POST", path, body))

    async def _upload(self, png: bytes) -> str:
        """The picture's media id."""
        path, files = "media/upload", {"media": ("plan.png", png, "image/png")}
        media_id = (await self._older.call(path, query={"type": "image"}, files=files)).get("media_id")
        if not isinstance(media_id, str) or not media_id:
            raise self._older.unreadable(path)
        return media_id

    async def _create(self, delivery: CardDelivery) -> None:
        body = bodies.create_and_deliver(delivery, self._template, self._robot)
        answer = await self._api.call("POST", f"{CARDS}/createAndDeliver", body)
        for result in _rows(answer.get("result"), "deliverResults"):
            if result.get("success") is False:
                why = str(result.get("errorMsg", ""))[:200]
                target = f"{self.traits.prefix}:{delivery.conversation}"
                raise Undeliverable(self._words("dingtalk.not-there", target=target, message=why))

    def _look_for_strangers(self, answer: dict[str, Any]) -> None:
        """A one-to-one message that reached nobody is still answered with success."""
        if strangers := answer.get("invalidStaffIdList"):
            named = strangers if isinstance(strangers, list) else [strangers]
            raise Undeliverable(self._words("dingtalk.stranger", target=", ".join(map(str, named))))
        if answer.get("flowControlledStaffIdList"):
            facts = {"platform": self._words("dingtalk.name"), "what": "batchSend", "code": "flowControlled"}
            raise TryLater(self._words("channel.too-fast", **facts), 60.0)

    def _quota_used_up(self) -> None:
        self._api.trouble = self._words("dingtalk.quota", code=QUOTA_USED_UP)


def channel_of(section: DingTalkSettings, site: Site) -> DingTalk:
    return DingTalk(
        client_id=section.client_id,
        client_secret=section.client_secret.get_secret_value(),
        card_template_id=section.card_template_id,
        robot_code=section.robot,
        corp_id=section.corp_id,
        endpoint=section.endpoint,
        locale=site.locale,
        clock=site.now,
        turn=site.turn,
    )


def _rows(table: object, name: str) -> list[dict[str, Any]]:
    rows = table.get(name) if isinstance(table, dict) else None
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
