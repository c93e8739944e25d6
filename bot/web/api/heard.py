"""Calls that tell of facts, as words of their source: the token."""

from collections.abc import Sequence

from bot.web.platform.auth import Caller
from handlers.lifecycle.hear_sources import heard, troubled
from handlers.turn import Turn


def hear_call(turn: Turn, caller: Caller, kept: int, refused: Sequence[str], rows: int = 0) -> None:
    """A call of which anything was kept, or that had nothing to say, is a word of its token; what was refused is
    trouble, told by the first reason. `rows`: those that were not heard of where they were kept."""
    if kept or not refused:
        heard(turn, caller.person, rows)
    if refused:
        facts = {"n": kept + len(refused), "refused": len(refused), "why": refused[0]}
        troubled(turn, caller.person, turn.words("source.refused", **facts))
