"""报工, 到货, 开工, 完成, 更正, 停机 and 隔离: the commands that say what has happened; 进度 asks for it.

Their names are everyday words (`完成日期改到 12-05`), so what is not wholly their own is left to the other commands.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from functools import partial

from handlers.language.dates import read_date
from handlers.language.numbers import COUNT, NUMBER, number, plain
from handlers.language.objects import CODE, split_object, whole_object, without_courtesy
from handlers.language.quantities import UNIT, read_quantity
from handlers.language.vocabulary import THIS, Command, Phrase, Say, Takes, Typed, because, spaced, this_or
from planning.refusal import Refused

OVER, AGAIN = "超产", "追加"
"""Words that confirm what was asked: more than planned, and the same once more."""


@dataclass(frozen=True, slots=True)
class ReportWork(Command):
    """`item` is a code, or a piece of a title; one of `good`, `percent`, `remaining` (working days) and `expected` is
    told at least. `day`: None: today. `sure`: what was confirmed, OVER or AGAIN."""

    item: str
    good: Decimal | None = None
    scrap: Decimal | None = None
    percent: Decimal | None = None
    remaining: int | None = None
    expected: date | None = None
    day: date | None = None
    unit: str = ""
    sure: str = ""


@dataclass(frozen=True, slots=True)
class ReportArrival(Command):
    """`good`: None: all that was still missing; `rest`: the day the others are expected."""

    item: str
    good: Decimal | None = None
    rest: date | None = None
    day: date | None = None
    unit: str = ""
    sure: str = ""


@dataclass(frozen=True, slots=True)
class ReportStart(Command):
    item: str
    day: date | None = None


@dataclass(frozen=True, slots=True)
class ReportFinish(Command):
    """`enough`: less than planned, and no more will be made."""

    item: str
    day: date | None = None
    enough: bool = False


@dataclass(frozen=True, slots=True)
class CorrectReport(Command):
    """`report`: its number; empty: the speaker's last. What is not named stays as it was; `void` withdraws it."""

    report: str = ""
    good: Decimal | None = None
    scrap: Decimal | None = None
    percent: Decimal | None = None
    remaining: int | None = None
    expected: date | None = None
    day: date | None = None
    unit: str = ""
    void: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ReportStop(Command):
    """`place`: an item's code or a department as typed; `expected`: the day it goes on."""

    place: str
    expected: date | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ReportHold(Command):
    place: str
    expected: date | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ShowProgress(Command):
    """Ask how far an item is, and when it will be finished."""

    item: str


@dataclass(frozen=True, slots=True)
class Told:
    """All that can be told of an item in one line, whatever the command."""

    good: Decimal | None = None
    unit: str = ""
    everything: bool = False
    scrap: Decimal | None = None
    percent: Decimal | None = None
    remaining: int | None = None
    expected: date | None = None
    rest: date | None = None
    day: date | None = None
    sure: str = ""
    enough: bool = False
    void: bool = False

    def has_only(self, *names: str) -> bool:
        return all(getattr(self, one.name) == one.default for one in fields(self) if one.name not in names)


_REPORT = re.compile(r"RP[-_ ]?([0-9]{8})[-_ ]?([0-9]{3,6})(?![0-9A-Za-z])", re.IGNORECASE)
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_DAY = rf"(?P<day>{_MONTH}\s+[0-9]{{1,2}}|[^\s]+(?:\s+(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*)?)"
"""A number behind a day is its own only where the day began with a month's English name: `预计 12-12 80` made 80."""
_PIECES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(rf"(?<!\S){way}(?!\S)", re.IGNORECASE))
    for name, way in (
        ("percent", rf"(?:完成|做了|到)?\s*(?:(?P<n>[0-9]+(?:\.[0-9]+)?)\s*%|百分之(?P<m>{COUNT}))"),
        ("scrap", rf"(?:报废|废品?|不良|scrap)\s*(?P<n>-?{NUMBER})(?:\s*(?:{UNIT}))?"),
        ("remaining", rf"(?:还剩|剩下?|还要|还差|left|remaining)\s*(?P<n>{COUNT})\s*(?:个?工作日|天|日|days?|d|wd)"),
        ("remaining", rf"(?P<n>{COUNT})\s*(?:days?|d|wd)\s*(?:left|remaining|to go)"),
        ("rest", rf"(?:余下的?|其余的?|剩下的?|rest)\s*{_DAY}"),
        ("expected", rf"(?:预计|预期|expected?|by)\s*{_DAY}"),
        ("everything", r"(?:全部|全数|到齐|齐了|all|everything)"),
        ("enough", r"(?:够了|就这些|不做了|enough)"),
        ("void", r"(?:作废|撤掉|void)"),
        ("sure", r"(?P<over>超产|超收|over)|(?P<again>追加|again)"),
    )
)  # fmt: skip
_TO_COME = re.compile(r"[改调定提推延挪移往]|到|至|to\b|by\b|until\b", re.IGNORECASE)
_DECIMAL = re.compile(r"[0-9]+\.[0-9]+")
"""1.5 is an amount here, never the fifth of January."""
_SIGNED = re.compile(rf"(?P<sign>[-+减加]?)\s*(?P<rest>{NUMBER}.*)", re.IGNORECASE)


