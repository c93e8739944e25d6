"""查计划, 待办, 为什么, 早会 and 帮助: the commands that only show something."""

import re
from collections.abc import Mapping

from handlers.language.commands import Digest, Help, QueryPlan, Span, Todo, Why
from handlers.language.numbers import COUNT, number
from handlers.language.objects import subject
from handlers.language.periods import MOST_DAYS
from handlers.language.typed import Typed
from handlers.language.verbs import BY_NAME

_SPANS: Mapping[str, Span] = {
    "今天": Span.TODAY, "今日": Span.TODAY, "today": Span.TODAY,
    "本周": Span.THIS_WEEK, "这周": Span.THIS_WEEK, "这个星期": Span.THIS_WEEK, "this week": Span.THIS_WEEK,
    "下周": Span.NEXT_WEEK, "下个星期": Span.NEXT_WEEK, "next week": Span.NEXT_WEEK,
}  # fmt: skip
_SPAN_AT_END = re.compile(rf"(?:^|(?<=\s)|(?<=[^A-Za-z]))({'|'.join(_SPANS)})(?:的?计划)?$", re.IGNORECASE)
_SPAN_AT_START = re.compile(rf"({'|'.join(_SPANS)})(?![A-Za-z])(?:的(?=\S))?", re.IGNORECASE)
_ME = {"", "我", "我的", "me", "mine"}
_LAST_DAYS = re.compile(
    rf"\s*(?:最近|近|过去|last|past)?\s*(?<![A-Za-z0-9_-])(?P<n>{COUNT})\s*(?:(?P<days>天|日|days?|d)|(?P<weeks>个?(?:周|星期|礼拜)|weeks?|w))(?:内|以内)?$",
    re.IGNORECASE,
)
_CHANGED = re.compile(
    r"(?:又|老|总是?)?(?:变|改|动|晚|延|延期|推迟|提前)了(?:呢|啊)?$|\s+(?:moved|changed|late)$", re.IGNORECASE
)


def query_plan(typed: Typed) -> QueryPlan:
    words, span = _span_of(typed.rest)
    return QueryPlan(subject(words), span)


def todo(typed: Typed) -> Todo:
    words = typed.rest.removesuffix("的").strip()
    return Todo("" if words.lower() in _ME else words)


def digest(typed: Typed) -> Digest:
    words, span = _span_of(typed.rest)
    return Digest(span or Span.TODAY, words)


def why(typed: Typed) -> Why:
    """Raises `object-missing`."""
    rest, days = last_days(typed.rest)
    words = subject(_CHANGED.sub("", rest.strip()).strip())
    if not words:
        raise typed.refused("object-missing", example=f"<单号> {rest}".strip())
    return Why(words, days)


def ask_help(typed: Typed) -> Help:
    """The command asked about in any of its names; anything else: all commands."""
    spec = BY_NAME.get(typed.rest.lower())
    return Help(spec.english if spec else "")


def last_days(rest: str) -> tuple[str, int | None]:
    """`最近7天`, `last 2 weeks` at the end of the words, and the words without it; None: not said."""
    if (last := _LAST_DAYS.search(rest)) and (count := number(last["n"])) is not None:
        wanted = count * (7 if last["weeks"] else 1)
        return rest[: last.start()], min(MOST_DAYS, max(1, int(wanted)))
    return rest, None


def _span_of(rest: str) -> tuple[str, Span | None]:
    """A time word at either end of the words, and the words without it."""
    if found := _SPAN_AT_END.search(rest):
        return rest[: found.start()].strip(), _SPANS[found[1].lower()]
    if found := _SPAN_AT_START.match(rest):
        return rest[found.end() :].strip(), _SPANS[found[1].lower()]
    return rest, None
