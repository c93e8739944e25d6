"""Weekdays and the vague words for time: `下周三`, `本周五`, `周日`, `月底`. Weeks start on Monday."""

import calendar
import re
from collections.abc import Iterator
from datetime import date, timedelta

from handlers.language.values.numbers import number
from planning.refusal import Refused

_DAYS = {c: i for i, row in enumerate(("一1", "二2", "三3", "四4", "五5", "六6", "日天7")) for c in row}
_ENGLISH = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WEEKS = {"上上": -2, "上": -1, "last": -1, "本": 0, "这": 0, "this": 0, "下": 1, "next": 1, "下下": 2}
_CHINESE = re.compile(r"(上上|上|本|这|下下|下)?个?(?:周|星期|礼拜)([一二三四五六日天1-7])")
_WORDS = re.compile(
    r"(last|this|next)?(?:(mon|fri|sun)(?:day)?|(tue)(?:s|sday)?|(wed)(?:nesday)?|(thu)(?:rs|rsday)?|(sat)(?:urday)?)",
    re.IGNORECASE | re.ASCII,
)
WEEKDAY = r"(?:(?:上上|上|本|这|下下|下)?个?(?:周|星期|礼拜)[一二三四五六日天]|" + (
    r"(?ai:(?<![a-z])(?:(?:last|this|next)\s)?(?:mon|tue|wed|thu|fri|sat|sun)(?:s|rs|nes|ur)?(?:day)?(?![a-z])))"
)
"""A pattern for a weekday beside its date."""
_LAST = re.compile(rf"(?P<date>.+?)\s*(?P<weekday>{WEEKDAY})")
_FIRST = re.compile(rf"(?P<weekday>{WEEKDAY})\s*(?P<date>.+)")
_VAGUE = re.compile(
    r"(?:(本|这个?|下个?)月|([0-9]{1,2}|[一二三四五六七八九十]{1,3})月|月)(初|中|底|末|上旬|中旬|下旬)|(年底|年末)|(本|这个?|下个?)?(周末|周|星期|礼拜)"
)


def beside(text: str) -> Iterator[tuple[str, str]]:
    """What stands before a weekday at the end of the text, or after one at its beginning, and that weekday."""
    for found in (_LAST.fullmatch(text), _FIRST.fullmatch(text)):
        if found:
            yield found["date"].strip(), found["weekday"]


def agreeing(days: list[date], weekday: str, today: date, found: str) -> date:
    """The one of the days that is this weekday. Raises `weekday-differs` (found, choices) with the last of them and the
    weekday next to it where none is, `date-ambiguous` where several are."""
    week, number = _week_and_day(weekday)
    exact = _in_that_week(week, number, today) if week else None
    same = [day for day in days if (day == exact if exact else day.weekday() == number)]
    if len(same) == 1:
        return same[0]
    if same:
        raise Refused("date-ambiguous", found=found, choices="、".join(map(str, same)))
    either = sorted({days[-1], exact or _nearest(days[-1], number, today)})
    raise Refused("weekday-differs", found=found, choices="、".join(_named(day, weekday.isascii()) for day in either))


def _nearest(day: date, weekday: int, today: date) -> date:
    near = day + timedelta(days=(weekday - day.weekday() + 3) % 7 - 3)
    return near if near >= today else near + timedelta(days=7)


def _named(day: date, is_english: bool) -> str:
    return f"{day} {_ENGLISH[day.weekday()].title()}" if is_english else f"{day}（周{'一二三四五六日'[day.weekday()]}）"


def _week_and_day(text: str) -> tuple[str, int]:
    if found := _CHINESE.fullmatch(text):
        return found[1] or "", _DAYS[found[2]]
    found = _WORDS.fullmatch(text.replace(" ", ""))
    assert found
    return (found[1] or "").lower(), _ENGLISH.index(next(filter(None, found.groups()[1:])).lower())


def _in_that_week(week: str, weekday: int, today: date) -> date:
    return today + timedelta(days=7 * _WEEKS[week] + weekday - today.weekday())


def read_weekday(text: str, today: date) -> date | None:
    """A weekday's date; None where the text names none. Raises `date-ambiguous` (found, choices)."""
    if _CHINESE.fullmatch(text) or _WORDS.fullmatch(text):
        return _weekday(*_week_and_day(text), today, text)
    if found := _VAGUE.fullmatch(text):
        raise Refused("date-ambiguous", found=text, choices="、".join(map(str, _plausible(found, today))))
    return None


def _weekday(week: str, weekday: int, today: date, found: str) -> date:
    if week:
        day = _in_that_week(week, weekday, today)
        ambiguous = _WEEKS[week] == 0 and day < today
    else:
        day = today + timedelta(days=(weekday - today.weekday()) % 7)
        ambiguous = day == today
    if ambiguous:
        raise Refused("date-ambiguous", found=found, choices=f"{day}、{day + timedelta(days=7)}")
    return day


def _plausible(found: re.Match[str], today: date) -> list[date]:
    """Two or three days the vague word may mean, soonest first; none that has passed, unless all have. 月底 said
    on the last day of a month may mean the end of the next as well, 年底 likewise."""
    days = _days_of(found, today)
    left = [day for day in days if day >= today] or days
    is_end = found[4] or found[3] in ("底", "末")
    return [today, _days_of(found, today + timedelta(days=1))[-1]] if is_end and left == [today] else left


def _days_of(found: re.Match[str], today: date) -> list[date]:
    if found[6]:
        return _in_week(bool(found[5]) and "下" in found[5], found[6] == "周末", today)
    month = _month(found, today)
    last = month.replace(day=calendar.monthrange(month.year, month.month)[1])
    if found[3] in ("初", "上旬"):
        return [month, month.replace(day=5), month.replace(day=10)]
    if found[3] in ("中", "中旬"):
        return [month.replace(day=11), month.replace(day=15), month.replace(day=20)]
    friday = last - timedelta(days=(last.weekday() - 4) % 7)
    return [friday, last] if friday != last else [last - timedelta(days=1), last]


def _month(found: re.Match[str], today: date) -> date:
    """The first of the month meant: the year's last, a numbered one to come, next, or this one unless it is over."""
    if found[4]:
        return today.replace(month=12, day=1)
    if found[2]:
        month = min(max(int(number(found[2]) or 1), 1), 12)
        return date(today.year + (month < today.month), month, 1)
    first = today.replace(day=1)
    following = (first + timedelta(days=31)).replace(day=1)
    passed = {"初": 10, "上旬": 10, "中": 20, "中旬": 20}.get(found[3], 31) < today.day
    return following if (found[1] or "").startswith("下") or (not found[1] and passed) else first


def _in_week(following: bool, weekend: bool, today: date) -> list[date]:
    monday = today - timedelta(days=today.weekday()) + timedelta(days=7 if following else 0)
    days = [monday + timedelta(days=day) for day in ((5, 6) if weekend else (0, 4))]
    return days if following or weekend else [max(days[0], today), days[1]]
