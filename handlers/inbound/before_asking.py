"""What stands in the way of a command that lacks its reason: nobody is asked for one in vain."""

import re
from dataclasses import replace
from typing import Any, cast

from handlers.govern.authorize import require_command
from handlers.inbound.references import meant
from handlers.language import LAST, THIS, Command, Modify, Reject, Write, operations_of
from handlers.turn import Ask, Turn
from planning.refusal import Refused

REASON = " 因为 <原因>"
_UNSURE = ("item-nearest", "ambiguous-item")
_ITEM = re.compile(r"\b[A-Z]{1,6}-[A-Z0-9-]*\d\b")


def require_all_but_the_reason(turn: Turn, ask: Ask, command: Command, refused: Refused) -> Refused:
    """The refusal for want of a reason, or of what else is wrong. `command`: with any reason."""
    if isinstance(command, Write):
        return _of_write(turn, ask, replace(command, reason=""), refused)
    if isinstance(command, Reject | Modify) and command.change_no.startswith((THIS, LAST)):
        return _of_decision(turn, ask, command, refused)
    return refused


def with_items(turn: Turn, command: Command, refused: Refused) -> Refused:
    """The refusal of an item that is not known for sure, with the command for each that may be meant."""
    refusal = refused.refusal
    if refusal.code not in _UNSURE or refusal.offers:
        return refused
    codes = _ITEM.findall(refusal.facts.get("nearest", "") or refusal.facts.get("choices", ""))
    offers = [turn.spell(_about(command, code)) for code in dict.fromkeys(codes)]
    return Refused(refusal.code, offers=offers, **refusal.facts)


def _of_write(turn: Turn, ask: Ask, wish: Write, refused: Refused) -> Refused:
    try:
        require_command(turn, ask.person, wish)
        if wish.item != THIS and turn.uow.plans.exists():
            operations_of(wish, turn.plan())
    except Refused as other:
        return with_items(turn, wish, other)
    return refused


def _of_decision(turn: Turn, ask: Ask, command: Reject | Modify, refused: Refused) -> Refused:
    """About the request that is meant: once it is asked, nobody knows any more what was quoted."""
    bare = Reject(command.change_no, "") if isinstance(command, Reject) else Modify(command.change_no, "")
    try:
        wish = turn.spell(meant(turn, ask, bare))
    except Refused as other:
        return other
    return Refused(refused.refusal.code, offers=(f"{wish}{REASON}",), **refused.refusal.facts)


def _about(command: Command, code: str) -> Command:
    """The command about this item, also where the item is in a command that it holds."""
    inner = getattr(command, "inner", None)
    if isinstance(inner, Command):
        return cast(Command, replace(cast(Any, command), inner=_about(inner, code)))
    field = next(name for name in ("item", "words", "place") if hasattr(command, name))
    return cast(Command, replace(cast(Any, command), **{field: code}))
