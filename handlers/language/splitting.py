"""拆分: an item in two parts, what is made until a day and the rest."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from handlers.language.dates import read_date
from handlers.language.objects import split_object, whole_object
from handlers.language.vocabulary import Command, Phrase, Say, Typed, because, spaced, this_or


@dataclass(frozen=True, slots=True)
class Split(Command):
    """`day`: the last one of the part that keeps the code; `rest`: the day the rest begins, None: the next one."""

    item: str
    day: date
    rest: date | None = None
    reason: str = ""


A_WEEK = timedelta(7)
_DAYS = re.compile(
    r"(?:[于在到至]|at\b|on\b|until\b)?\s*(?P<day>\S.*?)(?:\s+(?:余下的?|其余的?|剩下的?|rest)\s*(?P<rest>\S.*))?",
    re.IGNORECASE,
)


def _read(text: str, today: date) -> tuple[date, date | None] | None:
    found = _DAYS.fullmatch(text.strip())
    day = read_date(found["day"], today) if found else None
    if found is None or day is None:
        return None
    rest = read_date(found["rest"], today) if found["rest"] else None
    return None if found["rest"] and rest is None else (day, rest)


def split(typed: Typed) -> Split:
    """Raises `object-missing`, `split-unclear`, and what dates raise."""
    words, _, days = split_object(typed, partial(_read, today=typed.today))
    item = whole_object(words)
    if days is None:
        day = f"{'at' if typed.is_english else '于'} {typed.today + A_WEEK}"
        raise typed.refused("split-unclear", example=spaced(item or "<单号>", day))
    if not item:
        raise typed.refused("object-missing", example=spaced("<单号>", str(days[0])))
    return Split(item, *days, typed.reason)


def _spell(command: Split, say: Say) -> str:
    day = f"{say('于', 'at')} {command.day}"
    rest = f"{say('余下', 'rest')} {command.rest}" if command.rest else ""
    return spaced(this_or(command.item, say), day, rest, because(command.reason, say))


SPLIT = Phrase(
    "拆分", "cf", "split",
    "拆分 <单号> 于 <日期> [余下 <日期>] [因为 <原因>]", "split <code> at <date> [rest <date>] [because <reason>]",
    "拆分 MO-2451 于 12-07", "split MO-2451 at 12-07",
    "把一个单子分成两段：到那天做得完的留下，其余另起一单",
    "splits an item: what is made by then stays, the rest is an item of its own",
    read=split, spells={Split: _spell}, aliases=("拆单",),
    also=("拆分 MO-2451 于 12-07 余下 12-14", "split MO-2451 at 12-07 rest 12-14"),
)  # fmt: skip
