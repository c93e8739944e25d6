"""What an aibot is told, the same in both of its modes, as events (rules W7, W14)."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from bot.channels.common.channel import Clicked, Said
from bot.channels.wecom.traits import AIBOT

MENTION = re.compile(r"^\s*@\S+\s*")
Body = Mapping[str, Any]


class Unreadable(ValueError):
    """The callback lacks what makes it a message or a click."""


def said(body: Body) -> Said:
    """A message. Raises Unreadable."""
    single = body.get("chattype") != "group"
    return Said(
        conversation=_conversation(body),
        bot=str(body.get("aibotid", "")),
        event_id=_required(body, "msgid"),
        user_id=_user(body),
        text=_words(body) if single else MENTION.sub("", _words(body), count=1),
        at=_instant(body.get("create_time")),
        single=single,
        quoted=_words(_table(body, "quote")),
    )


def clicked(body: Body) -> Clicked:
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
        at=_instant(body.get("create_time")),
        inputs=_selected(details),
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


def _instant(seconds: object) -> datetime:
    try:
        return datetime.fromtimestamp(int(str(seconds)), UTC)
    except (ValueError, OverflowError, OSError):
        return datetime.now(UTC)
