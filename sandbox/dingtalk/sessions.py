"""Session webhooks: the address that comes with each message and takes an answer to it (rule D13)."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sandbox.world import Conversation, World

Body = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Session:
    conversation: Conversation
    until: datetime


class Sessions:
    """Session webhooks: answers to one message's conversation, without a token, until they expire."""

    TYPES: Mapping[str, tuple[str, ...]] = {
        "text": ("content",),
        "markdown": ("title", "text"),
        "actionCard": ("title", "text"),
        "link": ("title", "text", "messageUrl"),
    }

    def __init__(self, world: World) -> None:
        self._world = world
        self._open: dict[str, Session] = {}
        self.public_url = ""
        """Address at which the simulator is reached."""

    def grant(self, conversation: Conversation, until: datetime) -> str:
        """A fresh address."""
        key = secrets.token_urlsafe(16)
        self._open[key] = Session(conversation, until)
        return f"{self.public_url}/robot/sendBySession?session={key}"

    def send(self, key: str, body: Body) -> dict[str, Any]:
        """Answers in the old API's way: HTTP 200 and an errcode."""
        session = self._open.get(key)
        if session is None or session.until <= self._world.now():
            return self._refused(300005, "token is not exist")
        kind = body.get("msgtype")
        if not isinstance(kind, str) or kind not in self.TYPES:
            return self._refused(40035, f"msgtype {kind!r} cannot be sent through a session webhook")
        part = body.get(kind)
        needed = self.TYPES[kind]
        if not isinstance(part, dict) or not all(isinstance(part.get(n), str) and part[n] for n in needed):
            return self._refused(40035, f"{kind} needs the strings {', '.join(needed)}")
        self._world.post(session.conversation.key, "bot", part.get("text") or part["content"])
        return {"errcode": 0, "errmsg": "ok"}

    def _refused(self, code: int, why: str) -> dict[str, Any]:
        self._world.refuse("dingtalk", "sendBySession", why, code)
        return {"errcode": code, "errmsg": why}
