"""What is bought in lots covers what is asked: rounded up to the next lot, never down."""

from decimal import Decimal
from typing import Any

import pytest

from planning.schedule.ledger import lot_of
from tests.planning.build import item


@pytest.mark.parametrize(
    ("asked", "minimum", "multiple", "lot"),
    [
        (7960, None, 500, 8000),
        (8000, None, 500, 8000),
        (8001, None, 500, 8500),
        (1, 100, 50, 100),
        (101, 100, 50, 150),
        (0, 100, 50, 0),
        ("0.3", None, "0.25", "0.50"),
    ],
)
def test_lots_are_rounded_up(asked: object, minimum: object, multiple: object, lot: object) -> None:
    given: dict[str, object] = {"lot_minimum": minimum, "lot_multiple": multiple}
    fields: dict[str, Any] = {name: Decimal(str(value)) for name, value in given.items() if value is not None}
    bought = item("PO", **fields)
    assert lot_of(bought, Decimal(str(asked))) == Decimal(str(lot))
