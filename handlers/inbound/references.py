"""Meaning of `本单`: the subject of the quoted card, else the only thing it can mean to the speaker here."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any, cast

from handlers.actions.change.undo import UNDO as UNDO_WINDOW
from handlers.events import WORDLESS
from handlers.language import (
    LAST,
    THIS,
    Acks,
    Approve,
    Command,
    EffectOf,
    Extend,
    Modify,
    Reject,
    Remind,
    Revise,
    Submit,
    Transfer,
    TryRules,
    Undo,
    WhatIf,
    Withdraw,
)
from handlers.language.commands.announcing import Announce
from handlers.language.commands.trying import TryEvent
from handlers.turn import Ask, Turn
from planning.change.approval import still_theirs
from planning.change.change import Change, is_preview
from planning.people.organisation import Role
from planning.refusal import Refused
from storage.delivery.cards import CardRow

_CHANGE = re.compile(r"CR-\d{8}-\d{3,}")
_ITEM = re.compile(r"\b[A-Z]{1,6}-[A-Z0-9-]*\d\b")
_NEWEST = 50
_FRESH = timedelta(hours=24)
"""So long a preview is what somebody means who names none."""


def meant(turn: Turn, ask: Ask, command: Command) -> Command:
    """Raises Refused: "this-unknown" or "this-unsaid" of an item; of a change request "which-change" with each of them
    as an offer, "nothing-waits" of a decision, "change-unsaid"."""
    if isinstance(command, WhatIf | TryRules | TryEvent | Announce):
        return cast(Command, replace(cast(Any, command), inner=meant(turn, ask, command.inner)))
    for field, pattern in (("change_no", _CHANGE), ("item", _ITEM), ("words", _ITEM), ("place", _ITEM)):
        said = str(getattr(command, field, ""))
        if said.startswith(LAST):
            return _about(command, field, _by_last_digits(turn, ask, command, said.removeprefix(LAST)))
        if said == THIS:
            quoted = list(dict.fromkeys(pattern.findall(ask.quoted)))
            if field == "change_no" and len(quoted) > 1:
                raise _which(turn, command, quoted)
            return _about(command, field, quoted[0] if quoted else _unsaid(turn, ask, command, field))
    return command


def _by_last_digits(turn: Turn, ask: Ask, command: Command, digits: str) -> str:
    """The only request with these last digits: of those that the command can be about for the speaker, else of the open
    ones, else of the newest. Raises Refused: "which-change", "unknown-change"."""
    theirs = _CANDIDATES.get(type(command), _nothing)(turn, ask)
    for known in (theirs, turn.uow.changes.open_ones(), turn.uow.changes.newest_first(_NEWEST)):
        found = [change.no for change in known if change.no.endswith(f"-{int(digits):03d}")]
        if len(found) == 1:
            return found[0]
        if found:
            raise _which(turn, command, found)
    raise Refused("unknown-change", no=digits)


def _unsaid(turn: Turn, ask: Ask, command: Command, field: str) -> str:
    if field != "change_no":
        quotes = turn.environment.platforms.serving(ask.conversation).hands_over_quotes
        raise Refused("this-unknown" if quotes else "this-unsaid")
    candidates = _CANDIDATES.get(type(command), _nothing) if ask.quoted in ("", WORDLESS) else _nothing
    found = [change.no for change in candidates(turn, ask)]
    if len(found) == 1 and not ask.quoted:
        return found[0]
    if found:
        raise _which(turn, command, found)
    if type(command) in _DECISIONS and not ask.quoted:
        raise Refused("nothing-waits")
    if type(command) in (Submit, Withdraw) and not ask.quoted:
        raise Refused("nothing-to-submit" if isinstance(command, Submit) else "nothing-to-withdraw")
    raise Refused("change-unsaid", example=turn.spell(_about(command, field, "<变更单号>")))


def _which(turn: Turn, command: Command, found: list[str]) -> Refused:
    """Ask which one is meant; of a quote whose words the platform kept back even where there is only one. A preview is
    meant where none is named."""
    offers = [turn.spell(_about(command, "change_no", THIS if is_preview(no) else no)) for no in found]
    choices = turn.words.list([turn.words.number(no) for no in found])
    return Refused("which-change", offers=offers, choices=choices, example=offers[0])


def _waiting(turn: Turn, ask: Ask) -> list[Change]:
    """Requests that wait for the speaker's word, and whose card was shown here."""
    deputies = turn.deputies()
    deciding = [change for change in turn.uow.changes.open_ones() if change.state.is_deciding]
    theirs = [change for change in deciding if still_theirs(change, ask.person.id, deputies)]
    return [change for change in theirs if any(row.purpose.asks for row in _cards_here(turn, ask, change))]


def _preview(turn: Turn, ask: Ask) -> list[Change]:
    found = turn.uow.changes.newest_draft(ask.person.id, ask.conversation, turn.now - _FRESH)
    return [found] if found else []


def _own(turn: Turn, ask: Ask) -> list[Change]:
    """What the speaker may still take back: a preview that is the last they proposed, else their open requests."""
    submitted = [change for change in turn.uow.changes.open_ones() if change.proposer == ask.person.id]
    preview = [one for one in _preview(turn, ask) if all(one.created_at > change.created_at for change in submitted)]
    return preview or submitted


def _open_here(turn: Turn, ask: Ask) -> list[Change]:
    """Open requests of the speaker, or with a card in this conversation; where there is none, to a coordinator any."""
    open_ones = turn.uow.changes.open_ones()
    here = [one for one in open_ones if ask.person.id in one.proposers or _cards_here(turn, ask, one)]
    return here or (open_ones if ask.person.has(Role.COORDINATOR) else [])


def _shown_here(turn: Turn, ask: Ask) -> list[Change]:
    """What the speaker has just been shown goes before what is open here."""
    return _preview(turn, ask) or _open_here(turn, ask)


def _undoable(turn: Turn, ask: Ask) -> list[Change]:
    everybodys = ask.person.has(Role.COORDINATOR)
    return [
        change
        for change in turn.uow.changes.applied_since(turn.now - UNDO_WINDOW)
        if everybodys or ask.person.id in change.proposers
    ]


def _nothing(turn: Turn, ask: Ask) -> list[Change]:
    return []


_DECISIONS = (Approve, Reject, Modify, Transfer)
_CANDIDATES: Mapping[type[Command], Callable[[Turn, Ask], Iterable[Change]]] = {
    **dict.fromkeys(_DECISIONS, _waiting),
    Submit: _preview,
    Withdraw: _own,
    Revise: _own,
    Undo: _undoable,
    Remind: _open_here,
    Extend: _open_here,
    Acks: _open_here,
    EffectOf: _shown_here,
}


def _cards_here(turn: Turn, ask: Ask, change: Change) -> list[CardRow]:
    """Its cards in this conversation; to somebody who speaks alone, also where their department reads."""
    home = turn.environment.conversation_of(ask.person.department) if ask.single else ask.conversation
    return [row for row in turn.uow.cards.about(change.subject) if row.conversation in (ask.conversation, home)]


def _about(command: Command, field: str, said: str) -> Command:
    return cast(Command, replace(cast(Any, command), **{field: said}))