def read_told(text: str, today: date) -> Told | None:
    """Everything that the whole text tells; None where a part of it is something else. Raises what dates and numbers
    raise."""
    found: dict[str, object] = {}
    rest = f" {without_courtesy(text)} ".replace("报废 ", "报废")
    for name, way in _PIECES:
        if (said := way.search(rest)) and name not in found:
            value = _VALUES[name](said, today)
            if value is None:
                return None
            found[name] = value
            rest = f"{rest[: said.start()]} {rest[said.end() :]}"
    words = rest.split()
    for cut in _cuts(len(words)):
        if (left := _amount_and_day(words, cut, today)) is not None:
            told = Told(**{**found, **left})  # type: ignore[arg-type]
            return told if told != Told() else None
    return None


def _cuts(count: int) -> list[tuple[int, int]]:
    """Where the amount may stand among the words that are left; what is not the amount is the day."""
    return [(0, count), (0, 0), *((0, at) for at in range(1, count)), *((at, count) for at in range(1, count))]


def _amount_and_day(words: list[str], cut: tuple[int, int], today: date) -> dict[str, object] | None:
    amount, others = " ".join(words[cut[0] : cut[1]]), " ".join([*words[: cut[0]], *words[cut[1] :]])
    found: dict[str, object] = {}
    if amount:
        signed = _SIGNED.fullmatch(amount)
        quantity = read_quantity(signed["rest"]) if signed else None
        if signed is None or quantity is None or quantity.relative:
            return None
        found = {"good": -quantity.amount if signed["sign"] in ("-", "减") else quantity.amount, "unit": quantity.unit}
    if others:
        day = past_day(others, today)
        if day is None:
            return None
        found["day"] = day
    return found


def past_day(text: str, today: date) -> date | None:
    """The day that was: of two that are near the one that has passed. `到 12-05` is a day to come."""
    if _TO_COME.match(text) or _DECIMAL.fullmatch(text):
        return None
    try:
        found = read_date(text, today)
    except Refused as refused:
        if refused.refusal.code != "date-ambiguous":
            raise
        days = [date.fromisoformat(day) for day in refused.refusal.facts["choices"].split("、")]
        return max((day for day in days if day <= today), default=days[0])
    return found


def _count(said: re.Match[str], today: date) -> Decimal | None:
    text = next(filter(None, said.groupdict().values()), "")
    amount = number(text.lstrip("-"))
    return -amount if amount is not None and text.startswith("-") else amount


def _whole(said: re.Match[str], today: date) -> int | None:
    count = _count(said, today)
    return int(count) if count is not None and count == count.to_integral_value() else None


_VALUES: Mapping[str, Callable[[re.Match[str], date], object]] = {
    "percent": _count,
    "scrap": _count,
    "remaining": _whole,
    "rest": lambda said, today: read_date(said["day"], today),
    "expected": lambda said, today: read_date(said["day"], today),
    "everything": lambda said, today: True,
    "enough": lambda said, today: True,
    "void": lambda said, today: True,
    "sure": lambda said, today: OVER if said["over"] else AGAIN,
}


def work(typed: Typed) -> ReportWork:
    """Raises `report-unclear`, and what dates and numbers raise."""
    item, told = _of_an_item(typed, "300")
    named = (told.good, told.scrap, told.percent, told.remaining, told.expected)
    if not told.has_only("good", "unit", "scrap", "percent", "remaining", "expected", "day", "sure") or not any(
        value is not None for value in named
    ):
        raise _unclear(typed, item, "300")
    return ReportWork(item, *named, told.day, told.unit, told.sure)


def arrival(typed: Typed) -> ReportArrival:
    item, told = _of_an_item(typed, "500")
    only = told.has_only("good", "unit", "everything", "rest", "day", "sure")
    if not only or (told.good is None) is not told.everything:
        raise _unclear(typed, item, "500")
    return ReportArrival(item, told.good, told.rest, told.day, told.unit, told.sure)


