"""Finding the item people mean, and the operations their command comes to."""

from datetime import date
from decimal import Decimal

import pytest

from handlers.language import (
    Cancel,
    ChangeQuantity,
    Edge,
    Move,
    SetDuration,
    WhatIf,
    Write,
    find_item,
    find_items,
    operations_of,
)
from planning.plan.item import Item
from planning.plan.link import LagKind
from planning.plan.operation import Op, Operation
from planning.plan.plan import Plan
from planning.refusal import Refusal, Refused

FRIDAY, MONDAY = date(2026, 11, 27), date(2026, 11, 30)
CALENDAR = LagKind.CALENDAR


def item(code: str, title: str, **fields: object) -> Item:
    return Item(code, title, **{"start": MONDAY, "finish": MONDAY, **fields})  # type: ignore[arg-type]


PLAN = Plan(
    "p", "电子厂", 7,
    {
        each.code: each
        for each in (
            item("SO-1042", "蓝牙音箱 华东", product="蓝牙音箱", quantity=Decimal(3000), unit="件"),
            item("SO-1043", "蓝牙音箱 华南", product="蓝牙音箱", quantity=Decimal(800), unit="台"),
            item("MO-2001", "蓝牙音箱组装", start=FRIDAY, finish=MONDAY, duration=2, department="production"),
            item("PO-3001", "钢板", product="冷轧钢板", quantity=Decimal("1.5"), unit="吨", department="purchasing"),
            item("PO-3002", "钢板支架", finish=FRIDAY),
            item("PR-01", "双11促销", finish=FRIDAY, calendar="every-day"),
            item("a-7", "试产"),
        )
    },
    calendar="weekdays",
    department_calendars={"purchasing": "every-day"},
)  # fmt: skip


def refused(words: str) -> Refusal:
    with pytest.raises(Refused) as raised:
        find_item(PLAN, words)
    return raised.value.refusal


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("SO-1042", "SO-1042"), ("so-1042", "SO-1042"), ("SO1042", "SO-1042"), ("so 1042", "SO-1042"),
        ("a-7", "a-7"), ("A-7", "a-7"), ("钢板", "PO-3001"), ("冷轧", "PO-3001"), ("支架", "PO-3002"),
        ("华东", "SO-1042"), ("音箱 华南", "SO-1043"), ("华南 音箱", "SO-1043"), ("组装", "MO-2001"),
        ("双11", "PR-01"),
    ],
)  # fmt: skip
def test_an_item_is_found_by_code_or_by_a_piece_of_its_name(words: str, code: str) -> None:
    assert find_item(PLAN, words).code == code


def test_a_query_may_find_several() -> None:
    assert [found.code for found in find_items(PLAN, "蓝牙")] == ["SO-1042", "SO-1043", "MO-2001"]
    assert [found.code for found in find_items(PLAN, "蓝牙音箱")] == ["SO-1042", "SO-1043"], "the product itself"


def test_several_items_are_offered_as_choices() -> None:
    refusal = refused("华")
    assert refusal.code == "ambiguous-item"
    assert refusal.facts == {"words": "华", "count": "2", "choices": "SO-1042 蓝牙音箱 华东、SO-1043 蓝牙音箱 华南"}


@pytest.mark.parametrize(
    ("words", "nearest"),
    [
        ("SO-1O42", "SO-1042"), ("S0-1042", "SO-1042"), ("MO-200l", "MO-2001"), ("SO-1044", "SO-1043、SO-1042"),
        ("OS-1042", "SO-1042"), ("SO-10422", "SO-1042、SO-1043"), ("钢版支架", "PO-3002"),
    ],
)  # fmt: skip
def test_an_unknown_item_is_answered_with_the_nearest_never_taken_for_it(words: str, nearest: str) -> None:
    refusal = refused(words)
    assert refusal == Refusal("item-nearest", {"item": words, "nearest": nearest})


@pytest.mark.parametrize("words", ["", " ", "-", "完全不存在", "本单"])
def test_words_that_name_nothing_find_nothing(words: str) -> None:
    assert refused(words).code == ("this-unknown" if words == "本单" else "unknown-item")


