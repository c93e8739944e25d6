"""The nearest right form for text that is no command, built from the person's own words."""

import difflib
import re
from collections.abc import Iterator
from datetime import date
from itertools import product

from handlers.language.clean import head_of, split_reason
from handlers.language.objects import code_in
from handlers.language.typed import right_form
from handlers.language.understand import understand
from handlers.language.verbs import ANYWHERE, BY_NAME, spec_named
from planning.refusal import Refused

_ALIKE = 0.5
_ALIKE_LETTERS = 0.6
_GUESSES = 40
"""No more right forms are tried for one message."""
_FALLBACK = "帮助"
_COURTESY = re.compile(
    "请|麻烦|帮我|帮忙|帮|能不能|可不可以|可以|需要|应该|把|将|给|想|要|得|吗|吧|一下|这个|那个|我们|客户|交期|的|\\bplease\\b",
    re.IGNORECASE,
)


def nearest(text: str, today: date) -> str:
    """A form that would be understood, with `<原因>` where a reason is still to be given; `帮助` when none is near."""
    head, reason = split_reason(text)
    try:
        head = head_of(head)
    except Refused:
        return _FALLBACK
    for name, rest in _guesses(head):
        spec = spec_named(name)
        english = name.isascii() and name != spec.pinyin
        form = right_form(name, rest, reason, spec.needs_reason, english)
        if _is_understood(form, today):
            return form
    return _FALLBACK


def _guesses(head: str) -> Iterator[tuple[str, str]]:
    """Commands that may be meant with the words they leave, likeliest first."""
    yield from _misspelt(head)
    if inside := ANYWHERE.search(head):
        before = _plain_words(head[: inside.start()])
        yield inside[0].lower(), f"{before} {head[inside.end() :].strip()}".strip()
    if code := code_in(head):
        before, after = head.split(code, 1)
        for name, rest in product(("改期", "改数量"), (after, f"{before} {after}", before)):
            yield name, f"{code} {_plain_words(rest)}"
        if any(word in head for word in ("取消", "不要", "停", "撤单", "cancel")):
            yield "取消", code
        yield "查计划", code
    for name in ("改期", "改数量"):
        yield name, _plain_words(head)


def _plain_words(text: str) -> str:
    return " ".join(_COURTESY.sub(" ", text).split())


def _misspelt(head: str) -> Iterator[tuple[str, str]]:
    """The first word, or the first two to four Chinese characters, as a command's name written wrongly."""
    word = head.lstrip("/").split(" ", 1)[0]
    if word.isascii():
        names = [name for name in BY_NAME if name.isascii()]
        for name in difflib.get_close_matches(word.lower(), names, n=3, cutoff=_ALIKE_LETTERS):
            yield name, head.lstrip("/")[len(word) :].strip()
        return
    starts = {head.lstrip("/")[:length] for length in (2, 3, 4)}
    ranked = sorted(
        ((difflib.SequenceMatcher(None, name, start).ratio(), name, start) for name in BY_NAME for start in starts),
        reverse=True,
    )
    for ratio, name, start in ranked[:_GUESSES]:
        if ratio >= _ALIKE and not name.isascii():
            yield name, head.lstrip("/")[len(start) :].strip()


def _is_understood(form: str, today: date) -> bool:
    try:
        return understand(form, today) is not None
    except Refused:
        return False


