"""What the bot sends and changes: texts, cards, and cards that were sent."""

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from starlette.requests import Request

from sandbox.feishu import refusal as code
from sandbox.feishu.cards import Drawn, drawn
from sandbox.feishu.events import chat_id
from sandbox.feishu.limits import Limits
from sandbox.feishu.refusal import Refusal
from sandbox.pace import Window
from sandbox.world import Card, Conversation, World

NAME = "feishu"
Body = Mapping[str, Any]


@dataclass(slots=True)
class ClickToken:
    card: str
    until: datetime
    left: int


class Messages:
    def __init__(self, world: World, limits: Limits) -> None:
        self._world, self._limits = world, limits
        self._once: dict[str, tuple[datetime, Body]] = {}
        self._pace = Window(limits.patches_per_second, 1.0)
        self._clicks: dict[str, ClickToken] = {}
        self.drawn: dict[str, Drawn] = {}
        """Cards as they were drawn last, by message id."""

    def send(self, body: Body, request: Request) -> Body:
        room = self._room(request.query_params.get("receive_id_type"), body.get("receive_id"))
        uuid = body.get("uuid", "")
        if not isinstance(uuid, str) or len(uuid) > self._limits.uuid_characters:
            raise Refusal(code.BAD_PARAMETER, f"uuid has at most {self._limits.uuid_characters} characters")
        key, now = f"{room.key} {uuid}", self._world.now()
        if uuid and key in self._once and now - self._once[key][0] < self._limits.uuid_life:
            if self._limits.repeat_refused:
                raise Refusal(code.BAD_PARAMETER, "this uuid was sent within the last hour")
            return self._once[key][1]
        number = f"om_{secrets.token_hex(16)}"
        self._show(number, room, body.get("msg_type"), content_of(body))
        answer = {"data": {"message_id": number, "chat_id": chat_id(room), "msg_type": body["msg_type"]}}
        self._once[key] = (now, answer)
        return answer

    def patch(self, body: Body, request: Request) -> Body:
        number = request.path_params["id"]
        if number not in self.drawn:
            raise Refusal(code.BAD_PARAMETER, "no card of this app has this message_id")
        if not self._pace.take(number):
            raise Refusal(code.TOO_FAST_FOR_MESSAGE, "this message is changed too often", 429)
        if self._world.now() - self._world.cards[f"{NAME}:{number}"].at > self._limits.patch_age:
            raise Refusal(code.TOO_OLD, "a message older than 14 days cannot be changed")
        self.redraw(number, content_of(body))
        return {"data": {}}

    def by_token(self, body: Body, _: Request) -> Body:
        """Another face by a click's token, which wears out."""
        token = self._clicks.get(str(body.get("token")))
        if token is None or not token.left or token.until <= self._world.now():
            raise Refusal(code.BAD_PARAMETER, "the token of the click is unknown, used up or too old")
        self.redraw(token.card, body.get("card"))
        token.left -= 1
        return {}

    def click_token(self, card: str) -> str:
        made = f"c-{secrets.token_hex(12)}"
        until = self._world.now() + self._limits.click_token_life
        self._clicks[made] = ClickToken(card, until, self._limits.click_token_uses)
        return made

    def redraw(self, number: str, card: object) -> None:
        self.drawn[number] = new = drawn(card, self._limits)
        self._world.redraw(NAME, number, new.face)

    def _show(self, number: str, room: Conversation, kind: object, content: Any) -> None:
        if kind == "interactive":
            self.drawn[number] = new = drawn(content, self._limits)
            self._world.put_card(NAME, Card(number, room.key, self._world.now(), {"": new.face}))
            return
        if kind != "text":
            raise Refusal(code.BAD_PARAMETER, f"the sandbox knows text and interactive, not {kind!r}")
        words = content.get("text") if isinstance(content, dict) else None
        if not isinstance(words, str) or not words:
            raise Refusal(code.BAD_PARAMETER, "the content of a text is {\"text\": words}")
        if len(words.encode()) > self._limits.text_bytes:
            raise Refusal(code.TOO_LONG, "the text is too long")
        self._world.post(room.key, "bot", words)

    def _room(self, kind: object, number: object) -> Conversation:
        if kind == "open_id" and (who := self._world.person_by(NAME, str(number))):
            return self._world.open(Conversation(NAME, str(number), who.name, [who.id], single=True))
        rooms = (each for each in self._world.conversations.values() if each.platform == NAME)
        room = next((each for each in rooms if kind == "chat_id" and chat_id(each) == number), None)
        if room is None:
            raise Refusal(code.BAD_PARAMETER, f"nobody and no chat is {number!r} by {kind!r}")
        if not room.bot_present:
            raise Refusal(code.OUT_OF_CHAT, "Bot can NOT be out of the chat.")
        return room


def content_of(body: Body) -> Any:
    """The content, which is JSON as text inside the JSON."""
    try:
        return json.loads(body["content"])
    except (KeyError, TypeError, ValueError):
        raise Refusal(code.BAD_PARAMETER, "content must be JSON as text") from None
