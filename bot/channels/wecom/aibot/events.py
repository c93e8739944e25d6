"""What an aibot is told, the same in both of its modes, as events (rules W7, W14)."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.channels.common.channel import Clicked, Said
from bot.channels.common.moment import moment
from bot.channels.common.quoted import words_of
from bot.channels.wecom.traits import AIBOT

MENTION_OF_ID = re.compile(r"<@([^<>\s]+)>")
Body = Mapping[str, Any]


class Unreadable(ValueError):
    """The callback lacks what makes it a message or a click."""


def said(body: Body, now: datetime) -> Said:
    """A message. In groups it keeps the mention of the bot, and those of people, as names. Raises Unreadable."""
    single = body.get("chattype") != "group"
    return Said(
        conversation=_conversation(body),
        bot=str(body.get("aibotid", "")),
        event_id=_required(body, "msgid"),
        user_id=_user(body),
        text=MENTION_OF_ID.sub(r"@\1", _words(body)),
        at=moment(body.get("create_time"), now),
        single=single,
        quoted=words_of(body.get("quote")),
        mentions=_mentions(body),
    )


def clicked(body: Body, now: datetime) -> Clicked:
    """A press on a card. Raises Unreadable.

    Its details have been seen one level deeper or flat, and in two spellings (rule W7).
    """
    event = _table(body, "event")
    details = _table(event, "template_card_event") or event
    return Clicked(
        conversation=_conversation(body),
        bot=str(body.get("aibotid", "")),
        event_id=_required(body, "msgid"),
        user_id=_user(body),
        wire_id=_either(details, "task_id", "TaskId"),
        action=_either(details, "event_key", "EventKey"),
        at=moment(body.get("create_time"), now),
        inputs=_selected(details),
        single=body.get("chattype") != "group",
    )


def event_type(body: Body) -> str:
    """Empty for a message."""
    return str(_table(body, "event").get("eventtype", "")) if body.get("msgtype") == "event" else ""


def _conversation(body: Body) -> str:
    """A one-to-one chat is named by the person."""
    if body.get("chattype") == "group":
        return f"{AIBOT.prefix}:{_required(body, 'chatid')}"
    return f"{AIBOT.prefix}:{_user(body)}"


def _user(body: Body) -> str:
    return _required(_table(body, "from"), "userid")


def _words(body: Body) -> str:
    match body.get("msgtype"):
        case "text" | "voice" as kind:
            return str(_table(body, kind).get("content", "")).strip()
        case "mixed":
            items = _table(body, "mixed").get("msg_item")
            rows = items if isinstance(items, list) else []
            return " ".join(filter(None, (_words(row) for row in rows if isinstance(row, dict))))
        case _:
            return ""


def _mentions(body: Body) -> tuple[str, ...]:
    """Userids beside the text, as the platform's own webhooks spell them; whether they come is not documented."""
    listed = body.get("mentioned_list") or _table(body, "text").get("mentioned_list")
    users = listed if isinstance(listed, list) else []
    return tuple(user for user in users if isinstance(user, str) and user not in ("@all", body.get("aibotid")))


def _selected(details: Body) -> dict[str, str]:
    """Choices of the card's lists, the ids of one question joined by commas."""
    items = _table(details, "selected_items").get("selected_item")
    rows = [row for row in items if isinstance(row, dict)] if isinstance(items, list) else []
    return {str(row.get("question_key", "")): ",".join(_option_ids(row)) for row in rows}


def _option_ids(row: Body) -> list[str]:
    ids = _table(row, "option_ids").get("option_id")
    return [str(each) for each in ids] if isinstance(ids, list) else []


def _table(body: Body, name: str) -> Body:
    value = body.get(name)
    return value if isinstance(value, dict) else {}


def _required(body: Body, name: str) -> str:
    value = body.get(name)
    if not isinstance(value, str) or not value:
        raise Unreadable(f"{name} is missing")
    return value


def _either(body: Body, name: str, other: str) -> str:
    return _required(body, name if body.get(name) else other)

