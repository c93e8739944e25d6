"""Next steps of a refusal as whole commands: each understood, and naming every code, date and number that was typed.

One that lacks nothing but its reason is offered without one: whoever takes it is asked for it.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date

from handlers.language.clean import folded
from handlers.language.values.objects import code_in
from handlers.language.vocabulary import Typed, Vocabulary
from planning.refusal import Refused

FILLED = {
    "<单号>": "X-1", "<原因>": "x", "<reason>": "x", "<变更单号>": "CR-20260101-001", "<change no>": "CR-20260101-001",
    "<日期>": "12-05", "<数量>": "30", "<天数>": "3天",
    "<起~止>": "12-01~12-02", "<code>": "X-1", "<date>": "12-05", "<quantity>": "30", "<days>": "3d",
    "<from~to>": "12-01~12-02",
}  # fmt: skip
_DIGITS = re.compile("[0-9]+")
_HOLE = re.compile("<[^<>]*>")
_OURS = re.compile("到|因为|BECAUSE|本单|推迟|提前")
"""Words of a form that people leave out, or say otherwise."""
_NO_REASON = re.compile(r"\s*(?:因为 <原因>|because <reason>)$")
_CHINESE_NUMBER = "[零〇一二两三四五六七八九十百千万亿半]+"
_NAMED = re.compile(
    r"[A-Z0-9]+(?:[-_./][A-Z0-9]+)*"
    r"|大?[今明后昨前](?:天|日)|[上本这下]*个?(?:周|星期|礼拜)[一二三四五六日天]|[年月]底|月[初中]|周末"
    rf"|{_CHINESE_NUMBER}",
    re.IGNORECASE,
)
_IDLE = re.compile(r"(?:[这那本该每某]|另)?一(?:下|[张个]?单子?|定|直|起|样|般)|(?<=这)一(?=[张个批])")
"""一 that counts nothing."""


def works(form: str, today: date, vocabulary: Vocabulary) -> bool:
    """Check whether a right form, once its placeholders are filled in, is understood."""
    try:
        return _read(form, today, vocabulary)
    except Refused:
        return False


def is_asked_back(form: str, today: date, vocabulary: Vocabulary) -> bool:
    """Check whether all that is wrong with a form is a date or number that may mean several."""
    try:
        return _read(form, today, vocabulary)
    except Refused as refused:
        return "choices" in refused.refusal.facts


def _read(form: str, today: date, vocabulary: Vocabulary) -> bool:
    for placeholder, word in FILLED.items():
        form = form.replace(placeholder, word)
    typed = Typed.of(form, today, vocabulary)
    if typed is None:
        return False
    item = getattr(typed.phrase.read(typed), "item", "")
    return code_in(item) in ("", item)  # words that were not read beside a code are no part of it


def keeps(said: str, form: str) -> bool:
    """Check whether every code, number and time word that was said stands in the form."""
    offered = set(_named(form))
    return all(word in offered for word in _named(said))


def says_no_more(form: str, typed: str) -> bool:
    """Check that all of a right form behind its name was typed: what was made up to show the form is never offered as a
    next step."""
    said, rest = folded(typed).upper(), folded(_HOLE.sub("", form.partition(" ")[2])).upper()
    numbers = set(_DIGITS.findall(said))
    words = _OURS.sub(" ", rest)
    return all(number in numbers for number in _DIGITS.findall(words)) and all(
        sign in said for sign in words if sign.isalpha()
    )


def _named(said: str) -> Iterator[str]:
    for word in _NAMED.findall(_IDLE.sub("", folded(said)).upper()):
        if not word.isascii() or any(c.isdigit() for c in word):
            yield word


def one_tap(form: str) -> tuple[str, ...]:
    """The form as an offer; none where a word in it is still to be given, other than the reason."""
    bare = without_reason_to_give(form)
    return () if "<" in bare else (bare,)


def without_reason_to_give(form: str) -> str:
    return _NO_REASON.sub("", form)


def in_its_place(refused: Refused, typed: Typed) -> tuple[str, ...]:
    """The command with each of the refusal's choices in the place of what was not clear, as far as they are understood
    so; none where the refusal leaves nothing to choose."""
    facts = refused.refusal.facts
    if not facts.get("choices") or not (place := _last(facts.get("found", ""), typed.rest)):
        return ()
    before, after = typed.rest[: place.start()].strip(), typed.rest[place.end() :].strip()
    return tuple(_understood(typed, (f"{before} {choice} {after}" for choice in facts["choices"].split("、"))))


def _understood(typed: Typed, forms: Iterable[str]) -> Iterator[str]:
    for words in (" ".join(form.split()) for form in forms):
        whole = typed.example(words)
        if works(whole, typed.today, typed.vocabulary):
            yield from one_tap(whole)


def _last(found: str, rest: str) -> re.Match[str] | None:
    """The last place where it was typed, whatever spaces stand in it."""
    pattern = r"\s*".join(re.escape(c) for c in found if not c.isspace())
    return next(reversed(list(re.finditer(pattern, rest))), None) if pattern else None
