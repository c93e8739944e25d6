"""`不对，是5号`: the speaker's last preview, with what was said in the place of what it said."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from handlers.inbound.speech.heard import Heard
from handlers.inbound.speech.wishes import changes_of

_NO = re.compile(r"[啊哦呃诶]?\s*(?:不对|不是|[说写打搞]?错了|更正|no\b|sorry|wrong)[^，,。!！\s]{0,4}[，,。!！\s]*")
_FRESH = timedelta(hours=1)


def amended(heard: Heard) -> Iterator[str]:
    """The changes that the speaker may mean instead of the one just shown; none where nothing was shown."""
    if not _NO.match(heard.spoken) or heard.codes or heard.changes:
        return
    turn, ask = heard.turn, heard.ask
    draft = turn.uow.changes.newest_draft(ask.person.id, ask.conversation, turn.now - _FRESH)
    if draft is None:
        return
    item = draft.operations[0].item
    for command in changes_of(heard, item):
        yield turn.vocabulary.spell(replace(command, reason=draft.reason))
