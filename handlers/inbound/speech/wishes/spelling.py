"""A command that may be meant, in words as people type it."""

from handlers.inbound.speech.heard import Heard
from handlers.language import Cancel, ChangeQuantity, Command, Modify, Move, Reject, SetDuration
from handlers.language.commands.exceptions import MuteException

Wanted = Command | str
"""A command, or the words of one with a `<hole>` where something is still to be said."""

REASON_HOLE = "<原因>"
_EAGER = 0.35
_REASONED = (Move, ChangeQuantity, SetDuration, Cancel, Reject, Modify, MuteException)
_SHORTEST_REASON, _SHORTEST_IN_LETTERS = 3, 8


def reason_of(heard: Heard) -> str:
    """The reason, as far as words can be made out; no scrap of one."""
    reason = heard.part("reason", _EAGER)
    shortest = _SHORTEST_IN_LETTERS if reason.isascii() else _SHORTEST_REASON
    return reason if len(reason) >= shortest else ""


def spelt(heard: Heard, wanted: Wanted) -> str:
    """The command in words, with a hole for the reason that it lacks."""
    if isinstance(wanted, str):
        return wanted
    text = heard.turn.vocabulary.spell(wanted)
    reason = wanted.wish if isinstance(wanted, Modify) else getattr(wanted, "reason", "")
    lacks = isinstance(wanted, _REASONED) and not reason
    return f"{text} 因为 {REASON_HOLE}" if lacks else text
