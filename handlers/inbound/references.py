"""Meaning of `本单`: the subject of the quoted card, else the only request that waits for the speaker here."""

import re
from dataclasses import replace
from typing import Any, cast

from handlers.language import THIS, Approve, Command, Modify, Reject, Transfer, WhatIf
from handlers.turn import Ask, Turn
from planning.change.approval import still_theirs
from planning.change.change import Change
from planning.refusal import Refused

_CHANGE = re.compile(r"CR-\d{8}-\d{3,}")
_ITEM = re.compile(r"\b[A-Z]{1,6}-[A-Z0-9-]*\d\b")
_DECISIONS = (Approve, Reject, Modify, Transfer)


def meant(turn: Turn, ask: Ask, command: Command) -> Command:
    """Raises Refused: "this-unknown" of an item; of a change request "change-unsaid", or of a decision "which-change"
    or "nothing-waits"."""
    if isinstance(command, WhatIf):
        return WhatIf(meant(turn, ask, command.inner))  # type: ignore[arg-type]
    for field, pattern in (("change_no", _CHANGE), ("item", _ITEM), ("words", _ITEM)):
        if getattr(command, field, None) == THIS:
            found = pattern.search(ask.quoted)
            said = found[0] if found else _unsaid(turn, ask, command, field)
            return _about(command, field, said)
    return command


def _unsaid(turn: Turn, ask: Ask, command: Command, field: str) -> str:
    if field != "change_no":
        raise Refused("this-unknown")
    if ask.quoted or not isinstance(command, _DECISIONS):
        raise Refused("change-unsaid", example=turn.vocabulary.spell(_about(command, field, "<变更单号>")))
    waiting = [change.no for change in turn.uow.changes.open_ones() if _waits_here(turn, ask, change)]
    if not waiting:
        raise Refused("nothing-waits")
    if len(waiting) > 1:
        example = turn.vocabulary.spell(_about(command, field, waiting[0]))
        raise Refused("which-change", choices=turn.words.list(waiting), example=example)
    return waiting[0]


def _waits_here(turn: Turn, ask: Ask, change: Change) -> bool:
    """Check whether the request waits for the speaker's word, and the card that asks for it was shown here."""
    if not change.state.is_deciding or not still_theirs(change, ask.person.id, turn.deputies()):
        return False
    cards = turn.uow.cards.about(change.subject)
    return any(row.conversation == ask.conversation and row.purpose.asks for row in cards)


def _about(command: Command, field: str, said: str) -> Command:
    return cast(Command, replace(cast(Any, command), **{field: said}))
