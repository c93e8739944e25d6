"""Shifts of dates (`提前两天`), durations (`8天`) and spans of days (`12-10~12-12`), as they are typed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from handlers.language.values.approximate import APPROXIMATE, either, exact
from handlers.language.values.dates import read_date
from handlers.language.values.numbers import COUNT, number
from handlers.language.values.objects import boundaries
from handlers.language.values.weekdays import WEEKDAY
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
_EARLIER = r"提前|提早|往前[挪移赶提推调]?|前移|早|earlier|advance|pull\s*in"
_LATER = (
    r"推迟|延后|延期|延迟|延|推后|后推|往后[推延挪移拖放调]?|后移|顺延|拖后|拖|推|晚|迟"
    r"|delay|later|postpone|push\s*out"
)

LENGTH = (
    rf"(?P<number>半|{APPROXIMATE}|{COUNT})\s*(?:(?P<working>{WORKING})|(?P<calendar>{CALENDAR})|(?P<plain>{PLAIN})"
    rf"|(?P<weeks>{WEEKS})|(?P<months>{MONTHS})|(?P<hours>{HOURS}))?(?P<half>半)?"
)
"""A length of time; `length_in_days` reads its match."""
_UNITS = ("working", "calendar", "plain", "weeks", "hours")

_BEFORE = re.compile(
    rf"(?:(?P<sign>[+-])|(?P<earlier>{_EARLIER})|(?P<later>{_LATER}))?\s*(?:by\s+|[了个]\s*)?{LENGTH}", re.IGNORECASE
)
_AFTER = re.compile(rf"{LENGTH}\s*(?:(?P<earlier>earlier|sooner)|(?P<later>later))", re.I)


@dataclass(frozen=True, slots=True)
class Shift:
    """Signed days; 天 are the item's working days, 自然日 and 周 (seven of them, the same weekday) calendar days."""

    days: int
    unit: LagKind


def read_shift(text: str) -> Shift | None:
    """The shift the whole text states, None where it states none.

    Raises `number-approximate`, `whole-days` (halves, hours), `shift-unit` (months), `shift-direction` (`3天` alone),
    `shift-too-far`, `nothing-to-change` (`+0天`), `number-not-understood`.
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
    count = number(exact(found["number"], _unit_of(found)))
    if count is None:
        raise Refused("number-not-understood", found=found[0])
    if count != count.to_integral_value():
        raise Refused("whole-days", found=found[0])
    days = int(count) * (DAYS_A_WEEK if found["weeks"] else 1)
    if days > MOST_DAYS:
        raise Refused("shift-too-far", found=found[0], limit=MOST_DAYS)
    return days, LagKind.CALENDAR if found["calendar"] or found["weeks"] else LagKind.WORKING


def _unit_of(found: re.Match[str]) -> str:
    return next((found[unit] for unit in _UNITS if found[unit]), "")


def _has_unit(found: re.Match[str]) -> bool:
    """12月 alone is no length but a month of the year."""
    return bool(_unit_of(found)) or found["months"] not in (None, "月") or found["number"] == "半"


def _has_direction(found: re.Match[str]) -> bool:
    return any(found.groupdict().get(name) for name in ("sign", "earlier", "later"))


_TO = r"(?:改|调|调整|延长|缩短|增加|减少)?(?:到|至|为|成)|to\b|="
_MORE = r"\+|延长|增加|加|多"
_LESS = r"-|缩短|减少|减|少"
_DURATION = re.compile(
    rf"(?:工期|duration\b)?\s*(?:{_TO}|(?P<more>{_MORE})|(?P<less>{_LESS}))?\s*{LENGTH}", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Duration:
    """Days, signed when `relative`; calendar ones are whole weeks, of which the item's calendar says what is worked."""

    days: int
    relative: bool = False
    unit: LagKind = LagKind.WORKING


def read_duration(text: str) -> Duration | None:
    """The duration the whole text states, None where it states none.

    Raises `duration-unit` (自然日: an item's work is counted in working days), `number-approximate`, `whole-days`,
    `shift-unit`, `shift-too-far`, `number-not-understood`.
    """
    found = _DURATION.fullmatch(text)
    if found is None:
        return None
    days, unit = length_in_days(found)
    if found["calendar"]:
        raise Refused("duration-unit", found=text)
    relative = bool(found["more"] or found["less"])
    return Duration(-days if found["less"] else days, relative, unit)


