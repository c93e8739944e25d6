"""Changes of the plan that a sentence may mean: of days, quantities, durations; taken out, split, tried, passed on."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import islice, product

from handlers.inbound.speech.heard import Heard
from handlers.inbound.speech.items import items_of
from handlers.inbound.speech.wishes.spelling import Wanted, reason_of
from handlers.language import Cancel, ChangeQuantity, Edge, Move, PassOn, SetDuration, WhatIf, Write
from handlers.language.commands.announcing import Announce
from handlers.language.commands.splitting import Split
from handlers.language.speech.days import Length, direction_of, share_in
from planning.plan.link import LagKind

_START = re.compile(
    r"开始|开工|开线|上线|启动|开[起干做](?:走|来)?(?![^，。]{0,3}会)|(?:[日号天]|[0-9])先?开(?=$|[，,。 ])"
    r"|start|begin|kick"
)
_AROUND = 3
_FEW = 3
_LASTS = re.compile(r"工期|工时|\bduration|\blasts?\b")


def moves(heard: Heard) -> Iterator[Write]:
    edge = Edge.START if _START.search(heard.spoken) else Edge.FINISH
    reason = reason_of(heard)
    items = items_of(heard)
    lengths = _lengths(heard)
    shifts = [shift for length in lengths for shift in _shifts(heard, length)]
    days = [Move("", to=day, edge=edge) for day in _days(heard)]
    if lengths and _is_moved(heard, lengths[0]) and not any(_is_target(heard, day.start) for day in heard.days):
        wanted = [*shifts, *days]
    else:
        wanted = [*days, *shifts]
    ways = list(product(wanted, items))
    if wanted and any(len(day.choices) > 1 for day in heard.days):
        ways.sort(key=lambda way: items.index(way[1]))  # which day it is, before which item
    for wish, item in ways:
        yield replace(wish, item=item, reason=reason)


def _shifts(heard: Heard, length: Length) -> Iterator[Move]:
    sign = direction_of(heard.spoken, length)
    unit = LagKind.CALENDAR if length.in_weeks else LagKind.WORKING
    yield Move("", shift=length.days * (sign or 1), unit=unit)
    if not sign:
        yield Move("", shift=-length.days, unit=unit)


def _lengths(heard: Heard) -> list[Length]:
    """With words for earlier or later beside them first, then what was said last."""
    return sorted(heard.lengths, key=lambda length: (not _is_moved(heard, length), -length.start))[:2]


def _is_moved(heard: Heard, length: Length) -> bool:
    around = heard.spoken[max(0, length.start - _AROUND - 1) : length.end + _AROUND]
    return direction_of(around, Length(0, len(around), length.days)) != 0


def _days(heard: Heard) -> Iterator[date]:
    """The days that may be meant: those said last first, with all that each may mean."""
    today = heard.today
    ranked = sorted(
        heard.days,
        key=lambda one: (
            _was(heard, one.start), not _is_target(heard, one.start), one.choices[-1] <= today, -one.start
        ),
    )  # fmt: skip
    for day in ranked[:2]:
        yield from (choice for choice in day.choices if choice >= today)


def _was(heard: Heard, start: int) -> bool:
    return bool(re.search(r"(?:不是|原来|原定|本来|\bnot(?: the)?)\s*$", heard.spoken[:start]))


def gone(heard: Heard) -> str:
    """The day that has passed to which something is to be moved; empty: there is none, or another one."""
    passed = [day for day in heard.days if _is_target(heard, day.start) and day.choices[-1] < heard.today]
    ahead = any(day.choices[-1] >= heard.today for day in heard.days)
    return heard.said[passed[-1].start : passed[-1].end] if passed and not ahead and not heard.lengths else ""


def _is_target(heard: Heard, start: int) -> bool:
    return bool(re.search(r"(?:到|至|成|为|去|改|挪|定|放|排|to|by|until|for|on)\s*(?:the\s+)?$", heard.spoken[:start]))


def quantities(heard: Heard) -> Iterator[Write]:
    yield from _shares(heard)
    for item, amount in product(_countable(heard), heard.amounts[:2]):
        value = amount.amount * (amount.sign or 1)
        yield ChangeQuantity(item, value, relative=bool(amount.sign), reason=reason_of(heard))


def _countable(heard: Heard) -> list[str]:
    """The items that may be meant; those the plan has a quantity of first."""
    items = heard.turn.plan().items if heard.turn.uow.plans.exists() else {}
    return sorted(items_of(heard), key=lambda code: code in items and items[code].quantity is None)


def _shares(heard: Heard) -> Iterator[Write]:
    """`多订一成`: so much of what the plan says, where that is a whole number."""
    share = share_in(heard.spoken)
    items = heard.turn.plan().items if share is not None and heard.turn.uow.plans.exists() else {}
    for item in _countable(heard):
        was = items[item].quantity if item in items else None
        if share is not None and was and (wanted := was * (1 + share)) == wanted.to_integral_value():
            yield ChangeQuantity(item, wanted, reason=reason_of(heard))


def durations(heard: Heard) -> Iterator[Write]:
    ranked = sorted(heard.lengths, key=lambda one: (not _is_duration(heard, one), -one.start))
    for item, length in product(items_of(heard), ranked[:2]):
        days = length.days // 7 * 5 if length.in_weeks else length.days
        yield SetDuration(item, days, reason=reason_of(heard))


def _is_duration(heard: Heard, length: Length) -> bool:
    before = heard.spoken[: length.start]
    return bool(re.search(r"(?:改|要|得|至少|最少|写|只要|成|为|需|to|at least|needs?)\s*$", before))


def cancels(heard: Heard) -> Iterator[Write]:
    yield from (Cancel(item, reason_of(heard)) for item in items_of(heard))


def splits(heard: Heard) -> Iterator[Wanted]:
    """So many pieces first, or at a day; the rest from the day that is said of it."""
    items, reason = items_of(heard), reason_of(heard)
    days = [choice for day in heard.days for choice in day.choices if choice > heard.today]
    for item in items:
        for amount in heard.amounts[:1]:
            yield Split(item, None, days[0] if days else None, reason, amount.amount)
        if days:
            yield Split(item, days[0], None, reason)
    if not (heard.amounts or days):
        yield from (f"拆分 {item} 先做 <数量>" for item in items)


def _any_change(heard: Heard) -> Iterator[Write]:
    """Whatever change of the plan the values speak for."""
    if re.search(r"取消|砍|不[做搞要]了?|删|drop|cancel", heard.spoken):
        yield from cancels(heard)
    if heard.amounts:
        yield from quantities(heard)
    yield from moves(heard)


def changes_in(heard: Heard) -> list[Write]:
    return [*islice(_any_change(heard), _FEW)]


def put_to(heard: Heard) -> Heard:
    """What was heard, with no other values than those to which something is to be put: 周五才到料，推迟4天."""
    return replace(
        heard,
        days=tuple(day for day in heard.days if _is_target(heard, day.start)),
        lengths=tuple(length for length in heard.lengths if _is_moved(heard, length) or _is_duration(heard, length)),
        amounts=tuple(
            amount for amount in heard.amounts if amount.sign or amount.unit or _is_target(heard, amount.start)
        ),
    )


def changes_of(heard: Heard, item: str) -> list[Write]:
    """What the values speak for, of this item."""
    found = list(durations(heard)) if _LASTS.search(heard.spoken) else [*quantities(heard), *moves(heard)]
    return [replace(command, item=item) for command in found]


def tried(heard: Heard) -> Iterator[Wanted]:
    for inner in _any_change(heard):
        yield WhatIf(replace(inner, reason=""))


def passed_on(heard: Heard) -> Iterator[Wanted]:
    """To whom they name, else to whom may."""
    names = [person.name for person in heard.people if person != heard.ask.person] or [heard.called or "<姓名>"]
    for name, inner in product(names, changes_in(heard)):
        yield PassOn(name, inner)


def announced(heard: Heard) -> Iterator[Wanted]:
    for inner in changes_in(heard):
        yield Announce(inner)
