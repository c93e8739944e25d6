"""Approximate numbers: `三四`, `十来`, `二十多`, `几`. They name no number: the two they lie between are asked back."""

import re
from collections.abc import Iterable

from handlers.language.values.numbers import number, plain
from planning.refusal import Refused

_DIGITS = "一二两三四五六七八九"
_PLACES = "十百千万亿"
_WHOLE = rf"(?:[0-9]+(?:\.[0-9]+)?[{_PLACES}]*|[零〇{_DIGITS}{_PLACES}]+)"
_SOME = rf"(?:[零〇{_DIGITS}{_PLACES}]*(?:好?几|若干)[{_PLACES}]*|个把)"
_MORE = rf"{_WHOLE}[来多余][{_PLACES}]*"
_NEXT = rf"(?:[零〇{_DIGITS}{_PLACES}]*[{_PLACES}])?[{_DIGITS}]{{2}}[{_PLACES}]*"
APPROXIMATE = rf"(?:{_SOME}|{_MORE}|[0-9]+\s*[~至到-]\s*[0-9]+(?=\s*[^0-9\s./日号-])|{_NEXT})"
"""A pattern for what `either` looks at: `3-5件`, but not `12-05`."""
_A_SPAN = re.compile(r"(?P<one>[0-9]+)\s*[~至到-]\s*(?P<other>[0-9]+)")
_A_FEW = re.compile(rf"(?P<lead>.*?)(?:好?几|若干)(?P<place>[{_PLACES}]*)")
_AND_MORE = re.compile(rf"(?P<base>{_WHOLE})[来多余](?P<place>[{_PLACES}]*)")
_ONE_OR_OTHER = re.compile(rf"(?P<lead>.*?)(?P<one>[{_DIGITS}])(?P<other>[{_DIGITS}])(?P<place>[{_PLACES}]*)")
_FURTHEST = 2
"""三五 are three to five; 二六 is nothing that people say."""


def either(text: str) -> tuple[str, ...]:
    """Two numbers in digits of which an approximate one may mean either; empty where the text is none."""
    if span := _A_SPAN.fullmatch(text):
        return (span["one"], span["other"]) if int(span["one"]) < int(span["other"]) else ()
    if text == "个把":
        return "1", "2"
    if few := _A_FEW.fullmatch(text):
        return _in_digits(f"{few['lead']}{digit}{few['place']}" for digit in "三五")
    if more := _AND_MORE.fullmatch(text):
        return _a_little_above(f"{more['base']}{more['place']}", is_half="来" not in text)
    if pair := _ONE_OR_OTHER.fullmatch(text):
        apart = (number(pair["other"]) or 0) - (number(pair["one"]) or 0)
        if 0 < apart <= _FURTHEST:
            return _in_digits(f"{pair['lead']}{digit}{pair['place']}" for digit in (pair["one"], pair["other"]))
    return ()


def exact(text: str, unit: str = "") -> str:
    """The text itself. Raises `number-approximate` (found, choices) for one that leaves open which number it is."""
    if two := either(text):
        raise Refused("number-approximate", found=f"{text}{unit}", choices="、".join(f"{one}{unit}" for one in two))
    return text


def _a_little_above(text: str, is_half: bool) -> tuple[str, ...]:
    """十来 is ten or twelve, 二十多 twenty-two or twenty-five."""
    base = number(text)
    if base is None or base != base.to_integral_value() or base % 10:
        return ()
    place = 10
    while base % (place * 10) == 0 and place * 10 <= base:
        place *= 10
    more = (place // 5, place // 2) if is_half else (0, place // 5)
    return tuple(plain(base + above) for above in more)


def _in_digits(texts: Iterable[str]) -> tuple[str, ...]:
    read = [number(text) for text in texts]
    return tuple(plain(value) for value in read if value is not None) if all(read) else ()
