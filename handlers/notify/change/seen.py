"""Effect that somebody had seen of a change request when they said something of it (rule I9)."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from handlers.notify.new_cards import cards_of_step, homes_of, show_new
from handlers.turn import Ask, Turn
from planning.change.change import Change
from planning.refusal import Refused
from storage.delivery.cards import Purpose

_SAME = timedelta(seconds=1)
"""Some platforms tell whole seconds only. What came first within that second counts as before; where there was an
effect before it, that is what was seen."""
_CHANGED = "impact-changed"


def effect_seen(turn: Turn, ask: Ask, change: Change) -> str:
    """Hash of the effect that the newest card of the request showed to the speaker, before they spoke: here, or where
    they read; empty: none did."""
    if ask.seen:
        return ask.seen
    said = min(ask.said_at or turn.now, turn.now)
    shown = [one for one in turn.uow.showings.of(change.no, said + _SAME) if _reads(turn, ask, one.conversation)]
    before = [one for one in shown if one.at <= said] or (shown[-1:] if not said.microsecond else [])
    return before[0].effect if before else ""


@contextmanager
def card_back(turn: Turn, ask: Ask, change: Change, department: str) -> Iterator[None]:
    """Put the card up here, so that they can look and decide, where somebody decides on what they have not seen.

    Raises Refused: "impact-changed", or "effect-unseen" where they were shown none.
    """
    try:
        yield
    except Refused as refused:
        if refused.refusal.code != _CHANGED:
            raise
        _put_up(turn, ask, change, department)
        if not effect_seen(turn, ask, change):
            raise Refused("effect-unseen", no=change.no) from refused
        raise


def _reads(turn: Turn, ask: Ask, conversation: str) -> bool:
    """Check whether the speaker reads there: here, where their department does, or one-to-one."""
    if conversation in (ask.conversation, *homes_of(turn, [ask.person.id])):
        return True
    own = ask.person.identities.get(turn.environment.platforms.serving(conversation).platform)
    return own in re.split("[:|]", conversation)[1:]


def _put_up(turn: Turn, ask: Ask, change: Change, department: str) -> None:
    """Not twice: one that stands here and is still to be sent comes by itself."""
    step = change.step_of(department)
    here = [row for row in cards_of_step(turn, change, step) if row.conversation == ask.conversation] if step else []
    if not any(row.shown_version < row.wanted_version for row in here):
        show_new(turn, Purpose.APPROVAL, change, ask.conversation, department)
