"""Plain form of what somebody said, every character at its own place, and its shape: the same apart from numbers."""

import re
import unicodedata
from collections.abc import Mapping

from handlers.language.speech.dialect import standard

_CHANGE = re.compile(
    r"cr[-_ ]?[0-9]{8}[-_ ]?[0-9]{3,6}|(?<![0-9.-])0[0-9]{2}(?![0-9])|[0-9一二三四五六七八九十]{1,3}号[单张嗰]"
)
_CODE = re.compile(r"(?<![a-z])[a-z]{1,4}[-_ 杠]?[0-9]{2,}(?:-[0-9]+)?")
_DAY = re.compile(r"[0-9]{1,2}[-/.月][0-9]{1,2}[日号]?|[0-9]{1,2}[号日]")
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_MANY = 100
_SPOKEN = re.compile("[零〇一二三四五六七八九幺]{4,}|(?=[一二三四五六七八九]*[零〇幺])[零〇一二三四五六七八九幺]{3}")
"""Digits read out one by one, as dictated: 二四五一, 零零七."""
_DIGITS = str.maketrans("零〇一二三四五六七八九幺", "001234567891")
_COUNT = re.compile(
    "[一二三四五六七八九十两百千万零]{2,}|[一二三四五六七八九十两几](?=[天日个号周台件套只片箱批车拖柜成张桶卷包盒])"
)


def plain(text: str, simplified: Mapping[int, int]) -> str:
    """Small letters, half width, simplified characters; one character for one."""
    written = "".join(_one(character) for character in text.translate(simplified))
    return _SPOKEN.sub(lambda digits: digits[0].translate(_DIGITS), written)


def shape(spoken: str) -> str:
    """Plain words as they are said everywhere, with a mark in the place of each number, code, day and quantity."""
    marked = _COUNT.sub(_counted, standard(" ".join(spoken.split())))
    for pattern, mark in ((_CHANGE, "ⓒ"), (_CODE, "ⓘ"), (_DAY, "ⓓ")):
        marked = pattern.sub(mark, marked)
    marked = _NUMBER.sub(lambda number: "ⓝ" if float(number[0]) < _MANY else "ⓠ", marked)
    return f"^{marked}$"


def _counted(words: re.Match[str]) -> str:
    return "ⓠ" if set("百千万") & set(words[0]) else "ⓝ"


def _one(character: str) -> str:
    form = unicodedata.normalize("NFKC", character).lower()
    return form if len(form) == 1 else character
