"""Shifts in time: `+2天`, `提前两天`, `推迟3个自然日`, `晚一周`, `2 days earlier`."""

import re
from dataclasses import dataclass

from handlers.language.numerals import COUNT, number
from planning.plan.link import LagKind
from planning.refusal import Refused

MOST_DAYS = 3650
DAYS_A_WEEK = 7

WORKING = r"个?(?:工作日|工作天)|wd|(?:working|business)\s*days?|workdays?"
CALENDAR = r"个?(?:自然日|自然天|日历天|日历日)|cd|calendar\s*days?"
PLAIN = r"天|日|days?|d"
WEEKS = r"周|个?(?:星期|礼拜)|weeks?|w"
MONTHS = r"个?月|months?"
HOURS = r"个?(?:小时|钟头)|hours?|hrs?|h|分钟|minutes?"
_EARLIER = r"提前|提早|往前[挪移赶]?|前移|早|earlier|advance|pull\s*in"
_LATER = r"推迟|延后|延期|延迟|延|推后|后推|往后[推延挪移拖]?|后移|顺延|拖后|拖|晚|迟|delay|later|postpone|push\s*out"

LENGTH = (
    rf"(?P<number>半|{COUNT})\s*(?:(?P<working>{WORKING})|(?P<calendar>{CALENDAR})|(?P<plain>{PLAIN})"
    rf"|(?P<weeks>{WEEKS})|(?P<months>{MONTHS})|(?P<hours>{HOURS}))?(?P<half>半)?"
)
"""A length of time; `length_in_days` reads its match."""

_BEFORE = re.compile(rf"(?:(?P<sign>[+-])|(?P<earlier>{_EARLIER})|(?P<later>{_LATER}))?\s*(?:by\s+|了)?{LENGTH}", re.I)
_AFTER = re.compile(rf"{LENGTH}\s*(?:(?P<earlier>earlier|sooner)|(?P<later>later))", re.I)


@dataclass(frozen=True, slots=True)
class Shift:
    """Signed days; 天 are the item's working days, 自然日 and 周 (seven of them, the same weekday) calendar days."""

    days: int
    unit: LagKind


def read_shift(text: str) -> Shift | None:
    """The shift the whole text states, None where it states none.

    Raises `whole-days` (halves, hours), `shift-unit` (months), `shift-direction` (`3天` alone), `shift-too-far`,
    `nothing-to-change` (`+0天`), `number-not-understood`.
    """
    found = _AFTER.fullmatch(text) or _BEFORE.fullmatch(text)
    if found is None or not (_has_unit(found) or _has_direction(found)):
        return None
    days, unit = length_in_days(found)
    if not _has_direction(found):
        choices = f"-{text}、+{text}" if text.isascii() else f"提前{text}、推迟{text}"
        raise Refused("shift-direction", found=text, choices=choices)
    if days == 0:
        raise Refused("nothing-to-change", found=text)
    earlier = found["earlier"] or found.groupdict().get("sign") == "-"
    return Shift(-days if earlier else days, unit)


def length_in_days(found: re.Match[str]) -> tuple[int, LagKind]:
    """Days and their kind of a `LENGTH` match; refuses as `read_shift` says."""
    if found["half"] or found["hours"] or found["number"] == "半":
        raise Refused("whole-days", found=found[0])
    if found["months"]:
        raise Refused("shift-unit", found=found[0])
    count = number(found["number"])
    if count is None:
        raise Refused("number-not-understood", found=found[0])
    if count != count.to_integral_value():
        raise Refused("whole-days", found=found[0])
    days = int(count) * (DAYS_A_WEEK if found["weeks"] else 1)
    if days > MOST_DAYS:
        raise Refused("shift-too-far", found=found[0], limit=MOST_DAYS)
    return days, LagKind.CALENDAR if found["calendar"] or found["weeks"] else LagKind.WORKING


def _has_unit(found: re.Match[str]) -> bool:
    """12月 alone is no length but a month of the year."""
    units = ("working", "calendar", "plain", "weeks", "hours")
    return any(found[unit] for unit in units) or found["months"] not in (None, "月") or found["number"] == "半"


def _has_direction(found: re.Match[str]) -> bool:
    return any(found.groupdict().get(name) for name in ("sign", "earlier", "later"))
