"""The message that somebody answers, as DingTalk's clients hand it over: each kind has its words in another place, and
of some cards there is nothing but an id."""

import json
import secrets
from typing import Any

from sandbox.world import Quote, Quoted


def replied(quote: Quote, sender: str, created_at: int) -> dict[str, Any]:
    """`repliedMsg`. `sender` is an encrypted id, `created_at` in milliseconds."""
    kind, content = _of_kind(quote)
    whole: dict[str, Any] = {
        "msgType": kind,
        "msgId": f"msg{secrets.token_urlsafe(16)}",
        "senderId": sender,
        "createdAt": created_at,
    }
    return whole if content is None else whole | {"content": content}


def _of_kind(quote: Quote) -> tuple[str, dict[str, Any] | None]:
    match quote.kind:
        case Quoted.TEXT:
            return "text", {"content": quote.words}
        case Quoted.MARKDOWN:
            return "markdown", {"title": "通盘", "text": quote.words}
        case Quoted.RICH_TEXT:
            return "richText", {"richText": [_text(half) for half in _halves(quote.words)]}
        case Quoted.PICTURE:
            return "richText", {"richText": [{"msgType": "picture", "downloadCode": _code()}, _text(quote.words)]}
        case Quoted.CARD:
            return "interactiveCard", {"cardContent": _tree(quote.words)}
        case Quoted.SEALED_CARD:
            return "interactiveCard", None
        case Quoted.FILE:
            return "file", {"fileName": f"{quote.words}.pdf", "downloadCode": _code(), "spaceId": "27", "fileId": "91"}
        case Quoted.FORWARDED:
            record = [{"senderNick": "王五", "msgType": "text", "content": half} for half in _halves(quote.words)]
            whole = json.dumps(record, ensure_ascii=False)
            return "chatRecord", {"title": "王五和李四的聊天记录", "summary": "聊天记录", "chatRecord": whole}


def _tree(words: str) -> dict[str, Any]:
    def element(kind: str, *children: Any, value: str = "") -> dict[str, Any]:
        return {"elementType": kind, "value": value, "children": list(children)}

    texts = (element("TEXT", value=half) for half in _halves(words))
    picture = element("IMAGE", value="https://static.dingtalk.com/media/CR-20200101-001.png")
    return element("ROOT", picture, element("CONTAINER", element("COLUMN", *texts)))


def _text(words: str) -> dict[str, Any]:
    return {"msgType": "text", "content": words}


def _halves(words: str) -> list[str]:
    """The words in two pieces, cut at the last blank."""
    first, _, last = words.rpartition(" ")
    return [first, last] if first else [last]


def _code() -> str:
    return secrets.token_urlsafe(24)
