"""The nearest right form for text that is no command, built from the person's own words."""

import difflib
import re
from collections.abc import Iterator
from datetime import date
from itertools import product

from handlers.language.clean import head_of, split_reason
from handlers.language.decisions import change_number
from handlers.language.objects import code_in
from handlers.language.typed import right_form
from handlers.language.understand import works
from handlers.language.verbs import ANYWHERE, BY_NAME, spec_named
from planning.refusal import Refused

_ALIKE = 0.5
_ALIKE_LETTERS = 0.6
_GUESSES = 10
"""So many misspelt names are tried, likeliest first."""
_FALLBACK = "帮助"
_OF_NO_ITEM = ("待办", "早会", "基线", "对比", "代理", "请假", "冻结", "解冻", "规则")
_OF_ANY_WORDS = ("基线", "对比")
"""They understand whatever follows, so that only their names are offered."""
_AMOUNT = re.compile(r"(?:[+-]|[加减增少]|到)\s*[0-9一二两三四五六七八九十]")
_CHINESE_RUN = re.compile("[\u4e00-\u9fff]+")
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
        if spec.zh == _FALLBACK or (spec.zh in _OF_NO_ITEM and code_in(rest)):
            continue
        english = name.isascii() and name != spec.pinyin
        words = "" if spec.zh in _OF_ANY_WORDS else rest
        form = right_form(name, words, reason, spec.needs_reason, english)
        if works(form, today):
            return form
    return _FALLBACK


def _guesses(head: str) -> Iterator[tuple[str, str]]:
    """Commands that may be meant with the words they leave, likeliest first."""
    inside = list(_in_the_middle(head))
    code = code_in(head)
    yield from (guess for guess in inside if code)
    yield from _misspelt(head)
    yield from inside
    if change := change_number(code):
        yield "谁知道", change
    elif code:
        yield from _about(code, head)
    yield "改期", _plain_words(head)
    if _AMOUNT.search(head):
        yield "改数量", _plain_words(head)


def _in_the_middle(head: str) -> Iterator[tuple[str, str]]:
    """`把 SO-1042 改期到 12-05`, `请帮我改期 SO-1042 …`: the name is there, only not in front."""
    if found := ANYWHERE.search(head):
        before, after = head[: found.start()], head[found.end() :].strip()
        yield found[0].lower(), f"{_plain_words(before)} {after}".strip() if code_in(before) else after


def _about(code: str, head: str) -> Iterator[tuple[str, str]]:
    """No command's name at all, but an item's code: what its date, number or verb speaks for."""
    before, after = head.split(code, 1)
    for name, rest in product(("改期", "改数量"), (after, f"{before} {after}", before)):
        yield name, f"{code} {_plain_words(rest)}"
    if any(word in head for word in ("取消", "不要", "撤单", "cancel")):
        yield "取消", code
    yield "查计划", code


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
    run = _CHINESE_RUN.match(head.lstrip("/"))
    start = run[0] if run else ""
    pairs = [(name, start if len(start) <= 4 else start[: len(name)]) for name in BY_NAME if not name.isascii()]
    pairs += [(name, start[: len(name)]) for name, _ in pairs]
    ranked = sorted(((_alike(name, part), name, part) for name, part in set(pairs)), reverse=True)
    for ratio, name, part in ranked[:_GUESSES]:
        if ratio >= _ALIKE:
            yield name, head.lstrip("/")[len(part) :].strip()


def _alike(name: str, typed: str) -> float:
    return difflib.SequenceMatcher(None, name, typed).ratio()
