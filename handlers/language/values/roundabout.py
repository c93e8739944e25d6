"""Roundabout times: `三天后`, `两周之内`, `元旦前`. They are asked back with the days they may mean."""

import re
from datetime import date, timedelta

from handlers.language.values.approximate import either
from handlers.language.values.holidays import around_holiday
from handlers.language.values.periods import LENGTH, length_in_days
from planning.refusal import Refused

_TO = re.compile(r"(?:改|调|推迟|延|推|拖|挪|放)?(?:到|至)\s*|在\s*")
_LATER = re.compile(
    rf"(?P<in>in\s+)?(?:再过|过)?{LENGTH}\s*(?(in)|(?:(?:之|以)?后|from\s+(?:now|today)))", re.IGNORECASE
)
_WITHIN = re.compile(rf"(?:within\s+)?{LENGTH}(?:\s*(?:之|以)?内)?", re.IGNORECASE)
_IS_WITHIN = re.compile(r"within\s|.*内$", re.IGNORECASE)
_SIDE = re.compile(r"(?:再过|过)|(?:with)?in\s+|\s*(?:(?:之|以)?[后内]|from\s+(?:now|today))$", re.IGNORECASE)
_FRIDAY = 4


def ask_back(text: str, today: date) -> None:
    """Raises `from-now` for what may count from today or from the item's own date, `date-ambiguous` for what may be
    several days, `number-approximate` where that many days are named only about (found, choices), and what a length
    raises; nothing where the text is neither."""
    bare = _TO.sub("", text, count=1) if _TO.match(text) else text
    if days := around_holiday(bare, today):
        raise Refused("date-ambiguous", found=bare, choices=_listed(days))
    later = _LATER.fullmatch(bare)
    if later and not (later["in"] and bare[-1].isdigit()):  # in 3 is no length
        _ask_from_when(later, text, today)
    if _IS_WITHIN.match(bare) and (within := _WITHIN.fullmatch(bare)):
        days = sorted({day for one in _each(within) for day in _within(length_in_days(one)[0], today)})
        raise Refused("date-ambiguous", found=bare, choices=_listed(days))


def _ask_from_when(found: re.Match[str], text: str, today: date) -> None:
    """Working days from today are a calendar's to count: only the item's own date can be offered for them."""
    lengths = {_SIDE.sub("", one.string).strip(): length_in_days(one)[0] for one in _each(found)}
    shifts = [f"+{length}" if length.isascii() else f"推迟{length}" for length in lengths]
    days = [] if found["working"] else [str(today + timedelta(days=days)) for days in lengths.values()]
    code = "from-now" if len(lengths) == 1 else "number-approximate"
    raise Refused(code, found=text, choices="、".join([*shifts, *days]))


def _each(found: re.Match[str]) -> list[re.Match[str]]:
    """The length with each of the two numbers that an approximate one may be; itself, where it is exact."""
    start, end = found.span("number")
    counts = either(found["number"]) or (found["number"],)
    each = (found.re.fullmatch(f"{found.string[:start]}{count}{found.string[end:]}") for count in counts)
    return [one for one in each if one]


def _within(days: int, today: date) -> set[date]:
    last = today + timedelta(days=days)
    return {max(last - timedelta(days=max(0, last.weekday() - _FRIDAY)), today), last}


def _listed(days: list[date]) -> str:
    return "、".join(map(str, days))
