"""Quantities as people write them: `3000件`, `+500`, `加到三千`, `减1.5吨`."""

import re
from dataclasses import dataclass
from decimal import Decimal

from handlers.language.values.approximate import APPROXIMATE, exact
from handlers.language.values.numbers import NUMBER, number
from planning.refusal import Refused

_COUNTED = "件个台套只片块条根支把张本辆颗粒板枚"
_PACKED = ("箱", "盒", "包", "袋", "批", "卷", "瓶", "桶", "捆", "打", "托盘", "托")
"""Packages: how many pieces are in one, nobody has said."""
_MEASURED = (
    ("kg", "公斤", "千克", "kgs"), ("g", "克"), ("t", "吨", "ton", "tons"), ("m", "米"), ("km", "公里", "千米"),
    ("l", "升"), ("ml", "毫升"), ("mm", "毫米"), ("cm", "厘米"), ("m2", "平米", "平方米"), ("m3", "立方米", "方"),
)
_MEASURES = {name: names[0] for names in _MEASURED for name in names}
_COUNTED_EN = ("pcs?", "units?", "pieces?", "ea", "sets?")
UNIT = "|".join([*sorted(_MEASURES, key=len, reverse=True), f"[{_COUNTED}]", *_PACKED, *_COUNTED_EN])
"""A pattern for a unit; case-insensitive."""

_TO = r"(?:改|调|调整|增加|增|加|减少|减|降|变)?(?:到|至|为|成)|to\b|="
_MORE = r"\+|增加|追加|再加|加|多|add\b|plus\b|more\b|increase\s+by\b"
_LESS = r"-|减少|减|少|扣|minus\b|less\b|reduce\s+by\b|decrease\s+by\b"
_QUANTITY = re.compile(
    rf"(?:数量|quantity\b|qty\b)?\s*(?:{_TO}|(?P<more>{_MORE})|(?P<less>{_LESS}))?\s*"
    rf"(?P<number>{APPROXIMATE}|{NUMBER})\s*(?P<unit>{UNIT})?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """`amount` is signed when `relative`. `unit` is as typed, empty when left out."""

    amount: Decimal
    relative: bool = False
    unit: str = ""


def read_quantity(text: str) -> Quantity | None:
    """The quantity the whole text states, None where it states none. Raises `number-approximate`,
    `number-not-understood`."""
    found = _QUANTITY.fullmatch(text)
    if found is None:
        return None
    amount = number(exact(found["number"], found["unit"] or ""))
    if amount is None:
        raise Refused("number-not-understood", found=text)
    relative = bool(found["more"] or found["less"])
    return Quantity(-amount if found["less"] else amount, relative, found["unit"] or "")


def same_unit(typed: str, stated: str) -> bool:
    """Check whether a typed unit may stand for the item's: 件, 个 and 台 are said for each other, kg and 吨 are not, 箱
    only for itself."""
    if is_package(typed):
        return typed == stated
    if not typed or not stated:
        return True
    if is_package(stated):
        return False
    return _measure(typed) == _measure(stated)


def is_package(unit: str) -> bool:
    return unit in _PACKED


def _measure(unit: str) -> str:
    """The unit's one spelling; empty for whatever is counted by the piece."""
    return _MEASURES.get(unit.lower(), "")
