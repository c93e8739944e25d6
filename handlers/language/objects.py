"""The object of a command, told apart from its arguments: `SO-1042提前2天`, `推迟3天 SO-1042`, `钢板 到 12-05`."""

import re
from collections.abc import Callable, Iterator
from typing import TypeVar

from handlers.language.commands import THIS
from handlers.language.decisions import change_number
from handlers.language.typed import Typed
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
_TRAILING = re.compile(r"\s*(?:吧|哈|谢谢|一下|please|thanks|thank you)$", re.IGNORECASE)
_NUMERAL = set("0123456789.零〇一二两三四五六七八九十百千万亿")


def split_object(typed: Typed, read: Callable[[str], T | None]) -> tuple[str, str, T | None]:
    """The object's words, the text of the arguments, and what `read` made of it (None: nothing it understands).

    A code in front is the object and all the rest are arguments; else `本单`; else a code at the end; else the words
    before the longest end that `read` understands. Raises `several-items`, `change-not-item` (found), and whatever
    `read` raises.
    """
    rest = _TRAILING.sub("", typed.rest)
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


def subject(rest: str) -> str:
    """What a question is about: the one code in it, whatever is said around it, else all of the words."""
    code = code_in(rest)
    around = rest.replace(code, "", 1) if code else ""
    return code.upper() if code and not any(c.isdigit() for c in around) else whole_object(rest)


def whole_object(rest: str) -> str:
    """The object when it is all there is: `订单 SO-1042` is SO-1042, `这单` is 本单."""
    rest = _TRAILING.sub("", rest)
    rest = rest[_noise(rest) :].strip()
    if _THIS.fullmatch(rest):
        return THIS
    return rest.upper() if _A_CODE.fullmatch(rest) else rest


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
