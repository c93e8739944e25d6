"""The message that somebody answers, as an aibot is told of it. Documented are text, mixed, image, voice, file and
video; how a card and forwarded messages come is unconfirmed."""

import json
from typing import Any

from sandbox.world import Quote, Quoted

URL = "https://ww-aibot-img.example.com/CR-20200101-001"


def quoted(quote: Quote) -> dict[str, Any]:
    match quote.kind:
        case Quoted.TEXT:
            return _content("text", quote.words)
        case Quoted.MARKDOWN:
            return _content("markdown", quote.words)
        case Quoted.RICH_TEXT:
            return _mixed(*(_content("text", half) for half in quote.words.rsplit(" ", 1)))
        case Quoted.PICTURE:
            return _mixed({"msgtype": "image", "image": {"url": URL}}, _content("text", quote.words))
        case Quoted.CARD:
            title, _, rest = quote.words.partition(" ")
            card = {"card_type": "button_interaction", "main_title": {"title": title}, "sub_title_text": rest}
            return {"msgtype": "template_card", "template_card": card | {"task_id": "CR-20200101-001"}}
        case Quoted.SEALED_CARD:
            return {"msgtype": "template_card"}
        case Quoted.FILE:
            return {"msgtype": "file", "file": {"url": URL, "filename": f"{quote.words}.pdf"}}
        case Quoted.FORWARDED:
            inner = json.dumps({"content": quote.words}, ensure_ascii=False)
            items = [{"type": "ChatRecordText", "msgtime": 1700000000, "content": inner}]
            return {"msgtype": "chatrecord", "chatrecord": {"title": "王五和李四的聊天记录", "item": items}}


def _content(kind: str, words: str) -> dict[str, Any]:
    return {"msgtype": kind, kind: {"content": words}}


def _mixed(*items: dict[str, Any]) -> dict[str, Any]:
    return {"msgtype": "mixed", "mixed": {"msg_item": list(items)}}
