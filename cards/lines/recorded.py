"""Codes and UTC times of an audit event, as people read them. Unknown forms stay as they are: the trail outlives the
program that wrote it."""

from datetime import datetime, tzinfo

from cards.words import Words
from planning.people.organisation import Organisation
from planning.plan.operation import Op

_BUTTONS = {"detour": "audit.button.detour", "settle": "audit.button.settle"}
"""Buttons whose texts on cards need further facts."""


def wishes(text: str, words: Words, organisation: Organisation) -> str:
    """`MO-1 shift 1; SO-1 restore {…}` → MO-1 推迟1天、恢复 SO-1."""
    return words.list([_wish(part, words, organisation) for part in text.split("; ")])


def button(text: str, words: Words) -> str:
    """`approve`, `settle/mine` → 同意, 以我为准."""
    verb, _, choice = text.partition("/")
    for code in (f"button.{choice}" if verb == "settle" else "", _BUTTONS.get(verb, f"button.{verb}")):
        if words.knows(code):
            return words(code)
    return text


def instant(text: str, zone: tzinfo) -> str:
    """`2026-11-26T10:00:13+00:00` → 2026-11-26 18:00."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return text
    return f"{found.astimezone(zone):%Y-%m-%d %H:%M}" if found.tzinfo else text


def _wish(text: str, words: Words, organisation: Organisation) -> str:
    item, _, rest = text.partition(" ")
    op, _, to = rest.partition(" ")
    match op:
        case Op.SHIFT if to.removeprefix("-").isdigit():
            way = "earlier" if to.startswith("-") else "later"
            return words(f"op.shift-{way}", title=item, n=to.removeprefix("-"))
        case Op.REASSIGN:
            return words("op.reassign", title=item, to=organisation.department_name(to))
        case _ if op in set(Op):
            return words(f"op.{op}", title=item, to=to)
    return text