def start(typed: Typed) -> ReportStart:
    item, told = _of_an_item(typed, "", alone=True)
    if not told.has_only("day"):
        raise _unclear(typed, item, "")
    return ReportStart(item, told.day)


def finish(typed: Typed) -> ReportFinish:
    item, told = _of_an_item(typed, "", alone=True)
    if not told.has_only("day", "enough"):
        raise _unclear(typed, item, "")
    return ReportFinish(item, told.day, told.enough)


def correct(typed: Typed) -> CorrectReport:
    """`更正 RP-20261202-003 150`, `更正 作废`, `更正 160`."""
    rest = typed.rest.strip()
    named = _REPORT.match(rest)
    report = f"RP-{named[1]}-{named[2]}" if named else ""
    words = rest[named.end() :].strip() if named else rest
    told = read_told(words, typed.today) if words else None
    if told is None or not told.has_only("good", "unit", "scrap", "percent", "remaining", "expected", "day", "void"):
        raise typed.refused("report-unclear", example=spaced(report or "RP-20261202-003", "150"))
    values = (told.good, told.scrap, told.percent, told.remaining, told.expected)
    if told.void and any(value is not None for value in values):
        raise typed.refused("report-unclear", example=spaced(report or "RP-20261202-003", "作废"))
    return CorrectReport(report, *values, told.day, told.unit, told.void, typed.reason)


def progress(typed: Typed) -> ShowProgress:
    words = whole_object(typed.rest)
    if not _is_code(words):
        raise typed.refused("report-unclear", example="MO-2451")
    return ShowProgress(words)


def stop(typed: Typed) -> ReportStop:
    return ReportStop(*_place(typed))


def hold(typed: Typed) -> ReportHold:
    return ReportHold(*_place(typed))


def _place(typed: Typed) -> tuple[str, date | None, str]:
    """The item or department, the day it goes on, and the reason."""
    read = partial(read_told, today=typed.today)
    words, arguments, told = split_object(typed, read)
    place = whole_object(words)
    is_place = _is_code(place) or bool(re.fullmatch(r"\S{1,12}(?:部|线|车间|组|仓)", place)) or place.isascii()
    fits = (not arguments) if told is None else told.has_only("expected")
    if not place or " " in place or not is_place or not fits:
        raise typed.refused("report-unclear", example="MO-2451")
    return place, told.expected if told else None, typed.reason


def _of_an_item(typed: Typed, sample: str, *, alone: bool = False) -> tuple[str, Told]:
    """`alone`: the item is all that has to be said."""
    words, arguments, told = split_object(typed, partial(read_told, today=typed.today))
    item = whole_object(words)
    is_named = _is_code(item) or (told is not None and not alone and typed.phrase.english == "report")
    if not item or not is_named or (told is None and (arguments or not alone)):
        raise _unclear(typed, item, sample)
    return item, told or Told()


def _is_code(item: str) -> bool:
    return item == THIS or bool(re.fullmatch(CODE, item))


def _unclear(typed: Typed, item: str, sample: str) -> Refused:
    return typed.refused("report-unclear", example=spaced(item if _is_code(item) else "MO-2451", sample))


def _spell_values(command: ReportWork | CorrectReport, say: Say) -> str:
    left = command.remaining
    return spaced(
        "" if command.good is None else f"{plain(command.good)}{command.unit}",
        "" if command.scrap is None else f"{say('报废', 'scrap ')}{plain(command.scrap)}",
        "" if command.percent is None else f"{plain(command.percent)}%",
        "" if left is None else say(f"剩{left}天", f"{left} days left"),
        _expected(command.expected, say),
    )


def _spell_work(command: ReportWork, say: Say) -> str:
    values = _spell_values(command, say)
    return spaced(this_or(command.item, say), values, _day(command.day), _sure(command.sure, say))


def _spell_arrival(command: ReportArrival, say: Say) -> str:
    came = say("全部", "all") if command.good is None else f"{plain(command.good)}{command.unit}"
    rest = f"{say('余下', 'rest')} {command.rest}" if command.rest else ""
    return spaced(this_or(command.item, say), came, rest, _day(command.day), _sure(command.sure, say))


def _spell_start(command: ReportStart, say: Say) -> str:
    return spaced(this_or(command.item, say), _day(command.day))


def _spell_finish(command: ReportFinish, say: Say) -> str:
    return spaced(this_or(command.item, say), _day(command.day), say("够了", "enough") if command.enough else "")


