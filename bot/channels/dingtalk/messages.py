"""The bodies of DingTalk's calls: cards (rules D7, D8) and plain messages (rule D11)."""

import json
import re
from typing import Any

from bot.channels.common.channel import CardDelivery
from bot.channels.common.pieces import pieces
from bot.channels.dingtalk.events import SINGLE
from bot.channels.dingtalk.traits import DINGTALK
from cards.card import Card
from cards.encoders.dingtalk.encode import param_map

TITLE = 40
BY_KEY = {"updateCardDataByKey": True}


def create_and_deliver(delivery: CardDelivery, template: str, robot: str) -> dict[str, Any]:
    return {
        "cardTemplateId": template,
        "outTrackId": delivery.card_id,
        "callbackType": "STREAM",
        "userIdType": 1,
        "cardData": {"cardParamMap": param_map(delivery.card)},
        **_place(delivery.conversation, delivery.notice or delivery.card.title, robot),
    }


def update(delivery: CardDelivery) -> dict[str, Any]:
    return {"outTrackId": delivery.card_id, "userIdType": 1, **face(delivery.card)}


def face(card: Card) -> dict[str, Any]:
    """Variables of ours, all of them, by key: an update of everybody's card, or the answer to a click."""
    return {"cardData": {"cardParamMap": param_map(card)}, "cardUpdateOptions": BY_KEY}


def message_parts(markdown: str) -> list[str]:
    """The markdown as one or more msgParam texts."""
    title = first_words(markdown)
    cut = pieces(markdown, DINGTALK.message_bytes, lambda piece: len(_param(title, piece).encode()))
    return [_param(title, piece) for piece in cut]


def message(conversation: str, part: str, robot: str) -> tuple[str, dict[str, Any]]:
    """The API and the body that say one part in a group or to one person."""
    return _to(conversation, {"robotCode": robot, "msgKey": "sampleMarkdown", "msgParam": part})


def picture(conversation: str, media_id: str, robot: str) -> tuple[str, dict[str, Any]]:
    """The same for a picture. That `photoURL` takes a media id is what public programs do; no document says so."""
    param = json.dumps({"photoURL": media_id})
    return _to(conversation, {"robotCode": robot, "msgKey": "sampleImageMsg", "msgParam": param})


def _to(conversation: str, body: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    if conversation.startswith(SINGLE):
        return "/v1.0/robot/oToMessages/batchSend", body | {"userIds": [conversation.removeprefix(SINGLE)]}
    return "/v1.0/robot/groupMessages/send", body | {"openConversationId": conversation}


def first_words(markdown: str) -> str:
    """Words of a message that a phone's notification shows."""
    words = re.sub(r"[#*`>_\[\]]", "", markdown).strip().partition("\n")[0].strip()
    return words[:TITLE] or "…"


def _param(title: str, text: str) -> str:
    return json.dumps({"title": title, "text": text}, ensure_ascii=False)


def _place(conversation: str, notice: str, robot: str) -> dict[str, Any]:
    """Place where the card goes, and how phones announce it."""
    space = {
        "supportForward": False,
        "lastMessageI18n": {"ZH_CN": notice},
        "notification": {"alertContent": notice, "notificationOff": False},
    }
    if conversation.startswith(SINGLE):
        return {
            "openSpaceId": f"dtv1.card//IM_ROBOT.{conversation.removeprefix(SINGLE)}",
            "imRobotOpenSpaceModel": space,
            "imRobotOpenDeliverModel": {"spaceType": "IM_ROBOT", "robotCode": robot},
        }
    return {
        "openSpaceId": f"dtv1.card//IM_GROUP.{conversation}",
        "imGroupOpenSpaceModel": space,
        "imGroupOpenDeliverModel": {"robotCode": robot},
    }
