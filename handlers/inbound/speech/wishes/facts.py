"""Reports that may be meant by a sentence: `PO-3442 到了1800套`, `MO-2441 做完了300件，报废4`, `贴片线停了`."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from handlers.govern.reporters import require_reporter
from handlers.inbound.speech.heard import Heard
from handlers.inbound.speech.items import items_of
from handlers.inbound.speech.wishes.spelling import Wanted
from handlers.language.commands.reporting import (
    CorrectReport,
    ReportArrival,
    ReportFinish,
    ReportHold,
    ReportStart,
    ReportStop,
    ReportWork,
)
from handlers.language.speech.days import Amount
from handlers.language.values.numbers import NUMBER, number
from handlers.language.values.quantities import read_quantity
from planning.facts.progress import RECEIVED
from planning.plan.item import Item
from planning.refusal import Refused

_FEW = 10
_HOLE, _HOW_MANY = "<单号>", "<数量>"
_SCRAP = re.compile(rf"(?:报废|废品?|坏|不良|次品|scrap(?:ped)?)\s*(?:了|掉|是|有)?\s*(?P<n>{NUMBER})", re.IGNORECASE)
_TENTHS = re.compile(r"(?<!另)(?<!后)一半|(?P<t>[一二三四五六七八九])成")
_OF_SCRAP = re.compile(r"报废|废品|不良|次品|scrap", re.IGNORECASE)
_PERCENT = re.compile(r"(?P<n>[0-9]+(?:\.[0-9]+)?)\s*%|百分之(?P<m>[0-9零一二两三四五六七八九十]+)")
_LACKS = re.compile(r"少了?|差了?|缺|没到齐|不够|short|missing", re.IGNORECASE)
_NOT_THIS = re.compile(r"(?:非|不是|而不是|\bnot)\s*$")
_STILL = re.compile(r"还[要得差需有剩]|再[有要得]|剩|得[要有]?|差|才能?[做完整干]|more|left|remaining")
_BEFORE = 8
_REST = re.compile(r"余|欠|差|剩|补|后面|下批|rest|balance", re.IGNORECASE)


def worked(heard: Heard) -> Iterator[Wanted]:
    scrap, percent, day = _scrap(heard), _percent(heard), _past(heard)
    left, expected = _left(heard), _coming(heard)
    if left is not None or (expected and not _amounts(heard) and percent is None):
        for item in _items(heard):
            yield ReportWork(item, remaining=left, expected=None if left is not None else expected)
        return
    for item in _items(heard, made=True):
        for amount in _amounts(heard)[:1]:
            good, unit = _counted(amount)
            yield ReportWork(item, good, scrap, day=day, unit=unit)
        if percent is not None:
            yield ReportWork(item, percent=percent, day=day)
        if scrap and not _amounts(heard) and percent is None:  # a day's work as well
            yield ReportWork(item, Decimal(0), scrap, day=day)
        elif not _amounts(heard) and percent is None:
            yield f"报工 {item} {_HOW_MANY}"


def arrived(heard: Heard) -> Iterator[Wanted]:
    day, coming = _past(heard), _coming(heard)
    rest = coming if coming and _REST.search(heard.spoken) else None
    for item in _items(heard, made=False):
        for amount in _amounts(heard)[:1]:
            good, unit = _counted(amount)
            yield ReportArrival(item, good, rest=rest, day=day, unit=unit)
        if not _amounts(heard) and _LACKS.search(heard.spoken):
            yield f"到货 {item} {_HOW_MANY}"
        elif not _amounts(heard):
            yield ReportArrival(item, day=day)


def begun(heard: Heard) -> Iterator[Wanted]:
    yield from (ReportStart(item, _past(heard)) for item in _items(heard, made=True))


def completed(heard: Heard) -> Iterator[Wanted]:
    """A number says how much was made; that it was the last of it only the whole says."""
    if _amounts(heard) or _percent(heard) is not None:
        yield from worked(heard)
    for item in _items(heard):
        if _type(heard, item) in RECEIVED:
            yield ReportArrival(item, day=_past(heard))
        else:
            yield ReportFinish(item, _past(heard))


def corrected(heard: Heard) -> Iterator[Wanted]:
    """The speaker's last report; of two numbers the last is the right one."""
    counted = [one for one in heard.amounts if one.amount >= _FEW]  # 前一条 is no number
    said = [one for one in counted if not _NOT_THIS.search(heard.spoken[: one.start])]
    amounts = sorted(said, key=lambda amount: amount.start)
    if len(counted) > 1 and amounts:
        yield CorrectReport(good=amounts[-1].amount)
    if re.search(r"作废|撤|删|不算|[报整打]错了?单|void", heard.spoken):
        yield CorrectReport(void=True)
    if (lost := _scrapped_instead(heard)) is not None:
        yield CorrectReport(scrap=lost)
    elif amounts:
        yield CorrectReport(good=amounts[-1].amount)
    if not heard.days or amounts:  # a day that was wrong is no number
        yield f"更正 {_HOW_MANY}"


def _scrapped_instead(heard: Heard) -> Decimal | None:
    """The right number of pieces lost, where that is what was wrong."""
    if not _OF_SCRAP.search(heard.spoken):
        return None
    return _scrap(heard) or next((one.amount for one in reversed(heard.amounts)), None)


