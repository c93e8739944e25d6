"""Stream frames and the payloads inside them, as the platform spells them (rules D1, D5, D9)."""

import base64
import hashlib
import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sandbox.dingtalk.quotes import replied
from sandbox.world import Conversation, Person, Quote

MESSAGE_TOPIC = "/v1.0/im/bot/messages/get"
CARD_TOPIC = "/v1.0/card/instances/callback"
TOPICS = frozenset(
    {
        MESSAGE_TOPIC,
        CARD_TOPIC,
        "/v1.0/im/bot/messages/delegate",
        "/v1.0/graph/api/invoke",
        "/v1.0/card/dynamicData/get",
    }
)

Frame = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Identity:
    """The app and the company that frames are sent for."""

    client_id: str
    robot_code: str
    corp_id: str
    name: str = "通盘"
    """What people call the robot."""


def milliseconds(at: datetime) -> int:
    return int(at.timestamp() * 1000)


def frame(kind: str, topic: str, data: Mapping[str, Any], who: Identity, at: datetime) -> Frame:
    """An unsent frame; `connectionId` is filled in for the connection it leaves on."""
    headers = {
        "appId": who.client_id,
        "connectionId": "",
        "contentType": "application/json",
        "messageId": secrets.token_hex(16),
        "time": str(milliseconds(at)),
        "topic": topic,
    }
    return {
        "specVersion": "1.0",
        "type": kind,
        "headers": headers,
        "data": json.dumps(data, ensure_ascii=False),
    }


def event(event_type: str, data: Mapping[str, Any], who: Identity, at: datetime) -> Frame:
    made = frame("EVENT", "*", data, who, at)
    made["headers"] |= {
        "eventType": event_type,
        "eventId": secrets.token_hex(16),
        "eventBornTime": str(milliseconds(at)),
        "eventCorpId": who.corp_id,
        "eventUnifiedAppId": who.client_id,
    }
    return made


def open_conversation_id(conversation: Conversation) -> str:
    """A group's own id. A one-to-one chat has an id too, which no sending API takes."""
    if not conversation.single:
        return conversation.id
    digest = hashlib.sha256(conversation.key.encode()).digest()[:16]
    return f"cid{base64.b64encode(digest).decode()}"


def encrypted_id(text: str) -> str:
    """A senderId: opaque, and useless for authorising."""
    return f"$:LWCP_v1:${base64.b64encode(hashlib.sha256(text.encode()).digest()[:18]).decode()}"


def corp_of(person: Person, who: Identity) -> str:
    return who.corp_id if person.corp == "home" else person.corp


def message(
    conversation: Conversation,
    person: Person,
    text: str,
    who: Identity,
    at: datetime,
    webhook: str,
    until: datetime,
    mentioned: Sequence[Person] = (),
    quote: Quote | None = None,
) -> dict[str, Any]:
    """Message that a bot gets when a person writes. `senderStaffId` is missing for people of other companies. In a
    group the mentions are taken out of the text, and stand beside it as ids."""
    robot = encrypted_id(who.robot_code)
    words: dict[str, Any] = {"content": text if conversation.single else _bare(text, who, mentioned)}
    if quote:
        words |= {"isReplyMsg": True, "repliedMsg": replied(quote, robot, milliseconds(at))}
    body: dict[str, Any] = {
        "conversationId": open_conversation_id(conversation),
        "conversationType": "1" if conversation.single else "2",
        "msgId": f"msg{base64.b64encode(secrets.token_bytes(16)).decode()}",
        "createAt": milliseconds(at),
        "msgtype": "text",
        "text": words,
        "senderId": encrypted_id(f"{person.corp}:{person.id}"),
        "senderNick": person.name,
        "senderCorpId": corp_of(person, who),
        "senderPlatform": "Mac",
        "isAdmin": False,
        "chatbotCorpId": who.corp_id,
        "chatbotUserId": robot,
        "robotCode": who.robot_code,
        "sessionWebhook": webhook,
        "sessionWebhookExpiredTime": milliseconds(until),
    }
    if not conversation.single:
        body |= {
            "conversationTitle": conversation.name,
            "openThreadId": conversation.id,
            "isInAtList": True,
            "atUsers": [{"dingtalkId": robot}, *(_at(each) for each in mentioned)],
        }
    if person.corp == "home" and person.dingtalk:
        body["senderStaffId"] = person.dingtalk
    return body


def _bare(text: str, who: Identity, mentioned: Sequence[Person]) -> str:
    """The text without its mentions; one of the robot that was not typed stood in front."""
    bare = text if f"@{who.name}" in text else f"@{who.name} {text}"
    for name in (who.name, *(person.name for person in mentioned)):
        bare = bare.replace(f"@{name}", "")
    return bare


def _at(person: Person) -> dict[str, str]:
    """One of `atUsers`: somebody of another company has no staff id."""
    ids = {"dingtalkId": encrypted_id(f"{person.corp}:{person.id}")}
    return ids | {"staffId": person.dingtalk} if person.corp == "home" and person.dingtalk else ids


def click(
    conversation: Conversation, person: Person, card_id: str, action: str, inputs: Mapping[str, str], who: Identity
) -> dict[str, Any]:
    """A pressed button. There is no event id in the body; `params` is what the template's button sends."""
    private = {"actionIds": [action], "params": {**inputs, "action": action}}
    return {
        "type": "actionCallback",
        "outTrackId": card_id,
        "corpId": corp_of(person, who),
        "userId": person.dingtalk or encrypted_id(f"{person.corp}:{person.id}"),
        "spaceId": open_conversation_id(conversation),
        "spaceType": "IM_ROBOT" if conversation.single else "IM_GROUP",
        "userIdType": 1,
        "extension": "{}",
        "content": json.dumps({"cardPrivateData": private}, ensure_ascii=False),
    }
