"""Values of a single cell: text, dates, numbers. Each reader raises `Unreadable` with a code (`table.<code>`)."""

import re
import unicodedata
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from decimal import Decimal, InvalidOperation
from enum import Enum

from bot.tables.workbook import Uncalculated
from planning.plan.limits import FIRST_DAY, LAST_DAY, MAX_QUANTITY
from planning.plan.link import LagKind
from planning.plan.ratio import Ratio, fraction_of

SERIAL_ZERO = date(1899, 12, 30)
"""Day 0 of a spreadsheet's date numbers, after its leap-year fault of 1900."""
_DAY = r"(?P<year>\d{4})[-/.年](?P<month>\d{1,2})[-/.月](?P<day>\d{1,2})日?"
_ZONE = r"(?P<zone>Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)"
MOMENT = re.compile(
    rf"{_DAY}[T ](?P<hour>\d{{1,2}})(?P<minutes>:\d{{2}}(?::\d{{2}}(?:[.,]\d+)?)?) ?{_ZONE}", re.IGNORECASE
)
"""A time that says its zone, as other programs export it."""
ZONED = re.compile(rf".*{_ZONE}", re.IGNORECASE)
DAY = re.compile(rf"{_DAY}(?:[T ](?P<rest>.*))?")
"""A day, and whatever stands behind it; a zone there is no part of it."""
SPAN = re.compile(
    r"(?P<number>[+-]?[\d.,]+) ?(?:个|個)? ?"
    r"(?P<unit>(?P<working>工作日|工作天|working ?days?|work ?days?)|(?:天|日|days?|d)|"
    r"(?P<weeks>周|星期|礼拜|weeks?|wks?|w)|"
    r"(?P<calendar>自然日|日历日|日历天|calendar ?days?|elapsed ?days?|edays?|ed))\??",
    re.IGNORECASE,
)
"""Days with their unit; a question mark behind it is how a program marks an estimate."""
COMPACT_DAY = re.compile(r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})(?P<rest>)")
CLOCK = re.compile(
    r"(?P<half>上午|下午|中午|晚上|凌晨|早上)? ?(?P<hour>\d{1,2})[:时点]"
    r"(?:(?P<minute>\d{2})分?(?::(?P<second>\d{2})(?:[.,]\d+)?)?)?"
    rf" ?(?P<later>am|pm)? ?{_ZONE}?", re.IGNORECASE,
)
"""A time of day as people and programs write it: `9:30`, `09:30:00 UTC`, `下午3:00`, `3:00 PM`, `9时30分`."""
AFTERNOON = ("下午", "晚上", "pm")
TWELVE = ("am", "pm", "凌晨", "中午", "下午")
"""Halves of a day whose twelve is one hour only."""
END_OF_DAY = time(23, 59, 59)
SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
NUMBER = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d+)?(?:[eE][+-]?\d{1,2})?")
EXCEL_ERRORS = ("#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!")


class Unreadable(Exception):
    """A cell without a proper value; `code` names the sentence about it (`table.<code>`)."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


def text_of(value: object) -> str:
    """One line of printable text; a whole number keeps no `.0`, control characters become blanks."""
    if value is None:
        return ""
    if isinstance(value, Uncalculated):
        raise Unreadable("uncalculated", cell=value.address)
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime) and not any((value.hour, value.minute, value.second)):
        return value.date().isoformat()
    text = str(value)
    if text in EXCEL_ERRORS:
        raise Unreadable("excel_error")
    return text.strip() if text.isprintable() else " ".join(_printable(text).split())


def lines_of(value: object) -> list[str]:
    """Each line of a cell as such a text."""
    return [text_of(line) for line in (value.splitlines() if isinstance(value, str) else [value])]


def _printable(text: str) -> str:
    """Blank out control and direction-changing characters, which falsify a card's text."""
    return "".join(" " if unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp") else char for char in text)


def code_of(value: object, limit: int) -> str:
    """An item's code: full-width letters and digits become plain ones, so that links and commands find it."""
    code = unicodedata.normalize("NFKC", text_of(value))
    if len(code) > limit or re.search(r"[\s,|，、]", code):
        raise Unreadable("code_form", limit=limit)
    return code


def day_of(value: object, zone: tzinfo = UTC) -> date | None:
    """A date with its year in the usual spellings, or a spreadsheet's date number. A time that says its zone is on the
    day that it has in `zone`, the plan's."""
    if isinstance(value, datetime):
        day: date | None = value.date()
    elif isinstance(value, date):
        day = value
    else:
        plain = unicodedata.normalize("NFKC", text_of(value))
        if not plain:
            return None
        day = _written_day(plain, zone)
    if day is None:
        raise Unreadable("date")
    if not FIRST_DAY <= day <= LAST_DAY:
        raise Unreadable("date_range", first=FIRST_DAY, last=LAST_DAY)
    return day


def _written_day(text: str, zone: tzinfo) -> date | None:
    try:
        if moment := MOMENT.fullmatch(text):
            named = "+00:00" if moment["zone"].isalpha() else moment["zone"]
            time = f"{moment['hour']:0>2}{moment['minutes']}{named}"
            return datetime.fromisoformat(f"{_date(moment)}T{time}").astimezone(zone).date()
        if match := DAY.fullmatch(text) or COMPACT_DAY.fullmatch(text):
            return None if ZONED.fullmatch(match["rest"] or "") else _date(match)
    except (ValueError, OverflowError):
        return None
    if SERIAL.fullmatch(text):
        return SERIAL_ZERO + timedelta(days=int(float(text)))
    return None


def instant_of(value: object, zone: tzinfo) -> datetime | None:
    """A moment in `zone` unless it names its own; a day alone means its end."""
    if isinstance(value, datetime) and any((value.hour, value.minute, value.second)):
        return value if value.tzinfo else value.replace(tzinfo=zone)
    plain = unicodedata.normalize("NFKC", text_of(value))
    said = DAY.fullmatch(plain)
    if said and said["rest"] and (day := day_of(plain[: said.start("rest") - 1])):
        return _moment(day, said["rest"].strip(), zone)
    if SERIAL.fullmatch(plain) and "." in plain:
        return datetime.combine(SERIAL_ZERO, time(), zone) + timedelta(days=float(plain))
    found = day_of(value, zone)
    return datetime.combine(found, END_OF_DAY, zone) if found else None


def _moment(day: date, written: str, zone: tzinfo) -> datetime:
    """Raises Unreadable("instant"): a time that is none is not taken for the end of its day."""
    clock = CLOCK.fullmatch(written)
    if clock is None:
        raise Unreadable("instant")
    half = (clock["half"] or clock["later"] or "").lower()
    zoned = "+00:00" if (clock["zone"] or "").isalpha() else clock["zone"] or ""
    try:
        at = time(_hour(int(clock["hour"]), half), int(clock["minute"] or 0), int(clock["second"] or 0))
        moment = datetime.fromisoformat(f"{day.isoformat()}T{at.isoformat()}{zoned}")
    except ValueError:
        raise Unreadable("instant") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)


