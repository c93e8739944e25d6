"""报工, 到货, 开工, 完成, 更正, 停机 and 隔离: the commands that say what has happened; 进度 asks for it.

Their names are everyday words (`完成日期改到 12-05`), so what is not wholly their own is left to the other commands.
"""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial

from handlers.language.commands.reads import Span, span_of, span_word
from handlers.language.commands.told import AGAIN, OVER, Told, read_told
from handlers.language.values.numbers import plain
from handlers.language.values.objects import CODE, split_object, whole_object
from handlers.language.vocabulary import THIS, Command, Phrase, Say, Takes, Typed, because, spaced, this_or
from planning.refusal import Refused


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
class ShowDepartmentProgress(Command):
    """Ask how far departments are; `department` as typed, empty: all of them. `span`: None: this week. `picture`: of
    all of them, as bars."""

    department: str = ""
    span: Span | None = None
    picture: bool = False


_LETTERS = re.compile(r"[A-Z]+(?:[-_./][A-Z]+)+")
"""A code without a digit, in capitals: behind a command nothing else looks so."""
_BY_DEPARTMENT = ("按部门", "各部门", "各个部门", "所有部门", "by department", "by departments", "of all departments")
_PICTURE = ("图", "图片", "进度图", "as a picture", "picture", "chart")
_DEPARTMENT = re.compile(
    r"(?:部门|department)\s*[:：]?\s*(?P<name>\S(?:.{0,28}\S)?)|(?P<suffixed>\S{1,12}(?:部|线|车间|组|仓|科|处|中心))",
    re.IGNORECASE,
)
"""A department's name that cannot be anything else, or any behind the word."""
_REPORT = re.compile(r"RP[-_ ]?([0-9]{8})[-_ ]?([0-9]{3,6})(?![0-9A-Za-z])", re.IGNORECASE)


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


def progress(typed: Typed) -> ShowProgress | ShowDepartmentProgress:
    """Of an item, of a department, or of all departments."""
    words = whole_object(typed.rest)
    if _is_code(words):
        return ShowProgress(words)
    words, span = span_of(typed.rest)
    if words.lower() in _BY_DEPARTMENT:
        return ShowDepartmentProgress("", span)
    if words.lower() in _PICTURE:
        return ShowDepartmentProgress("", span, picture=True)
    if found := _DEPARTMENT.fullmatch(words) or (typed.is_english and re.fullmatch(r"(?P<name>[a-z]{2,16})", words)):
        return ShowDepartmentProgress(found["name"] or found["suffixed"], span)
    raise typed.refused("report-unclear", example="MO-2451")


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
    return item == THIS or bool(re.fullmatch(CODE, item) or _LETTERS.fullmatch(item))


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


def _spell_departments(asked: ShowDepartmentProgress, say: Say) -> str:
    if asked.picture:
        return spaced(say("图", "picture"), span_word(asked.span, say) if asked.span else "")
    found = _DEPARTMENT.fullmatch(asked.department)
    name = asked.department if found and found["suffixed"] else f"{say('部门', 'department')} {asked.department}"
    which = name if asked.department else say("按部门", "by department")
    return spaced(which, span_word(asked.span, say) if asked.span else "")


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
    "隔离 <单号/部门> [预计 <日期>] [因为 <原因>]",
    "quarantine <code/department> [expected <date>] [because <reason>]",
    "隔离 PO-3301 预计 12-09", "quarantine PO-3301 expected 12-09",
    "记下来料或成品被质量扣住、预计哪天放行", "books goods that quality holds back, and the day they are expected",
    read=hold, spells={ReportHold: _spell_place}, everyday=True,
)  # fmt: skip
PROGRESS = Phrase(
    "进度", "jdu", "progress",
    "进度 <单号>｜按部门｜图｜<部门> [本周]", "progress <code>|by department|picture|<department> [this week]",
    "进度 MO-2451", "progress MO-2451",
    "看一个单子做到哪了、预计哪天完、谁报的；或者各部门该做多少、做了多少",
    "how far an item is, when it will be finished, and who said so; or how far each department is and should be",
    read=progress,
    spells={
        ShowProgress: lambda asked, say: this_or(asked.item, say),
        ShowDepartmentProgress: _spell_departments,
    },
    everyday=True,
    also=("进度 按部门", "progress by department"),
)  # fmt: skip