Days = tuple[date, date]
"""The first and the last; the last may lie before the first: that is for the reader's command to refuse."""
LONGEST = 48
"""Characters two dates and what joins them take at most."""
_JOINT = re.compile(
    r"\s*(?:~|至|到|-{2,}|\bto\b|\buntil\b|(?<=[^\x00-\x7f])-|(?<=\s)-(?=\s)|(?<=[a-z])-(?=[a-z]))\s*", re.IGNORECASE
)
_SPELT = re.compile(r"(?<!\S)[0-9]{4}-[0-9]{2}-[0-9]{2}~[0-9]{4}-[0-9]{2}-[0-9]{2}" + rf"(?:\s{WEEKDAY})?(?!\S)")
"""Days as we write them ourselves: nothing else in the words is taken for days beside them."""
_FROM = re.compile(r"^(?:从|自|from(?=\s))\s*", re.IGNORECASE)
FROM_LEFT = r"(?:(?:^|\s+)(?:从|自|from))+$"
"""Standing apart at the end of the words beside the days, it belonged to these."""
_FROM_TODAY = re.compile(rf"(?P<about>[^\s0-9]*?)\s*{LENGTH}", re.IGNORECASE)
_BARE_DAY = re.compile(rf"([0-9]{{1,2}})[日号]?(\s*{WEEKDAY})?")


def find_days(text: str, today: date) -> tuple[str, Days, str] | None:
    """The words before the days, the days, and the words after; None where there are none, or others spelt out beside.

    Days as we spell them are looked for first, then others that stand apart, then those run into the words around
    them; of several the longest. Raises what dates raise.
    """
    for start, end in _cuts(text):
        if end - start <= LONGEST and (days := read_days(text[start:end], today)):
            before, after = (re.sub(FROM_LEFT, "", words.strip(), flags=re.I) for words in (text[:start], text[end:]))
            return None if _SPELT.search(before) or _SPELT.search(after) else (before, days, after)
    return None


def read_days(text: str, today: date) -> Days | None:
    """The days that the whole text names."""
    first, *more = _JOINT.split(_FROM.sub("", text.strip()))
    if len(more) > 1 or not first or (more and not more[0]):
        return None
    begins = read_date(first, today)
    ends = _read_last(more[0], begins, today) if more and begins else begins
    return (begins, ends) if begins and ends else None


def days_ahead(text: str, today: date) -> tuple[str, tuple[Days, ...]] | None:
    """The word before a length of time (`生产部 三天`), and so many days from today; of an approximate length both that
    it may be. None where the text is nothing of the kind."""
    found = _FROM_TODAY.fullmatch(text.strip())
    if found is None or not _has_unit(found):
        return None
    counts, unit = either(found["number"]) or (found["number"],), text.strip()[found.end("number") :]
    try:
        days = [length_in_days(one)[0] for count in counts if (one := _FROM_TODAY.fullmatch(f"{count}{unit}"))]
    except Refused:
        return None
    return found["about"], tuple((today, today + timedelta(days=count - 1)) for count in days if count)


def _read_last(text: str, begins: date, today: date) -> date | None:
    """A day of the month is counted from the first day. One that has just gone, and lies before the first, is meant:
    which year it should be is not what is wrong."""
    if bare := _BARE_DAY.fullmatch(text):
        return read_date(f"{bare[1]}号{bare[2] or ''}", begins)
    try:
        return read_date(text, today)
    except Refused as refused:
        gone = refused.refusal.facts.get("choices", "").partition("、")[0]
        if refused.refusal.code == "date-ambiguous" and date.fromisoformat(gone) < begins:
            return date.fromisoformat(gone)
        raise


def _cuts(text: str) -> Iterator[tuple[int, int]]:
    yield from (spelt.span() for spelt in _SPELT.finditer(text))
    anywhere = [*boundaries(text), len(text)]
    starts = [at for at in anywhere if at == 0 or text[at - 1] == " "]
    ends = [len(text), *(at for at in range(len(text) - 1, 0, -1) if text[at] == " ")]
    yield from ((start, end) for start in starts for end in ends if start < end)
    yield from ((start, end) for start in anywhere for end in ends if start < end)
    yield from ((start, end) for start in starts for end in reversed(anywhere) if start < end)
