"""Ratios: exact, also where decimals never end, and kept in one way."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.plan.columns import link_of
from planning.plan.ratio import Ratio, decimals, fraction_of, plain, written
from planning.refusal import Refused


@pytest.mark.parametrize(
    ("text", "ratio"),
    [
        ("1/3", Fraction(1, 3)),
        ("2 / 6", Fraction(1, 3)),
        ("0.5/1.5", Fraction(1, 3)),
        ("3/4", Decimal("0.75")),
        ("6/3", Decimal(2)),
        ("0.3333", Decimal("0.3333")),
        ("1.50", Decimal("1.5")),
        ("", None),
    ],
)
def test_a_fraction_is_a_ratio(text: str, ratio: Ratio | None) -> None:
    found = link_of("A", {"successor": "B", "ratio": text}).ratio
    assert (found, type(found)) == (ratio, type(ratio))
    assert link_of("A", {"successor": "B", "ratio": written(found)}).ratio == ratio


@pytest.mark.parametrize("text", ["1/0", "0/3", "-1/3", "1/3/2", "a/b", "1/", "999999999999999999/1"])
def test_what_is_no_ratio_is_refused(text: str) -> None:
    with pytest.raises(Refused, match="bad-column"):
        link_of("A", {"successor": "B", "ratio": text})


@given(st.fractions(min_value=Fraction(1, 1000), max_value=1000, max_denominator=1000))
def test_what_is_written_is_read_again(fraction: Fraction) -> None:
    ratio = plain(fraction)
    assert ratio == fraction
    assert isinstance(ratio, Fraction) == (decimals(fraction) is None or decimals(fraction) > 9)  # type: ignore[operator]
    assert (fraction_of(written(ratio)) or Decimal(written(ratio))) == ratio
