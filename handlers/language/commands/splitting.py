"""拆分: an item in two parts, what is made until a day and the rest."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import NamedTuple

from handlers.language.values.dates import read_date
from handlers.language.values.numbers import plain
from handlers.language.values.objects import split_object, whole_object
from handlers.language.vocabulary import Command, Phrase, Say, Typed, because, spaced, this_or


@dataclass(frozen=True, slots=True)
class Split(Command):
    """`day`: the last one of the part that keeps the code, or `first`: its pieces; `rest`: the day the rest begins,
    None: the next one."""

    item: str
    day: date | None
    rest: date | None = None
    reason: str = ""
    first: Decimal | None = None


class Cut(NamedTuple):
    day: date | None
    rest: date | None
    first: Decimal | None = None


A_WEEK = timedelta(7)
_DAYS = re.compile(
    r"(?:[于在到至]|at\b|on\b|until\b)?\s*(?P<day>\S.*?)(?:\s+(?:余下的?|其余的?|剩下的?|rest)\s*(?P<rest>\S.*))?",
    re.IGNORECASE,
)


_PIECES = re.compile(
    r"(?:先做|first)\s*(?P<first>[0-9]+(?:\.[0-9]+)?)\s*[^\s0-9.]{0,3}(?:\s+(?:余下的?|其余的?|剩下的?|rest)\s*(?P<rest>\S.*))?",
    re.IGNORECASE,
)


def _read(text: str, today: date) -> Cut | None:
    found = _PIECES.fullmatch(text.strip()) or _DAYS.fullmatch(text.strip())
    if found is None:
        return None
    rest = read_date(found["rest"], today) if found["rest"] else None
    if found["rest"] and rest is None:
        return None
    if found.re is _PIECES:
        return Cut(None, rest, Decimal(found["first"]))
    day = read_date(found["day"], today)
    return Cut(day, rest) if day else None


def split(typed: Typed) -> Split:
    """Raises `object-missing`, `split-unclear`, and what dates raise."""
    words, _, cut = split_object(typed, partial(_read, today=typed.today))
    item = whole_object(words)
    if cut is None:
        day = f"{'at' if typed.is_english else '于'} {typed.today + A_WEEK}"
        raise typed.refused("split-unclear", example=spaced(item or "<单号>", day))
    if not item:
        raise typed.refused("object-missing", example=spaced("<单号>", str(cut.day or typed.today + A_WEEK)))
    return Split(item, cut.day, cut.rest, typed.reason, cut.first)


def _spell(command: Split, say: Say) -> str:
    day = f"{say('先做', 'first')} {plain(command.first)}" if command.first else f"{say('于', 'at')} {command.day}"
    rest = f"{say('余下', 'rest')} {command.rest}" if command.rest else ""
    return spaced(this_or(command.item, say), day, rest, because(command.reason, say))


SPLIT = Phrase(
    "拆分", "cf", "split",
    "拆分 <单号> 于 <日期>｜先做 <数量> [余下 <日期>] [因为 <原因>]",
    "split <code> at <date>|first <quantity> [rest <date>] [because <reason>]",
    "拆分 MO-2451 于 12-07", "split MO-2451 at 12-07",
    "把一个单子分成两段：到那天做得完的（或先做的数量）留下，其余另起一单",
    "splits an item: what is made by then, or so many pieces, stays; the rest is an item of its own",
    read=split, spells={Split: _spell}, aliases=("拆单",),
    also=("拆分 MO-2451 先做 250 余下 12-14", "split MO-2451 first 250 rest 12-14"),
)  # fmt: skip
