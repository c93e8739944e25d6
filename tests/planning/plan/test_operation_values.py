"""What an operation wants is checked for kind and range before anything happens."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal

import pytest

from planning.plan.operation import Op, Operation
from planning.plan.operation_values import amount_of, cells_of, day_of, whole_of, word_of
from planning.refusal import Refused

MOST = "0 … 1000000000000"


def refusal(read: Callable[[Operation], object], op: Op, to: object) -> tuple[str, dict[str, str]]:
    with pytest.raises(Refused) as caught:
        read(Operation("A", op, to))  # type: ignore[arg-type]
    return caught.value.refusal.code, dict(caught.value.refusal.facts)


def whole(operation: Operation) -> int:
    return whole_of(operation, -2)


@pytest.mark.parametrize(
    ("read", "to", "value"),
    [
        (day_of, date(2026, 12, 1), date(2026, 12, 1)),
        (day_of, date(2000, 1, 1), date(2000, 1, 1)),
        (day_of, date(2099, 12, 31), date(2099, 12, 31)),
        (whole, -2, -2),
        (whole, 5000, 5000),
        (amount_of, 0, Decimal(0)),
        (amount_of, 10**12, Decimal(10) ** 12),
        (amount_of, Decimal("2.5"), Decimal("2.5")),
        (word_of, " sales ", "sales"),
        (cells_of, {"title": "新工单"}, {"title": "新工单"}),
    ],
)
def test_what_is_wanted(read: Callable[[Operation], object], to: object, value: object) -> None:
    found = read(Operation("A", Op.SHIFT, to))  # type: ignore[arg-type]
    assert (found, type(found)) == (value, type(value))


@pytest.mark.parametrize(
    ("read", "op", "to", "wanted"),
    [
        (day_of, Op.SET_START, "2026-12-01", "YYYY-MM-DD"),
        (day_of, Op.SET_START, datetime(2026, 12, 1, 9), "YYYY-MM-DD"),  # noqa: DTZ001 — a moment is no day
        (day_of, Op.SET_FINISH, None, "YYYY-MM-DD"),
        (whole, Op.SHIFT, -3, "-2 … 5000"),
        (whole, Op.SHIFT, 5001, "-2 … 5000"),
        (whole, Op.SHIFT, True, "-2 … 5000"),
        (whole, Op.SET_DURATION, Decimal(2), "-2 … 5000"),
        (amount_of, Op.SET_QUANTITY, True, MOST),
        (amount_of, Op.SET_QUANTITY, "5", MOST),
        (amount_of, Op.SET_QUANTITY, -1, MOST),
        (amount_of, Op.SET_QUANTITY, 10**12 + 1, MOST),
        (amount_of, Op.SET_QUANTITY, Decimal("NaN"), MOST),
        (amount_of, Op.SET_QUANTITY, Decimal("Infinity"), MOST),
        (word_of, Op.REASSIGN, "  ", "a department"),
        (word_of, Op.REASSIGN, 7, "a department"),
        (cells_of, Op.ADD, "N-1", "import columns"),
    ],
)
def test_what_cannot_be_wanted_is_refused_with_what_could(
    read: Callable[[Operation], object], op: Op, to: object, wanted: str
) -> None:
    facts = {"item": "A", "op": op.value, "found": str(to), "wanted": wanted}
    assert refusal(read, op, to) == ("bad-value", facts)


@pytest.mark.parametrize("day", [date(1999, 12, 31), date(2100, 1, 1)])
def test_a_day_outside_the_plans_years_is_refused_with_them(day: date) -> None:
    facts = {"date": str(day), "first": "2000-01-01", "last": "2099-12-31"}
    assert refusal(day_of, Op.SET_START, day) == ("date-out-of-range", facts)
