"""Roundabout times: `三天后`, `两周之内`, `元旦前`. They are asked back with the days they may mean."""

import re
from datetime import date, timedelta

from handlers.language.holidays import around_holiday
from handlers.language.periods import LENGTH, length_in_days
from planning.refusal import Refused

_TO = re.compile(r"(?:改|调|推迟|延|推|拖|挪|放)?(?:到|至)\s*|在\s*")
_LATER = re.compile(rf"(?:再过|过)?{LENGTH}\s*(?:(?:之|以)?后|from\s+(?:now|today))", re.IGNORECASE)
_WITHIN = re.compile(rf"(?:within\s+)?{LENGTH}(?:\s*(?:之|以)?内)?", re.IGNORECASE)
_IS_WITHIN = re.compile(r"within\s|.*内$", re.IGNORECASE)
_SIDE = re.compile(r"(?:再过|过)|within\s+|\s*(?:(?:之|以)?[后内]|from\s+(?:now|today))$", re.IGNORECASE)
_FRIDAY = 4


def ask_back(text: str, today: date) -> None:
    """Raises `from-now` for what may count from today or from the item's own date, `date-ambiguous` for what may be
    several days (found, choices), and what a length raises; nothing where the text is neither."""
    bare = _TO.sub("", text, count=1) if _TO.match(text) else text
    if days := around_holiday(bare, today):
        raise Refused("date-ambiguous", found=bare, choices=_listed(days))
    if later := _LATER.fullmatch(bare):
        _ask_from_when(later, bare, today)
    if _IS_WITHIN.match(bare) and (within := _WITHIN.fullmatch(bare)):
        last = today + timedelta(days=length_in_days(within)[0])
        friday = last - timedelta(days=max(0, last.weekday() - _FRIDAY))
        raise Refused("date-ambiguous", found=bare, choices=_listed(sorted({max(friday, today), last})))


def _ask_from_when(found: re.Match[str], text: str, today: date) -> None:
    """Working days from today are a calendar's to count: only the item's own date can be offered for them."""
    days, _ = length_in_days(found)
    length = _SIDE.sub("", text).strip()
    shift = f"+{length}" if length.isascii() else f"推迟{length}"
    day = "" if found["working"] else f"、{today + timedelta(days=days)}"
    raise Refused("from-now", found=text, choices=f"{shift}{day}")


def _listed(days: list[date]) -> str:
    return "、".join(map(str, days))
