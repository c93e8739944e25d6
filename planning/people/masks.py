"""Columns of an item that not everybody may see (cost, price, customer), and sentences that give them away.

A mask is applied where something is rendered, for those who will read it (docs/rules.md, I15).
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import translate
from functools import cache
from unicodedata import normalize

from planning.people.organisation import Person, Role
from planning.plan.item import Item

HIDDEN = "＊＊＊"
"""The sign for a value that is there and must not be seen."""


@dataclass(frozen=True, slots=True)
class Mask:
    """A mask over `fields`, columns the product itself does not know; case is ignored, `*` is any characters.

    It opens to whoever has one of `roles` or belongs to one of `departments`.
    """

    fields: tuple[str, ...]
    roles: frozenset[Role] = frozenset()
    departments: tuple[str, ...] = ()

    def hides(self, column: str) -> bool:
        return any(_pattern(field).fullmatch(_folded(column)) for field in self.fields)

    def opens_to(self, person: Person) -> bool:
        return bool(self.roles & person.roles) or person.department in self.departments


NAMES = ("cost", "price", "customer", "成本", "单价", "价格", "客户")
DEFAULT_MASKS = (
    Mask(tuple(f"*{name}*" for name in NAMES), frozenset((Role.COORDINATOR, Role.ADMIN))),
)
"""The masks of settings that say nothing: columns of these names are for coordinators and admins."""


def hidden(masks: Sequence[Mask], columns: Iterable[str], readers: Collection[Person] = ()) -> frozenset[str]:
    """The columns that somebody among these readers must not see; without known readers all that are masked.

    A column under several masks is shown to those whom each of them lets.
    """
    return frozenset(column for column in columns if not _open(masks, column, readers))


def masked(masks: Sequence[Mask], cells: Mapping[str, str], readers: Collection[Person] = ()) -> dict[str, str]:
    """The cells as these readers may see them together."""
    secret = hidden(masks, cells, readers)
    return {name: HIDDEN if name in secret else value for name, value in cells.items()}


def gives_away(text: str, items: Iterable[Item], masks: Sequence[Mask], speaker: Person | None) -> bool:
    """True for a free text that seems to hold money or the value of a masked column of these items (edge case 26).

    A guess to warn by, not a guard: nothing can mask a free text.

    Of the columns only those that `speaker` may see count: a warning must not tell anybody what they say.
    """
    folded = _folded(text)
    if MONEY.search(folded):
        return True
    readers = [speaker] if speaker else []
    secret = ((item, hidden(masks, item.attributes) - hidden(masks, item.attributes, readers)) for item in items)
    return any(_says(folded, _folded(item.attributes[column])) for item, columns in secret for column in columns)


def _open(masks: Sequence[Mask], column: str, readers: Collection[Person]) -> bool:
    over = [mask for mask in masks if mask.hides(column)]
    return not over or (bool(readers) and all(mask.opens_to(person) for mask in over for person in readers))


_AMOUNT = r"[0-9一二两三四五六七八九十百千万亿零][0-9一二两三四五六七八九十百千万亿零,.]*\s*[wk]?"
_CURRENCY = r"(?:[¥$€£]|(?:rmb|cny|usd|eur|hkd)(?![a-z])|人民币)"
MONEY = re.compile(
    rf"{_CURRENCY}\s*{_AMOUNT}"
    rf"|{_AMOUNT}\s*(?:{_CURRENCY}|块钱|美元|美金|欧元|港币|元(?![件器素旦月宵]))"
    rf"|(?:单价|价格|报价|售价|成本|\bprice|\bcost)[^0-9一二两三四五六七八九十]{{0,4}}{_AMOUNT}"
)


def _says(text: str, value: str) -> bool:
    """True for a value in the text: one character says too little, and 120 is not in 1200."""
    if len(value) < 2:
        return False
    before, after = (r"(?<![\w.])" if value[0].isascii() else ""), (r"(?![\w.])" if value[-1].isascii() else "")
    return re.search(f"{before}{re.escape(value)}{after}", text, re.ASCII) is not None


@cache
def _pattern(field: str) -> re.Pattern[str]:
    return re.compile(translate(re.sub(r"([\[?])", r"[\1]", _folded(field))))


def _folded(text: str) -> str:
    """The text without differences of width and case."""
    return normalize("NFKC", text).casefold().strip()
