"""Ways on for a yes that is refused (sending back and rejecting, never the yes), and for one only hinted at."""

import re

from handlers.inbound.questions import possible
from handlers.inbound.references import meant
from handlers.inbound.speech.heard import Heard
from handlers.inbound.speech.requests import requests_of
from handlers.language import Acks, Approve, Modify, Reject
from handlers.language.speech.refusing import refused_yes_in
from planning.refusal import Refused

_MOST = 4
_HINTED = re.compile(
    r"我?(?:看|觉得|感觉|想)?[这那都]?个?(?:应该|好像|估计|大概)?[也都是]?"
    r"(?:[没无](?:有|什么|啥)*太?大?的?(?:问题|意见|毛病)|问题不大|可以|能行|行|\bok\b)[的了吧啊呀嘛哈。.!！]*"
)
"""A yes, said so loosely that nobody knows of what."""


def refused_yes(heard: Heard) -> list[str]:
    """Commands for who says `先别同意` or `不批`; empty: they say something else. Raises Refused("nothing-waits")."""
    words = list(heard.spoken)
    for span in heard.taken[: len(heard.changes)]:
        words[span.start : span.end] = " " * (span.end - span.start)
    said = refused_yes_in("".join(words))
    if said is None:
        return []
    why = heard.said[slice(*said.why)].strip(" ,，.。!！")
    ways = (Modify, Reject) if said.for_now else (Reject, Modify)
    spell = heard.turn.vocabulary.spell
    each = [[spell(way(no, why)) for way in ways] for no in requests_of(heard, asked=True)]
    theirs = [found for texts in each if (found := [text for text in texts if possible(heard.turn, heard.ask, text)])]
    if len(theirs) * len(ways) > _MOST:  # which one, before how
        theirs = [found[:1] for found in theirs]
    if offers := [text for found in theirs for text in found]:
        return offers
    if heard.changes:
        return [spell(Acks(no)) for no in requests_of(heard)]
    raise Refused("nothing-waits")


def hinted_yes(heard: Heard) -> Refused | None:
    """`应该没什么问题吧`: the requests whose cards wait for the speaker here, each a tap; None where none does."""
    turn, ask = heard.turn, heard.ask
    if not _HINTED.fullmatch(heard.spoken):
        return None
    try:
        no = getattr(meant(turn, ask, Approve()), "change_no", "")
    except Refused as refused:
        return refused if refused.refusal.code == "which-change" else None
    offer = turn.vocabulary.spell(Approve(no))
    return Refused("which-change", offers=[offer], choices=no, example=offer)
