"""Dates as people write them: `12-05`, `12月5日`, `十二月五号`, `明天`, `下周三`, `5号`. Weeks start on Monday.

Every reader takes the whole text and today's local date. It gives the date, or None where the text is no date, and
raises `date-ambiguous` or `weekday-differs` (found, choices), `no-such-date` (found) or `date-too-far` (found, limit in
years).
"""

import re
from collections.abc import Iterable
from datetime import date, timedelta

from handlers.language.values.approximate import either
from handlers.language.values.numbers import DIGITS, number
from handlers.language.values.weekdays import agreeing, beside, read_weekday
from planning.refusal import Refused

MOST_YEARS = 10
RECENT = timedelta(days=60)
"""A month and day that passed within this time may mean the one just gone or next year's."""
RECENT_DAY = timedelta(days=7)
"""The same for a day of the month (`5号`)."""

_RELATIVE = {
    "大前天": -3, "前天": -2, "昨天": -1, "昨日": -1, "yesterday": -1, "今天": 0, "今日": 0, "today": 0,
    "明天": 1, "明日": 1, "tomorrow": 1, "后天": 2, "後天": 2, "day after tomorrow": 2, "大后天": 3,
}
_YEARS = {"去年": -1, "今年": 0, "明年": 1, "后年": 2}
_MONTHS = {"上": -1, "本": 0, "这": 0, "这个": 0, "下": 1, "下个": 1, "下下": 2, "下下个": 2, "上个": -1}
_ENGLISH = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_MONTH_OF = {name[:length]: i for i, name in enumerate(_ENGLISH, 1) for length in (3, len(name))}
_CONNECTIVE = re.compile(
    r"(?:(?:改|调|调整|定|提前|提早|提|推迟|延后|延期|顺延|延|推后|推|拖|放|挪|移|换|往[前后][推延提挪移赶拖放调])?"
    r"(?:到|至|在|为|成)|(?:to|on|by|until)(?=\s))\s*",
    re.IGNORECASE,
)
_BEFORE = re.compile(r"\s*(?:之|以)?[前内]$")
_EITHER = re.compile(r"(?P<lead>.*?)(?P<days>[一二两三四五六七八九]{2})(?P<unit>[日号號])")
_DAY = "[0-9]{1,2}|[一二三四五六七八九十]{1,3}"
_FULL = re.compile(r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})[日号號]?")
_COMPACT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_NUMERIC = re.compile(r"([0-9]{1,2})[-/.]([0-9]{1,2})[日号號]?")
_CHINESE = re.compile(
    rf"(?:(?P<said>去年|今年|明年|后年)|(?P<year>[0-9]{{4}}|[〇零一二三四五六七八九]{{4}})年)?(?P<month>{_DAY})月(?P<day>{_DAY})[日号號]?"
)
_OF_MONTH = re.compile(rf"(?:(上个?|本|这个?|下个?|下下个?)月)?({_DAY})[日号號]")
_WORDS = re.compile(
    r"(?:(?P<a>[a-z]{3,9})\s*(?P<b>[0-9]{1,2})|(?P<c>[0-9]{1,2})\s*(?P<d>[a-z]{3,9}))(?:st|nd|rd|th)?(?:\s+(?P<year>[0-9]{4}))?",
    re.IGNORECASE,
)


def read_date(text: str, today: date) -> date | None:
    """The date the whole text names, with or without a connective (`到`, `改到`, `to`) and `之前`; a weekday beside it
    has to be its own."""
    bare = _BEFORE.sub("", _CONNECTIVE.sub("", text.strip(), count=1))
    if bare.lower() in _RELATIVE:
        return today + timedelta(days=_RELATIVE[bare.lower()])
    _ask_which(bare, today)
    found = _with_weekday(bare, today) or _by_number(bare, today)
    if found and abs(found.year - today.year) > MOST_YEARS:
        raise Refused("date-too-far", found=text, limit=MOST_YEARS)
    return found or read_weekday(_close(bare), today)


def _ask_which(text: str, today: date) -> None:
    """三四号 is the third or the fourth. Raises `date-ambiguous`."""
    pair = _EITHER.fullmatch(_close(text))
    if pair and either(pair["days"]):
        days = [_by_number(f"{pair['lead']}{digit}{pair['unit']}", today) for digit in pair["days"]]
        if all(days):
            raise Refused("date-ambiguous", found=text, choices="、".join(map(str, days)))