@pytest.mark.parametrize(
    ("command", "operation"),
    [
        (Move("so-1042", to=FRIDAY), Operation("SO-1042", Op.SET_FINISH, FRIDAY)),
        (Move("SO-1042", to=FRIDAY, pull=True), Operation("SO-1042", Op.SET_FINISH, FRIDAY, pull=True)),
        (Move("MO-2001", to=MONDAY, edge=Edge.START), Operation("MO-2001", Op.SET_START, MONDAY)),
        (Move("组装", shift=-2, pull=True), Operation("MO-2001", Op.SHIFT, -2, pull=True)),
        # Calendar days count from the finish, a Monday; a day off gives way in the direction of the shift.
        (Move("SO-1042", shift=3, unit=CALENDAR), Operation("SO-1042", Op.SET_FINISH, date(2026, 12, 3))),
        (Move("SO-1042", shift=5, unit=CALENDAR), Operation("SO-1042", Op.SET_FINISH, date(2026, 12, 7))),
        (Move("SO-1042", shift=-1, unit=CALENDAR), Operation("SO-1042", Op.SET_FINISH, FRIDAY)),
        (Move("SO-1042", shift=7, unit=CALENDAR), Operation("SO-1042", Op.SET_FINISH, date(2026, 12, 7))),
        (Move("PR-01", shift=1, unit=CALENDAR), Operation("PR-01", Op.SET_FINISH, date(2026, 11, 28))),
        (Move("PO-3001", shift=-1, unit=CALENDAR), Operation("PO-3001", Op.SET_FINISH, date(2026, 11, 29))),
        (ChangeQuantity("SO-1042", Decimal(3500)), Operation("SO-1042", Op.SET_QUANTITY, Decimal(3500))),
        (ChangeQuantity("SO-1042", Decimal(500), True), Operation("SO-1042", Op.SET_QUANTITY, Decimal(3500))),
        (ChangeQuantity("SO-1043", Decimal(-800), True, "件"), Operation("SO-1043", Op.SET_QUANTITY, Decimal(0))),
        (ChangeQuantity("PO-3001", Decimal(2), unit="t"), Operation("PO-3001", Op.SET_QUANTITY, Decimal(2))),
        (SetDuration("MO-2001", 8), Operation("MO-2001", Op.SET_DURATION, 8)),
        (SetDuration("MO-2001", -1, True), Operation("MO-2001", Op.SET_DURATION, 1)),
        (SetDuration("MO-2001", 14, unit=CALENDAR), Operation("MO-2001", Op.SET_DURATION, 10)),
        (SetDuration("PR-01", 7, unit=CALENDAR), Operation("PR-01", Op.SET_DURATION, 7)),
        (SetDuration("MO-2001", 7, True, unit=CALENDAR), Operation("MO-2001", Op.SET_DURATION, 7)),
        (Cancel("MO-2001"), Operation("MO-2001", Op.CANCEL)),
        (WhatIf(Cancel("MO-2001")), Operation("MO-2001", Op.CANCEL)),
    ],
)
def test_a_command_becomes_its_operation(command: Write | WhatIf, operation: Operation) -> None:
    assert operations_of(command, PLAN) == (operation,)


@pytest.mark.parametrize(
    ("command", "code", "facts"),
    [
        (ChangeQuantity("MO-2001", Decimal(5), True), "no-quantity", {"item": "MO-2001"}),
        (
            ChangeQuantity("SO-1043", Decimal(-801), True),
            "quantity-below-zero",
            {"item": "SO-1043", "quantity": "800", "change": "-801"},
        ),
        (ChangeQuantity("PO-3001", Decimal(3), unit="kg"), "unit-mismatch", {"item": "PO-3001", "unit": "吨",
        "found": "kg"}),
        (ChangeQuantity("SO-1042", Decimal(3), unit="箱"), "unit-mismatch", {"item": "SO-1042", "unit": "件",
        "found": "箱"}),
        (ChangeQuantity("MO-2001", Decimal(3), unit="箱"), "unit-unstated", {"item": "MO-2001", "found": "箱"}),
        (SetDuration("MO-2001", -3, True), "duration-below-zero", {"item": "MO-2001", "days": "2", "change": "-3"}),
        (Cancel("SO-1049"), "item-nearest", {"item": "SO-1049", "nearest": "SO-1043、SO-1042"}),
    ],
)
def test_what_cannot_be_against_this_plan_is_refused(command: Write, code: str, facts: dict[str, str]) -> None:
    with pytest.raises(Refused) as raised:
        operations_of(command, PLAN)
    assert (raised.value.refusal.code, dict(raised.value.refusal.facts)) == (code, facts)
