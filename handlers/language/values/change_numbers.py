"""Number of the change request that is meant, and what is said of it: `CR-20261128-001`, `本单`, or none named."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from handlers.language.clean import folded
from handlers.language.vocabulary import LAST, THIS, Typed, spaced
from planning.refusal import Refused

_NUMBER = re.compile(r"CR[-_ ]?([0-9]{8})[-_ ]?([0-9]{3,6})(?![A-Za-z0-9-])", re.IGNORECASE)
_ALMOST = re.compile(r"CR[-_ ]?([0-9OoIl]{8})[-_ ]?([0-9OoIl]{3,6})(?![A-Za-z0-9-])", re.IGNORECASE)
_THIS = re.compile(r"(?:本|这|该|此)(?:一)?(?:张|个)?(?:变更)?(?:单子?)|this(?![A-Za-z0-9])", re.IGNORECASE)
_UNIT = (
    r"(?:个|工作[日天]|自然[日天]|[天日号月年周点]|星期|礼拜|小时|[台套片只副件块条箱包卷瓶桶盒支把米吨%]|成|折|倍"
    r"|(?:working |business )?days?\b|weeks?\b|hours?\b|pcs?\b|kg\b|[dwh]\b)"
)
"""What a number counts that is none of a request: `同意 3 台`."""
_LAST = re.compile(
    rf"([0-9]{{1,3}})(?:号?(?:变更)?单)?(?=$|[\s,，.。;；:：!！?？、/&+]|[和及与给]|因为)(?!\s+{_UNIT}|\.[0-9]|[/+][0-9]+{_UNIT})"
    r"|([0-9]{1,3})号(?:变更)?单(?![0-9])",
    re.IGNORECASE,
)
"""A request by its last digits alone: `012`, `12`, `7号单`."""
_LAST_OF_ALL = re.compile(r"[\s,，、]+([0-9]{1,3})(?:号?(?:变更)?单)?[\s。.!！]*$")
"""The same at the very end: `转交 李娜 012`."""
_LOOKS_ALIKE = str.maketrans("OoIl", "0011")
_UNCLEAR = re.compile(r"[?？]|(?:吗|么|不)$|^(?:不了|不行|不能|不要|不可以|不同意)(?:$|\W)")
_JOINED = r"\s*(?:[、/&+]|和|及|与|\band\b)\s*"
_SHORT = re.compile(
    rf"(?:{_JOINED}-?([0-9]{{3}})|\s*(?:[、和及与]|\band\b)\s*([0-9]{{1,2}}))(?:号?(?:变更)?单)?"
    rf"(?=$|[\s、/&+,，.。;；:：]|和|及|与|给|因为)(?!\s+{_UNIT})",
    re.IGNORECASE,
)
"""A further one of the same day, by its last digits: `CR-20261128-010、011`."""
_AND_LAST = re.compile(rf"[\s,，]+([0-9]{{3}})(?:号?(?:变更)?单)?(?=$|[\s,，.。;；:：、]|和|给|因为)(?!\s+{_UNIT})")
"""The same after another one that was given by its last digits: `003 007`."""
_AND = rf"(?:{_JOINED}|[\s,，.。:：;；、]+|都)+"
_BETWEEN = re.compile(rf"^{_AND}|{_AND}$", re.IGNORECASE)
"""What joins numbers, at the edges of what was said between them."""
AROUND = " ,，.。:：;；、!！#<>【】[]"
"""Characters that may stand around a number or a name and are no part of it."""


def change_number(text: str) -> str | None:
    """`CR-YYYYMMDD-nnn` where the text starts with one in any spelling of case and dashes."""
    found = _NUMBER.match(text)
    return _spelt(found) if found else None


def numbers_in(text: str) -> list[str]:
    """The change requests that a text names, each once, in the order of their first mention."""
    return list(dict.fromkeys(no for no, _, _ in _places(folded(text))))


def names_a_change(typed: Typed) -> bool:
    """Check whether the arguments begin with a number, something like one, or 本单."""
    plain = folded(typed.raw.lstrip(AROUND))
    return bool(_NUMBER.match(plain) or _THIS.match(plain) or _LAST.match(plain) or plain.upper().startswith("CR"))


def number_in_front(typed: Typed) -> Typed:
    """The same with the number that stands somewhere among the arguments at their beginning: `转交 李娜 CR-…`."""
    plain = folded(typed.raw)
    places = list(_places(plain))
    if names_a_change(typed):
        return typed
    if last := None if places else _LAST_OF_ALL.search(plain):
        return replace(typed, raw=f"{last[1]} {typed.raw[: last.start()]}")
    if not places:
        return typed
    words = _BETWEEN.sub("", typed.raw[: places[0][1]])
    return replace(typed, raw=f"{typed.raw[places[0][1] :]} {words}")


def number_alone(typed: Typed) -> str:
    """Raises `leftover`, `change-missing`, `several-changes`."""
    change_no, words = number_and_words(typed)
    if words.strip("?？"):
        raise typed.refused("leftover", found=words, example=change_no)
    return change_no


def number_and_words(typed: Typed) -> tuple[str, str]:
    """The change's number and the words after it; `本单` when none is given.

    Raises `change-missing` (found, example) where something else stands in its place; `several-changes` (count,
    changes) where more than one is named before the reason: nobody knows which of them was meant.
    """
    raw = typed.raw.lstrip(AROUND)
    plain = folded(raw)
    _refuse_several(typed, raw)
    if number := _NUMBER.match(plain):
        return _spelt(number), raw[number.end() :].strip(AROUND)
    if this := _THIS.match(plain):
        return THIS, raw[this.end() :].strip(AROUND)
    if last := _LAST.match(plain):
        return _by_its_last(last), raw[last.end() :].strip(AROUND)
    if any(c.isalnum() for c in raw):
        raise _not_a_number(typed)
    return THIS, raw.strip(AROUND)


def number_and_clear_words(typed: Typed) -> tuple[str, str]:
    """The change and what is said before the reason. Raises `decision-unclear` for a question or a no."""
    change_no, words = number_and_words(typed)
    if is_unclear(words):
        sure = [] if typed.phrase.needs_reason and not typed.reason else [typed.example(change_no)]
        raise typed.refused("decision-unclear", found=typed.raw, example=change_no, offers=sure)
    return change_no, words


def number_and_everything_said(typed: Typed) -> tuple[str, str]:
    """The change and everything said about it, as typed; it must not be a question."""
    change_no, words = number_and_clear_words(typed)
    return change_no, " ".join([words, typed.reason]).strip()


def is_unclear(words: str) -> bool:
    """Check whether it reads like a question or a no."""
    return bool(_UNCLEAR.search(words))


def _refuse_several(typed: Typed, raw: str) -> None:
    """Raises `several-changes`, with the command for each of them: its own words, or those that were said once for
    all."""
    plain = folded(raw)
    this = _THIS.match(plain)
    places = ([(THIS, this.start(), this.end())] if this else list(_last_places(plain))) + list(_places(plain))
    numbers = list(dict.fromkeys(no for no, _, _ in places))
    if len(numbers) < 2 or places[0][1] > 0:
        return
    ends = [*(start for _, start, _ in places), len(raw)]
    behind = zip(places, pairwise(ends), strict=True)
    said = {no: _BETWEEN.sub("", raw[end:until]) for (no, _, end), (_, until) in behind}
    own = [words for words in said.values() if words]
    each = {no: words if len(own) > 1 else "".join(own) for no, words in said.items()}
    offers = [spaced(typed.name, as_typed(no), each[no], typed.because) for no in numbers]
    raise Refused("several-changes", offers=offers, count=len(numbers), changes="、".join(map(as_typed, numbers)))


def _places(plain: str) -> Iterator[tuple[str, int, int]]:
    """Each number of folded text, and where it stands."""
    for found in _NUMBER.finditer(plain):
        yield _spelt(found), found.start(), found.end()
        end = found.end()
        while short := _SHORT.match(plain, end):
            yield f"CR-{found[1]}-{int(short[1] or short[2]):03d}", short.start(), short.end()
            end = short.end()


def _last_places(plain: str) -> Iterator[tuple[str, int, int]]:
    """Each number at the beginning that is given by its last digits, and where it stands: `003、007`, `3 和 7`."""
    if found := _LAST.match(plain):
        yield _by_its_last(found), found.start(), found.end()
        end = found.end()
        while more := _SHORT.match(plain, end) or _AND_LAST.match(plain, end):
            yield _by_its_last(more), more.start(), more.end()
            end = more.end()


def _by_its_last(found: re.Match[str]) -> str:
    return f"{LAST}{next(filter(None, found.groups()))}"


def as_typed(change_no: str) -> str:
    """The number as somebody writes it."""
    return change_no.removeprefix(LAST)


def _spelt(found: re.Match[str]) -> str:
    return f"CR-{found[1]}-{found[2]}"


def _not_a_number(typed: Typed) -> Refused:
    almost = _ALMOST.match(typed.rest)
    some = "<change no>" if typed.is_english else "<变更单号>"
    nearest = f"CR-{almost[1]}-{almost[2]}".translate(_LOOKS_ALIKE) if almost else some
    named = numbers_in(typed.raw)
    return typed.refused("change-missing", example=named[0] if named else nearest)
