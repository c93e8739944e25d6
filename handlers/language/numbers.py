"""Numbers and quantities as people write them: `3000`, `1.5万`, `三千五百`, `+500件`, `加到三千`."""

import re
from dataclasses import dataclass
from decimal import Decimal

from planning.refusal import Refused

_TEN = ("零〇", "一壹", "二贰两", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖")
DIGITS = {character: value for value, row in enumerate(_TEN) for character in row}
_UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_SCALES = {"百万": 10**6, "千万": 10**7, "百": 100, "千": 1000, "k": 1000, "万": 10**4, "w": 10**4, "亿": 10**8}
_CHINESE = "".join([*DIGITS, *_UNITS, "万萬亿"])

NUMBER = rf"(?:[0-9]+(?:\.[0-9]+)?(?:百万|千万|千(?![克米])|[百万亿]|[kw](?![a-z]))?|[{_CHINESE}]+)"
"""A pattern for whatever `number` may be able to read; case-insensitive."""
COUNT = rf"(?:[0-9]+(?:\.[0-9]+)?|[{_CHINESE}]+)"
"""The same without 万 and `w` after digits, for where a unit follows: `2w` are two weeks there."""

_WESTERN = re.compile(r"([0-9]+(?:\.[0-9]+)?)(百万|千万|[百千万亿kw])?", re.IGNORECASE)
_MOST_DIGITS = 12


def number(text: str) -> Decimal | None:
    """The number written, None where it is not one (`十十`, `几百`) or has more than twelve digits."""
    western = _WESTERN.fullmatch(text)
    if western:
        scale = _SCALES.get((western[2] or "").lower(), 1)
        return _within(Decimal(western[1]) * scale) if len(western[1]) <= 2 * _MOST_DIGITS else None
    whole = chinese(text)
    return _within(Decimal(whole)) if whole is not None else None


def _within(value: Decimal) -> Decimal | None:
    if value >= 10**_MOST_DIGITS:
        return None
    whole = value.to_integral_value()
    return whole if whole == value else value.normalize()


def chinese(text: str) -> int | None:
    """A whole Chinese numeral, formal (叁仟伍佰) or spoken (三千五 is 3500); None where it is not one."""
    text = text.replace("萬", "万")
    if text and all(c in DIGITS for c in text):
        return int("".join(str(DIGITS[c]) for c in text)) if len(text) <= _MOST_DIGITS else None
    for scale, value in (("亿", 10**8), ("万", 10**4)):
        if scale in text:
            high, low = text.split(scale, 1)
            return _scaled(high, low, value)
    return _section(text)


def _scaled(high: str, low: str, value: int) -> int | None:
    """`两万三` is 23000: a lone digit after the scale counts its tenth."""
    above = chinese(high)
    if above is None or above == 0:
        return None
    if not low:
        return above * value
    if len(low) == 1 and low in DIGITS:
        return above * value + DIGITS[low] * value // 10
    below = chinese(low.lstrip("零〇"))
    return None if below is None or below >= value else above * value + below


def _section(text: str) -> int | None:
    """Below ten thousand: units fall from left to right, a last digit without 零 counts the next unit."""
    total, last, digit, after_zero = 0, 10**4, None, False
    for c in text:
        if c in _UNITS:
            unit = _UNITS[c]
            if unit >= last or (digit is None and (unit != 10 or total)):
                return None
            total, last, digit, after_zero = total + (1 if digit is None else digit) * unit, unit, None, False
        elif digit is None and c in DIGITS:
            after_zero, digit = (True, None) if DIGITS[c] == 0 else (after_zero, DIGITS[c])
        else:
            return None
    if digit is None:
        return None if after_zero or not text else total
    return total + (digit if after_zero or last in (10, 10**4) else digit * last // 10)


_COUNTED = "件个台套只片块条根箱包支把张卷瓶桶盒本批辆颗粒板枚"
_MEASURED = (
    ("kg", "公斤", "千克", "kgs"), ("g", "克"), ("t", "吨", "ton", "tons"), ("m", "米"), ("km", "公里", "千米"),
    ("l", "升"), ("ml", "毫升"), ("mm", "毫米"), ("cm", "厘米"), ("m2", "平米", "平方米"), ("m3", "立方米", "方"),
)
_MEASURES = {name: names[0] for names in _MEASURED for name in names}
_COUNTED_EN = ("pcs?", "units?", "pieces?", "ea", "sets?")
_UNIT = "|".join([*sorted(_MEASURES, key=len, reverse=True), f"[{_COUNTED}]", *_COUNTED_EN])

_TO = r"(?:改|调|调整|增加|增|加|减少|减|降|变)?(?:到|至|为|成)|to\b|="
_MORE = r"\+|增加|追加|再加|加|多|add\b|plus\b|more\b|increase\s+by\b"
_LESS = r"-|减少|减|少|扣|minus\b|less\b|reduce\s+by\b|decrease\s+by\b"
_QUANTITY = re.compile(
    rf"(?:数量)?\s*(?:{_TO}|(?P<more>{_MORE})|(?P<less>{_LESS}))?\s*(?P<number>{NUMBER})\s*(?P<unit>{_UNIT})?", re.I
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """`amount` is signed when `relative`. `unit` is as typed, empty when left out."""

    amount: Decimal
    relative: bool = False
    unit: str = ""


def read_quantity(text: str) -> Quantity | None:
    """The quantity the whole text states, None where it states none. Raises `number-not-understood`."""
    found = _QUANTITY.fullmatch(text)
    if found is None:
        return None
    amount = number(found["number"])
    if amount is None:
        raise Refused("number-not-understood", found=text)
    relative = bool(found["more"] or found["less"])
    return Quantity(-amount if found["less"] else amount, relative, found["unit"] or "")


def same_unit(typed: str, stated: str) -> bool:
    """Check whether a typed unit may stand for the item's: 件, 个 and 台 are said for each other, kg and 吨 are not."""
    if not typed or not stated:
        return True
    return _measure(typed) == _measure(stated)


def _measure(unit: str) -> str:
    """The unit's one spelling; empty for whatever is counted by the piece."""
    return _MEASURES.get(unit.lower(), "")


def plain(amount: Decimal) -> str:
    """`3000` and `1.5`, never `3E+3`."""
    return f"{amount:f}"
