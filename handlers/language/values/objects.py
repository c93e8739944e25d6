"""The object of a command, told apart from its arguments: `SO-1042提前2天`, `推迟3天 SO-1042`, `钢板 到 12-05`."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TypeVar

from handlers.language.values.change_numbers import change_number
from handlers.language.vocabulary import THIS, Typed
from planning.refusal import Refused

T = TypeVar("T")

CODE = r"(?=[A-Za-z_./-]*[0-9])([A-Za-z][A-Za-z0-9]*(?:[-_./][A-Za-z0-9]+)+)(?![A-Za-z0-9])"
"""Letters, a joint, and a digit somewhere: `SO-1042`, `F20-016`. Other codes are found as words."""
_A_CODE = re.compile(rf"(?<![A-Za-z0-9_./-]){CODE}")
_STARTS_WITH_CODE = re.compile(rf"{CODE}\s*")
_ENDS_WITH_CODE = re.compile(rf"(?<![A-Za-z0-9_./-]){CODE}$")
_THIS = re.compile(r"(?:本|这|该|此)(?:一)?(?:单子?|张单子?|个单子?)|this(?![A-Za-z0-9])", re.IGNORECASE)
_NOISE = re.compile(
    r"(?:把|将)?\s*(?:(?:销售|采购|生产)?(?:订单|单号|工单|单子|编号)|order\s|item\s)?号?\s*(?=[A-Za-z0-9])",
    re.IGNORECASE,
)
_COURTESY = re.compile(r"(?:\s*(?:吧|哈|谢谢|一下|please|thanks|thank you))+$", re.IGNORECASE)
_NUMERAL = set("0123456789.零〇一二两三四五六七八九十百千万亿")


def split_object(typed: Typed, read: Callable[[str], T | None]) -> tuple[str, str, T | None]:
    """The object's words, the text of the arguments, and what `read` made of it (None: nothing it understands).

    A code in front is the object and all the rest are arguments; else `本单`; else a code at the end; else the words
    before the longest end that `read` understands. Raises `several-items`, `change-not-item` (found), and whatever
    `read` raises.
    """
    rest = without_courtesy(typed.rest)
    rest = rest[_noise(rest) :]
    if this := _THIS.match(rest):
        return _with(THIS, rest[this.end() :], read)
    if code := _STARTS_WITH_CODE.match(rest):
        if change_number(code[1]):
            raise Refused("change-not-item", found=code[1].upper())
        arguments = _without_joint(rest[code.end() :])
        _refuse_several(typed, code[1], arguments)
        return _with(code[1], arguments, read)
    if (code := _ENDS_WITH_CODE.search(rest)) and (understood := read(rest[: code.start()].strip())) is not None:
        if change_number(code[1]):
            raise Refused("change-not-item", found=code[1].upper())
        return code[1], rest[: code.start()].strip(), understood
    for at in boundaries(rest):
        understood = read(rest[at:])
        if understood is not None:
            return rest[:at].strip(), rest[at:], understood
    return rest, "", None


def code_in(text: str) -> str:
    """The first code anywhere in the text, empty when there is none."""
    found = _A_CODE.search(text)
    return found[1] if found else ""


def codes_in(text: str) -> list[str]:
    """All codes in the text, each once, as they are typed."""
    return [*dict.fromkeys(found[1] for found in _A_CODE.finditer(text))]


def subject(rest: str) -> str:
    """Subject of a question: the one code in it, whatever is said around it, else all of the words."""
    code = code_in(rest)
    around = rest.replace(code, "", 1) if code else ""
    return code.upper() if code and not any(c.isdigit() for c in around) else whole_object(rest)


def whole_object(rest: str) -> str:
    """The object when it is all there is: `订单 SO-1042` is SO-1042, `这单` is 本单."""
    rest = without_courtesy(rest)
    rest = rest[_noise(rest) :].strip()
    if _THIS.fullmatch(rest):
        return THIS
    return rest.upper() if _A_CODE.fullmatch(rest) else rest


def without_courtesy(rest: str) -> str:
    """The words without 谢谢 and the like at their end."""
    return _COURTESY.sub("", rest)


def _with(words: str, arguments: str, read: Callable[[str], T | None]) -> tuple[str, str, T | None]:
    arguments = _without_joint(arguments)
    return words, arguments, read(arguments) if arguments else None


def _without_joint(arguments: str) -> str:
    return arguments.strip().removeprefix("的").strip()


def _noise(rest: str) -> int:
    noise = _NOISE.match(rest)
    return noise.end() if noise and noise[0].strip() else 0


def _refuse_several(typed: Typed, code: str, arguments: str) -> None:
    others = re.sub(r"^(?:和|与|及|跟|&|\+|and\b)\s*", "", arguments)
    if second := _STARTS_WITH_CODE.match(others):
        one = f"{code} {others[second.end() :]}".strip()
        raise Refused("several-items", items=f"{code}、{second[1]}", example=typed.example(one))


def boundaries(text: str) -> Iterator[int]:
    """Places where arguments may begin, from the left: never inside a number, nor inside a word in letters."""
    if text:
        yield 0
    for at in range(1, len(text)):
        before, after = text[at - 1], text[at]
        if after == " " or (before in _NUMERAL and after in _NUMERAL):
            continue
        if before != " " and before.isascii() and after.isascii() and after != "+":
            continue
        yield at


_MOST_WORDS = 12
"""So many words at the end are tried as a reason without 因为."""


def not_read(
    typed: Typed, split: tuple[str, str], read: Callable[[str], object | None], missing: str, sample: str
) -> Refused:
    """The refusal for arguments `read` could not take in: `leftover` when a part of them can be, else `missing`.

    Words after the arguments are most likely a reason without 因为, and are offered as one; of two amounts or dates
    (`从12-03到12-05`) the last is the wanted one.
    """
    words, arguments = split
    kept = _beginning(typed, arguments, read)
    extra = typed.rest[len(kept) :].strip()
    if kept and not (arguments and can_read(read, extra)):
        offered = replace(typed, reason=typed.reason or ("" if any(c.isdigit() for c in extra) else extra))
        return offered.refused("leftover", found=extra, example=kept)
    if end := next((arguments[at:] for at in boundaries(arguments) if can_read(read, arguments[at:])), ""):
        return typed.refused("leftover", found=arguments.removesuffix(end).strip(), example=f"{words} {end}")
    return typed.refused(missing, found=arguments, example=f"{words or '<单号>'} {sample}")


def _beginning(typed: Typed, arguments: str, read: Callable[[str], object | None]) -> str:
    """The longest beginning of the command that can be read, cut between words where there is no code to go by."""
    if arguments:
        before = typed.rest.rindex(arguments)
        cuts = [at for at in boundaries(arguments) if at]
        cut = next((at for at in reversed(cuts) if read(arguments[:at].strip()) is not None), 0)
        return typed.rest[: before + cut].strip() if cut else ""
    spaces = [at for at, c in enumerate(typed.rest) if c == " "]
    for at in reversed(spaces[-_MOST_WORDS:]):
        if split_object(replace(typed, rest=typed.rest[:at]), read)[2] is not None:
            return typed.rest[:at]
    return ""


def can_read(read: Callable[[str], object | None], text: str) -> bool:
    """Check whether an end can be read; the reason it would be refused for is not what is wrong with the command."""
    try:
        return read(text) is not None
    except Refused:
        return False