def _spell_correction(command: CorrectReport, say: Say) -> str:
    void = say("作废", "void") if command.void else ""
    return spaced(command.report, _spell_values(command, say), _day(command.day), void, because(command.reason, say))


def _spell_place(command: ReportStop | ReportHold, say: Say) -> str:
    return spaced(this_or(command.place, say), _expected(command.expected, say), because(command.reason, say))


def _expected(day: date | None, say: Say) -> str:
    return f"{say('预计', 'expected')} {day}" if day else ""


def _sure(sure: str, say: Say) -> str:
    return say(sure, {OVER: "over", AGAIN: "again"}[sure]) if sure else ""


def _day(day: date | None) -> str:
    return str(day) if day else ""


WORK = Phrase(
    "报工", "bg", "report",
    "报工 <单号> <数量> [报废 N]｜60%｜剩N天｜预计 <日期> [昨天]",
    "report <code> <quantity> [scrap N]|60%|N days left|expected <date> [yesterday]",
    "报工 MO-2451 800 报废10", "report MO-2451 800 scrap 10",
    "记下做了多少、还剩几天、预计哪天完", "books what was made, what is left, or the day it is expected",
    read=work, spells={ReportWork: _spell_work}, everyday=True,
    also=("报工 MO-2451 剩3天", "report MO-2451 60%"),
)  # fmt: skip
ARRIVE = Phrase(
    "到货", "dh", "arrive",
    "到货 <单号> <数量>｜全部 [余下 <日期>] [昨天]", "arrive <code> <quantity>|all [rest <date>] [yesterday]",
    "到货 PO-3301 500", "arrive PO-3301 500",
    "记下到了多少货、余下的哪天到", "books goods that came, and the day the rest is expected",
    read=arrival, spells={ReportArrival: _spell_arrival}, everyday=True,
    also=("到货 PO-3301 500 余下 12-09", "arrive PO-3301 all"),
)  # fmt: skip
BEGIN = Phrase(
    "开工", "kg", "begin",
    "开工 <单号> [昨天]", "begin <code> [yesterday]",
    "开工 MO-2451", "begin MO-2451",
    "记下一项工作开始了", "books that an item has begun",
    read=start, spells={ReportStart: _spell_start}, everyday=True,
)  # fmt: skip
COMPLETE = Phrase(
    "完成", "wc", "complete",
    "完成 <单号> [昨天]", "complete <code> [yesterday]",
    "完成 MO-2451", "complete MO-2451",
    "记下一项工作做完了", "books that an item is finished",
    read=finish,
    spells={ReportFinish: _spell_finish},
    everyday=True,
)  # fmt: skip
CORRECT = Phrase(
    "更正", "gzh", "correct",
    "更正 [报工号] <数量>｜作废 [因为 <原因>]", "correct [report no] <quantity>|void [because <reason>]",
    "更正 RP-20261202-003 150", "correct RP-20261202-003 150",
    "改正报错的数；不写报工号就是自己最近报的那条", "puts a report right; without a number your last one",
    read=correct, spells={CorrectReport: _spell_correction}, everyday=True, takes=Takes.NO_ITEM,
    also=("更正 RP-20261202-003 作废 因为 报错单号", "correct 150"),
)  # fmt: skip
STOP = Phrase(
    "停机", "tji", "halt",
    "停机 <单号/部门> [预计 <日期>] [因为 <原因>]", "halt <code/department> [expected <date>] [because <reason>]",
    "停机 MO-2451 预计 12-09", "halt MO-2451 expected 12-09",
    "记下设备停了、预计哪天恢复", "books that a machine stands still, and the day it is expected back",
    read=stop, spells={ReportStop: _spell_place}, everyday=True,
)  # fmt: skip
HOLD = Phrase(
    "隔离", "gl", "quarantine",
    "隔离 <单号> [预计 <日期>] [因为 <原因>]", "quarantine <code> [expected <date>] [because <reason>]",
    "隔离 PO-3301 预计 12-09", "quarantine PO-3301 expected 12-09",
    "记下来料或成品被质量扣住、预计哪天放行", "books goods that quality holds back, and the day they are expected",
    read=hold, spells={ReportHold: _spell_place}, everyday=True,
)  # fmt: skip
PROGRESS = Phrase(
    "进度", "jdu", "progress",
    "进度 <单号>", "progress <code>",
    "进度 MO-2451", "progress MO-2451",
    "看一个单子做到哪了、预计哪天完、谁报的", "how far an item is, when it will be finished, and who said so",
    read=progress, spells={ShowProgress: lambda asked, say: this_or(asked.item, say)}, everyday=True,
)  # fmt: skip
