"""Units that are counted."""

import pytest

from planning.plan.unit import is_counted


@pytest.mark.parametrize("unit", ["件", "台", " 套 ", "pcs", "PCS", "pcs.", "Pc.", "個"])
def test_of_these_half_is_none(unit: str) -> None:
    assert is_counted(unit)


@pytest.mark.parametrize("unit", ["", "kg", "米", "箱", "pcs/h", ".pcs"])
def test_of_these_any_amount_can_be_had(unit: str) -> None:
    assert not is_counted(unit)
