"""Days, lengths and quantities anywhere in what was said, read by the readers of commands."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from handlers.language.values.approximate import either
from handlers.language.values.dates import read_date
from handlers.language.values.holidays import AROUND, around_holiday
from handlers.language.values.numbers import NUMBER, number
from handlers.language.values.roundabout import ask_back
from planning.refusal import Refused

_COUNT = r"[0-9]{1,2}|[一二三四五六七八九十廿]{1,3}"
_WEEKDAY = r"(?:上上|上|下下|下|这|本)?个?(?:周|星期|礼拜)[一二三四五六日天1-7](?![0-9天日])"
_ENGLISH_DAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?"
_MONTHS = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_OF_TIME = r"\s*(?:个?工作[日天]|天|个?(?:周|星期|礼拜)|(?:working\s+|business\s+)?days?\b|weeks?\b|wks?\b|[dw]\b)"
_DAY = re.compile(
    rf"""(?P<full>[0-9]{{4}}[-/.年][0-9]{{1,2}}[-/.月][0-9]{{1,2}})[日号]?
    |(?P<month>(?:{_COUNT})月份?(?:{_COUNT}))[日号]?
    |(?P<numeric>(?<![0-9.a-z-])[0-9]{{1,2}}[-/.][0-9]{{1,2}})(?![0-9%万千k.-]|{_OF_TIME})[日号]?
    |(?P<weekday>{_WEEKDAY})
    |(?P<near>大?[后前][天日儿]个?|[明今昨][天日儿]个?|[明今][早晚朝]|听日|昨晚|寻日)
    |(?P<dom>(?:(?:下|这|本)个?月)?(?:[0-9]{{1,2}}|[一二三四五六七八九十廿]{{1,3}})号)(?![单张嗰线机仓库楼门柜])
    |(?P<day>(?:(?:下|这|本)个?月)?[0-9]{{1,2}}日|(?<=[到至])[一二三四五六七八九十廿]{{1,3}}日)
    |(?P<vague>(?:(?:下|这|本)个?|[0-9]{{1,2}})?月[底初中末]|年底|(?:下个?|本|这个?)?周末)
    |\b(?P<english>(?:(?:next|this|last|coming)\s+)?{_ENGLISH_DAY})\b
    |\b(?P<words>(?:{_MONTHS})\.?\s+[0-9]{{1,2}}|[0-9]{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?(?:{_MONTHS}))\b
    |\b(?P<ordinal>[0-9]{{1,2}})(?:st|nd|rd|th)\b
    |\b(?P<tomorrow>day\s+after\s+tomorrow|tomorrow|tmrw?|today|yesterday)\b
    |(?P<holiday>{AROUND})
    |(?<![0-9a-z.-])(?P<compact>(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01]))(?![0-9a-z,%.])""",
    re.VERBOSE,
)
_OF_DATES = re.compile(r"日期|交期|几号|哪天|\bdates?\b")
"""Where days are spoken of, 0112 is one."""
_BESIDE = re.compile(rf"\s*[（(,，]?\s*(?:就?是|那天|on\s+)?\s*({_WEEKDAY}|{_ENGLISH_DAY})\s*[)）]?")
_GOES_TO = re.compile(r"(?:到|至|成|为|改|推|挪|to|by)\s*$")
_NEAR = {
    "明": "明天", "今": "今天", "昨": "昨天", "听": "明天", "寻": "昨天", "后": "后天", "前": "前天",
    "大后": "大后天", "大前": "大前天",
}  # fmt: skip
_WEEK = re.compile(
    r"(?P<which>下下|下|这一?|本|今)个?(?:周|星期|礼拜)(?![一二三四五六日天末1-7])|(?P<english>next|this)\s+week"
)
_JOINED = re.compile(
    r"\s*(?:开始|起)?[，,]?\s*(?:一直)?(?:~|到|至|-|—|、|,|，|跟|和|与|同|to|through|until|till|and)?\s*"
)
_FIRST_OF = re.compile(
    rf"(?<![0-9])(?P<first>[0-9]{{1,2}})\s*[号日]?\s*(?:~|到|至|-|、|,|和|\s)\s*(?P<last>{_COUNT})\s*"
    rf"(?:[日号]|两[日天]|(?P<month>{_MONTHS}))"
)
_LAST_OF = re.compile(r"(?P<month>1[0-2]|[1-9])月(?P<first>[0-9]{1,2})[日号]?(?:~|到|至|-)(?P<last>[0-9]{1,2})[日号]")
"""12月28日至31日: both of one month, and the second no length."""
_WEEKDAYS = re.compile(
    r"(?P<week>(?:这|本|下下|下)?个?(?:周|星期|礼拜))(?P<first>[一二三四五六])[、和跟到至]?(?P<last>[二三四五六日天])(?!十)"
)
"""下周一二 is Monday and Tuesday."""
_WORKING_WEEK, _WEEK_LONG = 5, 7


@dataclass(frozen=True, slots=True)
class Span:
    """A place in the words."""

    start: int
    end: int

    def meets(self, others: Sequence["Span"]) -> bool:
        return any(self.start < other.end and other.start < self.end for other in others)


@dataclass(frozen=True, slots=True)
class Day(Span):
    choices: tuple[date, ...]
    """One; or what it may mean, likeliest first."""


@dataclass(frozen=True, slots=True)
class Length(Span):
    days: int
    in_weeks: bool = False
    """Calendar days, seven a week."""


@dataclass(frozen=True, slots=True)
class Amount(Span):
    amount: Decimal
    unit: str = ""
    sign: int = 0
    """Nought: the whole; else so much more or less."""


def days_in(spoken: str, today: date) -> list[Day]:
    """Days named in plain words, in their order. A weekday that is not that of the day beside it makes two choices."""
    found: list[Day] = []
    at = 0
    while match := _DAY.search(spoken, at):
        at = match.end()
        choices = _read(match, today) if not match["compact"] or _OF_DATES.search(spoken) else ()
        if choices and (beside := _BESIDE.match(spoken, at)) and not match["weekday"] and not match["english"]:
            choices, at = _checked(choices, beside[1], today), beside.end()
        if choices:
            found.append(Day(match.start(), at, choices))
    return found


def period_in(spoken: str, days: Sequence[Day], today: date) -> tuple[date, date] | None:
    """First and last of the days spoken of: two days, a whole week, or one day alone."""
    if both := _WEEKDAYS.search(spoken):
        begins, ends = (_read_date(f"{both['week']}{both[name]}", today) for name in ("first", "last"))
        if begins and ends and begins[-1] < ends[-1]:
            return begins[-1], ends[-1]
    if (span := _LAST_OF.search(spoken)) and (last := _read_date(f"{span['month']}月{span['last']}号", today)):
        if 1 <= int(span["first"]) < last[0].day:
            return last[0].replace(day=int(span["first"])), last[0]
    if span := _FIRST_OF.search(spoken):
        said = f"{span['month']} {span['last']}" if span["month"] else f"{span['last']}号"
        last = _read_date(said, today)
        if last and 1 <= int(span["first"]) < last[0].day:
            return last[0].replace(day=int(span["first"])), last[0]
    for one, other in pairwise(days):
        if _JOINED.fullmatch(spoken, one.end, other.start):
            first, last_day = one.choices[0], other.choices[0]
            if last_day < first and (first - last_day).days < _WEEK_LONG:
                last_day += timedelta(days=_WEEK_LONG)
            if first <= last_day:
                return first, last_day
    if "明后" in spoken:
        return today + timedelta(days=1), today + timedelta(days=2)
    if week := _WEEK.search(spoken):
        ahead = {"下下": 2, "下": 1, "next": 1}.get(week["which"] or week["english"], 0)
        monday = today - timedelta(days=today.weekday()) + timedelta(days=7 * ahead)
        return max(monday, today), monday + timedelta(days=_WORKING_WEEK - 1)
    return (days[0].choices[0], days[0].choices[0]) if days else None


def no_day_in(spoken: str, today: date) -> str:
    """The first day named that there is not, such as 2月30号; empty: none."""
    for match in _DAY.finditer(spoken):
        sure = match["full"] or match["month"] or (match["numeric"] and _GOES_TO.search(spoken[: match.start()]))
        try:
            if sure:
                read_date(_plain(match), today)
        except Refused as refused:
            if refused.refusal.code == "no-such-date":
                return match[0]
    return ""


def _read(match: re.Match[str], today: date) -> tuple[date, ...]:
    if match["holiday"]:
        return tuple(around_holiday(match["holiday"], today))
    return _read_date(_plain(match), today)


def _plain(match: re.Match[str]) -> str:
    """The day in the words that the readers of commands know."""
    kind, text = match.lastgroup or "", match[match.lastgroup or 0]
    if kind == "near":
        text = _NEAR[text[:2] if text[0] == "大" else text[0]]
    elif kind == "ordinal":
        text = f"{text}号"
    elif kind == "compact":
        text = f"{text[:2]}-{text[2:]}"
    elif kind == "tomorrow":
        text = re.sub("^tmrw?$", "tomorrow", text)
    elif kind == "full":
        text = re.sub("[年月/.]", "-", text)
    text = re.sub(r"(?<=[0-9])(?:st|nd|rd|th)|\bof\s|coming\s|\.(?=\s)|份", "", text).replace("廿", "二十")
    return re.sub("二十十", "二十", text)


def _read_date(text: str, today: date) -> tuple[date, ...]:
    try:
        read = read_date(text, today)
    except Refused as refused:
        listed = refused.refusal.facts.get("choices", "")
        choices = tuple(map(date.fromisoformat, listed.split("、"))) if listed else ()
        return tuple(day for day in choices if day >= today) or choices
    return (read,) if read else ()


def _checked(choices: tuple[date, ...], weekday: str, today: date) -> tuple[date, ...]:
    """The day where its weekday is right, else both that may be meant."""
    try:
        said = read_date(weekday, today)
    except Refused as refused:
        said = date.fromisoformat(refused.refusal.facts["choices"].split("、")[-1])
    if said is None or any(day.weekday() == said.weekday() for day in choices):
        return choices
    day = choices[0]
    return (day, min((day + timedelta(days=off) for off in range(-3, 4)), key=lambda near: (
        near.weekday() != said.weekday(), abs((near - day).days)
    )))


_UNIT_OF_TIME = (
    r"(?P<hours>小时|hours?\b)|(?P<weeks>个?(?:周|星期|礼拜)(?![一二三四五六日天末1-7])|weeks?\b|wks?\b|w\b)"
    r"|个?工作[日天]|天|日|(?:working\s+|business\s+)?days?\b|d\b|wd\b"
)
_ENGLISH_NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10,
}  # fmt: skip
_BETWEEN = r"[0-9]{1,2}\s*(?:[-~到至]|to\b)\s*[0-9]{1,2}"
_NUMERAL = (
    rf"{_BETWEEN}|个把|十[来几](?=个?[天周星礼工日])|[0-9]+(?:\.[0-9]+)?|[一二两俩三仨四五六七八九十]{{1,3}}|半"
    rf"|\b(?:{'|'.join(_ENGLISH_NUMBERS)})\b"
)
_LENGTH = re.compile(
    rf"(?<![0-9a-z.-])(?P<number>{_NUMERAL})\s*-?\s*(?:多|整)?(?:{_UNIT_OF_TIME})(?P<half>半)?"
    r"|(?P<couple>[俩仨])(?=工作|天|周)"
)
_HOURS = {"24": 1, "48": 2, "72": 3}
_RANGE = re.compile(r"([0-9]+)\s*(?:[-~到至]|to)\s*([0-9]+)")
_ABOUT = {
    "个把": (1, 2), "十来": (10, 12), "十几": (13, 15),
    "一两": (1, 2), "两三": (2, 3), "三四": (3, 4), "三五": (3, 5), "四五": (4, 5), "五六": (5, 6), "七八": (7, 8),
}  # fmt: skip
_EARLIER = (
    r"提前|提早|往前|前移|赶前|早[一二两三四五六七八九十0-9点d]|早一|快[一二两三0-9]|拉前|压[一二两三四五0-9]"
    r"|earlier|sooner|advance|pull|bring[a-z ]*(?:forward|in)|forward|ahead|缩短"
    r"|(?<![a-z0-9])-(?=[0-9])|前[面移]?[一二两三]"
)
_LATER = r"推|延|晚|迟|后|拖|缓|慢|hold|later|delay|postpone|push|slip|late\b|再给|\+(?=[0-9])"
_SIGN = re.compile(rf"(?P<earlier>{_EARLIER})|(?P<later>{_LATER})")


def lengths_in(spoken: str, taken: Sequence[Span]) -> list[Length]:
    """Lengths of time; an approximate one twice, as what it may mean."""
    found: list[Length] = []
    for match in _LENGTH.finditer(spoken):
        if Span(*match.span()).meets(taken):
            continue
        if match["hours"] and match["number"] not in _HOURS:
            continue
        weeks = bool(match["weeks"])
        counts = (_HOURS[match["number"]],) if match["hours"] else _counts(match["number"] or match["couple"])
        for count in counts:
            found.append(Length(*match.span(), count * (7 if weeks else 1), weeks))
    return found


def direction_of(spoken: str, length: Length) -> int:
    """-1 earlier, 1 later, 0 not said; of both what stands nearer to the length."""
    said = [(_apart(length, match), 1 if match["later"] else -1) for match in _SIGN.finditer(spoken)]
    return min(said)[1] if said else 0


def _apart(length: Length, match: re.Match[str]) -> int:
    return max(length.start - match.end(), match.start() - length.end, 0)


def _counts(text: str) -> tuple[int, ...]:
    if text in _ABOUT:
        return _ABOUT[text]
    if about := _RANGE.fullmatch(text):
        return tuple(sorted({int(about[1]), int(about[2])}))
    if text in _ENGLISH_NUMBERS:
        return (_ENGLISH_NUMBERS[text],)
    value = number(text.replace("俩", "两").replace("仨", "三")) if text != "半" else None
    return (int(value),) if value is not None and value == int(value) and 0 < value <= 365 else ()


_UNIT = r"[台套片只副件个块条箱包卷瓶桶盒支把张批颗粒板枚份盏单托双米吨]|pcs?\b|units?\b|pieces?\b|sets?\b|k?g\b|ea\b"
_AMOUNT = re.compile(
    rf"(?<![0-9a-z.-])(?<![0-9],)(?P<number>[0-9]{{1,3}}(?:,[0-9]{{3}})+|{NUMBER})\s*(?P<unit>{_UNIT})?"
)
_DIGITS = "0-9零一二两三四五六七八九十百千万"
_MORE = re.compile(rf"(?:加|多|追|补|增|添|再来|another|add|plus|extra|\+|more)[^{_DIGITS}到成至为]{{0,6}}$")
_LESS = re.compile(rf"(?:少|减|砍|扣|去掉|cut|less|minus|drop|-)[^{_DIGITS}到成至为剩]{{0,6}}$")
_VAGUE = re.compile(
    r"(?:(?P<more>增加|追加|[多加])|(?P<less>减少|[少减砍])|改成?|只要|只做)(?:做|订|来|要|掉|个)?\s*"
    r"(?P<vague>(?P<number>[百千万]把|好?几[十百千万]?|[一二两三四五六七八九]?[十百千万][来多]"
    rf"|[一二两三四五六七八九]{{2}}[百千万](?![一二两三四五六七八九])|[一二两三四五六七八九]{{2}}(?={_UNIT}|付)|若干)"
    rf"(?:{_UNIT}|付)?)(?![天周星礼个月])"
)
_FROM_NOW = re.compile(
    r"(?:个把|好?几|十[来几]|[一二两三四五六七八]{2}|[0-9]{1,2}\s*[-~到至]\s*[0-9]{1,2})个?(?:天|周|星期|礼拜|月|工作日)"
    r"(?:以后|之后|后)"
)
_A_FEW = re.compile(
    r"(?:(?P<earlier>提前|提早|往前[提移挪赶]?|早)|推迟|推后|推|延后|延期|延|往后[推延挪拖放]?|顺延|拖后?|缓|晚|迟)[个上]?"
    r"(?:好?几|若干|个把|[一二两三四五六七八]{2})个?(?:工作日|天|日|周|星期|礼拜)(?!(?:以|之)?[内后前])"
    r"|\b(?:push|move|delay|postpone)(?:\s+\S+){0,2}?(?:\s+(?:back|out))?(?:\s+by)?\s+(?:a\s+few|some|several)\s+days\b"
    r"|\b(?:a\s+few|some|several)\s+days\s+(?:later|(?P<sooner>earlier|sooner))\b"
)
"""So much earlier or later that nobody could write it down."""
_HOW_MANY = re.compile("(?:(?<!不)(?:能|可以|会)|最多|到底要?)$")
_SHARE = re.compile(
    r"(?:(?P<less>[减少砍降])|(?P<more>[多增涨]|加(?!工)))[^，。0-9]{0,3}?"
    r"(?:(?P<tenths>[一二两三四五六七八九])成|(?P<percent>[0-9]{1,2})\s*%)"
    r"|(?P<double>翻倍|加倍|翻一番)|(?P<half>减半|砍一半|少一半)"
)
_AFTER = re.compile(
    r"\s*(?:[a-z0-9]+\s+){0,2}(?:(?P<more>more|extra|on top)|(?P<less>less|fewer|off))"
    r"|[只片台套副个件]?[，, ]?(?:(?P<plus>[给可]?[以]?加上|可以加)|(?P<minus>减掉|扣掉|拿掉))"
)
_BY = re.compile(r"(?:reduce|cut|lower|decrease)[^0-9]{0,24}by\s*$")
_WHOLE = re.compile(rf"(?:到|成|为|至|改|只要|总共|一共|要|剩|to|=|→|>|做|应该?|是|系|只)[^{_DIGITS}]{{0,3}}$")
_OLD = re.compile(
    r"(?:不是|not|唔系|instead of|rather than|from|由|从|原来|原本|本来|之前|写的?|写住?|单上)\s*(?:是|the|要)?\s*$"
)
"""Before what something was until now."""
_FEW = 20
"""A bare number below is rarely a quantity."""


def amounts_in(spoken: str, taken: Sequence[Span]) -> list[Amount]:
    """Quantities, likeliest first: what something was changed to, then what is said last."""
    ranked: list[tuple[int, int, Amount]] = []
    vague = [Span(*found.span("vague")) for found in _VAGUE.finditer(spoken)]
    for match in _AMOUNT.finditer(spoken):
        value = number(match["number"].replace(",", ""))
        unit = match["unit"] or ""
        if value is None or Span(*match.span("number")).meets([*taken, *vague]) or (not unit and value < _FEW):
            continue
        before = spoken[max(0, match.start() - 30) : match.start()]
        before = re.split("[，。；,;!！？?]", before)[-1]
        sign = _sign(before, spoken[match.end() : match.end() + 12])
        whole = not sign and bool(_WHOLE.search(before))
        old = bool(_OLD.search(before))
        small = value < _FEW and unit in ("个", "张", "批", "单", "条", "")
        amount = Amount(*match.span(), value, unit if unit not in ("单", "") else "", 0 if whole else sign)
        ranked.append((2 * (whole or sign != 0) - 3 * small - 3 * old, match.start(), amount))
    return [amount for _, _, amount in sorted(ranked, key=lambda one: one[:2], reverse=True)]


def vague_amount_in(spoken: str) -> tuple[str, tuple[Amount, ...]]:
    """So much more or less that it names no number, such as 百把副, and the two it may be; empty: there is none."""
    found = _VAGUE.search(spoken)
    if found is None:
        return "", ()
    sign = 1 if found["more"] else -1 if found["less"] else 0
    two = either(found["number"]) if found["number"] != "若干" else ()
    return found["vague"], tuple(Amount(*found.span("vague"), Decimal(one), sign=sign) for one in two)


def a_few_days_in(spoken: str) -> tuple[str, int]:
    """`晚几天`, and whether that is earlier (-1) or later (1); empty: nothing of the kind."""
    found = _A_FEW.search(spoken)
    if found and _HOW_MANY.search(spoken, 0, found.start()):
        return "", 0  # 能提前几天 asks how many that would be
    return (found[0], -1 if found["earlier"] or found["sooner"] else 1) if found else ("", 0)


def later_than_now_in(spoken: str, today: date) -> tuple[str, tuple[date, ...]]:
    """`十来天以后`: about so much later than today, and the days that it may be; empty: nothing of the kind."""
    found = _FROM_NOW.search(spoken)
    if found is None:
        return "", ()
    try:
        ask_back(found[0], today)
    except Refused as refused:
        choices = re.findall(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", refused.refusal.facts.get("choices", ""))
        return found[0], tuple(map(date.fromisoformat, choices))
    return found[0], ()


def share_in(spoken: str) -> Decimal | None:
    """By which part of itself a quantity is to change: 多一成 is a tenth more, 减半 a half less; None: not said."""
    found = _SHARE.search(spoken)
    if found is None:
        return None
    if found["double"] or found["half"]:
        return Decimal(1) if found["double"] else Decimal("-0.5")
    part = Decimal(found["percent"] or 0) / 100 if found["percent"] else (number(found["tenths"]) or Decimal(0)) / 10
    return -part if found["less"] else part


def _sign(before: str, after: str) -> int:
    if said := _AFTER.match(after):
        return 1 if said["more"] or said["plus"] else -1
    if _LESS.search(before) or _BY.search(before):
        return -1
    return 1 if _MORE.search(before) else 0
