"""Meaning of a command for the plan at hand: the items people mean, by code or by name, and the operations on them."""

import difflib
from collections.abc import Iterable, Iterator
from datetime import timedelta
from decimal import Decimal
from itertools import takewhile

from handlers.language.commands.what_if import WhatIf
from handlers.language.commands.writes import Cancel, ChangeQuantity, Edge, Move, SetDuration, Write
from handlers.language.values.numbers import plain
from handlers.language.values.periods import DAYS_A_WEEK
from handlers.language.values.quantities import is_package, same_unit
from handlers.language.vocabulary import THIS
from planning.plan.calendar import WorkCalendar
from planning.plan.item import Item
from planning.plan.link import LagKind
from planning.plan.operation import Op, Operation
from planning.plan.plan import Plan
from planning.plan.timetable import Timetable
from planning.refusal import Refused

_SHOWN = 3
_CHOICES = 5
_ALIKE = 0.6
_FEW = 2000
"""Up to so many items titles are compared letter by letter for a suggestion."""
_LOOKS_ALIKE = str.maketrans("OIL", "011")


def find_items(plan: Plan, words: str) -> list[Item]:
    """Every item the words may mean: the one of that code, else all whose title and product hold every word.

    The code may be in any case and without its dash; an O for a 0 is offered, never assumed. An exact title or
    product goes before a piece of one. Raises `item-nearest` (item, nearest), `unknown-item` (item) where nothing
    is near, and `this-unknown` for `本单`, which the caller replaces by what the quoted card is about.
    """
    if words == THIS:
        raise Refused("this-unknown")
    found = _by_code(plan, words) or _by_name(plan, words)
    if not found:
        nearest = "、".join(_nearest(plan, words))
        raise Refused("item-nearest", item=words, nearest=nearest) if nearest else Refused("unknown-item", item=words)
    return found


def find_item(plan: Plan, words: str) -> Item:
    """The one item meant. Raises `ambiguous-item` (words, count, choices), and as `find_items`."""
    found = find_items(plan, words)
    if len(found) > 1:
        choices = "、".join(f"{item.code} {item.title}" for item in found[:_CHOICES])
        raise Refused("ambiguous-item", words=words, count=len(found), choices=choices)
    return found[0]


def _by_code(plan: Plan, words: str) -> list[Item]:
    exact = plan.items.get(words) or plan.items.get(words.upper())
    if exact:
        return [exact]
    wanted = _bare(words)
    return [item for item in plan.items.values() if _bare(item.code) == wanted] if wanted else []


def _by_name(plan: Plan, words: str) -> list[Item]:
    name = words.casefold()
    pieces = name.split()
    if not pieces:
        return []
    held = [item for item in plan.items.values() if _holds(item, pieces)]
    return [item for item in held if name in (item.title.casefold(), item.product.casefold())] or held


def _holds(item: Item, pieces: Iterable[str]) -> bool:
    text = f"{item.title} {item.product}".casefold()
    return all(piece in text for piece in pieces)


def _bare(code: str) -> str:
    return "".join(c for c in code.upper() if c.isalnum())


def _nearest(plan: Plan, words: str) -> list[str]:
    """Codes that look the same first (O and 0), then codes nearly the same, then items of a nearly equal title."""
    wanted = words.upper()
    seen = _seen(wanted)
    if alike := [code for code in plan.items if _seen(code) == seen]:
        return alike[:_SHOWN]
    near = list(_one_slip_away(plan.items, wanted))
    swapped = [code for code in near if sorted(code) == sorted(wanted)]  # 1024 for 1042: the commonest slip
    found = dict.fromkeys([*swapped, *difflib.get_close_matches(wanted, near, _SHOWN, _ALIKE)])
    if not found and len(plan.items) <= _FEW:
        found = dict.fromkeys([*difflib.get_close_matches(wanted, plan.items, _SHOWN, _ALIKE), *_by_title(plan, words)])
    return list(found)[:_SHOWN]


def _seen(code: str) -> str:
    return _bare(code).translate(_LOOKS_ALIKE)


def _one_slip_away(codes: Iterable[str], wanted: str) -> Iterator[str]:
    """Codes that differ in one place of at most two characters: cheap enough for a hundred thousand."""
    for code in codes:
        if abs(len(code) - len(wanted)) <= 1:
            same = _same_start(code, wanted) + _same_start(code[::-1], wanted[::-1])
            if same >= len(wanted) - 2:
                yield code


def _same_start(one: str, other: str) -> int:
    pairs = zip(one, other, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _by_title(plan: Plan, words: str) -> list[str]:
    titles = {item.title: item.code for item in plan.items.values()}
    return [titles[title] for title in difflib.get_close_matches(words, titles, _SHOWN, _ALIKE)]


def operations_of(command: Write | WhatIf, plan: Plan) -> tuple[Operation, ...]:
    """Operations of the command on this plan, relative amounts worked out against its items.

    Raises what `find_item` raises, and `unit-mismatch`, `unit-unstated`, `no-quantity`, `quantity-below-zero`,
    `duration-below-zero`.
    """
    if isinstance(command, WhatIf):
        return operations_of(command.inner, plan)
    item = find_item(plan, command.item)
    match command:
        case Move():
            return (_move(command, item, plan),)
        case ChangeQuantity():
            return (Operation(item.code, Op.SET_QUANTITY, _quantity(command, item)),)
        case SetDuration():
            return (Operation(item.code, Op.SET_DURATION, _duration(command, item, plan)),)
        case Cancel():
            return (Operation(item.code, Op.CANCEL),)


def _move(command: Move, item: Item, plan: Plan) -> Operation:
    if command.to is not None:
        op = Op.SET_START if command.edge is Edge.START else Op.SET_FINISH
        return Operation(item.code, op, command.to, command.pull)
    days = command.shift or 0
    if command.unit is LagKind.WORKING:
        return Operation(item.code, Op.SHIFT, days, command.pull)
    return _calendar_shift(days, command.pull, item, calendar_of(plan, item))


def _calendar_shift(days: int, pull: bool, item: Item, calendar: WorkCalendar) -> Operation:
    """The finish, so many calendar days on; a day off gives way in the direction of the shift."""
    landed = item.finish + timedelta(days=days)
    finish = calendar.on_or_after(landed) if days > 0 else calendar.on_or_before(landed)
    return Operation(item.code, Op.SET_FINISH, finish, pull)


def calendar_of(plan: Plan, item: Item) -> WorkCalendar:
    """Calendar of the item's working days: as the plan itself counts them."""
    return Timetable(plan).of(item)


def _quantity(command: ChangeQuantity, item: Item) -> Decimal:
    if is_package(command.unit) and not item.unit:
        raise Refused("unit-unstated", item=item.code, found=command.unit)
    if not same_unit(command.unit, item.unit):
        raise Refused("unit-mismatch", item=item.code, unit=item.unit, found=command.unit)
    if not command.relative:
        return command.amount
    if item.quantity is None:
        raise Refused("no-quantity", item=item.code)
    wanted = item.quantity + command.amount
    if wanted < 0:
        had, change = plain(item.quantity), plain(command.amount)
        raise Refused("quantity-below-zero", item=item.code, quantity=had, change=change)
    return wanted


def _duration(command: SetDuration, item: Item, plan: Plan) -> int:
    days = command.days
    if command.unit is LagKind.CALENDAR:
        days = days // DAYS_A_WEEK * sum(calendar_of(plan, item).week)
    wanted = item.duration + days if command.relative else days
    if wanted < 0:
        raise Refused("duration-below-zero", item=item.code, days=item.duration, change=days)
    return wanted
