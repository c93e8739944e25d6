"""Keeping other words for tables with the plan, and forgetting them."""

from handlers.notify.audit import record
from handlers.turn import Turn
from planning.plan.wording import Wording
from planning.trail.audit import Kind
from storage.plan.wordings import KeptWording


def keep_wording(turn: Turn, wording: Wording, source: str, by: str) -> bool:
    """Have later imports read so. False where they do already."""
    before = turn.uow.wordings.get()
    if before and before.wording == wording:
        return False
    turn.uow.wordings.keep(KeptWording(wording, source, by, turn.now))
    record(turn, Kind.WORDING_KEPT, by, source)
    return True


def remove_wording(turn: Turn, by: str) -> str:
    """Have later imports read the program's own words alone. The name of what was kept; empty: nothing was."""
    kept = turn.uow.wordings.get()
    if kept is None:
        return ""
    turn.uow.wordings.remove()
    record(turn, Kind.WORDING_REMOVED, by, kept.source)
    return kept.source