def _hour(hour: int, half: str) -> int:
    """Of 24. Raises ValueError for what no half of a day has, and for a twelve that may be noon or midnight."""
    if half and (hour > 12 or (hour == 12 and half not in TWELVE)):
        raise ValueError
    if not half:
        return hour
    return hour % 12 + (12 if half in AFTERNOON or (half == "中午" and hour in (12, 1)) else 0)


def _date(match: re.Match[str]) -> date:
    """Raises ValueError for a day that is none."""
    return date(int(match["year"]), int(match["month"]), int(match["day"]))


def whole_of(value: object, low: int, high: int) -> int | None:
    number = number_of(value)
    if number is None:
        return None
    if number != number.to_integral_value():
        raise Unreadable("whole")
    if not low <= number <= high:
        raise Unreadable("between", low=low, high=high)
    return int(number)


def span_of(value: object, low: int, high: int, week: int) -> int | None:
    """Whole working days, also with a unit: `3天`, `3 个工作日`, `1周`, `5 days`. `week`: working days of a week."""
    number, unit = days_of(value)
    if unit is Unit.CALENDAR:
        raise Unreadable("span")
    if number is None:
        return None
    return whole_of(str(number * (week if unit is Unit.WEEKS else 1)), low, high)


def lag_of(value: object, limit: int, week: int, said: LagKind | None = None) -> tuple[int, LagKind]:
    """Whole days from -limit to limit, also with a unit, and which days they are: as the unit tells, else as is `said`
    beside it, else working days, of which a week has `week`."""
    try:
        number, unit = days_of(value)
    except Unreadable as problem:
        raise Unreadable("lag") if problem.code == "span" else problem from None
    told = {Unit.CALENDAR: LagKind.CALENDAR, Unit.WORKING: LagKind.WORKING}.get(unit)
    if told and said and told is not said:
        raise Unreadable("lag_kinds")
    kind = told or said or LagKind.WORKING
    days = (number or 0) * ((7 if kind is LagKind.CALENDAR else week) if unit is Unit.WEEKS else 1)
    return whole_of(str(days), -limit, limit) or 0, kind


class Unit(Enum):
    DAYS = "days"
    """Whichever."""
    WORKING = "working"
    WEEKS = "weeks"
    CALENDAR = "calendar"
    NONE = ""


def days_of(value: object) -> tuple[Decimal | None, Unit]:
    """A number of days or weeks, and the unit that is written with it."""
    plain = unicodedata.normalize("NFKC", text_of(value))
    found = SPAN.fullmatch(plain)
    if found is None:
        try:
            return number_of(value), Unit.NONE
        except Unreadable:
            raise Unreadable("span") from None
    named = (unit for unit in (Unit.WEEKS, Unit.CALENDAR, Unit.WORKING) if found[unit.value])
    return number_of(found["number"]), next(named, Unit.DAYS)


def number_of(value: object) -> Decimal | None:
    """An exact number; thousands may be set apart by commas."""
    plain = unicodedata.normalize("NFKC", text_of(value))
    if not plain:
        return None
    try:
        number = Decimal(plain.replace(",", "")) if NUMBER.fullmatch(plain) else None
    except InvalidOperation:
        number = None
    if number is None or isinstance(value, bool):
        raise Unreadable("number")
    _be_sane(number)
    return number


def _be_sane(number: Ratio) -> None:
    if not -MAX_QUANTITY <= number <= MAX_QUANTITY:
        raise Unreadable("between", low=-MAX_QUANTITY, high=MAX_QUANTITY)


def ratio_of(value: object) -> Ratio | None:
    """A number, or a fraction such as 1/3."""
    fraction = fraction_of(unicodedata.normalize("NFKC", text_of(value)))
    if fraction is not None:
        _be_sane(fraction)
        return fraction
    try:
        return number_of(value)
    except Unreadable as problem:
        raise Unreadable("ratio") if problem.code == "number" else problem from None


def share_of(value: object) -> Decimal | None:
    """A part of the whole, 0 up to below 1, also as a percentage."""
    plain = unicodedata.normalize("NFKC", text_of(value))
    try:
        number = number_of(plain.removesuffix("%"))
    except Unreadable:
        raise Unreadable("percentage") from None
    if number is not None and plain.endswith("%"):
        number /= 100
    if number is not None and not 0 <= number < 1:
        raise Unreadable("percentage")
    return number
