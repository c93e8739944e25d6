"""改期, 改数量, 改工期 and 取消: the commands that become a change request."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from functools import partial

from handlers.language.commands import Cancel, ChangeQuantity, Edge, Move, SetDuration, Write
from handlers.language.dates import read_date
from handlers.language.numbers import read_quantity
from handlers.language.objects import not_read, split_object, whole_object
from handlers.language.periods import Shift, read_duration, read_shift
from handlers.language.typed import Typed

_PULL = re.compile(
    r"(?:(?<=\s)|(?<=[天日号周0-9]))联动(?=\s|$|提前|推迟|到)|(?<!\S)(?:--)?pull(?!\S)(?!\s+in)", re.IGNORECASE
)
_START = "开始|开工|启动|start"
_FINISH = "交期|交货期?|交付|完成|完工|结束|日期|finish|end|due"
_EDGE = re.compile(rf"(?:的\s*)?(?:(?P<start>{_START})|{_FINISH})(?:日期|时间|date)?\s*(?=\S)", re.IGNORECASE)
_EDGE_AFTER = re.compile(rf"(?P<when>.*\S)\s*(?:(?P<start>{_START})|{_FINISH})", re.IGNORECASE)
_FROM = re.compile(r"(?:从|自|from(?=\s))\s*", re.IGNORECASE)


def move(typed: Typed) -> Move:
    """Raises `object-missing`, `when-missing`, `reason-missing`, and what dates and shifts raise."""
    plain = replace(typed, rest=" ".join(_PULL.sub(" ", typed.rest).split()))
    read = partial(read_when, today=typed.today)
    words, arguments, when = split_object(plain, read)
    if when is None:
        sample = "-2d" if typed.is_english else "提前2天"
        raise not_read(plain, (words, arguments), read, "when-missing", sample)
    edge, asked = when
    command = Move(_object(typed, words, arguments), edge=edge, pull=plain.rest != typed.rest, reason=typed.reason)
    if isinstance(asked, Shift):
        return replace(command, shift=asked.days, unit=asked.unit, edge=Edge.FINISH)
    return replace(command, to=asked)


def read_when(text: str, today: date) -> tuple[Edge, date | Shift] | None:
    """`开始 到 12-05`, `从 12-05 开始`, `12-05`, `提前2天`: which end of the item, and where to."""
    after = _EDGE_AFTER.fullmatch(text)
    named = after or _EDGE.match(text)
    edge = Edge.START if named and named["start"] else Edge.FINISH
    bare = after["when"] if after else text[named.end() :] if named else text
    if edge is Edge.START:
        bare = _FROM.sub("", bare, count=1)
    asked = read_shift(bare) or read_date(bare, today)
    return (edge, asked) if asked else None


def change_quantity(typed: Typed) -> ChangeQuantity:
    """Raises `object-missing`, `quantity-missing`, `number-not-understood`, `reason-missing`."""
    words, arguments, quantity = split_object(typed, read_quantity)
    if quantity is None:
        raise not_read(typed, (words, arguments), read_quantity, "quantity-missing", "3000")
    item = _object(typed, words, arguments)
    return ChangeQuantity(item, quantity.amount, quantity.relative, quantity.unit, typed.reason)


def set_duration(typed: Typed) -> SetDuration:
    """Raises `object-missing`, `duration-missing`, `duration-unit`, `whole-days`, `reason-missing`."""
    words, arguments, duration = split_object(typed, read_duration)
    if duration is None:
        sample = "8d" if typed.is_english else "8天"
        raise not_read(typed, (words, arguments), read_duration, "duration-missing", sample)
    return SetDuration(_object(typed, words, arguments), duration.days, duration.relative, typed.reason)


def cancel(typed: Typed) -> Cancel:
    """Raises `object-missing`, `leftover`, `reason-missing`."""
    words, arguments, _ = split_object(typed, lambda _: None)
    if arguments:
        raise typed.refused("leftover", found=arguments, example=words)
    return Cancel(_object(typed, words, ""), typed.reason)


def _object(typed: Typed, words: str, arguments: str) -> str:
    """The object, once both it and the reason are there."""
    item = whole_object(words)
    if not item:
        raise typed.refused("object-missing", example=f"<单号> {arguments}".strip())
    if typed.spec.needs_reason and not typed.reason:
        raise typed.refused("reason-missing", example=typed.rest)
    return item


WRITES: Mapping[str, Callable[[Typed], Write]] = {
    "move": move,
    "qty": change_quantity,
    "duration": set_duration,
    "cancel": cancel,
}
"""Readers by the key of their verb."""
