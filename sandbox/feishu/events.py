"""Events as the platform spells them: a message that somebody wrote, a button that somebody pressed."""

import hashlib
import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sandbox.feishu.cards import Pressed
from sandbox.world import Conversation, Person

MESSAGE, CLICK = "im.message.receive_v1", "card.action.trigger"
Event = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Identity:
    """The app and the company that events are sent for."""

    app_id: str
    tenant: str = "tenant1"
    name: str = "通盘"
    open_id: str = "ou_bot"


def chat_id(room: Conversation) -> str:
    """A group's own id; a one-to-one chat has one as well, which is not the person's."""
    return f"oc_{hashlib.sha256(room.key.encode()).hexdigest()[:32]}" if room.single else room.id


def message(
    room: Conversation, person: Person, words: str, mentioned: Sequence[Person], who: Identity, at: datetime
) -> Event:
    """`@name` becomes a key in the text, explained beside it. In a group the bot itself is mentioned first."""
    told = [(who.name, who.open_id), *((each.name, each.feishu or "ou_unknown") for each in mentioned)]
    text = words if room.single or f"@{who.name}" in words else f"@{who.name} {words}"
    mentions: list[Event] = []
    for name, open_id in told:
        if f"@{name}" in text:
            key = f"@_user_{len(mentions) + 1}"
            text = text.replace(f"@{name}", key)
            mentions.append({"key": key, "id": _ids(open_id), "name": name, "tenant_key": who.tenant})
    body: Event = {
        "message_id": f"om_{secrets.token_hex(16)}",
        "create_time": _milliseconds(at),
        "chat_id": chat_id(room),
        "chat_type": "p2p" if room.single else "group",
        "message_type": "text",
        "content": json.dumps({"text": text}, ensure_ascii=False),
    }
    if mentions:
        body["mentions"] = mentions
    sender = {"sender_id": _ids(person.feishu or ""), "sender_type": "user", "tenant_key": _tenant(person, who)}
    return _event(MESSAGE, {"sender": sender, "message": body}, who, at)


def click(
    room: Conversation,
    person: Person,
    card_id: str,
    value: object,
    pressed: Pressed,
    words: str,
    token: str,
    who: Identity,
    at: datetime,
) -> Event:
    action: Event = {"tag": "button", "value": value, "name": pressed.name, "timezone": "Asia/Shanghai"}
    if pressed.field:
        action["form_value"] = {pressed.field: words}
    event = {
        "operator": {"tenant_key": _tenant(person, who), **_ids(person.feishu or "")},
        "token": token,
        "action": action,
        "host": "im_message",
        "context": {"open_message_id": card_id, "open_chat_id": chat_id(room)},
    }
    return _event(CLICK, event, who, at)


def _event(kind: str, event: Mapping[str, Any], who: Identity, at: datetime) -> Event:
    header = {
        "event_id": secrets.token_hex(16),
        "event_type": kind,
        "create_time": _milliseconds(at),
        "app_id": who.app_id,
        "tenant_key": who.tenant,
        "token": "",
    }
    return {"schema": "2.0", "header": header, "event": dict(event)}


def _ids(open_id: str) -> dict[str, str]:
    """Without the contact permission there is no user_id; the union_id is another one than the open_id."""
    return {"open_id": open_id, "union_id": f"on_{open_id.removeprefix('ou_')}", "user_id": ""}


def _tenant(person: Person, who: Identity) -> str:
    return who.tenant if person.corp == "home" else person.corp


def _milliseconds(at: datetime) -> str:
    return str(int(at.timestamp() * 1000))