def _close(text: str) -> str:
    return re.sub(r"(?<![0-9])\s+|\s+(?![0-9])", "", text)


def _by_number(text: str, today: date) -> date | None:
    close = _close(text)
    return _with_year(close, today) or _without_year(close, today) or _in_english(text, today)


def _with_weekday(text: str, today: date) -> date | None:
    """`12-30 周三`, `周三 12-30`; of two days that a date may be the weekday tells which."""
    for named, weekday in beside(text):
        if days := _may_be(_BEFORE.sub("", named), today):
            return agreeing(days, weekday, today, text)
    return None


def _may_be(text: str, today: date) -> list[date]:
    try:
        found = _by_number(text, today)
    except Refused as refused:
        if refused.refusal.code != "date-ambiguous":
            raise
        return [date.fromisoformat(day) for day in refused.refusal.facts["choices"].split("、")]
    return [found] if found else []


def _with_year(text: str, today: date) -> date | None:
    if full := _FULL.fullmatch(text):
        return _date(int(full[1]), int(full[3]), int(full[4]), text)
    if compact := _COMPACT.fullmatch(text):
        return _date(int(compact[1]), int(compact[2]), int(compact[3]), text)
    chinese = _CHINESE.fullmatch(text)
    if chinese and (chinese["year"] or chinese["said"]):
        year = _year(chinese["year"]) if chinese["year"] else today.year + _YEARS[chinese["said"]]
        return _date(year, _small(chinese["month"], text), _small(chinese["day"], text), text)
    return None


def _without_year(text: str, today: date) -> date | None:
    if numeric := _NUMERIC.fullmatch(text):
        return month_day(int(numeric[1]), int(numeric[2]), today, text)
    if chinese := _CHINESE.fullmatch(text):
        return month_day(_small(chinese["month"], text), _small(chinese["day"], text), today, text)
    if of_month := _OF_MONTH.fullmatch(text):
        return _day_of_month(of_month[1], _small(of_month[2], text), today, text)
    return None


def _in_english(text: str, today: date) -> date | None:
    found = _WORDS.fullmatch(text)
    if found is None:
        return None
    month, day = _MONTH_OF.get((found["a"] or found["d"]).lower()), int(found["b"] or found["c"])
    if month is None:
        return None
    return _date(int(found["year"]), month, day, text) if found["year"] else month_day(month, day, today, text)


def month_day(month: int, day: int, today: date, found: str) -> date:
    """The next such day; `1月5日` said in December is next year's. One that has only just passed is ambiguous."""
    year = today.year + ((month, day) < (today.month, today.day))
    coming = _date(year, month, day, found)
    return _unless_just_gone(coming, [(year - 1, month, day)], RECENT, today, found)


def _day_of_month(which: str | None, day: int, today: date, found: str) -> date:
    month = _month_after(today, _MONTHS[which] if which else (1 if day < today.day else 0))
    coming = _date(month.year, month.month, day, found)
    if which:
        return coming
    gone = _month_after(month, -1)
    return _unless_just_gone(coming, [(gone.year, gone.month, day)], RECENT_DAY, today, found)


def _unless_just_gone(
    coming: date, before: Iterable[tuple[int, int, int]], recent: timedelta, today: date, found: str
) -> date:
    for year, month, day in before:
        gone = _try_date(year, month, day)
        if gone and coming != today and today - recent <= gone < today:
            raise Refused("date-ambiguous", found=found, choices=f"{gone}、{coming}")
    return coming


def _month_after(day: date, months: int) -> date:
    index = day.year * 12 + day.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)


def _date(year: int, month: int, day: int, found: str) -> date:
    made = _try_date(year, month, day)
    if made is None:
        raise Refused("no-such-date", found=found)
    return made


def _try_date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _year(text: str) -> int:
    return int(text) if text.isascii() else int("".join(str(DIGITS[c]) for c in text))


def _small(text: str, found: str) -> int:
    """A day or month number; `五六月` and the like are no such date."""
    value = number(text)
    if value is None:
        raise Refused("no-such-date", found=found)
    return int(value)
