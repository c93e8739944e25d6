"""Width and line breaks of a text, the same on every machine whatever its fonts."""

import re
from unicodedata import east_asian_width

_WORD = re.compile(r"[(（《「【]?(?:[^\W_][\w.,:/~+%-]*|\s+|.)", re.ASCII | re.DOTALL)
"""Unit of a line: a code or number, or one Chinese character, with the bracket that opens before it."""
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff\ufffe\uffff]+")
_NARROW = " .,:;|!'ijl()[]/-"
_HANGING = "，。、；：！？）》】」』)"
"""No line begins with one of these; it stands in the margin instead."""


def width(text: str, size: float) -> float:
    """Width in pixels at a font size, rather too much than too little."""
    return size * sum(_share(sign) for sign in text)


def _share(sign: str) -> float:
    """Share of a square, which a Chinese character fills."""
    if east_asian_width(sign) in "WFA":
        return 1.0
    return 0.32 if sign in _NARROW else 0.57 if sign.islower() else 0.66


def wrap(text: str, size: float, most: float, lines: int) -> list[str]:
    """At most so many lines of at most so many pixels; `…` where something was cut. Codes and numbers stay whole as
    long as they fit on a line.
    """
    rows = [""]
    for word in _WORD.findall(printable(text)):
        pieces = [word] if width(word, size) <= most else list(word)
        for piece in pieces:
            if rows[-1] and width(rows[-1] + piece, size) > most and piece not in _HANGING:
                rows.append("")
            rows[-1] = (rows[-1] + piece).lstrip()
    if len(rows) <= lines:
        return [row.rstrip() for row in rows]
    return [*(row.rstrip() for row in rows[: lines - 1]), cut(rows[lines - 1] + "…", size, most)]


def cut(text: str, size: float, most: float) -> str:
    """The text, or as much of its beginning as fits, ending in `…`."""
    if width(text, size) <= most:
        return text
    kept = text.rstrip("…")
    while kept and width(kept + "…", size) > most:
        kept = kept[:-1]
    return kept.rstrip() + "…"


def printable(text: str) -> str:
    """One line that XML can hold: without control characters, marks that turn its direction, halves of characters."""
    return _UNPRINTABLE.sub(" ", text).strip()
