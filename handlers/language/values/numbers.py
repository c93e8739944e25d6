"""Numbers as people write them: `3000`, `1.5万`, `13万2`, `三千五百`."""

import re
from decimal import Decimal

_TEN = ("零〇", "一壹", "二贰两", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖")
DIGITS = {character: value for value, row in enumerate(_TEN) for character in row}
_UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_SCALES = {"百万": 10**6, "千万": 10**7, "百": 100, "千": 1000, "k": 1000, "万": 10**4, "w": 10**4, "亿": 10**8}
_CHINESE = "".join([*DIGITS, *_UNITS, "万萬亿"])

_MIXED = r"(?:[0-9]+(?:[十百千]万|千(?![克米])|[十百万亿]))+[0-9]*"
NUMBER = rf"(?:{_MIXED}|[0-9]+(?:\.[0-9]+)?(?:百万|千万|千(?![克米])|[百万亿]|[kw](?![a-z]))?|[{_CHINESE}]+)"
"""A pattern for whatever `number` may be able to read; case-insensitive."""
COUNT = rf"(?:[0-9]+(?:\.[0-9]+)?|[{_CHINESE}]+)"
"""The same without 万 and `w` after digits, for where a unit follows: `2w` are two weeks there."""

_WESTERN = re.compile(r"([0-9]+(?:\.[0-9]+)?)(百万|千万|[百千万亿kw])?", re.IGNORECASE)
_PLACES = re.compile(_MIXED)
_PLACE = re.compile(r"([0-9]+)([千百十]?)")
_MOST_DIGITS = 12


def number(text: str) -> Decimal | None:
    """The number written, None where it is not one (`十十`, `几百`) or has more than twelve digits."""
    western = _WESTERN.fullmatch(text)
    if western:
        scale = _SCALES.get((western[2] or "").lower(), 1)
        return _within(Decimal(western[1]) * scale) if len(western[1]) <= 2 * _MOST_DIGITS else None
    whole = _mixed(text) if _PLACES.fullmatch(text) and len(text) <= 2 * _MOST_DIGITS else chinese(text)
    return _within(Decimal(whole)) if whole is not None else None


def _within(value: Decimal) -> Decimal | None:
    if value >= 10**_MOST_DIGITS:
        return None
    whole = value.to_integral_value()
    return whole if whole == value else value.normalize()


def chinese(text: str) -> int | None:
    """A whole Chinese numeral, formal (叁仟伍佰) or spoken (三千五 is 3500); None where it is not one.

    Digit by digit (二〇二六) a year is written, never how many: 三四 may be three or four.
    """
    text = text.replace("萬", "万")
    if text in DIGITS:
        return DIGITS[text]
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


def _mixed(text: str) -> int | None:
    """`13万2` is 132000, `7千3百` 7300: digits with the places written out."""
    for scale, value in (("亿", 10**8), ("万", 10**4)):
        if scale in text:
            high, low = text.split(scale, 1)
            above, below = _mixed(high), _mixed(low) if low else 0
            if above is None or below is None or below >= value:
                return None
            return above * value + (below * value // 10 if low.isdigit() and len(low) == 1 else below)
    total, last = 0, 10**4
    for digits, place in _PLACE.findall(text):
        unit, count = _UNITS.get(place, 1), int(digits)
        if unit >= last or (total and count * unit >= last):
            return None
        total, last = total + (count * last // 10 if total and not place and len(digits) == 1 else count * unit), unit
    return total if text else None


def plain(amount: Decimal) -> str:
    """`3000` and `1.5`, never `3E+3`."""
    return f"{amount:f}"
