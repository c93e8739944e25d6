"""What an aibot is told, the same in both modes (rule W7)."""

import base64
import secrets
from collections.abc import Mapping
from typing import Any

from sandbox.wecom import drawing
from sandbox.wecom.quotes import quoted
from sandbox.wecom.settings import Bot, user_id
from sandbox.world import Conversation, Person, Quote

Json = dict[str, Any]


def envelope(bot: Bot, conversation: Conversation, person: Person, at: int) -> Json:
    """Envelope of a frame: who, where, when. A one-to-one chat has no chatid."""
    body: Json = {
        "msgid": base64.urlsafe_b64encode(secrets.token_bytes(15)).decode(),
        "create_time": at,
        "aibotid": bot.bot_id,
        "chattype": "single" if conversation.single else "group",
        "from": {"userid": user_id(person)},
    }
    return body if conversation.single else body | {"chatid": conversation.id}


def message(
    bot: Bot, conversation: Conversation, person: Person, at: int, words: str, quote: Quote | None = None
) -> Json:
    """A group's text keeps the mentions, that of the bot in front where it was typed nowhere else."""
    is_called = conversation.single or f"@{bot.name}" in words
    content = words if is_called else f"@{bot.name} {words}"
    body = envelope(bot, conversation, person, at) | {"msgtype": "text", "text": {"content": content}}
    return body | ({"quote": quoted(quote)} if quote else {})


def event(bot: Bot, conversation: Conversation, person: Person, at: int, *, kind: str, detail: Json) -> Json:
    body = {"eventtype": kind, **({kind: detail} if detail else {})}
    return envelope(bot, conversation, person, at) | {"msgtype": "event", "event": body}


def click(shown: Mapping[str, Any], task_id: str, action: str, inputs: Mapping[str, str]) -> Json:
    """The detail of a template_card_event."""
    detail: Json = {"card_type": shown["card_type"], "event_key": action, "task_id": task_id}
    chosen = [
        {"question_key": key, "option_ids": {"option_id": ids}} for key, ids in drawing.selected(shown, inputs)
    ]
    return detail | ({"selected_items": {"selected_item": chosen}} if chosen else {})
