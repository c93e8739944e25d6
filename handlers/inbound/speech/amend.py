"""`不对，是5号`, `还是推3天`, `刚才那个改MO-2431`: the change just spoken of, with what was said in its place."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from cards.question import Question
from handlers.inbound.speech.heard import Heard
from handlers.inbound.speech.wishes.changes import changes_of
from handlers.language import Write, parse
from handlers.language.speech.days import Span
from handlers.turn import Ask, Turn
from planning.refusal import Refused

_NO = re.compile(
    r"[啊哦呃诶]?\s*(?:不对|不是|[说写打搞]?错了|更正|no\b|sorry|wrong)[^，,。!！\s]{0,4}[，,。!！\s]*"
    r"|(?:刚才|刚刚|上面|前面)(?:说)?的?(?:那|这)?(?:个|张|条|单|句)?(?:改|算|还是)?"
)
FRESH = timedelta(hours=1)
"""So long the change just shown is what somebody speaks of."""
_RESTATED = re.compile(
    r"不对|不是|[啊哦]?不(?=[，, ])|[说写打搞]?错了?"
    r"|更正|还是|应该|干脆|那就|就|算了|刚才|那个|这个|一下|吧|了|的|啊|哦|嘛|呢|给我|帮我"
    r"|推迟|推后|延后|延期|顺延|提前|提早|推|延|晚|迟|拖|早|往[前后]|改|成|为|到|至|是|数量|日期|时间|要|做|加|减|少|多"
    r"|\b(?:no|sorry|actually|rather|instead|make|it|to|the|by|should|be|later|earlier|delay|push|move|please|pls)\b"
)
"""Words around a value that put right what was said; a reason has others."""


def amended(heard: Heard) -> Iterator[str]:
    """The changes that the speaker may mean instead of the one just shown; none where nothing was shown."""
    if not _NO.match(heard.spoken) or heard.changes:
        return
    turn, ask = heard.turn, heard.ask
    draft = turn.uow.changes.newest_draft(ask.person.id, ask.conversation, turn.now - FRESH)
    if draft is not None:
        yield from _instead(heard, draft.text, draft.operations[0].item, draft.reason)


def restated(turn: Turn, ask: Ask, waiting: Question) -> list[str]:
    """The change whose reason was asked, with other values: what says nothing but values is no reason."""
    heard = Heard.of(turn, ask)
    if "<原因>" not in waiting.form and "<reason>" not in waiting.form:
        return []
    if not _is_nothing_but_values(heard) or not (was := _read(heard, waiting.filled("x"))):
        return []
    return list(_instead(heard, waiting.filled("x"), was.item, ""))


def _is_nothing_but_values(heard: Heard) -> bool:
    spans = [span for span in heard.taken if isinstance(span, Span)]
    left = "".join(c for at, c in enumerate(heard.spoken) if not any(one.start <= at < one.end for one in spans))
    return bool(spans) and not any(c.isalnum() for c in _RESTATED.sub(" ", left))


def _instead(heard: Heard, text: str, item: str, reason: str) -> Iterator[str]:
    spell = heard.turn.vocabulary.spell
    wanted = [change for code in heard.codes or (item,) for change in changes_of(heard, code)]
    if not wanted and (was := _read(heard, text)):
        wanted = [replace(was, item=code) for code in heard.codes]
    yield from (spell(replace(change, reason=reason)) for change in wanted)


def _read(heard: Heard, text: str) -> Write | None:
    try:
        command = parse(text, heard.today, heard.turn.vocabulary)
    except Refused:
        return None
    return command if isinstance(command, Write) else None
