"""All that can be told of an item in one line of a report: amounts, shares, days, and what was confirmed."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal

from handlers.language.values.dates import read_date
from handlers.language.values.numbers import COUNT, NUMBER, number
from handlers.language.values.objects import without_courtesy
from handlers.language.values.quantities import UNIT, read_quantity
from planning.refusal import Refused

OVER, AGAIN = "超产", "追加"
"""Words that confirm what was asked: more than planned, and the same once more."""


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
