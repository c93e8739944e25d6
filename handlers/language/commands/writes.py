"""改期, 改数量, 改工期 and 取消: the commands that become a change request."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import partial

from handlers.language.values.dates import read_date
from handlers.language.values.numbers import plain
from handlers.language.values.objects import boundaries, can_read, not_read, split_object, whole_object
from handlers.language.values.periods import DAYS_A_WEEK, Shift, read_duration, read_shift
from handlers.language.values.quantities import read_quantity
from handlers.language.values.roundabout import ask_back
from handlers.language.vocabulary import CHINESE, ENGLISH, Command, Phrase, Say, Typed, because, spaced, this_or
from planning.plan.link import LagKind


class Edge(StrEnum):
    """End of an item that a date is about. People mean the finish (交期) unless they say 开始."""

    START = "start"
    FINISH = "finish"


@dataclass(frozen=True, slots=True)
class Move(Command):
    """Either `to`, a date for the item's `edge`, or `shift`, signed days of `unit`. `item` is a code, or a piece of a
    title or product."""

    item: str
    to: date | None = None
    shift: int | None = None
    unit: LagKind = LagKind.WORKING
    edge: Edge = Edge.FINISH
    pull: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ChangeQuantity(Command):
    """`amount` is signed when `relative`; `unit` as typed, empty when left out."""

    item: str
    amount: Decimal
    relative: bool = False
    unit: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class SetDuration(Command):
    """`days` are working days, or calendar ones of whole weeks; signed when `relative`. 0 makes a milestone."""

    item: str
    days: int
    relative: bool = False
    reason: str = ""
    unit: LagKind = LagKind.WORKING


@dataclass(frozen=True, slots=True)
class Cancel(Command):
    item: str
    reason: str = ""


Write = Move | ChangeQuantity | SetDuration | Cancel
"""Commands that become a change request; `handlers.language.operations_of` makes their operations."""

_ANY_DAY = date(2000, 1, 1)
_PULL = re.compile(
    r"(?:(?<=\s)|(?<=[天日号周0-9]))联动(?=\s|$|[+-]|提前|推迟|到)"
    r"|(?<!\S)(?:--)?pull(?=\s|$|\+|-\d|[^\x00-\x7f])(?!\s+in)",
    re.IGNORECASE,
)
_START = "开始|开工|启动|start"
_FINISH = "交期|交货期?|交付|完成|完工|结束|日期|finish|end|due"
_EDGE = re.compile(rf"(?:的\s*)?(?:(?P<start>{_START})|{_FINISH})(?:日期|时间|date)?\s*(?=\S)", re.IGNORECASE)
_EDGE_AFTER = re.compile(rf"(?P<when>.*\S)\s*(?:(?P<start>{_START})|{_FINISH})", re.IGNORECASE)
_FROM = re.compile(r"(?:从|自|from(?=\s))\s*", re.IGNORECASE)


def move(typed: Typed) -> Move:
    """Raises `object-missing`, `when-missing`, `reason-missing`, and what dates and shifts raise."""
    unpulled = replace(typed, rest=" ".join(_PULL.sub(" ", typed.rest).split()))
    read = partial(read_when, today=typed.today)
    words, arguments, when = split_object(unpulled, read)
    if when is None:
        sample = "-2d" if typed.is_english else "提前2天"
        raise not_read(unpulled, (words, arguments), read, "when-missing", sample)
    edge, asked = when
    command = Move(_object(typed, words, arguments), edge=edge, pull=unpulled.rest != typed.rest, reason=typed.reason)
    if isinstance(asked, Shift):
        return replace(command, shift=asked.days, unit=asked.unit, edge=Edge.FINISH)
    return replace(command, to=asked)


def read_when(text: str, today: date) -> tuple[Edge, date | Shift] | None:
    """`开始 到 12-05`, `从 12-05 开始`, `12-05`, `提前2天`: which end of the item, and where to.

    Raises what dates and shifts raise, and `from-now`.
    """
    after = _EDGE_AFTER.fullmatch(text)
    named = after or _EDGE.match(text)
    edge = Edge.START if named and named["start"] else Edge.FINISH
    bare = after["when"] if after else text[named.end() :] if named else text
    if edge is Edge.START:
        bare = _FROM.sub("", bare, count=1)
    ask_back(bare, today)
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
    item = _object(typed, words, arguments)
    return SetDuration(item, duration.days, duration.relative, typed.reason, duration.unit)


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
    if typed.phrase.needs_reason and not typed.reason:
        raise typed.refused("reason-missing", example=typed.rest)
    return item


def _spell_move(command: Move, say: Say) -> str:
    start = say("开始", "start") if command.edge is Edge.START else ""
    place = spaced(start, say("到", "to"), str(command.to)) if command.to else _spell_shift(command, say)
    place = _told_apart(command.item, place, say("交期", "due"), partial(read_when, today=command.to or _ANY_DAY))
    pull = say("联动", "pull") if command.pull else ""
    return spaced(this_or(command.item, say), place, pull, because(command.reason, say))


def _spell_shift(command: Move, say: Say) -> str:
    days, in_calendar_days = command.shift or 0, command.unit is LagKind.CALENDAR
    unit = say("个自然日", " calendar days") if in_calendar_days else say("天", "d")
    sign = say("提前", "-") if days < 0 else say("推迟", "+")
    return f"{sign}{abs(days)}{unit}"


def _spell_quantity(command: ChangeQuantity, say: Say) -> str:
    sign = "+" if command.relative and command.amount >= 0 else ""
    amount = f"{sign}{plain(command.amount)}{command.unit}"
    quantity = _told_apart(command.item, amount, say("数量", "qty"), read_quantity)
    return spaced(this_or(command.item, say), quantity, because(command.reason, say))


def _spell_duration(command: SetDuration, say: Say) -> str:
    in_weeks = command.unit is LagKind.CALENDAR
    count = command.days // DAYS_A_WEEK if in_weeks else command.days
    unit = say("周", "w") if in_weeks else say("天", "d")
    days = f"{count:+}{unit}" if command.relative else f"{count}{unit}"
    lasting = _told_apart(command.item, days, say("工期", "duration"), read_duration)
    return spaced(this_or(command.item, say), lasting, because(command.reason, say))


def _told_apart(item: str, words: str, about: str, read: Callable[[str], object | None]) -> str:
    """Words on an item, led by what they are `about` where the end of the item's own words (项目开始) would be read
    with them."""
    taken = any(can_read(read, f"{item[at:]} {words}") for at in boundaries(item))
    return f"{about} {words}" if taken else words


def _spell_cancel(command: Cancel, say: Say) -> str:
    return spaced(this_or(command.item, say), because(command.reason, say))


MOVE = Phrase(
    "改期", "gq", "move",
    "改期 <单号> [开始] 到 <日期>｜提前/推迟 N天 [联动] 因为 <原因>",
    "move <code> [start] to <date>|+Nd|-Nd [pull] because <reason>",
    "改期 SO-1042 提前2天 因为 客户要求提前交货", "move SO-1042 -2d because the customer asked",
    "改交期：先看影响，再决定是否提交", "moves an item: you see the impact first, then submit",
    read=move, spells={Move: _spell_move}, aliases=("改交期", "改日期"), needs_reason=True,
)  # fmt: skip
CHANGE_QUANTITY = Phrase(
    "改数量", "gsl", "qty",
    "改数量 <单号> 3000｜+500｜-500 因为 <原因>", "qty <code> 3000|+500|-500 because <reason>",
    "改数量 SO-1042 3000 因为 客户加单", "qty SO-1042 3000 because the customer ordered more",
    "改数量：连同用料和批量一起算给你看", "changes a quantity, with the material it takes",
    read=change_quantity, spells={ChangeQuantity: _spell_quantity}, aliases=("quantity",), needs_reason=True,
)  # fmt: skip
SET_DURATION = Phrase(
    "改工期", "ggq", "duration",
    "改工期 <单号> N天｜+N天｜-N天 因为 <原因>", "duration <code> Nd|+Nd|-Nd because <reason>",
    "改工期 MO-2001 8天 因为 设备停机", "duration MO-2001 8d because a machine is down",
    "改一项工作要做几个工作日", "changes how many working days an item takes",
    read=set_duration, spells={SetDuration: _spell_duration}, needs_reason=True,
)  # fmt: skip
CANCEL = Phrase(
    "取消", "qx", "cancel",
    "取消 <单号> 因为 <原因>", "cancel <code> because <reason>",
    "取消 SO-1042 因为 客户撤单", "cancel SO-1042 because the customer withdrew",
    "取消一个单子：先看谁受影响", "cancels an item: you see who is affected first",
    read=cancel, spells={Cancel: _spell_cancel}, needs_reason=True,
)  # fmt: skip
_PHRASES = (MOVE, CHANGE_QUANTITY, SET_DURATION, CANCEL)
WRITES: Mapping[str, Phrase] = {phrase.english: phrase for phrase in _PHRASES}
"""By their keys."""


def spell_write(command: Write, say: Say) -> str:
    """Inside another command."""
    locale = say(CHINESE, ENGLISH)
    return next(phrase.spell(command, locale) for phrase in _PHRASES if type(command) in phrase.spells)
