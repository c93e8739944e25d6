"""Suggestions of what to type instead: the nearest right form for text that is no command, an example that works for
one that is."""

import difflib
import re
from collections.abc import Iterator
from datetime import date
from itertools import product

from handlers.language.change_numbers import change_number
from handlers.language.clean import folded, head_of, split_reason
from handlers.language.objects import code_in
from handlers.language.reads import HELP
from handlers.language.vocabulary import Takes, Typed, Vocabulary, right_form
from planning.refusal import Refused

_ALIKE = 0.5
_ALIKE_LETTERS = 0.6
_GUESSES = 10
"""So many misspelt names are tried, likeliest first."""
_FILLED = {"<单号>": "X-1", "<原因>": "x", "<reason>": "x"}
_AMOUNT = re.compile(r"(?:[+-]|[加减增少]|到)\s*[0-9一二两三四五六七八九十]")
_DIGITS = re.compile("[0-9]+")
_HOLE = re.compile("<[^<>]*>")
_OURS = re.compile("到|因为|BECAUSE|本单")
"""Words of a form that people leave out."""
_CHINESE_RUN = re.compile("[\u4e00-\u9fff]+")
_COURTESY = re.compile(
    "请|麻烦|帮我|帮忙|帮|能不能|可不可以|可以|需要|应该|把|将|给|想|要|得|吗|吧|一下|这个|那个|我们|客户|交期|的|\\bplease\\b",
    re.IGNORECASE,
)


def nearest(text: str, today: date, vocabulary: Vocabulary) -> str:
    """A form that would be understood, with `<原因>` where a reason is still to be given; `帮助` when none is near."""
    head, reason = split_reason(text)
    try:
        head = head_of(head)
    except Refused:
        return HELP.zh
    for name, rest in _guesses(head, vocabulary):
        phrase = vocabulary.named(name)
        if phrase is HELP or (phrase.takes is not Takes.WORDS and code_in(rest)):
            continue
        english = name.isascii() and name != phrase.pinyin
        words = "" if phrase.takes is Takes.ANYTHING else rest
        form = right_form(name, words, reason, phrase.needs_reason, english)
        if works(form, today, vocabulary):
            return form
    return HELP.zh


def with_a_working_example(refused: Refused, typed: Typed) -> Refused:
    """An `example` among its facts is made of the person's words where that makes a command that works, else it is the
    phrase's own."""
    facts = refused.refusal.facts
    if "example" not in facts or refused.refusal.offers:
        return refused
    if works(facts["example"], typed.today, typed.vocabulary):
        offers = [facts["example"]] if says_no_more(facts["example"], f"{typed.raw} {typed.reason}") else []
        return Refused(refused.refusal.code, offers=offers, **facts)
    example = typed.phrase.example_en if typed.is_english else typed.phrase.example
    return Refused(refused.refusal.code, **{**facts, "example": example})


def says_no_more(form: str, typed: str) -> bool:
    """Check that all of a right form behind its name was typed: what was made up to show the form is never offered as a
    next step."""
    said, rest = folded(typed).upper(), folded(_HOLE.sub("", form.partition(" ")[2])).upper()
    numbers = set(_DIGITS.findall(said))
    words = _OURS.sub(" ", rest)
    return all(number in numbers for number in _DIGITS.findall(words)) and all(
        sign in said for sign in words if sign.isalpha()
    )


def works(form: str, today: date, vocabulary: Vocabulary) -> bool:
    """Check whether a right form, once its placeholders are filled in, is understood."""
    for placeholder, word in _FILLED.items():
        form = form.replace(placeholder, word)
    try:
        typed = Typed.of(form, today, vocabulary)
        return typed is not None and bool(typed.phrase.read(typed))
    except Refused:
        return False


def _guesses(head: str, vocabulary: Vocabulary) -> Iterator[tuple[str, str]]:
    """Commands that may be meant with the words they leave, likeliest first."""
    inside = list(_in_the_middle(head, vocabulary))
    code = code_in(head)
    yield from (guess for guess in inside if code)
    yield from _misspelt(head, vocabulary)
    yield from inside
    yield from (guess for guess in _unnamed(head, code) if guess[0] in vocabulary.by_name)


def _in_the_middle(head: str, vocabulary: Vocabulary) -> Iterator[tuple[str, str]]:
    """`把 SO-1042 改期到 12-05`, `请帮我改期 SO-1042 …`: the name is there, only not in front."""
    if found := re.search(vocabulary.any_name, head, re.IGNORECASE):
        before, after = head[: found.start()], head[found.end() :].strip()
        yield found[0].lower(), f"{_plain_words(before)} {after}".strip() if code_in(before) else after


def _unnamed(head: str, code: str) -> Iterator[tuple[str, str]]:
    """No command's name at all: what its code, date, number or verb speaks for."""
    if change := change_number(code):
        yield "谁知道", change
    elif code:
        yield from _about(code, head)
    yield "改期", _plain_words(head)
    if _AMOUNT.search(head):
        yield "改数量", _plain_words(head)


def _about(code: str, head: str) -> Iterator[tuple[str, str]]:
    """An item's code, and words around it."""
    before, after = head.split(code, 1)
    for name, rest in product(("改期", "改数量"), (after, f"{before} {after}", before)):
        yield name, f"{code} {_plain_words(rest)}"
    if any(word in head for word in ("取消", "不要", "撤单", "cancel")):
        yield "取消", code
    yield "查计划", code


def _plain_words(text: str) -> str:
    return " ".join(_COURTESY.sub(" ", text).split())


def _misspelt(head: str, vocabulary: Vocabulary) -> Iterator[tuple[str, str]]:
    """The first word, or the first two to four Chinese characters, as a command's name written wrongly."""
    word = head.lstrip("/").split(" ", 1)[0]
    if word.isascii():
        letters = [name for name in vocabulary.by_name if name.isascii()]
        for name in difflib.get_close_matches(word.lower(), letters, n=3, cutoff=_ALIKE_LETTERS):
            yield name, head.lstrip("/")[len(word) :].strip()
        return
    run = _CHINESE_RUN.match(head.lstrip("/"))
    start = run[0] if run else ""
    names = [name for name in vocabulary.by_name if not name.isascii()]
    pairs = [(name, start if len(start) <= 4 else start[: len(name)]) for name in names]
    pairs += [(name, start[: len(name)]) for name, _ in pairs]
    ranked = sorted(((_alike(name, part), name, part) for name, part in set(pairs)), reverse=True)
    for ratio, name, part in ranked[:_GUESSES]:
        if ratio >= _ALIKE:
            yield name, head.lstrip("/")[len(part) :].strip()


def _alike(name: str, typed: str) -> float:
    return difflib.SequenceMatcher(None, name, typed).ratio()
