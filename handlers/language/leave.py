"""代理: who acts for whom, from when until when (`代理 李娜 12-01~12-05`, `代理 取消`, `代理`)."""

import re
from datetime import date

from handlers.language.commands import Delegate
from handlers.language.periods import find_days
from handlers.language.typed import Typed
from planning.refusal import Refused

_CANCEL = re.compile(
    r"(?:我的)?(?:代理|请假|休假)?(?:取消|结束|撤销|撤回|不请了|(?:cancel|end|off)(?![a-z]))(?P<whose>.*?)(?:的?(?:代理|请假|休假))?",
    re.IGNORECASE,
)
_LIST = re.compile(r"查看|列表|看看|list|show", re.IGNORECASE)
_AROUND = re.compile(r"^(?:由|给|让|请|交给|by|to)\s*|\s*(?:来?代理?|替我?|代班|acts?(?: for me)?)$", re.IGNORECASE)
_ME = re.compile(r"^(?:我|本人)?\s*(?:请假|休假|出差|不在)\s*|^(?:from|从|自)\s*|^我\s*", re.IGNORECASE)


def delegate(typed: Typed) -> Delegate:
    """The speaker is away, somebody acts for them; one day or a first and a last. Without a name: the standing deputy.
    `取消` takes it back, with a name only what that one acts for. Raises `leave-missing`, `leave-backwards`, and what
    dates raise.
    """
    rest = _ME.sub("", typed.rest).strip()
    if not rest or _LIST.fullmatch(rest):
        return Delegate()
    if cancelled := _CANCEL.fullmatch(rest):
        return Delegate(_whose(cancelled["whose"].strip(), typed.today), cancel=True)
    found = find_days(rest, typed.today)
    if found is None:
        raise typed.refused("leave-missing", example=_sample(typed))
    before, (first, last), after = found
    if last < first:
        raise Refused("leave-backwards", first=first, last=last)
    return Delegate(_name(f"{_ME.sub('', before)} {after}"), first, last)


def _whose(words: str, today: date) -> str:
    """Whose acting is over: a name, with or without the days it was for; empty: everybody's."""
    found = find_days(words, today) if words else None
    return _name(f"{found[0]} {found[2]}" if found else words)


def _sample(typed: Typed) -> str:
    """Right on whatever day it is shown; with the name, where that is all that was typed."""
    name = typed.rest if typed.rest and " " not in typed.rest and typed.rest.isalpha() else "李娜"
    return f"{name} next mon~next fri" if typed.is_english else f"{name} 下周一~下周五"


def _name(words: str) -> str:
    return _AROUND.sub("", _AROUND.sub("", words.strip())).strip()
