"""A yes that is nothing but a yes; what else begins with 同意 decides nothing and is answered with the ways on."""

import re

from handlers.language.clean import folded
from handlers.language.commands.remarks import is_remark
from handlers.language.values.change_numbers import (
    AROUND,
    as_typed,
    is_unclear,
    names_a_change,
    number_and_words,
    numbers_in,
)
from handlers.language.vocabulary import Typed, spaced
from planning.refusal import Refused

_MARKS = re.compile(r"^[\s/、.。,，:：;；!！#*•·>~+0-9)）-]*")
"""Signs in front that say nothing: a slash, a list's mark."""
_BUT = re.compile(r"^(?:但是?|不过|可是|只是|然而|but(?![a-z])|however(?![a-z]))[\s,，:：]*", re.IGNORECASE)
_ASKS = re.compile(r"[吗么呢吧?？！!~～…\s]+$")


def plain_yes(typed: Typed) -> tuple[str, str]:
    """The change and the remark on it. Raises `approval-negated`, `approval-unclear`, `decision-unclear`, and what
    `number_and_words` raises."""
    named = numbers_in(typed.raw)
    if named and not names_a_change(typed):
        raise _is_none(typed, named[0])
    change_no, words = number_and_words(typed)
    if is_unclear(words):
        raise _is_unclear(typed, "decision-unclear", change_no, words)
    if not is_remark(words, typed.why) or not is_remark(_MARKS.sub("", typed.before)):
        raise _is_unclear(typed, "approval-unclear", change_no, words)
    return change_no, " ".join([words, typed.reason]).strip()


def _is_none(typed: Typed, change_no: str) -> Refused:
    """Words stand between the yes and the number (`同意不了 CR-…`): it may well be a no, so that no yes is offered."""
    found = spaced(typed.raw, typed.because)
    reject, why = ("reject", "because <reason>") if typed.is_english else ("驳回", "因为 <原因>")
    example, offers = spaced(reject, change_no, why), _other_ways(typed, change_no, typed.raw)
    return Refused("approval-negated", offers=offers, found=found, example=example, command=typed.phrase.zh)


def _is_unclear(typed: Typed, code: str, change_no: str, words: str) -> Refused:
    offers = [typed.example(change_no), *_other_ways(typed, change_no, words)]
    return typed.refused(code, found=spaced(typed.raw, typed.because), example=change_no, offers=offers)


def _other_ways(typed: Typed, change_no: str, words: str) -> list[str]:
    """What was said as what to propose instead, and as the reason of a rejection; where that is nothing, it is asked
    for."""
    change_no = as_typed(change_no)
    modify, reject, why = ("modify", "reject", "because") if typed.is_english else ("要求修改", "驳回", "因为")
    if not (said := _said(words, typed.reason)):
        return [spaced(modify, change_no), spaced(reject, change_no)]
    wish = _BUT.sub("", said) or said
    return [spaced(modify, change_no, why, wish), spaced(reject, change_no, why, said)]


def _said(words: str, reason: str) -> str:
    """The words without the numbers and without asking; empty: nothing that could be a reason."""
    plain = folded(words)
    for number in re.findall(r"CR[-_ ]?[0-9]{8}[-_ ]?[0-9]{3,6}", plain, re.IGNORECASE):
        words = words.replace(number, " ")
    said = " ".join(f"{words} {reason}".split()).strip(AROUND)
    return said if any(c.isalnum() for c in _ASKS.sub("", said)) else ""
