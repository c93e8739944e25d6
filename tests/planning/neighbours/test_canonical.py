"""Canonical texts and hashes, against vectors that were computed elsewhere."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.neighbours.canonical import Value, canonical, canonical_json, row_hash, value_hash

ORDER = {
    "FBillNo": "MO-1024", "FQty": 800.0, "FPlanFinishDate": "2026-12-09T00:00:00", "FMaterialId.FName": "电机",
    "FRate": 0.10, "FNote": None,
}  # fmt: skip
TEXT = (
    '{"FBillNo":"MO-1024","FMaterialId.FName":"电机","FNote":null,"FPlanFinishDate":"2026-12-09T00:00:00",'
    '"FQty":800,"FRate":0.1}'
)
EIGHT_HUNDRED = "1a1cf797fabe7f95836fabeca626907c77b3e6c9aff7c2290b396a238c69362e"
TENTH = "5aa6a647a19bb7850d14659588adcaed41ccab02772c51d4c6d1936c0117cd52"


def test_a_row_is_one_text_and_one_hash() -> None:
    assert canonical_json(ORDER) == TEXT
    assert len(TEXT.encode()) == 126
    assert row_hash(ORDER) == "28603765ce615dfa8c0375faf664966c2ec5326d5bd11e3fbcd1de244fe3e745"
    assert row_hash(dict(reversed(ORDER.items()))) == row_hash(ORDER)
    assert row_hash({**ORDER, "FNote": ""}) != row_hash(ORDER)
    assert row_hash({name: value for name, value in ORDER.items() if name != "FNote"}) != row_hash(ORDER)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Decimal("800"), "800"), (Decimal("800.0"), "800"), (Decimal("8E+2"), "800"), (Decimal("-0.00"), "0"),
        (Decimal("0.10"), "0.1"), (date(2026, 12, 10), "2026-12-10"),
        (datetime(2026, 12, 9, 16, tzinfo=UTC), "2026-12-09T16:00:00Z"),
        (datetime(2026, 12, 10, tzinfo=timezone(timedelta(hours=8))), "2026-12-09T16:00:00Z"),
        (" e\u0301 ", "é"), (True, "true"), (False, "false"), (None, "null"), ("", ""),
    ],
)  # fmt: skip
def test_a_value_is_one_text(value: Value, text: str) -> None:
    assert canonical(value) == text


def test_values_that_are_one_have_one_hash() -> None:
    assert {value_hash(Decimal(text)) for text in ("800", "800.0")} == {EIGHT_HUNDRED}
    assert value_hash(date(2026, 12, 10)) == TENTH


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6), st.integers(0, 12))
def test_zeros_at_the_end_say_nothing(number: Decimal, zeros: int) -> None:
    assert value_hash(number) == value_hash(Decimal(f"{number:f}" + "0" * zeros if "." in f"{number:f}" else number))