def stopped(heard: Heard) -> Iterator[Wanted]:
    """What stands still: a department that is named, work that is called so, else the speaker's department."""
    back, reason = _coming(heard), _reason(heard)
    try:
        items = _theirs(heard, _known(heard))
    except Refused:
        items = []
    places = [*(department.name for department in heard.departments), *items]
    own = heard.turn.organisation.department_name(heard.ask.person.department)
    yield from (ReportStop(place, back, reason) for place in dict.fromkeys([*places, own]))


def held(heard: Heard) -> Iterator[Wanted]:
    back, reason = _coming(heard), _reason(heard)
    for item in _items(heard):
        yield f"隔离 {item}" if item == _HOLE else ReportHold(item, back, reason)


def _items(heard: Heard, made: bool | None = None) -> list[str]:
    """Items that may be meant: of those the plan knows what is made, or what arrives; else a hole. What is counted has
    a quantity."""
    items = _plan(heard)
    known = [code for code in _known(heard) if made is None or (items[code].type in RECEIVED) is not made]
    if not (known or heard.codes):
        known = _called(heard, made)
    known = _theirs(heard, known)
    if not known and not any(code in items for code in heard.codes):
        return list(heard.codes) or [_HOLE]  # what the plan does not know is said when it is tapped
    known.sort(key=lambda code: bool(heard.amounts) and items[code].quantity is None)
    return known or [_HOLE]


def _theirs(heard: Heard, codes: list[str]) -> list[str]:
    """Those that the speaker may report of. Raises Refused("may-not-report") where it is others' that is named."""
    items, refusals, theirs = _plan(heard), list[Refused](), []
    for code in codes:
        try:
            require_reporter(heard.turn, heard.ask.person, items[code])
            theirs.append(code)
        except Refused as refused:
            refusals.append(refused)
    if refusals and not theirs and heard.codes:
        raise refusals[0]  # what was only called so may be another
    return theirs


def _called(heard: Heard, made: bool | None) -> list[str]:
    """Items with a word of their title in the sentence, the longest first."""
    found = []
    for item, text in heard.titles():
        words = [word for word in text.split() if len(word) > 1 and word in heard.spoken]
        if words and not item.status.is_over and made is not None and (item.type in RECEIVED) is not made:
            found.append((-len("".join(words)), item.code))
    return [code for _, code in sorted(found)[:2]]


def _known(heard: Heard) -> list[str]:
    """Those of the plan; what is not over first."""
    items = _plan(heard)
    codes = [code for code in items_of(heard, or_this=False) if code in items]
    return sorted(codes, key=lambda code: items[code].status.is_over)


def _plan(heard: Heard) -> Mapping[str, Item]:
    return heard.turn.plan().items if heard.turn.uow.plans.exists() else {}


def _type(heard: Heard, code: str) -> str:
    items = _plan(heard)
    return items[code].type if code in items else ""


def _amounts(heard: Heard) -> list[Amount]:
    """Without those that say what was scrapped, or a share."""
    aside = [found.span() for way in (_SCRAP, _PERCENT) for found in way.finditer(heard.spoken)]
    said = [one for one in heard.amounts if one.sign >= 0]  # 少了两箱 says what is missing
    return [one for one in said if not any(start <= one.start < end for start, end in aside)]


def _counted(amount: Amount) -> tuple[Decimal, str]:
    """With its unit, where that is one that can be typed."""
    try:
        quantity = read_quantity(f"{amount.amount:f}{amount.unit}")
    except Refused:
        quantity = None
    return amount.amount, amount.unit if quantity else ""


def _left(heard: Heard) -> int | None:
    """Working days that are still needed, where that is what a length says."""
    for length in heard.lengths:
        around = f"{heard.spoken[max(0, length.start - _BEFORE) : length.start]} {heard.spoken[length.end :][:_BEFORE]}"
        if _STILL.search(around):
            return length.days // 7 * 5 if length.in_weeks else length.days
    return None


def _scrap(heard: Heard) -> Decimal | None:
    found = _SCRAP.search(heard.spoken)
    return number(found["n"]) if found else None


def _percent(heard: Heard) -> Decimal | None:
    found = _PERCENT.search(heard.spoken)
    if found is None:
        return _in_tenths(heard)
    share = number(found["n"] or found["m"])
    return share if share is not None and share <= 100 else None


def _in_tenths(heard: Heard) -> Decimal | None:
    """`干了一半`, `做到七成`."""
    found = _TENTHS.search(heard.spoken)
    if found is None:
        return None
    return Decimal(50) if found["t"] is None else Decimal(10) * (number(found["t"]) or 0) or None


def _reason(heard: Heard) -> str:
    """Why it stands still, where that is more than the end of another word."""
    reason = heard.part("reason", 0.35)
    return reason if len(reason) > 1 else ""


def _past(heard: Heard) -> date | None:
    """A day before today; what is said of today needs none."""
    days = [choice for day in heard.days for choice in day.choices if choice < heard.today]
    return max(days, default=None)


def _coming(heard: Heard) -> date | None:
    days = [choice for day in heard.days for choice in day.choices if choice > heard.today]
    return min(days, default=None)
