"""同意, 转交, 撤回, 撤销, 延长, 催办 and 谁知道: the commands about one change request."""

import re

from handlers.language.clean import folded
from handlers.language.commands import THIS, Acks, Approve, Extend, Remind, Transfer, Undo, Withdraw
from handlers.language.typed import Typed
from planning.refusal import Refused

_NUMBER = re.compile(r"CR[-_ ]?([0-9]{8})[-_ ]?([0-9]{3,6})(?![A-Za-z0-9-])", re.IGNORECASE)
_ALMOST = re.compile(r"CR[-_ ]?([0-9OoIl]{8})[-_ ]?([0-9OoIl]{3,6})(?![A-Za-z0-9-])", re.IGNORECASE)
_THIS = re.compile(r"(?:本|这|该|此)(?:一)?(?:张|个)?(?:变更)?(?:单子?)|this(?![A-Za-z0-9])", re.IGNORECASE)
_LOOKS_ALIKE = str.maketrans("OoIl", "0011")
_UNCLEAR = re.compile(r"[?？]|(?:吗|么|不)$|^(?:不了|不行|不能|不要|不可以|不同意)(?:$|\W)")
_DAYS = re.compile(
    r"(?:[+加多]|再?延长?)?\s*(?P<n>[0-9]{1,2}|一|两|二)?\s*(?:个?工作日|天|日|d(?:ays?)?)?", re.IGNORECASE
)
_TO = re.compile(r"(?:给|由|to(?=\s))\s*", re.IGNORECASE)
_CHINESE = {"一": 1, "两": 2, "二": 2}
_AROUND = " ,，.。:：;；、!！#<>【】[]"


def approve(typed: Typed) -> Approve:
    """What follows the number is a comment. Raises `decision-unclear` for a question (`同意…吗？`) or a no."""
    return Approve(*decision_in(typed))


def transfer(typed: Typed) -> Transfer:
    """`转交 CR-… 给 李娜 因为 …`; a name alone means 本单. Raises `transfer-missing`, `change-missing`."""
    plain = folded(typed.raw.lstrip(_AROUND))
    if _NUMBER.match(plain) or _THIS.match(plain) or plain.upper().startswith("CR"):
        change_no, words = number_and_words(typed)
    else:
        change_no, words = THIS, typed.raw
    to = _TO.sub("", words.strip(_AROUND))
    if not to:
        raise typed.refused("transfer-missing", example=f"{change_no} " + ("<name>" if typed.is_english else "<姓名>"))
    return Transfer(change_no, to, typed.reason)


def withdraw(typed: Typed) -> Withdraw:
    return Withdraw(*decision_in(typed))


def undo(typed: Typed) -> Undo:
    """What follows the number is the reason. Raises `decision-unclear`, `change-missing`."""
    return Undo(*decision_in(typed))


def extend(typed: Typed) -> Extend:
    """By so many working days, one where none is said. Raises `leftover`, `change-missing`."""
    change_no, words = number_and_words(typed)
    days = _DAYS.fullmatch(folded(words))
    count = (days["n"] or "1") if days else "0"
    if not (wanted := _CHINESE.get(count) or int(count)):
        raise typed.refused("leftover", found=words, example=change_no)
    return Extend(change_no, wanted)


def acks(typed: Typed) -> Acks:
    """Raises `leftover`, `change-missing`."""
    return Acks(_only_the_number(typed))


def remind(typed: Typed) -> Remind:
    """Raises `leftover`, `change-missing`."""
    return Remind(_only_the_number(typed))


def change_number(text: str) -> str | None:
    """`CR-YYYYMMDD-nnn` where the text starts with one in any spelling of case and dashes."""
    found = _NUMBER.match(text)
    return f"CR-{found[1]}-{found[2]}" if found else None


def _only_the_number(typed: Typed) -> str:
    change_no, words = number_and_words(typed)
    if words.strip("?？"):
        raise typed.refused("leftover", found=words, example=change_no)
    return change_no


def decision_in(typed: Typed) -> tuple[str, str]:
    """The change and everything said about it, as typed; it must not be a question."""
    change_no, words = clear_words(typed)
    return change_no, " ".join([words, typed.reason]).strip()


def clear_words(typed: Typed) -> tuple[str, str]:
    """The change and what is said before the reason. Raises `decision-unclear` for a question or a no."""
    change_no, words = number_and_words(typed)
    if _UNCLEAR.search(words):
        raise typed.refused("decision-unclear", found=typed.raw, example=change_no)
    return change_no, words


def number_and_words(typed: Typed) -> tuple[str, str]:
    """The change's number and the words after it; `本单` when none is given.

    Raises `change-missing` (found, example) where something else stands in its place.
    """
    raw = typed.raw.lstrip(_AROUND)
    plain = folded(raw)
    if number := _NUMBER.match(plain):
        return f"CR-{number[1]}-{number[2]}", raw[number.end() :].strip(_AROUND)
    if this := _THIS.match(plain):
        return THIS, raw[this.end() :].strip(_AROUND)
    if any(c.isalnum() for c in raw):
        raise _not_a_number(typed)
    return THIS, raw.strip(_AROUND)


def _not_a_number(typed: Typed) -> Refused:
    almost = _ALMOST.match(typed.rest)
    nearest = f"CR-{almost[1]}-{almost[2]}".translate(_LOOKS_ALIKE) if almost else f"CR-{typed.today:%Y%m%d}-001"
    return typed.refused("change-missing", example=nearest)
