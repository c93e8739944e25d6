"""同意, 驳回, 撤回 and 谁知道: the commands about one change request."""

import re

from handlers.language.commands import THIS, Acks, Approve, Reject, Withdraw
from handlers.language.typed import Typed
from planning.refusal import Refused

SAMPLE_NO = "CR-20261128-001"

_NUMBER = re.compile(r"CR[-_ ]?([0-9]{8})[-_ ]?([0-9]{3,6})(?![A-Za-z0-9-])\s*", re.IGNORECASE)
_ALMOST = re.compile(r"CR[-_ ]?([0-9OoIl]{8})[-_ ]?([0-9OoIl]{3,6})(?![A-Za-z0-9-])", re.IGNORECASE)
_THIS = re.compile(r"(?:本|这|该|此)(?:一)?(?:张|个)?(?:变更)?(?:单子?)|this(?![A-Za-z0-9])", re.IGNORECASE)
_LOOKS_ALIKE = str.maketrans("OoIl", "0011")
_NO_APPROVAL = re.compile(r"(?:吗|么|不)$|^(?:不了|不行|不能|不要|不可以|不同意)(?:$|\W)")


def approve(typed: Typed) -> Approve:
    """What follows the number is a comment. A question (`同意…吗？`) or a no (`同意不了`) approves nothing."""
    change_no, comment = _change_no(typed)
    comment = " ".join([comment, typed.reason]).strip()
    if typed.is_question or _NO_APPROVAL.search(comment):
        raise typed.refused("leftover", found=comment, example=change_no)
    return Approve(change_no, comment)


def reject(typed: Typed) -> Reject:
    """Words after the number are the reason, with or without 因为. Raises `reason-missing`, `change-missing`."""
    change_no, words = _change_no(typed)
    reason = " ".join([words, typed.reason]).strip()
    if not reason:
        raise typed.refused("reason-missing", example=change_no)
    return Reject(change_no, reason)


def withdraw(typed: Typed) -> Withdraw:
    change_no, words = _change_no(typed)
    return Withdraw(change_no, " ".join([words, typed.reason]).strip())


def acks(typed: Typed) -> Acks:
    change_no, words = _change_no(typed)
    if words:
        raise typed.refused("leftover", found=words, example=change_no)
    return Acks(change_no)


def change_number(text: str) -> str | None:
    """`CR-YYYYMMDD-nnn` where the text starts with one in any spelling of case and dashes."""
    found = _NUMBER.match(text)
    return f"CR-{found[1]}-{found[2]}" if found else None


def _change_no(typed: Typed) -> tuple[str, str]:
    """The change's number and the words after it; `本单` when none is given.

    Raises `change-missing` (found, example) where something else stands in its place.
    """
    if number := _NUMBER.match(typed.rest):
        return f"CR-{number[1]}-{number[2]}", typed.rest[number.end() :]
    if this := _THIS.match(typed.rest):
        return THIS, typed.rest[this.end() :].strip()
    if typed.rest:
        raise _not_a_number(typed)
    return THIS, ""


def _not_a_number(typed: Typed) -> Refused:
    almost = _ALMOST.match(typed.rest)
    nearest = f"CR-{almost[1]}-{almost[2]}".translate(_LOOKS_ALIKE) if almost else SAMPLE_NO
    return typed.refused("change-missing", example=nearest)
