"""Ways on for a yes that is refused: sending back and rejecting, of each request that may be meant; never the yes."""

from handlers.inbound.questions import possible
from handlers.inbound.speech.heard import Heard
from handlers.inbound.speech.requests import requests_of
from handlers.language import Acks, Modify, Reject
from handlers.language.speech.refusing import refused_yes_in
from planning.refusal import Refused

_MOST = 4


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
