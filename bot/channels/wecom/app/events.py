"""What a self-built app's callback holds, as events (rule W3)."""

import xml.etree.ElementTree as ET
from datetime import datetime

from bot.channels.common.channel import Clicked, Said
from bot.channels.common.moment import moment
from bot.channels.wecom.callback_door import Unreadable
from bot.channels.wecom.traits import APP

PREFIX = APP.prefix


def said(root: ET.Element, now: datetime) -> Said:
    """A message. Raises Unreadable."""
    user = required(root, "FromUserName")
    return Said(
        conversation=f"{PREFIX}:{user}",
        bot=root.findtext("AgentID") or "",
        event_id=required(root, "MsgId"),
        user_id=user,
        text=(root.findtext("Content") or root.findtext("Recognition") or "").strip(),
        at=moment(root.findtext("CreateTime"), now),
        single=True,
    )


def clicked(root: ET.Element, now: datetime) -> Clicked:
    """A press on a card. It has no id of its own: who, when and on which card tell presses apart. Raises Unreadable."""
    user, card = required(root, "FromUserName"), required(root, "TaskId")
    code = root.findtext("ResponseCode")
    return Clicked(
        conversation=f"{PREFIX}:{user}",
        bot=root.findtext("AgentID") or "",
        event_id=f"{user}-{required(root, 'CreateTime')}-{card}",
        user_id=user,
        wire_id=card,
        action=required(root, "EventKey"),
        at=moment(root.findtext("CreateTime"), now),
        inputs=_selected(root),
        handle=pack(card, code) if code else None,
        single=True,
    )


def is_message(root: ET.Element) -> bool:
    return root.findtext("MsgType") != "event"


def is_click(root: ET.Element) -> bool:
    return root.findtext("MsgType") == "event" and root.findtext("Event") == "template_card_event"


def pack(task_id: str, response_code: str) -> str:
    """A handle: which shown card, and the code that permits its next update."""
    return f"{task_id} {response_code}"


def unpack(handle: str) -> tuple[str, str]:
    task_id, _, response_code = handle.partition(" ")
    return task_id, response_code


def required(root: ET.Element, name: str) -> str:
    value = root.findtext(name)
    if not value:
        raise Unreadable(f"<{name}> is missing")
    return value


def _selected(root: ET.Element) -> dict[str, str]:
    """Choices of the card's lists, the ids of one question joined by commas."""
    items = root.iterfind("SelectedItems/SelectedItem")
    return {
        item.findtext("QuestionKey") or "": ",".join(each.text or "" for each in item.iterfind("OptionIds/OptionId"))
        for item in items
    }

