"""WeCom's error codes, as what they mean for a sender (rule W13)."""

import re
from collections.abc import Mapping
from typing import Any

from bot.channels.common.channel import TryLater, Undeliverable
from bot.channels.common.clean import number
from cards.words import Words

BUSY, IN_FLIGHT, TOO_MANY_AT_ONCE = -1, 6000, 45033
TOO_OFTEN = 45009
WRONG_PLACE = {93001: "wecom.speak-first", 93006: "wecom.bad-chat"}
NOBODY = 81013
BAD_MEDIA_ID = 40007
BAD_IP = 60020
PACE = 60.0
"""Seconds to wait when a limit per minute is used up."""
REPEATED = re.compile(r"task_?id.*(used|unique|duplicate|exist|repeat|重复)", re.IGNORECASE)


def is_repetition(message: str) -> bool:
    """The platform has this task_id already. Ours is made of a card and its version, so it has this very card.

    No document gives the error a code of its own (unconfirmed): its words must do.
    """
    return bool(REPEATED.search(message))


def code_of(answer: Mapping[str, Any]) -> int:
    """The errcode of an answer, 0 when it has none; one that is no number asks for another try."""
    return number(answer.get("errcode", 0), BUSY)


def failure(code: int, message: str, what: str, words: Words) -> Exception:
    """The error to raise for a refusal that is the same for the app and the aibot. `message` holds no secret."""
    platform = words("wecom.name")
    if code == TOO_OFTEN or "freq" in message:
        return TryLater(words("channel.too-fast", platform=platform, what=what, code=code), PACE)
    if code in (BUSY, IN_FLIGHT, TOO_MANY_AT_ONCE):
        return TryLater(words("channel.busy", platform=platform, what=what, code=code))
    if code in WRONG_PLACE:
        return Undeliverable(words(WRONG_PLACE[code], code=code))
    return Undeliverable(words("channel.refused", platform=platform, what=what, code=code, message=message))
