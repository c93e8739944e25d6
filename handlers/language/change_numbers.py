"""Number of the change request that is meant, and what is said of it: `CR-20261128-001`, `本单`, or none named."""

import re

from handlers.language.clean import folded
from handlers.language.vocabulary import THIS, Typed
from planning.refusal import Refused

_NUMBER = re.compile(r"CR[-_ ]?([0-9]{8})[-_ ]?([0-9]{3,6})(?![A-Za-z0-9-])", re.IGNORECASE)
_ALMOST = re.compile(r"CR[-_ ]?([0-9OoIl]{8})[-_ ]?([0-9OoIl]{3,6})(?![A-Za-z0-9-])", re.IGNORECASE)
_THIS = re.compile(r"(?:本|这|该|此)(?:一)?(?:张|个)?(?:变更)?(?:单子?)|this(?![A-Za-z0-9])", re.IGNORECASE)
_LOOKS_ALIKE = str.maketrans("OoIl", "0011")
_UNCLEAR = re.compile(r"[?？]|(?:吗|么|不)$|^(?:不了|不行|不能|不要|不可以|不同意)(?:$|\W)")
AROUND = " ,，.。:：;；、!！#<>【】[]"
"""Characters that may stand around a number or a name and are no part of it."""


def change_number(text: str) -> str | None:
    """`CR-YYYYMMDD-nnn` where the text starts with one in any spelling of case and dashes."""
    found = _NUMBER.match(text)
    return f"CR-{found[1]}-{found[2]}" if found else None


def names_a_change(typed: Typed) -> bool:
    """Check whether the arguments begin with a number, something like one, or 本单."""
    plain = folded(typed.raw.lstrip(AROUND))
    return bool(_NUMBER.match(plain) or _THIS.match(plain) or plain.upper().startswith("CR"))


def number_alone(typed: Typed) -> str:
    """Raises `leftover`, `change-missing`."""
    change_no, words = number_and_words(typed)
    if words.strip("?？"):
        raise typed.refused("leftover", found=words, example=change_no)
    return change_no


def number_and_words(typed: Typed) -> tuple[str, str]:
    """The change's number and the words after it; `本单` when none is given.

    Raises `change-missing` (found, example) where something else stands in its place.
    """
    raw = typed.raw.lstrip(AROUND)
    plain = folded(raw)
    if number := _NUMBER.match(plain):
        return f"CR-{number[1]}-{number[2]}", raw[number.end() :].strip(AROUND)
    if this := _THIS.match(plain):
        return THIS, raw[this.end() :].strip(AROUND)
    if any(c.isalnum() for c in raw):
        raise _not_a_number(typed)
    return THIS, raw.strip(AROUND)


def number_and_clear_words(typed: Typed) -> tuple[str, str]:
    """The change and what is said before the reason. Raises `decision-unclear` for a question or a no."""
    change_no, words = number_and_words(typed)
    if _UNCLEAR.search(words):
        raise typed.refused("decision-unclear", found=typed.raw, example=change_no)
    return change_no, words


def number_and_everything_said(typed: Typed) -> tuple[str, str]:
    """The change and everything said about it, as typed; it must not be a question."""
    change_no, words = number_and_clear_words(typed)
    return change_no, " ".join([words, typed.reason]).strip()


def _not_a_number(typed: Typed) -> Refused:
    almost = _ALMOST.match(typed.rest)
    nearest = f"CR-{almost[1]}-{almost[2]}".translate(_LOOKS_ALIKE) if almost else f"CR-{typed.today:%Y%m%d}-001"
    return typed.refused("change-missing", example=nearest)
