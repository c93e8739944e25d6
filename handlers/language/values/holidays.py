"""China's holidays as people speak of them: `元旦前`, `春节后`. Which days are off is the calendar's to say."""

import re
from collections.abc import Mapping
from datetime import date, timedelta

from planning.plan.statutory import festival

_FIXED: Mapping[str, tuple[int, int]] = {
    "元旦": (1, 1), "五一": (5, 1), "劳动节": (5, 1), "国庆": (10, 1), "十一": (10, 1),
}  # fmt: skip
_OF_THE_MOON = ("春节", "端午", "中秋")
_OFF_BEFORE = {"春节": 1}
_OFF_AFTER = {"春节": 6, "国庆": 6, "十一": 6, "五一": 4, "劳动节": 4, "元旦": 2}
_NAMES = {"过年": "春节", "新年": "元旦", "国庆节": "国庆", "端午节": "端午", "中秋节": "中秋"}
AROUND = rf"(?:{'|'.join([*_NAMES, *_FIXED, *_OF_THE_MOON])})(?:假期|放假|长假)?(?:之|以)?[前后]"
"""A pattern for what `around_holiday` looks at."""
_SAID = re.compile(
    rf"(?P<name>{'|'.join([*_NAMES, *_FIXED, *_OF_THE_MOON])})(?:假期|放假|长假)?(?:之|以)?(?P<side>前|后)"
)
_FRIDAY = 4


def around_holiday(text: str, today: date) -> list[date]:
    """Weekdays that the text may mean, soonest first: the last before the holiday and the Friday before that, or the
    first after it and the Friday then. Empty where no holiday is named that is known and to come."""
    found = _SAID.fullmatch(text)
    if found is None:
        return []
    name, is_before = _NAMES.get(found["name"], found["name"]), found["side"] == "前"
    for day in _days_of(name, today):
        near = _last_before(name, day) if is_before else _first_after(name, day)
        if near >= today:
            friday = near + timedelta(days=(_FRIDAY - near.weekday()) % 7 - (7 if is_before else 0))
            return sorted({near, friday} if friday >= today else {near})
    return []


def _days_of(name: str, today: date) -> list[date]:
    if name in _FIXED:
        return [date(year, *_FIXED[name]) for year in (today.year, today.year + 1)]
    return [festival(name, year) for year in (today.year, today.year + 1)]


def _last_before(name: str, day: date) -> date:
    near = day - timedelta(days=1 + _OFF_BEFORE.get(name, 0))
    return near - timedelta(days=max(0, near.weekday() - _FRIDAY))


def _first_after(name: str, day: date) -> date:
    near = day + timedelta(days=1 + _OFF_AFTER.get(name, 0))
    return near + timedelta(days=7 - near.weekday() if near.weekday() > _FRIDAY else 0)
