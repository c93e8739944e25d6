"""Weekdays and the vague words for time: `下周三`, `本周五`, `周日`, `月底`. Weeks start on Monday."""

import calendar
import re
from datetime import date, timedelta

from planning.refusal import Refused

_DAYS = {c: i for i, row in enumerate(("一1", "二2", "三3", "四4", "五5", "六6", "日天7")) for c in row}
_ENGLISH = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WEEKS = {"上上": -2, "上": -1, "last": -1, "本": 0, "这": 0, "this": 0, "下": 1, "next": 1, "下下": 2}
_CHINESE = re.compile(r"(上上|上|本|这|下下|下)?个?(?:周|星期|礼拜)([一二三四五六日天1-7])")
_WORDS = re.compile(
    r"(last|this|next)?(?:(mon|fri|sun)(?:day)?|(tue)(?:s|sday)?|(wed)(?:nesday)?|(thu)(?:rs|rsday)?|(sat)(?:urday)?)",
    re.IGNORECASE | re.ASCII,
)
_VAGUE = re.compile(
    r"(?:(本|这个?|下个?)月|([0-9]{1,2})月|月)(初|中|底|末|上旬|中旬|下旬)|(年底|年末)|(本|这个?|下个?)?(周末|周|星期|礼拜)"
)


def read_weekday(text: str, today: date) -> date | None:
    """A weekday's date; None where the text names none. Raises `date-ambiguous` (found, choices)."""
    if found := _CHINESE.fullmatch(text):
        return _weekday(found[1], _DAYS[found[2]], today, text)
    if found := _WORDS.fullmatch(text):
        week, *names = found.groups()
        return _weekday((week or "").lower(), _ENGLISH.index(next(filter(None, names)).lower()), today, text)
    if found := _VAGUE.fullmatch(text):
        raise Refused("date-ambiguous", found=text, choices="、".join(map(str, _plausible(found, today))))
    return None


def _weekday(week: str | None, weekday: int, today: date, found: str) -> date:
    monday = today - timedelta(days=today.weekday())
    if week:
        day = monday + timedelta(days=7 * _WEEKS[week] + weekday)
        ambiguous = _WEEKS[week] == 0 and day < today
    else:
        day = today + timedelta(days=(weekday - today.weekday()) % 7)
        ambiguous = day == today
    if ambiguous:
        raise Refused("date-ambiguous", found=found, choices=f"{day}、{day + timedelta(days=7)}")
    return day


def _plausible(found: re.Match[str], today: date) -> list[date]:
    """Two or three days the vague word may mean, soonest first."""
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
        number = min(max(int(found[2]), 1), 12)
        return date(today.year + (number < today.month), number, 1)
    first = today.replace(day=1)
    following = (first + timedelta(days=31)).replace(day=1)
    passed = {"初": 10, "上旬": 10, "中": 20, "中旬": 20}.get(found[3], 31) < today.day
    return following if (found[1] or "").startswith("下") or (not found[1] and passed) else first


def _in_week(following: bool, weekend: bool, today: date) -> list[date]:
    monday = today - timedelta(days=today.weekday()) + timedelta(days=7 if following else 0)
    days = (5, 6) if weekend else (0, 4)
    return [monday + timedelta(days=day) for day in days]
