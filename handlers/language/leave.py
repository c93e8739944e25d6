"""代理: who acts for whom, from when until when (`代理 李娜 12-01~12-05`, `代理 取消`, `代理`)."""

import re
from collections.abc import Iterator
from datetime import date

from handlers.language.commands import Delegate
from handlers.language.dates import read_date
from handlers.language.objects import boundaries
from handlers.language.typed import Typed
from planning.refusal import Refused

SAMPLE = "李娜 下周一~下周五"
"""Right on whatever day it is shown."""
_CANCEL = re.compile(
    r"(?:我的)?(?:代理|请假|休假)?(?:取消|结束|撤销|撤回|不请了|cancel|end|off)(?:代理|请假|休假)?", re.IGNORECASE
)
_LIST = re.compile(r"查看|列表|看看|list|show", re.IGNORECASE)
_JOINT = re.compile(r"\s*(?:~|至|到|\bto\b|\buntil\b)\s*", re.IGNORECASE)
_AROUND = re.compile(r"^(?:由|给|让|请|交给|by|to)\s*|\s*(?:来?代理?|替我?|代班|acts?(?: for me)?)$", re.IGNORECASE)
_ME = re.compile(r"^(?:我|本人)?\s*(?:请假|休假|出差|不在)\s*|^(?:from|从|自)\s*|^我\s*", re.IGNORECASE)


def delegate(typed: Typed) -> Delegate:
    """The speaker is away, somebody acts for them; one day or a first and a last. Without a name: the standing deputy.

    Raises `leave-missing`, `leave-backwards`, and what dates raise.
    """
    rest = _ME.sub("", typed.rest).strip()
    if not rest or _LIST.fullmatch(rest):
        return Delegate()
    if _CANCEL.fullmatch(rest):
        return Delegate(cancel=True)
    for deputy, days in _splits(rest):
        if period := _period(days, typed.today):
            return Delegate(_name(deputy), *period)
    raise typed.refused("leave-missing", example=SAMPLE)


def _splits(rest: str) -> Iterator[tuple[str, str]]:
    """The name and the days, in either order, the longest days first."""
    places = [*boundaries(rest), len(rest)]
    yield from ((rest[:at], rest[at:]) for at in places)
    yield from ((rest[at:], rest[:at]) for at in reversed(places))


def _period(text: str, today: date) -> tuple[date, date] | None:
    first, *more = _JOINT.split(_ME.sub("", text.strip()))
    if len(more) > 1 or not first or (more and not more[0]):
        return None
    begins = read_date(first, today)
    ends = read_date(more[0], today) if more and begins else begins
    if begins is None or ends is None:
        return None
    if ends < begins:
        raise Refused("leave-backwards", first=begins, last=ends)
    return begins, ends


def _name(words: str) -> str:
    return _AROUND.sub("", _AROUND.sub("", words.strip())).strip()
